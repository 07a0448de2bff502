// Datasets: JSON Lines and data packages.
#include <fmt/format.h>

#include <algorithm>
#include <cstring>
#include <span>
#include <string>

#include "cadre/base/error.hpp"
#include "cadre/data/dataset.hpp"
#include "cadre/data/jsonl.hpp"
#include "cadre/data/problems.hpp"
#include "cadre/run/stream.hpp"
#include "cadre/text/utf8.hpp"
#include "fuzz/bundle.hpp"
#include "fuzz/scratch.hpp"
#include "fuzz/study.hpp"
#include "fuzz/targets.hpp"

namespace cadre::fuzz {
namespace {

void hold(const Row& row, const TableSchema& table) {
  must(!row.id.empty(), "every row has an id");
  must(row.cells.size() == table.columns.size(), "a row has the columns of its table");
  for (const std::string& cell : row.cells) must(!find_invalid_utf8(cell), "cells are UTF-8");
}

void hold(const Dataset& dataset) {
  for (const Person& person : dataset.people) {
    must(!person.id.empty(), "every person has an id");
    for (const Table table : Schema::standard().all()) {
      for (const Row& row : person.rows(table)) hold(row, dataset.schema.table(table));
    }
  }
}

void hold(const Diagnostics& diagnostics) {
  for (const Diagnostic& one : diagnostics) {
    must(!one.message.empty() && !one.place.path.empty(), "a diagnostic has words and a file");
    must(!find_invalid_utf8(one.message) && !find_invalid_utf8(one.place.excerpt),
         "messages are UTF-8");
    must(one.place.end_column >= one.place.column, "a place ends after it begins");
  }
}

/// What a stream of small portions makes of the text.
StreamReport stream(std::string_view text, std::string& lines) {
  StreamOptions options;
  options.threads = 1;
  options.portion_bytes = 100;
  const auto read = [&text](std::span<char> out) {
    const std::size_t size = std::min(out.size(), text.size());
    std::memcpy(out.data(), text.data(), size);
    text.remove_prefix(size);
    return size;
  };
  const auto write = [&lines](std::string_view more) { lines += more; };
  return classify_stream(small_rules(), "p", read, write, options);
}

}  // namespace

void json_lines(std::string_view bytes) {
  Diagnostics diagnostics;
  Problems problems(diagnostics, 20);
  const std::optional<Dataset> dataset =
      read_json_lines(std::string(bytes), "p", DataOptions(), problems);
  must(dataset.has_value() != has_errors(diagnostics), "people or errors");
  hold(diagnostics);
  if (!dataset) return;
  hold(*dataset);

  std::string lines;
  const StreamReport report = stream(bytes, lines);
  must(!has_errors(report.diagnostics), "a stream takes what can be read whole");
  must(report.people == dataset->people.size(), "a stream loses nobody");
  must(static_cast<std::size_t>(std::count(lines.begin(), lines.end(), '\n')) == report.people,
       "a stream writes a line for each person");
}

void package(std::string_view bytes) {
  const Bundle files = unpack(bytes, "datapackage.json");
  const std::filesystem::path folder = scratch() / "package";
  std::filesystem::remove_all(folder);
  std::filesystem::create_directory(folder);
  for (const auto& [name, text] : files) {
    const bool plain = name.find_first_of("/\\") == std::string::npos && !name.empty() &&
                       name.find('\0') == std::string::npos && name.front() != '.' &&
                       name.size() < 100;
    if (plain) scratch_file("package/" + name, text);
  }
  try {
    const LoadedDataset loaded = load_dataset((folder / "datapackage.json").string());
    must(loaded.dataset.has_value() != has_errors(loaded.diagnostics), "people or errors");
    hold(loaded.diagnostics);
    if (loaded.dataset) hold(*loaded.dataset);
  } catch (const Error& error) {
    must(!std::string(error.what()).empty(), "an error has words");
  }
}

}  // namespace cadre::fuzz
