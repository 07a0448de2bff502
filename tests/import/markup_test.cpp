// Markup goes, and the way back to the bytes stays.
#include "cadre/import/markup.hpp"

#include "tests/catch.hpp"

namespace cadre {
namespace {

std::string strip(const std::string& text) {
  return strip_markup(text).text();
}

TEST_CASE("markup: tags, entities, scripts and comments") {
  CHECK(strip("<p>1982&mdash;1986&nbsp;<b>厂长</b></p>") == "\n1982—1986 厂长\n");
  CHECK(strip("<tr><td>籍贯</td><td>湖北</td></tr>") == "\n | 籍贯 | 湖北\n");
  CHECK(strip("a<script>var x = '<p>';</script>b<!-- c -->d") == "abd");
  CHECK(strip("&#21338;&#x535A; &unknown; &#0;") == "博博 &unknown; &#0;");
  CHECK(strip("3 < 4 and <nothing>") == "3 < 4 and <nothing>");
}

TEST_CASE("markup: controls, footnotes, blanks and full-width figures") {
  CHECK(strip("a\x01\x7F\r\nb\xE2\x80\x8B") == "a\nb");
  CHECK(strip("湖北[4]江陵[1-2] [x]") == "湖北江陵 [x]");
  CHECK(strip("１９８２．０９　a") == "1982.09 a");
}

TEST_CASE("markup: bytes lead back") {
  const MappedText text = strip_markup("<b>厂</b>&amp;x");
  CHECK(text.text() == "厂&x");
  CHECK(text.source(0) == 3);
  CHECK(text.source(3) == 10);
  CHECK(text.source(4) == 15);
  CHECK(text.source(5) == 16);
}

}  // namespace
}  // namespace cadre
