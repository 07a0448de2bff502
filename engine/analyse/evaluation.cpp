#include "cadre/analyse/evaluation.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>
#include <string_view>
#include <utility>

#include "cadre/analyse/alpha.hpp"
#include "cadre/analyse/cells.hpp"
#include "cadre/base/error.hpp"
#include "cadre/data/problems.hpp"
#include "cadre/text/utf8.hpp"

namespace cadre {
namespace {

constexpr std::string_view kTrue = "true";
constexpr std::string_view kFalse = "false";
constexpr std::string_view kNone = "none";
constexpr std::string_view kUnknown = "unknown";

struct LabelDefinition {
  std::string name;
  std::string title;
  std::string kind;
  std::string lexicon;

  bool comparable() const { return kind == "plain" || kind == "category"; }
};

std::vector<LabelDefinition> read_labels(const Run& run) {
  std::vector<LabelDefinition> labels;
  const Result result =
      run.query("SELECT label, title, kind, lexicon FROM label_definitions ORDER BY position");
  for (const auto& row : result.rows) {
    labels.push_back({text_of(row[0]), text_of(row[1]), text_of(row[2]), text_of(row[3])});
  }
  return labels;
}

std::vector<std::string> read_people(const Run& run) {
  std::vector<std::string> people;
  for (const auto& row : run.query("SELECT id FROM people ORDER BY rowid").rows) {
    people.push_back(text_of(row[0]));
  }
  return people;
}

/// The paths of a lexicon's categories, in its order.
std::vector<std::string> read_categories(const Run& run, const std::string& lexicon) {
  std::vector<std::string> paths;
  const Result result = run.query(
      "SELECT category FROM categories WHERE lexicon = ?1 AND category <> '' ORDER BY position",
      {lexicon});
  for (const auto& row : result.rows) paths.push_back(text_of(row[0]));
  return paths;
}

/// By person: what a run says.
std::map<std::string, std::string> read_values(const Run& run, const LabelDefinition& label) {
  std::map<std::string, std::string> values;
  const Result result =
      run.query("SELECT person, value, category FROM labels WHERE label = ?1", {label.name});
  for (const auto& row : result.rows) {
    std::string value = text_of(row[1]);
    if (label.kind == "category" && value != kUnknown) {
      value = value == kFalse ? kNone : text_of(row[2]);
    }
    values[text_of(row[0])] = std::move(value);
  }
  return values;
}

bool holds(const std::vector<std::string>& list, const std::string& name) {
  return std::find(list.begin(), list.end(), name) != list.end();
}

/// Whether `list` is empty, which means everything, or has the name.
bool asked_for(const std::vector<std::string>& list, const std::string& name) {
  return list.empty() || holds(list, name);
}

/// Throws unless every name that was asked for is there.
void require_all(const std::vector<std::string>& asked, const std::vector<std::string>& there,
                 std::string_view what) {
  for (const std::string& name : asked) {
    if (holds(there, name)) continue;
    throw Error(Error::Kind::kUsage, "",
                fmt::format("{} '{}'{}", what, name, did_you_mean(name, there)));
  }
}

/// By label and person, what the coders say.
using Verdicts = std::map<std::string, std::map<std::string, std::vector<CoderVerdict>>>;

/// What is read of a coding, checked against a run.
class CodingCheck {
 public:
  CodingCheck(const Run& run, const Coding& coding, const EvaluationOptions& options,
              Problems& problems)
      : run_(run),
        coding_(coding),
        options_(options),
        problems_(problems),
        people_(read_people(run)),
        known_people_(people_.begin(), people_.end()),
        labels_(read_labels(run)) {}

  Verdicts check() {
    std::set<std::string> labels;
    std::set<std::string> coders;
    for (const CodedRow& row : coding_.rows) {
      labels.insert(row.label.text);
      coders.insert(row.coder.text);
    }
    require_all(options_.labels, {labels.begin(), labels.end()}, "the coding has no label");
    require_all(options_.coders, {coders.begin(), coders.end()}, "the coding has no coder");
    for (const CodedRow& row : coding_.rows) {
      if (asked_for(options_.labels, row.label.text) && asked_for(options_.coders, row.coder.text))
        take(row);
    }
    return std::move(verdicts_);
  }

  std::vector<std::string> ignored_people() const {
    return {ignored_people_.begin(), ignored_people_.end()};
  }
  std::vector<std::string> ignored_labels() const {
    return {ignored_labels_.begin(), ignored_labels_.end()};
  }

 private:
  void take(const CodedRow& row) {
    const bool person = check_person(row.person);
    const LabelDefinition* label = check_label(row.label);
    if (label == nullptr) return;
    std::optional<std::string> value = check_value(row.value, *label);
    if (!person || !value) return;
    verdicts_[label->name][row.person.text].push_back(
        {row.coder.text, std::move(*value), row.note, row.confidence});
  }

