#include "cadre/rules/rule_files.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <system_error>
#include <utility>

#include "cadre/base/error.hpp"
#include "cadre/base/files.hpp"
#include "cadre/rules/indentation.hpp"
#include "cadre/text/utf8.hpp"

namespace cadre {

namespace fs = std::filesystem;

namespace {

struct KindName {
  FileKind kind;
  MapKind map;
  std::string_view key;
};
constexpr KindName kKinds[] = {
    {FileKind::kRuleset, MapKind::kRuleset, "ruleset"},
    {FileKind::kLexicon, MapKind::kLexicon, "lexicon"},
    {FileKind::kEras, MapKind::kEras, "eras"},
    {FileKind::kFigure, MapKind::kFigure, "figure"},
    {FileKind::kFigures, MapKind::kFigures, "figures"},
    {FileKind::kSweep, MapKind::kSweep, "sweep"},
    {FileKind::kLayout, MapKind::kLayout, "layout"},
    {FileKind::kSchema, MapKind::kSchema, "schema"},
};

std::string_view kind_key(FileKind kind) {
  return kKinds[static_cast<std::size_t>(kind)].key;
}

/// A link from one file to another that is being followed.
struct Link {
  std::string identity;
  std::string shown;
};

class Gatherer {
 public:
  Gatherer(const LoadOptions& options, Sources& sources, SyntaxLimits& limits, Reader& reader)
      : options_(options), sources_(sources), limits_(limits), reader_(reader) {}

  const Node* gather_sweep(const fs::path& path) {
    const std::string text = read(path);
    sweep_folder_ = path.parent_path();
    open_ = {{identity(path), path.generic_string()}};
    const Parsed parsed = parse(path.generic_string(), text);
    if (parsed.root == nullptr) return nullptr;
    if (parsed.kind != FileKind::kSweep) {
      reader_.error(*parsed.root->keys.front(), "not-a-sweep",
                    fmt::format("{} is not a sweep but starts with '{}'", path.generic_string(),
                                kind_key(parsed.kind)),
                    "a sweep file starts with a line such as `sweep: NAME`");
      return nullptr;
    }
    return parsed.root;
  }

  std::vector<AlternativeChange> gather_changes(const Fields& alternative) {
    std::vector<AlternativeChange> changes;
    if (const Node* variant = alternative.get("variant")) {
      gather_variant(*variant, sweep_folder_, changes);
    }
    changes.push_back(gather_change(alternative, sweep_folder_));
    // apply_variant reads the keys that variants have too.
    changes.back().changes = Fields(alternative.map(), MapKind::kRuleset);
    return changes;
  }

  RuleTree gather(const fs::path& path) {
    const std::string text = read(path);
    const fs::path home = path.parent_path();
    home_ = identity(home.empty() ? "." : home);
    base_.push_back(identity(path));
    open_.push_back({identity(path), path.generic_string()});
    const Parsed parsed = parse(path.generic_string(), text);
    RuleTree tree;
    if (parsed.root == nullptr) {
      tree.incomplete = true;
      return tree;
    }
    if (parsed.kind == FileKind::kRuleset) {
      tree = gather_ruleset(*parsed.root, path, /*may_extend=*/true);
    } else {
      tree.files.push_back({parsed.kind, parsed.root, {}, true, false});
    }
    tree.root = parsed.root;
    tree.kind = parsed.kind;
    return tree;
  }

 private:
  struct Parsed {
    const Node* root = nullptr;
    FileKind kind = FileKind::kRuleset;
  };

  /// The path that a node gives.
  std::optional<std::string> free_path(const Node& node, std::string_view what) {
    std::optional<std::string> given = reader_.free_text(&node, what);
    // The system would read the path only up to there, and so another file than is named.
    if (given && given->find('\0') != std::string::npos) {
      reader_.error(node, "bad-path", "a path cannot hold the character NUL");
      return std::nullopt;
    }
    return given;
  }

