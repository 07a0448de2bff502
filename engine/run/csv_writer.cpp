#include <fmt/format.h>

#include <string>
#include <string_view>

#include "cadre/data/csv.hpp"
#include "cadre/run/wide.hpp"
#include "cadre/run/writer.hpp"

namespace cadre {
namespace {

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

void write_run_csv(const RunContents& run, std::ostream& out) {
  const std::vector<WideColumn> columns = wide_columns(run.rules);
  std::string line = "person";
  for (const WideColumn& column : columns) line += "," + csv_field(column.name);
  out << line << "\r\n";
  for (std::size_t i = 0; i < run.classifications.size(); ++i) {
    const std::vector<LabelValue>& values = run.classifications[i].labels;
    line = csv_field(run.dataset.people[i].id);
    for (const WideColumn& column : columns) {
      line += ',';
      if (!values.empty()) line += csv_field(cell(run.rules, values[column.label], column.what));
    }
    out << line << "\r\n";
  }
}

}  // namespace cadre
