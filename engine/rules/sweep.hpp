// Sweeps: a rule set with alternatives for its choices, and what a study claims (docs/sweep.md).
#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "cadre/base/diagnostic.hpp"
#include "cadre/rules/load.hpp"
#include "cadre/rules/model.hpp"

namespace cadre {

/// A cell of a figure. A row is named by its key: columns and values, or a value alone (the column
/// is then empty) where the key has one column.
struct CellName {
  using Row = std::vector<std::pair<std::string, std::string>>;
  std::string figure;
  std::string column;
  Row row;
  Range figure_range;
  Range column_range;
  Range row_range;
};

/// What a study says of a cell: all that is set must hold.
struct Claim {
  enum class Extreme : std::uint8_t { kNone, kLowest, kHighest, kLowestOrTied, kHighestOrTied };
  struct Comparison {
    bool above = true;  ///< or below
    CellName cell;
    double times = 1;
    double plus = 0;
  };
  std::string name;
  std::string title;
  std::string note;
  CellName cell;
  Extreme extreme = Extreme::kNone;
  std::vector<CellName::Row> among;  ///< the rows that an extreme is one of; empty: all
  std::vector<Range> among_ranges;   ///< parallel to it
  NumberTest number;
  std::vector<Comparison> comparisons;
  Range range;
};

struct Sweep {
  struct Alternative {
    std::string name;
    std::string title;
    std::string note;
    bool as_it_is = false;  ///< says that it changes nothing
    Range range;
  };
  struct Axis {
    std::string name;
    std::string title;
    std::string note;
    std::vector<Alternative> alternatives;  ///< at least two
    Range range;
  };
  struct Sample {
    std::uint64_t count = 0;
    std::uint64_t seed = 0;
  };
  std::string name;
  std::string title;
  std::string note;
  std::vector<Axis> axes;  ///< at least one
  std::vector<Claim> claims;
  std::vector<std::pair<std::string, Range>> figures;  ///< empty: all of the rule set
  std::optional<Sample> sample;
  std::optional<CellName> curve;
  Range range;
};

/// The rules of one combination of alternatives.
struct [[nodiscard]] SpecificationRules {
  std::optional<Rules> rules;  ///< nothing if there is an error
  Diagnostics errors;
};

/// A rule set and the alternatives of a sweep, read once; then the rules of any combination.
class RuleSpace {
 public:
  /// In place of an alternative: the rule set as it is.
  static constexpr std::uint32_t kAsItIs = 0xFFFFFFFF;

  /// Throws Error only when one of the two files cannot be read.
  RuleSpace(const std::filesystem::path& rules, const std::filesystem::path& sweep,
            const LoadOptions& options = {});
  ~RuleSpace();
  RuleSpace(const RuleSpace&) = delete;
  RuleSpace& operator=(const RuleSpace&) = delete;

  /// Everything that is wrong with either file.
  const Diagnostics& diagnostics() const;
  /// nullptr when there are errors; then nothing below may be asked.
  const Sweep* sweep() const;
  /// The rule set as it is.
  const Rules& base() const;

  /// The rules of a combination, an alternative (or kAsItIs) for each axis. The changes are made in
  /// the order of the axes. The tests of the rule set are left out. Safe to call from several
  /// threads.
  SpecificationRules load(std::span<const std::uint32_t> alternatives) const;

  const Sources& sources() const;

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace cadre
