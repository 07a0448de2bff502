// Where biographies come from: files, folders of files, and JSON Lines of {"id": ..., "text": ...}.
#pragma once

#include <cstddef>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace cadre {

class FilesRead;  // base/files.hpp

/// One text. The views are good until the call returns.
struct BiographyText {
  std::string_view id;    ///< of JSON Lines its id, otherwise the file's name without its ending
  std::string_view file;  ///< as it was named, or found in a folder
  std::size_t line = 0;   ///< of JSON Lines the line, otherwise 0
  std::string_view bytes;
};

/// A text that could not be had.
struct BadInput {
  std::string file;
  std::size_t line = 0;
  std::string what;
};

struct InputOptions {
  std::size_t max_text_bytes = std::size_t{64} << 20;  ///< of one file or line
  FilesRead* files_read = nullptr;                     ///< told of each file, unless null
};

/// Calls `take` for each text in turn, holding one at a time. Of a folder all files below it that
/// are not hidden, in the order of their paths. A path that ends in .jsonl or .ndjson, and `-`
/// (standard input), is JSON Lines. `refuse` is told of files that are empty or too long and of
/// lines that are not such objects. Throws Error when a path of `paths` is missing or cannot be
/// read.
void read_biographies(const std::vector<std::string>& paths, const InputOptions& options,
                      const std::function<void(const BiographyText&)>& take,
                      const std::function<void(BadInput)>& refuse);

}  // namespace cadre
