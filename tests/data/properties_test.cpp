// What a data package says of its files and cells: each property is applied, or refused.
#include <string>
#include <vector>

#include "cadre/base/sha256.hpp"
#include "cadre/data/dataset.hpp"
#include "tests/catch.hpp"
#include "tests/data/small_package.hpp"
#include "tests/support/tables.hpp"

namespace cadre {
namespace {

using testing::SmallPackage;
using testing::told_of;
using Cells = std::vector<std::string>;

SmallPackage with_table(const std::string& properties, const std::string& csv) {
  return {properties, csv};
}

SmallPackage with_field(const std::string& properties, const std::string& csv) {
  return with_table(R"("schema": {"fields": [{"name": "x", )" + properties + "}]}", csv);
}

/// The codes of what is told, or, when nothing is, the rows of the table `extra`.
std::string outcome(const SmallPackage& package) {
  const LoadedDataset loaded = package.load();
  std::string text;
  for (const Diagnostic& one : loaded.diagnostics) text += one.code + " ";
  if (!text.empty()) return text;
  REQUIRE(loaded.dataset);
  for (const ExtraTable& table : loaded.dataset->extra) {
    if (table.schema.name != "extra") continue;
    for (const Cells& row : table.rows) {
      for (const std::string& cell : row) text += "[" + cell + "]";
    }
  }
  return text;
}

std::string of_field(const std::string& properties, const std::string& cell) {
  CAPTURE(properties, cell);
  return outcome(with_field(properties, "x\n\"" + cell + "\"\n"));
}

TEST_CASE("properties: a missing value of the package means so in a table without a schema") {
  SmallPackage package = with_table(R"("title": "t")", "a,b\nNA,-\n");
  package.change("datapackage.json", R"("name": "small",)",
                 R"("name": "small", "missingValues": ["NA"],)");
  CHECK(outcome(package) == "[][-]");
  package.change("datapackage.json", R"("title": "t")", R"("missingValues": ["-"])");
  CHECK(outcome(package) == "[NA][]");
}

TEST_CASE("properties: the null sequence of a dialect means missing, beside the missing values") {
  CHECK(outcome(with_table(R"("dialect": {"nullSequence": "\\N"})", "a,b\n\\N,x\n")) == "[][x]");
  CHECK(outcome(with_table(R"("dialect": {"nullSequence": "\\N"}, "schema": {"fields":
        [{"name": "a", "missingValues": ["-"]}, {"name": "b", "constraints": {"required": true}}]})",
                           "a,b\n-,x\n\\N,x\n")) == "[][x][][x]");
  CHECK(outcome(with_table(R"("dialect": {"nullSequence": "\\N"}, "schema": {"fields":
        [{"name": "a", "constraints": {"required": true}}]})",
                           "a\n\\N\n")) == "missing-value ");
}

TEST_CASE("properties: settings of a dialect that cadre has anyway are taken, others refused") {
  const auto of_dialect = [](const std::string& settings) {
    CAPTURE(settings);
    return outcome(with_table("\"dialect\": {" + settings + "}", "a,b\nx,y\n"));
  };
  for (const char* settings :
       {R"("delimiter": ",")", R"("header": true)", R"("headerRows": [1], "headerJoin": "-")",
        R"("quoteChar": "\"", "doubleQuote": true)", R"("lineTerminator": "\r\n")",
        R"("lineTerminator": "\n")", R"("skipInitialSpace": false)", R"("commentRows": [])",
        R"("escapeChar": null)", R"("commentChar": "")", R"("caseSensitiveHeader": true)",
        R"("csvddfVersion": 1.2)", R"("csv": {"delimiter": ","})"}) {
    CHECK(of_dialect(settings) == "[x][y]");
  }
  for (const char* settings :
       {R"("header": false)", R"("headerRows": [1, 2])", R"("headerRows": [2])",
        R"("quoteChar": "'")", R"("quoteChar": null)", R"("doubleQuote": false)",
        R"("lineTerminator": "\r")", R"("lineTerminator": ";")", R"("skipInitialSpace": true)",
        R"("commentChar": "#")", R"("commentRows": [2])", R"("escapeChar": "\\")",
        R"("sheetName": "a")", R"("itemType": "array")", R"("delimeter": ";")", R"("skipRows": 2)",
        R"("csv": {"escapeChar": "\\"})", R"("header": "yes")"}) {
    CHECK(of_dialect(settings) == "unsupported ");
  }
  CHECK(outcome(with_table(R"("dialect": "dialect.json")", "a\nx\n")) == "unsupported ");
}

