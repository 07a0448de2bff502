#include "cadre/rules/sweep.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <functional>
#include <map>
#include <mutex>
#include <set>

#include "cadre/rules/loading.hpp"

namespace cadre {
namespace {

constexpr std::string_view kAsItIsWords = "as it is";

/// The changes of one alternative, and which lexicons they touch.
struct Changes {
  std::vector<AlternativeChange> list;
  std::vector<std::string> lexicons;
};

/// Reads a sweep file into the sweep and the changes of its alternatives.
class SweepReader {
 public:
  SweepReader(const Rules& base, ChangeGatherer& gatherer, Reader& reader)
      : base_(base), gatherer_(gatherer), reader_(reader) {}

  void read(const Node& root) {
    const Fields fields = reader_.fields(&root, MapKind::kSweep, "a sweep");
    const Node* name = fields.get("sweep");
    sweep.name = reader_.name(name, "the name of a sweep").value_or("");
    sweep.range = name->range;
    sweep.title = reader_.title(fields);
    sweep.note = reader_.note(fields);
    reader_.check_source(fields);
    reader_.whole(fields.get("cadre"), "'cadre'", 1);
    read_figures(fields.get("figures"));
    read_sample(fields.get("sample"));
    read_axes(fields);
    read_claims(fields.get("claims"));
    if (const Node* node = fields.get("curve")) {
      if (const Fields curve = reader_.fields(node, MapKind::kCurve, "'curve'")) {
        sweep.curve = read_cell(curve, *node, nullptr);
      }
    }
  }

  Sweep sweep;
  std::vector<std::vector<Changes>> changes;  // by axis and alternative

 private:
  void read_figures(const Node* node) {
    if (node == nullptr) return;
    for (const Node* item : reader_.list_or_one(node, "'figures'")) {
      if (const auto name = reader_.free_text(item, "the name of a figure")) {
        check_figure(*item, *name);
        sweep.figures.emplace_back(*name, item->range);
      }
    }
  }

  void check_figure(const Node& node, const std::string& name) {
    std::vector<std::string> names;
    for (const Figure& figure : base_.figures) {
      if (figure.name == name) return;
      names.push_back(figure.name);
    }
    reader_.error(
        node, "unknown-figure",
        fmt::format("the rule set has no figure '{}'{}", name, reader_.guess(name, names)));
  }

  void read_sample(const Node* node) {
    if (node == nullptr) return;
    const Fields fields = reader_.fields(node, MapKind::kSample, "'sample'");
    if (!fields) return;
    const auto count = reader_.whole(reader_.require(fields, "count", "'sample'"), "'count'", 1);
    const auto seed = reader_.whole(fields.get("seed"), "'seed'", 0);
    if (count) {
      sweep.sample = Sweep::Sample{static_cast<std::uint64_t>(*count),
                                   static_cast<std::uint64_t>(seed.value_or(1))};
    }
  }

  // --- axes -----------------------------------------------------------------------------------

  void read_axes(const Fields& fields) {
    const Node* axes = reader_.map(reader_.require(fields, "axes", "a sweep"), "'axes'");
    if (axes == nullptr) return;
    if (axes->keys.empty()) {
      reader_.error(*axes, "no-axes", "a sweep needs at least one axis",
                    "an axis names alternatives: degree: {param: min_degree, values: [associate, "
                    "bachelor]}");
    }
    for (std::size_t i = 0; i < axes->keys.size(); ++i) read_axis(*axes->keys[i], *axes->items[i]);
  }

  void read_axis(const Node& key, const Node& value) {
    Sweep::Axis axis;
    axis.name = reader_.name(&key, "the name of an axis").value_or("");
    axis.range = key.range;
    const std::string what = fmt::format("the axis '{}'", key.text);
    const Fields fields = reader_.fields(&value, MapKind::kAxis, what);
    if (!fields) return;
    axis.title = reader_.title(fields);
    axis.note = reader_.note(fields);
    reader_.check_source(fields);
    changes.emplace_back();
    const Node* alternatives = fields.get("alternatives");
    const Node* param = fields.get("param");
    if ((alternatives == nullptr) == (param == nullptr)) {
      reader_.error(key, "bad-axis", what + " has either `alternatives` or `param` with `values`");
      return;
    }
    if (param != nullptr) {
      read_values(*param, fields, what, axis);
    } else {
      read_alternatives(alternatives, axis);
    }
    if (axis.alternatives.size() == 1) {
      reader_.error(key, "lone-alternative",
                    what + " has one alternative, so that there is nothing to choose",
                    "add what it is held against, such as `study: as it is`");
    }
    sweep.axes.push_back(std::move(axis));
  }

