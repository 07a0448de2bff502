// Warnings: what is legal and likely wrong.
#include <fmt/format.h>
#include <re2/re2.h>

#include <algorithm>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string_view>
#include <tuple>
#include <unordered_map>
#include <unordered_set>
#include <utility>

#include "cadre/base/seeded_hash.hpp"
#include "cadre/rules/loading.hpp"
#include "cadre/text/fold.hpp"
#include "cadre/text/term.hpp"
#include "cadre/text/utf8.hpp"

namespace cadre {

namespace {

/// Longer terms are not taken apart: the work grows with the square of the length.
constexpr std::size_t kLongestTerm = 300;

class LexiconLint {
 public:
  LexiconLint(const Lexicon& lexicon, DiagnosticSink& sink) : lexicon_(lexicon), sink_(sink) {
    for (const Term& term : lexicon.terms) {
      folded_.push_back(
          term.kind == Term::Kind::kRegex
              ? FoldedTerm{}
              : fold_term(term.text, lexicon.folding, lexicon.plurals_in(term.language)));
    }
  }

  void run() {
    find_contexts();
    check_wildcards();
    check_same();
    check_plurals();
    check_needless();
  }

 private:
  void find_contexts() {
    context_of_.assign(lexicon_.categories.size(), 0);
    for (const Context& context : lexicon_.contexts) {
      context_of_[context.category] = context.category + 1;
    }
    for (std::size_t i = 1; i < context_of_.size(); ++i) {
      if (context_of_[i] == 0) context_of_[i] = context_of_[lexicon_.categories[i].parent];
    }
  }

  /// Signs that other tools take for any letters.
  void check_wildcards() {
    for (std::size_t i = 0; i < folded_.size(); ++i) {
      const Term& term = lexicon_.terms[i];
      if (folded_[i].text.find('*') != std::string::npos) {
        sink_.warning(term.range, "star-in-term",
                      fmt::format("a * inside '{}' is looked for as it stands", term.text),
                      "only a * at the end stands for the rest of a word; use `regex` for more");
      }
      if (folded_[i].text.find('?') != std::string::npos && folded_[i].text.size() > 1) {
        sink_.warning(term.range, "question-mark-in-term",
                      fmt::format("a ? in '{}' is looked for as it stands", term.text),
                      "it stands for no letter; list both spellings, or use `regex`");
      }
    }
  }

  /// Terms that are there twice: in one category, or in two.
  void check_same() {
    for (std::size_t i = 0; i < folded_.size(); ++i) {
      const Term& term = lexicon_.terms[i];
      const std::string_view text =
          term.kind == Term::Kind::kRegex ? std::string_view(term.text) : folded_[i].text;
      const auto [other, is_new] =
          first_.emplace(Key{text, folded_[i].prefix, term.language, term.kind, term.context}, i);
      if (is_new) continue;
      const Term& before = lexicon_.terms[other->second];
      if (before.category == term.category) {
        sink_
            .warning(term.range, "duplicate-term",
                     fmt::format("the term '{}' is already in this {}", term.text,
                                 term.kind == Term::Kind::kContext ? "list" : "category"))
            .notes.push_back(sink_.note(before.range, "it is here"));
      } else if (term.kind == Term::Kind::kLiteral &&
                 context_of_[before.category] == context_of_[term.category]) {
        sink_
            .warning(term.range, "term-in-two-categories",
                     fmt::format("the term '{}' is also in the category '{}'", term.text,
                                 lexicon_.categories[before.category].path),
                     "text with this word falls into both")
            .notes.push_back(sink_.note(before.range, "it is here"));
      }
    }
  }

  /// Terms that are plurals of others, where plurals are looked for.
  void check_plurals() {
    if (lexicon_.plurals == Plurals::kNone) return;
    for (std::size_t i = 0; i < folded_.size(); ++i) {
      const Term& term = lexicon_.terms[i];
      std::set<std::string_view> languages = {term.language};
      if (term.language.empty()) languages.insert("en");
      for (const std::string& form : folded_[i].also) {
        for (const std::string_view language : languages) {
          const auto other = first_.find(Key{form, false, language, term.kind, term.context});
          if (other != first_.end() && other->second != i) tell_plural(i, other->second);
        }
      }
    }
  }