/// A field of a type with a format, and what else it has.
std::string dated(const std::string& type, const std::string& format,
                  const std::string& more = {}) {
  return "\"type\": \"" + type + "\", \"format\": \"" + format + "\"" + more;
}

TEST_CASE("properties: formats of dates that are cadre's own take dates known less exactly") {
  for (const char* format : {"", "default", "any", "%Y-%m-%d", "%Y-%m", "%Y"}) {
    CHECK(of_field(dated("date", format), "1965-03-12") == "[1965-03-12]");
    CHECK(of_field(dated("date", format), "1965") == "[1965]");
    CHECK(of_field(dated("date", format), "12/03/1965") == "bad-date ");
  }
  for (const char* format : {"default", "any", "%Y"}) {
    CHECK(of_field(dated("year", format), "1965") == "[1965]");
  }
  for (const char* format : {"default", "any", "%Y-%m"}) {
    CHECK(of_field(dated("yearmonth", format), "1965-03") == "[1965-03]");
  }
}

TEST_CASE("properties: dates are read by their format") {
  CHECK(of_field(dated("date", "%d/%m/%Y"), "12/03/1965") == "[1965-03-12]");
  CHECK(of_field(dated("date", "%Y-%d-%m"), "1965-03-12") == "[1965-12-03]");
  CHECK(of_field(dated("date", "%B %Y"), "March 1965") == "[1965-03]");
  CHECK(of_field(dated("yearmonth", "%m/%Y"), "03/1965") == "[1965-03]");
  CHECK(of_field(dated("year", "%Y年"), "1965年") == "[1965]");
  CHECK(of_field(dated("datetime", "%Y-%m-%dT%H:%M:%SZ"), "1965-03-12T10:00:00Z") ==
        "[1965-03-12]");
  CHECK(of_field(dated("date", "%d/%m/%Y"), "1965-03-12") == "bad-date ");
  CHECK(of_field(dated("date", "%d/%m/%Y"), "31/02/1965") == "bad-date ");
  CHECK(of_field(dated("date", "%d/%m/%Y"), "..") == "bad-date ");
}

TEST_CASE("properties: a column with a format of dates has dates, those of date-times too") {
  for (const char* type : {"date", "datetime"}) {
    CAPTURE(type);
    const SmallPackage package = with_field(dated(type, "%d/%m/%Y"), "x\n12/03/1965\n");
    const LoadedDataset loaded = package.load();
    REQUIRE(loaded.dataset);
    CHECK(loaded.diagnostics.empty());
    CHECK(loaded.dataset->extra[0].schema.columns[0].kind == Column::Kind::kDate);
  }
  CHECK(of_field(dated("datetime", "default"), "1965-03-12T10:00:00Z") == "not-checked ");
  CHECK(of_field(dated("datetime", "any"), "1965-03-12T10:00:00Z") == "not-checked ");
}

TEST_CASE("properties: missing values come before the format of dates") {
  const std::string missing = R"(, "missingValues": ["00/00/0000", "n.d."])";
  CHECK(of_field(dated("date", "%d/%m/%Y", missing), "00/00/0000") == "[]");
  CHECK(of_field(dated("date", "%d/%m/%Y", missing), "n.d.") == "[]");
  CHECK(of_field(dated("date", "%d/%m/%Y", missing), "") == "[]");
  CHECK(of_field(dated("date", "%d/%m/%Y", missing), "00/01/0000") == "bad-date ");
}

TEST_CASE("properties: constraints of dates are written in their format") {
  const auto limited = [](const std::string& constraints, const std::string& cell) {
    return of_field(dated("date", "%d/%m/%Y", ", \"constraints\": {" + constraints + "}"), cell);
  };
  CHECK(limited(R"("minimum": "01/10/1949")", "02/10/1949") == "[1949-10-02]");
  CHECK(limited(R"("minimum": "01/10/1949")", "30/09/1949") == "out-of-range ");
  CHECK(limited(R"("exclusiveMaximum": "01/10/1949")", "01/10/1949") == "out-of-range ");
  CHECK(limited(R"("minimum": "1949-10-01")", "02/10/1949") == "bad-value ");
  CHECK(limited(R"("enum": ["01/10/1949", "1/10/1949"])", "01/10/1949") == "[1949-10-01]");
  CHECK(limited(R"("enum": ["01/10/1949"])", "02/10/1949") == "bad-value ");
  CHECK(limited(R"("enum": ["1949-10-01"])", "01/10/1949") == "bad-value ");
  CHECK(limited(R"("pattern": "../../....")", "01/10/1949") == "[1949-10-01]");
  CHECK(limited(R"("pattern": "....-..-..")", "01/10/1949") == "bad-form ");
}

