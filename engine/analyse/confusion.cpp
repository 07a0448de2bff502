#include "cadre/analyse/confusion.hpp"

#include <numeric>

namespace cadre {
namespace {

std::optional<double> share(std::uint64_t part, std::uint64_t whole) {
  if (whole == 0) return std::nullopt;
  return static_cast<double>(part) / static_cast<double>(whole);
}

}  // namespace

std::uint64_t Confusion::row_total(std::size_t row) const {
  std::uint64_t sum = 0;
  for (std::size_t column = 0; column < values_; ++column) sum += at(row, column);
  return sum;
}

std::uint64_t Confusion::column_total(std::size_t column) const {
  std::uint64_t sum = 0;
  for (std::size_t row = 0; row < values_; ++row) sum += at(row, column);
  return sum;
}

std::uint64_t Confusion::total() const {
  return std::accumulate(counts_.begin(), counts_.end(), std::uint64_t{0});
}

std::uint64_t Confusion::agreed() const {
  std::uint64_t sum = 0;
  for (std::size_t value = 0; value < values_; ++value) sum += at(value, value);
  return sum;
}

Retrieval retrieval(const Confusion& table, std::size_t value) {
  const std::uint64_t both = table.at(value, value);
  const std::uint64_t found = table.row_total(value);
  const std::uint64_t there = table.column_total(value);
  return {share(both, found), share(both, there), share(2 * both, found + there)};
}

}  // namespace cadre
