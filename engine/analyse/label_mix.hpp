// Two versions of a label, compared part by part, and labels that lie between them.
//
// One walk over both versions serves both ends: at every difference it asks whether the second
// version's part is to be taken. Who answers no each time gets the first version and has seen all
// differences; who answers yes each time gets the second. The order of the questions depends on the
// two versions only, never on the answers.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "cadre/analyse/rule_change.hpp"
#include "cadre/rules/model.hpp"

namespace cadre {

/// A difference between two versions of a label.
struct LabelEdit {
  RuleChange::Kind kind = RuleChange::Kind::kCondition;
  RuleChange::Action action = RuleChange::Action::kChanged;
  std::string text;  ///< in words, with the name of the label
  Range before;      ///< in the sources of the first version
  Range after;       ///< in those of the second
  /// What stands there as values, where that could be the value of a parameter.
  std::vector<std::string> old_values;
  std::vector<std::string> new_values;
  /// The era whose boundary the edit follows from, as the rule names it; and whether it is the
  /// boundary at its beginning.
  std::string era;
  bool era_begins = false;
  /// The lexicon, by name, of which the edit follows from reading texts in another way: the two
  /// versions name the same of it.
  std::string reread;
};

/// Asked at each difference: whether to take the second version's part. `describe` tells what it
/// is.
using ChooseEdit = std::function<bool(const std::function<LabelEdit()>& describe)>;

/// Walks over two versions of a label. Labels, lexicons and categories in both are numbered as in
/// `names`, which is used for their names only.
Label mix_labels(const Label& a, const Label& b, const Rules& names, const ChooseEdit& choose);

}  // namespace cadre