TEST_CASE("properties: dates of one day are one key, however they are written") {
  CHECK(outcome(with_field(dated("date", "%d/%m/%Y", R"(, "constraints": {"unique": true})"),
                           "x\n12/03/1965\n12/3/1965\n")) == "duplicate-value ");
}

TEST_CASE("properties: a cell that is no date in the format is told at its place") {
  SmallPackage package =
      with_field(dated("date", "%d/%m/%Y"), "x\n12/03/1965\n1965-03-12\n31/02/1965\n");
  CHECK(told_of(package) ==
        Cells{"extra.csv:3:1-11 error[bad-date] '1965-03-12' is no date in the format of 'x' | "
              "the format is %d/%m/%Y, such as 15/03/1982",
              "extra.csv:4:1-11 error[bad-date] '31/02/1965' is no date: 1965-02 has no day 31 | "
              "the format is %d/%m/%Y, such as 15/03/1982"});
}

TEST_CASE("properties: the dates of a row are those that its format means") {
  SmallPackage package;
  package.change("datapackage.json", R"({"name": "start", "type": "string", "cadre:kind": "date"},
        {"name": "end", "type": "string", "cadre:kind": "date"})",
                 R"({"name": "start", "type": "date", "format": "%m.%Y"},
        {"name": "end", "type": "date", "format": "%d.%m.%Y"})");
  package.change("education.csv", "1978-03,1982-03", "03.1978,04.05.1982");
  package.change("education.csv", "1982-03,..", "03.1982,..");
  LoadedDataset loaded = package.load();
  CHECK(loaded.diagnostics.empty());
  REQUIRE(loaded.dataset);
  const Row& row = loaded.dataset->people.front().rows(kEducation).front();
  CHECK(row.span.start == Date::parse("1978-03"));
  CHECK(row.span.end == Date::parse("1982-05-04"));

  package.change("education.csv", "04.05.1982", "..");
  loaded = package.load();
  REQUIRE(loaded.dataset);
  CHECK(loaded.dataset->people.front().rows(kEducation).front().span.open);

  package.change("education.csv", "..", "present");
  CHECK(told_of(package) ==
        Cells{"education.csv:2:30-37 error[bad-date] 'present' is no date in the format of 'end' | "
              "the format is %d.%m.%Y, such as 15.03.1982; write .. for a row that still runs"});

  package.change("education.csv", "present", "02.03.1977");
  CHECK(outcome(package) == "end-before-start ");
}

TEST_CASE("properties: a format of dates that cannot be applied is refused") {
  for (const char* format : {"%d.%m.%y", "%a %F", "%d/%m", "fmt:YYYY", "%F %z", "%Y %"}) {
    CHECK(of_field(dated("date", format), "1965-03-12") == "unsupported ");
    CHECK(of_field(dated("date", format, R"(, "cadre:kind": "name")"), "12/03/1965") ==
          "[12/03/1965]");
  }
  CHECK(of_field(dated("datetime", "%s"), "1") == "unsupported ");
  CHECK(of_field(dated("year", "%d/%m/%Y"), "1965") == "unsupported ");
  CHECK(of_field(dated("yearmonth", "%d/%m/%Y"), "1965") == "unsupported ");
  CHECK(of_field(dated("yearmonth", "%Y"), "1965") == "unsupported ");
  CHECK(of_field(dated("date", "%d/%m/%Y", R"(, "cadre:kind": "name")"), "12/03/1965") ==
        "[12/03/1965]");

  SmallPackage package = with_field(dated("date", "%d.%m.%y"), "x\n12.03.65\n");
  CHECK(told_of(package) ==
        Cells{"datapackage.json:6:118-128 error[unsupported] dates in the format '%d.%m.%y' are "
              "not read: %y does not say the century | write the dates as 1982-03-15 and leave "
              "'format' out, or say \"cadre:kind\": \"name\" to keep them as they are"});
}

