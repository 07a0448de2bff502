// Data in the page: it stays data.
#include "cadre/report/page.hpp"
#include "tests/catch.hpp"

namespace cadre {
namespace {

TEST_CASE("JSON inside a script element can neither end it nor hide what follows") {
  CHECK(json_in_html(R"({"a": "</script><!--&"})") ==
        R"({"a": "\u003c/script\u003e\u003c!--\u0026"})");
  CHECK(json_in_html("\"\u2028\u2029\"") == R"("\u2028\u2029")");
  CHECK(json_in_html("\"中文\"") == "\"中文\"");
}

TEST_CASE("packed data is zlib's in base64") {
  // A zlib header for the best compression, 0x78 0xDA, gives "eN".
  CHECK(packed("").substr(0, 2) == "eN");
  for (std::size_t size = 0; size < 50; ++size) {
    const std::string text = packed(std::string(size, 'x') + "\n");
    CHECK(text.size() % 4 == 0);
    CHECK(text.find_first_not_of(
              "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/=") ==
          std::string::npos);
  }
  CHECK(packed(std::string(100'000, 'x')).size() < 1'000);
}

TEST_CASE("a page holds its title and its data, whatever they say") {
  if (page_template().empty()) return;  // built without the page
  PageContents contents;
  contents.title = "<b>&\"";
  contents.study = R"({"x": "</script><!--cadre:title-->"})";
  contents.people = "{}";
  contents.more = {{"packet-0", "[1]"}};
  const std::string page = fill_page(contents);
  CHECK(page.find("<title>&lt;b&gt;&amp;&quot;</title>") != std::string::npos);
  CHECK(page.find(R"({"x": "\u003c/script\u003e\u003c!--cadre:title--\u003e"})") !=
        std::string::npos);
  CHECK(page.find("id=\"packet-0\">" + packed("[1]")) != std::string::npos);
  CHECK(page.find("<!--cadre:") == std::string::npos);
  CHECK(page.find("default-src 'none'") != std::string::npos);
}

}  // namespace
}  // namespace cadre
