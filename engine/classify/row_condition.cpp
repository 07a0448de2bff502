#include "cadre/classify/row_condition.hpp"

#include <fmt/format.h>
#include <re2/re2.h>

#include <algorithm>
#include <limits>
#include <map>
#include <string_view>
#include <tuple>
#include <utility>

#include "cadre/base/error.hpp"
#include "cadre/classify/cell_contexts.hpp"
#include "cadre/classify/context_reasons.hpp"
#include "cadre/classify/searched_columns.hpp"
#include "cadre/text/fold.hpp"
#include "cadre/text/term.hpp"

namespace cadre {

/// The categories of a branch, [begin, end) in the lexicon's pre-order.
struct CategoryRun {
  std::uint32_t begin = 0;
  std::uint32_t end = 0;

  bool holds(const Match& match) const { return begin <= match.category && match.category < end; }
};

/// Branches of one lexicon in one column.
struct MatchFilter {
  std::uint32_t column = 0;
  std::uint32_t lookup = 0;  // its index among the condition's
  std::vector<CategoryRun> branches;

  bool holds(const Match& match) const {
    return std::any_of(branches.begin(), branches.end(),
                       [&](const CategoryRun& run) { return run.holds(match); });
  }
};

/// A RowTest with what it needs from rules and schema. Groups have parts, the others columns.
struct BoundTest {
  const RowTest* rule = nullptr;
  std::vector<std::uint32_t> columns;              // the forms of the logical column
  std::vector<MatchFilter> searches;               // by column, then by lexicon
  std::vector<std::vector<MatchFilter>> contexts;  // of each near and not_near
  std::unique_ptr<const re2::RE2> regex;
  std::vector<BoundTest> parts;
};

namespace {

std::optional<std::size_t> rank(const Column& column, const std::string& value) {
  const auto found = std::find(column.values.begin(), column.values.end(), value);
  if (found == column.values.end()) return std::nullopt;
  return static_cast<std::size_t>(found - column.values.begin());
}

/// The text of a test; of a list of four and more the first.
std::string in_short(const std::string& text) {
  const std::size_t open = text.find('[');
  const std::size_t close = open == std::string::npos ? open : text.find(']', open);
  if (close == std::string::npos) return text;
  const auto list = std::string_view(text).substr(open, close - open);
  const auto commas = std::count(list.begin(), list.end(), ',');
  if (commas < 3) return text;
  return fmt::format("{}{} and {} more{}", text.substr(0, open), list.substr(0, list.find(',')),
                     commas, text.substr(close));
}

/// Applies the tests of one condition to one row.
class RowTester {
 public:
  RowTester(Table table, std::span<const TermLookup> lookups, const ContextReasons& context_reasons,
            const PersonText& text, const FindDate& find_date)
      : table_(table),
        columns_(text.schema().table(table).columns),
        lookups_(lookups),
        context_reasons_(context_reasons),
        text_(text),
        find_date_(find_date),
        found_(lookups.size()) {}

  /// Neither words nor what the row lacks: few rows are told of, and telling takes longer than the
  /// tests. A row that fails is tested to the end only where it may come nearer than `to_beat`.
  TestedRow test(std::uint32_t index, const std::vector<BoundTest>& tests, double to_beat) {
    telling_ = false;
    return apply_all(index, tests, to_beat);
  }

  /// With the words that met the tests, and what the row lacks.
  TestedRow tell(std::uint32_t index, const std::vector<BoundTest>& tests) {
    telling_ = true;
    return apply_all(index, tests, kNothing);
  }

  /// To be beaten by any row, and by none.
  static constexpr double kNothing = -1;
  static constexpr double kEverything = std::numeric_limits<double>::infinity();

 private:
  TestedRow apply_all(std::uint32_t index, const std::vector<BoundTest>& tests, double to_beat) {
    inner_to_beat_ = to_beat == kEverything ? kEverything : kNothing;
    TestedRow result;
    result.row = index;
    row_ = &text_.person().rows(table_)[index];
    row_index_ = index;
    result.met = all_of(tests, result, to_beat);
    return result;
  }