  void gather_variant(const Node& node, const fs::path& folder,
                      std::vector<AlternativeChange>& out) {
    const std::optional<std::string> given = free_path(node, "'variant'");
    if (!given) return;
    fs::path target = *given;
    if (target.extension() != ".yaml" && target.extension() != ".yml") target += ".yaml";
    if (target.is_absolute()) {
      reader_.error(node, "absolute-path", "a variant is named by a path relative to this file");
      return;
    }
    const fs::path path = (folder / target).lexically_normal();
    const std::string id = identity(path);
    if (std::find(base_.begin(), base_.end(), id) != base_.end()) return;  // the base itself
    if (cycle(node, id, path.generic_string(), "extends")) return;
    const std::optional<Parsed> parsed = parse_once(node, id, path);
    if (!parsed || parsed->root == nullptr) return;
    if (parsed->kind != FileKind::kRuleset) {
      reader_.error(node, "not-a-ruleset",
                    fmt::format("{} is not a rule set but starts with '{}'", path.generic_string(),
                                kind_key(parsed->kind)));
      return;
    }
    const Fields fields = reader_.fields(parsed->root, MapKind::kRuleset, "a rule set");
    open_.push_back({id, path.generic_string()});
    if (const Node* extends = fields.get("extends")) {
      gather_variant(*extends, path.parent_path(), out);
    }
    out.push_back(gather_change(fields, path.parent_path()));
    open_.pop_back();
  }

  AlternativeChange gather_change(const Fields& fields, const fs::path& folder) {
    AlternativeChange change;
    change.changes = fields;
    folder_ = identity(folder.empty() ? "." : folder);
    included_.clear();
    if (const Node* includes = fields.get("include")) {
      for (const Node* include : reader_.list_or_one(includes, "'include'")) {
        gather_include(*include, folder, change.included);
      }
    }
    return change;
  }

  /// Without options.read the disk is read, and links are followed to the real file, so that one
  /// file is known by one name and cannot be reached outside the rule set's folder. With it,
  /// nothing depends on where the program runs: relative paths start from a folder that no `..`
  /// leads out of.
  std::string identity(const fs::path& path) const {
    std::error_code failed;
    fs::path whole = path;
    if (!options_.read) {
      // Absolute first: of a relative path that is not there, weakly_canonical stays relative.
      const fs::path real = fs::weakly_canonical(fs::absolute(path), failed);
      if (!failed) return real.generic_string();
      whole = fs::absolute(path, failed);
    } else if (path.is_relative()) {
      whole = deep_folder() / path;
    }
    std::string normal = whole.lexically_normal().generic_string();
    if (normal.size() > 1 && normal.back() == '/') normal.pop_back();
    return normal;
  }

  static const fs::path& deep_folder() {
    static const fs::path kDeep = [] {
      fs::path deep = "/";
      for (int i = 0; i < 256; ++i) deep /= "_";
      return deep;
    }();
    return kDeep;
  }

  std::string read(const fs::path& path) const {
    std::optional<std::string> unsaved;
    if (options_.overlay) unsaved = options_.overlay(path);
    std::string text = unsaved         ? std::move(*unsaved)
                       : options_.read ? options_.read(path)
                                       : read_file(path, options_.max_file_bytes);
    if (text.size() > options_.max_file_bytes) {
      throw Error(Error::Kind::kLimit, path.generic_string(),
                  fmt::format("The file {} is longer than {} bytes.", path.generic_string(),
                              options_.max_file_bytes));
    }
    return text;
  }

  Parsed parse(std::string shown, std::string text) {
    const std::uint32_t file = sources_.add(std::move(shown), std::move(text));
    const Node* root = parse_yaml(file, limits_, reader_.store(), reader_.sink());
    if (root == nullptr) return {};
    if (!root->is_map() || root->keys.empty()) {
      reader_.wrong_type(*root, "a rule file", "a map",
                         "it starts with a line such as `ruleset: NAME`");
      return {};
    }
    const Node& first = *root->keys.front();
    std::vector<std::string> names;
    for (const KindName& kind : kKinds) {
      if (first.text == kind.key) return {mend_indentation(*root, kind.map, reader_), kind.kind};
      names.emplace_back(kind.key);
    }
    for (const KindName& kind : kKinds) {
      if (root->find(kind.key) == nullptr) continue;
      // `eras` is also a part of a rule set.
      if (kind.kind == FileKind::kEras && root->find("ruleset") != nullptr) continue;
      reader_.error(
          first, "unknown-file-kind",
          fmt::format("the key '{}' must come first, it tells what the file is", kind.key));
      return {};
    }
    reader_.error(first, "unknown-file-kind",
                  fmt::format("a rule file cannot start with '{}'{}", first.text,
                              reader_.guess(first.text, names)),
                  fmt::format("the first key tells what the file is: {}", fmt::join(names, ", ")));
    return {};
  }

