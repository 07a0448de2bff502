#include "cadre/rules/figure_places.hpp"

#include <algorithm>

#include "cadre/rules/report.hpp"
#include "cadre/rules/syntax.hpp"

namespace cadre {
namespace {

bool is_space(char c) {
  return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

/// The value of a key `sql` with this text, in the tree below `node`.
const Node* find_sql(const Node& node, const Figure& figure) {
  if (const Node* sql = node.find("sql"); sql != nullptr && sql->text == figure.sql) return sql;
  for (const Node* item : node.items) {
    if (const Node* found = find_sql(*item, figure)) return found;
  }
  return nullptr;
}

/// The range of the scalar.
Range find_sql(const Sources& sources, std::uint32_t file, const Figure& figure) {
  if (sources.text(file).find("sql") == std::string_view::npos) return {};
  NodeStore store;
  SyntaxLimits limits;
  Report report(sources);
  const Node* root = parse_yaml(file, limits, store, report);
  const Node* sql = root == nullptr ? nullptr : find_sql(*root, figure);
  return sql == nullptr ? Range{} : sql->range;
}

/// The file that names the figure, or the one of a variant that gives it other SQL.
Range find_sql(const Rules& rules, const Figure& figure) {
  if (!rules.sources || !figure.range.known()) return {};
  const Sources& sources = *rules.sources;
  Range found = find_sql(sources, figure.range.file, figure);
  for (std::uint32_t file = 0; file < sources.size() && !found.known(); ++file) {
    if (file != figure.range.file) found = find_sql(sources, file, figure);
  }
  return found;
}

/// The map that defines the figure, in the tree below `node`.
const Node* find_figure(const Node& node, const Figure& figure) {
  const Node* name = node.find("figure");
  if (name != nullptr && name->text == figure.name) return &node;
  for (const Node* item : node.items) {
    if (const Node* found = find_figure(*item, figure)) return found;
  }
  return nullptr;
}

/// The text itself or the item of the list that is `text`, or nullptr.
const Node* one_or_item(const Node* node, std::string_view text) {
  if (node == nullptr) return nullptr;
  if (node->is_text()) return node->text == text ? node : nullptr;
  if (!node->is_list()) return nullptr;
  const auto found = std::find_if(node->items.begin(), node->items.end(), [&](const Node* item) {
    return item->is_text() && item->text == text;
  });
  return found == node->items.end() ? nullptr : *found;
}

const Node* find_on_axis(const Node& figure, std::string_view column) {
  const Node* chart = figure.find("chart");
  if (chart == nullptr) return nullptr;
  for (const char* axis : {"x", "y", "color"}) {
    if (const Node* found = one_or_item(chart->find(axis), column)) return found;
  }
  return nullptr;
}

/// The key of the first published row that has this one.
const Node* find_in_rows(const Node& figure, std::string_view column) {
  const Node* published = figure.find("published");
  const Node* rows = published == nullptr ? nullptr : published->find("rows");
  if (rows == nullptr || !rows->is_list()) return nullptr;
  for (const Node* row : rows->items) {
    for (const Node* key : row->keys) {
      if (key->text == column) return key;
    }
  }
  return nullptr;
}

const Node* find_column(const Node& figure, ColumnUse use, std::string_view column) {
  switch (use) {
    case ColumnUse::kKey:
      return one_or_item(figure.find("key"), column);
    case ColumnUse::kChart:
      return find_on_axis(figure, column);
    default:
      return find_in_rows(figure, column);
  }
}

}  // namespace

std::size_t scalar_offset(std::string_view source, std::size_t begin, std::string_view value,
                          std::size_t at) {
  const char first = begin < source.size() ? source[begin] : ' ';
  std::size_t place = begin;
  if (first == '|' || first == '>') {
    place = std::min(source.find('\n', begin), source.size());
  } else if (first == '"' || first == '\'') {
    ++place;
  }
  for (std::size_t i = 0; i < value.size() && place < source.size();) {
    const bool both = is_space(value[i]) && is_space(source[place]);
    if (!both && is_space(source[place])) {  // indentation
      ++place;
      continue;
    }
    if (i >= at) break;
    if (both) {
      while (i < value.size() && i < at && is_space(value[i])) ++i;
      while (place < source.size() && is_space(source[place])) ++place;
    } else if (value[i] == source[place]) {
      if (first == '\'' && value[i] == '\'') ++place;  // written twice
      ++i;
      ++place;
    } else {
      break;
    }
  }
  return std::min(place, source.size());
}

Range range_in_sql(const Rules& rules, const Figure& figure, std::size_t begin, std::size_t end) {
  const Range scalar = find_sql(rules, figure);
  if (!scalar.known()) return scalar;
  const std::string_view source = rules.sources->text(scalar.file);
  const auto offset = [&](std::size_t at) {
    return static_cast<std::uint32_t>(scalar_offset(source, scalar.begin, figure.sql, at));
  };
  const std::uint32_t first = std::min(offset(begin), scalar.end);
  return {scalar.file, first, std::clamp(offset(end), first, scalar.end)};
}

Range range_of_column(const Rules& rules, const Figure& figure, ColumnUse use,
                      std::string_view column) {
  if (!rules.sources || !figure.range.known()) return {};
  NodeStore store;
  SyntaxLimits limits;
  Report report(*rules.sources);
  const Node* root = parse_yaml(figure.range.file, limits, store, report);
  const Node* map = root == nullptr ? nullptr : find_figure(*root, figure);
  const Node* found = map == nullptr ? nullptr : find_column(*map, use, column);
  return found == nullptr ? Range{} : found->range;
}

}  // namespace cadre
