#include "cadre/classify/label_evaluation.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <initializer_list>
#include <iterator>
#include <map>
#include <string>
#include <utility>

#include "cadre/classify/category_pick.hpp"
#include "cadre/classify/years.hpp"
#include "cadre/rules/expression.hpp"

namespace cadre {
namespace {

class LabelEvaluator {
 public:
  LabelEvaluator(const Rules& rules, const BoundConditions& conditions, const PersonText& text,
                 std::span<const LabelOutcome* const> others, Reasons reasons)
      : rules_(rules),
        conditions_(conditions),
        text_(text),
        others_(others),
        reasons_(reasons),
        explained_(reasons == Reasons::kKept),
        find_date_([this](const DateRef& ref) { return find_date(ref); }),
        named_dates_(rules.schema->dates.size()) {}

  LabelOutcome evaluate(std::uint32_t index) {
    const Label& label = rules_.labels[index];
    LabelOutcome outcome;
    LabelValue& value = outcome.value;
    Basis& basis = outcome.basis;
    Step root;
    root.rule = label.range;
    if (explained_) root.text = label.title;
    value.steps.push_back(std::move(root));

    if (const auto* condition = std::get_if<Condition>(&label.body)) {
      value.truth = evaluate_plain(*condition, value.steps, basis);
    } else if (const auto* category = std::get_if<CategoryOf>(&label.body)) {
      evaluate_category(*category, value, basis);
    } else if (const auto* number = std::get_if<NumberOf>(&label.body)) {
      evaluate_number(*number, value, basis);
    } else {
      evaluate_date(std::get<DateOf>(label.body), value, basis);
    }

    if (value.truth == Truth::kUnknown && label.unknown_as) {
      value.truth = truth(*label.unknown_as);
      value.closed = true;
      std::string& measured = value.steps.front().measured;
      if (!measured.empty()) measured += "; ";
      measured += "unknown, counted as " + std::string(name(value.truth));
    }
    value.steps.front().value = value.truth;
    settle(value, basis);
    if (!explained_) value.steps.clear();
    return outcome;
  }

 private:
  /// What other labels take from this one.
  static void settle(const LabelValue& value, Basis& basis) {
    if (value.truth != Truth::kUnknown) basis.candidates.clear();
    // Where unknown was closed to true, what is possible is taken for certain.
    if (value.truth == Truth::kTrue && value.closed) {
      append(std::exchange(basis.possible, {}), basis.met);
      for (Speaking& speaking : basis.met) {
        speaking.row.windows.certain = speaking.row.windows.possible;
      }
      basis.incomplete = false;
    }
    // A category label has its rows also where it is unknown which category it has.
    if (basis.candidates.empty()) settle(value.truth, basis);
    // Labels that name each other many times over must not multiply their rows.
    keep_each_once(basis);
  }

  /// Only rows under a true condition speak for it; under an unknown one they may.
  static void settle(Truth truth, Basis& basis) {
    if (truth == Truth::kFalse) basis = {};
    if (truth != Truth::kUnknown) return;
    for (Speaking& speaking : basis.met) speaking.row.windows.certain = Windows::none();
    append(std::exchange(basis.met, {}), basis.possible);
  }

  static void append(std::vector<Speaking> rows, std::vector<Speaking>& out) {
    out.insert(out.end(), std::make_move_iterator(rows.begin()),
               std::make_move_iterator(rows.end()));
  }

  /// Each row once, certain before possible, with all parts of it that count.
  static void keep_each_once(Basis& basis) {
    if (basis.met.size() + basis.possible.size() < 2) return;
    std::map<std::pair<Table, std::uint32_t>, RowWindows> joined;
    for (const auto* rows : {&basis.met, &basis.possible}) {
      for (const Speaking& one : *rows) {
        const auto [entry, added] = joined.try_emplace({one.table, one.row.row}, one.row.windows);
        if (!added) entry->second.join(one.row.windows);
      }
    }
    const auto again = [&](Speaking& one) {
      auto entry = joined.extract(std::pair(one.table, one.row.row));
      if (!entry) return true;
      one.row.windows = std::move(entry.mapped());
      return false;
    };
    std::erase_if(basis.met, again);
    std::erase_if(basis.possible, again);
  }

