#include "cadre/data/table.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <system_error>
#include <utility>

#include "cadre/base/error.hpp"
#include "cadre/base/files.hpp"
#include "cadre/base/sha256.hpp"
#include "cadre/data/compressed.hpp"
#include "cadre/data/csv_problems.hpp"
#include "cadre/data/encoding.hpp"
#include "cadre/text/utf8.hpp"

namespace cadre {
namespace {

namespace fs = std::filesystem;

/// Whether `path`, its symbolic links followed, lies below `folder`.
bool is_inside(const fs::path& path, const fs::path& folder) {
  std::error_code error;
  const fs::path real_folder = fs::weakly_canonical(folder, error);
  const fs::path real_path = fs::weakly_canonical(path, error);
  const auto [end, rest] =
      std::mismatch(real_folder.begin(), real_folder.end(), real_path.begin(), real_path.end());
  return !error && end == real_folder.end() && rest != real_path.end();
}

/// Names that a message can show.
std::vector<std::string> names_in(const fs::path& folder) {
  std::vector<std::string> names;
  std::error_code error;
  for (const fs::directory_entry& entry : fs::directory_iterator(folder, error)) {
    std::string name = entry.path().filename().string();
    if (!find_invalid_utf8(name)) names.push_back(std::move(name));
  }
  std::sort(names.begin(), names.end());
  return names;
}

}  // namespace

CsvTable::CsvTable(TableDescription description, fs::path folder,
                   std::vector<std::string> languages, const DataOptions& options)
    : description_(std::move(description)),
      folder_(std::move(folder)),
      languages_(std::move(languages)),
      options_(options) {}

void CsvTable::read(Problems& problems, std::vector<InputFile>& inputs) {
  for (const TableDescription::Path& path : description_.paths) {
    const Part* part = add_part(path, problems, inputs);
    const bool read =
        part != nullptr && check_encoding(part->file, problems) && read_rows(*part, problems);
    whole_ = whole_ && read;
  }
  if (rows_.empty() && whole_) {
    const std::string message = fmt::format("the table '{}' has no rows", schema().name);
    const Place place = parts_.back()->file.whole();
    if (schema().name == "people") {
      problems.error("no-rows", message, place);
    } else if (schema().name != "unparsed") {  // of `cadre import`: then all was read
      problems.warning("no-rows", message, place);
    }
  }
}

const CsvTable::Part* CsvTable::add_part(const TableDescription::Path& path, Problems& problems,
                                         std::vector<InputFile>& inputs) {
  const fs::path full = folder_ / path.path;
  if (!is_inside(full, folder_)) {
    problems.error("unsafe-path", fmt::format("'{}' leads out of this folder", path.path),
                   path.place);
    return nullptr;
  }
  std::string bytes;
  try {
    bytes = read_file(full, options_.max_file_bytes);
  } catch (const Error& error) {
    if (error.kind() != Error::Kind::kMissing) throw;
    problems.error("missing-file",
                   fmt::format("there is no file '{}'{}", quotable(path.path),
                               did_you_mean(path.path, names_in(folder_))),
                   path.place);
    return nullptr;
  }
  inputs.push_back({path.path, bytes.size(), sha256(bytes)});
  const std::string shown = full.generic_string();
  std::string text = decompress(std::move(bytes), shown, options_.max_file_bytes);
  Utf8Mender mender(options_.invalid_utf8, shown);
  mender.mend(text);
  mender.tell(problems);
  parts_.push_back(std::make_unique<Part>(shown, std::move(text)));
  return parts_.back().get();
}

/// False when the header is not as described.
bool CsvTable::read_rows(const Part& part, Problems& problems) {
  const auto number = static_cast<std::uint32_t>(parts_.size() - 1);
  const std::size_t errors_before = problems.errors();
  CsvReader reader(part.text, description_.delimiter);
  std::vector<CsvCell> cells;
  std::size_t begin = reader.position();
  if (!reader.next(cells)) return true;

  bool as_described = true;
  if (header_.empty()) {
    for (const CsvMistake& mistake : reader.mistakes()) tell(mistake, part.file, problems);
    if (!reader.mistakes().empty() || !read_header(cells, part, problems)) return false;
    as_described = problems.errors() == errors_before;
    begin = reader.position();
    if (!reader.next(cells)) return as_described;
  } else {
    const auto same = [](const CsvCell& cell, const std::string& name) {
      return cell.text == name;
    };
    if (std::equal(cells.begin(), cells.end(), header_.begin(), header_.end(), same)) {
      begin = reader.position();
      if (!reader.next(cells)) return true;
    }
  }
  bool whole = as_described;
  do {
    for (const CsvMistake& mistake : reader.mistakes()) {
      tell(mistake, part.file, problems);
      // The rows behind such a quote are inside one cell: nothing can be said of what is missing.
      whole = whole && mistake.kind != CsvMistake::Kind::kUnclosedQuote;
    }
    const bool well_parted = !reader.mistakes().empty() || check_cell_count(cells, part, problems);
    places_.push_back({number, begin});
    take_row(cells, well_parted, part, problems);
    begin = reader.position();
  } while (reader.next(cells));
  return whole;
}

/// False when it makes no sense to read on.
bool CsvTable::read_header(const std::vector<CsvCell>& cells, const Part& part,
                           Problems& problems) {
  const TextFile& file = part.file;
  const auto place = [&file](const CsvCell& cell) { return file.place(cell.begin, cell.end); };
  for (const CsvCell& cell : cells) header_.emplace_back(cell.text);

  if (cells.size() == 1 && schema().columns.size() != 1) {
    const std::size_t mark = cells[0].text.find_first_of(";\t,|");
    if (mark != std::string_view::npos) {
      const char found = cells[0].text[mark];
      problems.error(
          "wrong-delimiter",
          fmt::format("the header is one cell: the cells do not seem to be parted by {}",
                      description_.delimiter == '\t' ? "a tab"
                                                     : fmt::format("'{}'", description_.delimiter)),
          place(cells[0]),
          fmt::format("write \"dialect\": {{\"delimiter\": \"{}\"}} beside the path in "
                      "datapackage.json",
                      found == '\t' ? "\\t" : std::string(1, found)));
      return false;
    }
  }
  if (description_.from_header) take_schema_from(cells);

  columns_.assign(cells.size(), std::nullopt);
  std::vector<const CsvCell*> found(schema().columns.size(), nullptr);
  for (std::size_t i = 0; i < cells.size(); ++i) {
    const CsvCell& cell = cells[i];
    const std::optional<std::uint32_t> column = schema().find(cell.text);
    if (cell.text.empty()) {
      problems.error("empty-column-name", "a column without a name", place(cell),
                     "row numbers are written by R without row.names = FALSE and by pandas without "
                     "index=False");
    } else if (!column) {
      if (description_.may_have_more) continue;
      std::vector<std::string> known;
      for (const Column& one : schema().columns) known.push_back(one.name);
      problems.error(
          "unknown-column",
          fmt::format("datapackage.json describes no column '{}' of '{}'{}", quotable(cell.text),
                      schema().name, did_you_mean(cell.text, known)),
          place(cell),
          "describe it there, or leave such columns out by \"fieldsMatch\": \"subset\" in "
          "the schema");
    } else if (found[*column] != nullptr) {
      problems.add({Severity::kError,
                    "duplicate-column",
                    fmt::format("the column '{}' stands twice in the header", quotable(cell.text)),
                    place(cell),
                    "",
                    {{place(*found[*column]), "first here"}}});
    } else {
      found[*column] = &cell;
      columns_[i] = column;
    }
  }
  if (description_.from_header && is_standard_table(schema().name)) {
    const std::size_t errors = problems.errors();
    complete_standard_table(description_, file.place(cells.front().begin, cells.back().end),
                            problems);
    return problems.errors() == errors;
  }
  for (std::size_t i = 0; i < found.size(); ++i) {
    const bool derived = description_.derived_ids && schema().columns[i].name == "id";
    if (found[i] != nullptr || derived || description_.may_lack) continue;
    problems.error(
        "missing-column",
        fmt::format("the column '{}' of '{}' is missing", schema().columns[i].name, schema().name),
        file.place(cells.front().begin, cells.back().end),
        "add it to the file, or take it out of datapackage.json");
  }
  return true;
}

void CsvTable::take_schema_from(const std::vector<CsvCell>& header) {
  const TableSchema* standard = nullptr;
  for (const Table table : kTables) {
    const TableSchema& one = Schema::standard().table(table);
    if (one.name == schema().name) standard = &one;
  }
  for (const CsvCell& cell : header) {
    if (cell.text.empty() || schema().find(cell.text)) continue;
    const auto known =
        standard == nullptr ? std::optional<std::uint32_t>() : standard->find(cell.text);
    description_.schema.columns.push_back(known ? standard->columns[*known]
                                                : make_column(std::string(cell.text), languages_));
    description_.rules.emplace_back();
  }
}

bool CsvTable::check_cell_count(const std::vector<CsvCell>& cells, const Part& part,
                                Problems& problems) const {
  if (cells.size() == columns_.size()) return true;
  problems.error("wrong-cell-count",
                 fmt::format("the row has {} cell{}, the header {}", cells.size(),
                             cells.size() == 1 ? "" : "s", columns_.size()),
                 problems.full() ? Place() : part.file.place(cells.front().begin, cells.back().end),
                 cells.size() > columns_.size()
                     ? "a cell that holds the delimiter must stand in quotes"
                     : "cells that are not known are empty, not left out");
  return false;
}

/// Cells that are not `well_parted` are kept for the keys in them, and not checked.
void CsvTable::take_row(const std::vector<CsvCell>& cells, bool well_parted, const Part& part,
                        Problems& problems) {
  const TextFile& file = part.file;
  const auto tell_of = [&](const CsvCell& cell, const CellProblem& problem) {
    if (problems.full()) {
      problems.error(problem.code, {}, {});
    } else {
      problems.error(problem.code, problem.message, file.place(cell.begin, cell.end), problem.hint);
    }
  };
  std::vector<std::string>& row = rows_.emplace_back(schema().columns.size());
  const CsvCell* end = nullptr;
  for (std::size_t i = 0; i < std::min(cells.size(), columns_.size()); ++i) {
    if (!columns_[i]) continue;
    const CsvCell& cell = cells[i];
    const Column& column = schema().columns[*columns_[i]];
    const CellRules& rules = description_.rules[*columns_[i]];
    if (column.name == "end") end = &cell;
    if (rules.is_missing(cell.text)) {
      if (rules.required && well_parted) {
        tell_of(cell, {"missing-value",
                       fmt::format("'{}' is empty, and every row must have it", column.name), ""});
      }
      continue;
    }
    if (cell.text.size() > options_.max_text_bytes) {
      tell_of(cell, {"text-too-long",
                     fmt::format("the cell has {} bytes, and at most {} are read", cell.text.size(),
                                 options_.max_text_bytes),
                     "a quote that is not closed looks like this"});
      continue;
    }
    if (well_parted) {
      if (const auto problem = check_cell(column, rules, cell.text)) tell_of(cell, *problem);
    }
    row[*columns_[i]] = cell.text;
  }
  if (end == nullptr || !well_parted) return;
  if (const auto problem = check_span(SpanColumns(schema()).of(row))) tell_of(*end, *problem);
}

Place CsvTable::place(std::size_t row, std::uint32_t column) const {
  const RowPlace& at = places_[row];
  const Part& part = *parts_[at.part];
  CsvReader reader(part.text, description_.delimiter, at.begin);
  std::vector<CsvCell> cells;
  if (!reader.next(cells)) return part.file.whole();
  for (std::size_t i = 0; i < std::min(cells.size(), columns_.size()); ++i) {
    if (columns_[i] == column) return part.file.place(cells[i].begin, cells[i].end);
  }
  return part.file.place(cells.front().begin, cells.back().end);
}

}  // namespace cadre
