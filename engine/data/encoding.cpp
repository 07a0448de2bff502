#include "cadre/data/encoding.hpp"

#include <fmt/format.h>
#include <simdjson.h>

#include "cadre/text/utf8.hpp"

namespace cadre {
namespace {

constexpr const char* kSaveAsUtf8 = "save the file as UTF-8; in Excel choose 'CSV UTF-8'";

}  // namespace

bool check_encoding(const TextFile& file, Problems& problems) {
  const std::string_view text = file.text();
  if (text.starts_with("\xFF\xFE") || text.starts_with("\xFE\xFF")) {
    problems.error("invalid-utf8", "the file is in UTF-16", file.whole(), kSaveAsUtf8);
    return false;
  }
  if (text.find_first_not_of(" \t\r\n\xEF\xBB\xBF") == std::string_view::npos) {
    problems.error("empty-file", "the file is empty", file.whole());
    return false;
  }
  // simdjson is quick, find_invalid_utf8 knows the place.
  if (!simdjson::validate_utf8(text.data(), text.size())) {
    if (const auto at = find_invalid_utf8(text)) {
      problems.error("invalid-utf8",
                     fmt::format("byte {} of the file, 0x{:02X}, is not UTF-8", *at + 1,
                                 static_cast<unsigned char>(text[*at])),
                     file.place(*at, *at + 1), kSaveAsUtf8);
      return false;
    }
  }
  if (const std::size_t at = text.find('\0'); at != std::string_view::npos) {
    problems.error("nul-byte", fmt::format("byte {} of the file is zero", at + 1),
                   file.place(at, at + 1), "the file is damaged, or it is no text");
    return false;
  }
  return true;
}

}  // namespace cadre
