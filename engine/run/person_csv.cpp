#include "cadre/run/person_csv.hpp"

#include <fmt/format.h>

namespace cadre {
namespace {

constexpr std::string_view kLineEnd = "\r\n";

std::string cell(const Rules& rules, const LabelValue& value, WideColumn::What what) {
  const Category* category =
      value.category ? &rules.lexicons[value.category->lexicon].categories[value.category->category]
                     : nullptr;
  switch (what) {
    case WideColumn::What::kTruth:
      return value.truth == Truth::kUnknown ? "" : value.truth == Truth::kTrue ? "1" : "0";
    case WideColumn::What::kCategory:
      return category ? category->path : "";
    case WideColumn::What::kGroup:
      return category ? category->group : "";
    case WideColumn::What::kNumber:
      return value.number ? fmt::format("{}", *value.number) : "";
    default:
      return value.date ? value.date->text() : "";
  }
}

}  // namespace

std::string PersonCsv::field(std::string_view text) const {
  return cells_ == CsvCells::kSpreadsheetSafe ? csv_field(spreadsheet_safe(text)) : csv_field(text);
}

std::string PersonCsv::header() const {
  std::string line = "person";
  for (const WideColumn& column : columns_) line += "," + field(column.name);
  line += kLineEnd;
  return line;
}

void PersonCsv::write(std::string_view person, const std::vector<LabelValue>& values,
                      std::string& out) const {
  out += field(person);
  for (const WideColumn& column : columns_) {
    out += ',';
    if (!values.empty()) out += field(cell(rules_, values[column.label], column.what));
  }
  out += kLineEnd;
}

}  // namespace cadre
