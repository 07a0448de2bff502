#include "cadre/data/table.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <system_error>
#include <unordered_map>
#include <utility>

#include "cadre/base/error.hpp"
#include "cadre/base/files.hpp"
#include "cadre/base/seeded_hash.hpp"
#include "cadre/base/sha256.hpp"
#include "cadre/data/column_name.hpp"
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
  Stated stated;
  if (description_.stated_hash) stated.hash.emplace(description_.stated_hash->algorithm);
  bool all_there = true;
  for (const TableDescription::Path& path : description_.paths) {
    const Part* part = add_part(path, problems, inputs, stated);
    all_there = all_there && part != nullptr;
    const bool read =
        part != nullptr && check_encoding(part->file, problems) && read_rows(*part, problems);
    whole_ = whole_ && read;
  }
  if (all_there) check_stated(stated, problems);
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
                                         std::vector<InputFile>& inputs, Stated& stated) {
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
    if (problems.skip_error()) return nullptr;
    problems.error("missing-file",
                   fmt::format("there is no file '{}'{}", quotable(path.path),
                               did_you_mean(path.path, names_in(folder_))),
                   path.place);
    return nullptr;
  }
  stated.bytes += bytes.size();
  if (stated.hash) stated.hash->add(bytes);
  // Two tables may be made of one file, which is named once.
  if (std::none_of(inputs.begin(), inputs.end(),
                   [&](const InputFile& input) { return input.path == path.path; })) {
    inputs.push_back({path.path, bytes.size(), sha256(bytes)});
  }
  const std::string shown = full.generic_string();
  std::string text = decompress(std::move(bytes), shown, options_.max_file_bytes);
  Utf8Mender mender(options_.invalid_utf8, shown);
  mender.mend(text);
  mender.tell(problems);
  parts_.push_back(std::make_unique<Part>(shown, std::move(text)));
  return parts_.back().get();
}

/// Tells when the files are not those that datapackage.json was written for.
void CsvTable::check_stated(Stated& stated, Problems& problems) const {
  const char* hint = "if the file was changed on purpose, take this out of datapackage.json";
  if (const auto& size = description_.stated_size; size && size->bytes != stated.bytes) {
    problems.error(
        "wrong-size",
        fmt::format("'{}' has {} bytes, and not {}", schema().name, stated.bytes, size->bytes),
        size->place, hint);
  }
  if (const auto& hash = description_.stated_hash) {
    const std::string digest = stated.hash->digest();
    if (digest == hash->digest) return;
    problems.error(
        "wrong-hash",
        fmt::format("'{}' has another hash: {}:{}", schema().name, hash->algorithm, digest),
        hash->place, hint);
  }
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
    if (!check_row_form(cells, reader, part, problems)) return false;
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
    const bool good = check_row_form(cells, reader, part, problems);
    for (const CsvMistake& mistake : reader.mistakes()) {
      // The rows behind such a quote are inside one cell: nothing can be said of what is missing.
      whole = whole && mistake.kind != CsvMistake::Kind::kUnclosedQuote;
    }
    const bool well_parted =
        good && (!reader.mistakes().empty() || check_cell_count(cells, part, problems));
    places_.push_back({number, begin});
    take_row(cells, well_parted, part, problems);
    begin = reader.position();
  } while (reader.next(cells));
  return whole;
}

/// Tells of what CSV does not allow in a row. False when it begins with a byte order mark: what
/// else is wrong with it may follow from that.
bool CsvTable::check_row_form(const std::vector<CsvCell>& cells, const CsvReader& reader,
                              const Part& part, Problems& problems) {
  const std::size_t begin = cells.front().begin;
  if (std::string_view(part.text).substr(begin).starts_with(kByteOrderMark)) {
    if (problems.skip_error()) return false;
    const bool second = begin == kByteOrderMark.size();
    problems.error("byte-order-mark",
                   second ? "a second byte order mark at the beginning of the file"
                          : "a byte order mark in the middle of the file",
                   part.file.place(begin, begin + kByteOrderMark.size()), kTakeOutByteOrderMarks);
    return false;
  }
  for (const CsvMistake& mistake : reader.mistakes()) tell(mistake, part.file, problems);
  return true;
}

