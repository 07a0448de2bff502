// CSV: any bytes are rows, and no byte is lost between them.
#include "cadre/data/csv.hpp"

#include <string>
#include <vector>

#include "cadre/data/coding.hpp"
#include "cadre/data/compressed.hpp"
#include "fuzz/scratch.hpp"
#include "fuzz/targets.hpp"

namespace cadre::fuzz {
namespace {

std::vector<std::vector<std::string>> read_rows(std::string_view text, bool& clean) {
  std::vector<std::vector<std::string>> rows;
  CsvReader reader(text);
  std::vector<CsvCell> cells;
  clean = true;
  while (reader.next(cells)) {
    std::vector<std::string>& row = rows.emplace_back();
    for (const CsvCell& cell : cells) row.emplace_back(cell.text);
    clean = clean && reader.mistakes().empty();
  }
  return rows;
}

void hold_places(std::string_view text) {
  CsvReader reader(text);
  std::vector<CsvCell> cells;
  std::size_t end = 0;
  while (reader.next(cells)) {
    must(!cells.empty(), "a row has a cell");
    for (const CsvCell& cell : cells) {
      must(cell.begin >= end && cell.end >= cell.begin && cell.end <= text.size(),
           "cells follow each other");
      must(text.find_first_not_of(",\r\n\xEF\xBB\xBF", end) >= cell.begin,
           "only delimiters and line ends lie between two cells");
      end = cell.end;
    }
    for (const CsvMistake& mistake : reader.mistakes()) {
      must(mistake.begin < mistake.end && mistake.end <= text.size(), "a mistake has a place");
    }
    must(reader.position() >= end, "a reader goes on");
  }
  must(text.find_first_not_of("\r\n\xEF\xBB\xBF", end) == std::string_view::npos,
       "nothing is left behind the last row");
}

void hold_writing(std::string_view text) {
  bool clean = false;
  const auto rows = read_rows(text, clean);
  std::string written;
  for (const auto& row : rows) {
    for (std::size_t i = 0; i < row.size(); ++i) written += (i == 0 ? "" : ",") + csv_field(row[i]);
    if (row.size() == 1 && row[0].empty()) written += "\"\"";  // an empty line is no row
    written += "\r\n";
  }
  if (written.starts_with("\xEF\xBB\xBF")) return;  // reads as a byte order mark
  bool clean_again = false;
  must(read_rows(written, clean_again) == rows && clean_again, "what is written reads the same");
}

void hold_coding(std::string_view bytes) {
  const LoadedCoding loaded = load_coding(scratch_file("coding.csv", bytes).string());
  must(loaded.coding.has_value() != has_errors(loaded.diagnostics), "a coding or errors");
  if (!loaded.coding) return;
  for (const CodedRow& row : loaded.coding->rows) {
    for (const CodedCell* cell : {&row.person, &row.label, &row.value, &row.coder}) {
      must(!cell->text.empty(), "no verdict has an empty cell");
      must(loaded.coding->place(*cell).line > 1, "a verdict stands below the header");
    }
  }
}

}  // namespace

void csv(std::string_view bytes) {
  hold_places(bytes);
  hold_writing(bytes);
  if (compression_of(bytes) == Compression::kNone) hold_coding(bytes);
}

}  // namespace cadre::fuzz
