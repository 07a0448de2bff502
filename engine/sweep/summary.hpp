// What a sweep says: how far each number moves, what moves it, and which claims hold.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "cadre/rules/sweep.hpp"
#include "cadre/sweep/sweeper.hpp"

namespace cadre {

/// The variance of an outcome that each axis explains: eta squared, the sum of squares between the
/// alternatives' means over the total sum of squares (Fisher 1925; Cohen 1988, section 8.2). When
/// all combinations were run, axes cannot stand in for one another, and eta squared is the
/// first-order sensitivity index (Saltelli et al. 2008, "Global Sensitivity Analysis",
/// section 1.2.5): the shares add up to at most 1, and what is missing is how the axes work
/// together. In a sample, alternatives meet unequally often: shares may add up to more than 1, and
/// one of an axis with k alternatives that moves nothing is (k - 1) / (n - 1) on average.
/// `outcomes[i]` belongs to `alternatives[i]`. Empty when the outcomes do not vary.
std::vector<double> variance_explained(const std::vector<double>& outcomes,
                                       const std::vector<std::vector<std::uint32_t>>& alternatives,
                                       const Sweep& sweep);

struct CellSummary {
  SweepCell cell;
  std::size_t specifications = 0;  ///< that have the cell
  double least = 0;
  double median = 0;
  double most = 0;
  std::optional<double> baseline;
  std::vector<double> explained;  ///< by axis; empty when the cell does not move
};

struct ClaimSummary {
  std::size_t holds = 0;
  std::size_t fails = 0;
  std::size_t unknown = 0;  ///< a cell is not there
  Truth baseline = Truth::kUnknown;
  std::vector<double> explained;  ///< of holding, 1 or 0, by axis; empty when it never changes

  /// Of all specifications that were computed.
  double share() const;
};

struct FigureSummary {
  std::string figure;
  std::size_t cells = 0;
  std::size_t moving = 0;         ///< cells that move
  std::vector<double> explained;  ///< by axis: the mean of the moving cells' shares
};

/// One specification on the curve.
struct CurvePoint {
  std::uint64_t number = 0;
  double outcome = 0;
  std::vector<std::uint32_t> alternatives;
};

/// The outcomes of all specifications, from the least, each with the choices that it made
/// (Simonsohn, Simmons and Nelson 2020, "Specification curve analysis").
struct SpecificationCurve {
  SweepCell cell;
  std::optional<double> baseline;
  std::vector<CurvePoint> points;
};

struct SweepSummary {
  std::size_t computed = 0;
  std::vector<std::size_t> failed;  ///< indices of specifications that did not compile
  std::vector<CellSummary> cells;   ///< figure by figure
  std::vector<FigureSummary> figures;
  std::vector<ClaimSummary> claims;  ///< parallel to Sweep::claims
  std::optional<SpecificationCurve> curve;
};

SweepSummary summarise(const Sweep& sweep, const SweepResults& results);

/// Whether a claim holds of these numbers.
Truth holds(const Claim& claim, const SpecificationResult& result);

/// The cell that a claim or a curve names.
SweepCell cell_of(const CellName& name);

/// "min_degree=bachelor, coal=emerging".
std::string in_words(const Sweep& sweep, std::uint64_t number);

}  // namespace cadre
