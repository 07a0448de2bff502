// Figures: SQL over a run, with what a study has published.
#include <fmt/format.h>

#include <cmath>

#include "cadre/base/json.hpp"
#include "cadre/rules/cell_json.hpp"
#include "cadre/rules/loading.hpp"

namespace cadre {

namespace {

/// The type that plain text has in YAML's core schema.
Cell cell_of(const Node& node) {
  if (!node.is_text()) return std::monostate{};
  if (!node.plain) return node.text;
  if (node.text == "true" || node.text == "false") {
    return static_cast<std::int64_t>(node.text == "true");  // as in SQL
  }
  const auto number = parse_number(node.text);
  if (!number) return node.text;
  const bool whole = node.text.find_first_of(".eE") == std::string::npos;
  if (whole && std::abs(*number) < 9e15) return static_cast<std::int64_t>(*number);
  return *number;
}

class FigureLoader {
 public:
  FigureLoader(Figure& figure, Loading& loading) : figure_(figure), reader_(loading.reader) {}

  void load(const Node& node) {
    const Fields fields = reader_.fields(&node, MapKind::kFigure, "a figure");
    if (!fields) return;
    const Node* name = reader_.require(fields, "figure", "a figure");
    figure_.name = reader_.name(name, "the name of a figure").value_or("");
    figure_.range = name == nullptr ? node.range : name->range;
    figure_.title = reader_.title(fields);
    figure_.note = reader_.note(fields);
    reader_.check_source(fields);
    const Node* sql = reader_.require(fields, "sql", "a figure");
    figure_.sql = reader_.free_text(sql, "'sql'").value_or("");
    if (sql != nullptr && sql->is_text() &&
        figure_.sql.find_first_not_of(" \t\r\n") == std::string::npos) {
      reader_.error(*sql, "empty-sql", "the SQL of the figure is empty");
    }
    load_chart(fields.get("chart"));
    load_key(fields.get("key"));
    load_published(fields.get("published"));
  }

 private:
  void load_chart(const Node* node) {
    if (node == nullptr) return;
    const Fields fields = reader_.fields(node, MapKind::kChart, "'chart'");
    if (!fields) return;
    static const std::vector<std::string> kMarks = {"bar", "line", "area", "point", "table"};
    reader_.choice(reader_.require(fields, "mark", "'chart'"), "'mark'", kMarks);
    Json json = Json::object();
    for (const std::string_view key : keys(MapKind::kChart)) {
      if (const Node* value = fields.get(key)) json[key] = chart_value(*value, key);
    }
    figure_.chart_json = json.compact();
  }

  Json chart_value(const Node& node, std::string_view key) {
    if (node.is_list()) {
      Json list = Json::array();
      for (const Node* item : node.items) list.push_back(chart_value(*item, key));
      return list;
    }
    reader_.free_text(&node, fmt::format("'{}'", key));
    if (node.plain && (node.text == "true" || node.text == "false")) return node.text == "true";
    return json_of(cell_of(node));
  }

  /// The columns that tell rows apart: as written, or the chart's x.
  void load_key(const Node* node) {
    for (const Node* item : reader_.list_or_one(node, "'key'")) {
      if (auto column = reader_.free_text(item, "a column")) {
        figure_.key.push_back(std::move(*column));
      }
    }
  }

  void load_published(const Node* node) {
    if (node == nullptr) return;
    const Fields fields = reader_.fields(node, MapKind::kPublished, "'published'");
    if (!fields) return;
    Figure::Published published;
    published.source =
        reader_.free_text(reader_.require(fields, "source", "'published'"), "'source'")
            .value_or("");
    published.note = reader_.note(fields);
    published.approximate =
        reader_.flag(fields.get("approximate"), "'approximate'").value_or(false);
    if (const auto rows = reader_.list(fields.get("rows"), "'rows'")) {
      for (const Node* row : *rows) {
        if (const Node* cells = reader_.map(row, "a published row")) {
          published.rows.push_back(load_row(*cells));
        }
      }
    }
    figure_.published = std::move(published);
  }

  std::vector<std::pair<std::string, Cell>> load_row(const Node& row) {
    std::vector<std::pair<std::string, Cell>> cells;
    for (std::size_t i = 0; i < row.keys.size(); ++i) {
      const Node& value = *row.items[i];
      if (value.is_list() || value.is_map()) {
        reader_.wrong_type(value, fmt::format("'{}'", row.keys[i]->text), "a number or text");
        continue;
      }
      cells.emplace_back(row.keys[i]->text, cell_of(value));
    }
    for (const std::string& column : figure_.key) {
      if (row.find(column) != nullptr) continue;
      reader_.error(row, "missing-key",
                    fmt::format("the published row has no '{}', which tells rows apart", column));
    }
    return cells;
  }

  Figure& figure_;
  Reader& reader_;
};

void load_figure(const Node& node, Loading& loading) {
  const Node* name = node.is_map() ? node.find("figure") : nullptr;
  if (name != nullptr && is_name(name->text)) {
    const auto [first, is_new] = loading.figure_index.emplace(
        name->text, static_cast<std::uint32_t>(loading.rules.figures.size()));
    if (!is_new) {
      const Figure& figure = loading.rules.figures[first->second];
      loading.reader
          .error(*name, "duplicate-figure",
                 fmt::format("a figure named '{}' is already there", name->text))
          .notes.push_back(loading.sink().note(figure.range, "it is here"));
      return;
    }
  }
  loading.rules.figures.emplace_back();
  FigureLoader(loading.rules.figures.back(), loading).load(node);
}

}  // namespace

void load_figures(const RuleFile& file, Loading& loading) {
  if (file.kind == FileKind::kFigure) {
    load_figure(*file.root, loading);
    return;
  }
  const Fields fields = loading.reader.fields(file.root, MapKind::kFigures, "a file of figures");
  loading.reader.title(fields);
  loading.reader.note(fields);
  loading.reader.check_source(fields);
  if (const auto figures = loading.reader.list(fields.get("figures"), "'figures'")) {
    for (const Node* figure : *figures) load_figure(*figure, loading);
  }
}

}  // namespace cadre