  Truth all_of(const std::vector<BoundTest>& tests, TestedRow& out, double to_beat) {
    Truth all = Truth::kTrue;
    std::size_t left = tests.size();
    for (const BoundTest& test : tests) {
      const Truth one = apply(test, out);
      if (one == Truth::kTrue) out.nearness += 1;
      if (one == Truth::kUnknown) {
        out.nearness += 0.5;
        out.windows.certain = Windows::none();
      }
      all = all & one;
      --left;
      if (all == Truth::kFalse && out.nearness + static_cast<double>(left) <= to_beat) break;
    }
    return all;
  }

  Truth apply(const BoundTest& test, TestedRow& out) {
    if (const auto* group = std::get_if<RowGroup>(&test.rule->test)) {
      return apply_group(*group, test, out);
    }
    std::string found;  // what the row has instead
    Truth value = Truth::kUnknown;
    if (const auto* column = std::get_if<ColumnTest>(&test.rule->test)) {
      value = apply_column(*column, test, out, found);
    } else if (const auto* span = std::get_if<SpanTest>(&test.rule->test)) {
      value = apply_span(*span, out, found);
    } else {
      const auto& years = std::get<YearsTest>(test.rule->test);
      const Bounds bounds = length(stretch_of(row_->span, {}, text_.as_of()));
      value = holds(bounds, years.years);
      if (telling_) {
        found = bounds.exact() ? fmt::format("lasts {:.1f} years", bounds.low) : "length not known";
      }
    }
    if (value == Truth::kTrue) return value;
    out.lacking += value == Truth::kUnknown ? 0.5 : 1;
    if (telling_) out.lacks.push_back(in_short(test.rule->text) + ": " + found);
    return value;
  }

  Truth apply_group(const RowGroup& group, const BoundTest& test, TestedRow& out) {
    if (group.op == RowGroup::Op::kAll) {
      TestedRow inner;
      const Truth value = all_of(test.parts, inner, inner_to_beat_);
      take(inner, value, out);
      return value;
    }
    // All alternatives that may hold decide which part of the row counts. When none holds, the one
    // that lacks least says what is lacking.
    const bool none = group.op == RowGroup::Op::kNone;
    const bool telling = std::exchange(telling_, false);
    Truth any = Truth::kFalse;
    RowWindows windows = RowWindows::none();
    std::optional<TestedRow> best;
    const BoundTest* nearest = nullptr;
    for (const BoundTest& part : test.parts) {
      TestedRow inner;
      inner.met = apply(part, inner);
      if (inner.met == Truth::kUnknown) inner.windows.certain = Windows::none();
      if (inner.met != Truth::kFalse) windows.join(inner.windows);
      const bool settled = any == Truth::kTrue;
      any = any | inner.met;
      const auto order = [](const TestedRow& row) {
        return std::tuple(row.met == Truth::kTrue      ? 2
                          : row.met == Truth::kUnknown ? 1
                                                       : 0,
                          -row.lacking, row.nearness);
      };
      if (!settled && (!best || order(inner) > order(*best))) {
        best = std::move(inner);
        nearest = &part;
      }
      // No other alternative adds to all of the row.
      if (any == Truth::kTrue && (none || windows.certain.all_of_time())) break;
    }
    telling_ = telling;
    if (none) {
      if (any != Truth::kFalse) out.lacking += any == Truth::kUnknown ? 0.5 : 1;
      if (telling_ && any != Truth::kFalse) {
        out.lacks.push_back(in_short(test.rule->text) +
                            (any == Truth::kTrue ? ": one holds" : ": not known"));
      }
      return !any;
    }
    if (!best) return any;
    if (telling_ && any == Truth::kTrue) {
      best->words = words_of_all(test.parts);
    } else if (telling_) {
      TestedRow told;
      apply(*nearest, told);
      best->lacks = std::move(told.lacks);
    }
    best->windows = std::move(windows);
    take(*best, any, out);
    return any;
  }

