#include "cadre/data/encoding.hpp"

#include <fmt/format.h>
#include <simdjson.h>

#include <utility>

#include "cadre/data/column_name.hpp"
#include "cadre/text/utf8.hpp"

namespace cadre {
namespace {

constexpr const char* kSaveAsUtf8 = "save the file as UTF-8; in Excel choose 'CSV UTF-8'";

bool is_utf16(std::string_view text) {
  return text.starts_with("\xFF\xFE") || text.starts_with("\xFE\xFF");
}

}  // namespace

void Utf8Mender::mend(std::string& text, std::size_t begin, std::size_t first_line) {
  if (what_ == InvalidUtf8::kRefuse || (begin == 0 && is_utf16(text))) return;
  if (simdjson::validate_utf8(text.data(), text.size())) return;
  std::string mended;
  mended.reserve(text.size());
  for (std::size_t at = 0; at < text.size();) {
    const std::string_view rest = std::string_view(text).substr(at);
    const std::optional<std::size_t> bad = find_invalid_utf8(rest);
    mended += rest.substr(0, bad.value_or(rest.size()));
    at += bad.value_or(rest.size());
    if (!bad) break;
    if (count_++ == 0) {
      first_ = begin + at;
      place_ = TextFile(path_, text, first_line).place(at, at + 1);
    }
    if (what_ == InvalidUtf8::kReplace) append_utf8(kReplacementCharacter, mended);
    ++at;
  }
  text = std::move(mended);
}

void Utf8Mender::tell(Problems& problems) const {
  if (count_ == 0) return;
  const char* done = what_ == InvalidUtf8::kReplace ? "replaced by U+FFFD" : "left out";
  problems.warning(
      "invalid-utf8",
      count_ == 1 ? fmt::format("byte {} of the file is not UTF-8, it was {}", first_ + 1, done)
                  : fmt::format("{} bytes are not UTF-8, they were {}; the first is "
                                "byte {} of the file",
                                count_, done, first_ + 1),
      place_);
}

bool check_encoding(const TextFile& file, Problems& problems) {
  const std::string_view text = file.text();
  if (is_utf16(text)) {
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

bool tell_of_second_mark(const TextFile& file, Problems& problems) {
  constexpr std::size_t kLength = kByteOrderMark.size();
  const std::string_view text = file.text();
  if (!text.starts_with(kByteOrderMark) || !text.substr(kLength).starts_with(kByteOrderMark)) {
    return false;
  }
  if (problems.skip_error()) return true;
  problems.error("byte-order-mark", "a second byte order mark at the beginning of the file",
                 file.place(kLength, 2 * kLength), kTakeOutByteOrderMarks);
  return true;
}

}  // namespace cadre
