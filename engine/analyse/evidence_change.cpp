#include "cadre/analyse/evidence_change.hpp"

#include <fmt/format.h>

#include <map>
#include <set>
#include <string_view>
#include <tuple>

namespace cadre {
namespace {

/// Words by where they stand and which term they met; terms by name, as numbers differ.
using Key = std::tuple<Table, std::uint32_t, std::uint32_t, std::uint32_t, std::uint32_t,
                       std::string, std::string>;
using Found = std::map<Key, ChangedWords>;

RulePlace place_of(const Rules& rules, Range range) {
  if (rules.sources == nullptr || !range.known() || range.file >= rules.sources->size()) return {};
  return {rules.sources->path(range.file), rules.sources->line(range.file, range.begin)};
}

class WordCollector {
 public:
  WordCollector(const Classification& classification, const Person& person, const Schema& schema)
      : classification_(classification),
        rules_(*classification.rules),
        person_(person),
        schema_(schema) {}

  Found collect(std::uint32_t label) {
    visit(label);
    return std::move(found_);
  }

 private:
  void visit(std::uint32_t label) {
    if (!visited_.insert(label).second) return;
    for (const Step& step : classification_.labels[label].steps) {
      for (const RowEvidence& row : step.rows) {
        if (row.met == Truth::kTrue) add(rules_.labels[label].name, row);
      }
      if (step.label) visit(*step.label);
    }
  }

  void add(const std::string& label, const RowEvidence& evidence) {
    const Row& row = person_.rows(evidence.table)[evidence.row];
    for (const Words& words : evidence.words) {
      const Match& match = words.match;
      ChangedWords one;
      one.label = label;
      one.table = schema_.table(evidence.table).name;
      one.row = evidence.table == Table::kPerson ? person_.id : row.id;
      if (row.span.start) one.start = row.span.start->text();
      if (row.span.end) one.end = row.span.end->text();
      if (row.span.open) one.end = "..";
      one.column = schema_.table(evidence.table).columns[words.column].name;
      one.words = row.cells[words.column].substr(match.begin, match.end - match.begin);
      if (match.lexicon != Words::kNoLexicon) {
        const Term& term = rules_.lexicons[match.lexicon].terms[match.term];
        const bool of_near = term.kind == Term::Kind::kContext;  // none of the category
        one.branch = rules_.branch_name({match.lexicon, of_near ? 0 : match.category});
        one.term = term.text;
        one.place = place_of(rules_, term.range);
      }
      found_.emplace(Key{evidence.table, evidence.row, words.column, match.begin, match.end,
                         one.branch, one.term},
                     std::move(one));
    }
  }

  const Classification& classification_;
  const Rules& rules_;
  const Person& person_;
  const Schema& schema_;
  std::set<std::uint32_t> visited_;
  Found found_;
};

std::vector<ChangedWords> only_in(const Found& a, const Found& b) {
  std::vector<ChangedWords> out;
  for (const auto& [key, words] : a) {
    if (!b.contains(key)) out.push_back(words);
  }
  return out;
}

class ReasonFinder {
 public:
  explicit ReasonFinder(const Classification& classification) : classification_(classification) {}

  std::string find(std::uint32_t label) {
    if (!visited_.insert(label).second) return {};
    const LabelValue& value = classification_.labels[label];
    if (value.steps.empty()) return {};
    const bool plain = classification_.rules->labels[label].kind() == Label::Kind::kPlain;
    if (!plain && value.truth == Truth::kTrue) return value.steps.front().measured;
    for (std::size_t i = 1; i < value.steps.size(); ++i) {
      const Step& step = value.steps[i];
      if (step.value != value.truth && !value.closed) continue;
      if (step.label) {
        if (!step.measured.empty()) return fmt::format("{}: {}", step.text, step.measured);
        if (std::string reason = find(*step.label); !reason.empty()) return reason;
        continue;
      }
      if (std::string reason = reason_of(step); !reason.empty()) return reason;
    }
    const Step& root = value.steps.front();
    if (root.label) {
      if (std::string reason = find(*root.label); !reason.empty()) return reason;
    }
    return reason_of(root);
  }

 private:
  static std::string reason_of(const Step& step) {
    if (!step.measured.empty()) return step.measured;
    for (const RowEvidence& row : step.rows) {
      if (!row.lacks.empty()) return row.lacks.front();
    }
    return {};
  }

  const Classification& classification_;
  std::set<std::uint32_t> visited_;
};

}  // namespace

std::pair<std::vector<ChangedWords>, std::vector<ChangedWords>> changed_words(
    const LabelOfSide& a, const LabelOfSide& b, const Person& person, const Schema& schema) {
  const auto words = [&](const LabelOfSide& side) {
    return side.label ? WordCollector(side.classification, person, schema).collect(*side.label)
                      : Found();
  };
  const Found before = words(a);
  const Found after = words(b);
  return {only_in(before, after), only_in(after, before)};
}

std::string deciding_reason(const Classification& classification, std::uint32_t label) {
  return ReasonFinder(classification).find(label);
}

}  // namespace cadre