  static constexpr const char* kIgnore = "--ignore-unknown leaves out what the run does not have";

  bool check_person(const CodedCell& cell) {
    if (known_people_.contains(cell.text)) return true;
    if (options_.ignore_unknown) {
      ignored_people_.insert(cell.text);
    } else {
      error(
          "unknown-person", cell,
          [&] {
            return fmt::format("the run has no person '{}'{}", quotable(cell.text),
                               did_you_mean(cell.text, people_));
          },
          kIgnore);
    }
    return false;
  }

  const LabelDefinition* check_label(const CodedCell& cell) {
    const auto found =
        std::find_if(labels_.begin(), labels_.end(),
                     [&](const LabelDefinition& label) { return label.name == cell.text; });
    if (found == labels_.end()) {
      if (options_.ignore_unknown) {
        ignored_labels_.insert(cell.text);
        return nullptr;
      }
      error(
          "unknown-label", cell,
          [&] {
            std::vector<std::string> names;
            for (const LabelDefinition& label : labels_) names.push_back(label.name);
            return fmt::format("the run has no label '{}'{}", quotable(cell.text),
                               did_you_mean(cell.text, names));
          },
          kIgnore);
      return nullptr;
    }
    if (!found->comparable()) {
      error(
          "label-kind", cell,
          [&] { return fmt::format("the label '{}' is a {}", found->name, found->kind); },
          "labels that are true or false can be evaluated, and categories");
      return nullptr;
    }
    return &*found;
  }

  std::optional<std::string> check_value(const CodedCell& cell, const LabelDefinition& label) {
    std::string lower = ascii_lower_case(cell.text);
    if (lower == kUnknown) return lower;
    const bool no = lower == "false" || lower == "no" || lower == "n" || lower == "0";
    if (label.kind == "plain") {
      if (no) return std::string(kFalse);
      if (lower == "true" || lower == "yes" || lower == "y" || lower == "1") {
        return std::string(kTrue);
      }
      error(
          "wrong-value", cell,
          [&] {
            return fmt::format("'{}' is none of true, false, unknown{}", quotable(cell.text),
                               did_you_mean(lower, {"true", "false", "unknown"}));
          },
          "");
      return std::nullopt;
    }
    const std::vector<std::string>& paths = categories_of(label.lexicon);
    std::string path = cell.text;
    if (path.starts_with(label.lexicon + "/")) path.erase(0, label.lexicon.size() + 1);
    if (holds(paths, path)) return path;
    if (no || lower == kNone) return std::string(kNone);
    error(
        "unknown-category", cell,
        [&] {
          std::vector<std::string> known = paths;
          known.insert(known.end(), {std::string(kNone), std::string(kUnknown)});
          return fmt::format("the lexicon '{}' has no category '{}'{}", label.lexicon,
                             quotable(path), did_you_mean(path, known));
        },
        "write none where there is no category");
    return std::nullopt;
  }

  const std::vector<std::string>& categories_of(const std::string& lexicon) {
    const auto [at, is_new] = categories_.try_emplace(lexicon);
    if (is_new) at->second = read_categories(run_, lexicon);
    return at->second;
  }

  /// Guesses take time, so none is made for what is only counted.
  template <typename Message>
  void error(const char* code, const CodedCell& cell, const Message& message, const char* hint) {
    if (problems_.full()) {
      problems_.error(code, {}, {});
    } else {
      problems_.error(code, message(), coding_.place(cell), hint);
    }
  }

  const Run& run_;
  const Coding& coding_;
  const EvaluationOptions& options_;
  Problems& problems_;
  std::vector<std::string> people_;
  std::set<std::string> known_people_;
  std::vector<LabelDefinition> labels_;
  std::map<std::string, std::vector<std::string>> categories_;
  std::set<std::string> ignored_people_;
  std::set<std::string> ignored_labels_;
  Verdicts verdicts_;
};

/// The category of `known` that a path lies in, itself included; the path where there is none.
std::string at_depth_of(const std::set<std::string>& known, const std::string& path) {
  for (std::string branch = path;; branch.resize(branch.rfind('/'))) {
    if (known.contains(branch)) return branch;
    if (branch.find('/') == std::string::npos) return path;
  }
}

/// The value that most of those who know give; "unknown" where nobody does, nothing where it is
/// even.
std::optional<std::string> most_say(const std::vector<CoderVerdict>& verdicts) {
  std::map<std::string, std::size_t> votes;
  for (const CoderVerdict& verdict : verdicts) {
    if (verdict.value != kUnknown) ++votes[verdict.value];
  }
  if (votes.empty()) return std::string(kUnknown);
  const auto fewer = [](const auto& a, const auto& b) { return a.second < b.second; };
  const auto most = std::max_element(votes.begin(), votes.end(), fewer);
  const auto even = [&](const auto& one) { return one.second == most->second; };
  if (std::count_if(votes.begin(), votes.end(), even) > 1) return std::nullopt;
  return most->first;
}

/// Compares one label.
class Comparer {
 public:
  Comparer(const Run& run, const LabelDefinition& label, const EvaluationOptions& options,
           bool full_depth)
      : run_(run), label_(label), options_(options), full_depth_(full_depth) {}

