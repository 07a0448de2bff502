#include "cadre/text/accents.hpp"

#include <unicode/normalizer2.h>
#include <unicode/uchar.h>
#include <unicode/unistr.h>
#include <unicode/uscript.h>

#include <algorithm>
#include <array>
#include <iterator>
#include <new>

namespace cadre {
namespace {

struct Replacement {
  char32_t letter = 0;
  BaseLetters base;
};

/// Letters that Unicode does not decompose, in ascending order.
constexpr auto kReplacements = std::to_array<Replacement>({
    {U'æ', {'a', 'e'}}, {U'ð', {'d'}}, {U'ø', {'o'}}, {U'þ', {'t', 'h'}}, {U'đ', {'d'}},
    {U'ħ', {'h'}},      {U'ı', {'i'}}, {U'ł', {'l'}}, {U'ŋ', {'n'}},      {U'œ', {'o', 'e'}},
    {U'ŧ', {'t'}},      {U'ƀ', {'b'}}, {U'ƈ', {'c'}}, {U'ƒ', {'f'}},      {U'ƙ', {'k'}},
    {U'ƚ', {'l'}},      {U'ƞ', {'n'}}, {U'ƥ', {'p'}}, {U'ƭ', {'t'}},      {U'ƴ', {'y'}},
    {U'ƶ', {'z'}},      {U'ǥ', {'g'}}, {U'ȷ', {'j'}}, {U'ȼ', {'c'}},      {U'ɇ', {'e'}},
    {U'ɉ', {'j'}},      {U'ɍ', {'r'}}, {U'ɏ', {'y'}}, {U'ɓ', {'b'}},      {U'ɖ', {'d'}},
    {U'ɗ', {'d'}},      {U'ɛ', {'e'}}, {U'ɠ', {'g'}}, {U'ɨ', {'i'}},      {U'ɲ', {'n'}},
    {U'ʈ', {'t'}},      {U'ʉ', {'u'}}, {U'ʋ', {'v'}}, {U'ⱥ', {'a'}},      {U'ⱦ', {'t'}},
});

const icu::Normalizer2& nfd() {
  UErrorCode status = U_ZERO_ERROR;
  const icu::Normalizer2* instance = icu::Normalizer2::getNFDInstance(status);
  if (U_FAILURE(status)) throw std::bad_alloc();
  return *instance;
}

}  // namespace

bool loses_accents(char32_t c) {
  if (c < 0x80) return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
  UErrorCode status = U_ZERO_ERROR;
  const auto code = static_cast<UChar32>(c);
  const UScriptCode script = uscript_getScript(code, &status);
  return (script == USCRIPT_LATIN || script == USCRIPT_GREEK) && u_isalpha(code) != 0;
}

bool is_accent(char32_t c) {
  return c >= 0x300 && u_getCombiningClass(static_cast<UChar32>(c)) != 0;
}

BaseLetters without_accents(char32_t c) {
  if (c < 0x80 || !loses_accents(c)) return {c};
  icu::UnicodeString decomposed;
  const bool decomposes = nfd().getDecomposition(static_cast<UChar32>(c), decomposed) != 0;
  const char32_t base = decomposes ? static_cast<char32_t>(decomposed.char32At(0)) : c;
  const auto* const found =
      std::lower_bound(std::begin(kReplacements), std::end(kReplacements), base,
                       [](const Replacement& one, char32_t letter) { return one.letter < letter; });
  return found != std::end(kReplacements) && found->letter == base ? found->base
                                                                   : BaseLetters{base};
}

}  // namespace cadre