  // --- plain labels ---------------------------------------------------------------------------

  /// A combination that is the whole body speaks through the label's own step.
  Truth evaluate_plain(const Condition& condition, std::vector<Step>& steps, Basis& basis) {
    if (const auto* combination = std::get_if<Combination>(&condition.what)) {
      if (combination->op == Combination::Op::kAll || combination->op == Combination::Op::kAny) {
        return combine(*combination, 1, steps, basis);
      }
    }
    return evaluate(condition, 1, steps, basis);
  }

  Truth evaluate(const Condition& condition, std::uint32_t depth, std::vector<Step>& steps,
                 Basis& basis) {
    const std::size_t at = steps.size();
    Step step;
    step.depth = depth;
    step.rule = condition.range;
    if (explained_) {
      step.path = condition.path;
      step.text = condition.text;
    }
    steps.push_back(std::move(step));

    Truth value = Truth::kUnknown;
    if (const auto* combination = std::get_if<Combination>(&condition.what)) {
      value = combine(*combination, depth + 1, steps, basis);
    } else if (const auto* rows = std::get_if<RowsCondition>(&condition.what)) {
      value = evaluate(*rows, steps[at], basis);
    } else {
      value = evaluate(std::get<LabelCondition>(condition.what), steps[at], basis);
    }
    steps[at].value = value;
    if (!explained_) steps.resize(at);
    return value;
  }

  Truth combine(const Combination& combination, std::uint32_t depth, std::vector<Step>& steps,
                Basis& basis) {
    const bool negative = combination.op == Combination::Op::kNone;
    std::uint32_t met = 0;
    std::uint32_t possible = 0;
    for (const Condition& part : combination.parts) {
      Basis found;
      const Truth value = evaluate(part, depth, steps, found);
      if (value == Truth::kTrue) ++met;
      if (value != Truth::kFalse) ++possible;
      // What a `none` finds speaks against the label, so nothing is built on it.
      if (!negative && value != Truth::kFalse) add(std::move(found), value, basis);
    }
    const auto parts = static_cast<std::uint32_t>(combination.parts.size());
    const auto at_least = [&](std::uint32_t needed) {
      return met >= needed ? Truth::kTrue : possible < needed ? Truth::kFalse : Truth::kUnknown;
    };
    switch (combination.op) {
      case Combination::Op::kAll:
        return at_least(parts);
      case Combination::Op::kAny:
        return at_least(1);
      case Combination::Op::kNone:
        return !at_least(1);
      default:
        return at_least(combination.at_least);
    }
  }

  /// Rows under a condition that is only possible are themselves only possible.
  static void add(Basis found, Truth value, Basis& basis) {
    if (value == Truth::kUnknown) {
      for (Speaking& speaking : found.met) speaking.row.windows.certain = Windows::none();
    }
    append(std::move(found.met), value == Truth::kTrue ? basis.met : basis.possible);
    append(std::move(found.possible), basis.possible);
    basis.incomplete = basis.incomplete || found.incomplete;
  }

  Truth evaluate(const RowsCondition& condition, Step& step, Basis& basis) {
    RowsResult result = conditions_.at(&condition).apply(text_, find_date_, reasons_);
    if (explained_) {
      step.measured = result.measured;
      for (const TestedRow& row : result.met) {
        step.rows.push_back(evidence(condition.table, row));
      }
      if (result.nearest) {
        step.rows.push_back(evidence(condition.table, *result.nearest));
      }
    }
    for (TestedRow& row : result.met) basis.met.push_back({condition.table, std::move(row)});
    for (TestedRow& row : result.possible) {
      basis.possible.push_back({condition.table, std::move(row)});
    }
    basis.incomplete = text_.person().rows(condition.table).empty();
    return result.value;
  }

