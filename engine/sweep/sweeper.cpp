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
#include "cadre/classify/reclassifier.hpp"
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
  Shared(const RuleSpace& the_space, const Dataset& the_dataset, const QueryLimits& the_queries,
         const KeptMatches& kept)
      : space(the_space),
        dataset(the_dataset),
        queries(the_queries),
        figures(figures_of(the_space)),
        reclassifier(the_dataset.people, the_dataset.schema, {.kept = kept}) {}

  const RuleSpace& space;
  const Dataset& dataset;
  const QueryLimits& queries;
  std::vector<const Figure*> figures;
  Reclassifier reclassifier;

  std::mutex mutex;
  std::map<std::string, std::shared_ptr<const FigureNumbers>> computed;  // by all that they read
};

/// Computes specifications, one thread's share of them.
class Worker {
 public:
  explicit Worker(Shared& shared) : shared_(shared) {}

  SpecificationResult compute(std::span<const std::uint32_t> alternatives) {
    SpecificationResult result;
    result.done = true;
    const Loaded loaded = shared_.space.load(alternatives);
    if (!loaded.rules) {
      result.failure = first_error(loaded.diagnostics);
      return result;
    }
    const Diagnostics mismatches = check_schema(*loaded.rules, shared_.dataset.schema);
    if (has_errors(mismatches)) {
      result.failure = first_error(mismatches);
      return result;
    }
    try {
      result.figures = compute(*loaded.rules);
    } catch (const Error& error) {
      if (error.kind() != Error::Kind::kUsage && error.kind() != Error::Kind::kLimit) throw;
      result.failure = error.what();
    }
    return result;
  }

 private:
  static std::string first_error(const Diagnostics& diagnostics) {
    for (const Diagnostic& one : diagnostics) {
      if (one.severity != Severity::kError) continue;
      return one.place.path.empty() || one.place.line == 0
                 ? one.message
                 : fmt::format("{}:{}:{}: {}", one.place.path, one.place.line, one.place.column,
                               one.message);
    }
    return "it has no rules";
  }

  std::vector<std::shared_ptr<const FigureNumbers>> compute(const Rules& rules) {
    const auto columns = shared_.reclassifier.classify(rules);
    const std::string eras = describe_eras(rules);
    MemoryRun& run = run_of(eras, rules);
    run.use(rules, columns);
    std::vector<std::shared_ptr<const FigureNumbers>> numbers;
    std::vector<std::size_t> left;  // figures that need a whole run
    for (const Figure* figure : shared_.figures) {
      numbers.push_back(compute(*figure, run, eras, columns));
      if (!numbers.back()) left.push_back(numbers.size() - 1);
    }
    if (left.empty()) return numbers;
    std::vector<std::string> sql;
    for (const std::size_t at : left) sql.push_back(shared_.figures[at]->sql);
    const std::vector<Result> results =
        query_whole_run(rules, shared_.dataset, sql, shared_.queries);
    for (std::size_t i = 0; i < left.size(); ++i) {
      numbers[left[i]] =
          std::make_shared<const FigureNumbers>(numbers_of(*shared_.figures[left[i]], results[i]));
    }
    return numbers;
  }

  /// nullptr when the figure needs a whole run.
  std::shared_ptr<const FigureNumbers> compute(const Figure& figure, MemoryRun& run,
                                               const std::string& eras,
                                               MemoryRun::Columns columns) {
    const std::optional<MemoryRun::Inputs> inputs = run.inputs(figure.sql);
    if (!inputs) return nullptr;
    std::string key = figure.name;
    for (const std::uint32_t label : inputs->labels) {
      key += fmt::format(" {}", columns[label]->number());
    }
    if (inputs->eras) key += " " + eras;
    {
      const std::lock_guard lock(shared_.mutex);
      const auto at = shared_.computed.find(key);
      if (at != shared_.computed.end()) return at->second;
    }
    auto numbers = std::make_shared<const FigureNumbers>(
        numbers_of(figure, run.query(figure.sql, shared_.queries)));
    const std::lock_guard lock(shared_.mutex);
    return shared_.computed.emplace(std::move(key), std::move(numbers)).first->second;
  }

  /// The run on these eras; few sweeps have more than a handful.
  MemoryRun& run_of(const std::string& eras, const Rules& rules) {
    constexpr std::size_t kMost = 16;
    if (const auto at = runs_.find(eras); at != runs_.end()) return *at->second;
    if (runs_.size() == kMost) runs_.clear();
    return *(runs_[eras] = std::make_unique<MemoryRun>(shared_.dataset, rules));
  }

  Shared& shared_;
  std::map<std::string, std::unique_ptr<MemoryRun>> runs_;  // by eras
};

std::vector<std::uint32_t> nothing_changed(const RuleSpace& space) {
  return std::vector<std::uint32_t>(space.sweep()->axes.size(), RuleSpace::kAsItIs);
}

