#include "cadre/classify/reclassifier.hpp"

#include <fmt/format.h>

#include <array>
#include <atomic>
#include <mutex>
#include <unordered_map>
#include <utility>

#include "cadre/base/seeded_hash.hpp"
#include "cadre/classify/distinct_texts.hpp"
#include "cadre/classify/fingerprint.hpp"
#include "cadre/classify/kept_matches.hpp"
#include "cadre/classify/label_evaluation.hpp"
#include "cadre/match/matcher.hpp"

namespace cadre {

struct LabelColumn::Details {
  std::vector<LabelOutcome> outcomes;  // by person
  std::vector<Category> categories;    // of a category label's lexicon: their names only
};

LabelColumn::Value LabelColumn::value(std::size_t person) const {
  Value value;
  value.truth = truths_[person];
  if (!details_) return value;
  const LabelValue& full = details_->outcomes[person].value;
  value.number = full.number;
  value.date = full.date;
  if (full.category) {
    const Category& category = details_->categories[full.category->category];
    value.category = category.path;
    value.group = category.group;
  }
  return value;
}

namespace {

/// Numbers for texts: the same one for the same text.
class Numbering {
 public:
  std::uint32_t number(std::string text) {
    const std::lock_guard lock(mutex_);
    return numbers_.try_emplace(std::move(text), static_cast<std::uint32_t>(numbers_.size()))
        .first->second;
  }

 private:
  std::mutex mutex_;
  std::unordered_map<std::string, std::uint32_t, SeededHash> numbers_;
};

/// Values by number, each made once: whoever asks second waits for the first.
template <typename Value>
class OnceEach {
 public:
  template <typename Make>
  std::shared_ptr<const Value> get(std::uint32_t number, const Make& make) {
    std::shared_ptr<Slot> slot;
    {
      const std::lock_guard lock(mutex_);
      std::shared_ptr<Slot>& at = slots_[number];
      if (!at) at = std::make_shared<Slot>();
      slot = at;
    }
    std::call_once(slot->once, [&] { slot->value = make(); });
    return slot->value;
  }

  void forget() {
    const std::lock_guard lock(mutex_);
    slots_.clear();
  }

 private:
  struct Slot {
    std::once_flag once;
    std::shared_ptr<const Value> value;
  };
  std::mutex mutex_;
  std::unordered_map<std::uint32_t, std::shared_ptr<Slot>> slots_;
};

/// What a lexicon finds in each distinct text; looked for when it is first asked for.
class LexiconSearch {
 public:
  /// `kept_number` is that of each text among the kept.
  LexiconSearch(const Lexicon& lexicon, const MatchLimits& limits, const DistinctTexts& texts,
                const KeptMatches& kept,
                const std::vector<std::optional<std::uint32_t>>& kept_number)
      : lexicon_(lexicon),
        matcher_(std::span(&lexicon_, 1), limits),
        texts_(texts),
        kept_(kept.find(lexicon_, 0, limits)),
        kept_number_(kept_number),
        found_(texts.all().size()) {}

  std::span<const Match> find(std::uint32_t text) const {
    Found& found = found_[text];
    std::call_once(found.once, [&] {
      const DistinctTexts::Text& distinct = texts_.all()[text];
      if (kept_ && kept_->append(kept_number_[text], distinct, found.matches)) return;
      matcher_.find(distinct.text, distinct.language, found.matches);
    });
    return found.matches;
  }