  RowEvidence evidence(Table table, const TestedRow& row) const {
    RowEvidence evidence;
    evidence.table = table;
    evidence.row = row.row;
    evidence.met = row.met;
    evidence.words = row.words;
    evidence.lacks = row.lacks;
    std::sort(evidence.words.begin(), evidence.words.end(), [](const Words& a, const Words& b) {
      return std::pair(a.column, a.match) < std::pair(b.column, b.match);
    });
    evidence.words.erase(std::unique(evidence.words.begin(), evidence.words.end()),
                         evidence.words.end());
    const Bounds years = length(stretch(table, row));
    const bool counts = row.met == Truth::kTrue && table != Table::kPerson;
    if (counts && years.exact()) evidence.years = years.low;
    return evidence;
  }

  Truth evaluate(const LabelCondition& condition, Step& step, Basis& basis) const {
    const LabelValue& other = others_[condition.label]->value;
    const Basis& other_basis = others_[condition.label]->basis;
    step.label = condition.label;
    if (!other_basis.candidates.empty()) return evaluate_candidates(condition, step, basis);
    if (condition.op != LabelCondition::Op::kIs) {
      // A label without a value meets no test. What bounds a number may settle is settled below.
      if (other.truth == Truth::kFalse) return Truth::kFalse;
      const bool bounded =
          condition.op == LabelCondition::Op::kNumber && other_basis.number.has_value();
      if (other.truth == Truth::kUnknown && !bounded) return Truth::kUnknown;
    }
    switch (condition.op) {
      case LabelCondition::Op::kIs: {
        if (condition.is == Truth::kUnknown) return truth(other.truth == Truth::kUnknown);
        const Truth value = condition.is == Truth::kTrue ? other.truth : !other.truth;
        if (condition.is == Truth::kTrue) basis = other_basis;
        return value;
      }
      case LabelCondition::Op::kCategory:
      case LabelCondition::Op::kGroup: {
        if (!other.category) return Truth::kFalse;
        if (explained_) step.measured = "is " + rules_.branch_name(*other.category);
        if (condition.op == LabelCondition::Op::kGroup) {
          const std::string& group = group_of(*other.category);
          step.measured += ", " + (group.empty() ? "no group" : group);
        }
        return truth(meets(condition, *other.category));
      }
      case LabelCondition::Op::kNumber: {
        if (!other_basis.number) return Truth::kUnknown;
        const Bounds bounds = *other_basis.number;
        if (!explained_) return cadre::holds(bounds, condition.number);
        step.measured = bounds.exact() ? fmt::format("is {:.1f}", bounds.low)
                        : bounds.high == kForever
                            ? fmt::format("is {:.1f} or more", bounds.low)
                            : fmt::format("is between {:.1f} and {:.1f}", bounds.low, bounds.high);
        return cadre::holds(bounds, condition.number);
      }
      default: {
        const std::optional<NamedDate> limit = find_date(condition.date);
        if (!other_basis.date || !limit) return Truth::kUnknown;
        step.measured = "is " + other.date->text();
        return condition.op == LabelCondition::Op::kBefore
                   ? before(*other_basis.date, as_upper_limit(condition.date, *limit))
                   : before(as_lower_limit(condition.date, *limit), *other_basis.date);
      }
    }
  }

  const std::string& group_of(const Branch& branch) const {
    return rules_.lexicons[branch.lexicon].categories[branch.category].group;
  }

  /// Whether a category meets a test of categories or groups.
  bool meets(const LabelCondition& condition, const Branch& category) const {
    if (condition.op == LabelCondition::Op::kGroup) {
      const auto& groups = condition.values;
      return std::find(groups.begin(), groups.end(), group_of(category)) != groups.end();
    }
    return std::any_of(condition.branches.begin(), condition.branches.end(),
                       [&](const Branch& branch) { return holds(branch, category); });
  }

