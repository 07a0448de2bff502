// Traditional Chinese characters and their Simplified forms.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace cadre {

/// The Simplified form of a Traditional character, or the character itself. Characters only, no
/// phrases: 乾 is always 干. Applying it twice is applying it once.
char32_t simplified(char32_t c);

/// The characters that simplified() turns into this one, and this one, if none is made of it,
/// first.
std::vector<char32_t> forms_of(char32_t simplified);

/// The text with Simplified characters for Traditional ones, byte for byte: the few whose two forms
/// differ in length stay, so that a place in the one is the same place in the other.
std::string simplified_in_place(std::string_view text);

}  // namespace cadre
