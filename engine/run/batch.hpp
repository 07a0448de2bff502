// A long batch that may be interrupted: lines are kept beside the output as they come, with a
// journal of the portions of the input that they stand for, and the output appears once all is
// there. The same batch can then go on where it was cut off, and ends in the same bytes.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "cadre/base/files.hpp"
#include "cadre/rules/model.hpp"
#include "cadre/run/journal.hpp"
#include "cadre/run/stream.hpp"

namespace cadre {

class Batch {
 public:
  /// Keeps TARGET.partial and TARGET.journal, and reads them where they are there. Each portion of
  /// TARGET.partial is compared with its hash in the journal; a portion that differs, and all after
  /// it, are classified again. The result depends on `rules`, the format, how data is read and the
  /// size of portions: what was kept under others is an Error kUsage. Throws Error kCorrupt when
  /// the files are no journal, kIo when they cannot be written, kUsage when another program is
  /// writing them, or when the output or one of the two is a file that was `read`.
  Batch(std::filesystem::path target, const Rules& rules, const StreamOptions& options,
        FilesRead read = {});

  /// What is done, for StreamOptions::finished.
  const std::vector<FinishedPortion>& finished() const { return finished_; }

  /// Lines of a portion, then that it is finished: its lines are on the disk before the journal
  /// says so.
  void write(std::string_view lines);
  void finish(const FinishedPortion& portion);

  /// Puts the output in its place and removes the journal.
  void complete();

 private:
  FilesRead read_;
  std::filesystem::path target_;
  std::filesystem::path partial_path_;
  std::vector<FinishedPortion> finished_;
  Journal journal_;
  AppendedFile partial_;
  std::string lines_sha256_;  ///< of the portion that was written last
};

}  // namespace cadre