  /// Says that the term `plural` is found by the term `singular` already.
  void tell_plural(std::size_t singular, std::size_t plural) {
    const Term& one = lexicon_.terms[singular];
    const Term& many = lexicon_.terms[plural];
    if (one.category == many.category) {
      sink_
          .warning(many.range, "needless-term",
                   fmt::format("'{}' is needless: with `plurals: en` '{}' matches it too",
                               many.text, one.text))
          .notes.push_back(sink_.note(one.range, "it is here"));
    } else if (one.kind == Term::Kind::kLiteral &&
               context_of_[one.category] == context_of_[many.category]) {
      sink_
          .warning(many.range, "term-in-two-categories",
                   fmt::format("the term '{}' is also the plural of '{}' in the category '{}'",
                               many.text, one.text, lexicon_.categories[one.category].path),
                   "text with this word falls into both")
          .notes.push_back(sink_.note(one.range, "it is here"));
    }
  }

  // A literal is needless when every text that it matches is matched by a shorter one of its
  // category, at a place inside, and it makes no difference in the contest of the longest:
  //   - no term of another category and no except could hide the shorter one alone,
  //   - it hides nothing of another category that the shorter one does not hide,
  //   - no near or not_near holds for the category: the longer one may stand nearer to a word.

  struct Candidate {
    std::size_t longer;
    std::size_t shorter;
  };

  void check_needless() {
    index_literals();
    std::vector<Candidate> candidates;
    for (std::size_t i = 0; i < folded_.size(); ++i) {
      const Term::Kind kind = lexicon_.terms[i].kind;
      if (kind == Term::Kind::kLiteral || kind == Term::Kind::kExcept) find_inside(i, candidates);
    }
    compile_regexes(candidates);
    std::size_t told = folded_.size();
    for (const auto& [longer, shorter] : candidates) {
      if (longer == told || hidden_alone(shorter) || hides_more(longer, shorter)) continue;
      told = longer;
      const Term& term = lexicon_.terms[longer];
      const Term& other = lexicon_.terms[shorter];
      sink_
          .warning(term.range, "needless-term",
                   fmt::format("'{}' is needless: '{}' of this category matches wherever it does",
                               term.text, other.text))
          .notes.push_back(sink_.note(other.range, "it is here"));
    }
  }

  /// All literals with the same text. Terms that are there twice count once, so that a category has
  /// few of them: one for each language, with a * and without.
  struct Word {
    std::map<std::uint32_t, std::vector<std::size_t>> by_category;
    std::set<std::uint32_t> excepted;  // categories with an except that holds it
    // Which categories have a longer term that holds it: none, one, or more than one.
    std::optional<std::uint32_t> held_by;
    bool held_by_many = false;
  };

  /// Whether a literal may be hidden where a longer one of its category is not.
  bool hidden_alone(std::size_t literal) const {
    const std::uint32_t own = lexicon_.terms[literal].category;
    const Word& word = words_.find(folded_[literal].text)->second;
    if (word.held_by_many || (word.held_by && *word.held_by != own)) return true;
    for (std::uint32_t category = own;; category = lexicon_.categories[category].parent) {
      if (word.excepted.contains(category)) return true;
      if (category == 0) return false;
    }
  }

  void index_literals() {
    inside_.resize(folded_.size());
    for (std::size_t i = 0; i < folded_.size(); ++i) {
      const Term& term = lexicon_.terms[i];
      if (term.kind != Term::Kind::kLiteral) continue;
      std::vector<std::size_t>& same = words_[folded_[i].text].by_category[term.category];
      const bool known = std::any_of(same.begin(), same.end(), [&](std::size_t other) {
        return lexicon_.terms[other].language == term.language &&
               folded_[other].prefix == folded_[i].prefix;
      });
      if (!known) same.push_back(i);
      longest_ = std::max(longest_, folded_[i].text.size());
    }
  }

  /// Looks at every literal that stands inside a term.
  void find_inside(std::size_t outer, std::vector<Candidate>& candidates) {
    const std::string_view text = folded_[outer].text;
    if (text.size() > kLongestTerm) return;
    found_.clear();
    std::vector<std::size_t> starts;  // of the code points, and the end
    for (std::size_t at = 0; at < text.size(); next_code_point(text, at)) starts.push_back(at);
    starts.push_back(text.size());
    for (std::size_t from = 0; from + 1 < starts.size(); ++from) {
      for (std::size_t to = from + 1; to < starts.size(); ++to) {
        const std::size_t length = starts[to] - starts[from];
        if (length > longest_) break;
        const auto found = words_.find(text.substr(starts[from], length));
        if (found != words_.end()) see_word(outer, found->second, starts[from], candidates);
      }
    }
  }

