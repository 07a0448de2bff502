// Entries that stand one level too far out, or some levels too far in:
//
//     labels:
//     engineer:            # belongs under labels
//       career: {...}
//
//     labels:
//       engineer:
//         career: {...}
//         lawyer:          # belongs beside engineer
//           career: {...}
//
// That is YAML, and says something else: an empty `labels`, and a key of the rule set that does not
// exist. What each of these leads to would be told, but not what is wrong.
#pragma once

#include "cadre/rules/keys.hpp"
#include "cadre/rules/reader.hpp"
#include "cadre/rules/syntax.hpp"

namespace cadre {

/// Tells, as one error `indentation` for each run of them, of entries that do not fit the map in
/// which they stand and fit another: the value of the entry before them, which is empty or a map,
/// or one of the maps around it. Returns the tree as it was meant, so that it can be read on;
/// `root` itself where nothing is wrong. `kind` is that of the file. Entries in braces are left
/// alone.
const Node* mend_indentation(const Node& root, MapKind kind, Reader& reader);

}  // namespace cadre
