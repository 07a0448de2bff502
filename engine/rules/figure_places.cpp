#include "cadre/rules/figure_places.hpp"

#include <algorithm>
#include <string>
#include <unordered_map>

#include "cadre/base/seeded_hash.hpp"
#include "cadre/rules/diagnostic_sink.hpp"
#include "cadre/rules/syntax.hpp"

namespace cadre {
namespace {

bool is_space(char c) {
  return c == ' ' || c == '\t' || c == '\n' || c == '\r';
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

/// A rule file as a tree, or nothing where it is none.
struct FigurePlaces::File {
  explicit File(const Sources& sources, std::uint32_t file) {
    SyntaxLimits limits;
    DiagnosticSink sink(sources);
    if (const Node* root = parse_yaml(file, limits, store, sink)) visit(*root);
  }

  void visit(const Node& node) {
    if (const Node* name = node.find("figure")) figures.emplace(name->text, &node);
    if (const Node* text = node.find("sql")) sql.emplace(text->text, text);
    for (const Node* item : node.items) visit(*item);
  }

  NodeStore store;
  std::unordered_map<std::string_view, const Node*, SeededHash>
      figures;                                                        // maps, by name: the first
  std::unordered_map<std::string_view, const Node*, SeededHash> sql;  // scalars, by text: the first
};

FigurePlaces::FigurePlaces(const Rules& rules) : rules_(rules) {
  if (rules.sources) files_.resize(rules.sources->size());
}

FigurePlaces::~FigurePlaces() = default;

const FigurePlaces::File& FigurePlaces::parsed(std::uint32_t file) {
  if (!files_[file]) files_[file] = std::make_unique<const File>(*rules_.sources, file);
  return *files_[file];
}

/// The scalar in the file that names the figure, or in that of a variant that gives it other SQL.
Range FigurePlaces::find_sql(const Figure& figure) {
  if (!figure.range.known() || figure.range.file >= files_.size()) return {};
  const auto find = [&](std::uint32_t file) {
    const File& known = parsed(file);
    const auto at = known.sql.find(figure.sql);
    return at == known.sql.end() ? Range{} : at->second->range;
  };
  Range found = find(figure.range.file);
  for (std::uint32_t file = 0; file < files_.size() && !found.known(); ++file) found = find(file);
  return found;
}

Range FigurePlaces::in_sql(const Figure& figure, std::size_t begin, std::size_t end) {
  const Range scalar = find_sql(figure);
  if (!scalar.known()) return scalar;
  const std::string_view source = rules_.sources->text(scalar.file);
  const auto offset = [&](std::size_t at) {
    return static_cast<std::uint32_t>(scalar_offset(source, scalar.begin, figure.sql, at));
  };
  const std::uint32_t first = std::min(offset(begin), scalar.end);
  return {scalar.file, first, std::clamp(offset(end), first, scalar.end)};
}

Range FigurePlaces::of_column(const Figure& figure, ColumnUse use, std::string_view column) {
  if (!figure.range.known() || figure.range.file >= files_.size()) return {};
  const File& file = parsed(figure.range.file);
  const auto map = file.figures.find(figure.name);
  const Node* found = map == file.figures.end() ? nullptr : find_column(*map->second, use, column);
  return found == nullptr ? Range{} : found->range;
}

}  // namespace cadre
