#include "cadre/classify/rule_tests.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cstdint>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "cadre/base/listed.hpp"
#include "cadre/classify/context_reasons.hpp"
#include "cadre/classify/eras.hpp"
#include "cadre/classify/label_probe.hpp"
#include "cadre/data/cell_check.hpp"
#include "cadre/match/matcher.hpp"

namespace cadre {
namespace {

/// The standard columns, each text column also without a language, and those the rules declare.
Schema test_schema(const Rules& rules) {
  Schema schema = Schema::of(rules.schema);
  for (const Table table : schema.all()) {
    TableSchema& columns = schema.table(table);
    const std::size_t standard = columns.columns.size();
    for (std::size_t i = 0; i < standard; ++i) {
      Column plain = columns.columns[i];
      if (plain.language.empty() || columns.find(plain.logical)) continue;
      plain.name = plain.logical;
      plain.language.clear();
      columns.columns.push_back(std::move(plain));
    }
  }
  for (const DeclaredColumn& declared : rules.columns) {
    TableSchema& columns = schema.table(declared.table);
    if (columns.find(declared.name)) continue;
    Column column;
    column.name = declared.name;
    column.logical = declared.name;
    column.kind = declared.order.empty() ? Column::Kind::kText : Column::Kind::kName;
    column.values = declared.order;
    column.ordered = !declared.order.empty();
    columns.columns.push_back(std::move(column));
  }
  for (const EraScheme& scheme : rules.eras) {
    if (!schema.as_of) schema.as_of = scheme.as_of;
  }
  return schema;
}

Row make_row(const RuleTest::Fields& fields, const TableSchema& table, std::string id) {
  Row row;
  row.id = std::move(id);
  row.cells.resize(table.columns.size());
  for (const auto& [column, value] : fields) {
    if (const std::optional<std::uint32_t> index = table.find(column)) row.cells[*index] = value;
  }
  row.span = SpanColumns(table).of(row.cells);
  return row;
}

Person make_person(const RuleTest& test, const Schema& schema) {
  Person person;
  person.id = "test";
  person.facts = make_row(test.person, schema.table(Table::kPerson), person.id);
  for (const Table table : schema.all_but_people()) {
    const std::size_t number = static_cast<std::size_t>(table) - 1;
    if (number >= test.tables.size()) break;
    std::vector<Row>& to = person.rows_to_edit(table);
    for (const RuleTest::Fields& fields : test.tables[number]) {
      to.push_back(make_row(fields, schema.table(table),
                            fmt::format("{} {}", schema.rule_name(table), to.size() + 1)));
    }
  }
  return person;
}

/// A number with as many decimals as the expectation was written with.
std::string rounded_like(double number, const std::string& written) {
  const std::size_t point = written.find('.');
  const std::size_t decimals = point == std::string::npos ? 0 : written.size() - point - 1;
  return fmt::format("{:.{}f}", number, decimals);
}

std::string value_in_words(const LabelValue& value, Label::Kind kind, const Rules& rules,
                           const std::string& expected) {
  if (kind == Label::Kind::kPlain || value.truth == Truth::kUnknown) {
    return std::string(name(value.truth));
  }
  if (value.category) {
    return rules.lexicons[value.category->lexicon].categories[value.category->category].path;
  }
  if (value.number) return rounded_like(*value.number, expected);
  if (value.date) return value.date->text();
  return std::string(name(value.truth));
}

/// Whether the words are those of a near, beside the term that counts.
bool is_context(const Match& match, const Rules& rules) {
  return rules.lexicons[match.lexicon].terms[match.term].kind == Term::Kind::kContext;
}

/// The first words that made a label what it is, to help whoever reads a failed test.
std::string reason(const LabelValue& value, const Rules& rules, const Person& person) {
  for (const Step& step : value.steps) {
    for (const RowEvidence& row : step.rows) {
      const std::string& id = person.rows(row.table)[row.row].id;
      if (row.met != Truth::kTrue) {
        if (!row.lacks.empty()) return fmt::format("{}: {}", id, fmt::join(row.lacks, "; "));
        continue;
      }
      for (const Words& words : row.words) {
        if (words.match.lexicon == Words::kNoLexicon || is_context(words.match, rules)) continue;
        const std::string& cell = person.rows(row.table)[row.row].cells[words.column];
        return fmt::format("{}: '{}' is in {}", id,
                           cell.substr(words.match.begin, words.match.end - words.match.begin),
                           rules.branch_name({words.match.lexicon, words.match.category}));
      }
    }
  }
  return {};
}

class Runner {
 public:
  explicit Runner(const Rules& rules) : rules_(rules), context_reasons_(rules), notes_(rules) {}

  RuleTestReport run() {
    run_lexicons();
    run_eras();
    run_people();
    return notes_.take();
  }