  RuleTree gather_ruleset(const Node& root, const fs::path& path, bool may_extend) {
    const fs::path folder = path.parent_path();
    const std::string outer_folder = folder_;
    if (may_extend) folder_ = identity(folder.empty() ? "." : folder);

    const Fields fields = reader_.fields(&root, MapKind::kRuleset, "a rule set");
    RuleTree tree;
    const Node* extends = fields.get("extends");
    if (extends != nullptr && !may_extend) {
      reader_.error(*extends, "extends-in-include", "an included rule set cannot extend another",
                    "only the rule set that is run can be a variant");
      extends = nullptr;
    }
    if (extends != nullptr) gather_base(*extends, folder, tree);
    for (RuleFile& file : tree.files) file.of_base = file.kind == FileKind::kSchema;
    if (const Node* includes = fields.get("include")) {
      for (const Node* include : reader_.list_or_one(includes, "'include'")) {
        gather_include(*include, folder, tree);
      }
    }
    add_entries(fields.get("columns"), "'columns'", tree.columns);
    if (extends != nullptr) {
      apply_variant(tree, fields, reader_);
    } else {
      add_entries(fields.get("params"), "'params'", tree.params);
      add_entries(fields.get("labels"), "'labels'", tree.labels);
      refuse_changes(fields);
    }
    if (const auto tests = reader_.list(fields.get("tests"), "'tests'")) {
      tree.tests.insert(tree.tests.end(), tests->begin(), tests->end());
    }
    folder_ = outer_folder;
    return tree;
  }

  /// `lexicons` and `eras` of a rule set change those of a base, so there must be one.
  void refuse_changes(const Fields& fields) {
    for (const std::string_view key : {"lexicons", "eras"}) {
      const Node* found = fields.key(key);
      if (found == nullptr) continue;
      reader_.error(
          *found, "no-base",
          fmt::format("'{}' changes what a base says, and this rule set extends none", key),
          fmt::format("to use {} of a file, name the file under `include`", key));
    }
  }

  void add_entries(const Node* node, std::string_view what, std::vector<Entry>& out) {
    node = reader_.map(node, what);
    if (node == nullptr) return;
    for (std::size_t i = 0; i < node->keys.size(); ++i) {
      out.push_back({node->keys[i], node->items[i]});
    }
  }

  void gather_base(const Node& node, const fs::path& folder, RuleTree& tree) {
    const std::optional<std::string> given = free_path(node, "'extends'");
    if (!given) {
      tree.incomplete = true;
      return;
    }
    fs::path target = *given;
    if (target.extension() != ".yaml" && target.extension() != ".yml") target += ".yaml";
    if (target.is_absolute()) {
      reader_.error(node, "absolute-path", "'extends' takes a path relative to this file");
      tree.incomplete = true;
      return;
    }
    const fs::path path = (folder / target).lexically_normal();
    const std::string id = identity(path);
    if (cycle(node, id, path.generic_string(), "extends")) {
      tree.incomplete = true;
      return;
    }
    const std::optional<std::string> text = read_linked(node, path, "the rule set to extend");
    if (!text) {
      tree.incomplete = true;
      return;
    }
    base_.push_back(id);
    open_.push_back({id, path.generic_string()});
    const Parsed parsed = parse(path.generic_string(), *text);
    if (parsed.root == nullptr) {
      tree.incomplete = true;
    } else if (parsed.kind != FileKind::kRuleset) {
      reader_.error(node, "not-a-ruleset",
                    fmt::format("{} is not a rule set but starts with '{}'", path.generic_string(),
                                kind_key(parsed.kind)),
                    "use `include` for it");
      tree.incomplete = true;
    } else {
      tree = gather_ruleset(*parsed.root, path, /*may_extend=*/true);
      // What the base's tests say need not hold for the variant.
      tree.tests.clear();
    }
    open_.pop_back();
  }

