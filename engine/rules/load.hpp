// From rule files to the checked model, and to everything that is wrong with them.
//
//   Loaded loaded = load_rules("rules.yaml");
//   show(loaded.diagnostics);
//   if (loaded.rules) classify(*loaded.rules);   // only rules without errors classify
//
// A program that goes on while somebody types, such as an editor, asks for the part without errors:
//
//   options.overlay = [&](const std::filesystem::path& path) { return unsaved_text(path); };
//   const SoundPart part = load_rules("rules.yaml", options).sound_part();
//   study.labels(part.rules);
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

class NodeStore;

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

/// What is right of rules with mistakes.
struct SoundPart {
  /// What load_rules makes of the files once every part with an error is taken out, and then every
  /// part that needs one which is taken out. So they are checked like any rules, and whatever takes
  /// rules takes them. Without errors they are Loaded::rules; where nothing can be saved they are
  /// empty. Their ranges are those of the files as they are.
  Rules rules;

  /// One warning for each part that is taken out though no diagnostic is about it: labels that
  /// refer to a broken label, lexicon or parameter, and mistakes that a syntax error hid.
  Diagnostics left_out;

  /// NodeStore::trees (rules/syntax.hpp) has the tree of each of Loaded::sources, by its number.
  /// After a syntax error a tree holds what stands before it.
  std::shared_ptr<const NodeStore> syntax;
};

/// The result of loading.
struct [[nodiscard]] Loaded {
  std::optional<Rules> rules;  ///< nothing if there is an error; a warning does not count
  Diagnostics diagnostics;     ///< in the order of files and places
  std::shared_ptr<const Sources> sources;  ///< every file that was read
  LoadOptions options;                     ///< those that the rules were loaded with

  /// The part of the rules that has no errors. Taken out are the smallest parts that hold the
  /// errors: a label, parameter, declared column, figure, era, test, include, a category of a
  /// lexicon or a single term, an entry of what a variant changes; otherwise the file. After a
  /// syntax error the rest of the file is taken out, from the part that it stands in.
  ///
  /// Loads the texts of `sources` again, and reads no file: once without errors; with them a few
  /// times, once more for each link of the longest chain of labels that need each other, up to 32;
  /// after that all labels are taken out.
  SoundPart sound_part() const;
};

/// Loads a rule set, or a single lexicon, era or figure file (the rest of the model is then empty),
/// with all that it includes and extends.
/// Throws Error only when `path` itself cannot be read.
Loaded load_rules(const std::filesystem::path& path, const LoadOptions& options = {});

}  // namespace cadre
