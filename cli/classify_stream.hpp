// cadre classify where people are classified as they come, so that memory does not depend on how
// many they are: JSON Lines in, JSON Lines or CSV out. And where only those are written whom an
// edit changes.
#pragma once

#include <optional>
#include <string>

#include "cadre/rules/model.hpp"
#include "cadre/run/edit_stream.hpp"
#include "cadre/run/stream.hpp"
#include "cli/reading.hpp"

namespace cadre::cli {

struct StreamedFiles {
  std::string data;    ///< a file, or - for standard input
  std::string output;  ///< a file, or - for standard output
  StreamOptions::Format format = StreamOptions::Format::kJsonLines;
  CsvCells cells = CsvCells::kPlain;
  unsigned threads = 0;
  bool resume = false;  ///< keep what is done, and go on with what was kept
  Limits limits;
  FilesRead read;  ///< what no output may overwrite
};

/// Writes everybody. Nothing where the data has mistakes, which are printed.
std::optional<StreamReport> stream_all(const Rules& rules, const StreamedFiles& files);

/// Writes those whom the rules label otherwise than `before` does (run/edit_stream.hpp).
std::optional<EditReport> stream_changed(const Rules& before, const Rules& after,
                                         const StreamedFiles& files);

/// The same of people who are all there. StreamedFiles::data is what they are called.
EditReport write_changed(const Rules& before, const Rules& after, const Dataset& dataset,
                         const StreamedFiles& files);

}  // namespace cadre::cli
