#include "cadre/classify/edit_classifier.hpp"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <iterator>
#include <ranges>
#include <string_view>
#include <unordered_map>
#include <utility>

#include "cadre/base/seeded_hash.hpp"
#include "cadre/classify/classifier.hpp"
#include "cadre/classify/fingerprint.hpp"
#include "cadre/classify/kept_matcher.hpp"
#include "cadre/classify/label_evaluation.hpp"
#include "cadre/classify/person_text.hpp"
#include "cadre/classify/searched_columns.hpp"
#include "cadre/match/batch_pool.hpp"

namespace cadre {
namespace {

/// How many people's texts are matched together.
constexpr std::size_t kTogether = 16;

SearchedColumns either(const SearchedColumns& one, const SearchedColumns& other) {
  SearchedColumns all;
  for (std::size_t table = 0; table < all.size(); ++table) {
    std::set_union(one[table].begin(), one[table].end(), other[table].begin(), other[table].end(),
                   std::back_inserter(all[table]));
  }
  return all;
}

bool same_categories(const Lexicon& one, const Lexicon& other) {
  return std::equal(one.categories.begin(), one.categories.end(), other.categories.begin(),
                    other.categories.end(),
                    [](const Category& a, const Category& b) { return a.path == b.path; });
}

bool same_rows(const std::vector<Speaking>& some, const std::vector<Speaking>& others) {
  return std::equal(some.begin(), some.end(), others.begin(), others.end(),
                    [](const Speaking& a, const Speaking& b) {
                      return a.table == b.table && a.row.row == b.row.row &&
                             a.row.window.from == b.row.window.from &&
                             a.row.window.to == b.row.window.to;
                    });
}

bool same_basis(const Basis& one, const Basis& other) {
  const auto bounds = [](const Basis& basis) {
    return basis.number ? std::pair(basis.number->low, basis.number->high) : std::pair(1.0, 0.0);
  };
  return same_rows(one.met, other.met) && same_rows(one.possible, other.possible) &&
         bounds(one) == bounds(other);
}

/// What is known of labels before anybody is looked at.
struct EvaluationPlan {
  EvaluationPlan(const Rules& before, const Rules& after, const Edit& edit)
      : changed(edit.labels()), themselves(edit.labels_themselves()) {
    for (const Label& label : after.labels) {
      used_after.push_back(labels_used(label));
      then.push_back(before.find_label(label.name));
    }
    for (const Label& label : before.labels) {
      used_before.push_back(labels_used(label));
      const std::optional<std::uint32_t> same_name = after.find_label(label.name);
      alike.push_back(numbered_alike(label, before, after) ? same_name : std::nullopt);
    }
    ask(before, after);
  }

  // By label of the second rule set.
  std::vector<bool> changed;     // whether the edit may do so
  std::vector<bool> themselves;  // and not only by the labels that it names
  std::vector<std::vector<std::uint32_t>> used_after;
  std::vector<std::optional<std::uint32_t>> then;  // that of the first
  std::vector<bool> asked_after;                   // whether it may be evaluated
  // By label of the first rule set.
  std::vector<std::vector<std::uint32_t>> used_before;
  std::vector<std::optional<std::uint32_t>> alike;  // whose outcome may stand for it
  std::vector<bool> asked_before;

 private:
  /// Categories are known by number, so that what a label picks is the same only where they are
  /// numbered alike.
  static bool numbered_alike(const Label& label, const Rules& before, const Rules& after) {
    const auto* category = std::get_if<CategoryOf>(&label.body);
    if (category == nullptr) return true;
    const std::uint32_t lexicon = category->branch.lexicon;
    return lexicon < after.lexicons.size() &&
           same_categories(before.lexicons[lexicon], after.lexicons[lexicon]);
  }

