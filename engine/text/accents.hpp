// Letters without their accents: é is e, ø is o, æ is ae, ά is α.
//
// Only letters of the Latin and Greek scripts lose accents, and what they lose is
//   1. combining marks: what is left of a letter's canonical decomposition (Unicode's NFD) is its
//      first character. é, ñ, å, ệ and ǖ are e, n, a, e and u, and ά is α;
//   2. a stroke, bar or hook that Unicode does not decompose: ø is o, ł is l, đ is d, ı is i. Also
//      æ is ae, œ is oe, þ is th, ð is d, ŋ is n.
// The letters of 2 are those of living alphabets for which CLDR's transliteration Latin-ASCII and
// PostgreSQL's unaccent give the same. (ß is ss already by Unicode's case folding.) Letters that
// only look related, such as ə, stay. So does Cyrillic, where й and ё are letters of their own
// (unaccent keeps й too, but folds ё), and so do all other scripts: in kana, Arabic, Hebrew, Thai
// or Devanagari a mark is a vowel or a part of the letter.
#pragma once

namespace cadre {

/// What a character becomes: one, or two of which the second is not 0.
struct BaseLetters {
  char32_t first = 0;
  char32_t second = 0;
};

/// Any character, as NFC composes it and case folding leaves it, without its accents.
BaseLetters without_accents(char32_t c);

/// Whether this is a letter that loses accents: Latin or Greek.
bool loses_accents(char32_t c);

/// Whether this is a combining mark of the kind that such a letter loses: one that Unicode orders
/// (its combining class is not 0), whichever script it is of.
bool is_accent(char32_t c);

}  // namespace cadre
