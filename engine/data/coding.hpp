// A coding: what people who read the records say of them. A CSV file with a row for each verdict:
// the columns `person`, `label`, `value` and `coder`, and, where the coder had more to say, `note`
// and `confidence`. Other columns are left out.
#pragma once

#include <cstddef>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "cadre/base/diagnostic.hpp"
#include "cadre/data/dataset.hpp"
#include "cadre/data/text_file.hpp"

namespace cadre {

/// A cell and where it stands, in bytes of the file.
struct CodedCell {
  std::string text;
  std::size_t begin = 0;
  std::size_t end = 0;
};

/// One verdict of one coder. The first four are never empty.
struct CodedRow {
  CodedCell person;
  CodedCell label;
  CodedCell value;
  CodedCell coder;
  std::string note;
  std::string confidence;
};

struct Coding {
  std::string path;  ///< as it is shown to people
  std::vector<CodedRow> rows;
  /// The text that the rows were read from.
  std::shared_ptr<const std::string> text;
  std::shared_ptr<const TextFile> file;

  /// Where a cell stands.
  Place place(const CodedCell& cell) const { return file->place(cell.begin, cell.end); }
};

struct LoadedCoding {
  std::optional<Coding> coding;  ///< nothing when there are errors
  Diagnostics diagnostics;
};

/// Reads a coding (`-` for standard input), compressed or not. Told, all at once: what is no UTF-8
/// or no CSV, a column that is missing, a cell that is empty, the same person, label and coder
/// twice, a coding without rows. Whether people and labels exist is known to a run only
/// (analyse/evaluation.hpp). Throws Error when the file cannot be read or decompressed.
LoadedCoding load_coding(const std::string& path, const DataOptions& options = {});

}  // namespace cadre
