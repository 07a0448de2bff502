#include "cadre/analyse/diff.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <optional>
#include <set>
#include <span>
#include <string_view>

#include "cadre/analyse/cause.hpp"
#include "cadre/analyse/cells.hpp"
#include "cadre/analyse/evidence_change.hpp"
#include "cadre/analyse/figures.hpp"
#include "cadre/analyse/joint_rules.hpp"
#include "cadre/analyse/what_if.hpp"
#include "cadre/base/diagnostic.hpp"
#include "cadre/base/error.hpp"
#include "cadre/base/number.hpp"
#include "cadre/base/parallel.hpp"
#include "cadre/classify/classifier.hpp"
#include "cadre/classify/label_evaluation.hpp"
#include "cadre/classify/study.hpp"

namespace cadre {
namespace {

/// A label under its common number and its numbers on either side.
struct LabelOnBoth {
  std::uint32_t joint = 0;
  std::optional<std::uint32_t> a;
  std::optional<std::uint32_t> b;
};

std::string value_text(const LabelValue& value, const Rules& rules, Label::Kind kind) {
  if (kind == Label::Kind::kPlain) return std::string(name(value.truth));
  if (value.truth == Truth::kUnknown) return "unknown";
  if (value.truth == Truth::kFalse) return "none";
  if (value.category) {
    const std::string& path =
        rules.lexicons[value.category->lexicon].categories[value.category->category].path;
    return path.empty() ? rules.lexicons[value.category->lexicon].name : path;
  }
  if (value.date) return value.date->text();
  if (!value.number) return "none";
  std::string text = number_text(*value.number);
  if (value.number_high) {
    text += std::isinf(*value.number_high) ? " or more" : " to " + number_text(*value.number_high);
  }
  return text;
}

class RuleDiff {
 public:
  RuleDiff(const DiffSide& a, const DiffSide& b, StudyFigures& figures, const DiffOptions& options)
      : a_(a),
        b_(b),
        figures_(figures),
        study_(figures.study()),
        dataset_(study_.dataset()),
        options_(options),
        joint_(a.rules, b.rules) {}

  Diff run() {
    for (const DiffSide* side : {&a_, &b_}) require_fit(side->rules, dataset_.schema);
    diff_.name_before = a_.rules.name;
    diff_.name_after = b_.rules.name;
    diff_.data = dataset_.name;
    diff_.people = dataset_.people.size();
    const std::vector<LabelOnBoth> labels = chosen_labels();
    const std::vector<std::string> figures = chosen_figures();
    columns_a_ = study_.labels(a_.rules);
    columns_b_ = study_.labels(b_.rules);
    compare_labels(labels);
    compare_figures(figures);
    diff_.changes = joint_.changes();
    return std::move(diff_);
  }

 private:
  std::vector<LabelOnBoth> chosen_labels() const {
    std::vector<LabelOnBoth> labels(joint_.joint().labels.size());
    for (std::uint32_t i = 0; i < labels.size(); ++i) labels[i].joint = i;
    for (std::uint32_t i = 0; i < joint_.labels_of_a().size(); ++i) {
      labels[joint_.labels_of_a()[i]].a = i;
    }
    for (std::uint32_t i = 0; i < joint_.labels_of_b().size(); ++i) {
      labels[joint_.labels_of_b()[i]].b = i;
    }
    if (options_.labels.empty()) return labels;
    std::vector<LabelOnBoth> chosen;
    std::vector<std::string> names;
    for (const Label& label : joint_.joint().labels) names.push_back(label.name);
    for (const std::string& wanted : options_.labels) {
      const auto found = joint_.joint().find_label(wanted);
      if (!found) {
        throw Error(Error::Kind::kUsage, "",
                    fmt::format("neither rule set has a label '{}'{}", wanted,
                                did_you_mean(wanted, names)));
      }
      chosen.push_back(labels[*found]);
    }
    return chosen;
  }

  std::vector<std::string> chosen_figures() const {
    std::vector<std::string> names;
    if (!options_.with_figures) return names;
    std::set<std::string_view> known;
    for (const Rules* rules : {&a_.rules, &b_.rules}) {
      for (const Figure& figure : rules->figures) {
        if (known.insert(figure.name).second) names.push_back(figure.name);
      }
    }
    for (const std::string& wanted : options_.figures) {
      if (std::find(names.begin(), names.end(), wanted) != names.end()) continue;
      throw Error(
          Error::Kind::kUsage, "",
          fmt::format("neither rule set has a figure '{}'{}", wanted, did_you_mean(wanted, names)));
    }
    return options_.figures.empty() ? names : options_.figures;
  }

  // --- labels ----------------------------------------------------------------------------------