/// False when it makes no sense to read on.
bool CsvTable::read_header(const std::vector<CsvCell>& cells, const Part& part,
                           Problems& problems) {
  const TextFile& file = part.file;
  for (const CsvCell& cell : cells) header_.emplace_back(cell.text);
  if (!check_header_form(cells, file, problems)) return false;
  if (description_.from_header) take_schema_from(cells);
  match_columns(cells, file, problems);
  if (description_.from_header && description_.declared != nullptr) {
    const std::size_t errors = problems.errors();
    complete_table_of_people(description_, file.place(cells.front().begin, cells.back().end),
                             problems);
    if (problems.errors() > errors) return false;
    warn_of_slips(cells, file, problems);
  }
  return true;
}

/// Warns of names that look like those of columns with a meaning.
void CsvTable::warn_of_slips(const std::vector<CsvCell>& cells, const TextFile& file,
                             Problems& problems) const {
  for (const CsvCell& cell : cells) {
    const std::optional<std::string> meant = slip_for(*description_.declared, cell.text);
    if (!meant || is_one_of(*meant, header_)) continue;
    CellProblem slip = column_slip(schema().name, cell.text, *meant);
    problems.warning(std::move(slip.code), std::move(slip.message),
                     problems.full() ? Place() : file.place(cell.begin, cell.end),
                     std::move(slip.hint));
  }
}

/// Whether the header can be parted into columns.
bool CsvTable::check_header_form(const std::vector<CsvCell>& cells, const TextFile& file,
                                 Problems& problems) const {
  if (cells.size() > options_.max_columns) {
    problems.error("too-many-columns",
                   fmt::format("the header has {} columns, and at most {} are read", cells.size(),
                               options_.max_columns),
                   file.place(cells.front().begin, cells.front().end),
                   "allow more by --limit columns=NUMBER");
    return false;
  }
  if (cells.size() != 1 || schema().columns.size() == 1) return true;
  const std::size_t mark = cells[0].text.find_first_of(";\t,|");
  if (mark == std::string_view::npos) return true;
  const char found = cells[0].text[mark];
  problems.error(
      "wrong-delimiter",
      fmt::format(
          "the header is one cell: the cells do not seem to be parted by {}",
          description_.delimiter == '\t' ? "a tab" : fmt::format("'{}'", description_.delimiter)),
      file.place(cells[0].begin, cells[0].end),
      fmt::format("write \"dialect\": {{\"delimiter\": \"{}\"}} beside the path in "
                  "datapackage.json",
                  found == '\t' ? "\\t" : std::string(1, found)));
  return false;
}

/// Finds the column of the schema for each cell of the header, and tells of those that are unknown,
/// stand twice or are missing.
void CsvTable::match_columns(const std::vector<CsvCell>& cells, const TextFile& file,
                             Problems& problems) {
  const auto place = [&file](const CsvCell& cell) { return file.place(cell.begin, cell.end); };
  std::unordered_map<std::string_view, std::uint32_t, SeededHash> names;
  for (std::uint32_t i = 0; i < schema().columns.size(); ++i) {
    names.emplace(schema().columns[i].name, i);
  }
  columns_.assign(cells.size(), std::nullopt);
  std::vector<const CsvCell*> found(schema().columns.size(), nullptr);
  for (std::size_t i = 0; i < cells.size(); ++i) {
    const CsvCell& cell = cells[i];
    const auto column = names.find(cell.text);
    const auto name_problem = check_column_name(cell.text);
    const bool meant = names.contains(shown_name(cell.text));
    if (cell.text.empty()) {
      if (problems.skip_error()) continue;
      problems.error("empty-column-name", "a column without a name", place(cell),
                     "row numbers are written by R without row.names = FALSE and by pandas without "
                     "index=False");
    } else if (name_problem && (meant || !description_.may_have_more)) {
      if (meant) found[names.find(shown_name(cell.text))->second] = &cell;  // not missing as well
      if (problems.skip_error()) continue;
      problems.error(name_problem->code, name_problem->message, place(cell), name_problem->hint);
    } else if (column == names.end()) {
      if (!description_.may_have_more) tell_of_unknown(cell, file, problems);
    } else if (const CsvCell*& first = found[column->second]; first != nullptr) {
      if (problems.skip_error()) continue;
      problems.add({Severity::kError,
                    "duplicate-column",
                    fmt::format("the column '{}' stands twice in the header", quotable(cell.text)),
                    place(cell),
                    "",
                    {{place(*first), "first here"}}});
    } else {
      first = &cell;
      columns_[i] = column->second;
    }
  }
  if (description_.from_header) return;
  for (std::size_t i = 0; i < found.size(); ++i) {
    const std::string& name = schema().columns[i].name;
    const bool derived = description_.derived_ids && name == "id";
    const bool may_lack = description_.may_lack && !description_.rules[i].required;
    if (found[i] != nullptr || derived || may_lack || problems.skip_error()) continue;
    problems.error("missing-column",
                   fmt::format("the column '{}' of '{}' is missing{}", name, schema().name,
                               description_.may_lack ? ", and every row must have it" : ""),
                   file.place(cells.front().begin, cells.back().end),
                   "add it to the file, or take it out of datapackage.json");
  }
}

