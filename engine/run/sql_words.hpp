// The words of a query: names, keywords and numbers, as SQLite takes them apart.
#pragma once

#include <cstddef>
#include <string_view>

#include "cadre/text/utf8.hpp"

namespace cadre {

/// Whether a byte may stand in a name that is not quoted.
constexpr bool is_word(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' ||
         !is_ascii(c);
}

/// The end of the word that begins at `at`, or `at` where there is none.
constexpr std::size_t word_end(std::string_view sql, std::size_t at) {
  while (at < sql.size() && is_word(sql[at])) ++at;
  return at;
}

}  // namespace cadre