TEST_CASE("properties: numbers are read as they are written, and kept plain") {
  CHECK(of_field(R"("type": "number", "decimalChar": ",")", "3,5") == "[3.5]");
  CHECK(of_field(R"("type": "number", "decimalChar": ",", "groupChar": ".")", "-1.234,5") ==
        "[-1234.5]");
  CHECK(of_field(R"("type": "number", "decimalChar": ",")", "3.5") == "bad-number ");
  CHECK(of_field(R"("type": "integer", "groupChar": " ")", "1 200 000") == "[1200000]");
  CHECK(of_field(R"("type": "integer")", "1 200") == "bad-number ");
  CHECK(of_field(R"("type": "number", "bareNumber": false)", "€ 95.5 per month") == "[95.5]");
  CHECK(of_field(R"("type": "number", "bareNumber": false)", "-95%") == "[-95]");
  CHECK(of_field(R"("type": "number", "bareNumber": false)", "€ .5") == "[.5]");
  CHECK(of_field(R"("type": "number", "bareNumber": false)", "-€95") == "bad-number ");
  CHECK(of_field(R"("type": "number", "bareNumber": false)", "(95)") == "bad-number ");
  CHECK(of_field(R"("type": "number", "bareNumber": false)", "none") == "bad-number ");
  CHECK(of_field(R"("type": "number", "bareNumber": true)", "95%") == "bad-number ");
  CHECK(of_field(R"("type": "number", "decimalChar": ",", "constraints": {"maximum": 3})", "3,5") ==
        "out-of-range ");
  CHECK(of_field(R"("type": "number", "decimalChar": ",", "groupChar": ",")", "3,5") ==
        "bad-value ");
  CHECK(of_field(R"("type": "number", "decimalChar": "")", "3,5") == "bad-value ");
}

TEST_CASE("properties: booleans are kept as true and false") {
  CHECK(of_field(R"("type": "boolean")", "TRUE") == "[true]");
  CHECK(of_field(R"("type": "boolean")", "0") == "[false]");
  CHECK(of_field(R"("type": "boolean")", "yes") == "bad-value ");
  const std::string german = R"("type": "boolean", "trueValues": ["ja"], "falseValues": ["nein"])";
  CHECK(of_field(german, "ja") == "[true]");
  CHECK(of_field(german, "nein") == "[false]");
  CHECK(of_field(german, "true") == "bad-value ");
  CHECK(of_field(R"("type": "boolean", "trueValues": ["0"])", "0") == "bad-value ");
  CHECK(of_field(R"("type": "boolean", "constraints": {"enum": [true]})", "False") == "bad-value ");
}

TEST_CASE("properties: numbers and dates have bounds, which may be excluded") {
  const auto bound = [](const std::string& type, const std::string& constraint) {
    return "\"type\": \"" + type + "\", \"constraints\": {" + constraint + "}";
  };
  CHECK(of_field(bound("integer", R"("exclusiveMinimum": 3)"), "3") == "out-of-range ");
  CHECK(of_field(bound("integer", R"("exclusiveMinimum": 3)"), "4") == "[4]");
  CHECK(of_field(bound("integer", R"("exclusiveMaximum": "3")"), "3") == "out-of-range ");
  CHECK(of_field(bound("number", R"("minimum": 2.5)"), "2.4") == "out-of-range ");
  CHECK(of_field(bound("date", R"("minimum": "1949-10-01")"), "1949-09-30") == "out-of-range ");
  CHECK(of_field(bound("date", R"("minimum": "1949-10-01")"), "1949") == "[1949]");
  CHECK(of_field(bound("date", R"("maximum": "1949-10-01")"), "1950") == "out-of-range ");
  CHECK(of_field(bound("date", R"("exclusiveMaximum": "1949-10-01")"), "1949-10-01") ==
        "out-of-range ");
  CHECK(of_field(bound("date", R"("exclusiveMaximum": "1949-10-01")"), "1949-09-30") ==
        "[1949-09-30]");
  CHECK(of_field(bound("year", R"("minimum": 1950, "maximum": 1960)"), "1961") == "out-of-range ");
  CHECK(of_field(bound("year", R"("exclusiveMinimum": 1950)"), "1950") == "out-of-range ");
  CHECK(of_field(bound("date", R"("minimum": "soon")"), "1950") == "bad-value ");
  CHECK(of_field(bound("integer", R"("minimum": "few")"), "3") == "bad-value ");
  CHECK(of_field(bound("string", R"("minimum": "a")"), "b") == "unsupported ");
  CHECK(of_field(bound("string", R"("minLength": -1)"), "b") == "bad-value ");
  CHECK(of_field(bound("string", R"("maxLength": "2")"), "b") == "wrong-type ");
}

