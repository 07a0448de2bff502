#include "cadre/sweep/sweeper.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <mutex>
#include <optional>
#include <set>

#include "cadre/analyse/cells.hpp"
#include "cadre/analyse/figures.hpp"
#include "cadre/base/error.hpp"
#include "cadre/base/parallel.hpp"
#include "cadre/classify/classifier.hpp"
#include "cadre/classify/fingerprint.hpp"
#include "cadre/run/memory_run.hpp"
#include "cadre/sweep/specifications.hpp"

namespace cadre {
namespace {

/// The numbers of an answer, by key and column.
FigureNumbers numbers_of(const Figure& figure, const Result& result) {
  std::vector<std::size_t> key;
  for (const std::string& name : key_columns(figure, result)) {
    const auto at = std::find(result.columns.begin(), result.columns.end(), name);
    if (at == result.columns.end()) {
      throw Error(
          Error::Kind::kUsage, "",
          fmt::format("figure '{}': its SQL does not give the key column '{}'", figure.name, name));
    }
    key.push_back(static_cast<std::size_t>(at - result.columns.begin()));
  }
  FigureNumbers numbers;
  std::map<std::string, int> seen;
  for (const std::vector<Cell>& cells : result.rows) {
    std::string row;
    for (const std::size_t at : key) row += (at == key.front() ? "" : ", ") + text_of(cells[at]);
    if (const int again = ++seen[row]; again > 1) row += fmt::format(" ({})", again);
    for (std::size_t i = 0; i < cells.size(); ++i) {
      if (std::find(key.begin(), key.end(), i) != key.end()) continue;
      const std::optional<double> number = number_of(cells[i]);
      if (number) numbers.push_back({{figure.name, row, result.columns[i]}, *number});
    }
  }
  return numbers;
}

/// The numbers that the study gives, laid out as the answer is.
FigureNumbers published_of(const Figure& figure, const Result& answer) {
  Result published{answer.columns, {}};
  for (const auto& row : figure.published->rows) {
    std::vector<Cell>& cells = published.rows.emplace_back(answer.columns.size());
    for (const auto& [column, cell] : row) {
      const auto at = std::find(answer.columns.begin(), answer.columns.end(), column);
      if (at == answer.columns.end()) continue;
      cells[static_cast<std::size_t>(at - answer.columns.begin())] = cell;
    }
  }
  return numbers_of(figure, published);
}

std::vector<const Figure*> figures_of(const RuleSpace& space) {
  std::vector<const Figure*> figures;
  for (const Figure& figure : space.base().figures) {
    const auto& named = space.sweep()->figures;
    const bool wanted =
        named.empty() || std::any_of(named.begin(), named.end(),
                                     [&](const auto& n) { return n.first == figure.name; });
    if (wanted) figures.push_back(&figure);
  }
  return figures;
}

/// What all threads share.
struct Shared {
  Shared(const RuleSpace& the_space, StudyFigures& the_answers)
      : space(the_space), answers(the_answers), figures(figures_of(the_space)) {}

  const RuleSpace& space;
  StudyFigures& answers;
  std::vector<const Figure*> figures;

  /// The numbers of an answer; of one that is memoized they are, too.
  std::shared_ptr<const FigureNumbers> numbers(const Figure& figure,
                                               std::shared_ptr<const Result> answer) {
    const auto key = std::pair(&figure, answer.get());
    {
      const std::lock_guard lock(mutex_);
      if (const auto at = known_.find(key); at != known_.end()) return at->second.second;
    }
    auto numbers = std::make_shared<const FigureNumbers>(numbers_of(figure, *answer));
    const std::lock_guard lock(mutex_);
    return known_.emplace(key, std::pair(std::move(answer), std::move(numbers)))
        .first->second.second;
  }

