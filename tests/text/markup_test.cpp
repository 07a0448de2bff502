#include "cadre/text/markup.hpp"

#include "tests/catch.hpp"

namespace cadre {
namespace {

TEST_CASE("markup in a text is shown as text") {
  CHECK(escape_markup("<img src=x onerror=\"alert(1)\"> & 机械") ==
        "&lt;img src=x onerror=&quot;alert(1)&quot;&gt; &amp; 机械");
  CHECK(escape_markup("&lt;") == "&amp;lt;");
  CHECK(escape_markup("").empty());
}

TEST_CASE("a line of XML has no control characters") {
  CHECK(escape_markup_line("a\tb\nc\x01 <d> 机械") == "a b c  &lt;d&gt; 机械");
}

}  // namespace
}  // namespace cadre