TEST_CASE("properties: formats of strings are checked, and unknown ones refused") {
  const auto format = [](const std::string& name) {
    return "\"type\": \"string\", \"format\": \"" + name + "\"";
  };
  CHECK(of_field(format("email"), "li@example.org") == "[li@example.org]");
  CHECK(of_field(format("email"), "li") == "bad-form ");
  CHECK(of_field(format("uri"), "https://example.org/a") == "[https://example.org/a]");
  CHECK(of_field(format("uri"), "example") == "bad-form ");
  CHECK(of_field(format("uuid"), "123e4567-e89b-12d3-a456-426614174000") ==
        "[123e4567-e89b-12d3-a456-426614174000]");
  CHECK(of_field(format("uuid"), "123e4567") == "bad-form ");
  CHECK(of_field(format("binary"), "aGFsbG8=") == "[aGFsbG8=]");
  CHECK(of_field(format("binary"), "no!") == "bad-form ");
  CHECK(of_field(format("postcode"), "410000") == "unsupported ");
  CHECK(of_field(R"("type": "number", "format": "currency")", "3") == "unsupported ");

  const SmallPackage package = with_field(format("email"), "x\nli@example.org\n");
  const LoadedDataset loaded = package.load();
  REQUIRE(loaded.dataset);
  CHECK(loaded.dataset->extra[0].schema.columns[0].kind == Column::Kind::kName);
}

TEST_CASE("properties: what has no meaning for the type of a field is refused") {
  CHECK(of_field(R"("type": "string", "decimalChar": ",")", "3,5") == "unsupported ");
  CHECK(of_field(R"("type": "integer", "decimalChar": ",")", "3") == "unsupported ");
  CHECK(of_field(R"("type": "string", "trueValues": ["ja"])", "ja") == "unsupported ");
  CHECK(of_field(R"("constraints": {"jsonSchema": {}})", "x") == "unsupported ");
  CHECK(of_field(R"("constraints": {"enum": []})", "x") == "missing-property ");
  CHECK(of_field(R"("constraints": {"enum": ["x", "x"]})", "x") == "duplicate-value ");
  CHECK(of_field(R"("type": ["string"])", "x") == "wrong-type ");
}

TEST_CASE("properties: what cannot be read of a resource is refused") {
  const auto refused = [](const std::string& properties) {
    CAPTURE(properties);
    return outcome(with_table(properties, "a\nx\n"));
  };
  CHECK(refused(R"("compression": "zip")") == "unsupported ");
  CHECK(refused(R"("compression": "gz")") == "[x]");
  CHECK(refused(R"("encoding": "gb18030")") == "unsupported ");
  CHECK(refused(R"("encoding": "us-ascii")") == "[x]");
  CHECK(refused(R"("data": [{"a": 1}])") == "unsupported ");
  CHECK(refused(R"("innerpath": "a.csv")") == "unsupported ");
  CHECK(refused(R"("extrapaths": ["b.csv"])") == "unsupported ");
  CHECK(refused(R"("schema": "schema.json")") == "unsupported ");
  CHECK(refused(R"("profile": "tabular-data-resource", "licenses": [], "sources": [])") == "[x]");
  CHECK(refused(R"("schema": {"fields": [{"name": "a"}], "fieldsMatch": "some"})") == "bad-value ");
  CHECK(refused(R"("schema": {"fields": [{"name": "a"}], "fieldsMatch": ["exact"]})") == "[x]");
  CHECK(refused(R"("format": "xlsx", "type": "table")") == "not-read ");
}

TEST_CASE("properties: a table of tabs is one by its format, whatever the file is called") {
  CHECK(outcome(with_table(R"("format": "tsv")", "a\tb\nx\ty\n")) == "[x][y]");
  CHECK(outcome(with_table(R"("mediatype": "text/tab-separated-values")", "a\tb\nx\ty\n")) ==
        "[x][y]");
}