  /// A category label that has a category, of which no more is known than some that it may be.
  Truth evaluate_candidates(const LabelCondition& condition, Step& step, Basis& basis) const {
    const Basis& other_basis = others_[condition.label]->basis;
    const std::vector<Branch>& candidates = other_basis.candidates;
    if (explained_) {
      for (const Branch& candidate : candidates) {
        step.measured += step.measured.empty() ? "is one of " : ", ";
        step.measured += rules_.branch_name(candidate);
      }
    }
    if (condition.op == LabelCondition::Op::kIs) {
      if (condition.is == Truth::kTrue) basis = other_basis;
      return truth(condition.is != Truth::kFalse);
    }
    const auto test = [&](const Branch& candidate) { return meets(condition, candidate); };
    if (std::all_of(candidates.begin(), candidates.end(), test)) return Truth::kTrue;
    return std::none_of(candidates.begin(), candidates.end(), test) ? Truth::kFalse
                                                                    : Truth::kUnknown;
  }

  bool holds(const Branch& branch, const Branch& inner) const {
    const Category& root = rules_.lexicons[branch.lexicon].categories[branch.category];
    return branch.lexicon == inner.lexicon && branch.category <= inner.category &&
           inner.category < root.subtree_end;
  }

  // --- labels that take something from rows ---------------------------------------------------

  /// Whether there are rows to take from, and which. A row counts once, with all parts of it that
  /// count.
  Truth rows_from(const RowsFrom& where, Step& step, Basis& basis) {
    Truth value = Truth::kUnknown;
    if (const auto* label = std::get_if<std::uint32_t>(&where)) {
      step.label = *label;
      value = others_[*label]->value.truth;
      basis = others_[*label]->basis;
    } else {
      Step unused;
      value = evaluate(std::get<RowsCondition>(where), unused, basis);
      settle(value, basis);
      step.measured = unused.measured;
      if (value != Truth::kTrue) step.rows = std::move(unused.rows);
    }
    keep_each_once(basis);
    std::stable_sort(basis.met.begin(), basis.met.end(), in_order);
    std::stable_sort(basis.possible.begin(), basis.possible.end(), in_order);
    return value;
  }

  static bool in_order(const Speaking& a, const Speaking& b) {
    return std::pair(a.table, a.row.row) < std::pair(b.table, b.row.row);
  }

  const Row& row(const Speaking& speaking) const {
    return text_.person().rows(speaking.table)[speaking.row.row];
  }

  Stretch stretch(Table table, const TestedRow& tested) const {
    return stretch_of(text_.person().rows(table)[tested.row].span, tested.windows, text_.as_of());
  }

  Bounds years_of(std::initializer_list<const std::vector<Speaking>*> lists) const {
    std::vector<Stretch> all;
    for (const std::vector<Speaking>* rows : lists) {
      for (const Speaking& one : *rows) all.push_back(stretch(one.table, one.row));
    }
    return union_length(all);
  }

  void evaluate_category(const CategoryOf& rule, LabelValue& value, Basis& basis) {
    Step& step = value.steps.front();
    value.truth = rows_from(rule.where, step, basis);
    if (value.truth != Truth::kTrue) return;

    std::vector<NamingRow> silent;
    const std::vector<NamedCategory> named = named_categories(rule, basis, silent);
    const NamedCategory* leader = find_leader(named, rule.pick);
    if (leader == nullptr) {
      const bool none = named.empty() && silent.empty() && !basis.incomplete;
      value.truth = none ? Truth::kFalse : Truth::kUnknown;
      step.measured = none ? "no row names a category of " + rules_.branch_name(rule.branch)
                           : "a category that is not known may be named";
      return;
    }
    if (explained_) step.measured = describe(named, rule);
    std::vector<std::uint32_t> candidates;  // none: it may be any
    if (!basis.incomplete) candidates = find_candidates(*leader, named, silent, rule.pick);
    if (candidates.size() != 1) {
      value.truth = Truth::kUnknown;
      step.measured += "; what is not known may decide";
      for (const std::uint32_t one : candidates) {
        basis.candidates.push_back({rule.branch.lexicon, one});
      }
      return;
    }
    value.category = Branch{rule.branch.lexicon, leader->category};
    if (explained_) tell_rows(rule, leader->category, basis, step);
  }