  /// The words of all alternatives that hold are evidence.
  std::vector<Words> words_of_all(const std::vector<BoundTest>& parts) {
    std::vector<Words> words;
    for (const BoundTest& part : parts) {
      telling_ = false;
      TestedRow inner;
      const bool holds = apply(part, inner) == Truth::kTrue;
      telling_ = true;
      if (!holds) continue;
      TestedRow told;
      apply(part, told);
      words.insert(words.end(), told.words.begin(), told.words.end());
    }
    return words;
  }

  /// Adds what a group found to the row. What it met counts for the nearest row, but never as much
  /// as a test that is met.
  static void take(TestedRow& inner, Truth met, TestedRow& out) {
    out.windows.intersect(inner.windows);
    if (met != Truth::kTrue) out.nearness += inner.nearness / (inner.nearness + 1) / 2;
    if (met == Truth::kTrue) {
      out.words.insert(out.words.end(), inner.words.begin(), inner.words.end());
    } else {
      out.lacking += inner.lacking;
      out.lacks.insert(out.lacks.end(), inner.lacks.begin(), inner.lacks.end());
    }
  }

  const std::string& cell(std::uint32_t column) const { return row_->cells[column]; }

  void add_whole_cell(std::uint32_t column, TestedRow& out) const {
    if (!telling_) return;
    Match match;
    match.lexicon = Words::kNoLexicon;
    match.end = static_cast<std::uint32_t>(cell(column).size());
    out.words.push_back({column, match});
  }

  /// The values of the column in its languages, quoted.
  std::string quoted(const std::vector<std::uint32_t>& columns) const {
    std::string all;
    for (const std::uint32_t column : columns) {
      if (cell(column).empty()) continue;
      if (!all.empty()) all += " / ";
      all += "'" + cell(column) + "'";
    }
    return all;
  }

  Truth apply_column(const ColumnTest& rule, const BoundTest& test, TestedRow& out,
                     std::string& found) {
    const bool has_value =
        std::any_of(test.columns.begin(), test.columns.end(),
                    [this](std::uint32_t column) { return !cell(column).empty(); });
    if (rule.op == ColumnTest::Op::kKnown) {
      if (telling_) found = has_value ? "is " + quoted(test.columns) : "not known";
      return truth(has_value == rule.flag);
    }
    if (!has_value) {
      found = "not known";
      return Truth::kUnknown;
    }
    switch (rule.op) {
      case ColumnTest::Op::kIn:
      case ColumnTest::Op::kNotIn:
        return find_terms(rule, test, out, found);
      case ColumnTest::Op::kMatches:
        return find_regex(*test.regex, test.columns, out, found);
      case ColumnTest::Op::kBefore:
      case ColumnTest::Op::kAfter:
        return compare_dates(rule, test.columns, out, found);
      default:
        return compare_values(rule, test.columns, out, found);
    }
  }

  Truth find_terms(const ColumnTest& rule, const BoundTest& test, TestedRow& out,
                   std::string& found) {
    bool any = false;
    std::string why_not;  // a term that is found does not count
    for (const MatchFilter& search : test.searches) {
      std::optional<CellContexts> contexts;  // of the cell, once asked for
      std::vector<Match> counting;           // those that evidence tells of
      for (Match match : look_up(search.lookup)) {
        if (!search.holds(match)) continue;
        match.lexicon = lookups_[search.lookup].lexicon;
        CellContexts::Verdict verdict;
        if (!test.contexts.empty()) {
          if (!contexts) contexts = contexts_of(rule, test, search.column);
          verdict = contexts->ask(match);
        }
        if (!verdict.counts) {
          if (telling_ && why_not.empty()) {
            const Match* word = verdict.words.empty() ? nullptr : &verdict.words.front();
            why_not = why_not_counted(cell(search.column), match, word, verdict.test->window,
                                      verdict.test->range, context_reasons_.rules());
          }
          continue;
        }
        any = true;
        if (!telling_) break;
        if (rule.op == ColumnTest::Op::kIn) {
          out.words.push_back({search.column, match});
          for (const Match& word : verdict.words) out.words.push_back({search.column, word});
          counting.push_back(match);
        } else if (found.empty()) {
          found = "has '" + cell(search.column).substr(match.begin, match.end - match.begin) + "'";
        }
      }
      if (any && !telling_) break;
      add_context_words(search, std::move(counting), out);
    }
    if (rule.op == ColumnTest::Op::kNotIn) return truth(!any);
    if (telling_ && !any) {
      if (why_not.empty()) why_not = why_not_in_category(test);
      found = why_not.empty() ? "no term in " + quoted(test.columns) : std::move(why_not);
    }
    return truth(any);
  }