TEST_CASE("properties: the size and the hash of a file are checked") {
  const std::string csv = "a\nx\n";
  const auto stated = [&](const std::string& properties) {
    CAPTURE(properties);
    return outcome(with_table(properties, csv));
  };
  CHECK(stated(R"("bytes": 4, "hash": "sha256:)" + sha256(csv) + "\"") == "[x]");
  CHECK(stated(R"("hash": "499abb6fc48aea576fef06c17b7c0802")") == "[x]");
  CHECK(stated(R"("hash": "md5:499ABB6FC48AEA576FEF06C17B7C0802")") == "[x]");
  CHECK(stated(R"("hash": "md5:7a6a0b5a92bd0e0ac7a0b0e3fd8a4a3b")") == "wrong-hash ");
  CHECK(stated(R"("bytes": 5)") == "wrong-size ");
  CHECK(stated(R"("hash": "crc32:12345678")") == "unsupported ");
  CHECK(stated(R"("hash": "sha256:12")") == "unsupported ");

  SmallPackage two =
      with_table(R"("bytes": 8, "hash": "sha256:)" + sha256("a\nx\na\ny\n") + "\"", csv);
  two.change("datapackage.json", "\"extra.csv\"", R"(["extra.csv", "more.csv"])");
  two.change("more.csv", "", "a\ny\n");
  CHECK(outcome(two) == "[x][y]");
}

TEST_CASE("properties: every row has all of its primary key") {
  const std::string key =
      R"("schema": {"fields": [{"name": "a"}, {"name": "b"}], "primaryKey": ["a", "b"]})";
  CHECK(outcome(with_table(key, "a,b\nx,\nx,\ny,1\n")) == "missing-value ");
  CHECK(outcome(with_table(key, "a,b\nx,1\nx,2\n")) == "[x][1][x][2]");
  CHECK(outcome(with_table(key, "a,b\nx,1\nx,1\n")) == "duplicate-value ");
  const std::string twice = R"("schema": {"fields": [{"name": "a"}], "primaryKey": ["a", "a"]})";
  CHECK(outcome(with_table(twice, "a\nx\n")) == "bad-key ");
  const std::string lacks =
      R"("schema": {"fields": [{"name": "a"}, {"name": "b"}], "primaryKey": "b",
         "fieldsMatch": "superset"})";
  CHECK(outcome(with_table(lacks, "a\nx\n")) == "missing-column ");
}

TEST_CASE("properties: unique keys are compared where they have no gap") {
  const std::string keys =
      R"("schema": {"fields": [{"name": "a"}, {"name": "b"}], "uniqueKeys": [["a", "b"], ["b"]]})";
  CHECK(outcome(with_table(keys, "a,b\nx,\nx,\ny,1\n")) == "[x][][x][][y][1]");
  CHECK(outcome(with_table(keys, "a,b\nx,1\ny,1\n")) == "duplicate-value ");
  CHECK(outcome(with_table(R"("schema": {"fields": [{"name": "a"}], "uniqueKeys": [["b"]]})",
                           "a\nx\n")) == "unknown-field ");
}

TEST_CASE("properties: a foreign key to a table without a schema is checked") {
  SmallPackage package = with_table(R"("title": "t")", "code,name\nhunan,x\n");
  package.change("datapackage.json", R"("resource": "provinces", "fields": ["id"])",
                 R"("resource": "extra", "fields": ["code"])");
  CHECK(package.load().diagnostics.empty());
  package.change("posts.csv", ",hunan", ",nowhere");
  CHECK(told_of(package) ==
        Cells{"posts.csv:2:25-32 error[unknown-reference] no row of 'extra' has the code "
              "'nowhere'"});
  package.change("extra.csv", "code", "codes");
  CHECK(told_of(package) ==
        Cells{"datapackage.json:31:94-100 error[unknown-field] 'extra' has no column 'code'; did "
              "you mean 'codes'?"});
}

TEST_CASE("properties: no value is in a table without rows") {
  SmallPackage package;
  package.change("provinces.csv", "", "id,code\n");
  CHECK(told_of(package) ==
        Cells{"provinces.csv warning[no-rows] the table 'provinces' has no rows",
              "posts.csv:2:25-30 error[unknown-reference] no row of 'provinces' has the id "
              "'hunan'"});
}

