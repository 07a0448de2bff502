#include "cadre/classify/label_column.hpp"

#include <algorithm>
#include <array>
#include <cstring>
#include <utility>

#include "cadre/classify/label_evaluation.hpp"

namespace cadre {
namespace {

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

void append(std::string& out, std::string_view text) {
  out += std::to_string(text.size());
  out += ':';
  out += text;
}

void append(std::string& out, double number) {
  char bytes[sizeof number];
  std::memcpy(bytes, &number, sizeof number);
  out.append(bytes, sizeof bytes);
}

void append(std::string& out, const std::optional<double>& number) {
  out += number ? '+' : '-';
  if (number) append(out, *number);
}

void append(std::string& out, const Windows& windows) {
  append(out, static_cast<double>(windows.size()));
  for (std::size_t i = 0; i < windows.size(); ++i) {
    append(out, windows[i].from);
    append(out, windows[i].to);
  }
}

void append(std::string& out, const std::optional<NamedDate>& date) {
  out += date ? '+' : '-';
  if (!date) return;
  append(out, static_cast<double>(date->first));
  append(out, static_cast<double>(date->last));
  append(out, date->low);
  append(out, date->high);
}

void append(std::string& out, const std::vector<Speaking>& rows) {
  append(out, static_cast<double>(rows.size()));
  for (const Speaking& row : rows) {
    out += static_cast<char>('0' + static_cast<int>(row.table));
    append(out, static_cast<double>(row.row.row));
    append(out, row.row.windows.certain);
    append(out, row.row.windows.possible);
  }
}

}  // namespace

LabelColumn::LabelColumn(std::vector<LabelOutcome> outcomes, const Label& label, const Rules& rules,
                         bool built_on) {
  const bool only_truth = label.kind() == Label::Kind::kPlain && !built_on;
  std::string content(1, only_truth ? 't' : built_on ? 'r' : 'v');
  truths_.reserve(outcomes.size());
  for (LabelOutcome& outcome : outcomes) {
    truths_.push_back(outcome.value.truth);
    if (!built_on) outcome.basis.met = outcome.basis.possible = {};
  }
  if (!only_truth) outcomes_ = std::move(outcomes);
  if (const auto* category = std::get_if<CategoryOf>(&label.body)) {
    categories_ = rules.lexicons[category->branch.lexicon].categories;
  }
  for (std::size_t person = 0; person < truths_.size(); ++person) {
    content += static_cast<char>('0' + static_cast<int>(truths_[person]));
    if (only_truth) continue;
    const Value value = this->value(person);
    const std::optional<Branch>& branch = outcomes_[person].value.category;
    append(content, branch ? static_cast<double>(branch->lexicon) : -1.0);
    append(content, branch ? static_cast<double>(branch->category) : -1.0);
    append(content, value.category);
    append(content, value.group);
    append(content, value.number);
    append(content, value.number_high);
    append(content, value.date ? value.date->text() : "");
    const Basis& basis = outcomes_[person].basis;
    append(content, basis.number ? std::optional(basis.number->low) : std::nullopt);
    append(content, basis.number ? std::optional(basis.number->high) : std::nullopt);
    append(content, basis.date);
    append(content, static_cast<double>(basis.candidates.size()));
    for (const Branch& candidate : basis.candidates) {
      const Category& category = categories_[candidate.category];
      append(content, static_cast<double>(candidate.lexicon));
      append(content, static_cast<double>(candidate.category));
      append(content, category.path);
      append(content, category.group);
    }
    if (!built_on) continue;
    content += basis.incomplete ? 'i' : 'c';
    append(content, basis.met);
    append(content, basis.possible);
  }
  content_ = key_of(content);
}

LabelColumn::~LabelColumn() = default;

LabelColumn::Value LabelColumn::value(std::size_t person) const {
  Value value;
  value.truth = truths_[person];
  if (outcomes_.empty()) return value;
  const LabelValue& full = outcomes_[person].value;
  value.number = full.number;
  value.number_high = full.number_high;
  value.date = full.date;
  if (full.category) {
    const Category& category = categories_[full.category->category];
    value.category = category.path;
    value.group = category.group;
  }
  return value;
}

const LabelOutcome& LabelColumn::outcome(std::size_t person) const {
  return outcomes_.empty() ? plain_outcome(truths_[person]) : outcomes_[person];
}

bool LabelColumn::same_outcome(std::size_t person, const LabelColumn& other) const {
  if (outcomes_.empty() && other.outcomes_.empty()) return truth(person) == other.truth(person);
  const LabelOutcome& a = outcome(person);
  const LabelOutcome& b = other.outcome(person);
  const auto same_category = [&](const Branch& candidate) {
    const Category& one = categories_[candidate.category];
    const Category& another = other.categories_[candidate.category];
    return one.path == another.path && one.group == another.group;
  };
  return value(person) == other.value(person) && a.value.category == b.value.category &&
         a.basis == b.basis &&
         std::all_of(a.basis.candidates.begin(), a.basis.candidates.end(), same_category);
}

std::size_t LabelColumn::size() const {
  std::size_t bytes = truths_.size() + outcomes_.size() * sizeof(LabelOutcome);
  for (const LabelOutcome& outcome : outcomes_) {
    bytes += (outcome.basis.met.size() + outcome.basis.possible.size()) * sizeof(Speaking);
    bytes += outcome.basis.candidates.size() * sizeof(Branch);
  }
  return bytes;
}

}  // namespace cadre