 private:
  std::mutex mutex_;
  /// An answer that is here is never given up, so that no other one gets its address.
  std::map<std::pair<const Figure*, const Result*>,
           std::pair<std::shared_ptr<const Result>, std::shared_ptr<const FigureNumbers>>>
      known_;
};

std::string first_error(const Diagnostics& diagnostics) {
  for (const Diagnostic& one : diagnostics) {
    if (one.severity != Severity::kError) continue;
    return one.place.path.empty() || one.place.line == 0
               ? one.message
               : fmt::format("{}:{}:{}: {}", one.place.path, one.place.line, one.place.column,
                             one.message);
  }
  return "it has no rules";
}

std::vector<std::shared_ptr<const FigureNumbers>> figures_by(const Rules& rules, Shared& shared) {
  const Study::Columns columns = shared.answers.study().labels(rules);
  StudyFigures::Answers answers(shared.answers, rules, columns);
  std::vector<std::shared_ptr<const FigureNumbers>> numbers;
  for (const Figure* figure : shared.figures) {
    numbers.push_back(shared.numbers(*figure, answers.query(figure->sql)));
  }
  return numbers;
}

/// The key of all that decides the figures of these rules.
Key key_of_rules(const Rules& rules) {
  std::string out = describe_eras(rules);
  const std::vector<Key> keys = label_keys(rules);
  for (std::size_t i = 0; i < keys.size(); ++i) {
    out += fmt::format("|{} {:x} {:x}", rules.labels[i].name, keys[i].high, keys[i].low);
  }
  return key_of(out);
}

SpecificationResult compute(std::span<const std::uint32_t> alternatives, Shared& shared) {
  SpecificationResult result;
  result.done = true;
  const SpecificationRules loaded = shared.space.load(alternatives);
  if (!loaded.rules) {
    result.failure = first_error(loaded.errors);
    return result;
  }
  result.rules = key_of_rules(*loaded.rules);
  const Diagnostics mismatches =
      check_schema(*loaded.rules, shared.answers.study().dataset().schema);
  if (has_errors(mismatches)) {
    result.failure = first_error(mismatches);
    return result;
  }
  try {
    result.figures = figures_by(*loaded.rules, shared);
  } catch (const Error& error) {
    if (error.kind() != Error::Kind::kUsage && error.kind() != Error::Kind::kLimit) throw;
    result.failure = error.what();
  }
  return result;
}

std::vector<std::uint32_t> nothing_changed(const RuleSpace& space) {
  return std::vector<std::uint32_t>(space.sweep()->axes.size(), RuleSpace::kAsItIs);
}

class Check {
 public:
  Check(const RuleSpace& space, const SpecificationResult& baseline) : space_(space) {
    for (const auto& figure : baseline.figures) {
      for (const auto& [cell, number] : *figure) cells_.insert(cell);
    }
  }

  SweepCheck run() {
    by_rules_.emplace(key_of_rules(space_.base()), Choice{});
    for (const Sweep::Axis& axis : space_.sweep()->axes) check_axis(axis);
    for (const Claim& claim : space_.sweep()->claims) {
      check_cell(claim.cell, fmt::format("the claim '{}'", claim.name));
      for (std::size_t i = 0; i < claim.among.size(); ++i) {
        CellName cell = claim.cell;
        cell.row = claim.among[i];
        cell.row_range = claim.among_ranges[i];
        check_cell(cell, fmt::format("the claim '{}'", claim.name));
      }
      for (const Claim::Comparison& comparison : claim.comparisons) {
        check_cell(comparison.cell, fmt::format("the claim '{}'", claim.name));
      }
    }
    if (space_.sweep()->curve) check_cell(*space_.sweep()->curve, "'curve'");
    return std::move(check_);
  }

 private:
  void tell(Severity severity, std::string code, Range range, std::string message,
            std::string hint = {}) {
    Diagnostic diagnostic;
    diagnostic.severity = severity;
    diagnostic.code = std::move(code);
    diagnostic.message = std::move(message);
    diagnostic.hint = std::move(hint);
    diagnostic.place = space_.sources().place(range);
    check_.diagnostics.push_back(std::move(diagnostic));
  }

  void check_axis(const Sweep::Axis& axis) {
    const auto at = static_cast<std::size_t>(&axis - space_.sweep()->axes.data());
    std::map<Key, std::size_t> seen;  // what alternatives come to, and the first of them
    std::vector<std::uint32_t>& same = check_.same_alternatives.emplace_back();
    bool broken = false;
    for (std::size_t i = 0; i < axis.alternatives.size(); ++i) {
      std::vector<std::uint32_t> alternatives = nothing_changed(space_);
      alternatives[at] = static_cast<std::uint32_t>(i);
      same.push_back(static_cast<std::uint32_t>(i));
      const SpecificationRules loaded = space_.load(alternatives);
      if (!loaded.rules) {
        broken = true;
        continue;
      }
      const Key rules = key_of_rules(*loaded.rules);
      const auto [first, is_new] = seen.emplace(rules, i);
      same.back() = static_cast<std::uint32_t>(first->second);
      if (!is_new) {
        same_.emplace_back(first->second, i);
      } else {
        check_other_axes(axis, axis.alternatives[i], rules);
      }
    }
    if (seen.size() == 1 && !broken) {
      tell(Severity::kWarning, "axis-changes-nothing", axis.range,
           fmt::format("the axis '{}' changes nothing: its alternatives come to the same rules",
                       axis.name));
    } else {
      for (const auto& [first, again] : same_) {
        tell(Severity::kWarning, "same-alternative", axis.alternatives[again].range,
             fmt::format("the alternative '{}' of the axis '{}' comes to the same rules as '{}'",
                         axis.alternatives[again].name, axis.name, axis.alternatives[first].name));
      }
    }
    same_.clear();
  }

