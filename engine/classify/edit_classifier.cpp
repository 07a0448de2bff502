#include "cadre/classify/edit_classifier.hpp"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <iterator>
#include <ranges>
#include <string_view>
#include <unordered_map>

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

}  // namespace

struct EditClassifier::Compiled {
  Compiled(const Rules& the_before, const Rules& the_after, const Edit& edit,
           const Schema& the_schema)
      : before(the_before),
        after(the_after),
        schema(the_schema),
        touches_anybody(edit.touches_anybody()),
        changed(edit.labels()),
        needed(changed),
        conditions_before(bind_conditions(before, schema)),
        conditions_after(bind_conditions(after, schema)),
        searched(either(searched_columns(before, schema), searched_columns(after, schema))),
        matcher(lexicons(), after.match_limits) {
    for (const Label& label : before.labels) label_after.push_back(after.find_label(label.name));
    for (const std::uint32_t label : std::ranges::reverse_view(after.evaluation_order)) {
      if (!needed[label]) continue;
      for (const std::uint32_t used : labels_used(after.labels[label])) needed[used] = true;
    }
  }

  /// Those of the second rule set, and of the first those that find something else.
  std::vector<Lexicon> lexicons() {
    std::vector<Lexicon> all = after.lexicons;
    for (std::size_t i = 0; i < before.lexicons.size(); ++i) {
      const bool same = i < after.lexicons.size() && describe_matching(before.lexicons[i]) ==
                                                         describe_matching(after.lexicons[i]);
      lexicon_before.push_back(static_cast<std::uint32_t>(same ? i : all.size()));
      std::vector<std::uint32_t>& categories = category_after.emplace_back();
      if (same) continue;
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
        for (const std::uint32_t column : searched[static_cast<std::size_t>(table)]) {
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

  Both all_labels(const PersonText& text_before, const PersonText& text) const {
    return {evaluate_labels(before, conditions_before, text_before, Reasons::kLeftOut),
            evaluate_labels(after, conditions_after, text, Reasons::kLeftOut)};
  }

  /// The labels of a person whom nothing but the terms of the edit can change.
  Both changed_labels(const PersonText& text_before, const PersonText& text) const {
    std::vector<LabelOutcome> is(after.labels.size());
    std::vector<const LabelOutcome*> others_now;
    for (const LabelOutcome& one : is) others_now.push_back(&one);
    for (const std::uint32_t label : after.evaluation_order) {
      if (!needed[label]) continue;
      is[label] =
          evaluate_label(label, after, conditions_after, text, others_now, Reasons::kLeftOut);
    }
    std::vector<LabelOutcome> was(before.labels.size());
    std::vector<const LabelOutcome*> others_then;
    for (std::uint32_t label = 0; label < was.size(); ++label) {
      const std::optional<std::uint32_t> now = label_after[label];
      others_then.push_back(now && !changed[*now] ? &is[*now] : &was[label]);
    }
    for (const std::uint32_t label : before.evaluation_order) {
      if (others_then[label] != &was[label] || !label_after[label]) continue;
      was[label] = evaluate_label(label, before, conditions_before, text_before, others_then,
                                  Reasons::kLeftOut);
    }
    Both both{std::vector<LabelValue>(was.size()), std::vector<LabelValue>(is.size())};
    for (std::uint32_t label = 0; label < is.size(); ++label) {
      if (changed[label]) both.after[label] = std::move(is[label].value);
    }
    for (std::uint32_t label = 0; label < was.size(); ++label) {
      both.before[label] = std::move(was[label].value);
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
  const std::vector<bool> changed;  // by label of the second rule set: whether the edit may do so
  std::vector<bool> needed;         // these, and what they name
  std::vector<std::optional<std::uint32_t>> label_after;  // of labels of the first rule set
  BoundConditions conditions_before;
  BoundConditions conditions_after;
  SearchedColumns searched;
  std::vector<std::uint32_t> lexicon_before;  // of the first rule set: its number in the matcher
  // Of the categories of each of them that differs: their numbers in the second rule set.
  std::vector<std::vector<std::uint32_t>> category_after;
  Matcher matcher;
  mutable BatchPool batches;
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
      texts.emplace_back(compiled.schema, person, batch, compiled.searched);
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
      results.emplace_back(compiled.touches_anybody ? compiled.all_labels(text_before, text)
                                                    : compiled.changed_labels(text_before, text));
    }
  }
  return results;
}

std::vector<LabelValue> EditClassifier::explain(const Person& person) const {
  const Compiled& compiled = *compiled_;
  const BatchPool::Loan batch(compiled.batches);
  (*batch).clear();
  const PersonText text(compiled.schema, person, *batch, compiled.searched);
  compiled.matcher.find(*batch);
  return evaluate_labels(compiled.after, compiled.conditions_after, text, Reasons::kKept);
}

}  // namespace cadre
