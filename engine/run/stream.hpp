// People in, labels and evidence out, as they come: for more people than memory holds.
//
// JSON Lines are read in portions of some hundred kilobytes; threads take one portion each, read
// it, classify its people and write their lines. Output is in the order of input. At most a few
// portions for each thread are under way: when the output is slow the input waits, so that memory
// does not depend on how much there is to read.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "cadre/base/diagnostic.hpp"
#include "cadre/data/csv.hpp"
#include "cadre/data/dataset.hpp"
#include "cadre/data/portions.hpp"
#include "cadre/rules/model.hpp"

namespace cadre {

/// For each label how many people it is false, true and unknown of: by Truth.
using LabelCounts = std::vector<std::array<std::size_t, 3>>;

/// What became of a portion, enough to go on behind it another time.
struct FinishedPortion {
  std::string sha256;     ///< of its text
  std::size_t bytes = 0;  ///< of the lines that were written
  std::size_t people = 0;
  LabelCounts labels;
};

struct StreamOptions {
  enum class Format : std::uint8_t {
    kJsonLines,  ///< labels with their evidence, as write_run_jsonl
    kCsv,        ///< labels alone, as write_run_csv
  };
  Format format = Format::kJsonLines;
  CsvCells cells = CsvCells::kPlain;
  unsigned threads = 0;  ///< 0: as many as the machine has cores
  DataOptions data;
  std::size_t portion_bytes = std::size_t{256} << 10;  ///< longer lines make longer portions
  /// Portions whose lines were written before: their text must be what it was (Error kUsage
  /// otherwise), and they are counted but not written again.
  std::span<const FinishedPortion> finished;
  /// Told of each portion once its lines are written; may be left out.
  std::function<void(const FinishedPortion&)> on_finished;
};

struct StreamReport {
  std::size_t people = 0;
  LabelCounts labels;
  /// Mistakes in the data. The first portion with errors, and all after it, are not written. People
  /// and rows with the same id are told of within a portion only.
  Diagnostics diagnostics;
};

/// `read` is called by the calling thread. `write` is given whole lines, and is called by one
/// thread at a time. What either throws ends the stream and is thrown on. `name` is for the places
/// in diagnostics. The data is read by the schema of the rules. Compressed input is decompressed in
/// memory first.
StreamReport classify_stream(const Rules& rules, const std::string& name,
                             const PortionReader::Read& read,
                             const std::function<void(std::string_view)>& write,
                             const StreamOptions& options = {});

}  // namespace cadre
