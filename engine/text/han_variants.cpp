#include "cadre/text/han_variants.hpp"

#include <algorithm>
#include <iterator>

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

}  // namespace cadre
