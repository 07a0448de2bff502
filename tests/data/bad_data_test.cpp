// Mistakes in datasets, each with exactly what is told of it.
#include <string>
#include <vector>

#include "cadre/base/error.hpp"
#include "tests/catch.hpp"
#include "tests/data/small_package.hpp"
#include "tests/support/compress.hpp"

namespace cadre {
namespace {

using testing::SmallPackage;
using testing::told;
using Lines = std::vector<std::string>;

struct Case {
  std::string name;
  std::string file;
  std::string from;  // empty: the whole file
  std::string to;
  Lines expected;
};

void run(const Case& one) {
  CAPTURE(one.name);
  SmallPackage package;
  package.change(one.file, one.from, one.to);
  const LoadedDataset loaded = package.load();
  CHECK(told(loaded.diagnostics, package.folder()) == one.expected);
  CHECK(loaded.dataset.has_value() != has_errors(loaded.diagnostics));
}

TEST_CASE("the small package has no mistakes") {
  const SmallPackage package;
  const LoadedDataset loaded = package.load();
  CHECK(told(loaded.diagnostics, package.folder()).empty());
  CHECK(loaded.dataset.has_value());
}

TEST_CASE("bad data: cells") {
  const std::vector<Case> cases = {
      {"a month that is none",
       "people.csv",
       "1956-09",
       "1956-13",
       {"people.csv:2:14-21 error[bad-date] '1956-13' is no date: there is no month 13 | write "
        "1982, 1982-03 or 1982-03-15, and nothing when it is not known"}},
      {"a day that is none",
       "people.csv",
       "1956-09",
       "1982-02-30",
       {"people.csv:2:14-24 error[bad-date] '1982-02-30' is no date: 1982-02 has no day 30 | write "
        "1982, 1982-03 or 1982-03-15, and nothing when it is not known"}},
      {"a year that a spreadsheet made a number",
       "people.csv",
       "1956-09",
       "1956.0",
       {"people.csv:2:14-20 error[bad-date] '1956.0' is no date | a spreadsheet made a number of "
        "the "
        "year: write 1956"}},
      {"a date with a short year",
       "people.csv",
       "1956-09",
       "82-3",
       {"people.csv:2:14-18 error[bad-date] '82-3' is no date | write 1982, 1982-03 or 1982-03-15, "
        "and nothing when it is not known"}},
      {"a date in another form",
       "people.csv",
       "1956-09",
       "1956/9",
       {"people.csv:2:14-20 error[bad-date] '1956/9' is no date | write 1956-09"}},
      {"a date in Chinese",
       "people.csv",
       "1956-09",
       "1956年9月3日",
       {"people.csv:2:14-23 error[bad-date] '1956年9月3日' is no date | write 1956-09-03"}},
      {"the year zero",
       "people.csv",
       "1956-09",
       "0000",
       {"people.csv:2:14-18 error[bad-date] '0000' is no date: years begin with 0001 | write 1982, "
        "1982-03 or 1982-03-15, and nothing when it is not known"}},
      {"a date with a doubt",
       "people.csv",
       "1956-09",
       "1956-09~",
       {"people.csv:2:14-22 error[bad-date] '1956-09~' is no date | write 1956-09"}},
      {"still running, where it cannot be",
       "people.csv",
       "1956-09",
       "..",
       {"people.csv:2:14-16 error[bad-date] '..' in the column 'birth' | '..' means that a row "
        "still runs, and stands in the column of ends only"}},
      {"still running, in words",
       "education.csv",
       "..",
       "至今",
       {"education.csv:3:30-32 error[bad-date] '至今' is no date | write .. for a row that still "
        "runs"}},
      {"a typed date",
       "posts.csv",
       "2016-09",
       "09/2016",
       {"posts.csv:2:31-38 error[bad-date] '09/2016' is no date | write 1982, 1982-03 or "
        "1982-03-15, and nothing when it is not known"}},
      {"an end before the start",
       "education.csv",
       "1982-03,机",
       "1977,机",
       {"education.csv:2:30-34 error[end-before-start] the end 1977 lies before the start 1978-03 "
        "| a date that is not known stays empty"}},
      {"a value that is not in the list",
       "education.csv",
       "bachelor",
       "bachelors",
       {"education.csv:2:43-52 error[bad-value] 'bachelors' is not a value of 'degree'; did you "
        "mean 'bachelor'? | one of none, bachelor, master, doctor"}},
      {"a value like none in the list",
       "education.csv",
       "bachelor",
       "学士",
       {"education.csv:2:43-45 error[bad-value] '学士' is not a value of 'degree' | one of none, "
        "bachelor, master, doctor"}},
      {"a number that is none",
       "people.csv",
       "1.75",
       "1m75",
       {"people.csv:2:24-28 error[bad-number] '1m75' is no number | write it with digits and a "
        "decimal point, such as 1200 or 3.5"}},
      {"no whole number",
       "people.csv",
       ",1,",
       ",1.5,",
       {"people.csv:2:22-25 error[bad-number] '1.5' is no whole number"}},
      {"a number that is too small",
       "people.csv",
       ",1,",
       ",-1,",
       {"people.csv:2:22-24 error[out-of-range] -1 is less than 0, the least that 'children' may "
        "be"}},
      {"a number that is too great",
       "people.csv",
       ",1,",
       ",21,",
       {"people.csv:2:22-24 error[out-of-range] 21 is more than 20, the most that 'children' may "
        "be"}},
      {"a text that is too short",
       "education.csv",
       "机械制造",
       "机",
       {"education.csv:2:38-39 error[bad-length] '机' is too short: 'field_zh' has at least 2 "
        "letters"}},
      {"a text that is too long",
       "education.csv",
       "机械制造",
       "机械制造与工艺及设备",
       {"education.csv:2:38-48 error[bad-length] '机械制造与工艺及设备' is too long: 'field_zh' "
        "has at most 8 letters"}},
      {"a text without its form",
       "people.csv",
       "an-qiyuan",
       "An Qiyuan",
       {"people.csv:3:1-10 error[bad-form] 'An Qiyuan' does not have the form of 'id' | the form "
        "is [a-z-]+"}},
      {"a name that every row must have",
       "people.csv",
       "安启元",
       "",
       {"people.csv:3:11-11 error[missing-value] 'name_zh' is empty, and every row must have it"}},
      {"an id that every row must have",
       "education.csv",
       "xu-dazhe/e2",
       "",
       {"education.csv:3:1-1 error[missing-value] 'id' is empty, and every row must have it"}},
  };
  for (const Case& one : cases) run(one);
}

TEST_CASE("bad data: keys") {
  const std::vector<Case> cases = {
      {"an id twice",
       "people.csv",
       "an-qiyuan",
       "xu-dazhe",
       {"people.csv:3:1-9 error[duplicate-id] two rows of 'people' have the id 'xu-dazhe' + "
        "people.csv:2:1-9 first here"}},
      {"a row's id twice",
       "education.csv",
       "/e2",
       "/e1",
       {"education.csv:3:1-12 error[duplicate-id] two rows of 'education' have the id "
        "'xu-dazhe/e1' + education.csv:2:1-12 first here"}},
      {"a value twice that must be unique",
       "provinces.csv",
       "420000",
       "430000",
       {"provinces.csv:3:7-13 error[duplicate-value] two rows of 'provinces' have the code "
        "'430000' + provinces.csv:2:7-13 first here"}},
      {"a person who is not there",
       "education.csv",
       "e2,xu-dazhe",
       "e2,xu-dahze",
       {"education.csv:3:13-21 error[unknown-person] no row of 'people' has the id 'xu-dahze'; did "
        "you mean 'xu-dazhe'?"}},
      {"a province that is not there",
       "posts.csv",
       ",hunan",
       ",henan",
       {"posts.csv:2:25-30 error[unknown-reference] no row of 'provinces' has the id 'henan'; did "
        "you mean 'hunan'?"}},
  };
  for (const Case& one : cases) run(one);
}

TEST_CASE("bad data: rows and headers") {
  const std::vector<Case> cases = {
      {"too few cells",
       "people.csv",
       ",1933,,",
       ",1933",
       {"people.csv:3:1-19 error[wrong-cell-count] the row has 3 cells, the header 5 | cells that "
        "are not known are empty, not left out"}},
      {"too many cells",
       "people.csv",
       "安启元,",
       "安,启元,",
       {"people.csv:3:1-22 error[wrong-cell-count] the row has 6 cells, the header 5 | a cell that "
        "holds the delimiter must stand in quotes"}},
      {"a quote inside a cell",
       "people.csv",
       "安启元",
       "安\"启元\"",
       {"people.csv:3:12-13 error[stray-quote] a quote inside a cell that does not begin with one "
        "| put the whole cell in quotes and double the quotes inside: \"the \"\"Red Flag\"\" "
        "works\""}},
      {"text behind a quote",
       "people.csv",
       "安启元",
       "\"安\"启元",
       {"people.csv:3:14-15 error[text-after-quote] the cell goes on after its closing quote | put "
        "the whole cell in quotes and double the quotes inside: \"the \"\"Red Flag\"\" works\""}},
      {"a quote that is never closed",
       "people.csv",
       "安启元",
       "\"安启元",
       {"people.csv:3:11-12 error[unclosed-quote] the quote that opens here is never closed | put "
        "the whole cell in quotes and double the quotes inside: \"the \"\"Red Flag\"\" works\""}},
      {"line ends of the old Macintosh",
       "provinces.csv",
       "",
       "id,code\rhunan,430000\r",
       {"provinces.csv:1:8-9 error[stray-return] a carriage return alone does not end a line | "
        "save the file with the line ends of Unix (LF) or Windows (CR LF)"}},
      {"a column that is missing",
       "people.csv",
       "",
       "id,name_zh,birth,children\na,阿,1933-13,\n",
       {"people.csv:1:1-26 error[missing-column] the column 'height' of 'people' is missing | add "
        "it to the file, or take it out of datapackage.json",
        "people.csv:2:5-12 error[bad-date] '1933-13' is no date: there is no month 13 | write "
        "1982, 1982-03 or 1982-03-15, and nothing when it is not known"}},
      {"a column that is misspelt",
       "people.csv",
       "birth",
       "brith",
       {"people.csv:1:1-33 error[missing-column] the column 'birth' of 'people' is missing | add "
        "it to the file, or take it out of datapackage.json",
        "people.csv:1:12-17 error[unknown-column] datapackage.json describes no column 'brith' of "
        "'people'; did you mean 'birth'? | describe it there, or leave such columns out by "
        "\"fieldsMatch\": \"subset\" in the schema"}},
      {"a column twice",
       "people.csv",
       "birth",
       "name_zh",
       {"people.csv:1:1-35 error[missing-column] the column 'birth' of 'people' is missing | add "
        "it to the file, or take it out of datapackage.json",
        "people.csv:1:12-19 error[duplicate-column] the column 'name_zh' stands twice in the "
        "header + people.csv:1:4-11 first here"}},
      {"row numbers from R",
       "provinces.csv",
       "",
       "\"\",id,code\n1,hunan,430000\n",
       {"provinces.csv:1:1-3 error[empty-column-name] a column without a name | row numbers are "
        "written by R without row.names = FALSE and by pandas without index=False"}},
      {"semicolons",
       "provinces.csv",
       "",
       "id;code\nhunan;430000\n",
       {"provinces.csv:1:1-8 error[wrong-delimiter] the header is one cell: the cells do not seem "
        "to be parted by ',' | write \"dialect\": {\"delimiter\": \";\"} beside the path in "
        "datapackage.json"}},
      {"a header alone, of people",
       "people.csv",
       "",
       "id,name_zh,birth,children,height\n",
       {"people.csv error[no-rows] the table 'people' has no rows"}},
      {"a header alone, of another table",
       "posts.csv",
       "",
       "id,person,province,start\n",
       {"posts.csv warning[no-rows] the table 'posts' has no rows"}},
  };
  for (const Case& one : cases) run(one);
}

TEST_CASE("bad data: files") {
  const std::string gbk = "id,name_zh,birth,children,height\nxu,\xD0\xED,,,\n";
  const std::vector<Case> cases = {
      {"an empty file", "people.csv", "", "", {"people.csv error[empty-file] the file is empty"}},
      {"a file of line ends",
       "people.csv",
       "",
       "\n\n",
       {"people.csv error[empty-file] the file is empty"}},
      {"a file in GBK",
       "people.csv",
       "",
       gbk,
       {"people.csv:2:4-5 error[invalid-utf8] byte 37 of the file, 0xD0, is not UTF-8 | save the "
        "file as UTF-8; in Excel choose 'CSV UTF-8'"}},
      {"a file in UTF-16",
       "people.csv",
       "",
       std::string("\xFF\xFEi\0d\0", 6),
       {"people.csv error[invalid-utf8] the file is in UTF-16 | save the file as UTF-8; in Excel "
        "choose 'CSV UTF-8'"}},
      {"a zero byte",
       "posts.csv",
       "hunan,",
       std::string("hun\0an,", 7),
       {"posts.csv:2:28-29 error[nul-byte] byte 53 of the file is zero | the file is damaged, or "
        "it is no text"}},
  };
  for (const Case& one : cases) run(one);
}

TEST_CASE("bad data: datapackage.json") {
  const std::string file = "datapackage.json";
  std::string deep = R"({"name": "x", "resources": )";
  for (int i = 0; i < 70; ++i) deep += "[";
  for (int i = 0; i < 70; ++i) deep += "]";
  deep += "}";
  const std::vector<Case> cases = {
      {"no JSON",
       file,
       "\"Two people\"",
       "Two people",
       {"datapackage.json:3:12-13 error[bad-json] this is not JSON: it goes wrong here"}},
      {"something behind the end",
       file,
       "  ]\n}\n",
       "  ]\n} }\n",
       {"datapackage.json:38:3-4 error[bad-json] this is not JSON: something follows after its "
        "end"}},
      {"a list",
       file,
       "",
       "[]",
       {"datapackage.json:1:1-2 error[wrong-type] datapackage.json must be an object, not a list"}},
      {"a text",
       file,
       "",
       "\"small\"",
       {"datapackage.json:1:1-1 error[wrong-type] the file must hold a JSON object"}},
      {"nested too deep",
       file,
       "",
       deep,
       {"datapackage.json:1:91-92 error[json-too-deep] lists and objects are nested more than 64 "
        "deep"}},
      {"a name twice",
       file,
       "\"title\"",
       "\"name\"",
       {"datapackage.json:3:3-9 error[duplicate-key] 'name' stands twice in one object + "
        "datapackage.json:2:3-9 first here"}},
      {"a wrong type",
       file,
       "[\"zh\", \"en\"]",
       "\"zh\"",
       {"datapackage.json:5:16-20 error[wrong-type] 'languages' must be a list, not a text"}},
      {"a wrong type in a list",
       file,
       "[\"zh\", \"en\"]",
       "[\"zh\", 1]",
       {"datapackage.json:5:23-24 error[wrong-type] a language must be a text, not a number"}},
      {"no resources",
       file,
       "",
       "{\"name\": \"x\"}",
       {"datapackage.json:1:1-2 error[missing-property] a data package needs a list of "
        "'resources'"}},
      {"a resource without a name",
       file,
       "\"name\": \"provinces\", ",
       "",
       {"datapackage.json:32:5-6 error[missing-property] a resource needs a 'name'"}},
      {"two resources of one name",
       file,
       "\"name\": \"provinces\"",
       "\"name\": \"posts\"",
       {"datapackage.json:32:14-21 error[duplicate-table] there are two resources 'posts'"}},
      {"no people",
       file,
       "\"name\": \"people\"",
       "\"name\": \"poeple\"",
       {"datapackage.json:6:16-17 error[missing-table] the package has no table 'people'; did you "
        "mean 'poeple'? | name the resource with one row a person 'people'"}},
      {"a resource without a path",
       file,
       "\"path\": \"posts.csv\", ",
       "",
       {"datapackage.json:25:5-6 error[missing-property] the resource 'posts' needs a 'path'"}},
      {"data in place",
       file,
       "\"path\": \"posts.csv\", ",
       "\"data\": [], ",
       {"datapackage.json:25:31-32 error[unsupported] data inside of datapackage.json is not read "
        "| put it into a CSV file and name that as 'path'"}},
      {"a file that is not there",
       file,
       "posts.csv",
       "post.csv",
       {"datapackage.json:25:31-41 error[missing-file] there is no file 'post.csv'; did you mean "
        "'posts.csv'?"}},
      {"a path that leads out",
       file,
       "posts.csv",
       "../posts.csv",
       {"datapackage.json:25:31-45 error[unsafe-path] '../posts.csv' is not a path inside this "
        "folder | write it from the folder of datapackage.json on, with / between its parts"}},
      {"an absolute path",
       file,
       "posts.csv",
       "/etc/passwd.csv",
       {"datapackage.json:25:31-48 error[unsafe-path] '/etc/passwd.csv' is not a path inside this "
        "folder | write it from the folder of datapackage.json on, with / between its parts"}},
      {"a path of Windows",
       file,
       "posts.csv",
       "C:\\\\posts.csv",
       {"datapackage.json:25:31-46 error[unsafe-path] 'C:\\posts.csv' is not a path inside this "
        "folder | write it from the folder of datapackage.json on, with / between its parts"}},
      {"a path in the web",
       file,
       "posts.csv",
       "https://example.org/posts.csv",
       {"datapackage.json:25:31-62 error[unsafe-path] 'https://example.org/posts.csv' is not in "
        "this folder | download the file and put it into the folder of datapackage.json"}},
      {"people in a spreadsheet",
       file,
       "people.csv",
       "people.xlsx",
       {"datapackage.json:7:32-45 error[unsupported] the table 'people' must be a CSV file"}},
      {"an encoding",
       file,
       "\"path\": \"posts.csv\"",
       "\"path\": \"posts.csv\", \"encoding\": \"gbk\"",
       {"datapackage.json:25:56-61 error[unsupported] the encoding 'gbk' is not read | save the "
        "file as UTF-8"}},
      {"a long delimiter",
       file,
       "\"path\": \"posts.csv\"",
       "\"path\": \"posts.csv\", \"dialect\": {\"delimiter\": \"::\"}",
       {"datapackage.json:25:69-73 error[unsupported] the delimiter must be a single character, "
        "such as \",\""}},
      {"a file without a header",
       file,
       "\"path\": \"posts.csv\"",
       "\"path\": \"posts.csv\", \"dialect\": {\"header\": false}",
       {"datapackage.json:25:66-71 error[unsupported] this setting of 'header' is not read | save "
        "the file as RFC 4180 says: one header line, cells in \" where needed, \"\" for a quote"}},
      {"a field twice",
       file,
       "\"name\": \"height\"",
       "\"name\": \"birth\"",
       {"datapackage.json:13:18-25 error[duplicate-column] there are two fields 'birth'"}},
      {"a field without a name",
       file,
       "{\"name\": \"height\", ",
       "{",
       {"datapackage.json:13:9-10 error[missing-property] a field needs a 'name'"}},
      {"people without ids",
       file,
       "{\"name\": \"id\"",
       "{\"name\": \"ids\"",
       {"datapackage.json:8:17-18 error[missing-column] the table 'people' needs a column 'id'; "
        "did you mean 'ids'? | an id for every person, which the other tables use"}},
      {"rows without a person",
       file,
       "{\"name\": \"person\", \"type\": \"string\"},\n        {\"name\": \"start\"",
       "{\"name\": \"start\"",
       {"datapackage.json:16:17-18 error[missing-column] the table 'education' needs a column "
        "'person' | the id of the person, from the table 'people'"}},
      {"a type that is none",
       file,
       "\"integer\"",
       "\"interger\"",
       {"datapackage.json:12:38-48 error[unknown-type] there is no type 'interger'; did you mean "
        "'integer'?"}},
      {"a type that is not read",
       file,
       "\"integer\"",
       "\"duration\"",
       {"datapackage.json:12:38-48 warning[not-checked] the values of 'children' are not checked: "
        "cadre does not read the type 'duration'"}},
      {"a kind that is none",
       file,
       "\"cadre:kind\": \"date\"",
       "\"cadre:kind\": \"day\"",
       {"datapackage.json:19:59-64 error[bad-value] 'day' is no kind of column | one of text, "
        "name, date, number"}},
      {"a constraint that is none",
       file,
       "\"minLength\"",
       "\"minLenght\"",
       {"datapackage.json:21:64-75 error[unknown-constraint] there is no constraint 'minLenght'; "
        "did you mean 'minLength'?"}},
      {"a pattern that is none",
       file,
       "[a-z-]+",
       "[a-z-+",
       {"datapackage.json:9:87-95 error[bad-regex] bad regular expression: a ']' is "
        "missing"}},
      {"a pattern with look-ahead",
       file,
       "[a-z-]+",
       "(?=a)[a-z-]+",
       {"datapackage.json:9:87-101 error[bad-regex] bad regular expression: RE2 does not know this "
        "group: (?= | look-ahead, look-behind and back references do not exist in RE2"}},
      {"an order without values",
       file,
       "\"categories\": [\"none\", \"bachelor\", \"master\", \"doctor\"],\n         ",
       "",
       {"datapackage.json:22:67-71 error[missing-property] 'categoriesOrdered' needs 'categories' "
        "| list them from the least to the greatest"}},
      {"a property that is misspelt",
       file,
       "\"categoriesOrdered\": true",
       "\"categoryOrdered\": true",
       {"datapackage.json:23:10-27 warning[unknown-property] 'categoryOrdered' is no property that "
        "cadre reads; did you mean 'categoriesOrdered'?"}},
      {"a key of no field",
       file,
       "\"primaryKey\": \"id\"",
       "\"primaryKey\": \"ID\"",
       {"datapackage.json:14:21-25 error[unknown-field] 'people' has no field 'ID'; did you mean "
        "'id'?"}},
      {"a reference to no table",
       file,
       "\"resource\": \"provinces\"",
       "\"resource\": \"province\"",
       {"datapackage.json:31:74-84 error[unknown-table] there is no resource 'province'; did you "
        "mean 'provinces'?"}},
      {"a reference to no field",
       file,
       "\"fields\": [\"id\"]",
       "\"fields\": [\"ids\"]",
       {"datapackage.json:31:98-103 error[unknown-field] 'provinces' has no field 'ids'; did you "
        "mean 'id'?"}},
      {"a reference without fields",
       file,
       "\"reference\": {\"resource\": \"people\", \"fields\": \"id\"}",
       "\"reference\": {\"resource\": \"people\"}",
       {"datapackage.json:24:23-24 error[missing-property] a foreign key needs 'fields' and a "
        "'reference' with 'resource' and 'fields'"}},
      {"a key of another length",
       file,
       "\"fields\": [\"id\"]",
       "\"fields\": [\"id\", \"code\"]",
       {"datapackage.json:31:23-24 error[bad-key] a foreign key needs as many fields as its "
        "reference"}},
      {"a day that is none",
       file,
       "2022-12-31",
       "2022-12-32",
       {"datapackage.json:4:12-24 error[bad-date] '2022-12-32' is no date | write the last day "
        "that the data knows, such as 2022-12-31"}},
  };
  for (const Case& one : cases) run(one);
}

TEST_CASE("bad data: JSON Lines") {
  struct Line {
    std::string name;
    std::string json;
    Lines expected;
  };
  const std::vector<Line> cases = {
      {"an empty file", "", {"people.jsonl error[empty-file] the file is empty"}},
      {"a second byte order mark",
       "\uFEFF\uFEFF{\"id\": \"a\"}\n",
       {"people.jsonl:1:1-2 error[byte-order-mark] a second byte order mark at the beginning of "
        "the "
        "file | one may stand at the very beginning only; take the others out: sed -i "
        "'s/\\xEF\\xBB\\xBF//g' FILE"}},
      {"a list of people",
       "[{\"id\": \"a\"}]\n",
       {"people.jsonl:1:1-2 error[not-json-lines] this is a JSON list, not JSON Lines | write each "
        "person on a line of its own: jq -c '.[]' FILE"}},
      {"people on several lines",
       "{\n  \"id\": \"a\"\n}\n",
       {"people.jsonl:1:1-2 error[not-json-lines] the first person does not stand on one line | "
        "write each person on a line: jq -c . FILE"}},
      {"CSV",
       "id,name_zh\na,b\n",
       {"people.jsonl:1:1-2 error[not-json-lines] this is not JSON Lines: the first line does not "
        "begin with {"}},
      {"a spreadsheet",
       "PK\x03\x04 and so on",
       {"people.jsonl error[not-json-lines] this is a spreadsheet or another zip archive, not JSON "
        "Lines | save each sheet as CSV in a folder with a datapackage.json (docs/data.md)"}},
      {"a line that is a list",
       "{\"id\": \"a\"}\n[1]\n",
       {"people.jsonl:2:1-2 error[wrong-type] a person must be an object, not a list | one person "
        "a line, each in { }"}},
      {"a line that is a number",
       "{\"id\": \"a\"}\n1\n",
       {"people.jsonl:2:1-2 error[wrong-type] a person must be an object, not a number | one "
        "person a line, each in { }"}},
      {"a comma between the lines",
       "{\"id\": \"a\"},\n{\"id\": \"b\"}\n",
       {"people.jsonl:1:12-13 error[bad-json] the person does not end with } | one person a line, "
        "with nothing between the lines"}},
      {"two people on a line",
       "{\"id\": \"a\"} {\"id\": \"b\"}\n",
       {"people.jsonl:1:13-14 error[bad-json] this is not JSON: something follows after its end"}},
      {"no JSON",
       "{\"id\": \"a\", \"birth\": nineteen}\n",
       {"people.jsonl:1:22-23 error[bad-json] this is not JSON: it goes wrong here"}},
      {"a text without an end",
       "{\"id\": \"a\", \"birth\": \"1950}\n",
       {"people.jsonl:1:1-2 error[bad-json] this is not JSON: a text has no closing quote"}},
      {"a bad escape",
       "{\"id\": \"\\x\"}\n",
       {"people.jsonl:1:12-13 error[bad-json] this is not JSON: a text holds a bad escape"}},
      {"a byte that is not UTF-8",
       "{\"id\": \"a\"}\n{\"id\": \"\xD0\"}\n",
       {"people.jsonl:2:9-10 error[invalid-utf8] byte 21 of the file, 0xD0, is not UTF-8 | save "
        "the file as UTF-8; in Excel choose 'CSV UTF-8'"}},
      {"a zero character",
       "{\"id\": \"a\\u0000b\"}\n",
       {"people.jsonl:1:8-18 error[nul-byte] 'id' holds a zero character"}},
      {"no id",
       "{\"name_zh\": \"x\"}\n",
       {"people.jsonl:1:1-2 error[missing-value] a person needs an 'id'"}},
      {"an id twice",
       "{\"id\": \"a\"}\n{\"name_zh\": \"x\", \"id\": \"a\"}\n",
       {"people.jsonl:2:24-25 error[duplicate-id] two rows of 'people' have the id 'a' + "
        "people.jsonl:1:8-9 first here"}},
      {"an id of rows twice",
       "{\"id\": \"a\", \"career\": [{\"id\": \"1\"}]}\n{\"id\": \"b\", \"career\": [{\"id\": "
       "\"1\"}]}\n",
       {"people.jsonl:2:8-9 error[duplicate-id] two rows of 'career' have the id '1' + "
        "people.jsonl:1:8-9 first here"}},
      {"a key that is misspelt",
       "{\"id\": \"a\", \"educaton\": []}\n{\"id\": \"b\", \"educaton\": []}\n",
       {"people.jsonl:1:13-23 error[unknown-key] 'people' has no column 'educaton'; did you mean "
        "'education'? | told of once, though other lines may have it too"}},
      {"a key of rows that is misspelt",
       "{\"id\": \"a\", \"career\": [{\"role_hz\": \"x\"}]}\n",
       {"people.jsonl:1:25-34 error[unknown-key] 'career' has no column 'role_hz'; did you mean "
        "'role_zh'? | told of once, though other lines may have it too"}},
      {"a key with a blank at its end",
       "{\"id \": \"a\", \"career\": [{\"role_zh\\u00a0\": \"x\"}]}\n{\"id \": \"b\"}\n",
       {"people.jsonl:1:2-7 error[blank-in-name] the key 'id ' has a blank at its end | write "
        "'id'; "
        "told of once, though other lines may have it too",
        "people.jsonl:1:26-41 error[blank-in-name] the key 'role_zh\u00A0' has a blank at its end "
        "| "
        "write 'role_zh'; told of once, though other lines may have it too"}},
      {"a key with a blank or a byte order mark at its beginning",
       "{\"\\ufeffid\": \"a\", \" career\": []}\n",
       {"people.jsonl:1:2-12 error[blank-in-name] the key '\uFEFFid' has a byte order mark at its "
        "beginning | write 'id'; told of once, though other lines may have it too",
        "people.jsonl:1:19-28 error[blank-in-name] the key ' career' has a blank at its beginning "
        "| "
        "write 'career'; told of once, though other lines may have it too"}},
      {"a key twice",
       "{\"id\": \"a\", \"birth\": 1950, \"birth\": 1951}\n",
       {"people.jsonl:1:28-35 error[duplicate-key] 'birth' stands twice in one object"}},
      {"a table that is no list",
       "{\"id\": \"a\", \"career\": {}}\n",
       {"people.jsonl:1:23-24 error[wrong-type] 'career' must be a list of rows, not an object"}},
      {"a row that is no object",
       "{\"id\": \"a\", \"career\": [\"x\"]}\n",
       {"people.jsonl:1:24-25 error[wrong-type] a row of 'career' must be an object, not a text"}},
      {"a list for a text",
       "{\"id\": \"a\", \"name_zh\": [\"x\"]}\n",
       {"people.jsonl:1:24-25 error[wrong-type] 'name_zh' must be a text, not a list"}},
      {"a number for a text",
       "{\"id\": \"a\", \"career\": [{\"org_zh\": 211}]}\n",
       {"people.jsonl:1:35-36 error[wrong-type] 'org_zh' must be a text, not a number"}},
      {"true for a text",
       "{\"id\": \"a\", \"gender\": true}\n",
       {"people.jsonl:1:23-24 error[wrong-type] 'gender' must be a text, not true or false"}},
      {"a date that is none",
       "{\"id\": \"a\", \"career\": [{\"start\": \"1982-13\"}]}\n",
       {"people.jsonl:1:34-43 error[bad-date] '1982-13' is no date: there is no month 13 | write "
        "1982, 1982-03 or 1982-03-15, and nothing when it is not known"}},
      {"a number that is no date",
       "{\"id\": \"a\", \"birth\": 1950.5}\n",
       {"people.jsonl:1:22-28 error[bad-date] '1950.5' is no date | write 1950-05"}},
      {"a value out of no list",
       "{\"id\": \"a\", \"education\": [{\"degree\": \"masters\"}]}\n",
       {"people.jsonl:1:38-47 error[bad-value] 'masters' is not a value of 'degree'; did you mean "
        "'master'? | one of none, certificate, secondary, associate, bachelor, master, doctor"}},
      {"an end before the start",
       "{\"id\": \"a\", \"career\": [{\"end\": 1980, \"start\": 1982}]}\n",
       {"people.jsonl:1:32-36 error[end-before-start] the end 1980 lies before the start 1982 | a "
        "date that is not known stays empty"}},
      {"rows of another person",
       "{\"id\": \"a\", \"career\": [{\"person\": \"b\"}]}\n",
       {"people.jsonl:1:24-25 error[wrong-person] the row stands with 'a' and names 'b' | leave "
        "'person' out here"}},
  };
  for (const Line& one : cases) {
    CAPTURE(one.name);
    const testing::TemporaryFolder folder;
    const std::string path = folder.write("people.jsonl", one.json).string();
    const LoadedDataset loaded = load_dataset(path);
    CHECK(told(loaded.diagnostics, folder.path().string()) == one.expected);
    CHECK_FALSE(loaded.dataset.has_value());
  }
}

TEST_CASE("bad data: several mistakes are told at once, in the order of their places") {
  SmallPackage package;
  package.change("people.csv", "1933", "1933-00");
  package.change("people.csv", "1956-09", "1956-9");
  package.change("posts.csv", ",hunan", ",hunna");
  const LoadedDataset loaded = package.load();
  CHECK(told(loaded.diagnostics, package.folder()) ==
        Lines{"people.csv:2:14-20 error[bad-date] '1956-9' is no date | write 1956-09",
              "people.csv:3:15-22 error[bad-date] '1933-00' is no date: there is no month 0 | "
              "write 1982, 1982-03 or 1982-03-15, and nothing when it is not known",
              "posts.csv:2:25-30 error[unknown-reference] no row of 'provinces' has the id "
              "'hunna'; did you mean 'hunan'?"});
}

TEST_CASE("bad data: beyond a limit mistakes are counted") {
  SmallPackage package;
  std::string rows = "id,code\n";
  for (int i = 0; i < 7; ++i) rows += "hunan,430000\n";
  package.change("provinces.csv", "", rows);
  DataOptions options;
  options.max_diagnostics = 2;
  const LoadedDataset loaded = package.load(options);
  CHECK(told(loaded.diagnostics, package.folder()) ==
        Lines{"provinces.csv:3:7-13 error[duplicate-value] two rows of 'provinces' have the code "
              "'430000' + provinces.csv:2:7-13 first here",
              "provinces.csv:4:7-13 error[duplicate-value] two rows of 'provinces' have the code "
              "'430000' + provinces.csv:2:7-13 first here",
              "provinces.csv error[too-many-diagnostics] 4 more mistakes are not listed"});
  CHECK_FALSE(loaded.dataset.has_value());
}

TEST_CASE("bad data: texts and files have limits") {
  SmallPackage package;
  DataOptions options;
  options.max_text_bytes = 12;
  CHECK(told(package.load(options).diagnostics, package.folder()) ==
        Lines{"education.csv:3:33-38 error[text-too-long] the cell has 15 bytes, and at most 12 "
              "are read | a quote that is not closed looks like this",
              "posts.csv:2:1-15 error[text-too-long] the cell has 14 bytes, and at most 12 are "
              "read | a quote that is not closed looks like this"});

  options = {};
  options.max_file_bytes = 100;
  CHECK(error_of(package, options) ==
        "cannot read 'datapackage.json': it is longer than the limit of 100 bytes");
}

TEST_CASE("bad data: what the machine cannot read is thrown") {
  SmallPackage package;
  const std::string packed = testing::gzip("id,code\nhunan,430000\n");
  package.change("provinces.csv", "", packed.substr(0, 20));
  CHECK(error_of(package) ==
        "cannot read 'provinces.csv': the gzip stream is cut off at its end, byte 20");

  package.remove("datapackage.json");
  CHECK_THROWS_WITH(load_dataset(package.folder()),
                    "cannot read '" + package.folder() + "': the folder has no datapackage.json");
  CHECK_THROWS_WITH(load_dataset(package.folder() + "/people.csv"),
                    "'" + package.folder() +
                        "/people.csv' is one table of a dataset: give the folder with its "
                        "datapackage.json instead");
  CHECK_THROWS_WITH(
      load_dataset(package.folder() + "/people.jsonl"),
      "cannot read '" + package.folder() + "/people.jsonl': No such file or directory");
}

}  // namespace
}  // namespace cadre