  void read_values(const Node& param, const Fields& fields, const std::string& what,
                   Sweep::Axis& axis) {
    const auto name = reader_.name(&param, "'param'");
    std::vector<std::string> names;
    for (const Parameter& parameter : base_.params) names.push_back(parameter.name);
    if (name && std::find(names.begin(), names.end(), *name) == names.end()) {
      reader_.error(
          param, "unknown-parameter",
          fmt::format("the rule set has no parameter '{}'{}", *name, reader_.guess(*name, names)));
    }
    const Node* values = reader_.require(fields, "values", what);
    if (values == nullptr) return;
    if (!values->is_list()) {
      reader_.wrong_type(*values, "'values'", "a list of values");
      return;
    }
    if (values->items.empty()) reader_.error(*values, "no-alternatives", what + " has no values");
    for (const Node* item : values->items) {
      // As if it had been written {params: {NAME: VALUE}}.
      Node params;
      params.kind = Node::Kind::kMap;
      params.range = item->range;
      params.keys = {&param};
      params.items = {item};
      Node key;
      key.kind = Node::Kind::kText;
      key.text = "params";
      key.range = item->range;
      Node change = params;
      change.keys = {reader_.store().add(std::move(key))};
      change.items = {reader_.store().add(std::move(params))};
      const Node* map = reader_.store().add(std::move(change));

      Sweep::Alternative alternative;
      alternative.name = as_written(*item);
      alternative.range = item->range;
      const auto base = std::find_if(base_.params.begin(), base_.params.end(),
                                     [&](const Parameter& one) { return one.name == param.text; });
      alternative.as_it_is = base != base_.params.end() && base->value == alternative.name;
      check_new(alternative, axis, *item);
      axis.alternatives.push_back(std::move(alternative));
      changes.back().push_back({gatherer_.changes(Fields(*map, MapKind::kAlternative)), {}});
    }
  }

  static std::string as_written(const Node& node) {
    if (node.is_text()) return node.text;
    std::string out = "[";
    for (const Node* item : node.items) out += (out.size() > 1 ? ", " : "") + as_written(*item);
    return out + "]";
  }

  void check_new(const Sweep::Alternative& alternative, const Sweep::Axis& axis, const Node& node) {
    for (const Sweep::Alternative& other : axis.alternatives) {
      if (other.name != alternative.name) continue;
      reader_
          .error(node, "duplicate-alternative",
                 fmt::format("the axis has '{}' already", alternative.name))
          .notes.push_back(reader_.sink().note(other.range, "it is here"));
    }
  }

  void read_alternatives(const Node* node, Sweep::Axis& axis) {
    node = reader_.map(node, "'alternatives'");
    if (node == nullptr) return;
    if (node->keys.empty()) {
      reader_.error(*node, "no-alternatives",
                    fmt::format("the axis '{}' has no alternatives", axis.name));
    }
    for (std::size_t i = 0; i < node->keys.size(); ++i) {
      const Node& key = *node->keys[i];
      const Node& value = *node->items[i];
      Sweep::Alternative alternative;
      alternative.name = key.text;
      alternative.range = key.range;
      Changes changed;
      if (value.is_text()) {
        alternative.as_it_is = true;
        if (value.text != kAsItIsWords) {
          reader_.wrong_type(value, fmt::format("the alternative '{}'", key.text),
                             "a map of changes, or the words `as it is`");
        }
      } else if (const Fields fields =
                     reader_.fields(&value, MapKind::kAlternative,
                                    fmt::format("the alternative '{}'", key.text))) {
        alternative.title = reader_.title(fields);
        alternative.note = reader_.note(fields);
        reader_.check_source(fields);
        changed = {gatherer_.changes(fields), {}};
        for (const AlternativeChange& change : changed.list) {
          const Node* lexicons = change.changes.get("lexicons");
          if (lexicons == nullptr) continue;
          for (const Node* lexicon : lexicons->keys) changed.lexicons.push_back(lexicon->text);
        }
      }
      axis.alternatives.push_back(std::move(alternative));
      changes.back().push_back(std::move(changed));
    }
  }

