// How often the values of two judges met: of a rule and a reader, of two readers.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

namespace cadre {

/// A square table of counts. Rows are the values of the first judge (the rules), columns those of
/// the second (the coding), both in the same order.
class Confusion {
 public:
  explicit Confusion(std::size_t values) : values_(values), counts_(values * values) {}

  /// The number of values.
  std::size_t size() const { return values_; }

  void add(std::size_t row, std::size_t column, std::uint64_t times = 1) {
    counts_[row * values_ + column] += times;
  }

  std::uint64_t at(std::size_t row, std::size_t column) const {
    return counts_[row * values_ + column];
  }
  std::uint64_t row_total(std::size_t row) const;
  std::uint64_t column_total(std::size_t column) const;
  std::uint64_t total() const;
  std::uint64_t agreed() const;  ///< the diagonal

 private:
  std::size_t values_;
  std::vector<std::uint64_t> counts_;
};

/// How well the rows find a value, where the columns are taken for the truth. Nothing where it
/// would be a division by zero.
struct Retrieval {
  std::optional<double> precision;  ///< of those that the rows call so, the share that is so
  std::optional<double> recall;     ///< of those that are so, the share that the rows call so
  std::optional<double> f1;         ///< their harmonic mean: 2 both / (rows + columns)
};
Retrieval retrieval(const Confusion& table, std::size_t value);

}  // namespace cadre
