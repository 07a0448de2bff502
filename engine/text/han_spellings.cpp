#include "cadre/text/han_spellings.hpp"

#include <utility>

#include "cadre/text/fold.hpp"
#include "cadre/text/han_variants.hpp"
#include "cadre/text/utf8.hpp"

namespace cadre {

std::vector<std::string> han_spellings(std::string_view word, std::size_t most) {
  if (word.empty()) return {};
  std::vector<std::string> spellings = {""};
  for (std::size_t at = 0; at < word.size();) {
    const char32_t c = next_code_point(word, at);
    if (!is_plain_han(c)) return {};
    std::vector<std::string> longer;
    for (const std::string& spelling : spellings) {
      for (const char32_t form : forms_of(c)) {
        if (!is_plain_han(form)) continue;
        longer.push_back(spelling);
        append_utf8(form, longer.back());
      }
    }
    if (longer.size() > most) return {};
    spellings = std::move(longer);
  }
  return spellings;
}

}  // namespace cadre
