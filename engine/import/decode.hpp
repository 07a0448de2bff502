// From the bytes of a file to UTF-8: UTF-8, UTF-16 and GB18030 (which holds GBK and GB2312) are
// told apart by their first bytes and by what is valid.
#pragma once

#include <string>
#include <string_view>

#include "cadre/import/mapped_text.hpp"

namespace cadre {

struct DecodedText {
  std::string encoding;  ///< UTF-8, UTF-16LE, UTF-16BE or GB18030
  MappedText text;       ///< byte order marks are left out
  /// Empty, or why the bytes are no text: "the file mixes encodings: ...". `text` is then empty.
  std::string problem;
};

/// What is not wholly valid in one encoding is told of and not guessed at. Bytes of zero mean that
/// the file is no text, unless it is UTF-16.
DecodedText decode_text(std::string_view bytes);

}  // namespace cadre
