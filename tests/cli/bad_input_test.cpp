// Mistakes of every kind, end to end: what cadre says of each, word for word. All of them end with
// status 2, print nothing on standard output and write no file.
#include <algorithm>
#include <filesystem>
#include <set>
#include <string>
#include <vector>

#include "tests/catch.hpp"
#include "tests/cli/study.hpp"

namespace cadre {
namespace {

using testing::Outcome;
using testing::Study;

/// What is done to the study before: `from` becomes `to`; an empty `from` stands for the whole
/// file, which need not be there.
struct Change {
  std::string file;
  std::string from;
  std::string to;
  bool removed = false;
};

Change whole(const std::string& file, const std::string& text) {
  return {file, "", text, false};
}
Change removed(const std::string& file) {
  return {file, "", "", true};
}

struct Case {
  std::string name;
  Change change;
  std::vector<std::string> arguments;
  std::string input;
  std::string error;
};

void apply(const Change& change, const Study& study) {
  if (change.file.empty()) return;
  if (change.removed) {
    std::filesystem::remove(study.path() / change.file);
  } else if (change.from.empty()) {
    study.write(change.file, change.to);
  } else {
    study.change(change.file, change.from, change.to);
  }
}

void check_cases(const std::vector<Case>& cases) {
  for (const Case& one : cases) {
    CAPTURE(one.name);
    const Study study;
    const auto& words = one.arguments;
    if (std::find(words.begin(), words.end(), "run.sqlite") != words.end()) {
      study.classify("run.sqlite");
    }
    apply(one.change, study);
    const std::set<std::string> before = study.files();
    const Outcome outcome = study.run(one.arguments, one.input);
    CHECK(outcome.status == 2);
    CHECK(outcome.out.empty());
    CHECK(outcome.err == one.error);
    CHECK(study.files() == before);
  }
}

// clang-format off: one case after the other, and what is said of it as it is printed

TEST_CASE("bad input: the command line") {
  check_cases({
      {"no such command",
       {},
       {"chek"},
       "",
       R"(cadre: there is no command 'chek'; did you mean 'check'?
See 'cadre --help'.
)"},
      {"no such option",
       {},
       {"check", "--formt", "json", "technocrats.yaml"},
       "",
       R"(cadre check: there is no option '--formt'; did you mean '--format'?
See 'cadre check --help'.
)"},
      {"an argument is missing",
       {},
       {"check"},
       "",
       R"(cadre check: FILE is required
See 'cadre check --help'.
)"},
      {"the output is missing",
       {},
       {"classify", "technocrats.yaml", "package"},
       "",
       R"(cadre classify: --output is required
See 'cadre classify --help'.
)"},
      {"an option without its value",
       {},
       {"classify", "technocrats.yaml", "package", "-o"},
       "",
       R"(cadre classify: --output needs a value
See 'cadre classify --help'.
)"},
      {"one word too many",
       {},
       {"classify", "technocrats.yaml", "package", "more", "-o", "out.sqlite"},
       "",
       R"(cadre classify: 'more' is one word too many
See 'cadre classify --help'.
)"},
      {"no such format",
       {},
       {"check", "technocrats.yaml", "--format", "jsn"},
       "",
       R"(cadre check: --format: 'jsn' is none of text, json, sarif; did you mean 'json'?
See 'cadre check --help'.
)"},
      {"threads that are no number",
       {},
       {"classify", "technocrats.yaml", "package", "-o", "out.sqlite", "--threads", "many"},
       "",
       R"(cadre classify: --threads: 'many' is no number from 0 to 999999
See 'cadre classify --help'.
)"},
      {"threads below zero",
       {},
       {"classify", "technocrats.yaml", "package", "-o", "out.sqlite", "--threads=-1"},
       "",
       R"(cadre classify: --threads: '-1' is no number from 0 to 999999
See 'cadre classify --help'.
)"},
      {"a setting without a value",
       {},
       {"classify", "technocrats.yaml", "package", "-o", "out.sqlite", "--set", "min_years"},
       "",
       R"(cadre: --set takes NAME=VALUE, such as min_years=5, not 'min_years'
)"},
      {"a setting of nothing",
       {},
       {"classify", "technocrats.yaml", "package", "-o", "out.sqlite", "--set", "min_year=3"},
       "",
       R"(--set: error[unknown-parameter]: no parameter named 'min_year'; did you mean 'min_years'?
      = hint: its parameters are min_years
1 error
)"},
      {"a setting of another type",
       {},
       {"classify", "technocrats.yaml", "package", "-o", "out.sqlite", "--set", "min_years=many"},
       "",
       R"(technocrats.yaml:14:29: error[wrong-type]: 'at_least' must be a number, not 'many'
   14 |     total_years: {at_least: $min_years}
      |                             ^^^^^^^^^^
--set: note: this is the value of the parameter 'min_years'
1 error
)"},
      {"no such shell",
       {},
       {"completions", "tcsh"},
       "",
       R"(cadre completions: SHELL: 'tcsh' is none of bash, zsh, fish
See 'cadre completions --help'.
)"},
  });
}

TEST_CASE("bad input: rule files") {
  check_cases({
      {"no such file",
       {},
       {"check", "nix.yaml"},
       "",
       R"(cadre: cannot read 'nix.yaml': No such file or directory
)"},
      {"no such file to classify by",
       {},
       {"classify", "nix.yaml", "package", "-o", "out.sqlite"},
       "",
       R"(cadre: cannot read 'nix.yaml': No such file or directory
)"},
      {"an empty file",
       whole("technocrats.yaml", ""),
       {"check", "technocrats.yaml"},
       "",
       R"(technocrats.yaml:1:1: error[empty-file]: the file is empty
      = hint: a rule file starts with `ruleset: NAME`, `lexicon: NAME`, `eras: NAME` or `figure: NAME`
1 error
)"},
      {"no rules at all",
       whole("technocrats.yaml", "hello\n"),
       {"check", "technocrats.yaml"},
       "",
       R"(technocrats.yaml:1:1: error[wrong-type]: a rule file must be a map, not 'hello'
    1 | hello
      | ^^^^^
      = hint: it starts with a line such as `ruleset: NAME`
1 error
)"},
      {"bytes that are no UTF-8",
       {"technocrats.yaml", "in small", "in \377 small"},
       {"check", "technocrats.yaml"},
       "",
       R"(technocrats.yaml:3:24: error[invalid-utf8]: byte 54 of the file (0xFF) is not valid UTF-8
    3 | title: Technocrats, in � small
      |                        ^
      = hint: save it again with the encoding UTF-8; Chinese files from Windows are often in GB 18030
1 error
)"},
      {"a bracket that is not closed",
       {"technocrats.yaml", "title: Technocrats, in small", "title: [Technocrats"},
       {"check", "technocrats.yaml"},
       "",
       R"(technocrats.yaml:4:8: error[yaml-syntax]: a ']' or ',' is missing before this
    4 | include: [fields.yaml, industries.yaml, eras.yaml, figures.yaml, names.yaml]
      |        ^
technocrats.yaml:3:8: note: the bracket opens here
    3 | title: [Technocrats
      |        ^
1 error
)"},
      {"a tab",
       {"technocrats.yaml", "  trained:\n", "	trained:\n"},
       {"check", "technocrats.yaml"},
       "",
       R"(technocrats.yaml:7:1: error[tab]: a tab in the indentation, YAML is indented with spaces
    7 |  trained:
      | ^
      = hint: set your editor to insert spaces
1 error
)"},
      {"a number in place of a map",
       {"technocrats.yaml", "params: {min_years: 1}", "params: 1"},
       {"check", "technocrats.yaml"},
       "",
       R"(technocrats.yaml:5:9: error[wrong-type]: 'params' must be a map, not '1'
    5 | params: 1
      |         ^

technocrats.yaml:14:29: error[unknown-parameter]: no parameter named 'min_years'
   14 |     total_years: {at_least: $min_years}
      |                             ^^^^^^^^^^
      = hint: parameters are declared under `params` of the rule set; text that starts with $ stands in quotes
2 errors
)"},
      {"a key that is misspelt",
       {"technocrats.yaml", "total_years", "total_year"},
       {"check", "technocrats.yaml"},
       "",
       R"(technocrats.yaml:14:5: error[unknown-key]: a condition on rows has no key 'total_year'; did you mean 'total_years'?
   14 |     total_year: {at_least: $min_years}
      |     ^^^^^^^^^^
      = hint: tests of a row stand inside its table
1 error
)"},
      {"a key written twice",
       {"technocrats.yaml", "  years:\n    title", "  either:\n    title"},
       {"check", "technocrats.yaml"},
       "",
       R"(technocrats.yaml:34:3: error[duplicate-key]: the key 'either' is here for the second time
   34 |   either:
      |   ^^^^^^
technocrats.yaml:28:3: note: it is here for the first time
   28 |   either:
      |   ^^^^^^
1 error
)"},
      {"a lexicon that is not there",
       {"technocrats.yaml", "fields/engineering", "feilds/engineering"},
       {"check", "technocrats.yaml"},
       "",
       R"(technocrats.yaml:10:29: error[unknown-lexicon]: no lexicon named 'feilds'; did you mean 'fields'?
   10 |     education: {field: {in: feilds/engineering}, degree: {at_least: associate}}
      |                             ^^^^^^^^^^^^^^^^^^
1 error
)"},
      {"a category that is not there",
       {"technocrats.yaml", "fields/engineering", "fields/enginering"},
       {"check", "technocrats.yaml"},
       "",
       R"(technocrats.yaml:10:29: error[unknown-category]: the lexicon 'fields' has no category 'enginering'; did you mean 'fields/engineering'?
   10 |     education: {field: {in: fields/enginering}, degree: {at_least: associate}}
      |                             ^^^^^^^^^^^^^^^^^
1 error
)"},
      {"a label that is not there",
       {"technocrats.yaml", "all: [trained, worked]", "all: [trained, wroked]"},
       {"check", "technocrats.yaml"},
       "",
       R"(technocrats.yaml:16:20: error[unknown-label]: no label named 'wroked'; did you mean 'worked'?
   16 |     all: [trained, wroked]
      |                    ^^^^^^
1 error
)"},
      {"labels in a circle",
       {"technocrats.yaml", "all: [trained, worked]", "all: [trained, known_technocrat]"},
       {"check", "technocrats.yaml"},
       "",
       R"(technocrats.yaml:19:11: error[label-cycle]: labels that depend on themselves: technocrat -> known_technocrat -> technocrat
   19 |     all: [technocrat]
      |           ^^^^^^^^^^
1 error
)"},
      {"a column that the data lacks",
       {"technocrats.yaml", "role: {matches: 'engineer", "rank: {matches: 'engineer"},
       {"classify", "technocrats.yaml", "package", "-o", "out.sqlite"},
       "",
       R"(technocrats.yaml:13:51: error[unknown-column]: the table 'career' has no column 'rank'
   13 |     career: {any: [{role: {matches: '工程师|技术员'}}, {rank: {matches: 'engineer|technician'}}]}
      |                                                         ^^^^
      = hint: its columns are id, person, start, end, org, role, source; others are declared under `columns` of the rule set
1 error
)"},
      {"a regular expression with a mistake",
       {"technocrats.yaml", "'工程师|技术员'", "'工程师|(技术员'"},
       {"check", "technocrats.yaml"},
       "",
       R"(technocrats.yaml:13:37: error[bad-regex]: bad regular expression: a ')' is missing
   13 |     career: {any: [{role: {matches: '工程师|(技术员'}}, {role: {matches: 'engineer|technician'}}]}
      |                                     ^^^^^^^^^^^^^^^^
      = hint: a bracket that stands for itself is written \( or \)
1 error
)"},
      {"a month that is none",
       {"eras.yaml", "2017-10-24}", "2017-13-24}"},
       {"check", "technocrats.yaml"},
       "",
       R"(eras.yaml:6:79: error[bad-date]: '2017-13-24' is not a date: there is no month 13
    6 |   - {id: c18, label: 18th, leader: Xi Jinping, term: 1, from: 2012-11-14, to: 2017-13-24}
      |                                                                               ^^^^^^^^^^
      = hint: dates are written 1982, 1982-03 or 1982-03-15
1 error
)"},
      {"an included file that is not there",
       {"technocrats.yaml", "fields.yaml", "field.yaml"},
       {"check", "technocrats.yaml"},
       "",
       R"(technocrats.yaml:4:11: error[missing-file]: the file to include is not there: field.yaml; did you mean 'fields.yaml'?
    4 | include: [field.yaml, industries.yaml, eras.yaml, figures.yaml, names.yaml]
      |           ^^^^^^^^^^
1 error
)"},
      {"an included file outside the folder",
       {"technocrats.yaml", "fields.yaml", "../fields.yaml"},
       {"check", "technocrats.yaml"},
       "",
       R"(technocrats.yaml:4:11: error[outside-folder]: the file '../fields.yaml' lies outside the folder of the rule set
    4 | include: [../fields.yaml, industries.yaml, eras.yaml, figures.yaml, names.yaml]
      |           ^^^^^^^^^^^^^^
      = hint: a rule set includes files of its own folder and the folders below it
1 error
)"},
      {"a newer language",
       {"technocrats.yaml", "cadre: 1", "cadre: 3"},
       {"check", "technocrats.yaml"},
       "",
       R"(technocrats.yaml:2:8: error[newer-language]: the rule set is written in version 3 of the language, and this cadre reads version 2
    2 | cadre: 3
      |        ^
      = hint: install a newer cadre
1 error
)"},
      {"a rule set that extends itself",
       {"strict.yaml", "technocrats.yaml", "strict.yaml"},
       {"check", "strict.yaml"},
       "",
       R"(strict.yaml:4:10: error[extends-cycle]: the files lead in a circle: strict.yaml -> strict.yaml
    4 | extends: strict.yaml
      |          ^^^^^^^^^^^
1 error
)"},
      {"a rule set that extends nothing",
       {"strict.yaml", "technocrats.yaml", "technocrat.yaml"},
       {"check", "strict.yaml"},
       "",
       R"(strict.yaml:4:10: error[missing-file]: the rule set to extend is not there: technocrat.yaml; did you mean 'technocrats.yaml'?
    4 | extends: technocrat.yaml
      |          ^^^^^^^^^^^^^^^
1 error
)"},
      {"a figure with wrong SQL",
       {"names.yaml", "name_en", "nam_en"},
       {"check", "technocrats.yaml"},
       "",
       R"(names.yaml:3:22: error[figure-sql]: figure 'names': the query is wrong: no such column: nam_en; did you mean 'name_en'?
    3 | sql: SELECT name_zh, nam_en, education.field_zh FROM people LEFT JOIN education ON education.person ...
      |                      ^^^^^^
1 error
)"},
      {"a lexicon to classify by",
       {},
       {"classify", "fields.yaml", "package", "-o", "out.sqlite"},
       "",
       R"(cadre: 'fields.yaml' has no labels to classify by; give a rule set
)"},
  });
}

TEST_CASE("bad input: data packages") {
  check_cases({
      {"no such folder",
       {},
       {"classify", "technocrats.yaml", "nix", "-o", "out.sqlite"},
       "",
       R"(cadre: cannot read 'nix': No such file or directory
)"},
      {"no datapackage.json",
       removed("package/datapackage.json"),
       {"classify", "technocrats.yaml", "package", "-o", "out.sqlite"},
       "",
       R"(cadre: cannot read 'package': the folder has no datapackage.json
)"},
      {"an empty datapackage.json",
       whole("package/datapackage.json", ""),
       {"classify", "technocrats.yaml", "package", "-o", "out.sqlite"},
       "",
       R"(package/datapackage.json: error[empty-file]: the file is empty
1 error
)"},
      {"a datapackage.json that is no JSON",
       {"package/datapackage.json", "\"name\": \"small\",", "\"name\": \"small\""},
       {"classify", "technocrats.yaml", "package", "-o", "out.sqlite"},
       "",
       R"(package/datapackage.json:3:3: error[bad-json]: this is not JSON: it goes wrong here
    3 |   "title": "Five people",
      |   ^
1 error
)"},
      {"a table that is not there",
       removed("package/career.csv"),
       {"classify", "technocrats.yaml", "package", "-o", "out.sqlite"},
       "",
       R"(package/datapackage.json:23:32: error[missing-file]: there is no file 'career.csv'
   23 |     {"name": "career", "path": "career.csv", "schema": {"primaryKey": "id", "fields": [
      |                                ^^^^^^^^^^^^
1 error
)"},
      {"a column that is not there",
       whole("package/people.csv", "id,name_zh,name_en\nan-min,安敏,An Min\nbo-lin,薄林,Bo Lin\ncai-yu,蔡宇,Cai Yu\ndu-wei-1950,杜伟,Du Wei\ndu-wei-1962,杜伟,Du Wei\n"),
       {"classify", "technocrats.yaml", "package", "-o", "out.sqlite"},
       "",
       R"(package/people.csv:1:1: error[missing-column]: the column 'birth' of 'people' is missing
    1 | id,name_zh,name_en
      | ^^^^^^^^^^^^^^^^^^
      = hint: add it to the file, or take it out of datapackage.json
1 error
)"},
      {"an empty table",
       whole("package/people.csv", ""),
       {"classify", "technocrats.yaml", "package", "-o", "out.sqlite"},
       "",
       R"(package/people.csv: error[empty-file]: the file is empty
1 error
)"},
      {"a table without people",
       whole("package/people.csv", "id,name_zh,name_en,birth\n"),
       {"classify", "technocrats.yaml", "package", "-o", "out.sqlite"},
       "",
       R"(package/people.csv: error[no-rows]: the table 'people' has no rows
1 error
)"},
      {"a table that is no UTF-8",
       {"package/people.csv", "薄林", "\261\241\301\326"},
       {"classify", "technocrats.yaml", "package", "-o", "out.sqlite"},
       "",
       R"(package/people.csv:3:8: error[invalid-utf8]: byte 59 of the file, 0xB1, is not UTF-8
    3 | bo-lin,����,Bo Lin,1955-02
      |        ^
      = hint: save the file as UTF-8; in Excel choose 'CSV UTF-8'
1 error
)"},
      {"a row that is too short",
       {"package/people.csv", "薄林,Bo Lin,1955-02", "薄林"},
       {"classify", "technocrats.yaml", "package", "-o", "out.sqlite"},
       "",
       R"(package/people.csv:3:1: error[wrong-cell-count]: the row has 2 cells, the header 4
    3 | bo-lin,薄林
      | ^^^^^^^^^^^
      = hint: cells that are not known are empty, not left out
1 error
)"},
      {"a month that is none",
       {"package/people.csv", "1955-02", "1982-13"},
       {"classify", "technocrats.yaml", "package", "-o", "out.sqlite"},
       "",
       R"(package/people.csv:3:18: error[bad-date]: '1982-13' is no date: there is no month 13
    3 | bo-lin,薄林,Bo Lin,1982-13
      |                    ^^^^^^^
      = hint: write 1982, 1982-03 or 1982-03-15, and nothing when it is not known
1 error
)"},
      {"a day that is none",
       {"package/people.csv", "1955-02", "1982-02-30"},
       {"classify", "technocrats.yaml", "package", "-o", "out.sqlite"},
       "",
       R"(package/people.csv:3:18: error[bad-date]: '1982-02-30' is no date: 1982-02 has no day 30
    3 | bo-lin,薄林,Bo Lin,1982-02-30
      |                    ^^^^^^^^^^
      = hint: write 1982, 1982-03 or 1982-03-15, and nothing when it is not known
1 error
)"},
      {"an end before its start",
       {"package/career.csv", "1976,1988", "1988,1976"},
       {"classify", "technocrats.yaml", "package", "-o", "out.sqlite"},
       "",
       R"(package/career.csv:2:23: error[end-before-start]: the end 1976 lies before the start 1988
    2 | an-min/c1,an-min,1988,1976,航天部第一研究院,"First Academy, Ministry of Aerospace",工程师,engineer
      |                       ^^^^
      = hint: a date that is not known stays empty
1 error
)"},
      {"an id that is there twice",
       {"package/people.csv", "du-wei-1962,杜伟,Du Wei,1962\n", "du-wei-1962,杜伟,Du Wei,1962\nan-min,安民,An Min,1960\n"},
       {"classify", "technocrats.yaml", "package", "-o", "out.sqlite"},
       "",
       R"(package/people.csv:7:1: error[duplicate-id]: two rows of 'people' have the id 'an-min'
    7 | an-min,安民,An Min,1960
      | ^^^^^^
package/people.csv:2:1: note: first here
    2 | an-min,安敏,An Min,1950
      | ^^^^^^
1 error
)"},
      {"a row of a person who is not there",
       {"package/career.csv", "c2,an-min", "c2,an-mni"},
       {"classify", "technocrats.yaml", "package", "-o", "out.sqlite"},
       "",
       R"(package/career.csv:3:11: error[unknown-person]: no row of 'people' has the id 'an-mni'; did you mean 'an-min'?
    3 | an-min/c2,an-mni,1988,1995,某市政府,City government,市长,mayor
      |           ^^^^^^
1 error
)"},
      {"a degree that is none",
       {"package/education.csv", "bachelor", "batchelor"},
       {"classify", "technocrats.yaml", "package", "-o", "out.sqlite"},
       "",
       R"(package/education.csv:2:63: error[bad-value]: 'batchelor' is not a value of 'degree'; did you mean 'bachelor'?
    2 | an-min/e1,an-min,1972,1975,清华大学,机械制造,Mechanical Manufacturing,batchelor,full-time
      |                                                                       ^^^^^^^^^
      = hint: one of associate, bachelor, master, doctor
1 error
)"},
  });
}

TEST_CASE("bad input: JSON Lines") {
  check_cases({
      {"an empty file",
       whole("people.jsonl", ""),
       {"classify", "technocrats.yaml", "people.jsonl", "-o", "out.sqlite"},
       "",
       R"(people.jsonl: error[empty-file]: the file is empty
1 error
)"},
      {"a line that is no JSON",
       {"people.jsonl", "\"bo-lin\", ", "\"bo-lin\" "},
       {"classify", "technocrats.yaml", "people.jsonl", "-o", "out.sqlite"},
       "",
       R"(people.jsonl:2:17: error[bad-json]: this is not JSON: it goes wrong here
    2 | {"id": "bo-lin" "name_en": "Bo Lin", "birth": "1955", "education": [{"field_en": "social engineering...
      |                 ^
1 error
)"},
      {"a list",
       whole("people.jsonl", "[{\"id\": \"an-min\"}]\n"),
       {"classify", "technocrats.yaml", "people.jsonl", "-o", "out.sqlite"},
       "",
       R"(people.jsonl:1:1: error[not-json-lines]: this is a JSON list, not JSON Lines
    1 | [{"id": "an-min"}]
      | ^
      = hint: write each person on a line of its own: jq -c '.[]' FILE
1 error
)"},
      {"a person without an id",
       {"people.jsonl", "\"id\": \"bo-lin\", ", ""},
       {"classify", "technocrats.yaml", "people.jsonl", "-o", "out.sqlite"},
       "",
       R"(people.jsonl:2:1: error[missing-value]: a person needs an 'id'
    2 | {"name_en": "Bo Lin", "birth": "1955", "education": [{"field_en": "social engineering", "degree": "b...
      | ^
1 error
)"},
      {"a key that is misspelt",
       {"people.jsonl", "\"education\"", "\"educaton\""},
       {"classify", "technocrats.yaml", "people.jsonl", "-o", "out.sqlite"},
       "",
       R"(people.jsonl:1:73: error[unknown-key]: 'people' has no column 'educaton'; did you mean 'education'?
    1 | ...n", "name_en": "An Min", "name_zh": "安敏", "birth": "1950", "educaton": [{"field_zh": "机械制造", "...
      |                                                                 ^^^^^^^^^^
      = hint: told of once, though other lines may have it too
1 error
)"},
      {"a date that is none",
       whole("people.jsonl", "{\"id\": \"an-min\", \"birth\": \"1982-13\"}\n"),
       {"classify", "technocrats.yaml", "people.jsonl", "-o", "out.sqlite"},
       "",
       R"(people.jsonl:1:27: error[bad-date]: '1982-13' is no date: there is no month 13
    1 | {"id": "an-min", "birth": "1982-13"}
      |                           ^^^^^^^^^
      = hint: write 1982, 1982-03 or 1982-03-15, and nothing when it is not known
1 error
)"},
      {"a value of a wrong type",
       whole("people.jsonl", "{\"id\": \"an-min\", \"birth\": [1982]}\n"),
       {"classify", "technocrats.yaml", "people.jsonl", "-o", "out.sqlite"},
       "",
       R"(people.jsonl:1:27: error[wrong-type]: 'birth' must be a text, not a list
    1 | {"id": "an-min", "birth": [1982]}
      |                           ^
1 error
)"},
      {"bytes that are no UTF-8",
       whole("people.jsonl", "{\042id\042: \042an-min\042, \042name_en\042: \042\377\042}\012"),
       {"classify", "technocrats.yaml", "people.jsonl", "-o", "out.sqlite"},
       "",
       R"(people.jsonl:1:30: error[invalid-utf8]: byte 30 of the file, 0xFF, is not UTF-8
    1 | {"id": "an-min", "name_en": "�"}
      |                              ^
      = hint: save the file as UTF-8; in Excel choose 'CSV UTF-8'
1 error
)"},
      {"standard input that breaks off",
       {},
       {"classify", "technocrats.yaml", "-", "-o", "out.sqlite"},
       "{\"id\": \"an-min\"",
       R"(<standard input>:1:15: error[bad-json]: the person does not end with }
    1 | {"id": "an-min"
      |               ^
      = hint: one person a line, with nothing between the lines
1 error
)"},
      {"empty standard input",
       {},
       {"classify", "technocrats.yaml", "-", "-o", "-"},
       "",
       R"(<standard input>: error[empty-file]: the file is empty
1 error
)"},
      {"gzip that was cut off",
       whole("people.jsonl.gz", "\037\213\010\001\001\001\001\001\001\003"),
       {"classify", "technocrats.yaml", "people.jsonl.gz", "-o", "out.sqlite"},
       "",
       R"(cadre: cannot read 'people.jsonl.gz': the gzip stream is cut off at its end, byte 10
)"},
      {"zstd that is damaged",
       whole("people.jsonl.zst", "(\265/\375hello"),
       {"classify", "technocrats.yaml", "people.jsonl.zst", "-o", "out.sqlite"},
       "",
       R"(cadre: cannot read 'people.jsonl.zst': the zstd stream is damaged at byte 0
)"},
  });
}

TEST_CASE("bad input: outputs") {
  check_cases({
      {"a folder that is not there",
       {},
       {"classify", "technocrats.yaml", "package", "-o", "no/out.sqlite"},
       "",
       R"(cadre: cannot write 'no/out.sqlite': there is no folder 'no'
)"},
      {"a folder",
       whole("results/x", ""),
       {"classify", "technocrats.yaml", "package", "-o", "results", "--format", "csv"},
       "",
       R"(cadre: cannot write 'results': it is not a regular file
)"},
      {"an ending that says nothing",
       {},
       {"classify", "technocrats.yaml", "package", "-o", "out.xlsx"},
       "",
       R"(cadre: 'out.xlsx' does not say what to write: end it in .sqlite, .jsonl or .csv, or give --format
)"},
      {"the data",
       {},
       {"classify", "technocrats.yaml", "people.jsonl", "-o", "people.jsonl"},
       "",
       R"(cadre: 'people.jsonl' would overwrite what is read; give another name
)"},
      {"the rules",
       {},
       {"classify", "technocrats.yaml", "people.jsonl", "-o", "technocrats.yaml", "--format", "csv"},
       "",
       R"(cadre: 'technocrats.yaml' would overwrite what is read; give another name
)"},
      {"SQLite to standard output",
       {},
       {"classify", "technocrats.yaml", "package", "-o", "-", "--format", "sqlite"},
       "",
       R"(cadre: a SQLite run cannot go to standard output; give -o FILE or --format jsonl
)"},
  });
}

TEST_CASE("bad input: runs") {
  check_cases({
      {"no such run",
       {},
       {"figures", "nix.sqlite"},
       "",
       R"(cadre: cannot read the run 'nix.sqlite': there is no such file
)"},
      {"a folder",
       {},
       {"explain", "package", "an-min"},
       "",
       R"(cadre: cannot read the run 'package': it is a folder
)"},
      {"a file that is no run",
       {},
       {"query", "people.jsonl", "SELECT 1"},
       "",
       R"(cadre: cannot read the run 'people.jsonl': it is not a SQLite database
)"},
      {"an empty file",
       whole("empty.sqlite", ""),
       {"query", "empty.sqlite", "SELECT 1"},
       "",
       R"(cadre: cannot read the run 'empty.sqlite': it is empty
)"},
  });
}

TEST_CASE("bad input: questions to a run") {
  check_cases({
      {"SQL with a mistake",
       {},
       {"query", "run.sqlite", "SELEC 1"},
       "",
       R"(cadre: the query is wrong: syntax error at 'SELEC'
)"},
      {"a table that is misspelt",
       {},
       {"query", "run.sqlite", "SELECT * FROM peple"},
       "",
       R"(cadre: the query is wrong: no such table: peple; did you mean 'people'?
)"},
      {"a column that is misspelt",
       {},
       {"query", "run.sqlite", "SELECT nam FROM people"},
       "",
       R"(cadre: the query is wrong: no such column: nam
)"},
      {"a name in double quotes that is no column",
       {},
       {"query", "run.sqlite", "SELECT \"techncorat\" AS t FROM labels_wide"},
       "",
       R"(cadre: the query is wrong: no such column: techncorat; did you mean 'technocrat'? A text stands in single quotes: 'techncorat'
)"},
      {"two questions",
       {},
       {"query", "run.sqlite", "SELECT 1; SELECT 2"},
       "",
       R"(cadre: the query is more than one statement
)"},
      {"no question",
       {},
       {"query", "run.sqlite", "-"},
       "",
       R"(cadre: the query is empty
)"},
      {"writing",
       {},
       {"query", "run.sqlite", "DELETE FROM people"},
       "",
       R"(cadre: a query may only read the run
)"},
      {"another database",
       {},
       {"query", "run.sqlite", "ATTACH 'x' AS y"},
       "",
       R"(cadre: a query may only read the run
)"},
      {"a person who is misspelt",
       {},
       {"explain", "run.sqlite", "an-mni"},
       "",
       R"(cadre: nobody in this run is called 'an-mni'; did you mean
  an-min                   An Min 安敏, b. 1950
)"},
      {"a person who is not there",
       {},
       {"explain", "run.sqlite", "napoleon"},
       "",
       R"(cadre: nobody in this run is called 'napoleon'
)"},
      {"a name of two people",
       {},
       {"explain", "run.sqlite", "杜伟", "trained"},
       "",
       R"(cadre: '杜伟' may be any of these; give the id
  du-wei-1950              Du Wei 杜伟, b. 1950
  du-wei-1962              Du Wei 杜伟, b. 1962
)"},
      {"a label that is misspelt",
       {},
       {"explain", "run.sqlite", "an-min", "tecnocrat"},
       "",
       R"(cadre: the run has no label 'tecnocrat'; did you mean 'technocrat'?
)"},
      {"a figure that is misspelt",
       {},
       {"figures", "run.sqlite", "leader"},
       "",
       R"(cadre: the run has no figure 'leader'; did you mean 'leaders'?
)"},
      {"two tables in one CSV",
       {},
       {"figures", "run.sqlite", "--format", "csv"},
       "",
       R"(cadre: CSV holds one table: name the figure to print (cadre figures RUN --list)
)"},
  });
}

// clang-format on

TEST_CASE("bad input: runs that were damaged") {
  const Study study;
  study.classify("run.sqlite");
  const std::string whole_run = study.read("run.sqlite");
  const auto said = [&](const std::string& bytes) {
    study.write("run.sqlite", bytes);
    const Outcome outcome = study.run({"query", "run.sqlite", "SELECT * FROM people"});
    CHECK(outcome.status == 2);
    CHECK(outcome.out.empty());
    return outcome.err;
  };
  CHECK(said(whole_run.substr(0, whole_run.size() / 2)) ==
        "cadre: cannot read the run 'run.sqlite': it was cut short or added to\n");
  CHECK(said(whole_run.substr(0, 50)) ==
        "cadre: cannot read the run 'run.sqlite': it is not a SQLite database\n");
  std::string scrambled = whole_run;
  for (std::size_t i = 4096; i < scrambled.size(); ++i) scrambled[i] = 'U';
  CHECK(said(scrambled) ==
        "cadre: run.sqlite: the run is damaged: its pages do not fit together\n");
}

}  // namespace
}  // namespace cadre
