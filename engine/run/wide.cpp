#include "cadre/run/wide.hpp"

#include "cadre/text/utf8.hpp"

namespace cadre {
namespace {

WideColumn::What what_of(Label::Kind kind) {
  switch (kind) {
    case Label::Kind::kPlain:
      return WideColumn::What::kTruth;
    case Label::Kind::kCategory:
      return WideColumn::What::kCategory;
    case Label::Kind::kNumber:
      return WideColumn::What::kNumber;
    default:
      return WideColumn::What::kDate;
  }
}

}  // namespace

std::string Names::add(std::string_view name) {
  std::string free(name);
  for (int i = 2; !taken_.insert(ascii_lower_case(free)).second; ++i) {
    free = std::string(name) + "_" + std::to_string(i);
  }
  return free;
}

std::vector<WideColumn> wide_columns(const Rules& rules) {
  std::vector<WideColumn> columns;
  Names names;
  names.add("person");
  for (std::uint32_t i = 0; i < rules.labels.size(); ++i) {
    const Label& label = rules.labels[i];
    columns.push_back({names.add(label.name), i, what_of(label.kind())});
    if (label.kind() == Label::Kind::kCategory) {
      columns.push_back({names.add(label.name + "_group"), i, WideColumn::What::kGroup});
    }
  }
  return columns;
}

}  // namespace cadre
