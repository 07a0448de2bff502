// Layouts of biographies: lists of patterns.
#include <fmt/format.h>
#include <re2/re2.h>

#include <algorithm>

#include "cadre/rules/loading.hpp"

namespace cadre {

namespace {

constexpr std::array<std::string_view, kLayoutParts> kPartNames = {
    "furniture", "facts",      "periods",     "summaries",    "events", "leads",
    "studies",   "no_studies", "completions", "institutions", "fields", "degrees",
    "modes",     "verbs",      "jobs",        "places",       "offices"};

/// What the words of a layout add to a pattern may make it much longer than it was written.
constexpr std::size_t kMostExpansion = std::size_t{64} << 10;

class LayoutLoader {
 public:
  LayoutLoader(Layout& layout, Loading& loading)
      : layout_(layout), loading_(loading), reader_(loading.reader) {}

  void load(const RuleFile& file) {
    const Fields fields = reader_.fields(file.root, MapKind::kLayout, "a layout");
    const Node* name = fields.get("layout");
    layout_.name = reader_.name(name, "the name of a layout").value_or("");
    layout_.range = name == nullptr ? file.root->range : name->range;
    layout_.title = reader_.title(fields);
    reader_.note(fields);
    reader_.check_source(fields);
    const Node* language = reader_.require(fields, "language", "a layout");
    layout_.language = reader_.name(language, "'language'").value_or("");
    static const std::vector<std::string> kPeriodsAt = {"clause", "anywhere"};
    if (const auto at = reader_.choice(fields.get("periods_at"), "'periods_at'", kPeriodsAt)) {
      layout_.periods_at = static_cast<Layout::PeriodsAt>(*at);
    }
    load_words(fields.get("words"));
    layout_.lines = pattern(reader_.require(fields, "lines", "a layout"), "'lines'", {});
    layout_.labels = pattern(fields.get("labels"), "'labels'", {});
    layout_.clauses = pattern(fields.get("clauses"), "'clauses'", {});
    layout_.items = pattern(fields.get("items"), "'items'", {});
    load_values(fields.get("values"));
    for (std::size_t i = 0; i < kLayoutParts; ++i) load_part(static_cast<LayoutPart>(i), fields);
    load_tests(fields);
    if (layout_.of(LayoutPart::kPeriods).empty() && fields.get("periods") == nullptr) {
      reader_.require(fields, "periods", "a layout");
    }
  }

 private:
  /// Lists of words, and patterns, that others may name in braces. One may use those before it.
  void load_words(const Node* node) {
    node = reader_.map(node, "'words'");
    if (node == nullptr) return;
    for (std::size_t i = 0; i < node->keys.size(); ++i) {
      const Node& key = *node->keys[i];
      reader_.name(&key, "the name of a list of words");
      const std::string what = fmt::format("'{}'", key.text);
      std::string all;
      for (const Node* item : reader_.list_or_one(node->items[i], what)) {
        const std::string one = pattern(item, what, {});
        // What is longer than a pattern may be cannot be used in one.
        if (!one.empty() && all.size() <= kMostExpansion) all += (all.empty() ? "" : "|") + one;
      }
      words_.emplace(key.text, "(?:" + all + ")");
    }
  }

  void load_values(const Node* node) {
    node = reader_.map(node, "'values'");
    if (node == nullptr) return;
    for (std::size_t i = 0; i < node->keys.size(); ++i) {
      const std::string what = fmt::format("'{}'", node->keys[i]->text);
      const Node* words = reader_.map(node->items[i], what);
      if (words == nullptr) continue;
      for (std::size_t k = 0; k < words->keys.size(); ++k) {
        const auto value = reader_.free_text(words->items[k], what);
        if (value) layout_.values[node->keys[i]->text][words->keys[k]->text] = *value;
      }
    }
  }

