#include "cadre/rules/columns.hpp"

#include <algorithm>
#include <optional>

namespace cadre {

namespace {

// ISO 639-1.
constexpr std::string_view kLanguages =
    " aa ab ae af ak am an ar as av ay az ba be bg bi bm bn bo br bs ca ce ch co cr cs cu cv cy da "
    "de dv dz ee el en eo es et eu fa ff fi fj fo fr fy ga gd gl gn gu gv ha he hi ho hr ht hu hy "
    "hz ia id ie ig ii ik io is it iu ja jv ka kg ki kj kk kl km kn ko kr ks ku kv kw ky la lb lg "
    "li ln lo lt lu lv mg mh mi mk ml mn mr ms mt my na nb nd ne ng nl nn no nr nv ny oc oj om or "
    "os pa pi pl ps pt qu rm rn ro ru rw sa sc sd se sg si sk sl sm sn so sq sr ss st su sv sw ta "
    "te tg th ti tk tl tn to tr ts tt tw ty ug uk ur uz ve vi vo wa wo xh yi yo za zh zu ";

std::size_t index(Table table) {
  return static_cast<std::size_t>(table);
}

}  // namespace

KnownColumns::KnownColumns(const DeclaredSchema& schema) : tables_(schema.tables.size()) {
  for (const Table table : schema.all()) {
    add(table, {"id", ColumnKind::kName, {}, {}, ""});
    if (table != Table::kPerson) add(table, {"person", ColumnKind::kName, {}, {}, ""});
    for (const SchemaColumn& column : schema.table(table).columns) add(table, column);
  }
}

void KnownColumns::declare(const DeclaredColumn& column) {
  add(column.table, {column.name,
                     column.order.empty() ? ColumnKind::kDeclared : ColumnKind::kOrdered,
                     column.order,
                     {},
                     ""});
}

/// Adds a column, or puts it in the place of the one of its name.
void KnownColumns::add(Table table, Column column) {
  TableColumns& all = tables_[index(table)];
  const auto [at, is_new] = all.index.emplace(column.name, all.columns.size());
  if (is_new) {
    all.names.push_back(column.name);
    all.columns.push_back(std::move(column));
  } else {
    all.columns[at->second] = std::move(column);
  }
}

const KnownColumns::Column* KnownColumns::find(Table table, std::string_view name) const {
  const TableColumns& all = tables_[index(table)];
  const auto at = all.index.find(std::string(name));
  return at == all.index.end() ? nullptr : &all.columns[at->second];
}

const KnownColumns::Column* KnownColumns::find_written(Table table, std::string_view name) const {
  if (const Column* column = find(table, name)) return column;
  const std::size_t dash = name.rfind('_');
  if (dash == std::string_view::npos || !is_language(name.substr(dash + 1))) return nullptr;
  const Column* column = find(table, name.substr(0, dash));
  const bool may_have_languages = column != nullptr && (column->kind == ColumnKind::kText ||
                                                        column->kind == ColumnKind::kName ||
                                                        column->kind == ColumnKind::kDeclared);
  return may_have_languages ? column : nullptr;
}

bool KnownColumns::has_text(Table table) const {
  const std::vector<Column>& all = tables_[index(table)].columns;
  return std::any_of(all.begin(), all.end(), [](const Column& column) {
    return column.kind == ColumnKind::kText || column.kind == ColumnKind::kDeclared;
  });
}

bool is_language(std::string_view code) {
  if (code.size() != 2) return false;
  const std::string padded = " " + std::string(code) + " ";
  return kLanguages.find(padded) != std::string_view::npos;
}

}  // namespace cadre