 private:
  void run_lexicons() {
    const Matcher matcher(rules_.lexicons, rules_.match_limits);
    std::vector<Match> matches;
    for (std::uint32_t i = 0; i < rules_.lexicons.size(); ++i) {
      for (const LexiconTest& test : rules_.lexicons[i].tests) {
        matches.clear();
        matcher.find(test.text, test.language, matches);
        std::erase_if(matches, [i](const Match& match) { return match.lexicon != i; });
        run_lexicon_test(i, test, matches);
      }
    }
  }

  void run_lexicon_test(std::uint32_t number, const LexiconTest& test,
                        const std::vector<Match>& matches) {
    const Lexicon& lexicon = rules_.lexicons[number];
    std::set<std::uint32_t> found;
    for (const Match& match : matches) found.insert(match.category);

    const auto paths = [&](const auto& categories) {
      std::vector<std::string> names;
      for (const std::uint32_t category : categories) {
        names.push_back(lexicon.categories[category].path);
      }
      return names.empty() ? std::string("nothing") : listed(names);
    };
    std::string expected;
    if (test.exactly && std::set(test.exactly->begin(), test.exactly->end()) != found) {
      expected = paths(*test.exactly);
    }
    for (const std::uint32_t category : test.includes) {
      if (!found.contains(category)) expected = "at least " + paths(test.includes);
    }
    for (const std::uint32_t category : test.excludes) {
      const auto inside = found.lower_bound(category);
      if (inside != found.end() && *inside < lexicon.categories[category].subtree_end) {
        expected = "not " + lexicon.categories[category].path;
      }
    }
    if (expected.empty()) {
      pass(test.range, fmt::format("{}: '{}'", lexicon.name, test.text));
      return;
    }
    std::vector<std::string> words;
    for (const Match& match : matches) {
      words.push_back(fmt::format("'{}' is in {}",
                                  test.text.substr(match.begin, match.end - match.begin),
                                  lexicon.categories[match.category].path));
    }
    if (context_reasons_.has(number)) {
      for (const ContextReason& reason : context_reasons_.find(test.text, test.language, number)) {
        if (!reason.counts) words.push_back(context_reasons_.in_words(reason, test.text));
      }
    }
    fail(test.range, fmt::format("{}: '{}'", lexicon.name, test.text),
         fmt::format("'{}' gives {}, expected {}", test.text, paths(found), expected),
         listed(words));
  }

  void run_eras() {
    for (const EraScheme& scheme : rules_.eras) {
      for (const EraTest& test : scheme.tests) {
        const bool promotion = test.asks == EraTest::Asks::kEraOfPromotion;
        const std::optional<std::uint32_t> era =
            promotion ? era_of_promotion(scheme, test.date) : era_of(scheme, test.date);
        const std::string name = fmt::format("{}: {}{}", scheme.name,
                                             promotion ? "a promotion of " : "", test.date.text());
        if (era == test.expected) {
          pass(test.range, name);
          continue;
        }
        const auto id = [&](std::optional<std::uint32_t> index) {
          return index ? scheme.eras[*index].id : std::string("no era");
        };
        fail(test.range, name,
             fmt::format("{}{} lies in {}, expected {}", promotion ? "a promotion of " : "",
                         test.date.text(), id(era), id(test.expected)),
             {});
      }
    }
  }

  void run_people() {
    if (rules_.tests.empty()) return;
    const Schema schema = test_schema(rules_);
    LabelProbe probe(rules_, schema);
    for (const RuleTest& test : rules_.tests) {
      const Person person = make_person(test, schema);
      std::vector<std::uint32_t> labels;
      for (const RuleTest::Expectation& expected : test.expect) labels.push_back(expected.label);
      const std::vector<LabelValue> values = probe.values(person, labels);
      for (std::size_t i = 0; i < labels.size(); ++i) {
        const RuleTest::Expectation& expected = test.expect[i];
        const Label& label = rules_.labels[expected.label];
        const LabelValue& value = values[i];
        const std::string found = value_in_words(value, label.kind(), rules_, expected.value);
        const std::string name = fmt::format("{}: {}", test.name, label.name);
        if (found == expected.value) {
          pass(expected.range, name);
          continue;
        }
        fail(expected.range, name,
             fmt::format("{}: {} is {}, expected {}", test.name, label.name, found, expected.value),
             reason(value, rules_, person));
      }
    }
  }

  void pass(Range range, std::string name) { notes_.add(range, std::move(name), {}, {}); }

  void fail(Range range, std::string name, std::string message, std::string hint) {
    notes_.add(range, std::move(name), std::move(message), std::move(hint));
  }

  const Rules& rules_;
  const ContextReasons context_reasons_;
  RuleTestNotes notes_;
};

}  // namespace

RuleTestReport run_rule_tests(const Rules& rules) {
  return Runner(rules).run();
}

}  // namespace cadre
