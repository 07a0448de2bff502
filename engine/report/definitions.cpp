#include "cadre/report/definitions.hpp"

#include <fmt/format.h>

#include <utility>

#include "cadre/rules/expression.hpp"

namespace cadre {
namespace {

/// "one", "one or two", "one, two or three".
std::string either(const std::vector<std::string>& words) {
  std::string out;
  for (std::size_t i = 0; i < words.size(); ++i) {
    if (i > 0) out += i + 1 == words.size() ? " or " : ", ";
    out += words[i];
  }
  return out;
}

std::string spaced(std::string text) {
  for (char& c : text) {
    if (c == '_') c = ' ';
  }
  return text;
}

std::string number(double value) {
  return fmt::format("{}", value);
}

/// "at least 2", "at least 2 and at most 5".
std::string bounds(const NumberTest& test) {
  std::string out;
  if (test.at_least) out = "at least " + number(*test.at_least);
  if (test.at_most) out += (out.empty() ? "" : " and ") + ("at most " + number(*test.at_most));
  return out;
}

/// "a job", "an embassy".
std::string with_article(const std::string& words) {
  const bool vowel =
      !words.empty() && std::string_view("aeiou").find(words.front()) != std::string_view::npos;
  return (vowel ? "an " : "a ") + words;
}

class Writer {
 public:
  explicit Writer(const Rules& rules) : rules_(rules) {}

  Sentence write(const Label& label) const {
    Sentence out = std::visit([this](const auto& body) { return of(body); }, label.body);
    if (label.unknown_as) {
      Sentence closed;
      closed.text = fmt::format("what the record does not tell counts as {}",
                                *label.unknown_as ? "a yes" : "a no");
      if (out.parts.empty()) out = {"", "", {}, {std::move(out)}};
      out.parts.push_back(std::move(closed));
    }
    return out;
  }

 private:
  std::string title_of(std::uint32_t label) const {
    const Label& one = rules_.labels[label];
    return one.title.empty() ? spaced(one.name) : one.title;
  }

  /// "industries › aerospace, or roles › technical".
  std::string name_of(const Branch& branch) const {
    std::string out;
    for (const char c : rules_.branch_name(branch)) {
      out += c == '/' ? " › " : c == '_' ? " " : std::string(1, c);
    }
    return out;
  }

  std::string names_of(const std::vector<Branch>& branches) const {
    std::vector<std::string> names;
    for (const Branch& branch : branches) names.push_back(name_of(branch));
    return either(names);
  }

  /// The word lists that a rule names.
  std::vector<std::string> lists_of(const auto& node) const {
    std::vector<std::string> lists;
    walk(node, [&](const Branch& branch) { lists.push_back(rules_.branch_name(branch)); });
    return lists;
  }

  std::string day(const DateRef& date) const {
    switch (date.kind) {
      case DateRef::Kind::kNamed:
        return rules_.schema->dates[date.named].title;
      case DateRef::Kind::kLabel:
        return fmt::format("“{}”", title_of(date.label));
      default:
        return date.text.empty() ? date.date.text() : date.text;
    }
  }

  // ---------------------------------------------------------------------------- one row

  /// ", without a word of negations before it in the clause with at most 6 words (in Chinese:
  /// characters) between".
  std::string contexts_of(const ColumnTest& test) const {
    static constexpr const char* kSides[] = {"near it", "before it", "after it"};
    std::string out;
    for (const ContextTest& context : test.contexts) {
      out += fmt::format(", {} a word of {} ", context.window.near ? "with" : "without",
                         names_of(context.branches));
      out += fmt::format("{} in the clause", kSides[static_cast<std::size_t>(context.window.side)]);
      if (context.window.within) {
        out += fmt::format(" with at most {} words (in Chinese: characters) between",
                           *context.window.within);
      }
    }
    return out;
  }

  std::string text_of(const ColumnTest& test) const {
    using Op = ColumnTest::Op;
    switch (test.op) {
      case Op::kIn:
        return fmt::format("has a word of {}{}", names_of(test.branches), contexts_of(test));
      case Op::kNotIn:
        return fmt::format("has no word of {}{}", names_of(test.branches), contexts_of(test));
      case Op::kMatches:
        return fmt::format("matches the pattern {}", either(test.values));
      case Op::kIs:
        return fmt::format("is {}", either(test.values));
      case Op::kIsNot:
        return fmt::format("is not {}", either(test.values));
      case Op::kAtLeast:
        return fmt::format("is {} or higher", either(test.values));
      case Op::kAtMost:
        return fmt::format("is {} or lower", either(test.values));
      case Op::kKnown:
        return test.flag ? "is known" : "is not known";
      case Op::kBefore:
        return fmt::format("is before {}", day(test.date));
      case Op::kAfter:
        return fmt::format("is after {}", day(test.date));
    }
    return {};
  }

  Sentence of(const ColumnTest& test) const {
    return {fmt::format("its {} {}", spaced(test.column), text_of(test)), "", lists_of(test), {}};
  }

  Sentence of(const SpanTest& test) const {
    const std::string from = test.from ? day(*test.from) : "the beginning";
    const std::string to = test.to ? day(*test.to) : "now";
    switch (test.op) {
      case SpanTest::Op::kBefore:
        return {fmt::format("it began before {}; only the time before counts", to), "", {}, {}};
      case SpanTest::Op::kAfter:
        return {fmt::format("it ended after {}; only the time after counts", from), "", {}, {}};
      case SpanTest::Op::kDuring:
        return {fmt::format("it falls, in part at least, between {} and {}", from, to), "", {}, {}};
    }
    return {};
  }