void CsvTable::tell_of_unknown(const CsvCell& cell, const TextFile& file,
                               Problems& problems) const {
  if (problems.skip_error()) return;
  std::vector<std::string> known;
  for (const Column& one : schema().columns) known.push_back(one.name);
  problems.error(
      "unknown-column",
      fmt::format("datapackage.json describes no column '{}' of '{}'{}", quotable(cell.text),
                  schema().name, did_you_mean_column(cell.text, known)),
      file.place(cell.begin, cell.end),
      "describe it there, or leave such columns out by \"fieldsMatch\": \"subset\" in the schema");
}

void CsvTable::take_schema_from(const std::vector<CsvCell>& header) {
  TableSchema standard;
  if (description_.declared != nullptr) standard.columns = columns_of(*description_.declared);
  CellRules rules;
  rules.missing_values = description_.missing_values;
  TextSet taken;
  for (const CsvCell& cell : header) {
    if (cell.text.empty() || !taken.emplace(cell.text).second) continue;
    const std::optional<std::uint32_t> known = standard.find(cell.text);
    const bool last_day = schema().name == "people" && cell.text == "as_of";
    description_.schema.columns.push_back(known ? standard.columns[*known]
                                          : last_day
                                              ? as_of_column()
                                              : make_column(std::string(cell.text), languages_));
    description_.rules.push_back(rules);
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
  const auto tell_of = [&](const CsvCell& cell, const CellProblem& problem) {
    if (problems.skip_error()) return;
    problems.error(problem.code, problem.message, part.file.place(cell.begin, cell.end),
                   problem.hint);
  };
  std::vector<std::string>& row = rows_.emplace_back(schema().columns.size());
  const CsvCell* end = nullptr;
  for (std::size_t i = 0; i < std::min(cells.size(), columns_.size()); ++i) {
    if (!columns_[i]) continue;
    if (schema().columns[*columns_[i]].name == schema().end) end = &cells[i];
    const auto problem =
        take_cell(cells[i], *columns_[i], well_parted, !problems.full(), row[*columns_[i]]);
    if (problem) tell_of(cells[i], *problem);
  }
  if (end == nullptr || !well_parted) return;
  if (const auto problem = check_span(SpanColumns(schema()).of(row))) tell_of(*end, *problem);
}

/// Puts what a cell says into `value`, and returns what is wrong with it. The problem has no
/// message unless it is to be `described`.
std::optional<CellProblem> CsvTable::take_cell(const CsvCell& cell, std::uint32_t index,
                                               bool well_parted, bool described,
                                               std::string& value) const {
  const Column& column = schema().columns[index];
  const CellRules& rules = description_.rules[index];
  if (rules.is_missing(cell.text) || cell.text == description_.null_sequence) {
    if (!rules.required || !well_parted) return std::nullopt;
    return CellProblem{"missing-value",
                       fmt::format("'{}' is empty, and every row must have it", column.name), ""};
  }
  if (cell.text.size() > options_.max_text_bytes) {
    return CellProblem{"text-too-long",
                       fmt::format("the cell has {} bytes, and at most {} are read",
                                   cell.text.size(), options_.max_text_bytes),
                       "a quote that is not closed looks like this"};
  }
  if (!well_parted) {
    value = cell.text;
    return std::nullopt;
  }
  if (column.kind != Column::Kind::kText &&
      cell.text.find(kByteOrderMark) != std::string_view::npos) {
    value = cell.text;
    return CellProblem{"byte-order-mark",
                       fmt::format("a byte order mark in a cell of '{}'", column.name),
                       kTakeOutByteOrderMarks};
  }
  CheckedCell checked = check_cell(column, rules, cell.text, described);
  value = std::move(checked.value);
  return std::move(checked.problem);
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