/// All that decides the figures of these rules, as one text.
std::string describe_rules(Reclassifier& reclassifier, const Rules& rules) {
  std::string out = describe_eras(rules);
  const std::vector<std::uint32_t> fingerprints = reclassifier.fingerprints(rules);
  for (std::size_t i = 0; i < fingerprints.size(); ++i) {
    out += fmt::format("|{} {}", rules.labels[i].name, fingerprints[i]);
  }
  return out;
}

class Check {
 public:
  Check(const RuleSpace& space, const Dataset& dataset, const SpecificationResult& baseline)
      : space_(space), dataset_(dataset) {
    for (const auto& figure : baseline.figures) {
      for (const auto& [cell, number] : *figure) cells_.insert(cell);
    }
  }

  Diagnostics run() {
    by_rules_.emplace(describe_rules(reclassifier_, space_.base()), Choice{});
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
    return std::move(diagnostics_);
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
    diagnostics_.push_back(std::move(diagnostic));
  }

  void check_axis(const Sweep::Axis& axis) {
    const auto at = static_cast<std::size_t>(&axis - space_.sweep()->axes.data());
    std::map<std::string, std::size_t> seen;  // what alternatives come to, and the first of them
    bool broken = false;
    for (std::size_t i = 0; i < axis.alternatives.size(); ++i) {
      std::vector<std::uint32_t> alternatives = nothing_changed(space_);
      alternatives[at] = static_cast<std::uint32_t>(i);
      const Loaded loaded = space_.load(alternatives);
      if (!loaded.rules) {
        broken = true;
        continue;
      }
      std::string rules = describe_rules(reclassifier_, *loaded.rules);
      const auto [first, is_new] = seen.emplace(rules, i);
      if (!is_new) {
        same_.emplace_back(first->second, i);
      } else {
        check_other_axes(axis, axis.alternatives[i], std::move(rules));
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
                        std::string rules) {
    const auto [at, is_new] = by_rules_.emplace(std::move(rules), Choice{&axis, &alternative});
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
  const Dataset& dataset_;
  std::map<std::string, Choice> by_rules_;  // of all axes: the first that comes to these rules
  Reclassifier reclassifier_{dataset_.people, dataset_.schema};
  std::set<SweepCell> cells_;
  std::vector<std::pair<std::size_t, std::size_t>> same_;
  Diagnostics diagnostics_;
};

}  // namespace

std::vector<std::string> swept_figures(const RuleSpace& space) {
  std::vector<std::string> names;
  for (const Figure* figure : figures_of(space)) names.push_back(figure->name);
  return names;
}

SpecificationResult sweep_baseline(const RuleSpace& space, const Dataset& dataset,
                                   const QueryLimits& queries, const KeptMatches& kept) {
  Shared shared(space, dataset, queries, kept);
  SpecificationResult result = Worker(shared).compute(nothing_changed(space));
  if (!result.failure.empty()) throw Error(Error::Kind::kUsage, "", result.failure);
  return result;
}

std::vector<FigureNumbers> published_numbers(const RuleSpace& space, const Dataset& dataset,
                                             const QueryLimits& queries) {
  std::vector<const Figure*> figures;
  std::vector<std::string> sql;
  for (const Figure* figure : figures_of(space)) {
    if (!figure->published) continue;
    figures.push_back(figure);
    sql.push_back(figure->sql);
  }
  std::vector<FigureNumbers> numbers;
  if (figures.empty()) return numbers;
  const std::vector<Result> answers = query_whole_run(space.base(), dataset, sql, queries);
  for (std::size_t i = 0; i < figures.size(); ++i) {
    numbers.push_back(published_of(*figures[i], answers[i]));
  }
  return numbers;
}

Diagnostics check_sweep(const RuleSpace& space, const Dataset& dataset,
                        const SpecificationResult& baseline) {
  return Check(space, dataset, baseline).run();
}

void run_sweep(const RuleSpace& space, const Dataset& dataset, SweepResults& results,
               const SweepOptions& options) {
  Shared shared(space, dataset, options.queries, options.matches);
  std::atomic<std::size_t> next = 0;
  std::mutex finishing;

  in_parallel(thread_count(options.threads), [&](const std::atomic<bool>& failed) {
    std::optional<Worker> worker;
    while (!failed) {
      const std::size_t at = next++;
      if (at >= results.numbers.size()) return;
      SpecificationResult& result = results.specifications[at];
      if (!result.done) {
        if (!worker) worker.emplace(shared);
        result = worker->compute(alternatives_of(*space.sweep(), results.numbers[at]));
        const std::lock_guard lock(finishing);
        if (options.finished) options.finished(at, result);
      }
      if (options.done != nullptr) ++*options.done;
    }
  });
}

}  // namespace cadre