  // --- claims ---------------------------------------------------------------------------------

  void read_claims(const Node* node) {
    node = reader_.map(node, "'claims'");
    if (node == nullptr) return;
    for (std::size_t i = 0; i < node->keys.size(); ++i) {
      read_claim(*node->keys[i], *node->items[i]);
    }
  }

  void read_claim(const Node& key, const Node& value) {
    const std::string what = fmt::format("the claim '{}'", key.text);
    const Fields fields = reader_.fields(&value, MapKind::kClaim, what);
    Claim claim;
    claim.name = reader_.name(&key, "the name of a claim").value_or("");
    claim.range = key.range;
    if (!fields) return;
    claim.title = reader_.title(fields);
    claim.note = reader_.note(fields);
    reader_.check_source(fields);
    claim.cell = read_cell(fields, value, nullptr);
    static const std::vector<std::string> kExtremes = {"lowest", "highest", "lowest_or_tied",
                                                       "highest_or_tied"};
    if (const auto extreme = reader_.choice(fields.get("is"), "'is'", kExtremes)) {
      claim.extreme = static_cast<Claim::Extreme>(*extreme + 1);
    }
    if (const Node* among = fields.get("of")) {
      if (fields.get("is") == nullptr) {
        reader_.error(*among, "bad-claim", "'of' says among which rows a number `is` the lowest");
      }
      for (const Node* row : reader_.list_or_one(among, "'of'")) {
        claim.among.push_back(read_row(row));
        claim.among_ranges.push_back(row->range);
      }
    }
    claim.number.at_least = reader_.number(fields.get("at_least"), "'at_least'");
    claim.number.at_most = reader_.number(fields.get("at_most"), "'at_most'");
    for (const bool above : {true, false}) {
      if (const Node* other = fields.get(above ? "above" : "below")) {
        read_comparison(*other, above, claim);
      }
    }
    const bool says = fields.get("is") != nullptr || fields.get("at_least") != nullptr ||
                      fields.get("at_most") != nullptr || fields.get("above") != nullptr ||
                      fields.get("below") != nullptr;
    if (!says) {
      reader_.error(key, "bad-claim", what + " says nothing of its cell",
                    "it says `is`, `at_least`, `at_most`, `above` or `below`");
    }
    sweep.claims.push_back(std::move(claim));
  }

  void read_comparison(const Node& node, bool above, Claim& claim) {
    Claim::Comparison comparison;
    comparison.above = above;
    if (node.is_map()) {
      const Fields fields = reader_.fields(&node, MapKind::kOtherCell, "the other cell");
      if (!fields) return;
      comparison.cell = read_cell(fields, node, &claim.cell);
      comparison.times = reader_.number(fields.get("times"), "'times'").value_or(1);
      comparison.plus = reader_.number(fields.get("plus"), "'plus'").value_or(0);
    } else {
      comparison.cell = claim.cell;
      comparison.cell.row = read_row(&node);
      comparison.cell.row_range = node.range;
    }
    claim.comparisons.push_back(std::move(comparison));
  }

  /// `figure`, `column` and `row`; what is left out is that of `other`, if there is one.
  CellName read_cell(const Fields& fields, const Node& node, const CellName* other) {
    CellName cell = other != nullptr ? *other : CellName{};
    const auto get = [&](std::string_view key) {
      const Node* found = fields.get(key);
      if (found == nullptr && other == nullptr) {
        reader_.error(node, "missing-key", fmt::format("a cell needs its '{}'", key));
      }
      return found;
    };
    if (const Node* figure = get("figure")) {
      cell.figure = reader_.free_text(figure, "'figure'").value_or("");
      cell.figure_range = figure->range;
      check_figure(*figure, cell.figure);
    }
    if (const Node* column = get("column")) {
      cell.column = reader_.free_text(column, "'column'").value_or("");
      cell.column_range = column->range;
    }
    if (const Node* row = get("row")) {
      cell.row = read_row(row);
      cell.row_range = row->range;
    }
    return cell;
  }