  /// near and not_near of a test, with what they find in a cell.
  CellContexts contexts_of(const ColumnTest& rule, const BoundTest& test, std::uint32_t column) {
    std::vector<std::vector<Match>> words;
    for (const std::vector<MatchFilter>& searches : test.contexts) {
      std::vector<Match>& some = words.emplace_back();
      for (const MatchFilter& search : searches) {
        if (search.column != column) continue;
        for (Match match : look_up(search.lookup)) {
          if (!search.holds(match)) continue;
          match.lexicon = lookups_[search.lookup].lexicon;
          some.push_back(match);
        }
      }
    }
    return {cell(column), rule.contexts, words};
  }

  /// The words by which matches count that near of their category asks for.
  void add_context_words(const MatchFilter& search, std::vector<Match> matches, TestedRow& out) {
    const std::uint32_t lexicon = lookups_[search.lookup].lexicon;
    if (matches.empty() || !context_reasons_.has(lexicon)) return;
    std::sort(matches.begin(), matches.end());
    for (const ContextReason& reason : reasons(search, lexicon)) {
      if (!reason.counts || !reason.has_word) continue;
      if (!std::binary_search(matches.begin(), matches.end(), reason.match)) continue;
      out.words.push_back({search.column, reason.word});
    }
  }

  /// Why a term that is found does not count, by near and not_near of its category.
  std::string why_not_in_category(const BoundTest& test) {
    for (const MatchFilter& search : test.searches) {
      const std::uint32_t lexicon = lookups_[search.lookup].lexicon;
      if (!context_reasons_.has(lexicon)) continue;
      for (const ContextReason& reason : reasons(search, lexicon)) {
        if (reason.counts || !search.holds(reason.match)) continue;
        return context_reasons_.in_words(reason, cell(search.column));
      }
    }
    return {};
  }

  std::vector<ContextReason> reasons(const MatchFilter& search, std::uint32_t lexicon) const {
    return context_reasons_.find(cell(search.column), columns_[search.column].language, lexicon);
  }

  /// What a lexicon found in a cell of the row; many tests ask for the same.
  std::span<const Match> look_up(std::uint32_t lookup) {
    Found& found = found_[lookup];
    if (found.row != row_index_) {
      const auto [column, lexicon] = lookups_[lookup];
      found = {row_index_, text_.matches(table_, row_index_, column, lexicon)};
    }
    return found.matches;
  }

  Truth find_regex(const re2::RE2& regex, const std::vector<std::uint32_t>& columns, TestedRow& out,
                   std::string& found) {
    bool any = false;
    for (const std::uint32_t column : columns) {
      const FoldedText folded(cell(column));
      const re2::StringPiece text(folded.text().data(), folded.text().size());
      re2::StringPiece words;
      if (!regex.Match(text, 0, text.size(), re2::RE2::UNANCHORED, &words, 1)) continue;
      any = true;
      if (!telling_) break;
      const auto begin = static_cast<std::size_t>(words.data() - text.data());
      const auto span = folded.source_span(begin, begin + words.size());
      Match match;
      match.lexicon = Words::kNoLexicon;
      match.begin = span.begin;
      match.end = span.end;
      out.words.push_back({column, match});
    }
    if (telling_ && !any) found = "is " + quoted(columns);
    return truth(any);
  }