  /// The categories that rows name, in the order of the lexicon. `silent`: rows without the texts
  /// that are searched.
  std::vector<NamedCategory> named_categories(const CategoryOf& rule, const Basis& basis,
                                              std::vector<NamingRow>& silent) {
    std::map<std::uint32_t, NamedCategory> named;
    const auto add_rows = [&](const std::vector<Speaking>& rows,
                              std::vector<NamingRow> NamedCategory::* into) {
      for (const Speaking& one : rows) {
        const NamingRow naming{{one.table, one.row.row}, stretch(one.table, one.row)};
        if (lacks_text(one, rule)) silent.push_back(naming);
        for (const auto& [category, words] : categories_in(one, rule)) {
          (named[category].*into).push_back(naming);
        }
      }
    };
    add_rows(basis.met, &NamedCategory::certain);
    add_rows(basis.possible, &NamedCategory::possible);
    std::vector<NamedCategory> all;
    for (auto& [category, one] : named) {
      one.category = category;
      one.years = certain_years(one.certain);
      all.push_back(std::move(one));
    }
    return all;
  }

  /// The rows that name the category that was picked, with the words.
  void tell_rows(const CategoryOf& rule, std::uint32_t category, const Basis& basis, Step& step) {
    for (const Speaking& one : basis.met) {
      auto named = categories_in(one, rule);
      const auto words = named.find(category);
      if (words == named.end()) continue;
      TestedRow row = one.row;
      row.words = std::move(words->second);
      step.rows.push_back(evidence(one.table, row));
    }
  }

  /// Whether the columns that are searched are all empty.
  bool lacks_text(const Speaking& speaking, const CategoryOf& rule) const {
    const TableSchema& table = text_.schema().table(speaking.table);
    bool lacks = false;
    for (std::uint32_t column = 0; column < table.columns.size(); ++column) {
      if (!is_searched(table.columns[column], rule)) continue;
      if (!row(speaking).cells[column].empty()) return false;
      lacks = true;
    }
    return lacks;
  }

  static bool is_searched(const Column& column, const CategoryOf& rule) {
    const bool wanted = rule.columns.empty() ? column.kind == Column::Kind::kText
                                             : std::find(rule.columns.begin(), rule.columns.end(),
                                                         column.logical) != rule.columns.end();
    return wanted && column.read;
  }

  /// The deepest categories of the branch that the row's columns name.
  std::map<std::uint32_t, std::vector<Words>> categories_in(const Speaking& speaking,
                                                            const CategoryOf& rule) {
    const Lexicon& lexicon = rules_.lexicons[rule.branch.lexicon];
    const TableSchema& table = text_.schema().table(speaking.table);
    std::map<std::uint32_t, std::vector<Words>> found;
    for (std::uint32_t column = 0; column < table.columns.size(); ++column) {
      if (!is_searched(table.columns[column], rule)) continue;
      for (const Match& match :
           text_.matches(speaking.table, speaking.row.row, column, rule.branch.lexicon)) {
        if (holds(rule.branch, {rule.branch.lexicon, match.category})) {
          std::vector<Words>& words = found[match.category];
          words.push_back({column, match});
          words.back().match.lexicon = rule.branch.lexicon;
        }
      }
    }
    for (auto it = found.begin(); it != found.end();) {
      const auto below = std::next(it);
      const bool has_deeper =
          below != found.end() && below->first < lexicon.categories[it->first].subtree_end;
      it = has_deeper ? found.erase(it) : below;
    }
    return found;
  }

