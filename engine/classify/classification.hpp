// What is said of one person, and why.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "cadre/base/date.hpp"
#include "cadre/base/truth.hpp"
#include "cadre/match/match.hpp"
#include "cadre/rules/model.hpp"

namespace cadre {

/// Whether the reasons of a result are kept beside the result: steps, words, what rows lack, what
/// was measured, the nearest row. Without them the same result comes several times as fast.
enum class Reasons : bool { kLeftOut, kKept };

/// Words of a cell that met a test.
struct Words {
  /// Match::lexicon when no term was looked for: the words met a regular expression of the rule
  /// set, or the whole cell was compared with a value. Category and term then mean nothing.
  static constexpr std::uint32_t kNoLexicon = 0xFFFFFFFF;

  std::uint32_t column = 0;  ///< index into the table's columns
  Match match;               ///< lexicon, category, term, and bytes of the cell

  friend bool operator==(const Words&, const Words&) = default;
};

/// A row that speaks for or against a condition.
struct RowEvidence {
  Table table = Table::kPerson;
  std::uint32_t row = 0;     ///< index into the person's rows of that table
  Truth met = Truth::kTrue;  ///< false or unknown: the nearest row, and what it lacked
  /// That a row which met the condition adds inside its bounds, where that is known.
  std::optional<double> years;
  std::vector<Words> words;  ///< the words that met the tests of this row
  /// Tests that the row did not meet, in words with the row's own value, such as
  /// "degree at_least associate: is secondary".
  std::vector<std::string> lacks;
};

/// One step of the reasoning. Steps of a label form a tree, stored in pre-order.
struct Step {
  std::uint32_t depth = 0;  ///< 0 for the label's own step
  Truth value = Truth::kUnknown;
  Range rule;        ///< the rule text that this step carries out
  std::string path;  ///< where in the label, such as "any[0]"; empty for the label itself
  std::string text;  ///< the condition in words
  std::optional<std::uint32_t> label;  ///< the label that this step refers to, if it does
  std::string measured;  ///< such as "31.8 years, needs 1"; empty where nothing is measured
  std::vector<RowEvidence> rows;
};

struct LabelValue {
  Truth truth = Truth::kUnknown;   ///< for other kinds than plain: whether there is a value
  bool closed = false;             ///< unknown was turned into this value by `unknown_as`
  std::optional<Branch> category;  ///< of a category label
  std::optional<double> number;    ///< of a number label; with `number_high` above it, a range
  std::optional<double> number_high;
  std::optional<Date> date;  ///< of a date label
  std::vector<Step> steps;   ///< the evidence; the first is the label itself
};

struct Classification {
  std::string person;
  std::vector<LabelValue> labels;  ///< parallel to Rules::labels
  const Rules* rules = nullptr;    ///< the rules it was made with, which outlive it

  /// The truth of a label by its name. Throws std::out_of_range for a name that is not there.
  Truth label(std::string_view name) const;
  const LabelValue& value(std::string_view name) const;
};

}  // namespace cadre