  /// Looks at the literals of a text that stands in the term `outer` at byte `at`.
  void see_word(std::size_t outer, Word& word, std::size_t at, std::vector<Candidate>& candidates) {
    const Term& out = lexicon_.terms[outer];
    if (out.kind == Term::Kind::kExcept) {
      word.excepted.insert(out.category);
      return;
    }
    const auto own = word.by_category.find(out.category);
    const std::size_t any = word.by_category.begin()->second.front();
    const bool longer = folded_[outer].text.size() > folded_[any].text.size();
    if (lexicon_.overlap == Lexicon::Overlap::kLongest && longer) {
      if (word.held_by.value_or(out.category) != out.category) word.held_by_many = true;
      word.held_by = out.category;
      const bool elsewhere = word.by_category.size() > (own == word.by_category.end() ? 0U : 1U);
      if (elsewhere && found_.insert({any, true}).second) inside_[outer].push_back(any);
    }
    if (own == word.by_category.end()) return;
    for (const std::size_t inner : own->second) {
      if (inner != outer) see_pair(outer, inner, at, candidates);
    }
  }

  /// Two literals of one category, the inner one in the outer at byte `at`.
  void see_pair(std::size_t outer, std::size_t inner, std::size_t at,
                std::vector<Candidate>& candidates) {
    const Term& out = lexicon_.terms[outer];
    const Term& in = lexicon_.terms[inner];
    const bool longer = folded_[outer].text.size() > folded_[inner].text.size();
    if (context_of_[out.category] != 0) return;
    const bool same_reach = in.language.empty() || in.language == out.language;
    if (folded_[inner].also.size() != folded_[outer].also.size()) return;  // 著 in 执著
    const bool same_term = !longer && folded_[inner].prefix == folded_[outer].prefix;
    if (same_reach && !same_term && matches_inside(outer, inner, at) &&
        found_.insert({inner, false}).second) {
      candidates.push_back({outer, inner});
    }
  }

  /// Whether a match of `outer` has a match of `inner` at byte `at`: the word boundaries that
  /// `inner` needs are there.
  bool matches_inside(std::size_t outer, std::size_t inner, std::size_t at) const {
    const FoldedTerm& out = folded_[outer];
    const FoldedTerm& in = folded_[inner];
    const std::size_t end = at + in.text.size();
    if (in.boundary_before && joins_words_before(out.text, at)) return false;
    if (!in.boundary_after) return true;
    if (end == out.text.size()) return out.boundary_after;
    return !joins_words_at(out.text, end);
  }

  bool hides_more(std::size_t longer, std::size_t shorter) {
    for (const std::size_t hidden : inside_[longer]) {
      if (folded_[shorter].text.find(folded_[hidden].text) == std::string::npos) return true;
    }
    if (lexicon_.overlap != Lexicon::Overlap::kLongest) return false;
    // When so many are held against so many regexes, no more is said.
    if (regexes_.size() > tries_left_) return true;
    tries_left_ -= regexes_.size();
    return std::any_of(regexes_.begin(), regexes_.end(), [&](const auto& regex) {
      return regex.first != lexicon_.terms[longer].category &&
             re2::RE2::PartialMatch(folded_[longer].text, *regex.second);
    });
  }

  void compile_regexes(const std::vector<Candidate>& candidates) {
    if (candidates.empty()) return;
    re2::RE2::Options options;
    options.set_log_errors(false);
    options.set_case_sensitive(false);
    for (const Term& term : lexicon_.terms) {
      if (term.kind != Term::Kind::kRegex) continue;
      auto regex = std::make_unique<re2::RE2>(fold_pattern(term.text, lexicon_.folding), options);
      if (regex->ok()) regexes_.emplace_back(term.category, std::move(regex));
    }
  }

  /// Text, whether a * stands behind it, language, kind, and the context of a context word.
  using Key = std::tuple<std::string_view, bool, std::string_view, Term::Kind, std::uint32_t>;