  void compare_labels(const std::vector<LabelOnBoth>& labels) {
    std::vector<LabelDiff> found(labels.size());
    std::vector<std::vector<std::uint32_t>> changes;
    for (std::size_t i = 0; i < labels.size(); ++i) {
      describe(labels[i], found[i]);
      changes.push_back(joint_.changes_for(labels[i].joint));
    }
    explain(people_to_explain(labels));
    std::vector<std::vector<std::pair<std::size_t, ChangedLabel>>> by_person(explained_.size());
    in_portions(by_person.size(), 1, options_.threads, [&](std::size_t at, std::size_t) {
      by_person[at] = compare_person(at, labels, changes);
      return true;
    });
    const AskDataset ask = [&](const std::string& sql, const std::vector<std::string>& arguments) {
      return figures_.query_dataset(b_.rules, sql, arguments);
    };
    for (std::size_t at = 0; at < by_person.size(); ++at) {
      std::optional<PersonSummary> summary;
      for (auto& [label, changed] : by_person[at]) {
        if (!summary)
          summary = read_person(ask, *dataset_.schema.declared, dataset_.people[explained_[at]].id);
        if (summary) changed.person = *summary;
        found[label].people.push_back(std::move(changed));
      }
    }
    for (LabelDiff& label : found) {
      const bool one_side = label.in_before != label.in_after;
      if (one_side || !label.people.empty()) diff_.labels.push_back(std::move(label));
    }
  }

  void describe(const LabelOnBoth& label, LabelDiff& out) const {
    const Label& shown = label.b ? b_.rules.labels[*label.b] : a_.rules.labels[*label.a];
    out.name = shown.name;
    out.title = shown.title;
    out.kind = name(shown.kind());
    out.in_before = label.a.has_value();
    out.in_after = label.b.has_value();
    for (std::size_t i = 0; i < dataset_.people.size(); ++i) {
      if (label.a) ++out.before[static_cast<std::size_t>(columns_a_[*label.a]->truth(i))];
      if (label.b) ++out.after[static_cast<std::size_t>(columns_b_[*label.b]->truth(i))];
    }
  }

  /// The people of whom a label differs, or, where evidence is compared, everybody.
  std::vector<std::uint32_t> people_to_explain(const std::vector<LabelOnBoth>& labels) const {
    std::vector<std::uint32_t> people;
    for (std::uint32_t person = 0; person < dataset_.people.size(); ++person) {
      const auto differs = [&](const LabelOnBoth& label) {
        if (!label.a || !label.b) return false;
        const LabelColumn& a = *columns_a_[*label.a];
        const LabelColumn& b = *columns_b_[*label.b];
        return !(value_of(a.outcome(person).value, false) ==
                 value_of(b.outcome(person).value, true));
      };
      if (options_.evidence || std::any_of(labels.begin(), labels.end(), differs)) {
        people.push_back(person);
      }
    }
    return people;
  }

  void explain(std::vector<std::uint32_t> people) {
    explained_ = std::move(people);
    if (explained_.empty()) return;
    before_ = study_.classify(a_.rules, {.people = explained_});
    after_ = study_.classify(b_.rules, {.people = explained_});
    what_if_rules_.emplace(joint_, study_);
  }

  BareValue value_of(const LabelValue& value, bool second) const {
    BareValue bare = bare_value(value);
    if (bare.category) {
      bare.category =
          joint_.same_branch(second ? joint_.of_b(*bare.category) : joint_.of_a(*bare.category));
    }
    return bare;
  }

  std::vector<std::pair<std::size_t, ChangedLabel>> compare_person(
      std::size_t at, const std::vector<LabelOnBoth>& labels,
      const std::vector<std::vector<std::uint32_t>>& changes) const {
    std::vector<std::pair<std::size_t, ChangedLabel>> found;
    const Person& person = dataset_.people[explained_[at]];
    std::optional<WhatIf> what_if;
    for (std::size_t i = 0; i < labels.size(); ++i) {
      const LabelOnBoth& label = labels[i];
      if (!label.a || !label.b) continue;
      const LabelValue& before = before_[at].labels[*label.a];
      const LabelValue& after = after_[at].labels[*label.b];
      const BareValue target = value_of(after, true);
      const bool changed = !(value_of(before, false) == target);
      if (!changed && !options_.evidence) continue;

      ChangedLabel one;
      std::tie(one.lost, one.gained) =
          changed_words({before_[at], label.a}, {after_[at], label.b}, person, dataset_.schema);
      if (!changed && one.lost.empty() && one.gained.empty()) continue;
      one.truth_before = before.truth;
      one.truth_after = after.truth;
      one.before = value_text(before, a_.rules, a_.rules.labels[*label.a].kind());
      one.after = value_text(after, b_.rules, b_.rules.labels[*label.b].kind());
      if (changed) {
        one.reason_before = deciding_reason(before_[at], *label.a);
        one.reason_after = deciding_reason(after_[at], *label.b);
        if (!what_if) what_if.emplace(*what_if_rules_, explained_[at]);
        find_cause(*what_if, label.joint, target, changes[i], one);
      }
      found.emplace_back(i, std::move(one));
    }
    return found;
  }