  CellName::Row read_row(const Node* node) {
    if (!node->is_map()) return {{"", reader_.free_text(node, "'row'").value_or("")}};
    CellName::Row row;
    for (std::size_t i = 0; i < node->keys.size(); ++i) {
      row.emplace_back(node->keys[i]->text,
                       reader_.free_text(node->items[i], "a value of 'row'").value_or(""));
    }
    return row;
  }

  const Rules& base_;
  ChangeGatherer& gatherer_;
  Reader& reader_;
};

bool names_parameters(const Node& node) {
  if (node.is_text()) return node.plain && node.text.starts_with('$');
  return std::any_of(node.items.begin(), node.items.end(),
                     [](const Node* item) { return names_parameters(*item); });
}

void add_named_parameters(const Node& node, std::set<std::string, std::less<>>& names) {
  if (node.is_text() && names_parameters(node)) names.insert(node.text.substr(1));
  for (const Node* item : node.items) add_named_parameters(*item, names);
}

}  // namespace

struct RuleSpace::State {
  /// A lexicon that was loaded, with what the loader keeps of it.
  struct LoadedLexicon {
    Lexicon lexicon;
    std::unordered_map<std::string, std::uint32_t, SeededHash> categories;
    GroupNames groups;
    std::size_t terms = 0;
  };

  LoadOptions options;
  std::shared_ptr<Sources> sources = std::make_shared<Sources>();
  NodeStore store;
  RuleTree tree;
  Diagnostics diagnostics;
  std::optional<Rules> base;
  std::optional<Sweep> sweep;
  std::vector<std::vector<Changes>> changes;
  std::set<std::string, std::less<>> named_parameters;

  std::mutex mutex;
  std::map<std::string, std::shared_ptr<const LoadedLexicon>> lexicons;

  /// What decides the content of a lexicon in a combination: which alternatives change it, and the
  /// parameters where it names any.
  std::string key_of(const RuleFile& file, std::span<const std::uint32_t> alternatives,
                     const Loading& loading) const {
    const std::string_view name = declared_name(file);
    std::string key = fmt::format("{}:{}", file.root->range.file, name);
    for (std::size_t axis = 0; axis < alternatives.size(); ++axis) {
      if (alternatives[axis] == kAsItIs) continue;
      const std::vector<std::string>& changed = changes[axis][alternatives[axis]].lexicons;
      if (std::find(changed.begin(), changed.end(), name) != changed.end()) {
        key += fmt::format(" {}={}", axis, alternatives[axis]);
      }
    }
    if (names_parameters(*file.root)) {
      for (const Parameter& parameter : loading.rules.params) {
        key += fmt::format(" {}:{}", parameter.name, parameter.value);
      }
    }
    return key;
  }

  /// Notes the parameters that lexicons name, whose uses are not counted when they are known
  /// already, and alternatives, which may not be in a combination.
  void note_named_parameters() {
    const auto add_files = [this](const RuleTree& rules) {
      for (const RuleFile& file : rules.files) add_named_parameters(*file.root, named_parameters);
    };
    add_files(tree);
    for (const std::vector<Changes>& axis : changes) {
      for (const Changes& alternative : axis) {
        for (const AlternativeChange& change : alternative.list) {
          if (change.changes) add_named_parameters(change.changes.map(), named_parameters);
          add_files(change.included);
        }
      }
    }
  }

