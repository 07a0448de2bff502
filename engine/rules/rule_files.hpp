// The files that make up a rule set: read, parsed, told apart by their first key, and gathered
// along `include` and `extends` into one syntax tree.
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "cadre/base/source.hpp"
#include "cadre/rules/load.hpp"
#include "cadre/rules/reader.hpp"
#include "cadre/rules/syntax.hpp"

namespace cadre {

enum class FileKind : std::uint8_t {
  kRuleset,
  kLexicon,
  kEras,
  kFigure,
  kFigures,
  kSweep,
  kLayout,
  kSchema
};

/// A lexicon, era, figure, layout or schema file.
struct RuleFile {
  FileKind kind = FileKind::kLexicon;
  const Node* root = nullptr;
  Range included;           ///< the path in `include`; unknown for the file that was asked for
  bool tests_apply = true;  ///< a variant changed the file, so its tests no longer speak of it
  bool of_base = false;     ///< a schema of the base, which one that a variant includes replaces
};

/// An entry of a map: a label, a parameter, a column.
struct Entry {
  const Node* key = nullptr;
  const Node* value = nullptr;
};

/// Everything that a rule set, the files it includes and the rule sets it extends say.
struct RuleTree {
  const Node* root = nullptr;  ///< of the file that was asked for
  FileKind kind = FileKind::kRuleset;
  std::vector<RuleFile> files;  ///< lexicons, eras and figures in the order of the includes
  std::vector<Entry> params;
  std::vector<std::string> new_params;  ///< those that a variant has and its base has not
  std::vector<Entry> columns;           ///< tables and their columns
  std::vector<Entry> labels;
  std::vector<const Node*> removed_labels;  ///< their names, where a variant takes them away
  std::vector<Removal> removals;            ///< all that variants take away
  std::vector<const Node*> tests;           ///< of the rule set itself and those it includes
  bool incomplete = false;  ///< some file could not be read: names that it declares are
                            ///< not known
};

/// Reads `path` and all that it leads to. Throws Error when `path` itself cannot be read.
RuleTree gather_rules(const std::filesystem::path& path, const LoadOptions& options,
                      Sources& sources, SyntaxLimits& limits, Reader& reader);

/// Changes the gathered base by what a variant says of labels, parameters, lexicons and eras.
/// Lists the lexicons and eras that changed as such (RuleFile::tests_apply).
void apply_variant(RuleTree& base, const Fields& variant, Reader& reader);

/// What an alternative of a sweep, or one of the variant files that it leads to, changes.
struct AlternativeChange {
  RuleTree included;  ///< what its `include` brings
  Fields changes;     ///< as those of a variant
};

/// Changes the gathered base by one of them. A file that the base has already is not added again.
void apply_change(RuleTree& base, const AlternativeChange& change, Reader& reader);

/// Reads a rule set and then changes to it, each file once.
class ChangeGatherer {
 public:
  ChangeGatherer(const LoadOptions& options, Sources& sources, SyntaxLimits& limits,
                 Reader& reader);
  ~ChangeGatherer();

  /// The rule set itself; to be called first. Throws Error when `path` cannot be read.
  RuleTree base(const std::filesystem::path& path);
  /// The root of a sweep file, or nullptr. Throws Error when `path` cannot be read.
  const Node* sweep(const std::filesystem::path& path);
  /// What an alternative of that sweep (MapKind::kAlternative) changes, in the order in which it is
  /// to be applied: the variant that it names, what that one extends first, then its own words.
  std::vector<AlternativeChange> changes(const Fields& alternative);

 private:
  struct Implementation;
  std::unique_ptr<Implementation> implementation_;
};

/// The name that a lexicon, era or figure file gives itself; empty if it gives none.
std::string_view declared_name(const RuleFile& file);

}  // namespace cadre
