#include "cadre/data/coding.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <map>
#include <string_view>
#include <tuple>
#include <utility>

#include "cadre/base/files.hpp"
#include "cadre/data/column_name.hpp"
#include "cadre/data/compressed.hpp"
#include "cadre/data/csv.hpp"
#include "cadre/data/csv_problems.hpp"
#include "cadre/data/encoding.hpp"
#include "cadre/data/problems.hpp"

namespace cadre {
namespace {

constexpr std::array<std::string_view, 6> kColumns = {"person", "label", "value",
                                                      "coder",  "note",  "confidence"};
constexpr std::size_t kNeeded = 4;  // the first of them

/// "'label'", "'label' and 'coder'".
std::string listed(const std::vector<std::string>& names) {
  std::string text;
  for (std::size_t i = 0; i < names.size(); ++i) {
    if (i > 0) text += i + 1 == names.size() ? " and " : ", ";
    text += "'" + names[i] + "'";
  }
  return text;
}

class CodingReader {
 public:
  CodingReader(const TextFile& file, const DataOptions& options, Problems& problems)
      : file_(file), options_(options), problems_(problems), reader_(file.text()) {}

  std::vector<CodedRow> read() {
    std::vector<CsvCell> cells;
    if (!reader_.next(cells)) return {};
    tell_of_mistakes();
    if (!read_header(cells)) return {};
    while (reader_.next(cells)) read_row(cells);
    if (!any_row_) problems_.error("no-rows", "the coding has no rows", file_.whole());
    return std::move(rows_);
  }

 private:
  Place place(const CsvCell& cell) const { return file_.place(cell.begin, cell.end); }
  Place place(const CodedCell& cell) const { return file_.place(cell.begin, cell.end); }

  void tell_of_mistakes() {
    for (const CsvMistake& mistake : reader_.mistakes()) tell(mistake, file_, problems_);
  }

  /// False when the columns that are needed are not all there.
  bool read_header(const std::vector<CsvCell>& cells) {
    width_ = cells.size();
    std::vector<std::string> names;
    for (const CsvCell& cell : cells) names.emplace_back(cell.text);
    for (std::size_t i = 0; i < cells.size(); ++i) {
      const std::string_view shown = shown_name(cells[i].text);
      const auto known = std::find(kColumns.begin(), kColumns.end(), shown);
      if (known == kColumns.end()) continue;
      if (const auto problem = check_column_name(cells[i].text)) {
        problems_.error(problem->code, problem->message, place(cells[i]), problem->hint);
      }
      std::optional<std::size_t>& at = at_[static_cast<std::size_t>(known - kColumns.begin())];
      if (at) {
        if (problems_.skip_error()) continue;
        problems_.add({Severity::kError,
                       "duplicate-column",
                       fmt::format("the column '{}' stands twice in the header", *known),
                       place(cells[i]),
                       "",
                       {{place(cells[*at]), "first here"}}});
      } else {
        at = i;
      }
    }
    std::vector<std::string> missing;
    for (std::size_t i = 0; i < kNeeded; ++i) {
      if (!at_[i]) missing.emplace_back(kColumns[i]);
    }
    if (missing.empty()) return true;
    tell_of_missing(missing, cells, names);
    return false;
  }

  void tell_of_missing(const std::vector<std::string>& missing, const std::vector<CsvCell>& cells,
                       std::vector<std::string> names) {
    std::erase_if(names, [](const std::string& name) {
      return std::find(kColumns.begin(), kColumns.end(), name) != kColumns.end();
    });
    std::string hint = "a coding has the columns person, label, value and coder";
    const bool one_cell = cells.size() == 1;
    if (one_cell && cells[0].text.find_first_of(";\t|") != std::string_view::npos) {
      hint += ", parted by commas";
    }
    std::string guess;
    for (const std::string& name : missing) {
      if (guess.empty()) guess = did_you_mean(name, names);
    }
    // What stands there is the slip, and not what was looked for.
    if (!guess.empty()) {
      guess = "; is it" + guess.substr(guess.find(" '"));
    }
    problems_.error("missing-column",
                    fmt::format("the column{} {} {} missing{}", missing.size() == 1 ? "" : "s",
                                listed(missing), missing.size() == 1 ? "is" : "are", guess),
                    file_.place(cells.front().begin, cells.back().end), hint);
  }

