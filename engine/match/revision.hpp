// What tells apart versions of the matcher that find other things in the same texts.
#pragma once

namespace cadre {

/// Goes up with every change to what a text or a term is folded to (text/) or to what counts as a
/// match (match/), however small: what a run keeps of another revision is not used.
inline constexpr int kMatchingRevision = 2;

}  // namespace cadre