  void gather_include(const Node& node, const fs::path& folder, RuleTree& tree) {
    const std::optional<std::string> given = free_path(node, "an item of 'include'");
    if (!given) {
      tree.incomplete = true;
      return;
    }
    const fs::path path = (folder / *given).lexically_normal();
    const std::string id = identity(path);
    if (fs::path(*given).is_absolute() || !inside(id)) {
      reader_.error(node, "outside-folder",
                    fmt::format("the file '{}' lies outside the folder of the rule set", *given),
                    "a rule set includes files of its own folder and the folders below it");
      tree.incomplete = true;
      return;
    }
    if (cycle(node, id, path.generic_string(), "include")) {
      tree.incomplete = true;
      return;
    }
    if (std::find(included_.begin(), included_.end(), id) != included_.end()) return;
    included_.push_back(id);
    const std::optional<Parsed> found = parse_once(node, id, path);
    if (!found) {
      tree.incomplete = true;
      return;
    }

    open_.push_back({id, path.generic_string()});
    const Parsed parsed = *found;
    if (parsed.root == nullptr) {
      tree.incomplete = true;
    } else if (parsed.kind == FileKind::kSweep) {
      reader_.error(node, "not-for-include",
                    fmt::format("{} is a sweep, which no rule set includes", path.generic_string()),
                    "a sweep is run beside its rule set: cadre sweep RULES SWEEP DATA");
    } else if (parsed.kind == FileKind::kRuleset) {
      merge(gather_ruleset(*parsed.root, path, /*may_extend=*/false), tree);
    } else {
      if (parsed.kind == FileKind::kSchema) {
        std::erase_if(tree.files, [](const RuleFile& file) { return file.of_base; });
      }
      tree.files.push_back({parsed.kind, parsed.root, node.range, true, false});
    }
    open_.pop_back();
  }

  /// The parsed file, read when it is first asked for; nothing when it cannot be read.
  std::optional<Parsed> parse_once(const Node& node, const std::string& id, const fs::path& path) {
    if (const auto known = parsed_.find(id); known != parsed_.end()) return known->second;
    const std::optional<std::string> text = read_linked(node, path, "the file to include");
    if (!text) return std::nullopt;
    return parsed_[id] = parse(path.generic_string(), *text);
  }

  static void merge(const RuleTree& part, RuleTree& tree) {
    const auto append = [](auto& to, const auto& from) {
      to.insert(to.end(), from.begin(), from.end());
    };
    append(tree.files, part.files);
    append(tree.params, part.params);
    append(tree.columns, part.columns);
    append(tree.labels, part.labels);
    append(tree.tests, part.tests);
    tree.incomplete |= part.incomplete;
  }

  bool inside(const std::string& id) const {
    return inside(id, folder_) || (!sweep_folder_.empty() && inside(id, home_));
  }

  static bool inside(const std::string& id, const std::string& given) {
    if (given.empty()) return false;
    const std::string_view folder = given == "/" ? "" : std::string_view(given);
    return id.size() > folder.size() && id.compare(0, folder.size(), folder) == 0 &&
           id[folder.size()] == '/';
  }

  /// Whether the file is one of those that lead here; says so.
  bool cycle(const Node& node, const std::string& id, const std::string& shown,
             std::string_view key) {
    const auto first = std::find_if(open_.begin(), open_.end(),
                                    [&](const Link& link) { return link.identity == id; });
    if (first == open_.end()) return false;
    std::string way;
    for (auto link = first; link != open_.end(); ++link) way += link->shown + " -> ";
    reader_.error(node, fmt::format("{}-cycle", key),
                  fmt::format("the files lead in a circle: {}{}", way, shown));
    return true;
  }

