// The checked model: what rule files say once every name is known, every value has its type and
// every parameter its value. The loader (rules/load.hpp) makes it; matcher, classifier and
// figures read it. It is plain data: values, indices, and for everything the range of the rule
// text that it came from.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "cadre/base/date.hpp"
#include "cadre/base/source.hpp"
#include "cadre/base/truth.hpp"
#include "cadre/rules/declared_schema.hpp"
#include "cadre/rules/layout.hpp"
#include "cadre/text/fold.hpp"
#include "cadre/text/plural.hpp"

namespace cadre {

// ---------------------------------------------------------------------------------------------
// Lexicons

/// A word or phrase, or a regular expression, of a category.
struct Term {
  enum class Kind : std::uint8_t {
    kLiteral,  ///< found as it stands after folding; a trailing * matches a prefix of words
    kRegex,    ///< RE2 syntax, run over the folded text
    kExcept,   ///< a literal inside which matches of the category do not count
    kContext,  ///< a literal that near or not_near of the category looks for; it is no match itself
  };

  std::string text;            ///< as the analyst wrote it
  std::string language;        ///< "zh", "en", ...; empty for all columns
  std::uint32_t category = 0;  ///< index into Lexicon::categories
  Kind kind = Kind::kLiteral;
  std::uint32_t context = 0;  ///< kContext: index into Lexicon::contexts
  Range range;
};

/// Whether the matches of such terms are what a lexicon finds.
constexpr bool is_found(Term::Kind kind) {
  return kind == Term::Kind::kLiteral || kind == Term::Kind::kRegex;
}

/// Where a context word must stand, or must not stand, for a match to count. What lies between the
/// two is counted in characters of scripts that put no spaces between words, and in words of the
/// others; a mark that ends a clause ends the window (match/context.hpp).
struct ContextWindow {
  enum class Side : std::uint8_t { kEither, kBefore, kAfter };
  bool near = true;                     ///< false: not_near
  Side side = Side::kEither;            ///< of the match
  std::optional<std::uint32_t> within;  ///< at most so much between; nothing: the whole clause

  friend bool operator==(const ContextWindow&, const ContextWindow&) = default;
};
/// "near" or "not_near".
std::string_view name(const ContextWindow& window);

/// near or not_near of a category; it holds for the categories below too.
struct Context {
  std::uint32_t category = 0;
  ContextWindow window;
  Range range;
};

/// A node of a lexicon's tree. Categories stand in pre-order, the root first, so that a branch is
/// the contiguous run [index, subtree_end).
struct Category {
  std::string name;   ///< "rockets"; for the root the lexicon's name
  std::string path;   ///< "aerospace/rockets", below the lexicon; empty for the root
  std::string title;  ///< or empty
  std::string group;  ///< its own, or that of the nearest category above that has one
  std::uint32_t parent = 0;
  std::uint32_t subtree_end = 0;
  Range range;
  Range group_range = {};  ///< where the group is given; not known: there is none
};

/// A few words and the categories that must come out; run by `cadre check`.
struct LexiconTest {
  std::string text;
  std::string language;  ///< empty: the terms of all languages are tried
  std::optional<std::vector<std::uint32_t>> exactly;  ///< these categories and no others
  std::vector<std::uint32_t> includes;                ///< at least these
  std::vector<std::uint32_t> excludes;                ///< none of these, nor any below them
  Range range;
};

struct Lexicon {
  enum class Overlap : std::uint8_t {
    kLongest,  ///< a match inside a longer one of the same lexicon does not count
    kAll,      ///< every match counts
  };

  std::string name;
  std::string title;
  Overlap overlap = Overlap::kLongest;
  Folding folding;  ///< of texts and terms
  Plurals plurals = Plurals::kNone;
  std::vector<Category> categories;  ///< at least the root
  std::vector<Term> terms;           ///< in the order of the file
  std::vector<Context> contexts;     ///< likewise
  std::vector<LexiconTest> tests;
  Range range;