  LabelAgreement compare(const std::vector<std::string>& people,
                         std::map<std::string, std::vector<CoderVerdict>> verdicts) {
    out_.label = label_.name;
    out_.title = label_.title;
    out_.category = label_.kind == "category";
    std::map<std::string, std::string> values = read_values(run_, label_);
    if (out_.category && !full_depth_) to_depth_of(verdicts, values);
    for (const std::string& person : people) {
      const auto coded = verdicts.find(person);
      if (coded == verdicts.end()) continue;
      out_.people.push_back(one(person, values[person], std::move(coded->second)));
    }
    list_values();
    count();
    agree();
    return std::move(out_);
  }

 private:
  static void to_depth_of(const std::map<std::string, std::vector<CoderVerdict>>& verdicts,
                          std::map<std::string, std::string>& values) {
    std::set<std::string> named;
    for (const auto& [person, list] : verdicts) {
      for (const CoderVerdict& verdict : list) named.insert(verdict.value);
    }
    for (auto& [person, value] : values) value = at_depth_of(named, value);
  }

  PersonAgreement one(const std::string& person, std::string value,
                      std::vector<CoderVerdict> coders) const {
    PersonAgreement result;
    result.person = person;
    result.run = counted(std::move(value));
    for (CoderVerdict& verdict : coders) verdict.value = counted(std::move(verdict.value));
    const std::optional<std::string> coding = most_say(coders);
    result.coders = std::move(coders);
    result.coding = coding.value_or("");
    result.outcome = !coding                 ? PersonAgreement::Outcome::kSplit
                     : *coding == result.run ? PersonAgreement::Outcome::kAgree
                     : *coding == kUnknown || result.run == kUnknown
                         ? PersonAgreement::Outcome::kUnknown
                         : PersonAgreement::Outcome::kDiffer;
    return result;
  }

  std::string counted(std::string value) const {
    if (value != kUnknown || !options_.unknown_as_false) return value;
    return std::string(out_.category ? kNone : kFalse);
  }

  /// Those that somebody gave: categories in the order of the lexicon, then those of another one.
  void list_values() {
    if (!out_.category) {
      out_.values = {std::string(kTrue), std::string(kFalse)};
      return;
    }
    std::set<std::string> given;
    for (const PersonAgreement& person : out_.people) {
      given.insert(person.run);
      for (const CoderVerdict& verdict : person.coders) given.insert(verdict.value);
    }
    const bool none = given.erase(std::string(kNone)) > 0;
    given.erase(std::string(kUnknown));
    for (const std::string& path : read_categories(run_, label_.lexicon)) {
      if (given.erase(path) > 0) out_.values.push_back(path);
    }
    out_.values.insert(out_.values.end(), given.begin(), given.end());
    if (none) out_.values.emplace_back(kNone);
  }

  std::size_t index(const std::string& value) const {
    return static_cast<std::size_t>(std::find(out_.values.begin(), out_.values.end(), value) -
                                    out_.values.begin());
  }

  void count() {
    const std::size_t values = out_.values.size();
    out_.table = Confusion(values + 1);
    out_.known = Confusion(values);
    for (const PersonAgreement& person : out_.people) {
      if (person.outcome == PersonAgreement::Outcome::kSplit) continue;
      const std::size_t row = index(person.run);
      const std::size_t column = index(person.coding);
      out_.table.add(row, column);
      if (row < values && column < values) out_.known.add(row, column);
    }
    out_.kappa = cohen_kappa(out_.known);
    if (!out_.category) out_.retrieval = retrieval(out_.known, 0);
  }

  void agree() {
    std::set<std::string> coders;
    for (const PersonAgreement& person : out_.people) {
      for (const CoderVerdict& verdict : person.coders) coders.insert(verdict.coder);
    }
    CoderAgreement& agreement = out_.agreement;
    agreement.coders = coders.size();
    if (coders.size() < 2) return;
    std::vector<std::vector<std::size_t>> units;
    Confusion pairs(out_.values.size());
    for (const PersonAgreement& person : out_.people) {
      std::vector<std::pair<std::string, std::size_t>> known;
      for (const CoderVerdict& verdict : person.coders) {
        if (verdict.value != kUnknown) known.emplace_back(verdict.coder, index(verdict.value));
      }
      if (known.size() < 2) continue;
      ++agreement.people;
      std::sort(known.begin(), known.end());
      if (coders.size() == 2) pairs.add(known[0].second, known[1].second);
      std::vector<std::size_t>& unit = units.emplace_back();
      for (const auto& [coder, value] : known) unit.push_back(value);
    }
    if (coders.size() == 2) {
      agreement.kappa = cohen_kappa(pairs);
    } else {
      agreement.alpha = krippendorff_alpha(units, out_.values.size());
    }
  }