  void find_cause(WhatIf& what_if, std::uint32_t label, const BareValue& target,
                  const std::vector<std::uint32_t>& changes, ChangedLabel& out) const {
    const auto does_it = [&](const std::vector<std::uint32_t>& selection) {
      return what_if.label(label, selection) == target;
    };
    Causes causes = find_causes(what_if.relevant(changes), does_it, options_.tries);
    out.causes = std::move(causes.sets);
    out.smallest = causes.smallest;
    out.all_found = causes.all_found;
    if (!out.causes.empty()) return;
    // What cannot be tried in part: an order of categories decides between equals.
    const auto order =
        std::find_if(joint_.changes().begin(), joint_.changes().end(),
                     [](const RuleChange& one) { return one.kind == RuleChange::Kind::kOrder; });
    if (order != joint_.changes().end()) {
      out.causes = {{static_cast<std::uint32_t>(order - joint_.changes().begin())}};
    }
  }

  // --- figures ---------------------------------------------------------------------------------

  void compare_figures(const std::vector<std::string>& names) {
    StudyFigures::Answers before(figures_, a_.rules, columns_a_, a_.options);
    StudyFigures::Answers after(figures_, b_.rules, columns_b_, b_.options);
    // All of one side, then all of the other, so that label columns are written once for each.
    std::vector<MaybeFigure> of_before;
    std::vector<MaybeFigure> of_after;
    for (const std::string& name : names) of_before.push_back(compute(before, name));
    for (const std::string& name : names) of_after.push_back(compute(after, name));
    for (std::size_t i = 0; i < names.size(); ++i) {
      if (of_before[i].broken || of_after[i].broken) continue;
      compare_figure(names[i], of_before[i].computed, of_after[i].computed);
    }
  }

  /// A figure of one side: nothing computed where that side does not have it.
  struct MaybeFigure {
    std::optional<ComputedFigure> computed;
    bool broken = false;
  };

  MaybeFigure compute(StudyFigures::Answers& answers, const std::string& name) const {
    for (const Figure& figure : answers.rules().figures) {
      if (figure.name != name) continue;
      try {
        return {compute_figure(answers, figure), false};
      } catch (const Error& error) {
        const bool of_the_figure =
            error.kind() == Error::Kind::kUsage || error.kind() == Error::Kind::kLimit;
        if (!options_.leave_out_broken_figures || !of_the_figure) throw;
        return {std::nullopt, true};
      }
    }
    return {};
  }

  void compare_figure(const std::string& figure, const std::optional<ComputedFigure>& before,
                      const std::optional<ComputedFigure>& after) {
    FigureDiff out;
    out.name = figure;
    out.title = (after ? after : before)->figure.title;
    out.in_before = before.has_value();
    out.in_after = after.has_value();
    const auto add_columns = [&](const std::optional<ComputedFigure>& computed) {
      if (!computed) return;
      for (const FigureColumn& column : computed->columns) {
        if (!column.measured) continue;
        if (std::find(out.columns.begin(), out.columns.end(), column.name) != out.columns.end()) {
          continue;
        }
        out.columns.push_back(column.name);
        out.key.push_back(column.key);
      }
    };
    add_columns(after);
    add_columns(before);
    const auto rows_of = [&](const std::optional<ComputedFigure>& computed) {
      std::vector<std::vector<Cell>> rows;
      if (!computed) return rows;
      for (const FigureRow& row : computed->rows) {
        if (row.side == FigureRow::Side::kPublished) continue;
        std::vector<Cell>& cells = rows.emplace_back(out.columns.size());
        for (std::size_t i = 0; i < computed->columns.size(); ++i) {
          const auto at =
              std::find(out.columns.begin(), out.columns.end(), computed->columns[i].name);
          if (at == out.columns.end()) continue;
          cells[static_cast<std::size_t>(at - out.columns.begin())] = row.measured[i];
        }
      }
      return rows;
    };
    lay_beside(rows_of(before), rows_of(after), out);
    diff_.figures.push_back(std::move(out));
  }