  void read_row(const std::vector<CsvCell>& cells) {
    any_row_ = true;
    tell_of_mistakes();
    if (!reader_.mistakes().empty()) return;
    if (cells.size() != width_) {
      if (problems_.skip_error()) return;
      problems_.error("wrong-cell-count",
                      fmt::format("the row has {} cell{}, the header {}", cells.size(),
                                  cells.size() == 1 ? "" : "s", width_),
                      file_.place(cells.front().begin, cells.back().end),
                      cells.size() > width_ ? "a cell that holds a comma must stand in quotes"
                                            : "cells without contents are empty, not left out");
      return;
    }
    CodedRow row;
    bool whole = true;
    const std::array<CodedCell*, kNeeded> needed = {&row.person, &row.label, &row.value,
                                                    &row.coder};
    for (std::size_t i = 0; i < kNeeded; ++i) {
      const CsvCell& cell = cells[*at_[i]];
      *needed[i] = {std::string(cell.text), cell.begin, cell.end};
      if (cell.text.size() > options_.max_text_bytes) {
        whole = false;
        if (problems_.skip_error()) continue;
        problems_.error("text-too-long",
                        fmt::format("the cell has {} bytes, and at most {} are read",
                                    cell.text.size(), options_.max_text_bytes),
                        place(cell));
      } else if (cell.text.empty()) {
        whole = false;
        if (problems_.skip_error()) continue;
        problems_.error("missing-value", fmt::format("'{}' is empty", kColumns[i]), place(cell),
                        i == 2 ? "write unknown where the record does not tell, and leave the row "
                                 "out where nobody has looked"
                               : "");
      }
    }
    if (at_[4]) row.note = cells[*at_[4]].text;
    if (at_[5]) row.confidence = cells[*at_[5]].text;
    if (whole) keep(std::move(row));
  }

  void keep(CodedRow row) {
    const auto [known, is_new] = seen_.try_emplace(
        std::tuple(row.person.text, row.label.text, row.coder.text), rows_.size());
    if (!is_new) {
      if (problems_.skip_error()) return;
      problems_.add({Severity::kError,
                     "duplicate-coding",
                     fmt::format("{} has coded {} of {} before", quotable(row.coder.text),
                                 quotable(row.label.text), quotable(row.person.text)),
                     place(row.person),
                     "keep one of the two",
                     {{place(rows_[known->second].person), "first here"}}});
      return;
    }
    rows_.push_back(std::move(row));
  }

  const TextFile& file_;
  const DataOptions& options_;
  Problems& problems_;
  CsvReader reader_;
  std::size_t width_ = 0;
  std::array<std::optional<std::size_t>, kColumns.size()> at_;
  bool any_row_ = false;
  std::vector<CodedRow> rows_;
  std::map<std::tuple<std::string, std::string, std::string>, std::size_t> seen_;
};

}  // namespace

LoadedCoding load_coding(const std::string& path, const DataOptions& options) {
  const bool standard_input = path == "-";
  LoadedCoding loaded;
  Problems problems(loaded.diagnostics, options.max_diagnostics);
  Coding coding;
  coding.path = standard_input ? options.standard_input_name : path;
  std::string text =
      decompress(read_file(standard_input ? "/dev/stdin" : path, options.max_file_bytes),
                 coding.path, options.max_file_bytes);
  Utf8Mender mender(options.invalid_utf8, coding.path);
  mender.mend(text);
  mender.tell(problems);
  coding.text = std::make_shared<const std::string>(std::move(text));
  coding.file = std::make_shared<const TextFile>(coding.path, *coding.text);
  if (check_encoding(*coding.file, problems)) {
    coding.rows = CodingReader(*coding.file, options, problems).read();
  }
  if (problems.errors() == 0) loaded.coding = std::move(coding);
  problems.close();
  return loaded;
}

}  // namespace cadre