 private:
  struct Found {
    std::once_flag once;
    std::vector<Match> matches;
  };
  const Lexicon lexicon_;  // its own, as the rules are not kept
  Matcher matcher_;
  const DistinctTexts& texts_;
  const std::optional<KeptLexicon> kept_;
  const std::vector<std::optional<std::uint32_t>>& kept_number_;
  mutable std::vector<Found> found_;
};

/// The outcomes of plain labels of which no more than the truth is needed.
const LabelOutcome& plain_outcome(Truth truth) {
  static const std::array<LabelOutcome, 3> kOutcomes = [] {
    std::array<LabelOutcome, 3> outcomes;
    for (const Truth one : {Truth::kTrue, Truth::kFalse, Truth::kUnknown}) {
      outcomes[static_cast<std::size_t>(one)].value.truth = one;
    }
    return outcomes;
  }();
  return kOutcomes[static_cast<std::size_t>(truth)];
}

std::size_t size_of(const LabelOutcome& outcome) {
  return sizeof outcome +
         (outcome.basis.met.size() + outcome.basis.possible.size()) * sizeof(Speaking);
}

void append(std::string& out, std::string_view text) {
  out += std::to_string(text.size());
  out += ':';
  out += text;
}

/// The values of a column as one text, for telling equal columns.
std::string describe_values(const LabelColumn& column, std::size_t people, bool only_truth) {
  std::string out(1, only_truth ? 't' : 'v');
  for (std::size_t i = 0; i < people; ++i) {
    const LabelColumn::Value value = column.value(i);
    out += static_cast<char>('0' + static_cast<int>(value.truth));
    if (only_truth) continue;
    append(out, value.category);
    append(out, value.group);
    append(out, value.number ? fmt::format("{}", *value.number) : "");
    append(out, value.date ? value.date->text() : "");
  }
  return out;
}

}  // namespace

struct Reclassifier::State {
  State(std::span<const Person> the_people, const Schema& the_schema, Options the_options)
      : people(the_people),
        schema(the_schema),
        options(std::move(the_options)),
        texts(the_people, the_schema),
        kept_number(KeptTexts(options.kept.texts).find(texts.all())) {}

  std::span<const Person> people;
  const Schema& schema;
  const Options options;
  DistinctTexts texts;
  const std::vector<std::optional<std::uint32_t>> kept_number;  // of each text among the kept
  Numbering matching_numbers;
  Numbering group_numbers;
  Numbering label_numbers;
  Numbering value_numbers;
  OnceEach<LexiconSearch> matches;
  OnceEach<LabelColumn> columns;
  std::atomic<std::size_t> bytes = 0;

  PartNumbers number_parts(const Rules& rules, const std::vector<bool>& built_on) {
    PartNumbers parts;
    for (const Lexicon& lexicon : rules.lexicons) {
      parts.matching.push_back(matching_numbers.number(describe_matching(lexicon)));
      parts.groups.push_back(group_numbers.number(describe_groups(lexicon)));
    }
    parts.labels.resize(rules.labels.size());
    for (const std::uint32_t label : rules.evaluation_order) {
      // A column that keeps its rows can do more than one that does not.
      parts.labels[label] = label_numbers.number(describe(rules.labels[label], parts) +
                                                 (built_on[label] ? '+' : '-'));
    }
    return parts;
  }
};

namespace {

/// Evaluates labels of one rule set for all people.
class ColumnMaker {
 public:
  ColumnMaker(const Rules& rules, std::span<const Person> people, const Schema& schema,
              const DistinctTexts& texts)
      : rules_(rules), people_(people), schema_(schema), texts_(texts) {
    matches_.resize(rules.lexicons.size());
  }

  std::vector<LabelOutcome> make(
      std::uint32_t label, const std::function<const LabelOutcome&(std::uint32_t, std::size_t)>& at,
      const std::function<std::shared_ptr<const LexiconSearch>(std::uint32_t)>& matches_of) {
    BoundConditions conditions;
    bind_conditions(rules_.labels[label], rules_, schema_, conditions);
    const std::vector<std::uint32_t> used = labels_used(rules_.labels[label]);
    std::vector<const LabelOutcome*> others(rules_.labels.size());
    std::vector<LabelOutcome> outcomes;
    outcomes.reserve(people_.size());
    for (std::size_t i = 0; i < people_.size(); ++i) {
      for (const std::uint32_t other : used) others[other] = &at(other, i);
      const auto find = [&](Table table, std::uint32_t row, std::uint32_t column,
                            std::uint32_t lexicon) {
        if (!matches_[lexicon]) matches_[lexicon] = matches_of(lexicon);
        return matches_[lexicon]->find(texts_.number(i, table, row, column));
      };
      const PersonText text(schema_, people_[i], find);
      outcomes.push_back(
          evaluate_label(label, rules_, conditions, text, others, Reasons::kLeftOut));
    }
    return outcomes;
  }

