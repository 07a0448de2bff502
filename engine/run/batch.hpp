// A long batch that may be interrupted: lines are kept beside the output as they come, with a
// journal of the portions of the input that they stand for, and the output appears once all is
// there. The same batch can then go on where it was cut off, and ends in the same bytes.
#pragma once

#include <filesystem>
#include <fstream>
#include <string>
#include <string_view>
#include <vector>

#include "cadre/rules/model.hpp"
#include "cadre/run/journal.hpp"
#include "cadre/run/stream.hpp"

namespace cadre {

class Batch {
 public:
  /// Keeps TARGET.partial and TARGET.journal, and reads them where they are there. The result
  /// depends on `rules`, the format, how data is read and the size of portions: what was kept under
  /// others is an Error kUsage. Throws Error kCorrupt when the files are no journal, kIo when they
  /// cannot be written, kUsage when another program is writing them.
  Batch(std::filesystem::path target, const Rules& rules, const StreamOptions& options);

  /// What is done, for StreamOptions::finished.
  const std::vector<FinishedPortion>& finished() const { return finished_; }

  /// Lines of a portion, then that it is finished: from then on safe against the end of the
  /// program.
  void write(std::string_view lines);
  void finish(const FinishedPortion& portion);

  /// Puts the output in its place and removes the journal.
  void complete();

 private:
  std::filesystem::path target_;
  std::filesystem::path partial_path_;
  std::vector<FinishedPortion> finished_;
  Journal journal_;
  std::ofstream partial_;
};

}  // namespace cadre
