// What is wrong, or likely wrong, in something that an analyst wrote: a rule file, a dataset. All
// the diagnostics of a file are collected; none is thrown.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "cadre/base/source.hpp"

namespace cadre {

enum class Severity { kError, kWarning };

struct Diagnostic {
  /// A second place that helps to understand the first ("first defined here").
  struct Note {
    Place place;
    std::string message;
  };

  Severity severity = Severity::kError;
  std::string code;     ///< a stable name in kebab case, such as "unknown-lexicon"
  std::string message;  ///< one sentence, no full stop; may end in "; did you mean 'x'?"
  Place place;
  std::string hint;  ///< what to do about it, or empty
  std::vector<Note> notes;
};

using Diagnostics = std::vector<Diagnostic>;

bool has_errors(const Diagnostics& diagnostics);

/// Sorts by file (in the order of first appearance), then line, then column.
void sort_by_place(Diagnostics& diagnostics);

/// The candidate nearest to `name` in edit distance if it is near enough to be a slip of the
/// finger (at most a third of the letters of `name`, at least one, but not all), otherwise an empty
/// text. Of several equally near the first is taken. Names of more than 200 letters have none.
/// The distance is the optimal string alignment distance over code points: insertions, deletions,
/// substitutions and transpositions of neighbours each cost one, and no letter is edited twice.
std::string nearest_name(std::string_view name, const std::vector<std::string>& candidates);

/// "; did you mean 'x'?" or an empty text.
std::string did_you_mean(std::string_view name, const std::vector<std::string>& candidates);

}  // namespace cadre