  void load_tests(const Fields& fields) {
    const auto items = reader_.list(fields.get("tests"), "'tests'");
    if (!items) return;
    for (const Node* item : *items) {
      const std::string what = "an item of 'tests'";
      const Fields test = reader_.fields(item, MapKind::kLayoutTest, what);
      if (!test) continue;
      LayoutTest out;
      out.range = item->range;
      out.text = reader_.free_text(reader_.require(test, "text", what), "'text'").value_or("");
      out.name = reader_.free_text(test.get("name"), "'name'").value_or("");
      if (out.name.empty()) out.name = fmt::format("'{}'", out.text.substr(0, out.text.find('\n')));
      const Fields expect =
          reader_.fields(reader_.require(test, "expect", what), MapKind::kLayoutExpect, "'expect'");
      if (!expect) continue;
      if (const Node* people = expect.get("people")) out.people = cells(*people, "'people'");
      out.education = rows(expect.get("education"), "'education'");
      out.career = rows(expect.get("career"), "'career'");
      out.posts = rows(expect.get("posts"), "'posts'");
      if (const Node* unparsed = expect.get("unparsed")) {
        out.unparsed.emplace();
        for (const Node* reason : reader_.list_or_one(unparsed, "'unparsed'")) {
          out.unparsed->push_back(reader_.free_text(reason, "'unparsed'").value_or(""));
        }
      }
      layout_.tests.push_back(std::move(out));
    }
  }

  std::optional<std::vector<LayoutTest::Cells>> rows(const Node* node, const std::string& what) {
    if (node == nullptr) return std::nullopt;
    std::vector<LayoutTest::Cells> out;
    for (const Node* row : reader_.list_or_one(node, what)) out.push_back(cells(*row, what));
    return out;
  }

  LayoutTest::Cells cells(const Node& row, const std::string& what) {
    LayoutTest::Cells out;
    const Node* node = reader_.map(&row, what);
    if (node == nullptr) return out;
    for (std::size_t i = 0; i < node->keys.size(); ++i) {
      const auto value = reader_.free_text(node->items[i], what);
      if (value) out.emplace_back(node->keys[i]->text, *value);
    }
    return out;
  }

  void load_part(LayoutPart part, const Fields& fields) {
    const std::string key(name(part));
    const std::string what = fmt::format("'{}'", key);
    const auto items = reader_.list(fields.get(key), what);
    if (!items) return;
    for (const Node* item : *items) load_pattern(part, *item, what);
  }

  void load_pattern(LayoutPart part, const Node& node, const std::string& list) {
    const std::string what = fmt::format("an item of {}", list);
    const Fields fields = reader_.fields(&node, MapKind::kLayoutPattern, what);
    if (!fields) return;
    LayoutPattern out;
    out.range = node.range;
    out.name = reader_.name(reader_.require(fields, "name", what), "'name'").value_or("");
    reader_.note(fields);
    out.regex = pattern(reader_.require(fields, "regex", what), "'regex'", groups_of(part));
    if (const Node* is = fields.get("is")) {
      const std::vector<std::string> choices = values_of(part);
      if (choices.empty()) {
        reader_.error(*is, "needless-key", fmt::format("'is' says nothing in {}", list));
      } else if (const auto choice = reader_.choice(is, "'is'", choices)) {
        out.is = choices[*choice];
      }
    } else if (!values_of(part).empty() && part != LayoutPart::kLeads) {
      reader_.require(fields, "is", what);
    }
    if (const Node* set = reader_.map(fields.get("set"), "'set'")) {
      for (std::size_t i = 0; i < set->keys.size(); ++i) {
        const auto value = reader_.free_text(set->items[i], "'set'");
        if (value && check_group(*set->keys[i], set->keys[i]->text, groups_of(part))) {
          out.set.emplace_back(set->keys[i]->text, *value);
        }
      }
    }
    out.guessed = reader_.flag(fields.get("guessed"), "'guessed'").value_or(false);
    if (const auto years = read_number_test_if(fields.get("years"))) {
      out.least_years = years->at_least.value_or(out.least_years);
      out.most_years = years->at_most.value_or(out.most_years);
    }
    layout_.parts[static_cast<std::size_t>(part)].push_back(std::move(out));
  }

  std::optional<NumberTest> read_number_test_if(const Node* node) {
    return node == nullptr ? std::nullopt : read_number_test(node, "'years'", loading_);
  }

