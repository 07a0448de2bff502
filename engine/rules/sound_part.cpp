// Parts are taken out of the texts, by blanks, and the texts are loaded again: so what is left was
// checked by the same loader as any rules, and its ranges stay right.
#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "cadre/base/error.hpp"
#include "cadre/rules/load.hpp"
#include "cadre/rules/loading.hpp"
#include "cadre/rules/syntax.hpp"

namespace cadre {
namespace {

namespace fs = std::filesystem;

constexpr int kMostRounds = 32;
/// From this round on the largest part that holds an error is taken out, not the smallest.
constexpr int kPatience = 24;

bool is_space(char c) {
  return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

/// An entry of a map or an item of a list on the way from a root to a place.
struct Step {
  const Node* parent = nullptr;
  std::size_t index = 0;

  const Node& child() const { return *parent->items[index]; }
  /// The key; empty for an item of a list.
  std::string_view key() const {
    return parent->is_map() ? std::string_view(parent->keys[index]->text) : std::string_view();
  }
};

bool lies_in(const Node& node, const Node& parent) {
  return node.range.file == parent.range.file && node.range.begin >= parent.range.begin &&
         node.range.end <= parent.range.end;
}

/// The bytes of an entry or item as they stand in the text; nothing for an alias, whose node stands
/// elsewhere.
std::optional<Range> bytes_of(const Step& step, std::string_view text) {
  const Node& child = step.child();
  Range range = child.range;
  const bool here = lies_in(child, *step.parent);
  if (step.parent->is_map()) {
    const Node& key = *step.parent->keys[step.index];
    range = key.range;
    if (here && child.range.begin >= key.range.end) range.end = child.range.end;
    // A value that is an alias, or none.
    if (range.end == key.range.end) {
      range.end =
          static_cast<std::uint32_t>(std::min(text.find_first_of(",}\n", range.end), text.size()));
    }
    return range;
  }
  if (!here) return std::nullopt;
  return range;
}

/// The range with the dash or the comma that makes it an item.
Range with_marks(Range range, const Step& step, std::string_view text) {
  const char bracket =
      step.parent->range.begin < text.size() ? text[step.parent->range.begin] : ' ';
  std::size_t begin = range.begin;
  std::size_t end = range.end;
  if (bracket == '[' || bracket == '{') {
    while (end < text.size() && is_space(text[end])) ++end;
    if (end < text.size() && text[end] == ',') {
      range.end = static_cast<std::uint32_t>(end + 1);
    } else {
      while (begin > 0 && is_space(text[begin - 1])) --begin;
      if (begin > 0 && text[begin - 1] == ',') range.begin = static_cast<std::uint32_t>(begin - 1);
    }
  } else if (step.parent->is_list() && begin > 0) {
    const std::size_t dash = text.rfind('-', begin - 1);
    if (dash != std::string_view::npos && dash >= step.parent->range.begin) {
      range.begin = static_cast<std::uint32_t>(dash);
    }
  }
  return range;
}

/// Whether the rest makes sense without a step, by the keys that lead to it.
bool can_go(const std::vector<Step>& way, std::size_t at) {
  const auto key = [&](std::size_t i) { return way[i].key(); };
  const std::string_view kind = way.front().parent->keys.front()->text;
  if (at == 0) {
    if (way[0].index == 0) return false;  // it tells what the file is
    const bool said_only =
        key(0) == "title" || key(0) == "note" || key(0) == "source" || key(0) == "tests";
    return kind == "ruleset" || said_only;
  }
  const bool is_item = way[at].parent->is_list();
  if (is_item && at == 1) {
    return key(0) == "include" || key(0) == "tests" || key(0) == "list" || key(0) == "figures";
  }
  if (kind == "lexicon" && key(0) == "categories") {
    if (!is_item) return key(at - 1) == "categories";
    return key(at - 1) == "terms" || (at > 1 && key(at - 2) == "terms");
  }
  if (kind != "ruleset" || is_item) return false;
  if (at == 1) {
    return key(0) == "labels" || key(0) == "params" || key(0) == "lexicons" || key(0) == "eras";
  }
  return at == 2 && key(0) == "columns";
}

/// The steps from a root to the innermost node that holds a byte.
std::vector<Step> way_to(const Node& root, std::uint32_t offset, std::string_view text) {
  std::vector<Step> way;
  const Node* node = &root;
  for (bool found = true; found;) {
    found = false;
    for (std::size_t i = 0; i < node->items.size() && !found; ++i) {
      const Step step{node, i};
      const std::optional<Range> bytes = bytes_of(step, text);
      if (!bytes || offset < bytes->begin || offset > bytes->end) continue;
      // Of two that touch, the second.
      if (offset == bytes->end && i + 1 < node->items.size()) {
        const std::optional<Range> next = bytes_of({node, i + 1}, text);
        if (next && next->begin == offset) continue;
      }
      way.push_back(step);
      found = true;
    }
    if (!found) break;
    const Node& child = way.back().child();
    found = lies_in(child, *node) && &child != node;
    node = &child;
  }
  return way;
}

/// The texts of the files while parts are taken out of them.
class Repair {
 public:
  explicit Repair(const Loaded& loaded) : root_(loaded.sources->path(0)), options_(loaded.options) {
    for (std::uint32_t file = 0; file < loaded.sources->size(); ++file) {
      originals_.emplace(loaded.sources->path(file), loaded.sources->text(file));
    }
    texts_ = originals_;
    // A file that could not be read, or was not, stays so.
    options_.overlay = [this](const fs::path& file) -> std::optional<std::string> {
      const auto found = texts_.find(file.generic_string());
      if (found != texts_.end()) return found->second;
      throw Error(Error::Kind::kMissing, file.generic_string(), "The file was not read.");
    };
  }
  Repair(const Repair&) = delete;
  Repair& operator=(const Repair&) = delete;

  LoadAttempt load() const { return attempt_load(root_, options_); }

  /// Takes out what the errors of a load are about. `tell`: each part once. False when nothing more
  /// can be taken out.
  bool take_out(const LoadAttempt& attempt, bool largest, Diagnostics* tell) {
    bool changed = false;
    std::vector<Range> done;
    for (const DiagnosticSink::ErrorAt& error : attempt.errors) {
      if (!error.range.known()) {
        changed |= !options_.settings.empty();
        options_.settings.clear();
        continue;
      }
      const bool known = std::any_of(done.begin(), done.end(), [&](const Range& range) {
        return range.file == error.range.file && range.begin <= error.range.begin &&
               error.range.begin < range.end;
      });
      if (known) continue;
      std::vector<std::vector<Range>> parts = parts_at(attempt, error.range);
      if (largest) std::reverse(parts.begin(), parts.end());
      const auto gone = std::find_if(parts.begin(), parts.end(), [&](const auto& part) {
        return blank(*attempt.loaded.sources, part);
      });
      const bool part_gone = gone != parts.end();
      if (part_gone) done.insert(done.end(), gone->begin(), gone->end());
      if (!part_gone && !drop_file(attempt, error.range.file)) continue;
      changed = true;
      if (tell != nullptr) tell->push_back(as_warning(error.diagnostic));
    }
    return changed;
  }

  /// The files of a load with their texts as they were.
  std::shared_ptr<const Sources> originals(const Sources& sources) const {
    auto out = std::make_shared<Sources>();
    for (std::uint32_t file = 0; file < sources.size(); ++file) {
      const auto found = originals_.find(sources.path(file));
      out->add(sources.path(file),
               found != originals_.end() ? found->second : std::string(sources.text(file)));
    }
    return out;
  }

 private:
  static Diagnostic as_warning(Diagnostic diagnostic) {
    diagnostic.severity = Severity::kWarning;
    diagnostic.hint = "this part is left out";
    return diagnostic;
  }

  /// What may be taken out for an error, the least first. Each is one or more ranges.
  static std::vector<std::vector<Range>> parts_at(const LoadAttempt& attempt, Range error) {
    const auto& trees = attempt.nodes->trees();
    const std::string_view text = attempt.loaded.sources->text(error.file);
    const SyntaxTree tree = error.file < trees.size() ? trees[error.file] : SyntaxTree();
    const auto size = static_cast<std::uint32_t>(text.size());
    const bool stopped = !tree.whole && error.begin >= tree.stopped;
    if (tree.root == nullptr || !tree.root->is_map() || tree.root->keys.empty()) {
      if (!stopped) return {};
      return {{{error.file, line_start(text, tree.stopped), size}}};
    }
    const std::uint32_t at = stopped ? tree.stopped : error.begin;
    const std::vector<Step> way = way_to(*tree.root, at, text);
    std::vector<std::vector<Range>> parts;
    for (std::size_t i = way.size(); i > 0; --i) {
      const std::optional<Range> bytes = bytes_of(way[i - 1], text);
      if (!bytes || !can_go(way, i - 1)) continue;
      Range part = with_marks(*bytes, way[i - 1], text);
      if (stopped) part.end = size;
      parts.push_back({part});
    }
    // Between the parts of a list or map.
    const Node& open = way.empty() ? *tree.root : way.back().child();
    if (way.size() > 1 || open.items.empty() || at < open.range.begin) return parts;
    parts.insert(parts.begin(), stopped
                                    ? std::vector<Range>{{error.file, rest(open, at, text), size}}
                                    : unread(open, error, text));
    return parts;
  }

  /// An entry that the tree lacks, because its key stands there twice or is none; and the other
  /// one.
  static std::vector<Range> unread(const Node& open, Range error, std::string_view text) {
    Range gap = {error.file, error.begin, std::max(error.end, open.range.end)};
    std::vector<Range> parts;
    for (std::size_t i = 0; i < open.items.size(); ++i) {
      const Step step{&open, i};
      const std::optional<Range> bytes = bytes_of(step, text);
      if (!bytes) continue;
      if (bytes->begin > error.begin) gap.end = std::min(gap.end, bytes->begin);
      const std::string_view written = text.substr(error.begin, error.end - error.begin);
      if (!step.key().empty() && step.key() == written) {
        parts.push_back(with_marks(*bytes, step, text));
      }
    }
    parts.push_back(gap);
    return parts;
  }

  static std::uint32_t line_start(std::string_view text, std::uint32_t offset) {
    const std::size_t end = offset == 0 ? std::string_view::npos : text.rfind('\n', offset - 1);
    return end == std::string_view::npos ? 0 : static_cast<std::uint32_t>(end + 1);
  }

  static std::size_t column(std::string_view text, std::uint32_t offset) {
    std::uint32_t at = line_start(text, offset);
    const std::uint32_t start = at;
    while (at < text.size() && text[at] == ' ') ++at;
    return at - start;
  }

  /// Where the rest of the text begins after a syntax error between the parts of `open`. The part
  /// before it stays only if what follows it begins in its column: then the parser did not stumble
  /// over the part itself.
  static std::uint32_t rest(const Node& open, std::uint32_t at, std::string_view text) {
    std::uint32_t begin = line_start(text, at);
    for (std::size_t i = 0; i < open.items.size(); ++i) {
      const std::optional<Range> bytes = bytes_of({&open, i}, text);
      if (!bytes || bytes->begin >= at) continue;
      const auto next = static_cast<std::uint32_t>(
          std::min(text.find_first_not_of(" \t\r\n", bytes->end), text.size()));
      const bool ended =
          line_start(text, next) > bytes->begin && column(text, next) == column(text, bytes->begin);
      begin = line_start(text, ended ? next : bytes->begin);
    }
    return begin;
  }

  /// False when there is nothing there any more.
  bool blank(const Sources& sources, const std::vector<Range>& ranges) {
    bool changed = false;
    for (const Range& range : ranges) {
      std::string& text = texts_[sources.path(range.file)];
      for (std::size_t i = range.begin; i < std::min<std::size_t>(range.end, text.size()); ++i) {
        if (is_space(text[i])) continue;
        text[i] = ' ';
        changed = true;
      }
    }
    return changed;
  }

  /// Takes out whatever includes or extends a file. False for the file that was asked for.
  bool drop_file(const LoadAttempt& attempt, std::uint32_t dropped) {
    const Sources& sources = *attempt.loaded.sources;
    bool changed = false;
    for (std::uint32_t file = 0; file < attempt.nodes->trees().size(); ++file) {
      const Node* root = attempt.nodes->trees()[file].root;
      if (root == nullptr || !root->is_map()) continue;
      const fs::path folder = fs::path(sources.path(file)).parent_path();
      const auto leads = [&](const Node& node, bool extends) {
        if (!node.is_text()) return false;
        fs::path target = node.text;
        if (extends && target.extension() != ".yaml" && target.extension() != ".yml") {
          target += ".yaml";
        }
        return (folder / target).lexically_normal().generic_string() == sources.path(dropped);
      };
      for (std::size_t i = 0; i < root->items.size(); ++i) {
        const Node& value = *root->items[i];
        const Step entry{root, i};
        if (entry.key() == "include" && value.is_list()) {
          for (std::size_t k = 0; k < value.items.size(); ++k) {
            if (leads(*value.items[k], false)) changed |= take({&value, k}, sources);
          }
        } else if ((entry.key() == "include" || entry.key() == "extends") &&
                   leads(value, entry.key() == "extends")) {
          changed |= take(entry, sources);
        }
      }
    }
    return changed;
  }

  bool take(const Step& step, const Sources& sources) {
    const std::string_view text = sources.text(step.parent->range.file);
    const std::optional<Range> bytes = bytes_of(step, text);
    return bytes && blank(sources, {with_marks(*bytes, step, text)});
  }

  const fs::path root_;
  LoadOptions options_;
  std::map<std::string, std::string> originals_;  // by path
  std::map<std::string, std::string> texts_;
};

}  // namespace

SoundPart Loaded::sound_part() const {
  SoundPart part;
  Repair repair(*this);
  LoadAttempt attempt = repair.load();
  part.syntax = attempt.nodes;
  for (int round = 0; !attempt.loaded.rules && round < kMostRounds; ++round) {
    Diagnostics* tell = round == 0 ? nullptr : &part.left_out;
    if (!repair.take_out(attempt, round >= kPatience, tell)) break;
    attempt = repair.load();
  }
  if (attempt.loaded.rules) {
    part.rules = *std::move(attempt.loaded.rules);
    part.rules.sources = repair.originals(*attempt.loaded.sources);
  } else {
    part.rules.sources = sources;
    part.rules.match_limits = {options.max_regex_memory, options.max_matches};
  }
  return part;
}

}  // namespace cadre