  void ask(const Rules& before, const Rules& after) {
    asked_after = changed;
    asked_before.resize(before.labels.size());
    for (std::uint32_t label = 0; label < changed.size(); ++label) {
      if (changed[label] && then[label]) asked_before[*then[label]] = true;
    }
    // The users of a label come after it in the order of evaluation.
    for (const std::uint32_t label : std::ranges::reverse_view(before.evaluation_order)) {
      if (!asked_before[label]) continue;
      for (const std::uint32_t used : used_before[label]) {
        if (alike[used]) asked_after[*alike[used]] = true;
        if (!alike[used] || changed[*alike[used]]) asked_before[used] = true;
      }
    }
    for (const std::uint32_t label : std::ranges::reverse_view(after.evaluation_order)) {
      if (!asked_after[label]) continue;
      for (const std::uint32_t used : used_after[label]) asked_after[used] = true;
    }
  }
};

}  // namespace

struct EditClassifier::Compiled {
  Compiled(const Rules& the_before, const Rules& the_after, const Edit& edit,
           const Schema& the_schema, const KeptMatches& kept)
      : before(the_before),
        after(the_after),
        schema(the_schema),
        touches_anybody(edit.touches_anybody()),
        plan(before, after, edit),
        conditions_before(bind_conditions(before, schema)),
        conditions_after(bind_conditions(after, schema)),
        searched_before(searched_by(plan.asked_before, before, schema)),
        searched_after(searched_by(plan.asked_after, after, schema)),
        columns(either(searched_before.columns, searched_after.columns)),
        lexicons(either_lexicons()),
        matcher(lexicons, after.match_limits, kept),
        explainer(after, schema, kept) {}

  /// Those of the second rule set, and behind them those of the first that find something else.
  /// Where no label that matters looks for their terms they are empty.
  std::vector<Lexicon> either_lexicons() {
    std::vector<Lexicon> all;
    for (std::uint32_t i = 0; i < after.lexicons.size(); ++i) {
      const bool wanted =
          searched_after.lexicons[i] || (i < before.lexicons.size() && searched_before.lexicons[i]);
      all.push_back(wanted ? after.lexicons[i] : Lexicon());
    }
    for (std::uint32_t i = 0; i < before.lexicons.size(); ++i) {
      const bool wanted =
          searched_before.lexicons[i] || (i < after.lexicons.size() && searched_after.lexicons[i]);
      const bool same = i < after.lexicons.size() && describe_matching(before.lexicons[i]) ==
                                                         describe_matching(after.lexicons[i]);
      lexicon_before.push_back(static_cast<std::uint32_t>(same || !wanted ? i : all.size()));
      std::vector<std::uint32_t>& categories = category_after.emplace_back();
      if (same || !wanted) continue;
      all.push_back(before.lexicons[i]);
      std::unordered_map<std::string_view, std::uint32_t, SeededHash> now;
      if (i < after.lexicons.size()) {
        for (const Category& category : after.lexicons[i].categories) {
          now.emplace(category.path, static_cast<std::uint32_t>(now.size()));
        }
      }
      for (const Category& category : before.lexicons[i].categories) {
        const auto found = now.find(category.path);
        categories.push_back(found == now.end() ? kNoCategory : found->second);
      }
    }
    return all;
  }

  /// Whether both rule sets find the same everywhere in a person's texts.
  bool finds_the_same(const PersonText& text) const {
    for (const Table table : kTables) {
      const std::size_t rows = text.person().rows(table).size();
      for (std::uint32_t row = 0; row < rows; ++row) {
        for (const std::uint32_t column : columns[static_cast<std::size_t>(table)]) {
          for (std::uint32_t i = 0; i < lexicon_before.size(); ++i) {
            if (lexicon_before[i] != i &&
                !same(text.matches(table, row, column, lexicon_before[i]), category_after[i],
                      text.matches(table, row, column, i))) {
              return false;
            }
          }
        }
      }
    }
    return true;
  }

