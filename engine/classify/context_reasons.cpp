#include "cadre/classify/context_reasons.hpp"

#include <fmt/format.h>

#include <array>
#include <optional>
#include <utility>

#include "cadre/base/once.hpp"

namespace cadre {
namespace {

/// Lexicons with near or not_near, so changed that every term is found and none hides another. The
/// others are empty.
std::vector<Lexicon> all_terms(const Rules& rules) {
  std::vector<Lexicon> all;
  for (const Lexicon& lexicon : rules.lexicons) {
    Lexicon& copy = all.emplace_back();
    if (lexicon.contexts.empty()) continue;
    copy = lexicon;
    copy.overlap = Lexicon::Overlap::kAll;
    copy.contexts.clear();
    for (Term& term : copy.terms) {
      if (!is_found(term.kind)) term.kind = Term::Kind::kLiteral;
    }
  }
  return all;
}

std::string_view part(std::string_view text, const Match& match) {
  return text.substr(match.begin, match.end - match.begin);
}

/// "roles.yaml:7", or nothing.
std::string place(Range range, const Rules& rules) {
  const Sources* sources = rules.sources.get();
  if (sources == nullptr || !range.known() || range.file >= sources->size()) return {};
  const std::string place = sources->path_and_line(range);
  return place.substr(place.find_last_of('/') + 1);  // all of it where there is no folder
}

}  // namespace

struct ContextReasons::Compiled {
  explicit Compiled(const Rules& rules) : matcher(all_terms(rules), rules.match_limits) {
    for (const Lexicon& lexicon : rules.lexicons) shapes.push_back(shape_of(lexicon));
  }

  std::vector<LexiconShape> shapes;
  Matcher matcher;
};

struct ContextReasons::Lazy {
  Once once;
  std::optional<Compiled> compiled;
};

ContextReasons::ContextReasons(const Rules& rules)
    : rules_(rules), lazy_(std::make_unique<Lazy>()) {}
ContextReasons::~ContextReasons() = default;

const ContextReasons::Compiled& ContextReasons::compiled() const {
  lazy_->once.call([this] { lazy_->compiled.emplace(rules_); });
  return *lazy_->compiled;
}

std::vector<ContextReason> ContextReasons::find(std::string_view text, std::string_view language,
                                                std::uint32_t lexicon) const {
  std::vector<Match> candidates;
  compiled().matcher.find(text, language, candidates);
  std::vector<Match> matches;
  std::vector<Match> excepts;
  std::vector<ContextWord> words;
  for (const Match& match : candidates) {
    if (match.lexicon != lexicon) continue;
    const Term& term = rules_.lexicons[lexicon].terms[match.term];
    if (term.kind == Term::Kind::kContext) {
      words.push_back({term.context, match});
    } else {
      (term.kind == Term::Kind::kExcept ? excepts : matches).push_back(match);
    }
  }
  resolve_overlaps(compiled().shapes, matches, excepts);
  std::vector<ContextReason> reasons;
  keep_in_context_of_source(compiled().shapes, text, matches, words, &reasons);
  return reasons;
}

std::string ContextReasons::in_words(const ContextReason& reason, std::string_view text) const {
  const Context& context = rules_.lexicons[reason.match.lexicon].contexts[reason.context];
  return why_not_counted(text, reason.match, reason.has_word ? &reason.word : nullptr,
                         context.window, context.range, rules_);
}

std::string why_not_counted(std::string_view text, const Match& match, const Match* word,
                            const ContextWindow& window, Range range, const Rules& rules) {
  std::string out = fmt::format("'{}' does not count: ", part(text, match));
  if (word != nullptr) {
    out += fmt::format("'{}' stands {} it", part(text, *word),
                       word->end <= match.begin ? "before" : "after");
  } else {
    constexpr std::array<std::string_view, 3> kSides = {"by", "before", "after"};
    out += fmt::format("no word that it needs stands {} it",
                       kSides.at(static_cast<std::size_t>(window.side)));
  }
  const std::string where = place(range, rules);
  out += fmt::format(" ({}{}{})", name(window), where.empty() ? "" : ", ", where);
  return out;
}

}  // namespace cadre
