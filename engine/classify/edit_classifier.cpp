#include "cadre/classify/edit_classifier.hpp"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <iterator>
#include <ranges>
#include <string_view>
#include <unordered_map>
#include <utility>

#include "cadre/classify/classifier.hpp"
#include "cadre/classify/fingerprint.hpp"
#include "cadre/classify/label_evaluation.hpp"
#include "cadre/classify/person_text.hpp"
#include "cadre/classify/searched_columns.hpp"
#include "cadre/match/batch_pool.hpp"
#include "cadre/match/matcher.hpp"

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

/// Which labels must be evaluated to know those that an edit may change, and by which rule set.
struct EvaluationPlan {
  EvaluationPlan(const Rules& before, const Rules& after, const Edit& edit)
      : changed(edit.labels()), needed_before(before.labels.size()), needed_after(changed) {
    for (const Label& label : before.labels) {
      const std::optional<std::uint32_t> now = after.find_label(label.name);
      const bool same = now && !changed[*now] && means_the_same(label, before, after);
      shared.push_back(same ? now : std::nullopt);
      if (now && changed[*now]) needed_before[shared.size() - 1] = true;
    }
    // The users of a label come after it in the order of evaluation.
    for (const std::uint32_t label : std::ranges::reverse_view(before.evaluation_order)) {
      if (!needed_before[label]) continue;
      for (const std::uint32_t used : labels_used(before.labels[label])) {
        if (shared[used]) {
          needed_after[*shared[used]] = true;
        } else {
          needed_before[used] = true;
        }
      }
    }
    for (const std::uint32_t label : std::ranges::reverse_view(after.evaluation_order)) {
      if (!needed_after[label]) continue;
      for (const std::uint32_t used : labels_used(after.labels[label])) needed_after[used] = true;
    }
  }

  std::vector<bool> changed;  // by label of the second rule set: whether the edit may do so
  std::vector<bool> needed_before;
  std::vector<bool> needed_after;
  /// By label of the first rule set: that of the second which stands for it, its outcome being the
  /// same.
  std::vector<std::optional<std::uint32_t>> shared;

 private:
  /// Categories are known by number, so that a label which picks one is the same only where they
  /// are numbered alike.
  static bool means_the_same(const Label& label, const Rules& before, const Rules& after) {
    const auto* category = std::get_if<CategoryOf>(&label.body);
    if (category == nullptr) return true;
    const std::uint32_t lexicon = category->branch.lexicon;
    return lexicon < after.lexicons.size() &&
           same_categories(before.lexicons[lexicon], after.lexicons[lexicon]);
  }
};

}  // namespace

struct EditClassifier::Compiled {
  Compiled(const Rules& the_before, const Rules& the_after, const Edit& edit,
           const Schema& the_schema)
      : before(the_before),
        after(the_after),
        schema(the_schema),
        touches_anybody(edit.touches_anybody()),
        plan(before, after, edit),
        conditions_before(bind_conditions(before, schema)),
        conditions_after(bind_conditions(after, schema)),
        searched_before(searched_by(plan.needed_before, before, schema)),
        searched_after(searched_by(plan.needed_after, after, schema)),
        columns(either(searched_before.columns, searched_after.columns)),
        matcher(lexicons(), after.match_limits),
        explainer(after, schema) {}

  /// Those of the second rule set, and behind them those of the first that find something else.
  /// Where no label that matters looks for their terms they are empty.
  std::vector<Lexicon> lexicons() {
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
      std::unordered_map<std::string_view, std::uint32_t> now;
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

  /// The labels that the edit may change.
  Both changed_labels(const PersonText& text_before, const PersonText& text) const {
    std::vector<LabelOutcome> is(after.labels.size());
    std::vector<const LabelOutcome*> others_now;
    for (const LabelOutcome& one : is) others_now.push_back(&one);
    for (const std::uint32_t label : after.evaluation_order) {
      if (!plan.needed_after[label]) continue;
      is[label] =
          evaluate_label(label, after, conditions_after, text, others_now, Reasons::kLeftOut);
    }
    std::vector<LabelOutcome> was(before.labels.size());
    std::vector<const LabelOutcome*> others_then;
    for (std::uint32_t label = 0; label < was.size(); ++label) {
      others_then.push_back(plan.shared[label] ? &is[*plan.shared[label]] : &was[label]);
    }
    for (const std::uint32_t label : before.evaluation_order) {
      if (!plan.needed_before[label]) continue;
      was[label] = evaluate_label(label, before, conditions_before, text_before, others_then,
                                  Reasons::kLeftOut);
    }
    Both both{std::vector<LabelValue>(was.size()), std::vector<LabelValue>(is.size())};
    for (std::uint32_t label = 0; label < is.size(); ++label) {
      if (!plan.changed[label]) continue;
      both.after[label] = std::move(is[label].value);
      const auto then = before.find_label(after.labels[label].name);
      if (then) both.before[*then] = std::move(was[*then].value);
    }
    return both;
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
  Matcher matcher;
  mutable BatchPool batches;
  const Classifier explainer;
};

EditClassifier::EditClassifier(const Rules& before, const Rules& after, const Edit& edit,
                               const Schema& schema)
    : compiled_(std::make_unique<const Compiled>(before, after, edit, schema)) {}

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
      results.emplace_back(compiled.changed_labels(text_before, text));
    }
  }
  return results;
}

std::vector<LabelValue> EditClassifier::explain(const Person& person) const {
  return compiled_->explainer.classify(person).labels;
}

}  // namespace cadre
