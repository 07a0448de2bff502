// What the readers of JSON share when they use simdjson's On-Demand interface.
#pragma once

#include <simdjson.h>

#include <cstddef>
#include <string_view>

namespace cadre {

/// What an error of simdjson means, in words that do not change from one version to the next.
inline std::string_view json_error_in_words(simdjson::error_code error) {
  switch (error) {
    case simdjson::UNCLOSED_STRING:
      return "a text has no closing quote";
    case simdjson::UNESCAPED_CHARS:
      return "a text holds a line break or another control character that is not escaped";
    case simdjson::STRING_ERROR:
      return "a text holds a bad escape";
    case simdjson::CAPACITY:
    case simdjson::MEMALLOC:
      return "it is too long";
    case simdjson::TRAILING_CONTENT:
      return "something follows after its end";
    default:
      return "it goes wrong here";
  }
}

/// Whether nothing but blanks follows what has been read. (3.0 has no document::at_end.)
inline bool at_end(simdjson::ondemand::document& document) {
  return document.current_location().error() == simdjson::OUT_OF_BOUNDS;
}

}  // namespace cadre