  /// Tells when an alternative of an axis before this one comes to the same rules. Alternatives
  /// that change nothing do not count.
  void check_other_axes(const Sweep::Axis& axis, const Sweep::Alternative& alternative,
                        const Key& rules) {
    const auto [at, is_new] = by_rules_.emplace(rules, Choice{&axis, &alternative});
    const Choice& other = at->second;
    if (is_new || other.axis == nullptr) return;
    tell(Severity::kWarning, "same-alternative", alternative.range,
         fmt::format("the alternative '{}' of the axis '{}' comes to the same rules as '{}' of the "
                     "axis '{}'",
                     alternative.name, axis.name, other.alternative->name, other.axis->name),
         "specifications that differ in nothing else are counted twice");
  }

  void check_cell(const CellName& name, const std::string& what) {
    const std::vector<std::string> figures = swept_figures(space_);
    if (std::find(figures.begin(), figures.end(), name.figure) == figures.end()) {
      tell(
          Severity::kError, "figure-left-out", name.figure_range,
          fmt::format("{} is about the figure '{}', which the sweep leaves out", what, name.figure),
          "add it to `figures`");
      return;
    }
    std::set<std::string> columns;
    std::set<std::string> rows;
    for (const SweepCell& cell : cells_) {
      if (cell.figure != name.figure) continue;
      columns.insert(cell.column);
      rows.insert(cell.row);
    }
    const std::string row = row_text(name.row);
    if (!columns.contains(name.column)) {
      tell(Severity::kError, "unknown-column", name.column_range,
           fmt::format("the figure '{}' has no column of numbers '{}'{}", name.figure, name.column,
                       did_you_mean(name.column, {columns.begin(), columns.end()})),
           columns.empty() ? "" : fmt::format("its columns are {}", fmt::join(columns, ", ")));
    } else if (!rows.contains(row)) {
      tell(Severity::kError, "unknown-row", name.row_range,
           fmt::format("the figure '{}' has no row '{}'{}", name.figure, row,
                       did_you_mean(row, {rows.begin(), rows.end()})),
           rows.size() > 20 ? "" : fmt::format("its rows are {}", fmt::join(rows, "; ")));
    } else if (!cells_.contains({name.figure, row, name.column})) {
      tell(Severity::kError, "unknown-row", name.row_range,
           fmt::format("the figure '{}' has no number in the row '{}' of '{}'", name.figure, row,
                       name.column));
    }
  }

  static std::string row_text(const CellName::Row& row) {
    std::string text;
    for (const auto& [column, value] : row) text += (text.empty() ? "" : ", ") + value;
    return text;
  }

  struct Choice {
    const Sweep::Axis* axis = nullptr;  // nullptr: the rule set as it is
    const Sweep::Alternative* alternative = nullptr;
  };

  const RuleSpace& space_;
  std::map<Key, Choice> by_rules_;  // of all axes: the first that comes to these rules
  std::set<SweepCell> cells_;
  std::vector<std::pair<std::size_t, std::size_t>> same_;
  SweepCheck check_;
};

}  // namespace

std::vector<std::string> swept_figures(const RuleSpace& space) {
  std::vector<std::string> names;
  for (const Figure* figure : figures_of(space)) names.push_back(figure->name);
  return names;
}

SpecificationResult sweep_baseline(const RuleSpace& space, StudyFigures& answers) {
  Shared shared(space, answers);
  SpecificationResult result = compute(nothing_changed(space), shared);
  if (!result.failure.empty()) throw Error(Error::Kind::kUsage, "", result.failure);
  return result;
}

std::vector<FigureNumbers> published_numbers(const RuleSpace& space, StudyFigures& answers) {
  const Study::Columns columns = answers.study().labels(space.base());
  StudyFigures::Answers base(answers, space.base(), columns);
  std::vector<FigureNumbers> numbers;
  for (const Figure* figure : figures_of(space)) {
    if (figure->published) numbers.push_back(published_of(*figure, *base.query(figure->sql)));
  }
  return numbers;
}

SweepCheck check_sweep(const RuleSpace& space, const SpecificationResult& baseline) {
  return Check(space, baseline).run();
}

void run_sweep(const RuleSpace& space, StudyFigures& answers, SweepResults& results,
               const SweepOptions& options) {
  Shared shared(space, answers);
  std::atomic<std::size_t> next = 0;
  std::mutex finishing;

  in_parallel(thread_count(options.threads), [&](const std::atomic<bool>& failed) {
    while (!failed) {
      const std::size_t at = next++;
      if (at >= results.numbers.size()) return;
      SpecificationResult& result = results.specifications[at];
      if (!result.done) {
        result = compute(alternatives_of(*space.sweep(), results.numbers[at]), shared);
        const std::lock_guard lock(finishing);
        if (options.finished) options.finished(at, result);
      }
      if (options.done != nullptr) ++*options.done;
    }
  });
}

}  // namespace cadre