  Truth compare_dates(const ColumnTest& rule, const std::vector<std::uint32_t>& columns,
                      TestedRow& out, std::string& found) {
    const std::optional<NamedDate> limit = find_date_(rule.date);
    const std::optional<Date> date = Date::parse(cell(columns.front()));
    if (telling_) found = "is " + quoted(columns);
    if (!limit || !date) return Truth::kUnknown;
    const Truth value = rule.op == ColumnTest::Op::kBefore
                            ? before(*date, as_upper_limit(rule.date, *limit))
                            : before(as_lower_limit(rule.date, *limit), *date);
    if (value == Truth::kTrue) add_whole_cell(columns.front(), out);
    return value;
  }

  Truth compare_values(const ColumnTest& rule, const std::vector<std::uint32_t>& columns,
                       TestedRow& out, std::string& found) {
    if (telling_) found = "is " + quoted(columns);
    bool any = false;
    for (const std::uint32_t column : columns) {
      if (cell(column).empty()) continue;
      bool holds_here = false;
      if (rule.op == ColumnTest::Op::kAtLeast || rule.op == ColumnTest::Op::kAtMost) {
        const std::optional<std::size_t> have = rank(columns_[column], cell(column));
        const std::optional<std::size_t> need = rank(columns_[column], rule.values.front());
        if (!have || !need) return Truth::kUnknown;
        holds_here = rule.op == ColumnTest::Op::kAtLeast ? *have >= *need : *have <= *need;
      } else {
        holds_here =
            std::find(rule.values.begin(), rule.values.end(), cell(column)) != rule.values.end();
      }
      if (holds_here && rule.op != ColumnTest::Op::kIsNot) add_whole_cell(column, out);
      any = any || holds_here;
    }
    return truth(rule.op == ColumnTest::Op::kIsNot ? !any : any);
  }

  Truth apply_span(const SpanTest& rule, TestedRow& out, std::string& found) {
    const RowSpan& span = row_->span;
    Truth value = Truth::kTrue;
    RowWindows let_through;  // all of the row where nothing is known of the date
    const DateRef* missing = nullptr;
    if (rule.to) {
      if (const std::optional<NamedDate> to = find_date_(*rule.to)) {
        value = value & starts_before(span, as_upper_limit(*rule.to, *to));
        let_through.intersect({Window{-kForever, to->low}, Window{-kForever, to->high}});
      } else {
        missing = &*rule.to;
      }
    }
    if (rule.from) {
      if (const std::optional<NamedDate> from = find_date_(*rule.from)) {
        value = value & lies_after(span, *rule.from, *from);
        let_through.intersect({Window{from->high, kForever}, Window{from->low, kForever}});
      } else {
        missing = &*rule.from;
      }
    }
    if (missing != nullptr) value = value & Truth::kUnknown;
    out.windows.intersect(let_through);
    if (!telling_) return value;
    if (value == Truth::kUnknown && missing != nullptr) {
      found = "the day of " + missing->text + " is not known";
    } else if (value != Truth::kTrue) {
      found = fmt::format("lasts from {} to {}", span.start ? span.start->text() : "?",
                          span.end    ? span.end->text()
                          : span.open ? "now"
                                      : "?");
    }
    return value;
  }

  /// A row does not end before it starts, so that an end before the day settles a start that is
  /// missing or not known to the day. It may end on the day that it starts, so that an end on the
  /// day settles nothing.
  static Truth starts_before(const RowSpan& span, const NamedDate& day) {
    const Truth start = span.start ? before(*span.start, day) : Truth::kUnknown;
    if (start != Truth::kUnknown) return start;
    return span.end && before(*span.end, day) == Truth::kTrue ? Truth::kTrue : Truth::kUnknown;
  }

  /// Whether some of the row lies after the day. In an era is also what begins on its first day;
  /// what ends on that day and began before it is not.
  Truth lies_after(const RowSpan& span, const DateRef& rule, const NamedDate& date) const {
    const Truth after = ends_after(span, as_lower_limit(rule, date));
    return rule.kind == DateRef::Kind::kEraStart ? after | begins_from(span, date) : after;
  }

  /// Whether the row begins on the day or later. It began before the day if it ended before it.
  Truth begins_from(const RowSpan& span, const NamedDate& day) const {
    if (span.start) return !before(*span.start, day);
    const std::optional<Date> end = span.open ? text_.as_of() : span.end;
    return end && before(*end, day) == Truth::kTrue ? Truth::kFalse : Truth::kUnknown;
  }

