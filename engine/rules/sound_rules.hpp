// Rules that may hold mistakes, for programs that go on with what is right: an editor that shows
// what the labels say while somebody types. Commands use load_rules, which refuses such rules.
//
//   LoadOptions options;
//   options.overlay = [&](const std::filesystem::path& path) { return unsaved_text(path); };
//   const SoundRules sound = load_sound_rules("rules.yaml", options);
//   show(sound.diagnostics);
//   study.labels(sound.rules);   // the labels that are right
#pragma once

#include <filesystem>
#include <memory>
#include <vector>

#include "cadre/base/diagnostic.hpp"
#include "cadre/base/source.hpp"
#include "cadre/rules/load.hpp"
#include "cadre/rules/model.hpp"
#include "cadre/rules/syntax.hpp"

namespace cadre {

struct SoundRules {
  /// What load_rules makes of the files once every part with an error is taken out, and then every
  /// part that needs one which is taken out. So they are whole rules: whatever takes rules takes
  /// them. Without errors they are the rules of load_rules; where nothing can be saved they are
  /// empty. Their ranges are those of the files as they are.
  Rules rules;

  /// Those of load_rules.
  Diagnostics diagnostics;

  /// One warning for each part that is taken out though no diagnostic is about it: labels that
  /// refer to a broken label, lexicon or parameter, and mistakes that a syntax error hid.
  Diagnostics left_out;

  /// Every file that was read, and the tree of each, by its number. After a syntax error a tree
  /// holds what stands before it.
  std::shared_ptr<const Sources> sources;
  std::vector<SyntaxTree> trees;
  std::shared_ptr<const NodeStore> nodes;  ///< owns the trees
};

/// Loads what is right of a rule set. The parts that are taken out, the smallest that holds the
/// error: a label, parameter, declared column, figure, era, test, include, a category of a lexicon
/// or a single term, an entry of what a variant changes; otherwise the file. After a syntax error
/// the rest of the file is taken out, from the part that it stands in.
///
/// Costs one load without errors, and a few with them: one more for each link of the longest chain
/// of labels that need each other, up to 32; after that all labels are taken out.
/// Throws Error only when `path` itself cannot be read.
SoundRules load_sound_rules(const std::filesystem::path& path, const LoadOptions& options = {});

}  // namespace cadre
