// Warnings: what is legal and likely wrong.
#include "cadre/rules/loading.hpp"

namespace cadre {

void lint_lexicon(const Lexicon&, Loading&) {}
void lint_uses(const RuleTree&, Loading&) {}

}  // namespace cadre