  /// "aerospace 31.8 years, machinery 2.0 years", the most first.
  std::string describe(std::vector<NamedCategory> named, const CategoryOf& rule) const {
    const Lexicon& lexicon = rules_.lexicons[rule.branch.lexicon];
    std::erase_if(named, [](const NamedCategory& one) { return one.certain.empty(); });
    std::sort(named.begin(), named.end(), [&](const NamedCategory& a, const NamedCategory& b) {
      return comes_before(a, b, rule.pick);
    });
    std::string text;
    for (const NamedCategory& one : named) {
      if (!text.empty()) text += ", ";
      const std::string& path = lexicon.categories[one.category].path;
      const std::size_t rows = one.certain.size();
      text += rule.pick == CategoryOf::Pick::kMostYears
                  ? fmt::format("{} {:.1f} years", path, one.years)
                  : fmt::format("{} {} row{}", path, rows, rows == 1 ? "" : "s");
    }
    return text;
  }

  void evaluate_number(const NumberOf& rule, LabelValue& value, Basis& basis) {
    Step& step = value.steps.front();
    const Truth where = rows_from(rule.where, step, basis);
    Bounds bounds;
    if (rule.what == NumberOf::What::kYears) {
      bounds = years_of({&basis.met, &basis.possible});
      step.measured = fmt::format("{:.1f} years", bounds.low);
    } else {
      const auto met = static_cast<double>(basis.met.size());
      bounds = {met, met + static_cast<double>(basis.possible.size())};
      step.measured = fmt::format("{} rows", basis.met.size());
    }
    if (basis.incomplete) bounds.high = kForever;
    // What is certain is a value even where more might be; nothing certain at all is unknown.
    const bool nothing_certain = where == Truth::kUnknown || (bounds.low == 0 && !bounds.exact());
    value.truth = nothing_certain ? Truth::kUnknown : Truth::kTrue;
    // The rows of an unknown label may not be all that could speak for it, but those of a condition
    // are, where there are any.
    const bool bounded =
        where != Truth::kUnknown ||
        (std::holds_alternative<RowsCondition>(rule.where) && !basis.possible.empty());
    if (bounded) basis.number = bounds;
    if (value.truth == Truth::kTrue) {
      value.number = bounds.low;
      if (!bounds.exact()) value.number_high = bounds.high;
    }
    if (!explained_) return;
    if (!bounds.exact()) step.measured += " or more";
    for (const Speaking& speaking : basis.met) {
      step.rows.push_back(evidence(speaking.table, speaking.row));
    }
  }

  void evaluate_date(const DateOf& rule, LabelValue& value, Basis& basis) {
    Step& step = value.steps.front();
    value.truth = rows_from(rule.where, step, basis);
    if (value.truth != Truth::kTrue) return;
    const bool first = rule.what == DateOf::What::kFirst;
    const auto comes_first = [first](const Date& a, const Date& b) {
      return first ? std::pair(a.first(), a.last()) < std::pair(b.first(), b.last())
                   : std::pair(a.last(), a.first()) > std::pair(b.last(), b.first());
    };
    bool open = basis.incomplete;  // whether a date that is missing could decide
    const Speaking* chosen = nullptr;
    std::vector<Date> certain;
    std::vector<Date> possible;
    for (const Speaking& speaking : basis.met) {
      const std::optional<Date> date = date_of(speaking, first);
      open = open || !date;
      if (!date) continue;
      certain.push_back(*date);
      if (!value.date || comes_first(*date, *value.date)) {
        value.date = date;
        chosen = &speaking;
      }
    }
    for (const Speaking& speaking : basis.possible) {
      const std::optional<Date> date = date_of(speaking, first);
      open = open || !date;
      if (date) possible.push_back(*date);
    }
    basis.date = one_of(first ? Which::kFirst : Which::kLast, certain, possible);
    // The value is a date of which the days hold all those that it may be.
    if (open || !chosen || basis.date->first < value.date->first() ||
        basis.date->last > value.date->last()) {
      value.truth = Truth::kUnknown;
      value.date.reset();
      basis.date.reset();
      step.measured = chosen ? "a date that is not known may decide" : "the rows have no dates";
      return;
    }
    if (!explained_) return;
    step.measured = value.date->text();
    step.rows.push_back(evidence(chosen->table, chosen->row));
  }

  std::optional<Date> date_of(const Speaking& speaking, bool first) const {
    const RowSpan& span = row(speaking).span;
    if (first) return span.start;
    return span.open ? last_known_day(span, text_.as_of()) : span.end;
  }