  /// The groups that a pattern of this list may have.
  static std::vector<std::string> groups_of(LayoutPart part) {
    switch (part) {
      case LayoutPart::kFacts:
        return {"name_zh",      "name_en",      "birth",        "gender", "ethnicity",
                "native_place", "work_started", "party_joined", "party",  "highest_degree"};
      case LayoutPart::kPeriods:
        return {"from", "to"};
      case LayoutPart::kInstitutions:
        return {"institution"};
      case LayoutPart::kFields:
        return {"field"};
      case LayoutPart::kJobs:
        return {"org", "role", "of"};
      case LayoutPart::kPlaces:
      case LayoutPart::kOffices:
        return {"province"};
      default:
        return {};
    }
  }

  /// The values that a pattern of this list must choose from.
  static std::vector<std::string> values_of(LayoutPart part) {
    switch (part) {
      case LayoutPart::kPeriods:
        return {"range", "since", "open", "point", "until", "none"};
      case LayoutPart::kLeads:
        return {"none"};
      case LayoutPart::kDegrees:
        return {"none", "certificate", "secondary", "associate", "bachelor", "master", "doctor"};
      case LayoutPart::kModes:
        return {"full-time", "in-service", "correspondence", "party-school", "visiting"};
      case LayoutPart::kPlaces:
        return {"province", "same", "elsewhere"};
      case LayoutPart::kOffices:
        return {"party_secretary", "governor"};
      default:
        return {};
    }
  }

  bool check_group(const Node& node, const std::string& group,
                   const std::vector<std::string>& allowed) {
    if (std::find(allowed.begin(), allowed.end(), group) != allowed.end()) return true;
    reader_.error(
        node, "unknown-group",
        fmt::format("a group named '{}' means nothing here{}", group,
                    reader_.guess(group, allowed)),
        allowed.empty() ? "" : fmt::format("its groups are {}", fmt::join(allowed, ", ")));
    return false;
  }

  /// A pattern with the words in the place of their names; empty, and a message, if it is wrong.
  std::string pattern(const Node* node, const std::string& what,
                      const std::vector<std::string>& groups) {
    const auto written = reader_.free_text(node, what);
    if (!written) return {};
    std::string whole;
    for (std::size_t at = 0; at < written->size() && whole.size() <= kMostExpansion;) {
      const std::size_t open = written->find('{', at);
      const std::size_t close = written->find('}', open);
      if (open == std::string::npos || close == std::string::npos) {
        whole += written->substr(at);
        break;
      }
      whole += written->substr(at, open - at);
      const std::string inside = written->substr(open + 1, close - open - 1);
      if (!is_name(inside)) {  // a repeat such as {2,4}
        whole += written->substr(open, close + 1 - open);
      } else if (const auto found = words_.find(inside); found != words_.end()) {
        whole += found->second;
      } else {
        const std::string guess = reader_.guess(inside, words_.size(), [this] {
          std::vector<std::string> known;
          for (const auto& [name, ignored] : words_) known.push_back(name);
          return known;
        });
        reader_.error(*node, "unknown-words", fmt::format("no words named '{}'{}", inside, guess),
                      "words are declared under `words` of the layout, before they are used");
        return {};
      }
      at = close + 1;
    }
    if (whole.size() > kMostExpansion) {
      reader_.error(
          *node, "regex-too-long",
          fmt::format("the pattern is longer than {} bytes with its words put in", kMostExpansion));
      return {};
    }
    re2::RE2::Options options;
    options.set_log_errors(false);
    options.set_max_mem(static_cast<std::int64_t>(loading_.options.max_regex_memory));
    const re2::RE2 compiled(whole, options);
    if (!compiled.ok()) {
      reader_.error(*node, "bad-regex", "bad regular expression: " + compiled.error());
      return {};
    }
    for (const auto& [group, ignored] : compiled.NamedCapturingGroups()) {
      if (!check_group(*node, group, groups)) return {};
    }
    return whole;
  }

  Layout& layout_;
  Loading& loading_;
  Reader& reader_;
  std::map<std::string, std::string> words_;
};

}  // namespace

std::string_view name(LayoutPart part) {
  return kPartNames[static_cast<std::size_t>(part)];
}

void load_layout(const RuleFile& file, Loading& loading) {
  LayoutLoader(loading.rules.layouts.emplace_back(), loading).load(file);
}

}  // namespace cadre
