// How a folded word may be written before it is folded, so that texts can be searched for it as
// they are.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace cadre {

/// A piece of a folded word, in all the ways to write it: the longest run of plain Han characters
/// (text/fold.hpp) or of ASCII letters and digits, and of that the longest part that has no more
/// than `most` ways. 发电 is written so, or 發電, 髮電, 发電 and so on; ASCII is in lower case
/// here. The piece itself comes first. None where the word has no such run.
///
/// A text that folds to one with the word in it holds one of these, with its ASCII letters in any
/// case, unless it has a stand-in, or blanks between Han characters, which folding drops. Folded
/// here means with accents folded.
std::vector<std::string> spellings_of_piece(std::string_view word, std::size_t most);

/// Whether a character beyond ASCII, not a plain Han one itself, folds to text with plain Han
/// characters, ASCII letters or digits in it (⼯ is 工, ㈱ is (株), ① is 1, ﬁ is fi, é is e), or,
/// as a zero-width space does, to nothing; as a combining accent does behind a Latin letter.
bool is_stand_in(char32_t c);

}  // namespace cadre
