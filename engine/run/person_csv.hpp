// What is said of one person as a row of CSV (RFC 4180: lines end in CR LF): the columns of the
// view labels_wide.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "cadre/classify/classification.hpp"
#include "cadre/data/csv.hpp"
#include "cadre/rules/model.hpp"
#include "cadre/run/wide.hpp"

namespace cadre {

class PersonCsv {
 public:
  /// Keeps a reference. Safe to share between threads.
  explicit PersonCsv(const Rules& rules, CsvCells cells = CsvCells::kPlain)
      : rules_(rules), cells_(cells), columns_(wide_columns(rules)) {}

  /// The first line of the file, with its line end.
  std::string header() const;

  /// Appends the row of a person. No values at all give empty cells.
  void write(std::string_view person, const std::vector<LabelValue>& values,
             std::string& out) const;

 private:
  std::string field(std::string_view text) const;

  const Rules& rules_;
  CsvCells cells_;
  std::vector<WideColumn> columns_;
};

}  // namespace cadre
