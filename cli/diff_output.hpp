// A diff as people and programs read it.
#pragma once

#include <string>

#include "cadre/analyse/diff.hpp"
#include "cli/terminal.hpp"

namespace cadre::cli {

/// For the terminal: what changed in the rules, then labels by direction and cause, then figures.
/// Unless `all`, long lists are cut, and say so.
std::string render_diff(const Diff& diff, bool all, const Terminal& terminal);

/// To paste into a review: the same, people in foldable lists.
std::string render_diff_markdown(const Diff& diff);

/// One JSON object with everything.
std::string render_diff_json(const Diff& diff);

/// For CSV: one row a person and label that differ.
Result diff_table(const Diff& diff);

/// For CSV: one row for each row of a figure, its key, then each other column NAME as NAME_before
/// and NAME_after.
Result figure_on_both_sides(const FigureDiff& figure);

/// What the figures say before and after, as one table: "9 -> 8" where a cell differs. With
/// `only_differing` rows that stay the same are left out.
Result figure_table(const FigureDiff& figure, bool only_differing);

}  // namespace cadre::cli