  Truth ends_after(const RowSpan& span, const NamedDate& day) const {
    const Truth end = span.end ? before(day, *span.end) : Truth::kUnknown;
    if (end != Truth::kUnknown) return end;
    if (span.start && before(day, *span.start) == Truth::kTrue) return Truth::kTrue;
    const std::optional<Date> last = last_known_day(span, text_.as_of());
    return span.open && last ? before(day, *last) : Truth::kUnknown;
  }

  struct Found {
    std::uint32_t row = 0xFFFFFFFF;  // which was asked last
    std::span<const Match> matches;
  };

  Table table_;
  const std::vector<Column>& columns_;
  std::span<const TermLookup> lookups_;
  const ContextReasons& context_reasons_;
  const PersonText& text_;
  const FindDate& find_date_;
  std::vector<Found> found_;         // by lookup
  double inner_to_beat_ = kNothing;  // to_beat of groups
  const Row* row_ = nullptr;
  std::uint32_t row_index_ = 0;
  bool telling_ = false;
};

/// Binds the tests of one condition.
class Binder {
 public:
  Binder(const Rules& rules, const TableSchema& table, std::vector<TermLookup>& lookups)
      : rules_(rules), table_(table), lookups_(lookups) {}

  std::vector<BoundTest> bind_all(const std::vector<RowTest>& rules) {
    std::vector<BoundTest> tests;
    tests.reserve(rules.size());
    for (const RowTest& rule : rules) tests.push_back(bind(rule));
    return tests;
  }

 private:
  BoundTest bind(const RowTest& rule) {
    BoundTest test;
    test.rule = &rule;
    if (const auto* group = std::get_if<RowGroup>(&rule.test)) {
      test.parts = bind_all(group->tests);
    } else if (const auto* column = std::get_if<ColumnTest>(&rule.test)) {
      test.columns = columns_called(column->column, table_);
      test.searches = searches(test.columns, column->branches);
      for (const ContextTest& context : column->contexts) {
        test.contexts.push_back(searches(test.columns, context.branches));
      }
      if (column->op == ColumnTest::Op::kMatches) test.regex = compile(column->values.front());
    }
    return test;
  }

  std::vector<MatchFilter> searches(const std::vector<std::uint32_t>& columns,
                                    const std::vector<Branch>& branches) {
    std::map<std::uint32_t, std::vector<CategoryRun>> runs;  // by lexicon
    for (const Branch& branch : branches) {
      const Category& root = rules_.lexicons[branch.lexicon].categories[branch.category];
      runs[branch.lexicon].push_back({branch.category, root.subtree_end});
    }
    std::vector<MatchFilter> all;
    for (const std::uint32_t column : columns) {
      for (const auto& [lexicon, categories] : runs) {
        all.push_back({column, lookup({column, lexicon}), categories});
      }
    }
    return all;
  }

  std::uint32_t lookup(TermLookup wanted) {
    const auto known = std::find(lookups_.begin(), lookups_.end(), wanted);
    const auto number = static_cast<std::uint32_t>(known - lookups_.begin());
    if (known == lookups_.end()) lookups_.push_back(wanted);
    return number;
  }

  static std::unique_ptr<const re2::RE2> compile(const std::string& pattern) {
    re2::RE2::Options options;
    options.set_case_sensitive(false);
    options.set_longest_match(true);
    options.set_log_errors(false);
    auto regex = std::make_unique<const re2::RE2>(fold_pattern(pattern), options);
    if (!regex->ok()) {
      throw Error(
          Error::Kind::kLimit, "",
          fmt::format("cannot compile the regular expression '{}': {}", pattern, regex->error()));
    }
    return regex;
  }

