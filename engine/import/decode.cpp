#include "cadre/import/decode.hpp"

#include <fmt/format.h>
#include <unicode/ucnv.h>
#include <unicode/ucnv_err.h>

#include <algorithm>
#include <array>
#include <memory>

#include "cadre/text/utf8.hpp"

namespace cadre {
namespace {

/// A share of zero bytes at odd or even places that only UTF-16 of Latin text has.
bool zeros_at(std::string_view bytes, std::size_t parity) {
  const std::size_t looked = std::min<std::size_t>(bytes.size(), 4096);
  std::size_t zeros = 0;
  for (std::size_t i = parity; i < looked; i += 2) zeros += bytes[i] == '\0' ? 1 : 0;
  return looked >= 4 && zeros * 4 > looked / 2;
}

/// Converts with ICU, which is told to stop at what is not valid. False when it did.
bool convert(std::string_view bytes, std::size_t skip, const char* encoding, MappedText& out) {
  UErrorCode status = U_ZERO_ERROR;
  const std::unique_ptr<UConverter, decltype(&ucnv_close)> converter(ucnv_open(encoding, &status),
                                                                     ucnv_close);
  if (U_FAILURE(status)) return false;
  ucnv_setToUCallBack(converter.get(), UCNV_TO_U_CALLBACK_STOP, nullptr, nullptr, nullptr, &status);
  const char* from = bytes.data() + skip;
  const char* const end = bytes.data() + bytes.size();
  std::array<UChar, 4096> units;
  std::array<std::int32_t, 4096> offsets;
  out.reserve(bytes.size() * 3 / 2);
  char32_t high = 0;
  std::size_t high_at = 0;
  while (true) {
    status = U_ZERO_ERROR;
    const std::size_t base = static_cast<std::size_t>(from - bytes.data());
    UChar* to = units.data();
    ucnv_toUnicode(converter.get(), &to, units.data() + units.size(), &from, end, offsets.data(),
                   true, &status);
    std::string letter;
    for (std::ptrdiff_t i = 0; i < to - units.data(); ++i) {
      const auto unit = static_cast<char32_t>(units[static_cast<std::size_t>(i)]);
      const std::size_t at =
          base + static_cast<std::size_t>(std::max(offsets[static_cast<std::size_t>(i)], 0));
      if (unit >= 0xD800 && unit < 0xDC00) {
        high = unit;
        high_at = at;
        continue;
      }
      const bool low = unit >= 0xDC00 && unit < 0xE000;
      letter.clear();
      append_utf8(low ? 0x10000 + ((high - 0xD800) << 10) + (unit - 0xDC00) : unit, letter);
      out.append(letter, low ? high_at : at);
    }
    if (status == U_BUFFER_OVERFLOW_ERROR) continue;
    out.set_source_size(bytes.size());
    return U_SUCCESS(status);
  }
}

DecodedText failed(std::string encoding, std::string problem) {
  return {std::move(encoding), {}, std::move(problem)};
}

DecodedText converted(std::string_view bytes, std::size_t skip, const char* encoding) {
  DecodedText out;
  out.encoding = encoding;
  if (!convert(bytes, skip, encoding, out.text)) {
    return failed(encoding, fmt::format("the file says that it is {} and is not", encoding));
  }
  return out;
}

}  // namespace

DecodedText decode_text(std::string_view bytes) {
  if (bytes.starts_with("\xFF\xFE")) return converted(bytes, 2, "UTF-16LE");
  if (bytes.starts_with("\xFE\xFF")) return converted(bytes, 2, "UTF-16BE");
  if (zeros_at(bytes, 1)) return converted(bytes, 0, "UTF-16LE");
  if (zeros_at(bytes, 0)) return converted(bytes, 0, "UTF-16BE");
  if (const std::size_t zero = bytes.find('\0'); zero != std::string_view::npos) {
    return failed("", fmt::format("byte {} is zero: the file is no text", zero + 1));
  }
  const auto invalid = find_invalid_utf8(bytes);
  if (!invalid) {
    DecodedText out;
    out.encoding = "UTF-8";
    if (bytes.starts_with(kByteOrderMark)) {
      out.text.reserve(bytes.size());
      for (std::size_t i = 3; i < bytes.size(); ++i) out.text.append(bytes.substr(i, 1), i);
      out.text.set_source_size(bytes.size());
    } else {
      out.text = MappedText(std::string(bytes));
    }
    return out;
  }
  // UTF-8 of Chinese is nearly never valid GB18030 throughout, but a mixture can be: lines that are
  // UTF-8 with letters beyond ASCII beside lines that are not.
  std::size_t utf8_lines = 0;
  for (std::size_t at = 0; at < bytes.size();) {
    const std::size_t end = std::min(bytes.find('\n', at), bytes.size());
    const std::string_view line = bytes.substr(at, end - at);
    const bool ascii = std::all_of(line.begin(), line.end(), [](char c) { return c > 0; });
    if (!ascii && line.size() >= 6 && !find_invalid_utf8(line)) ++utf8_lines;
    at = end + 1;
  }
  if (utf8_lines > 0) {
    return failed(
        "", fmt::format("the file mixes encodings: byte {}, 0x{:02X}, is not UTF-8, and "
                        "{} of its lines are",
                        *invalid + 1, static_cast<unsigned char>(bytes[*invalid]), utf8_lines));
  }
  DecodedText out;
  out.encoding = "GB18030";
  if (!convert(bytes, 0, "gb18030", out.text)) {
    return failed("",
                  fmt::format("byte {}, 0x{:02X}, is not UTF-8, and the file is neither GB18030 "
                              "nor UTF-16",
                              *invalid + 1, static_cast<unsigned char>(bytes[*invalid])));
  }
  return out;
}

}  // namespace cadre
