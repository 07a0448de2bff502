// The ways in which a folded Chinese word may be written before it is folded.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace cadre {

/// A folded word of plain Han characters (text/fold.hpp) in all the ways to write it with such:
/// 发电 is also 發電, 髮電 and so on. All of them fold to the word, which comes first. None where
/// the word is empty or has other characters, or where there would be more than `most`.
std::vector<std::string> han_spellings(std::string_view word, std::size_t most);

}  // namespace cadre
