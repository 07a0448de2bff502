// Why a label holds of a person, or does not, or cannot be known: read back from a run.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "cadre/analyse/people.hpp"
#include "cadre/base/truth.hpp"
#include "cadre/run/run.hpp"

namespace cadre {

/// A place in a rule file, relative to the folder of the rule set. Not known: an empty file.
struct RulePlace {
  std::string file;
  std::int64_t line = 0;
};

/// Words of a cell that met a test.
struct ExplainedWords {
  std::size_t begin = 0;  ///< bytes of the cell, on code-point boundaries
  std::size_t end = 0;
  std::string lexicon;  ///< empty, as are the next two, where a pattern or a value was met
  std::string category;
  std::string term;
  RulePlace place;  ///< of the term
};

struct ExplainedCell {
  std::string column;                 ///< org_zh
  std::string logical;                ///< org
  std::string language;               ///< zh, or empty
  std::string kind;                   ///< text, name, date or number
  std::string text;                   ///< never empty
  std::vector<ExplainedWords> words;  ///< in the order of the text; they may overlap
};

/// A row of the dataset that a step rests on, or the one that came nearest.
struct ExplainedRow {
  std::string table;  ///< people, education, career or posts
  std::string id;
  Truth met = Truth::kUnknown;
  std::optional<double> years;
  std::vector<std::string> lacks;    ///< tests that it did not meet
  std::vector<ExplainedCell> cells;  ///< those that are not empty, without id and person
};

/// How deep the steps of a label may be nested, and how many there may be: more is no reasoning of
/// rules but a damaged run, or one that somebody made to be too much.
inline constexpr std::int64_t kDeepestStep = 1000;
inline constexpr std::size_t kMostSteps = 100'000;

/// A step of the reasoning; the steps of a label are a tree in pre-order: the first has depth 0,
/// and each other is at least 1 and at most one deeper than the one before it.
struct ExplainedStep {
  std::int64_t depth = 0;
  Truth value = Truth::kUnknown;
  std::string path;       ///< any[0]; empty for the label itself
  std::string text;       ///< the condition in words
  std::string measured;   ///< 31.8 years, needs 1
  std::string refers_to;  ///< the label that it asks for
  RulePlace place;
  std::vector<ExplainedRow> rows;
};

struct ExplainedLabel {
  std::string name;
  std::string title;
  std::string note;
  std::string kind;  ///< plain, category, number or date
  RulePlace place;

  Truth value = Truth::kUnknown;  ///< of other kinds than plain: whether there is a value
  bool closed = false;            ///< unknown was turned into this value by unknown_as
  std::optional<double> number;
  std::optional<double> number_high;
  std::string category;
  std::string group;
  std::string date;
  std::vector<ExplainedStep> steps;
};

/// The labels of a run, in the order of the rules.
std::vector<std::string> list_labels(const Run& run);

/// Why this label has its value for this person: the label first, then all those that its steps
/// refer to, in the order of mention, each once. Throws Error kUsage, with the nearest name, when
/// the run has no such person or label; kCorrupt when the steps are no tree; kLimit when they are
/// too many or too deep.
std::vector<ExplainedLabel> explain(const Run& run, const std::string& person,
                                    const std::string& label);

}  // namespace cadre
