// One table of a data package: read from its CSV files, every cell checked.
#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "cadre/data/csv.hpp"
#include "cadre/data/dataset.hpp"
#include "cadre/data/package.hpp"
#include "cadre/data/problems.hpp"
#include "cadre/data/text_file.hpp"

namespace cadre {

class CsvTable {
 public:
  /// `folder` is that of the package, as people are shown it. `options` must outlive the table.
  CsvTable(TableDescription description, std::filesystem::path folder,
           std::vector<std::string> languages, const DataOptions& options);

  /// Reads the files and tells of all that is wrong with their headers, rows and single cells.
  /// Appends to `inputs` what was read. Throws Error as load_dataset does.
  void read(Problems& problems, std::vector<InputFile>& inputs);

  const TableDescription& description() const { return description_; }
  const TableSchema& schema() const { return description_.schema; }

  /// The cells of all rows, also of those with mistakes, by the columns of the schema; what means
  /// "not known" is empty.
  std::vector<std::vector<std::string>>& rows() { return rows_; }
  const std::vector<std::vector<std::string>>& rows() const { return rows_; }

  /// Whether the files and their headers are as described, so that `rows` are all there are.
  bool whole() const { return whole_; }

  /// Where a cell stands in its file.
  Place place(std::size_t row, std::uint32_t column) const;

 private:
  /// One of the table's files. It cannot move, as `file` points into `text`.
  struct Part {
    Part(std::string path, std::string bytes)
        : text(std::move(bytes)), file(std::move(path), text) {}
    Part(const Part&) = delete;
    Part& operator=(const Part&) = delete;

    std::string text;
    TextFile file;
  };
  struct RowPlace {
    std::uint32_t part;
    std::size_t begin;
  };

  /// What is said of the bytes of all files: how many they are, and their hash.
  struct Stated {
    std::uint64_t bytes = 0;
    std::optional<FileHash> hash;
  };

  const Part* add_part(const TableDescription::Path& path, Problems& problems,
                       std::vector<InputFile>& inputs, Stated& stated);
  void check_stated(Stated& stated, Problems& problems) const;
  bool read_rows(const Part& part, Problems& problems);
  bool read_header(const std::vector<CsvCell>& cells, const Part& part, Problems& problems);
  void warn_of_slips(const std::vector<CsvCell>& cells, const TextFile& file,
                     Problems& problems) const;
  bool check_header_form(const std::vector<CsvCell>& cells, const TextFile& file,
                         Problems& problems) const;
  void match_columns(const std::vector<CsvCell>& cells, const TextFile& file, Problems& problems);
  void tell_of_unknown(const CsvCell& cell, const TextFile& file, Problems& problems) const;
  void take_schema_from(const std::vector<CsvCell>& header);
  bool check_row_form(const std::vector<CsvCell>& cells, const CsvReader& reader, const Part& part,
                      Problems& problems);
  bool check_cell_count(const std::vector<CsvCell>& cells, const Part& part,
                        Problems& problems) const;
  void take_row(const std::vector<CsvCell>& cells, bool well_parted, const Part& part,
                Problems& problems);
  std::optional<CellProblem> take_cell(const CsvCell& cell, std::uint32_t column, bool well_parted,
                                       bool described, std::string& value) const;

  TableDescription description_;
  std::filesystem::path folder_;
  std::vector<std::string> languages_;
  const DataOptions& options_;

  std::vector<std::unique_ptr<const Part>> parts_;
  bool whole_ = true;
  std::vector<std::string> header_;
  std::vector<std::optional<std::uint32_t>> columns_;  // of the schema, by those of the file
  std::vector<std::vector<std::string>> rows_;
  std::vector<RowPlace> places_;  // parallel to rows_
};

}  // namespace cadre
