// The page that a report is: one HTML file with its styles and scripts, into which data is put. It
// is made from web/ when cadre is built.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace cadre {

/// The page without data, or empty when cadre was built without it (CADRE_REPORT=OFF).
std::string_view page_template();

/// Data for the page: a name and JSON.
struct PageData {
  std::string name;
  std::string json;
};

/// What goes into the page. The study stands in it as JSON, which anything can read; the rest is
/// packed (see packed() below) and unpacked when somebody looks at it.
struct PageContents {
  std::string title;
  std::string study;           ///< JSON, needed for the first view
  std::string people;          ///< JSON, needed to list people
  std::vector<PageData> more;  ///< in this order, after everything else
};

/// Fills the template. Whatever the data holds stays data: no text can end the element that it
/// stands in. Throws Error kUsage when cadre was built without the page.
std::string fill_page(const PageContents& contents);

/// JSON that can stand inside a script element: `<`, `>`, `&` and the line separators of Unicode
/// are escaped, which JSON allows within texts and which occur nowhere else in it.
std::string json_in_html(std::string_view json);

/// zlib's format (RFC 1950), then base64 (RFC 4648).
std::string packed(std::string_view text);

}  // namespace cadre
