// What a label's values depend on, written down: two labels of two rule sets that are written the
// same here have the same value for every person. Titles, notes and places take no part, and
// parameters only by their values.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "cadre/rules/key.hpp"
#include "cadre/rules/model.hpp"

namespace cadre {

/// Everything that decides what a lexicon finds in a text, and under which categories.
std::string describe_matching(const Lexicon& lexicon);

/// The categories that it may find them under.
std::string describe_categories(const Lexicon& lexicon);

/// The groups of a lexicon's categories.
std::string describe_groups(const Lexicon& lexicon);

/// What stands for the parts of a rule set in the descriptions of its labels: any keys that are
/// equal for equal parts and different for others.
struct PartKeys {
  std::vector<Key> matching;  ///< by lexicon
  std::vector<Key> groups;    ///< by lexicon
  std::vector<Key> labels;    ///< by label; those that the described label uses are set
  /// By lexicon and category; of a lexicon that has none here, its own numbers stand.
  std::vector<std::vector<std::uint32_t>> categories;
};

/// The content keys of the lexicons. Those of labels are all the same, to be set.
PartKeys part_keys(const Rules& rules);

/// The label's own rule, with `parts` in place of what it names.
std::string describe(const Label& label, const PartKeys& parts);

/// The content key of each label, through all that it names: a Merkle hash, parallel to
/// Rules::labels. Equal keys, equal values for every person.
std::vector<Key> label_keys(const Rules& rules);

/// The labels that a label names, each once, in order.
std::vector<std::uint32_t> labels_used(const Label& label);
/// The lexicons that it names, likewise.
std::vector<std::uint32_t> lexicons_used(const Label& label);

/// Of which labels other labels need the rows that made them true, by label.
std::vector<bool> labels_built_on(const Rules& rules);

}  // namespace cadre
