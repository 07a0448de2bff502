#include "cadre/sweep/summary.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>

#include "cadre/sweep/specifications.hpp"

namespace cadre {
namespace {

constexpr double kSlack = 1e-9;

double median_of(std::vector<double> values) {
  std::sort(values.begin(), values.end());
  const std::size_t half = values.size() / 2;
  return values.size() % 2 == 1 ? values[half] : (values[half - 1] + values[half]) / 2;
}

std::string row_text(const CellName::Row& row) {
  std::string text;
  for (const auto& [column, value] : row) text += (text.empty() ? "" : ", ") + value;
  return text;
}

std::optional<double> number_at(const SpecificationResult& result, const SweepCell& wanted) {
  for (const auto& figure : result.figures) {
    if (figure->empty() || figure->front().first.figure != wanted.figure) continue;
    for (const auto& [cell, number] : *figure) {
      if (cell == wanted) return number;
    }
  }
  return std::nullopt;
}

/// Whether `value` is the lowest or highest of its column, or of some rows.
Truth is_extreme(const Claim& claim, const SpecificationResult& result, double value) {
  const bool lowest =
      claim.extreme == Claim::Extreme::kLowest || claim.extreme == Claim::Extreme::kLowestOrTied;
  const bool tied = claim.extreme == Claim::Extreme::kLowestOrTied ||
                    claim.extreme == Claim::Extreme::kHighestOrTied;
  const SweepCell own = cell_of(claim.cell);
  std::set<std::string> among;
  for (const CellName::Row& row : claim.among) among.insert(row_text(row));
  std::size_t found = 0;
  for (const auto& figure : result.figures) {
    for (const auto& [cell, number] : *figure) {
      if (cell.figure != own.figure || cell.column != own.column || cell.row == own.row) continue;
      if (!among.empty() && !among.contains(cell.row)) continue;
      ++found;
      const double lead = lowest ? number - value : value - number;
      if (tied ? lead < -kSlack : lead <= kSlack) return Truth::kFalse;
    }
  }
  among.erase(own.row);
  return found < among.size() || found == 0 ? Truth::kUnknown : Truth::kTrue;
}

}  // namespace

SweepCell cell_of(const CellName& name) {
  return {name.figure, row_text(name.row), name.column};
}

Truth holds(const Claim& claim, const SpecificationResult& result) {
  const std::optional<double> value = number_at(result, cell_of(claim.cell));
  if (!value) return Truth::kUnknown;
  Truth all = Truth::kTrue;
  if (claim.extreme != Claim::Extreme::kNone) all = all & is_extreme(claim, result, *value);
  if (claim.number.at_least) all = all & truth(*value >= *claim.number.at_least - kSlack);
  if (claim.number.at_most) all = all & truth(*value <= *claim.number.at_most + kSlack);
  for (const Claim::Comparison& comparison : claim.comparisons) {
    const std::optional<double> other = number_at(result, cell_of(comparison.cell));
    if (!other) {
      all = all & Truth::kUnknown;
      continue;
    }
    const double limit = *other * comparison.times + comparison.plus;
    all = all & truth(comparison.above ? *value > limit + kSlack : *value < limit - kSlack);
  }
  return all;
}

std::vector<double> variance_explained(const std::vector<double>& outcomes,
                                       const std::vector<std::vector<std::uint32_t>>& alternatives,
                                       const Sweep& sweep) {
  if (outcomes.empty()) return {};
  double sum = 0;
  for (const double one : outcomes) sum += one;
  const double mean = sum / static_cast<double>(outcomes.size());
  double total = 0;
  for (const double one : outcomes) total += (one - mean) * (one - mean);
  if (total <= kSlack) return {};
  std::vector<double> explained;
  for (std::size_t axis = 0; axis < sweep.axes.size(); ++axis) {
    std::vector<double> sums(sweep.axes[axis].alternatives.size());
    std::vector<double> counts(sums.size());
    for (std::size_t i = 0; i < outcomes.size(); ++i) {
      sums[alternatives[i][axis]] += outcomes[i];
      counts[alternatives[i][axis]] += 1;
    }
    double between = 0;
    for (std::size_t i = 0; i < sums.size(); ++i) {
      if (counts[i] == 0) continue;
      const double distance = sums[i] / counts[i] - mean;
      between += counts[i] * distance * distance;
    }
    explained.push_back(std::clamp(between / total, 0.0, 1.0));
  }
  return explained;
}

double ClaimSummary::share() const {
  const std::size_t all = holds + fails + unknown;
  return all == 0 ? 0 : static_cast<double>(holds) / static_cast<double>(all);
}

std::string in_words(const Sweep& sweep, std::uint64_t number) {
  const std::vector<std::uint32_t> alternatives = alternatives_of(sweep, number);
  std::string text;
  for (std::size_t axis = 0; axis < sweep.axes.size(); ++axis) {
    text += fmt::format("{}{}={}", axis == 0 ? "" : ", ", sweep.axes[axis].name,
                        sweep.axes[axis].alternatives[alternatives[axis]].name);
  }
  return text;
}

namespace {

/// The numbers of all specifications, cell by cell.
class Summary {
 public:
  Summary(const Sweep& sweep, const SweepResults& results) : sweep_(sweep), results_(results) {}

