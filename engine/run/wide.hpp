// The columns of the wide table, one row a person: those of the view labels_wide and of the CSV.
#pragma once

#include <cstdint>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "cadre/rules/model.hpp"

namespace cadre {

/// Names that SQL can tell apart, which it does without regard to the case of ASCII letters.
class Names {
 public:
  /// `name`, or the first of `name`_2, `name`_3, ... that was not given out before.
  std::string add(std::string_view name);

 private:
  std::set<std::string> taken_;  // in lower case
};

struct WideColumn {
  enum class What : std::uint8_t {
    kTruth,     ///< 1 true, 0 false, empty unknown
    kCategory,  ///< the path of the category below its lexicon
    kGroup,     ///< the group of that category
    kNumber,
    kDate,
  };
  std::string name;
  std::uint32_t label = 0;  ///< index into Rules::labels
  What what = What::kTruth;
};

/// The columns that follow `person`: one a label, in the order of the rules. A category label
/// LABEL is followed by LABEL_group.
std::vector<WideColumn> wide_columns(const Rules& rules);

}  // namespace cadre
