// Two rule sets on the same people: whose labels change, which edit of the rules is the cause, what
// evidence comes and goes, and what it does to every figure.
//
// A cause is found by trying: the edit, made alone in the first rule set, gives the label the value
// that it has in the second. Where no single edit does, it is the smallest set of edits that does
// (analyse/cause.hpp has the limits).
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "cadre/analyse/explanation.hpp"
#include "cadre/analyse/people.hpp"
#include "cadre/analyse/rule_change.hpp"
#include "cadre/base/truth.hpp"
#include "cadre/data/dataset.hpp"
#include "cadre/rules/model.hpp"
#include "cadre/run/run.hpp"
#include "cadre/run/study_figures.hpp"

namespace cadre {

/// One side of a diff.
struct DiffSide {
  const Rules& rules;
  /// Options that had a say, as RunContents::options.
  std::vector<std::pair<std::string, std::string>> options;
};

struct DiffOptions {
  std::vector<std::string> labels;        ///< only these; empty: all
  std::vector<std::string> figures;       ///< only these; empty: all
  bool with_figures = true;               ///< whether any figures are compared
  bool leave_out_broken_figures = false;  ///< instead of throwing for them
  bool evidence = false;  ///< also people whose label stays and whose evidence changes
  unsigned threads = 0;   ///< 0: as many as the machine has cores; for causes
  /// How many sets of changes are tried for one label of one person (analyse/cause.hpp).
  std::size_t tries = 1000;
};

/// Words that speak for a label on one side only.
struct ChangedWords {
  std::string label;  ///< whose step they support: the label itself or one that it builds on
  std::string table;  ///< people, education, career or posts
  std::string row;    ///< its id
  std::string start;  ///< of the row, as written; or empty
  std::string end;
  std::string column;
  std::string words;   ///< quoted from the cell
  std::string branch;  ///< industries/aerospace; empty where a pattern or a value was met
  std::string term;    ///< likewise
  RulePlace place;     ///< of the term, on the side that has it
};

/// A label of one person that differs.
struct ChangedLabel {
  PersonSummary person;
  Truth truth_before = Truth::kUnknown;
  Truth truth_after = Truth::kUnknown;
  std::string before;  ///< true, false, unknown; of other kinds the value, or "none"
  std::string after;
  /// What decided, such as "stem_years at_least 5: is 3.2"; may be empty.
  std::string reason_before;
  std::string reason_after;
  /// Sets of indices into Diff::changes, each of which suffices. Empty: none was found.
  std::vector<std::vector<std::uint32_t>> causes;
  bool smallest = true;   ///< Causes::smallest
  bool all_found = true;  ///< Causes::all_found
  std::vector<ChangedWords> lost;
  std::vector<ChangedWords> gained;

  bool same_value() const { return truth_before == truth_after && before == after; }
};

struct LabelDiff {
  std::string name;
  std::string title;
  std::string kind;  ///< plain, category, number or date
  bool in_before = true;
  bool in_after = true;
  /// People for whom the label is true, false and unknown (or has a value, has none, is unknown).
  std::size_t before[3] = {0, 0, 0};  ///< by Truth
  std::size_t after[3] = {0, 0, 0};
  /// In the order of the dataset. With DiffOptions::evidence also those of whom only the evidence
  /// differs. Empty where only one side has the label.
  std::vector<ChangedLabel> people;
};

struct FigureDiff {
  struct Row {
    std::vector<Cell>
        before;  ///< parallel to the columns; no cells: only the other side has the row
    std::vector<Cell> after;
  };
  std::string name;
  std::string title;
  bool in_before = true;
  bool in_after = true;
  std::vector<std::string> columns;
  std::vector<bool> key;  ///< columns that tell rows apart
  std::vector<Row> rows;  ///< in the order of the second side; rows that it lacks stand in between

  bool differs() const;
};

struct Diff {
  std::string name_before;  ///< of the rule sets
  std::string name_after;
  std::string data;
  std::size_t people = 0;
  std::vector<RuleChange> changes;
  std::vector<LabelDiff> labels;    ///< those that differ
  std::vector<FigureDiff> figures;  ///< all that were asked for

  /// Whether a label of somebody, or a cell of a figure, differs.
  bool differs() const;
};

/// Throws Error kUsage for a label or figure that neither side has, for figures whose SQL is wrong,
/// and when a rule set does not fit the dataset (classify/classifier.hpp: check_schema).
Diff diff_rules(const DiffSide& a, const DiffSide& b, StudyFigures& figures,
                const DiffOptions& options = {});

/// The same where nothing else is asked of the people.
Diff diff_rules(const DiffSide& a, const DiffSide& b, std::shared_ptr<const Dataset> dataset,
                const QueryLimits& limits = {}, const DiffOptions& options = {});

/// What tells the data of two runs apart, one line each; empty when they were made from the same.
std::vector<std::string> data_differences(const Dataset& a, const Dataset& b);

}  // namespace cadre