 private:
  const Rules& rules_;
  std::span<const Person> people_;
  const Schema& schema_;
  const DistinctTexts& texts_;
  std::vector<std::shared_ptr<const LexiconSearch>> matches_;  // by lexicon, once looked up
};

}  // namespace

Reclassifier::Reclassifier(std::span<const Person> people, const Schema& schema, Options options)
    : state_(std::make_unique<State>(people, schema, std::move(options))) {}

Reclassifier::~Reclassifier() = default;

std::vector<std::uint32_t> Reclassifier::fingerprints(const Rules& rules) {
  return state_->number_parts(rules, labels_built_on(rules)).labels;
}

std::vector<std::shared_ptr<const LabelColumn>> Reclassifier::classify(const Rules& rules) {
  State& state = *state_;
  if (state.bytes > state.options.max_bytes) {
    state.columns.forget();
    state.matches.forget();
    state.bytes = 0;
  }
  const std::vector<bool> built_on = labels_built_on(rules);
  const PartNumbers parts = state.number_parts(rules, built_on);
  ColumnMaker maker(rules, state.people, state.schema, state.texts);

  std::vector<std::shared_ptr<const LabelColumn>> columns(rules.labels.size());
  const auto outcome_at = [&](std::uint32_t label, std::size_t person) -> const LabelOutcome& {
    const LabelColumn& column = *columns[label];
    return column.details_ ? column.details_->outcomes[person]
                           : plain_outcome(column.truths_[person]);
  };
  const auto matches_of = [&](std::uint32_t lexicon) {
    return state.matches.get(parts.matching[lexicon], [&] {
      state.bytes += state.texts.all().size() * 2 * sizeof(std::vector<Match>);
      return std::make_shared<const LexiconSearch>(rules.lexicons[lexicon], rules.match_limits,
                                                   state.texts, state.options.kept,
                                                   state.kept_number);
    });
  };
  const auto make = [&](std::uint32_t label) {
    const Label& rule = rules.labels[label];
    std::vector<LabelOutcome> outcomes = maker.make(label, outcome_at, matches_of);
    auto column = std::make_shared<LabelColumn>();
    const bool only_truth = rule.kind() == Label::Kind::kPlain;
    std::size_t bytes = outcomes.size();
    for (LabelOutcome& outcome : outcomes) {
      column->truths_.push_back(outcome.value.truth);
      if (!built_on[label]) outcome.basis.met = outcome.basis.possible = {};
    }
    if (!only_truth || built_on[label]) {
      auto details = std::make_shared<LabelColumn::Details>();
      for (const LabelOutcome& outcome : outcomes) bytes += size_of(outcome);
      details->outcomes = std::move(outcomes);
      if (const auto* category = std::get_if<CategoryOf>(&rule.body)) {
        details->categories = rules.lexicons[category->branch.lexicon].categories;
      }
      column->details_ = std::move(details);
    }
    column->number_ =
        state.value_numbers.number(describe_values(*column, state.people.size(), only_truth));
    state.bytes += bytes;
    return std::shared_ptr<const LabelColumn>(std::move(column));
  };
  for (const std::uint32_t label : rules.evaluation_order) {
    columns[label] = state.columns.get(parts.labels[label], [&] { return make(label); });
  }
  return columns;
}

}  // namespace cadre
