// Study::labels: the columns of a rule set, evaluated as far as they are not known.
#include <cstdint>
#include <memory>
#include <numeric>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "cadre/base/parallel.hpp"
#include "cadre/classify/classifier.hpp"
#include "cadre/classify/fingerprint.hpp"
#include "cadre/classify/label_evaluation.hpp"
#include "cadre/classify/person_text.hpp"
#include "cadre/classify/study.hpp"
#include "cadre/classify/study_state.hpp"

namespace cadre {
namespace {

std::string bytes_of(const Key& key) {
  return std::to_string(key.high) + ':' + std::to_string(key.low);
}

/// What stands for the parts of a rule set where the question is only which rule a label has.
PartKeys keys_of_names(const Rules& rules) {
  PartKeys keys;
  for (const Lexicon& lexicon : rules.lexicons) {
    keys.matching.push_back(key_of(describe_categories(lexicon)));
    keys.groups.push_back(key_of(describe_groups(lexicon)));
  }
  for (const Label& label : rules.labels) keys.labels.push_back(key_of(label.name));
  return keys;
}

/// The lexicons that some label names.
std::vector<bool> lexicons_needed(const Rules& rules) {
  std::vector<bool> needed(rules.lexicons.size());
  for (const Label& label : rules.labels) {
    for (const std::uint32_t lexicon : lexicons_used(label)) needed[lexicon] = true;
  }
  return needed;
}

}  // namespace

/// The columns of one rule set on their way.
class Study::Evaluation {
 public:
  Evaluation(State& state, const Rules& rules)
      : state_(state),
        rules_(rules),
        built_on_(labels_built_on(rules)),
        names_(keys_of_names(rules)),
        contents_(names_),
        lexicons_(rules.lexicons.size()),
        columns_(rules.labels.size()) {
    const std::vector<bool> needed = lexicons_needed(rules);
    for (std::uint32_t i = 0; i < rules.lexicons.size(); ++i) {
      if (!needed[i]) continue;
      auto resolved = state.resolve(rules.lexicons[i], rules.match_limits);
      contents_.matching[i] = key_of(bytes_of(names_.matching[i]) + bytes_of(resolved->content));
      lexicons_[i] = matches_of(std::move(resolved));
    }
  }

  Columns run() {
    for (const std::uint32_t label : rules_.evaluation_order) {
      columns_[label] = state_.columns.get(key_by(contents_, label), [&] { return column(label); });
      contents_.labels[label] = columns_[label]->content();
    }
    return std::move(columns_);
  }

 private:
  Key key_by(const PartKeys& keys, std::uint32_t label) const {
    return key_of(describe(rules_.labels[label], keys) + (built_on_[label] ? '+' : '-'));
  }

  LabelInputs inputs_of(std::uint32_t label) const {
    LabelInputs inputs;
    for (const std::uint32_t used : lexicons_used(rules_.labels[label])) {
      inputs.lexicons[used] = lexicons_[used];
    }
    for (const std::uint32_t used : labels_used(rules_.labels[label])) {
      inputs.labels[rules_.labels[used].name] = columns_[used];
    }
    return inputs;
  }

  /// Where the same rule was evaluated before, only people are evaluated for whom it read something
  /// else.
  std::shared_ptr<const LabelColumn> column(std::uint32_t label) {
    ++state_.labels_evaluated;
    const std::size_t people = state_.dataset->people.size();
    std::vector<LabelOutcome> outcomes(people);
    std::vector<std::uint32_t> touched;
    LabelInputs inputs = inputs_of(label);
    const Key rule = key_by(names_, label);
    if (const auto before = state_.latest(rule)) {
      touched = people_touched(before->inputs, inputs, state_.texts, people);
      auto next = touched.begin();
      for (std::uint32_t person = 0; person < people; ++person) {
        if (next != touched.end() && *next == person) {
          ++next;
        } else {
          outcomes[person] = before->column->outcome(person);
        }
      }
    } else {
      touched.resize(people);
      std::iota(touched.begin(), touched.end(), 0U);
    }
    evaluate(label, touched, outcomes);
    auto made = std::make_shared<const LabelColumn>(std::move(outcomes), rules_.labels[label],
                                                    rules_, built_on_[label]);
    auto column = state_.contents.get(made->content(), [&] {
      state_.bytes += made->size();
      return made;
    });
    state_.remember(rule, {std::move(inputs), column});
    return column;
  }

  void evaluate(std::uint32_t label, const std::vector<std::uint32_t>& people,
                std::vector<LabelOutcome>& outcomes) const {
    state_.people_evaluated += people.size();
    const Schema& schema = state_.dataset->schema;
    BoundConditions conditions;
    bind_conditions(rules_.labels[label], rules_, schema, conditions);
    const std::vector<std::uint32_t> used = labels_used(rules_.labels[label]);
    in_portions(people.size(), kPeopleTogether, state_.options.threads,
                [&](std::size_t begin, std::size_t end) {
                  std::vector<const LabelOutcome*> others(rules_.labels.size());
                  for (std::size_t i = begin; i < end; ++i) {
                    const std::uint32_t person = people[i];
                    for (const std::uint32_t other : used) {
                      others[other] = &columns_[other]->outcome(person);
                    }
                    const PersonText text(schema, state_.dataset->people[person], find(person));
                    outcomes[person] =
                        evaluate_label(label, rules_, conditions, text, others, Reasons::kLeftOut);
                  }
                  return true;
                });
  }

  PersonText::FindMatches find(std::uint32_t person) const {
    return [this, person](Table table, std::uint32_t row, std::uint32_t column,
                          std::uint32_t lexicon) {
      return lexicons_[lexicon]->in(state_.texts.number(person, table, row, column));
    };
  }

  State& state_;
  const Rules& rules_;
  const std::vector<bool> built_on_;
  const PartKeys names_;
  PartKeys contents_;  // of lexicons, and of the labels that are evaluated
  std::vector<std::shared_ptr<const LexiconMatches>> lexicons_;
  Columns columns_;
};

Study::Columns Study::labels(const Rules& rules) const {
  require_fit(rules, state_->dataset->schema);
  state_->keep_within_budget();
  return Evaluation(*state_, rules).run();
}

}  // namespace cadre