  /// Whether terms of a language (empty: of all languages) are looked for in the plural too.
  Plurals plurals_in(std::string_view language) const {
    return language.empty() || language == "en" ? plurals : Plurals::kNone;
  }
};

/// A category and everything below it.
struct Branch {
  std::uint32_t lexicon = 0;
  std::uint32_t category = 0;
  friend bool operator==(const Branch&, const Branch&) = default;
};

// ---------------------------------------------------------------------------------------------
// Eras

struct Era {
  std::string id;
  std::string label;
  std::string leader;       ///< or empty
  std::optional<int> term;  ///< the leader's first, second, ... term, where that is stated
  Date from;                ///< the first day
  std::optional<Date> to;   ///< the day after the last, or nothing while it lasts
  Range range;
};

struct EraTest {
  enum class Asks : std::uint8_t { kEraOfDay, kEraOfPromotion };
  Asks asks = Asks::kEraOfDay;
  Date date;
  std::optional<std::uint32_t> expected;  ///< index into EraScheme::eras, or none
  Range range;
};

/// A division of time, and how promotions near a boundary are counted.
struct EraScheme {
  std::string name;
  std::string title;
  std::optional<Date> as_of;                      ///< nothing after this day is looked at
  std::optional<Period> transition_opens_before;  ///< how long before an era its transition opens
  bool promotions_count_to_incoming = true;
  std::vector<Era> eras;  ///< in order of time
  std::vector<EraTest> tests;
  Range range;
};

// ---------------------------------------------------------------------------------------------
// Conditions on one row

/// Numbers that a value is held against; both ends count.
struct NumberTest {
  std::optional<double> at_least;
  std::optional<double> at_most;
};

/// A day that a rule names: one that is written down, or one that depends on the person.
struct DateRef {
  enum class Kind : std::uint8_t {
    kDate,
    kNamed,
    kLabel,
    kEraStart,  ///< the first day of an era: a row that begins on it lies in the era
  };
  Kind kind = Kind::kDate;
  Date date;                ///< for kDate and kEraStart
  std::uint32_t named = 0;  ///< for kNamed: index into DeclaredSchema::dates
  std::uint32_t label = 0;  ///< for kLabel: index of a label whose value is a date
  std::string text;         ///< as written
};

struct RowTest;

/// near or not_near beside a test `in` or `not_in`: a match of that test counts only where matches
/// of these branches stand in its window, or where none does.
struct ContextTest {
  ContextWindow window;
  std::vector<Branch> branches;
  Range range;
};

/// A test of one logical column (`org` stands for org_zh, org_en and org), or of `text`, all the
/// text columns of the row together.
struct ColumnTest {
  enum class Op : std::uint8_t {
    kIn,       ///< a term of one of the branches is found
    kNotIn,    ///< none is
    kMatches,  ///< the regular expression is found in the folded text
    kIs,       ///< the value is one of `values`
    kIsNot,    ///< the value is none of `values`
    kAtLeast,  ///< in the order that the schema declares
    kAtMost,
    kKnown,   ///< there is a value (`flag` true) or there is none (`flag` false)
    kBefore,  ///< date columns
    kAfter,
  };
  std::string column;
  Op op = Op::kIn;
  std::vector<Branch> branches;            ///< kIn, kNotIn
  std::vector<ContextTest> contexts = {};  ///< kIn, kNotIn: all must hold for a match to count
  std::vector<std::string> values;  ///< kIs, kIsNot; kAtLeast, kAtMost, kMatches: exactly one
  DateRef date;                     ///< kBefore, kAfter
  bool flag = true;                 ///< kKnown
};

/// A test of the time a row spans. Only the part of the row inside [from, to) counts in years.
struct SpanTest {
  enum class Op : std::uint8_t {
    kBefore,  ///< the row starts before `to`
    kAfter,   ///< the row ends after `from`
    kDuring,  ///< the row overlaps [from, to)
  };
  Op op = Op::kBefore;
  std::optional<DateRef> from;
  std::optional<DateRef> to;
};

/// A test of how many years the row lasted.
struct YearsTest {
  NumberTest years;
};

/// Tests combined on the same row.
struct RowGroup {
  enum class Op : std::uint8_t { kAll, kAny, kNone };
  Op op = Op::kAll;
  std::vector<RowTest> tests;
};

struct RowTest {
  std::variant<ColumnTest, SpanTest, YearsTest, RowGroup> test;
  Range range;
  std::string text;  ///< the test in words, such as "role in roles/technical"
};

/// Rows of a table that meet all the tests, and what they must come to together.
struct RowsCondition {
  Table table = Table::kPerson;
  RowGroup row;                           ///< kAll
  std::optional<NumberTest> total_years;  ///< of the union of the rows' spans, overlaps once
  std::optional<NumberTest> count;
};

// ---------------------------------------------------------------------------------------------
// Conditions and labels

struct Condition;

struct Combination {
  enum class Op : std::uint8_t { kAll, kAny, kNone, kAtLeast };
  Op op = Op::kAll;
  std::uint32_t at_least = 0;  ///< for kAtLeast
  std::vector<Condition> parts;
};

/// Another label's value. Without a test the label must be true.
struct LabelCondition {
  enum class Op : std::uint8_t {
    kIs,        ///< a plain label has this truth value
    kCategory,  ///< a category label lies in one of the branches
    kGroup,     ///< the group of a category label is one of `values`
    kNumber,    ///< a number label lies within `number`
    kBefore,    ///< a date label lies before or after `date`
    kAfter,
  };
  std::uint32_t label = 0;
  Op op = Op::kIs;
  Truth is = Truth::kTrue;
  std::vector<Branch> branches;
  std::vector<std::string> values;
  NumberTest number;
  DateRef date;
};

struct Condition {
  std::variant<Combination, RowsCondition, LabelCondition> what;
  Range range;
  std::string path;  ///< where it stands in its label, such as "any[0].not"
  std::string text;  ///< in words, for people
};

/// Which rows a category, number or date is taken from: those that made another label true, or
/// those that meet a condition.
using RowsFrom = std::variant<std::uint32_t, RowsCondition>;

struct CategoryOf {
  enum class Pick : std::uint8_t { kMostYears, kMostRows, kFirst, kLast };
  Branch branch;
  RowsFrom where;
  std::vector<std::string> columns;  ///< logical columns to look in; empty: all text columns
  Pick pick = Pick::kMostYears;
};

struct NumberOf {
  enum class What : std::uint8_t { kYears, kCount };
  What what = What::kYears;
  RowsFrom where;
};

struct DateOf {
  enum class What : std::uint8_t { kFirst, kLast };
  What what = What::kFirst;
  RowsFrom where;
};

struct Label {
  enum class Kind : std::uint8_t { kPlain, kCategory, kNumber, kDate };

