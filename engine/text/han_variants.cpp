#include "cadre/text/han_variants.hpp"

#include <algorithm>
#include <iterator>

#include "cadre/text/utf8.hpp"

namespace cadre {
namespace {

struct Variant {
  char32_t traditional;
  char32_t simplified;
};

constexpr Variant kVariants[] = {
#include "cadre/text/han_variants.inc"
};

}  // namespace

char32_t simplified(char32_t c) {
  const Variant* found =
      std::lower_bound(std::begin(kVariants), std::end(kVariants), c,
                       [](const Variant& v, char32_t wanted) { return v.traditional < wanted; });
  return found != std::end(kVariants) && found->traditional == c ? found->simplified : c;
}

std::vector<char32_t> forms_of(char32_t simplified) {
  std::vector<char32_t> forms;
  if (cadre::simplified(simplified) == simplified) forms.push_back(simplified);
  for (const Variant& variant : kVariants) {
    if (variant.simplified == simplified) forms.push_back(variant.traditional);
  }
  return forms;
}

std::string simplified_in_place(std::string_view text) {
  std::string out(text);
  for (std::size_t at = 0; at < text.size();) {
    if (static_cast<unsigned char>(text[at]) < 0x80) {
      ++at;
      continue;
    }
    const std::size_t begin = at;
    const char32_t letter = next_code_point(text, at);
    const char32_t simple = simplified(letter);
    if (simple == letter) continue;
    std::string bytes;
    append_utf8(simple, bytes);
    if (bytes.size() == at - begin) out.replace(begin, bytes.size(), bytes);
  }
  return out;
}

}  // namespace cadre