  const Run& run_;
  const LabelDefinition& label_;
  const EvaluationOptions& options_;
  bool full_depth_;
  LabelAgreement out_;
};

Evaluation compare(const Run& run, Verdicts verdicts, const EvaluationOptions& options,
                   bool full_depth) {
  Evaluation evaluation;
  std::set<std::string> coders;
  std::set<std::string> coded;
  for (const auto& [label, people] : verdicts) {
    for (const auto& [person, list] : people) {
      coded.insert(person);
      for (const CoderVerdict& verdict : list) coders.insert(verdict.coder);
    }
  }
  evaluation.coders.assign(coders.begin(), coders.end());
  evaluation.people = coded.size();
  const std::vector<std::string> people = read_people(run);
  for (const LabelDefinition& label : read_labels(run)) {
    const auto at = verdicts.find(label.name);
    if (at == verdicts.end()) continue;
    evaluation.labels.push_back(
        Comparer(run, label, options, full_depth).compare(people, std::move(at->second)));
  }
  return evaluation;
}

std::vector<std::string> only_in_one(std::vector<std::string> a, std::vector<std::string> b) {
  std::sort(a.begin(), a.end());
  std::sort(b.begin(), b.end());
  std::vector<std::string> out;
  std::set_symmetric_difference(a.begin(), a.end(), b.begin(), b.end(), std::back_inserter(out));
  return out;
}

}  // namespace

std::size_t LabelAgreement::count(PersonAgreement::Outcome outcome) const {
  return static_cast<std::size_t>(std::count_if(
      people.begin(), people.end(),
      [outcome](const PersonAgreement& person) { return person.outcome == outcome; }));
}

Evaluated evaluate(const Run& run, const Coding& coding, const EvaluationOptions& options) {
  Evaluated evaluated;
  Problems problems(evaluated.diagnostics, DataOptions().max_diagnostics);
  CodingCheck check(run, coding, options, problems);
  Verdicts verdicts = check.check();
  if (problems.errors() == 0 && verdicts.empty()) {
    problems.error("nothing-coded", "no row of the coding is about this run", coding.file->whole(),
                   "the people and labels of the two are different");
  }
  if (problems.errors() == 0) {
    evaluated.evaluation = compare(run, std::move(verdicts), options, false);
    evaluated.evaluation->ignored_people = check.ignored_people();
    evaluated.evaluation->ignored_labels = check.ignored_labels();
  }
  problems.close();
  return evaluated;
}

Evaluation evaluate(const Run& run, const Run& other, const std::string& name,
                    const EvaluationOptions& options) {
  const std::vector<LabelDefinition> labels = read_labels(run);
  const std::vector<std::string> people = read_people(run);
  const std::vector<std::string> others = read_people(other);
  const std::set<std::string> known(people.begin(), people.end());
  require_all(options.coders, {name}, "the coding is a run, and there is no coder");

  Verdicts verdicts;
  std::vector<std::string> mine;
  std::vector<std::string> theirs;
  std::vector<std::string> shared;
  for (const LabelDefinition& label : labels) {
    if (label.comparable()) mine.push_back(label.name);
  }
  for (const LabelDefinition& label : read_labels(other)) {
    if (!label.comparable()) continue;
    theirs.push_back(label.name);
    const auto same = std::find_if(labels.begin(), labels.end(), [&](const LabelDefinition& one) {
      return one.name == label.name && one.kind == label.kind;
    });
    if (same == labels.end()) continue;
    shared.push_back(label.name);
    if (!asked_for(options.labels, label.name)) continue;
    for (const auto& [person, value] : read_values(other, label)) {
      if (!known.contains(person)) continue;
      verdicts[label.name][person].push_back({name, value, "", ""});
    }
  }
  require_all(options.labels, shared, "the two runs have no label in common that is called");
  if (shared.empty()) throw Error(Error::Kind::kUsage, "", "the two runs have no label in common");
  if (verdicts.empty()) {
    throw Error(Error::Kind::kUsage, "", "the two runs have nobody in common");
  }
  Evaluation evaluation = compare(run, std::move(verdicts), options, true);
  evaluation.ignored_people = only_in_one(people, others);
  if (options.labels.empty()) evaluation.ignored_labels = only_in_one(mine, theirs);
  return evaluation;
}

}  // namespace cadre