  /// Whether two lexicons find the same; by which terms does not matter. `categories` has the
  /// numbers that those of the first have in the second.
  static bool same(std::span<const Match> some, const std::vector<std::uint32_t>& categories,
                   std::span<const Match> others) {
    return std::equal(some.begin(), some.end(), others.begin(), others.end(),
                      [&](const Match& one, const Match& other) {
                        return categories[one.category] == other.category &&
                               one.begin == other.begin && one.end == other.end;
                      });
  }

  static constexpr std::uint32_t kNoCategory = 0xFFFFFFFF;

  const Rules& before;
  const Rules& after;
  const Schema& schema;
  const bool touches_anybody;
  const EvaluationPlan plan;
  BoundConditions conditions_before;
  BoundConditions conditions_after;
  const Searched searched_before;
  const Searched searched_after;
  const SearchedColumns columns;
  std::vector<std::uint32_t> lexicon_before;  // of the first rule set: its number in the matcher
  // Of the categories of each of them that differs: their numbers in the second rule set.
  std::vector<std::vector<std::uint32_t>> category_after;
  const std::vector<Lexicon> lexicons;
  const KeptMatcher matcher;
  mutable BatchPool batches;
  const Classifier explainer;
};

/// The labels of one person by both rule sets, each evaluated when it is first asked for.
class EditClassifier::Comparison {
 public:
  Comparison(const Compiled& compiled, const PersonText& text_before, const PersonText& text_after)
      : plan_(compiled.plan),
        before_{compiled.before, compiled.conditions_before, text_before, plan_.used_before},
        after_{compiled.after, compiled.conditions_after, text_after, plan_.used_after},
        differs_(after_.outcomes.size()) {}

  Both run() {
    Both both{std::vector<LabelValue>(before_.outcomes.size()),
              std::vector<LabelValue>(after_.outcomes.size())};
    for (const std::uint32_t label : after_.rules.evaluation_order) {
      differs_[label] = plan_.changed[label] && differs(label);
      if (!*differs_[label]) continue;
      both.after[label] = after_.outcomes[label].value;
      const auto then = plan_.then[label];
      if (then) both.before[*then] = before_.outcomes[*then].value;
    }
    return both;
  }

 private:
  /// One of the rule sets, and what its labels came to.
  struct Side {
    Side(const Rules& the_rules, const BoundConditions& the_conditions, const PersonText& the_text,
         const std::vector<std::vector<std::uint32_t>>& used_by_labels)
        : rules(the_rules),
          conditions(the_conditions),
          text(the_text),
          used(used_by_labels),
          outcomes(the_rules.labels.size()),
          known(outcomes.size()),
          others(outcomes.size()) {}

    const Rules& rules;
    const BoundConditions& conditions;
    const PersonText& text;
    const std::vector<std::vector<std::uint32_t>>& used;  // by label: those that it names
    std::vector<LabelOutcome> outcomes;
    std::vector<bool> known;
    std::vector<const LabelOutcome*> others;  // for those who name them
  };
  struct Asked {
    bool before = false;
    std::uint32_t label = 0;
  };

  /// Whether a label comes to something else, for itself or for those that build on it. Asked of
  /// labels in the order of evaluation.
  bool differs(std::uint32_t label) {
    const std::vector<std::uint32_t>& used = after_.used[label];
    const bool may =
        plan_.themselves[label] || std::any_of(used.begin(), used.end(), [&](std::uint32_t other) {
          return differs_[other].value_or(true);
        });
    if (!may) return false;
    evaluate({false, label});
    if (!plan_.then[label]) return true;
    evaluate({true, *plan_.then[label]});
    const LabelOutcome& was = before_.outcomes[*plan_.then[label]];
    const LabelOutcome& is = after_.outcomes[label];
    return !same_value(before_.rules, was.value, after_.rules, is.value) ||
           !same_basis(was.basis, is.basis);
  }

