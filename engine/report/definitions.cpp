#include "cadre/report/definitions.hpp"

#include <fmt/format.h>

#include <utility>

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

struct TableWords {
  const char* one;
  const char* many;
};

TableWords words_of(Table table) {
  switch (table) {
    case Table::kEducation:
      return {"a course of study", "courses of study"};
    case Table::kCareer:
      return {"a job", "jobs"};
    case Table::kPosts:
      return {"a provincial post", "provincial posts"};
    default:
      return {"the person's entry", "entries"};
  }
}

class Writer {
 public:
  explicit Writer(const Rules& rules) : rules_(rules) {}

  Sentence write(const Label& label) const {
    Sentence out = std::visit([this](const auto& body) { return body_of(body); }, label.body);
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

  std::vector<std::string> lists_of(const std::vector<Branch>& branches) const {
    std::vector<std::string> lists;
    for (const Branch& branch : branches) lists.push_back(rules_.branch_name(branch));
    return lists;
  }

  std::string day(const DateRef& date) const {
    switch (date.kind) {
      case DateRef::Kind::kFirstPost:
        return "the first provincial post";
      case DateRef::Kind::kLastPost:
        return "the last provincial post";
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

  Sentence test_of(const ColumnTest& test) const {
    const std::string column = test.column == "text" ? "its text" : "its " + spaced(test.column);
    Sentence out;
    out.lists = lists_of(test.branches);
    for (const ContextTest& context : test.contexts) {
      for (std::string& list : lists_of(context.branches)) out.lists.push_back(std::move(list));
    }
    switch (test.op) {
      case ColumnTest::Op::kIn:
        out.text = fmt::format("{} has a word of {}{}", column, names_of(test.branches),
                               contexts_of(test));
        break;
      case ColumnTest::Op::kNotIn:
        out.text = fmt::format("{} has no word of {}{}", column, names_of(test.branches),
                               contexts_of(test));
        break;
      case ColumnTest::Op::kMatches:
        out.text = fmt::format("{} matches the pattern {}", column, either(test.values));
        break;
      case ColumnTest::Op::kIs:
        out.text = fmt::format("{} is {}", column, either(test.values));
        break;
      case ColumnTest::Op::kIsNot:
        out.text = fmt::format("{} is not {}", column, either(test.values));
        break;
      case ColumnTest::Op::kAtLeast:
        out.text = fmt::format("{} is {} or higher", column, either(test.values));
        break;
      case ColumnTest::Op::kAtMost:
        out.text = fmt::format("{} is {} or lower", column, either(test.values));
        break;
      case ColumnTest::Op::kKnown:
        out.text = fmt::format("{} is {}", column, test.flag ? "known" : "not known");
        break;
      case ColumnTest::Op::kBefore:
        out.text = fmt::format("{} is before {}", column, day(test.date));
        break;
      case ColumnTest::Op::kAfter:
        out.text = fmt::format("{} is after {}", column, day(test.date));
        break;
    }
    return out;
  }

  Sentence test_of(const SpanTest& test) const {
    Sentence out;
    const std::string from = test.from ? day(*test.from) : "";
    const std::string to = test.to ? day(*test.to) : "";
    switch (test.op) {
      case SpanTest::Op::kBefore:
        out.text = fmt::format("it began before {}; only the time before counts", to);
        break;
      case SpanTest::Op::kAfter:
        out.text = fmt::format("it ended after {}; only the time after counts", from);
        break;
      case SpanTest::Op::kDuring:
        out.text = fmt::format("it falls, in part at least, between {} and {}",
                               from.empty() ? "the beginning" : from, to.empty() ? "now" : to);
        break;
    }
    return out;
  }

  Sentence test_of(const YearsTest& test) const {
    return {fmt::format("it lasted {} years", bounds(test.years)), "", {}, {}};
  }

  Sentence test_of(const RowGroup& group) const {
    if (group.tests.size() == 1 && group.op != RowGroup::Op::kNone) {
      return sentence(group.tests.front());
    }
    Sentence out;
    switch (group.op) {
      case RowGroup::Op::kAll:
        out.text = "all of these:";
        break;
      case RowGroup::Op::kAny:
        out.text = "one of these at least:";
        break;
      case RowGroup::Op::kNone:
        out.text = group.tests.size() == 1 ? "not this:" : "none of these:";
        break;
    }
    for (const RowTest& test : group.tests) out.parts.push_back(sentence(test));
    return out;
  }

  Sentence sentence(const RowTest& row) const {
    return std::visit([this](const auto& test) { return test_of(test); }, row.test);
  }

  Sentence rows(const RowsCondition& condition) const {
    const TableWords words = words_of(condition.table);
    Sentence out;
    out.text = condition.count ? fmt::format("{} {}", bounds(*condition.count), words.many)
                               : fmt::format("there is {}", words.one);
    if (condition.total_years) {
      out.text = fmt::format("{} that come to {} years in all",
                             condition.count ? out.text : std::string("there are ") + words.many,
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
    for (const RowTest& test : *tests) out.parts.push_back(sentence(test));
    return out;
  }

  // ---------------------------------------------------------------------------- conditions

  Sentence condition_of(const Combination& combination) const {
    Sentence out;
    switch (combination.op) {
      case Combination::Op::kAll:
        out.text = "all of these:";
        break;
      case Combination::Op::kAny:
        out.text = "one of these at least:";
        break;
      case Combination::Op::kNone:
        out.text = combination.parts.size() == 1 ? "not this:" : "none of these:";
        break;
      case Combination::Op::kAtLeast:
        out.text = fmt::format("at least {} of these:", combination.at_least);
        break;
    }
    for (const Condition& part : combination.parts) out.parts.push_back(body_of(part));
    return out;
  }

  Sentence condition_of(const RowsCondition& condition) const { return rows(condition); }

  Sentence condition_of(const LabelCondition& condition) const {
    Sentence out;
    const Label& label = rules_.labels[condition.label];
    const std::string title = title_of(condition.label);
    out.label = label.name;
    out.lists = lists_of(condition.branches);
    switch (condition.op) {
      case LabelCondition::Op::kIs:
        out.text = condition.is == Truth::kTrue    ? title
                   : condition.is == Truth::kFalse ? "not so: " + title
                                                   : "it is not known whether so: " + title;
        break;
      case LabelCondition::Op::kCategory:
        out.text = fmt::format("{}: in {}", title, names_of(condition.branches));
        break;
      case LabelCondition::Op::kGroup:
        out.text = fmt::format("{}: one of the group {}", title, either(condition.values));
        break;
      case LabelCondition::Op::kNumber:
        out.text = fmt::format("{}: {}", title, bounds(condition.number));
        break;
      case LabelCondition::Op::kBefore:
        out.text = fmt::format("{}: before {}", title, day(condition.date));
        break;
      case LabelCondition::Op::kAfter:
        out.text = fmt::format("{}: after {}", title, day(condition.date));
        break;
    }
    return out;
  }

  Sentence body_of(const Condition& condition) const {
    return std::visit([this](const auto& what) { return condition_of(what); }, condition.what);
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
    out = rows(condition);
    out.text = fmt::format("{} these rows: {}", head, out.text);
    return out;
  }

  Sentence body_of(const CategoryOf& body) const {
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

  Sentence body_of(const NumberOf& body) const {
    return from_rows(body.what == NumberOf::What::kYears ? "the years, overlaps counted once, of"
                                                         : "the number of",
                     body.where);
  }

  Sentence body_of(const DateOf& body) const {
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
