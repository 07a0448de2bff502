// What of a long piece of work is done, one JSON object a line, so that work which was interrupted
// or killed can go on. The first line says what decides the results: they go on only where that is
// the same. Each further line ends in a hash of itself.
#pragma once

#include <cstddef>
#include <filesystem>
#include <fstream>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "cadre/base/files.hpp"
#include "cadre/base/source.hpp"

namespace cadre {

/// The SHA-256 of the texts of rule files, as a decider: equal only for equal files.
std::string sources_sha256(const Sources& sources);

class Journal {
 public:
  /// A part of what decides the results.
  struct Decider {
    std::string name;       ///< "rules"
    std::string value;      ///< such as a hash
    std::string otherwise;  ///< what to say when it was another: "other rules"
  };

  /// Opens the journal at `path`, or begins one. `work` is what the lines are of: "sweep". Each
  /// line that was written before is given to `take`; where that says false, or where a line is not
  /// as it was written, this line and what follows are dropped. Throws Error: kUsage when a decider
  /// was another, the journal is of an earlier version of cadre or another program holds it,
  /// kCorrupt when the file is no journal of such work or `take` throws, kIo when it cannot be
  /// written.
  Journal(std::filesystem::path path, const std::string& work, const std::vector<Decider>& deciders,
          const std::function<bool(std::string_view line)>& take);

  /// Writes a line, a JSON object, safe from then on against the end of the program.
  void add(std::string_view line);
  /// Removes the file: the results are written elsewhere.
  void remove();

 private:
  void append(std::string_view line);
  /// Returns how many bytes of the file are kept.
  std::size_t read(const std::string& text, const std::string& work,
                   const std::vector<Decider>& deciders,
                   const std::function<bool(std::string_view line)>& take) const;

  std::filesystem::path path_;
  FileLock lock_;
  std::ofstream file_;
};

}  // namespace cadre
