#include "cadre/analyse/alpha.hpp"

namespace cadre {

std::optional<double> krippendorff_alpha(std::span<const std::vector<std::size_t>> units,
                                         std::size_t values) {
  std::vector<double> totals(values);  // how often each value was given, in units that count
  double n = 0;
  double disagreed = 0;  // coincidences of unlike values
  std::vector<double> counts;
  for (const std::vector<std::size_t>& unit : units) {
    if (unit.size() < 2) continue;
    counts.assign(values, 0);
    for (const std::size_t value : unit) counts[value] += 1;
    const auto coders = static_cast<double>(unit.size());
    for (std::size_t value = 0; value < values; ++value) {
      totals[value] += counts[value];
      disagreed += counts[value] * (coders - counts[value]) / (coders - 1);
    }
    n += coders;
  }
  double expected = 0;  // n - 1 times the coincidences of unlike values by chance
  for (const double total : totals) expected += total * (n - total);
  if (expected == 0) return std::nullopt;
  return 1 - (n - 1) * disagreed / expected;
}

}  // namespace cadre