  std::optional<std::string> read_linked(const Node& node, const fs::path& path,
                                         std::string_view what) {
    if (open_.size() > options_.max_links) {
      reader_.error(node, "too-many-links",
                    fmt::format("more than {} files include or extend each other in a chain",
                                options_.max_links));
      return std::nullopt;
    }
    if (sources_.size() >= options_.max_files) {
      reader_.error(node, "too-many-files",
                    fmt::format("the rule set has more than {} files", options_.max_files));
      return std::nullopt;
    }
    try {
      return read(path);
    } catch (const Error& error) {
      if (error.kind() == Error::Kind::kMissing) {
        reader_.error(node, "missing-file",
                      fmt::format("{} is not there: {}{}", what, path.generic_string(),
                                  reader_.guess(path.filename().generic_string(), siblings(path))));
      } else if (error.kind() == Error::Kind::kLimit) {
        reader_.error(node, "file-too-large",
                      fmt::format("{} is longer than {} bytes: {}", what, options_.max_file_bytes,
                                  path.generic_string()));
      } else {
        reader_.error(node, "unreadable-file",
                      fmt::format("{} cannot be read: {}", what, path.generic_string()),
                      error.what());
      }
      return std::nullopt;
    }
  }

  /// The names of the rule files in the folder of `path`.
  std::vector<std::string> siblings(const fs::path& path) const {
    constexpr std::size_t kMany = 1000;
    std::vector<std::string> names;
    if (options_.read) return names;
    std::error_code failed;
    const fs::path folder = path.parent_path().empty() ? fs::path(".") : path.parent_path();
    for (fs::directory_iterator it(folder, failed), end;
         !failed && it != end && names.size() < kMany; it.increment(failed)) {
      const fs::path extension = it->path().extension();
      if (extension != ".yaml" && extension != ".yml") continue;
      std::string name = it->path().filename().generic_string();
      if (!find_invalid_utf8(name)) names.push_back(std::move(name));
    }
    std::sort(names.begin(), names.end());
    return names;
  }

  const LoadOptions& options_;
  Sources& sources_;
  SyntaxLimits& limits_;
  Reader& reader_;
  std::string folder_;  // of the rule set whose includes are being read
  std::string home_;    // of the base: changes may include its files too
  fs::path sweep_folder_;
  std::vector<std::string> base_;         // the base and what it extends, by identity
  std::vector<Link> open_;                // the files that lead to the one being read
  std::vector<std::string> included_;     // every included file, by identity
  std::map<std::string, Parsed> parsed_;  // those that were read, by identity
};

}  // namespace

struct ChangeGatherer::Implementation {
  Gatherer gatherer;
};

ChangeGatherer::ChangeGatherer(const LoadOptions& options, Sources& sources, SyntaxLimits& limits,
                               Reader& reader)
    : implementation_(new Implementation{Gatherer(options, sources, limits, reader)}) {}

ChangeGatherer::~ChangeGatherer() = default;

RuleTree ChangeGatherer::base(const fs::path& path) {
  return implementation_->gatherer.gather(path);
}

const Node* ChangeGatherer::sweep(const fs::path& path) {
  return implementation_->gatherer.gather_sweep(path);
}

std::vector<AlternativeChange> ChangeGatherer::changes(const Fields& alternative) {
  return implementation_->gatherer.gather_changes(alternative);
}

void apply_change(RuleTree& base, const AlternativeChange& change, Reader& reader) {
  const auto is_there = [&](const RuleFile& file) {
    return std::any_of(base.files.begin(), base.files.end(), [&](const RuleFile& other) {
      return other.root->range.file == file.root->range.file;
    });
  };
  for (const RuleFile& file : change.included.files) {
    if (!is_there(file)) base.files.push_back(file);
  }
  const auto append = [](auto& to, const auto& from) {
    to.insert(to.end(), from.begin(), from.end());
  };
  append(base.params, change.included.params);
  append(base.columns, change.included.columns);
  append(base.labels, change.included.labels);
  base.incomplete |= change.included.incomplete;
  if (const Node* columns = reader.map(change.changes.get("columns"), "'columns'")) {
    for (std::size_t i = 0; i < columns->keys.size(); ++i) {
      base.columns.push_back({columns->keys[i], columns->items[i]});
    }
  }
  apply_variant(base, change.changes, reader);
}

RuleTree gather_rules(const fs::path& path, const LoadOptions& options, Sources& sources,
                      SyntaxLimits& limits, Reader& reader) {
  return Gatherer(options, sources, limits, reader).gather(path);
}

std::string_view declared_name(const RuleFile& file) {
  const Node* name = file.root->find(kind_key(file.kind));
  return name != nullptr && name->is_text() ? std::string_view(name->text) : std::string_view();
}

}  // namespace cadre
