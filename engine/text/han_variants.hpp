// Traditional Chinese characters and their Simplified forms.
#pragma once

namespace cadre {

/// The Simplified form of a Traditional character, or the character itself. Characters only, no
/// phrases: 乾 is always 干. Applying it twice is applying it once.
char32_t simplified(char32_t c);

}  // namespace cadre
