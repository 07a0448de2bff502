// Carrying a sweep out: the figures of every specification, work shared between them.
//
// The rules of a specification are put together from parts that were read once (rules/sweep.hpp),
// its labels are classified again only where they depend on what changed
// (classify/study.hpp), and a figure is computed once for all specifications in which everything
// that it reads is equal (run/study_figures.hpp). The results are those of classifying each
// specification by itself; tests hold the two together.
#pragma once

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "cadre/rules/key.hpp"
#include "cadre/rules/sweep.hpp"
#include "cadre/run/study_figures.hpp"

namespace cadre {

/// A number in a figure. Rows are named by their key, its values joined by ", "; a key that comes
/// again by its number: "x (2)".
struct SweepCell {
  std::string figure;
  std::string row;
  std::string column;
  friend auto operator<=>(const SweepCell&, const SweepCell&) = default;
};

/// The numbers of one figure.
using FigureNumbers = std::vector<std::pair<SweepCell, double>>;

/// What one specification came to.
struct SpecificationResult {
  /// By figure; empty when the specification failed, or was not come to.
  std::vector<std::shared_ptr<const FigureNumbers>> figures;
  std::string failure;  ///< why there are none: the first error
  /// What decides the figures of its rules: equal for rules that come to the same. Nothing when
  /// they could not be put together.
  std::optional<Key> rules;
  bool done = false;
};

struct SweepResults {
  std::vector<std::string> figures;    ///< the names of those computed, in the order of the rules
  std::vector<std::uint64_t> numbers;  ///< of the specifications
  SpecificationResult baseline;        ///< the rule set as it is
  std::vector<SpecificationResult> specifications;  ///< parallel to numbers
};

struct SweepOptions {
  unsigned threads = 0;  ///< 0: one for each core
  std::atomic<std::size_t>* done = nullptr;
  /// Called after each specification, one call at a time, in any order.
  std::function<void(std::size_t index, const SpecificationResult&)> finished;
};

struct SweepCheck {
  /// What is wrong beyond the two files: rules that do not go with the data, a figure whose SQL
  /// fails, claims about columns and rows that the figures of the rule set as it is do not have.
  /// Warnings: axes that change nothing, alternatives that come to the same rules, of one axis or
  /// of several.
  Diagnostics diagnostics;
  /// By axis and alternative: the first alternative of the axis that comes to the same rules.
  std::vector<std::vector<std::uint32_t>> same_alternatives;
};
SweepCheck check_sweep(const RuleSpace& space, const SpecificationResult& baseline);

/// The figures of the rule set as it is. Throws Error kUsage when their SQL is wrong.
SpecificationResult sweep_baseline(const RuleSpace& space, StudyFigures& answers);

/// What the study says of the numbers of these figures, as far as it says anything, under the cells
/// that the rule set as it is gives them. Throws Error kUsage when their SQL is wrong.
std::vector<FigureNumbers> published_numbers(const RuleSpace& space, StudyFigures& answers);

/// The figures that the sweep computes: those that it names, or all of the rule set.
std::vector<std::string> swept_figures(const RuleSpace& space);

/// Computes what `results` does not have yet. `results` has its numbers, and specifications
/// parallel to them.
void run_sweep(const RuleSpace& space, StudyFigures& answers, SweepResults& results,
               const SweepOptions& options = {});

}  // namespace cadre