  SweepSummary run() {
    collect(results_.baseline, nullptr);
    for (std::size_t i = 0; i < results_.specifications.size(); ++i) {
      const SpecificationResult& result = results_.specifications[i];
      if (!result.done) continue;
      if (!result.failure.empty()) {
        out_.failed.push_back(i);
        continue;
      }
      ++out_.computed;
      alternatives_.push_back(alternatives_of(sweep_, results_.numbers[i]));
      numbers_.push_back(results_.numbers[i]);
      collect(result, &alternatives_.back());
    }
    for (std::size_t at = 0; at < cells_.size(); ++at) out_.cells.push_back(summarise(at));
    // As the figures stand in the rules; inside a figure as the rule set as it is has the rows.
    std::stable_sort(out_.cells.begin(), out_.cells.end(),
                     [&](const CellSummary& a, const CellSummary& b) {
                       return rank(a.cell.figure) < rank(b.cell.figure);
                     });
    for (const std::string& figure : results_.figures) out_.figures.push_back(figure_of(figure));
    for (const Claim& claim : sweep_.claims) out_.claims.push_back(claim_of(claim));
    add_curve();
    return std::move(out_);
  }

 private:
  struct Values {
    SweepCell cell;
    std::optional<double> baseline;
    std::vector<double> outcomes;
    std::vector<std::size_t> specifications;  // indices into alternatives_
  };

  void collect(const SpecificationResult& result, const std::vector<std::uint32_t>* alternatives) {
    for (const auto& figure : result.figures) {
      for (const auto& [cell, number] : *figure) {
        const auto [at, is_new] = index_.try_emplace(cell, cells_.size());
        if (is_new) cells_.push_back({cell, std::nullopt, {}, {}});
        Values& values = cells_[at->second];
        if (alternatives == nullptr) {
          values.baseline = number;
        } else {
          values.outcomes.push_back(number);
          values.specifications.push_back(alternatives_.size() - 1);
        }
      }
    }
  }

  std::vector<std::vector<std::uint32_t>> alternatives_at(
      const std::vector<std::size_t>& specifications) const {
    std::vector<std::vector<std::uint32_t>> all;
    all.reserve(specifications.size());
    for (const std::size_t at : specifications) all.push_back(alternatives_[at]);
    return all;
  }

  CellSummary summarise(std::size_t at) const {
    const Values& values = cells_[at];
    CellSummary summary;
    summary.cell = values.cell;
    summary.baseline = values.baseline;
    summary.specifications = values.outcomes.size();
    if (values.outcomes.empty()) return summary;
    const auto [least, most] = std::minmax_element(values.outcomes.begin(), values.outcomes.end());
    summary.least = *least;
    summary.most = *most;
    summary.median = median_of(values.outcomes);
    if (*least != *most) {
      summary.explained =
          variance_explained(values.outcomes, alternatives_at(values.specifications), sweep_);
    }
    return summary;
  }

  std::size_t rank(const std::string& figure) const {
    const auto at = std::find(results_.figures.begin(), results_.figures.end(), figure);
    return static_cast<std::size_t>(at - results_.figures.begin());
  }

  FigureSummary figure_of(const std::string& name) const {
    FigureSummary summary;
    summary.figure = name;
    summary.explained.resize(sweep_.axes.size());
    for (const CellSummary& cell : out_.cells) {
      if (cell.cell.figure != name) continue;
      ++summary.cells;
      if (cell.explained.empty()) continue;
      ++summary.moving;
      for (std::size_t i = 0; i < cell.explained.size(); ++i) {
        summary.explained[i] += cell.explained[i];
      }
    }
    if (summary.moving == 0) summary.explained.clear();
    for (double& share : summary.explained) share /= static_cast<double>(summary.moving);
    return summary;
  }

  ClaimSummary claim_of(const Claim& claim) const {
    ClaimSummary summary;
    summary.baseline = holds(claim, results_.baseline);
    std::vector<double> outcomes;
    std::vector<std::size_t> specifications;
    std::size_t at = 0;
    for (const SpecificationResult& result : results_.specifications) {
      if (!result.done || !result.failure.empty()) continue;
      const Truth truth = holds(claim, result);
      if (truth == Truth::kUnknown) {
        ++summary.unknown;
      } else {
        ++(truth == Truth::kTrue ? summary.holds : summary.fails);
        outcomes.push_back(truth == Truth::kTrue ? 1 : 0);
        specifications.push_back(at);
      }
      ++at;
    }
    summary.explained = variance_explained(outcomes, alternatives_at(specifications), sweep_);
    return summary;
  }

  void add_curve() {
    if (!sweep_.curve && sweep_.claims.empty()) return;
    SpecificationCurve curve;
    curve.cell = cell_of(sweep_.curve ? *sweep_.curve : sweep_.claims.front().cell);
    const auto found = index_.find(curve.cell);
    if (found == index_.end()) return;
    const Values& values = cells_[found->second];
    curve.baseline = values.baseline;
    for (std::size_t i = 0; i < values.outcomes.size(); ++i) {
      const std::size_t at = values.specifications[i];
      curve.points.push_back({numbers_[at], values.outcomes[i], alternatives_[at]});
    }
    std::stable_sort(
        curve.points.begin(), curve.points.end(),
        [](const CurvePoint& a, const CurvePoint& b) { return a.outcome < b.outcome; });
    out_.curve = std::move(curve);
  }

  const Sweep& sweep_;
  const SweepResults& results_;
  std::map<SweepCell, std::size_t> index_;
  std::vector<Values> cells_;  // in the order in which they were first seen
  std::vector<std::vector<std::uint32_t>> alternatives_;  // of those that were computed
  std::vector<std::uint64_t> numbers_;
  SweepSummary out_;
};

}  // namespace

SweepSummary summarise(const Sweep& sweep, const SweepResults& results) {
  return Summary(sweep, results).run();
}

}  // namespace cadre