  std::string name;
  std::string title;
  std::string note;
  std::variant<Condition, CategoryOf, NumberOf, DateOf> body;
  std::optional<bool> unknown_as;  ///< closes the world: what unknown counts as
  Range range;

  Kind kind() const { return static_cast<Kind>(body.index()); }
};
std::string_view name(Label::Kind kind);  ///< "plain", "category", "number", "date"

// ---------------------------------------------------------------------------------------------
// Figures and tests

/// A value in a published row or in a figure's result.
using Cell = std::variant<std::monostate, std::int64_t, double, std::string>;

struct Figure {
  struct Published {
    std::string source;
    std::string note;
    bool approximate = false;  ///< the study gives the numbers in words or as a picture
    std::vector<std::vector<std::pair<std::string, Cell>>> rows;  ///< column and value
  };

  std::string name;
  std::string title;
  std::string note;
  std::string sql;
  std::vector<std::string> key;  ///< the columns that tell rows apart
  std::string chart_json;        ///< mark, x, y, ... as a JSON object, or empty
  std::optional<Published> published;
  Range range;
};

/// A person made up for a test, and what must come out.
struct RuleTest {
  using Fields = std::vector<std::pair<std::string, std::string>>;  ///< column and value
  struct Expectation {
    std::uint32_t label = 0;
    std::string value;  ///< true, false, unknown, a category path, a number or a date
    Range range;
  };
  std::string name;
  Fields person;
  std::vector<std::vector<Fields>> tables;  ///< rows of the other tables, that of number n at n - 1
  std::vector<Expectation> expect;
  Range range;
};

/// A parameter and the value that it has, after variants and --set.
struct Parameter {
  std::string name;
  std::string value;  ///< as written; a list in the form [a, b]
  Range range;        ///< unknown when it was set from outside
};

/// A column that the rule set adds to those of the schema.
struct DeclaredColumn {
  Table table = Table::kPerson;
  std::string name;                ///< logical name
  std::vector<std::string> order;  ///< for ordered values, from the least; otherwise empty
};

/// A place in a rule where the value of a parameter was put in.
struct ParameterUse {
  std::uint32_t parameter = 0;  ///< index into Rules::params
  Range range;                  ///< of $name
};

/// What a variant took away from its base, and where it says so.
struct Removal {
  enum class What : std::uint8_t { kTerm, kCategory, kLabel };
  What what = What::kTerm;
  std::string lexicon;   ///< kTerm, kCategory
  std::string category;  ///< kTerm, kCategory: its path
  std::string name;      ///< the term or the label
  Range range;
};

/// What the matcher may take for these rules.
struct MatchLimits {
  /// Memory that the compiled form of one regular expression may take, in bytes (RE2's max_mem).
  std::size_t regex_memory = std::size_t{8} << 20;
  /// Of all terms in one text, before any hides another. A biography has some hundreds at most; a
  /// text and terms that are made for it have one for each pair of them.
  std::size_t max_matches = 1'000'000;
};

/// A rule set with all that it includes.
struct Rules {
  std::string name;
  std::string title;
  std::string note;
  std::vector<Lexicon> lexicons;
  std::vector<EraScheme> eras;
  std::vector<Figure> figures;
  std::vector<Layout> layouts;
  std::vector<Label> labels;                    ///< in the order of the files
  std::vector<std::uint32_t> evaluation_order;  ///< labels, each after those that it uses
  std::vector<Parameter> params;
  std::vector<ParameterUse> parameter_uses;
  std::vector<Removal> removals;
  SchemaPointer schema = default_schema();  ///< never null
  std::vector<DeclaredColumn> columns;      ///< besides those of the schema
  std::vector<RuleTest> tests;
  MatchLimits match_limits;
  std::shared_ptr<const Sources> sources;
  Range range;

  /// The index of a label, or nothing.
  std::optional<std::uint32_t> find_label(std::string_view label) const;
  /// The index of a lexicon, or nothing.
  std::optional<std::uint32_t> find_lexicon(std::string_view lexicon) const;
  /// "industries/aerospace", the name by which rules call the branch.
  std::string branch_name(Branch branch) const;
};

}  // namespace cadre