  void load_lexicon_once(const RuleFile& file, std::span<const std::uint32_t> alternatives,
                         Loading& loading) {
    const std::string key = key_of(file, alternatives, loading);
    std::shared_ptr<const LoadedLexicon> known;
    {
      const std::lock_guard lock(mutex);
      if (const auto at = lexicons.find(key); at != lexicons.end()) known = at->second;
    }
    const bool again = loading.rules.find_lexicon(declared_name(file)).has_value();
    if (known && !again) {
      loading.rules.lexicons.push_back(known->lexicon);
      loading.category_index.push_back(known->categories);
      loading.groups.push_back(known->groups);
      loading.lexicon_used.push_back(false);
      loading.terms += known->terms;
      return;
    }
    const std::size_t errors = loading.sink().errors();
    const std::size_t terms = loading.terms;
    load_lexicon(file, loading);
    if (again || loading.sink().errors() != errors) return;
    const std::lock_guard lock(mutex);
    lexicons.emplace(key, std::make_shared<const LoadedLexicon>(LoadedLexicon{
                              loading.rules.lexicons.back(), loading.category_index.back(),
                              loading.groups.back(), loading.terms - terms}));
  }
};

RuleSpace::RuleSpace(const std::filesystem::path& rules, const std::filesystem::path& sweep,
                     const LoadOptions& options)
    : state_(std::make_unique<State>()) {
  State& state = *state_;
  state.options = options;
  DiagnosticSink sink(*state.sources);
  Reader reader(sink, state.store, options.max_entries);
  SyntaxLimits limits{options.max_depth, options.max_nodes};
  ChangeGatherer gatherer(state.options, *state.sources, limits, reader);
  state.tree = gatherer.base(rules);
  Loading loading = start_loading(state.tree, state.options, reader);
  if (state.tree.root != nullptr) load_model(state.tree, loading, limits);
  if (state.tree.root != nullptr && state.tree.kind != FileKind::kRuleset) {
    reader.error(*state.tree.root->keys.front(), "not-a-ruleset", "a sweep needs a rule set");
  }
  // What is wrong with the rules would be wrong with everything that is built on them.
  const Node* root = sink.has_errors() ? nullptr : gatherer.sweep(sweep);
  if (root != nullptr) {
    SweepReader file(loading.rules, gatherer, reader);
    file.read(*root);
    if (!sink.has_errors()) {
      state.sweep = std::move(file.sweep);
      state.changes = std::move(file.changes);
      state.note_named_parameters();
    }
  }
  if (state.sweep) {
    loading.rules.sources = state.sources;
    loading.rules.tests.clear();
    state.base = std::move(loading.rules);
  }
  state.diagnostics = sink.take();
}

RuleSpace::~RuleSpace() = default;

const Diagnostics& RuleSpace::diagnostics() const {
  return state_->diagnostics;
}

const Sweep* RuleSpace::sweep() const {
  return state_->sweep ? &*state_->sweep : nullptr;
}

const Rules& RuleSpace::base() const {
  return *state_->base;
}

const Sources& RuleSpace::sources() const {
  return *state_->sources;
}

SpecificationRules RuleSpace::load(std::span<const std::uint32_t> alternatives) const {
  State& state = *state_;
  DiagnosticSink sink(*state.sources);
  NodeStore store;
  Reader reader(sink, store, state.options.max_entries);
  SyntaxLimits limits{state.options.max_depth, state.options.max_nodes};
  RuleTree tree = state.tree;
  tree.tests.clear();
  for (std::size_t axis = 0; axis < alternatives.size(); ++axis) {
    if (alternatives[axis] == kAsItIs) continue;
    for (const AlternativeChange& change : state.changes[axis][alternatives[axis]].list) {
      apply_change(tree, change, reader);
    }
  }
  Loading loading = start_loading(tree, state.options, reader);
  load_parameters(tree, loading, limits);
  load_columns(tree, loading);
  for (const RuleFile& file : tree.files) {
    if (file.kind == FileKind::kLexicon) state.load_lexicon_once(file, alternatives, loading);
    if (file.kind == FileKind::kEras) load_eras(file, loading);
    if (file.kind == FileKind::kFigure || file.kind == FileKind::kFigures) {
      load_figures(file, loading);
    }
  }
  load_head(tree, loading);
  load_labels(tree, loading);
  if (!sink.has_errors()) {
    for (const ParameterValue& parameter : reader.parameters()) {
      if (!state.named_parameters.contains(parameter.name)) {
        check_new_parameter(parameter, tree, loading);
      }
    }
  }

  SpecificationRules specification;
  if (!sink.has_errors()) {
    loading.rules.sources = state.sources;
    specification.rules = std::move(loading.rules);
  }
  for (Diagnostic& one : sink.take()) {
    if (one.severity == Severity::kError) specification.errors.push_back(std::move(one));
  }
  return specification;
}

}  // namespace cadre