  Sentence of(const YearsTest& test) const {
    return {fmt::format("it lasted {} years", bounds(test.years)), "", {}, {}};
  }

  Sentence of(const RowGroup& group) const {
    if (group.tests.size() == 1 && group.op != RowGroup::Op::kNone) {
      return of(group.tests.front());
    }
    return list(group, group.tests);
  }

  /// Tests of a row or conditions, combined.
  template <typename Group, typename Parts>
  Sentence list(const Group& group, const Parts& parts) const {
    Sentence out;
    out.text = group.op == Group::Op::kAll   ? "all of these:"
               : group.op == Group::Op::kAny ? "one of these at least:"
               : parts.size() == 1           ? "not this:"
                                             : "none of these:";
    for (const auto& part : parts) out.parts.push_back(of(part));
    return out;
  }

  Sentence of(const RowTest& row) const {
    return std::visit([this](const auto& test) { return of(test); }, row.test);
  }

  Sentence of(const RowsCondition& condition) const {
    const SchemaTable& table = rules_.schema->table(condition.table);
    Sentence out;
    out.text = condition.count ? fmt::format("{} {}", bounds(*condition.count), table.many)
                               : fmt::format("there is {}", condition.table == Table::kPerson
                                                                ? "the person's entry"
                                                                : with_article(table.one));
    if (condition.total_years) {
      out.text = fmt::format("{} that come to {} years in all",
                             condition.count ? out.text : "there are " + table.many,
                             bounds(*condition.total_years));
    }
    // What must all hold reads as one list.
    const std::vector<RowTest>* tests = &condition.row.tests;
    while (tests->size() == 1) {
      const auto* group = std::get_if<RowGroup>(&tests->front().test);
      if (group == nullptr || group->op != RowGroup::Op::kAll) break;
      tests = &group->tests;
    }
    if (!tests->empty()) out.text += ", of which all this is true:";
    if (tests->size() == 1) out.text.replace(out.text.rfind("all this"), 8, "this");
    for (const RowTest& test : *tests) out.parts.push_back(of(test));
    return out;
  }

  // ---------------------------------------------------------------------------- conditions

  Sentence of(const Combination& combination) const {
    Sentence out = list(combination, combination.parts);
    if (combination.op == Combination::Op::kAtLeast) {
      out.text = fmt::format("at least {} of these:", combination.at_least);
    }
    return out;
  }

  std::string text_of(const LabelCondition& condition) const {
    using Op = LabelCondition::Op;
    const std::string title = title_of(condition.label);
    switch (condition.op) {
      case Op::kIs:
        return condition.is == Truth::kTrue    ? title
               : condition.is == Truth::kFalse ? "not so: " + title
                                               : "it is not known whether so: " + title;
      case Op::kCategory:
        return fmt::format("{}: in {}", title, names_of(condition.branches));
      case Op::kGroup:
        return fmt::format("{}: one of the group {}", title, either(condition.values));
      case Op::kNumber:
        return fmt::format("{}: {}", title, bounds(condition.number));
      case Op::kBefore:
        return fmt::format("{}: before {}", title, day(condition.date));
      case Op::kAfter:
        return fmt::format("{}: after {}", title, day(condition.date));
    }
    return {};
  }

  Sentence of(const LabelCondition& condition) const {
    return {text_of(condition), rules_.labels[condition.label].name, lists_of(condition), {}};
  }

  Sentence of(const Condition& condition) const {
    return std::visit([this](const auto& what) { return of(what); }, condition.what);
  }

  /// `head` told of the rows that a label or a condition gives.
  Sentence from_rows(const std::string& head, const RowsFrom& where) const {
    Sentence out;
    if (const auto* label = std::get_if<std::uint32_t>(&where)) {
      out.text = fmt::format("{} the rows that made this true: {}", head, title_of(*label));
      out.label = rules_.labels[*label].name;
      return out;
    }
    const auto& condition = std::get<RowsCondition>(where);
    out = of(condition);
    out.text = fmt::format("{} these rows: {}", head, out.text);
    return out;
  }

  Sentence of(const CategoryOf& body) const {
    static constexpr const char* kPicks[] = {"with the most years", "with the most rows",
                                             "that comes first", "that comes last"};
    std::vector<std::string> columns;
    for (const std::string& column : body.columns) columns.push_back(spaced(column));
    Sentence out =
        from_rows(fmt::format("the category of {} {}, looked for in {}", name_of(body.branch),
                              kPicks[static_cast<std::size_t>(body.pick)],
                              columns.empty() ? "" : fmt::format("{} of", either(columns))),
                  body.where);
    out.lists.push_back(rules_.branch_name(body.branch));
    return out;
  }

  Sentence of(const NumberOf& body) const {
    return from_rows(body.what == NumberOf::What::kYears ? "the years, overlaps counted once, of"
                                                         : "the number of",
                     body.where);
  }

  Sentence of(const DateOf& body) const {
    return from_rows(body.what == DateOf::What::kFirst ? "the first day of" : "the last day of",
                     body.where);
  }

  const Rules& rules_;
};

}  // namespace

Sentence define(const Rules& rules, const Label& label) {
  return Writer(rules).write(label);
}

}  // namespace cadre
