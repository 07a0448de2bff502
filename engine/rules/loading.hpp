// What the parts of the loader share while one rule set is loaded, and the parts themselves: one
// for each concept, in files of that name.
#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "cadre/base/seeded_hash.hpp"
#include "cadre/rules/columns.hpp"
#include "cadre/rules/load.hpp"
#include "cadre/rules/model.hpp"
#include "cadre/rules/reader.hpp"
#include "cadre/rules/rule_files.hpp"
#include "cadre/rules/schema_loading.hpp"

namespace cadre {

/// A label before its body is read: what other labels may say of it.
struct LabelHead {
  std::string name;
  const Node* key = nullptr;
  const Node* value = nullptr;
  /// Nothing when the body is too broken to tell; then nothing is said of its uses.
  std::optional<Label::Kind> kind;
  bool used = false;  ///< by a label, a figure or a test
};

/// The groups of a lexicon's categories, each once, in the order of the tree.
struct GroupNames {
  std::vector<std::string> names;
  std::unordered_set<std::string, SeededHash> index;
};

struct Loading {
  const LoadOptions& options;
  Reader& reader;
  KnownColumns columns;
  Rules rules;

  std::vector<LabelHead> heads;  ///< parallel to Rules::labels
  std::unordered_map<std::string_view, std::uint32_t, SeededHash> label_index;  ///< by name
  /// Categories by path, one map for each lexicon.
  std::vector<std::unordered_map<std::string, std::uint32_t, SeededHash>> category_index;
  std::vector<GroupNames> groups;                                           ///< by lexicon
  std::unordered_map<std::string, std::uint32_t, SeededHash> figure_index;  ///< by name
  std::vector<const Node*> removed_labels;  ///< RuleTree::removed_labels
  std::vector<bool> lexicon_used;           ///< parallel to Rules::lexicons
  std::size_t terms = 0;                    ///< of all lexicons so far
  /// Some file could not be read, so that an unknown name is perhaps not a mistake: such errors
  /// are held back.
  bool incomplete = false;

  DiagnosticSink& sink() { return reader.sink(); }
  const DeclaredSchema& schema() const { return *rules.schema; }
};

/// One load with all that was read on the way. Of its `loaded` only the options are not set.
struct LoadAttempt {
  Loaded loaded;
  std::vector<DiagnosticSink::ErrorAt> errors;
  std::shared_ptr<const NodeStore> nodes;
};
LoadAttempt attempt_load(const std::filesystem::path& path, const LoadOptions& options);

/// A loading of a gathered tree of which only the schema is read.
Loading start_loading(const RuleTree& tree, const LoadOptions& options, Reader& reader);

/// The whole model of a tree that has a root.
void load_model(const RuleTree& tree, Loading& loading, SyntaxLimits& limits);

// Each of these reads its part of the tree into Loading::rules and reports what is wrong.

void load_parameters(const RuleTree& tree, Loading& loading, SyntaxLimits& limits);
void load_columns(const RuleTree& tree, Loading& loading);
void load_head(const RuleTree& tree, Loading& loading);
void load_lexicon(const RuleFile& file, Loading& loading);
void load_eras(const RuleFile& file, Loading& loading);
void load_figures(const RuleFile& file, Loading& loading);
void load_layout(const RuleFile& file, Loading& loading);
void load_labels(const RuleTree& tree, Loading& loading);
void load_rule_tests(const RuleTree& tree, Loading& loading);

/// Warnings about single lexicons and about what nobody uses.
void lint_lexicon(const Lexicon& lexicon, Loading& loading);
void lint_uses(const RuleTree& tree, Loading& loading);

/// A parameter that a variant gives a value, that its base has not and that no rule uses, is an
/// error: the variant would be as its base, and nobody would know. False if this is one. To be
/// called when all rules are loaded.
bool check_new_parameter(const ParameterValue& parameter, const RuleTree& tree, Loading& loading);

// Names. Each says what is wrong with a name that it does not find, and returns nothing.

/// A branch such as industries/aerospace.
std::optional<Branch> find_branch(const Node* node, Loading& loading);
/// A list of them, or one.
std::vector<Branch> find_branches(const Node* node, std::string_view what, Loading& loading);
/// A category by its path below a lexicon.
std::optional<std::uint32_t> find_category(const Node& node, std::string_view path,
                                           std::uint32_t lexicon, Loading& loading);
/// A label; marks it as used.
std::optional<std::uint32_t> find_label(const Node& node, std::string_view name, Loading& loading);

// Conditions on rows (row_tests.cpp).

/// Whether a key makes a map a condition on rows: the tables, total_years and count.
bool is_rows_key(std::string_view key, const Loading& loading);
bool is_rows_condition(const Node& map, const Loading& loading);
/// All of these keys.
std::vector<std::string> rows_keys(const Loading& loading);
/// The label that a body depends on is appended to `uses`.
struct LabelUse {
  std::uint32_t label = 0;
  Range range;
};
std::optional<RowsCondition> read_rows(const Node& map, std::vector<LabelUse>& uses,
                                       Loading& loading);
std::optional<DateRef> read_date_ref(const Node* node, std::string_view what,
                                     std::vector<LabelUse>& uses, Loading& loading);
std::optional<NumberTest> read_number_test(const Node* node, std::string_view what,
                                           Loading& loading);

/// `within` and `side` of a near or not_near (contexts.cpp).
ContextWindow read_context_window(const Fields& fields, bool near, Loading& loading);
/// near and not_near of a test of a column.
std::vector<ContextTest> read_context_tests(const Fields& fields, Loading& loading);

// Conditions in words (words.cpp).

std::string in_words(const NumberTest& test);
std::string in_words(double number);
std::string in_words(const std::vector<Branch>& branches, const Rules& rules);
std::string in_words(const std::vector<std::string>& values);
std::string in_words(const RowsCondition& rows, const DeclaredSchema& schema);
/// ", not_near lex/negations within 6 before".
std::string in_words(const std::vector<ContextTest>& contexts, const Rules& rules);

/// Checks a regular expression for texts that are folded so. Reports what RE2 cannot read and what
/// can never match as errors, and warns of what is likely not meant. Returns whether it is good.
bool check_regex(const Node& node, const Folding& folding, Loading& loading);

}  // namespace cadre
