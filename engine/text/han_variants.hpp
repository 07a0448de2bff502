// Variants of Han characters, and the one form by which they are compared: the Simplified one where
// there is one, otherwise the one that is standard in China (tools/make-han-variants has the
// rules).
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace cadre {

/// The form by which a Han character is compared: 机 for 機, 场 for 塲, 长 for the radical ⻓; any
/// other character itself. Characters only, no phrases: 乾 is always 干. Applying it twice is
/// applying it once.
char32_t simplified(char32_t c);

/// The characters that simplified() turns into this one, and this one, if none is made of it,
/// first.
std::vector<char32_t> forms_of(char32_t simplified);

/// The text with simplified() characters, byte for byte: the few whose two forms
/// differ in length stay, so that a place in the one is the same place in the other.
std::string simplified_in_place(std::string_view text);

}  // namespace cadre