TEST_CASE("properties: references that cannot be checked are refused") {
  SmallPackage other;
  other.change("datapackage.json", R"("resource": "provinces", )",
               R"("package": "https://example.org", "resource": "provinces", )");
  CHECK(outcome(other) == "unsupported ");
  SmallPackage map;
  map.change("datapackage.json", R"("resource": "provinces", )", R"("resource": "map", )");
  map.change("datapackage.json", R"("resources": [)",
             R"("resources": [{"name": "map", "path": "map.geojson"},)");
  CHECK(outcome(map) == "unsupported ");
}

TEST_CASE("properties: two tables may be made of one file, which is named once") {
  SmallPackage package = with_table(R"("title": "t")", "");
  package.change("datapackage.json", "\"extra.csv\"", "\"provinces.csv\"");
  const LoadedDataset loaded = package.load();
  REQUIRE(loaded.dataset);
  CHECK(loaded.dataset->extra.size() == 2);
  CHECK(loaded.dataset->inputs.size() == 5);
}

TEST_CASE("properties: a file does not stand twice in one table") {
  SmallPackage package;
  package.change("datapackage.json", "\"posts.csv\"", R"(["posts.csv", "./posts.csv"])");
  CHECK(told_of(package) ==
        Cells{"datapackage.json:25:45-58 error[duplicate-path] './posts.csv' stands twice among "
              "the files of 'posts' | its rows would count twice"});
}

TEST_CASE("properties: the ends of a row are dates, whatever their type") {
  SmallPackage package;
  package.change("datapackage.json", R"({"name": "start", "type": "date"})",
                 R"({"name": "start", "type": "string"})");
  CHECK(package.load().diagnostics.empty());
  package.change("posts.csv", "2016-09", "09/2016");
  CHECK(outcome(package) == "bad-date ");
  package.change("datapackage.json", R"({"name": "start", "type": "string"})",
                 R"({"name": "start", "type": "string", "cadre:kind": "text"})");
  CHECK(outcome(package) == "bad-value ");
}

TEST_CASE("properties: a column's name has no blank and no mark at its ends") {
  const auto header = [](const std::string& csv) {
    CAPTURE(csv);
    const SmallPackage package = with_table(R"("title": "t")", csv);
    return told_of(package);
  };
  CHECK(header("a,field_zh \nx,y\n") ==
        Cells{"extra.csv:1:3-12 error[blank-in-name] the column 'field_zh ' has a blank at its end "
              "| write 'field_zh'"});
  CHECK(header("a, b\nx,y\n") == Cells{"extra.csv:1:3-5 error[blank-in-name] the column ' b' has a "
                                       "blank at its beginning | write 'b'"});
  CHECK(header("a,b\u3000\nx,y\n").size() == 1);
  CHECK(header("a,b\u00A0\nx,y\n").size() == 1);
  CHECK(header("a,b\u200B\nx,y\n") ==
        Cells{"extra.csv:1:3-5 error[blank-in-name] the column 'b\u200B' has an invisible "
              "character at its end | write 'b'"});
  CHECK(header("a,\uFEFFb\nx,y\n") ==
        Cells{"extra.csv:1:3-5 error[blank-in-name] the column '\uFEFFb' has a byte order mark at "
              "its beginning | write 'b'"});

  SmallPackage described = with_field("\"type\": \"string\"", "x \ny\n");
  CHECK(outcome(described) == "blank-in-name ");
  CHECK(outcome(with_table(R"("schema": {"fields": [{"name": "x "}]})", "x \ny\n")) ==
        "blank-in-name ");
}

TEST_CASE("properties: a byte order mark stands at the beginning of a file only") {
  const std::string mark = "\uFEFF";
  const auto codes = [](const std::string& csv) {
    CAPTURE(csv);
    return outcome(with_table(R"("title": "t")", csv));
  };
  CHECK(codes(mark + "a\nx\n") == "[x]");
  CHECK(codes(mark + mark + "a\nx\n") == "byte-order-mark ");
  CHECK(codes(mark + mark + "\"a\"\nx\n") == "byte-order-mark ");
  CHECK(codes("a\nx\n" + mark + "a\ny\n") == "byte-order-mark ");
  CHECK(codes("a\n\n" + mark + "\"y\"\n") == "byte-order-mark ");
  CHECK(codes("a,b\nx,y" + mark + "\n") == "[x][y" + mark + "]");  // a text may hold one
  CHECK(outcome(with_field(R"("cadre:kind": "name")", "x\ny" + mark + "\n")) == "byte-order-mark ");
}

TEST_CASE("properties: a property on the wrong level is told of, and where it belongs") {
  const auto lines = [](const SmallPackage& package) { return told_of(package); };
  CHECK(lines(with_field(R"("unique": true)", "x\n1\n")) ==
        Cells{"datapackage.json:6:92-100 error[misplaced-property] 'unique' does not belong to a "
              "field, and would be passed over | it belongs to the 'constraints' of a field"});
  for (const char* one :
       {R"("required": true)", R"("enum": ["2"])", R"("pattern": "2")", R"("primaryKey": true)",
        R"("fields": [])", R"("delimiter": ";")", R"("constraints": {"missingValues": ["1"]})",
        R"("constraints": {"constraints": {}})", R"("as_of": "2020")"}) {
    CHECK(of_field(one, "1") == "misplaced-property ");
  }
  for (const char* one :
       {R"("primaryKey": "a")", R"("uniqueKeys": [["a"]])", R"("fields": [{"name": "a"}])",
        R"("constraints": {"required": true})", R"("delimiter": ";")", R"("decimalChar": ",")",
        R"("dialect": {"missingValues": ["x"]})", R"("dialect": {"encoding": "gbk"})",
        R"("schema": {"fields": [{"name": "a"}], "constraints": {}})",
        R"("schema": {"fields": [{"name": "a"}], "required": ["a"]})",
        R"("schema": {"fields": [{"name": "a"}], "encoding": "gbk"})",
        R"("schema": {"fields": [{"name": "a"}], "foreignKeys": [
            {"fields": "a", "resource": "extra", "reference": {"fields": "a"}}]})"}) {
    CAPTURE(one);
    CHECK(outcome(with_table(one, "a\nx\n")) == "misplaced-property ");
  }
  CHECK(outcome(with_table(R"("version": "1", "reference": "x", "package": "p", "id": "i",
                              "keywords": [])",
                           "a\nx\n")) == "[x]");
}

