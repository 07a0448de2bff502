#include "cli/table.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>
#include <stdexcept>
#include <utility>

#include "cadre/base/json.hpp"
#include "cadre/base/number.hpp"
#include "cadre/data/csv.hpp"
#include "cadre/rules/cell_json.hpp"
#include "cadre/text/utf8.hpp"
#include "cadre/text/visible.hpp"
#include "cli/markdown.hpp"

namespace cadre::cli {
namespace {

std::string as_markdown(const Result& result) {
  std::string out = "|";
  for (const std::string& column : result.columns) out += " " + escape_markdown(column) + " |";
  out += "\n|";
  for (std::size_t i = 0; i < result.columns.size(); ++i) out += " --- |";
  out += "\n";
  for (const std::vector<Cell>& row : result.rows) {
    out += "|";
    for (const Cell& cell : row) {
      const bool text = std::holds_alternative<std::string>(cell);
      out += " " + (text ? escape_markdown(cell_text(cell)) : cell_text(cell)) + " |";
    }
    out += "\n";
  }
  return out;
}

/// Takes columns from the widest until a line fits.
void fit(std::vector<std::size_t>& widths, std::size_t limit) {
  constexpr std::size_t kNarrowest = 12;
  const auto total = [&] {
    std::size_t sum = 0;
    for (const std::size_t width : widths) sum += width + 2;
    return sum;
  };
  while (total() > limit) {
    const auto widest = std::max_element(widths.begin(), widths.end());
    if (*widest <= kNarrowest) return;
    const std::size_t over = total() - limit;
    *widest -= std::min(over, std::max<std::size_t>(1, (*widest - kNarrowest) / 2));
  }
}

std::string as_table(const Result& result, const Terminal& terminal) {
  std::vector<std::size_t> widths;
  std::vector<bool> numeric(result.columns.size(), !result.rows.empty());
  std::vector<std::string> names;
  for (const std::string& column : result.columns) {
    names.push_back(visible_line(column));
    widths.push_back(display_width(names.back()));
  }
  for (const std::vector<Cell>& row : result.rows) {
    for (std::size_t i = 0; i < row.size(); ++i) {
      widths[i] = std::max(widths[i], display_width(visible_line(cell_text(row[i]))));
      if (std::holds_alternative<std::string>(row[i])) numeric[i] = false;
    }
  }
  if (terminal.is_terminal) fit(widths, terminal.width + 2);  // nothing stands after the last one

  std::string out;
  const auto add = [&](const std::vector<std::string>& cells, bool heading) {
    std::string line;
    for (std::size_t i = 0; i < cells.size(); ++i) {
      if (i > 0) line += "  ";
      const std::string text = cut_to_width(cells[i], widths[i]);
      if (numeric[i]) {
        line += std::string(widths[i] - std::min(widths[i], display_width(text)), ' ') + text;
      } else {
        line += padded(text, widths[i]);
      }
    }
    line.erase(line.find_last_not_of(' ') + 1);
    out += (heading ? terminal.styled(Style::kBold, line) : line) + "\n";
  };
  add(names, true);
  for (const std::vector<Cell>& row : result.rows) {
    std::vector<std::string> cells;
    for (const Cell& cell : row) cells.push_back(visible_line(cell_text(cell)));
    add(cells, false);
  }
  return out;
}

}  // namespace

const std::vector<std::string>& table_format_names() {
  static const std::vector<std::string> kNames = {"table", "json", "csv", "markdown"};
  return kNames;
}

TableFormat table_format(std::string_view name) {
  const std::vector<std::string>& names = table_format_names();
  const auto found = std::find(names.begin(), names.end(), name);
  if (found == names.end()) throw std::invalid_argument("no such format");
  return static_cast<TableFormat>(found - names.begin());
}

std::string cell_text(const Cell& cell) {
  if (const auto* whole = std::get_if<std::int64_t>(&cell)) return fmt::format("{}", *whole);
  if (const auto* number = std::get_if<double>(&cell)) return number_text(*number);
  if (const auto* text = std::get_if<std::string>(&cell)) return *text;
  return {};
}

std::string render_table(const Result& result, TableFormat format, const Terminal& terminal) {
  switch (format) {
    case TableFormat::kJson:
      return rows_json(result).indented() + "\n";
    case TableFormat::kCsv:
      return render_csv(result, false);
    case TableFormat::kMarkdown:
      return as_markdown(result);
    default:
      return as_table(result, terminal);
  }
}

Json rows_json(const Result& result) {
  const std::vector<std::string> names = unique_columns(result.columns);
  Json rows = Json::array();
  for (const std::vector<Cell>& row : result.rows) {
    Json& object = rows.push_back(Json::object());
    for (std::size_t i = 0; i < row.size(); ++i) object[names[i]] = json_of(row[i]);
  }
  return rows;
}

std::string render_csv(const Result& result, bool spreadsheet_safe) {
  std::string out;
  const auto field = [&](const std::string& text) {
    return csv_field(spreadsheet_safe ? cadre::spreadsheet_safe(text) : text);
  };
  const auto add = [&out](const std::vector<std::string>& cells) {
    for (std::size_t i = 0; i < cells.size(); ++i) out += (i > 0 ? "," : "") + cells[i];
    out += "\r\n";
  };
  std::vector<std::string> header;
  for (const std::string& column : result.columns) header.push_back(field(column));
  add(header);
  for (const std::vector<Cell>& row : result.rows) {
    std::vector<std::string> cells;
    for (const Cell& cell : row) {
      // Programs get every digit.
      const auto* number = std::get_if<double>(&cell);
      cells.push_back(number                                      ? fmt::format("{}", *number)
                      : std::holds_alternative<std::string>(cell) ? field(cell_text(cell))
                                                                  : cell_text(cell));
    }
    add(cells);
  }
  return out;
}

void print_table(const Result& result, TableFormat format, bool spreadsheet_safe,
                 const FilesRead& read) {
  switch (format) {
    case TableFormat::kCsv:
      return print_data(render_csv(result, spreadsheet_safe), read);
    case TableFormat::kJson:
      return print_data(render_table(result, format, Terminal()), read);
    default:
      return print(render_table(result, format, Terminal::of(stdout)), read);
  }
}

std::vector<std::string> unique_columns(const std::vector<std::string>& columns) {
  std::set<std::string> taken(columns.begin(), columns.end());
  std::map<std::string, std::size_t> seen;
  std::vector<std::string> names;
  for (const std::string& column : columns) {
    std::size_t& count = seen[column];
    std::string name = column;
    if (++count > 1) {
      while (!taken.insert(name = fmt::format("{}:{}", column, count)).second) ++count;
    }
    names.push_back(std::move(name));
  }
  return names;
}

}  // namespace cadre::cli