  const Lexicon& lexicon_;
  DiagnosticSink& sink_;
  std::map<Key, std::size_t> first_;  // the first term of each kind
  std::vector<FoldedTerm> folded_;    // parallel to the terms; empty for regexes
  std::unordered_map<std::string_view, Word, SeededHash> words_;  // literals, by their text
  std::size_t longest_ = 0;
  // By category: the number of the nearest one, itself or above it, that has a near or not_near,
  // plus one; 0 where there is none.
  std::vector<std::uint32_t> context_of_;
  std::vector<std::vector<std::size_t>> inside_;  // literals of other categories inside a term
  // What the term at hand has brought: literals of other categories, and shorter ones of its own.
  std::set<std::pair<std::size_t, bool>> found_;
  std::vector<std::pair<std::uint32_t, std::unique_ptr<re2::RE2>>> regexes_;
  std::size_t tries_left_ = 100'000;  // of a regex on a term
};

// ---------------------------------------------------------------------------------------------

bool is_name_letter(char c) {
  return ('a' <= c && c <= 'z') || ('0' <= c && c <= '9') || c == '_' || c == '-';
}

/// The longest runs of letters of a name in the SQL of all figures.
std::unordered_set<std::string_view, SeededHash> words_of_figures(const Rules& rules) {
  std::unordered_set<std::string_view, SeededHash> words;
  for (const Figure& figure : rules.figures) {
    const std::string_view sql = figure.sql;
    for (std::size_t at = 0; at < sql.size(); ++at) {
      const std::size_t begin = at;
      while (at < sql.size() && is_name_letter(sql[at])) ++at;
      if (at > begin) words.insert(sql.substr(begin, at - begin));
    }
  }
  return words;
}

}  // namespace

bool check_new_parameter(const ParameterValue& parameter, const RuleTree& tree, Loading& loading) {
  const std::vector<std::string>& added = tree.new_params;
  if (parameter.used || std::find(added.begin(), added.end(), parameter.name) == added.end()) {
    return true;
  }
  std::vector<std::string> names;
  for (const ParameterValue& other : loading.reader.parameters()) {
    if (std::find(added.begin(), added.end(), other.name) == added.end()) {
      names.push_back(other.name);
    }
  }
  loading.sink().error(parameter.range, "unknown-parameter",
                       fmt::format("the base has no parameter '{}', and no rule uses it{}",
                                   parameter.name, loading.reader.guess(parameter.name, names)),
                       names.empty()
                           ? "the base declares no parameters"
                           : fmt::format("its parameters are {}", fmt::join(names, ", ")));
  return false;
}

void lint_lexicon(const Lexicon& lexicon, Loading& loading) {
  LexiconLint(lexicon, loading.sink()).run();
}

void lint_uses(const RuleTree& tree, Loading& loading) {
  // What stands in a broken part is perhaps used there.
  if (loading.incomplete || loading.sink().has_errors()) return;
  DiagnosticSink& sink = loading.sink();
  // Only what this rule set itself brings in; a variant need not use all of its base.
  const std::uint32_t file = tree.root->range.file;

  for (const ParameterValue& parameter : loading.reader.parameters()) {
    if (!check_new_parameter(parameter, tree, loading)) continue;
    if (parameter.used || (parameter.range.known() && parameter.range.file != file)) continue;
    sink.warning(parameter.range, "unused-parameter",
                 fmt::format("the parameter '{}' is not used", parameter.name),
                 fmt::format("a rule uses it as ${}", parameter.name));
  }
  for (const RuleFile& included : tree.files) {
    if (included.kind != FileKind::kLexicon || included.included.file != file) continue;
    const auto lexicon = loading.rules.find_lexicon(declared_name(included));
    if (!lexicon || loading.lexicon_used[*lexicon]) continue;
    sink.warning(included.included, "unused-lexicon",
                 fmt::format("no label uses the lexicon '{}'", declared_name(included)));
  }
  const auto in_figures = words_of_figures(loading.rules);
  for (std::size_t i = 0; i < loading.heads.size(); ++i) {
    const LabelHead& head = loading.heads[i];
    const Label& label = loading.rules.labels[i];
    const bool output = !label.title.empty();
    if (output || head.used || head.key->range.file != file) continue;
    if (in_figures.contains(head.name) || in_figures.contains(head.name + "_group")) continue;
    sink.warning(head.key->range, "unused-label",
                 fmt::format("no label, figure or test uses '{}', and it has no title", head.name),
                 "a label that is a result of the rule set has a title");
  }
}

}  // namespace cadre