  const Rules& rules_;
  const TableSchema& table_;
  std::vector<TermLookup>& lookups_;
};

/// "needs at least 1", "needs 2 to 5".
std::string need(const NumberTest& test) {
  if (test.at_least && test.at_most) {
    return fmt::format("needs {} to {}", *test.at_least, *test.at_most);
  }
  if (test.at_least) return fmt::format("needs at least {}", *test.at_least);
  return fmt::format("allows at most {}", test.at_most.value_or(0));
}

std::string years_in_words(Bounds years) {
  if (years.exact()) return fmt::format("{:.1f} years", years.low);
  if (years.high == kForever) return fmt::format("{:.1f} years or more", years.low);
  return fmt::format("{:.1f} to {:.1f} years", years.low, years.high);
}

std::string count_in_words(std::size_t low, std::size_t high) {
  if (low != high) return fmt::format("{} to {} rows", low, high);
  return low == 1 ? "1 row" : fmt::format("{} rows", low);
}

}  // namespace

BoundRows::BoundRows(const RowsCondition& condition, const Rules& rules, const Schema& schema)
    : condition_(&condition),
      context_reasons_(std::make_unique<const ContextReasons>(rules)),
      tests_(Binder(rules, schema.table(condition.table), lookups_).bind_all(condition.row.tests)) {
}

BoundRows::~BoundRows() = default;
BoundRows::BoundRows(BoundRows&&) noexcept = default;
BoundRows& BoundRows::operator=(BoundRows&&) noexcept = default;

RowsResult BoundRows::apply(const PersonText& text, const FindDate& find_date,
                            Reasons reasons) const {
  const std::span<const Row> rows = text.person().rows(condition_->table);
  const bool explained = reasons == Reasons::kKept;
  RowsResult result;
  if (rows.empty()) {
    if (explained)
      result.measured = fmt::format("no {} rows", text.schema().rule_name(condition_->table));
    return result;
  }

  RowTester tester(condition_->table, lookups_, *context_reasons_, text, find_date);
  // A row that may meet the tests comes nearer than any that does not, and beside one that meets
  // them no other matters that does not.
  double to_beat = explained ? RowTester::kNothing : RowTester::kEverything;
  for (std::uint32_t i = 0; i < rows.size(); ++i) {
    TestedRow row = tester.test(i, tests_, to_beat);
    if (row.met == Truth::kFalse) {
      if (row.nearness <= to_beat) continue;
      to_beat = row.nearness;
      result.nearest = std::move(row);
      continue;
    }
    to_beat = RowTester::kEverything;
    const bool met = row.met == Truth::kTrue;
    if (!met && explained && (result.possible.empty() || row.nearness > result.nearest->nearness)) {
      result.nearest = row;
    }
    (met ? result.met : result.possible)
        .push_back(explained ? tester.tell(i, tests_) : std::move(row));
  }
  Truth value = !result.met.empty()        ? Truth::kTrue
                : !result.possible.empty() ? Truth::kUnknown
                                           : Truth::kFalse;
  if (condition_->count) {
    // A count may ask for few rows or none, so it alone decides.
    const std::size_t low = result.met.size();
    const std::size_t high = low + result.possible.size();
    value = holds({static_cast<double>(low), static_cast<double>(high)}, *condition_->count);
    if (explained) result.measured = count_in_words(low, high) + ", " + need(*condition_->count);
  }
  if (condition_->total_years) {
    std::vector<Stretch> stretches;
    for (const auto* tested : {&result.met, &result.possible}) {
      for (const TestedRow& row : *tested) {
        stretches.push_back(stretch_of(rows[row.row].span, row.windows, text.as_of()));
      }
    }
    result.years = union_length(stretches);
    value = value & holds(*result.years, *condition_->total_years);
    if (explained) {
      if (!result.measured.empty()) result.measured += "; ";
      result.measured += years_in_words(*result.years) + ", " + need(*condition_->total_years);
    }
  }
  result.value = value;
  // Beside rows that met the tests, another is told only when it may decide.
  const bool may_decide = value == Truth::kUnknown && !result.possible.empty();
  if (value == Truth::kTrue || (!result.met.empty() && !may_decide)) result.nearest.reset();
  if (result.nearest) result.nearest = tester.tell(result.nearest->row, tests_);
  return result;
}

}  // namespace cadre
