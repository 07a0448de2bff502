// From rule files to the checked model, or to everything that is wrong with them.
#pragma once

#include <cstddef>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "cadre/base/diagnostic.hpp"
#include "cadre/base/source.hpp"
#include "cadre/rules/model.hpp"

namespace cadre {

/// The result of loading. With errors there are no rules (rules/sound_rules.hpp gives those that
/// are right); warnings alone do not stop them.
struct Loaded {
  std::optional<Rules> rules;
  Diagnostics diagnostics;                 ///< in the order of files and places
  std::shared_ptr<const Sources> sources;  ///< every file that was read
};

struct LoadOptions {
  /// Values that take the place of the rule set's parameters: name and YAML text ("5", "[a, b]").
  std::vector<std::pair<std::string, std::string>> settings;

  std::size_t max_file_bytes = std::size_t{16} << 20;
  std::size_t max_files = 1000;        ///< that one rule set includes and extends, all together
  std::size_t max_links = 32;          ///< files that include or extend each other in a chain
  std::size_t max_depth = 64;          ///< nesting of one YAML file
  std::size_t max_nodes = 2'000'000;   ///< YAML nodes of all files, aliases counted as expanded
  std::size_t max_entries = 20'000;    ///< of one map or list; lists of terms have no such limit
  std::size_t max_terms = 1'000'000;   ///< of all lexicons
  std::size_t max_regex_bytes = 4096;  ///< the length of one pattern
  std::size_t max_regex_memory = std::size_t{8} << 20;  ///< RE2's budget for one pattern
  std::size_t max_matches = 1'000'000;                  ///< Rules::match_limits

  /// Reads a rule file; the default reads the disk. For rules that are nowhere on a disk: paths are
  /// compared as they are written. Throws Error; kMissing when there is no such file.
  std::function<std::string(const std::filesystem::path&)> read;

  /// Laid over `read`, or over the disk: the text of a file, or nothing to have it read as without
  /// an overlay. For the unsaved text of an editor. It is asked for every file, those that are
  /// included and extended too, by the path of the rule set with the paths in the files joined to
  /// it: for rules/r.yaml, which includes lexicons/l.yaml, by "rules/lexicons/l.yaml". A file that
  /// only the overlay has is as good as one on the disk. Links on the disk are followed to tell
  /// which file is which, as without an overlay.
  std::function<std::optional<std::string>(const std::filesystem::path&)> overlay;
};

/// Loads a rule set, or a single lexicon, era or figure file (the rest of the model is then empty),
/// with all that it includes and extends.
/// Throws Error only when `path` itself cannot be read.
Loaded load_rules(const std::filesystem::path& path, const LoadOptions& options = {});

}  // namespace cadre
