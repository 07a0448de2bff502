#include "cadre/analyse/kappa.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>

namespace cadre {
namespace {

/// Whether both judges gave everybody the same value.
bool one_value(const Confusion& table) {
  for (std::size_t i = 0; i < table.size(); ++i) {
    if (table.at(i, i) == table.total()) return true;
  }
  return false;
}

}  // namespace

std::optional<Kappa> cohen_kappa(const Confusion& table) {
  constexpr double kNormalQuantile = 1.959963984540054;  // of 97.5%

  const std::uint64_t people = table.total();
  const std::size_t size = table.size();
  if (people == 0 || one_value(table)) return std::nullopt;

  const auto n = static_cast<double>(people);
  std::vector<double> rows;
  std::vector<double> columns;
  double chance = 0;
  for (std::size_t i = 0; i < size; ++i) {
    rows.push_back(static_cast<double>(table.row_total(i)) / n);
    columns.push_back(static_cast<double>(table.column_total(i)) / n);
    chance += rows[i] * columns[i];
  }
  const double observed = static_cast<double>(table.agreed()) / n;

  Kappa kappa;
  kappa.value = (observed - chance) / (1 - chance);
  const double missed = 1 - kappa.value;
  double sum = 0;  // A + B of Fleiss, Levin and Paik
  for (std::size_t i = 0; i < size; ++i) {
    for (std::size_t j = 0; j < size; ++j) {
      const double p = static_cast<double>(table.at(i, j)) / n;
      const double term =
          i == j ? 1 - (rows[i] + columns[i]) * missed : missed * (columns[i] + rows[j]);
      sum += p * term * term;
    }
  }
  const double c = kappa.value - chance * missed;
  // What is 0 may come out below it by rounding.
  const double variance = std::max(0.0, sum - c * c);
  kappa.standard_error = std::sqrt(variance) / ((1 - chance) * std::sqrt(n));
  kappa.low = std::max(-1.0, kappa.value - kNormalQuantile * kappa.standard_error);
  kappa.high = std::min(1.0, kappa.value + kNormalQuantile * kappa.standard_error);
  return kappa;
}

}  // namespace cadre
