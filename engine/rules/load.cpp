#include "cadre/rules/load.hpp"

#include <fmt/format.h>

#include "cadre/rules/loading.hpp"

namespace cadre {

namespace {

void load_single_file(Loading& loading, const RuleFile& file) {
  loading.rules.name = std::string(declared_name(file));
  loading.rules.range = file.root->range;
}

void load_file(const RuleFile& file, Loading& loading) {
  switch (file.kind) {
    case FileKind::kLexicon:
      load_lexicon(file, loading);
      break;
    case FileKind::kEras:
      load_eras(file, loading);
      break;
    case FileKind::kFigure:
    case FileKind::kFigures:
      load_figures(file, loading);
      break;
    case FileKind::kLayout:
      load_layout(file, loading);
      break;
    case FileKind::kRuleset:
    case FileKind::kSchema:
      break;  // gathered into the tree, read when loading starts
    case FileKind::kSweep:
      loading.reader.error(*file.root->keys.front(), "not-a-ruleset",
                           "a sweep is no rule set, it says what to change in one",
                           "run it beside its rule set: cadre sweep RULES SWEEP DATA");
      break;
  }
}

/// The schema that the rule set includes, or the default one.
SchemaPointer schema_of(const RuleTree& tree, Reader& reader) {
  const RuleFile* found = nullptr;
  for (const RuleFile& file : tree.files) {
    if (file.kind != FileKind::kSchema) continue;
    if (found != nullptr) {
      reader
          .error(*file.root->keys.front(), "duplicate-schema",
                 fmt::format("the rule set has the schema '{}' already, and this is another",
                             declared_name(*found)),
                 "a rule set has one schema; a variant may replace that of its base")
          .notes.push_back(reader.sink().note(found->root->keys.front()->range, "it is here"));
      continue;
    }
    found = &file;
  }
  if (found == nullptr) return default_schema();
  return std::make_shared<const DeclaredSchema>(read_schema(*found->root, reader));
}

}  // namespace

void load_head(const RuleTree& tree, Loading& loading) {
  Reader& reader = loading.reader;
  const Fields fields(*tree.root, MapKind::kRuleset);
  const Node* name = fields.get("ruleset");
  loading.rules.name = reader.name(name, "the name of a rule set").value_or("");
  loading.rules.range = name->range;
  loading.rules.title = reader.title(fields);
  loading.rules.note = reader.note(fields);
  reader.check_source(fields);
  const Node* version = fields.get("cadre");
  if (read_language_version(version, "the rule set", reader) < kSchemaVersion &&
      loading.schema().range.known()) {
    reader.error(version != nullptr ? *version : *name, "older-language",
                 "a rule set with a schema is written in version 2 of the language",
                 "write cadre: 2");
  }
}

Loading start_loading(const RuleTree& tree, const LoadOptions& options, Reader& reader) {
  const SchemaPointer schema = schema_of(tree, reader);
  Loading loading{
      options, reader, KnownColumns(*schema), {}, {}, {}, {}, {}, {}, tree.removed_labels,
      {},      0,      tree.incomplete};
  loading.rules.schema = schema;
  loading.rules.match_limits = {options.max_regex_memory, options.max_matches};
  return loading;
}

void load_model(const RuleTree& tree, Loading& loading, SyntaxLimits& limits) {
  load_parameters(tree, loading, limits);
  load_columns(tree, loading);
  for (const RuleFile& file : tree.files) load_file(file, loading);
  if (tree.kind == FileKind::kRuleset) {
    load_head(tree, loading);
    load_labels(tree, loading);
    load_rule_tests(tree, loading);
    lint_uses(tree, loading);
  } else {
    load_single_file(loading, tree.files.front());
  }
}

LoadAttempt attempt_load(const std::filesystem::path& path, const LoadOptions& options) {
  const auto sources = std::make_shared<Sources>();
  DiagnosticSink sink(*sources);
  const auto store = std::make_shared<NodeStore>();
  Reader reader(sink, *store, options.max_entries);
  SyntaxLimits limits{options.max_depth, options.max_nodes};

  const RuleTree tree = gather_rules(path, options, *sources, limits, reader);
  Loading loading = start_loading(tree, options, reader);
  if (tree.root != nullptr) load_model(tree, loading, limits);

  LoadAttempt attempt;
  attempt.nodes = store;
  attempt.errors = sink.errors_at();
  Loaded& loaded = attempt.loaded;
  loaded.sources = sources;
  if (!sink.has_errors()) {
    loading.rules.sources = sources;
    loading.rules.parameter_uses = reader.parameter_uses();
    loading.rules.removals = tree.removals;
    loaded.rules = std::move(loading.rules);
  }
  loaded.diagnostics = sink.take();
  return attempt;
}

Loaded load_rules(const std::filesystem::path& path, const LoadOptions& options) {
  Loaded loaded = attempt_load(path, options).loaded;
  loaded.options = options;
  return loaded;
}

}  // namespace cadre