  /// Rows with the same key are one; of several with one key the first meets the first.
  static void lay_beside(std::vector<std::vector<Cell>> before,
                         std::vector<std::vector<Cell>> after, FigureDiff& out) {
    const auto key = [&](const std::vector<Cell>& cells) {
      std::vector<std::string> values;
      for (std::size_t i = 0; i < cells.size(); ++i) {
        if (out.key[i]) values.push_back(text_of(cells[i]));
      }
      return values;
    };
    std::multimap<std::vector<std::string>, std::size_t> known;
    for (std::size_t i = 0; i < after.size(); ++i) {
      known.emplace(key(after[i]), i);
      out.rows.push_back({{}, std::move(after[i])});
    }
    std::vector<std::pair<std::size_t, FigureDiff::Row>> gone;  // behind which row they stand
    std::size_t last = 0;
    for (std::vector<Cell>& cells : before) {
      const auto found = known.find(key(cells));
      if (found == known.end()) {
        gone.push_back({last, {std::move(cells), {}}});
        continue;
      }
      last = found->second + 1;
      out.rows[found->second].before = std::move(cells);
      known.erase(found);
    }
    for (std::size_t i = gone.size(); i-- > 0;) {
      out.rows.insert(out.rows.begin() + static_cast<std::ptrdiff_t>(gone[i].first),
                      std::move(gone[i].second));
    }
  }

  const DiffSide& a_;
  const DiffSide& b_;
  StudyFigures& figures_;
  const Study& study_;
  const Dataset& dataset_;
  const DiffOptions& options_;
  JointRules joint_;
  Study::Columns columns_a_;
  Study::Columns columns_b_;
  std::vector<std::uint32_t> explained_;  // people, with their reasons on either side:
  std::vector<Classification> before_;
  std::vector<Classification> after_;
  std::optional<WhatIfRules> what_if_rules_;
  Diff diff_;
};

bool same_people(const Dataset& a, const Dataset& b) {
  const auto same_row = [](const Row& one, const Row& other) {
    return one.id == other.id && one.cells == other.cells;
  };
  const auto same_person = [&](const Person& one, const Person& other) {
    for (const Table table : a.schema.all()) {
      const std::span<const Row> rows = one.rows(table);
      const std::span<const Row> others = other.rows(table);
      if (!std::equal(rows.begin(), rows.end(), others.begin(), others.end(), same_row)) {
        return false;
      }
    }
    return true;
  };
  return std::equal(a.people.begin(), a.people.end(), b.people.begin(), b.people.end(),
                    same_person);
}

}  // namespace

bool FigureDiff::differs() const {
  return in_before != in_after || std::any_of(rows.begin(), rows.end(), [](const Row& row) {
           return row.before != row.after;
         });
}

bool Diff::differs() const {
  return std::any_of(labels.begin(), labels.end(),
                     [](const LabelDiff& label) {
                       return label.in_before != label.in_after ||
                              std::any_of(
                                  label.people.begin(), label.people.end(),
                                  [](const ChangedLabel& one) { return !one.same_value(); });
                     }) ||
         std::any_of(figures.begin(), figures.end(),
                     [](const FigureDiff& figure) { return figure.differs(); });
}

Diff diff_rules(const DiffSide& a, const DiffSide& b, StudyFigures& figures,
                const DiffOptions& options) {
  return RuleDiff(a, b, figures, options).run();
}

Diff diff_rules(const DiffSide& a, const DiffSide& b, std::shared_ptr<const Dataset> dataset,
                const QueryLimits& limits, const DiffOptions& options) {
  const Study study(std::move(dataset), {.threads = options.threads});
  StudyFigures figures(study, limits);
  return diff_rules(a, b, figures, options);
}

std::vector<std::string> data_differences(const Dataset& a, const Dataset& b) {
  std::vector<std::string> lines;
  const auto find = [](const Dataset& dataset, const std::string& path) -> const InputFile* {
    for (const InputFile& file : dataset.inputs) {
      if (file.path == path) return &file;
    }
    return nullptr;
  };
  for (const InputFile& file : a.inputs) {
    const InputFile* other = find(b, file.path);
    if (other == nullptr) {
      lines.push_back(fmt::format("{} is in the first run only", file.path));
    } else if (other->sha256 != file.sha256) {
      lines.push_back(fmt::format("{} differs", file.path));
    }
  }
  for (const InputFile& file : b.inputs) {
    if (find(a, file.path) == nullptr) {
      lines.push_back(fmt::format("{} is in the second run only", file.path));
    }
  }
  // What is in the one file only has been told; of the same files other columns may have been read.
  const auto columns_read = [](const Dataset& dataset) {
    std::vector<bool> read;
    for (const Table table : dataset.schema.all()) {
      for (const Column& column : dataset.schema.table(table).columns) read.push_back(column.read);
    }
    return read;
  };
  if (lines.empty() && columns_read(a) != columns_read(b)) {
    lines.emplace_back("rules looked at the columns of other languages (--language)");
  }
  if (lines.empty() && !same_people(a, b)) {
    lines.emplace_back("the same files were read otherwise (--invalid-utf8), or a run was changed");
  }
  return lines;
}

}  // namespace cadre