  // --- days that rules name -------------------------------------------------------------------

  std::optional<NamedDate> find_date(const DateRef& ref) const {
    switch (ref.kind) {
      case DateRef::Kind::kDate:
      case DateRef::Kind::kEraStart:
        return ref.date;
      case DateRef::Kind::kLabel:
        return others_[ref.label]->basis.date;
      case DateRef::Kind::kNamed:
        break;
    }
    return named_date(ref.named);
  }

  /// A date that the schema names. Worked out once: every row may ask. A row without a start began
  /// before its end, so that it need not hide which one began last.
  std::optional<NamedDate> named_date(std::uint32_t number) const {
    std::optional<std::optional<NamedDate>>& known = named_dates_[number];
    if (known) return *known;
    known.emplace();
    const SchemaDate& date = rules_.schema->dates[number];
    const TableSchema& table = text_.schema().table(date.table);
    const std::optional<std::uint32_t> column = table.find(date.column);
    const bool may_end = date.last && date.column == table.start;
    std::vector<Date> days;
    std::vector<Date> latest;  // of rows that begin on no day that is told
    for (const Row& row : text_.person().rows(date.table)) {
      if (const auto day = column ? Date::parse(row.cells[*column]) : std::optional<Date>()) {
        days.push_back(*day);
        continue;
      }
      const std::optional<Date> end = row.span.open ? text_.as_of() : row.span.end;
      if (!may_end || !end) return *known;  // it may be the one
      latest.push_back(Date::parse(iso_date(end->last())).value_or(*end));
    }
    known = one_of(date.last ? Which::kLast : Which::kFirst, days, latest);
    return *known;
  }

  const Rules& rules_;
  const BoundConditions& conditions_;
  const PersonText& text_;
  std::span<const LabelOutcome* const> others_;
  const Reasons reasons_;
  const bool explained_;
  FindDate find_date_;
  mutable std::vector<std::optional<std::optional<NamedDate>>> named_dates_;
};

}  // namespace

const RowsFrom* where_of(const Label& label) {
  if (const auto* body = std::get_if<CategoryOf>(&label.body)) return &body->where;
  if (const auto* body = std::get_if<NumberOf>(&label.body)) return &body->where;
  if (const auto* body = std::get_if<DateOf>(&label.body)) return &body->where;
  return nullptr;
}

void bind_conditions(const Label& label, const Rules& rules, const Schema& schema,
                     BoundConditions& out) {
  walk(label,
       [&](const RowsCondition& rows) { out.emplace(&rows, BoundRows(rows, rules, schema)); });
}

BoundConditions bind_conditions(const Rules& rules, const Schema& schema) {
  BoundConditions bound;
  for (const Label& label : rules.labels) bind_conditions(label, rules, schema, bound);
  return bound;
}

LabelOutcome evaluate_label(std::uint32_t label, const Rules& rules,
                            const BoundConditions& conditions, const PersonText& text,
                            std::span<const LabelOutcome* const> others, Reasons reasons) {
  return LabelEvaluator(rules, conditions, text, others, reasons).evaluate(label);
}

std::vector<LabelValue> evaluate_labels(const Rules& rules, std::span<const std::uint32_t> order,
                                        const BoundConditions& conditions, const PersonText& text,
                                        Reasons reasons) {
  std::vector<LabelOutcome> outcomes(rules.labels.size());
  std::vector<const LabelOutcome*> others;
  others.reserve(outcomes.size());
  for (const LabelOutcome& outcome : outcomes) others.push_back(&outcome);
  LabelEvaluator evaluation(rules, conditions, text, others, reasons);
  for (const std::uint32_t label : order) {
    outcomes[label] = evaluation.evaluate(label);
  }
  std::vector<LabelValue> values;
  values.reserve(outcomes.size());
  for (LabelOutcome& outcome : outcomes) values.push_back(std::move(outcome.value));
  return values;
}

}  // namespace cadre