TEST_CASE("properties: a property of the package may be slipped in any way of joining words") {
  for (const char* name : {"asOf", "as-of", "AsOf"}) {
    SmallPackage package;
    package.change("datapackage.json", "as_of", name);
    CHECK(told_of(package)[0].find("did you mean 'as_of'?") != std::string::npos);
  }
}

TEST_CASE("properties: a mediatype that the file cannot have is told of") {
  const auto codes = [](const std::string& type) {
    return outcome(with_table(R"("mediatype": ")" + type + "\"", "a\nx\n"));
  };
  CHECK(codes("application/json") == "bad-value ");
  CHECK(codes("text/csv; charset=gb18030") == "unsupported ");
  CHECK(codes("text/csv; charset=UTF-8") == "[x]");
  CHECK(codes("text/csv;header=present") == "[x]");
  CHECK(codes("application/vnd.ms-excel") == "[x]");
}

TEST_CASE("properties: what stands in numbers anyway is no mark of theirs") {
  for (const char* mark : {"0", "e", "-", "+"}) {
    const std::string quoted = std::string("\"") + mark + "\"";
    CHECK(of_field(R"("type": "number", "decimalChar": )" + quoted, "3") == "bad-value ");
    CHECK(of_field(R"("type": "integer", "groupChar": )" + quoted, "3") == "bad-value ");
  }
  CHECK(of_field(R"("type": "number", "groupChar": ".")", "3") == "bad-value ");
}

TEST_CASE("properties: a second byte order mark of datapackage.json is named") {
  SmallPackage package;
  package.change("datapackage.json", "{\n", "\uFEFF\uFEFF{\n");
  CHECK(outcome(package) == "byte-order-mark ");
  package.change("datapackage.json", "\uFEFF\uFEFF{\n", "\uFEFF{\n\uFEFF");
  CHECK(outcome(package) == "byte-order-mark ");
  package.change("datapackage.json", "{\n\uFEFF", "{\n");
  CHECK(outcome(package).empty());
}

TEST_CASE("properties: tables, columns and lists of values have limits") {
  DataOptions options;
  options.max_columns = 6;
  options.max_resources = 5;
  options.max_values = 6;
  const auto codes = [&](const SmallPackage& package) {
    std::string text;
    for (const Diagnostic& one : package.load(options).diagnostics) text += one.code + " ";
    return text;
  };
  CHECK(codes(with_table(R"("title": "t")", "a,b,c,d,e,f\n1,2,3,4,5,6\n")).empty());
  CHECK(codes(with_table(R"("title": "t")", "a,b,c,d,e,f,g\n1,2,3,4,5,6,7\n")) ==
        "too-many-columns ");
  CHECK(codes(with_field(R"("constraints": {"enum": ["1", "2"]})", "x\n1\n")).empty());
  CHECK(codes(with_field(R"("constraints": {"enum": ["1", "2", "3"]})", "x\n1\n")) ==
        "too-many-values ");
  options.max_columns = 5;
  CHECK(codes(SmallPackage()) == "too-many-columns ");
  options.max_columns = 6;
  options.max_resources = 3;
  CHECK(codes(SmallPackage()) == "too-many-resources ");
}

}  // namespace
}  // namespace cadre