  /// The label that is evaluated when another one of that side asks for one.
  Asked standing_for(bool before, std::uint32_t label) const {
    if (!before) return {false, label};
    const std::optional<std::uint32_t> alike = plan_.alike[label];
    const bool same = alike && (!plan_.changed[*alike] || !differs_[*alike].value_or(true));
    return same ? Asked{false, *alike} : Asked{true, label};
  }

  const Side& side_of(Asked asked) const { return asked.before ? before_ : after_; }
  bool known(Asked asked) const { return side_of(asked).known[asked.label]; }

  /// Evaluates a label, and before it those that it rests on; a chain of them may be long.
  void evaluate(Asked first) {
    std::vector<Asked> open = {first};
    while (!open.empty()) {
      const Asked asked = open.back();
      const std::size_t size = open.size();
      if (!known(asked)) {
        for (const std::uint32_t label : side_of(asked).used[asked.label]) {
          const Asked other = standing_for(asked.before, label);
          if (!known(other)) open.push_back(other);
        }
        if (open.size() > size) continue;
        evaluate_itself(asked);
      }
      open.pop_back();
    }
  }

  void evaluate_itself(Asked asked) {
    Side& side = asked.before ? before_ : after_;
    for (const std::uint32_t label : side.used[asked.label]) {
      const Asked other = standing_for(asked.before, label);
      side.others[label] = &side_of(other).outcomes[other.label];
    }
    side.outcomes[asked.label] = evaluate_label(asked.label, side.rules, side.conditions, side.text,
                                                side.others, Reasons::kLeftOut);
    side.known[asked.label] = true;
  }

  const EvaluationPlan& plan_;
  Side before_;
  Side after_;
  std::vector<std::optional<bool>> differs_;  // by label of the second rule set, where decided
};

EditClassifier::EditClassifier(const Rules& before, const Rules& after, const Edit& edit,
                               const Schema& schema, const KeptMatches& kept)
    : compiled_(std::make_unique<const Compiled>(before, after, edit, schema, kept)) {}

EditClassifier::~EditClassifier() = default;

std::vector<std::optional<EditClassifier::Both>> EditClassifier::classify(
    std::span<const Person> people) const {
  const Compiled& compiled = *compiled_;
  std::vector<std::optional<Both>> results;
  results.reserve(people.size());
  const BatchPool::Loan loan(compiled.batches);
  MatchBatch& batch = *loan;
  for (std::size_t begin = 0; begin < people.size(); begin += kTogether) {
    const auto some = people.subspan(begin, std::min(kTogether, people.size() - begin));
    batch.clear();
    std::vector<PersonText> texts;
    texts.reserve(some.size());
    for (const Person& person : some) {
      texts.emplace_back(compiled.schema, person, batch, compiled.columns);
    }
    compiled.matcher.find(batch);
    for (const PersonText& text : texts) {
      if (!compiled.touches_anybody && compiled.finds_the_same(text)) {
        results.emplace_back();
        continue;
      }
      const PersonText text_before(
          compiled.schema, text.person(),
          [&](Table table, std::uint32_t row, std::uint32_t column, std::uint32_t lexicon) {
            return text.matches(table, row, column, compiled.lexicon_before[lexicon]);
          });
      results.emplace_back(Comparison(compiled, text_before, text).run());
    }
  }
  return results;
}

bool same_value(const Rules& before, const LabelValue& was, const Rules& after,
                const LabelValue& is) {
  using Names = std::pair<std::string_view, std::string_view>;
  const auto names = [](const Rules& rules, const LabelValue& value) -> Names {
    if (!value.category) return {};
    const Category& one =
        rules.lexicons[value.category->lexicon].categories[value.category->category];
    return {one.path, one.group};
  };
  return was.truth == is.truth && was.closed == is.closed && was.number == is.number &&
         was.number_high == is.number_high && was.date == is.date &&
         names(before, was) == names(after, is);
}

std::vector<LabelValue> EditClassifier::explain(const Person& person) const {
  return compiled_->explainer.classify(person).labels;
}

}  // namespace cadre
