// What is told of data that are well formed and hardly true.
#include "cadre/data/plausibility.hpp"

#include <cstdint>
#include <string>
#include <vector>

#include "cadre/data/dataset.hpp"
#include "tests/catch.hpp"
#include "tests/data/small_package.hpp"
#include "tests/support/command.hpp"

namespace cadre {
namespace {

using testing::SmallPackage;
using testing::told;
using testing::told_of;
using Lines = std::vector<std::string>;

Lines told_of(const std::string& json) {
  CAPTURE(json);
  const testing::TemporaryFolder folder;
  const LoadedDataset loaded = load_dataset(folder.write("p.jsonl", json).string());
  CHECK(loaded.dataset);
  return told(loaded.diagnostics, folder.path().string());
}

std::string codes(const std::string& json) {
  CAPTURE(json);
  const testing::TemporaryFolder folder;
  const LoadedDataset loaded = load_dataset(folder.write("p.jsonl", json).string());
  REQUIRE(loaded.dataset);
  std::string text;
  for (const Diagnostic& one : loaded.diagnostics) text += one.code + " ";
  return text;
}

/// One person with one row of a career.
std::string person(const std::string& facts, const std::string& row) {
  return "{\"id\": \"a\", " + facts + ", \"career\": [{" + row + "}]}\n";
}

TEST_CASE("plausibility: a row that certainly begins before the person's birth is told of") {
  CHECK(codes(person(R"("birth": "1950-03")", R"("start": "1950-02")")) == "before-birth ");
  CHECK(codes(person(R"("birth": "1950-03")", R"("start": "1950")")).empty());
  CHECK(codes(person(R"("birth": "1950")", R"("start": "1950-02")")).empty());
  CHECK(codes(person(R"("gender": "M")", R"("start": "1950-02")")).empty());
  CHECK(codes(person(R"("birth": "1950")", R"("org_en": "x")")).empty());
}

TEST_CASE("plausibility: a row at an age of more than 110 years is told of") {
  CHECK(codes(person(R"("birth": "1850")", R"("start": "1961")")) == "over-110 ");
  CHECK(codes(person(R"("birth": "1850")", R"("start": "1960-12")")).empty());
  CHECK(codes(person(R"("birth": "1850")", R"("start": "1900", "end": "1990")")) == "over-110 ");
  CHECK(codes(person(R"("birth": "1850", "as_of": "2022")", R"("start": "1900", "end": "..")")) ==
        "over-110 ");
  CHECK(codes(person(R"("birth": "1850")", R"("start": "1900", "end": "..")")).empty());
}

TEST_CASE("plausibility: a row that certainly begins after the last day is told of") {
  CHECK(codes(person(R"("as_of": "2022-12-31")", R"("start": "2023", "end": "..")")) ==
        "after-as-of ");
  CHECK(codes(person(R"("as_of": "2022-12-31")", R"("start": "2022-12")")).empty());
  CHECK(codes(person(R"("as_of": "2022-10")", R"("start": "2022")")).empty());

  SmallPackage package;
  package.change("posts.csv", "2016-09", "2023-05");
  package.change("education.csv", "1982-03,..", "2023-06,..");
  CHECK(told_of(package) ==
        Lines{"education.csv:3:22-29 warning[after-as-of] 2 rows begin after the last day that the "
              "data know; the first: it begins 2023-06, as_of is 2022-12-31 | "
              "is 'as_of' right? It is the day on which the data were collected + "
              "posts.csv:2:31-38 also here"});
}

TEST_CASE("plausibility: two ids with one name and one birth are told of") {
  const std::string a = R"({"id": "a", "name_zh": "王力", "birth": "1950-03")";
  CHECK(told_of(a + "}\n" + R"({"id": "b", "name_zh": "王力", "birth": "1950-03"})" + "\n") ==
        Lines{"p.jsonl:2:8-9 warning[same-person] a person has the name and the birth of another: "
              "'a' and 'b', born 1950-03 | if they are one person, give their rows one id"});
  CHECK(codes(a + "}\n" + R"({"id": "b", "name_zh": "王力", "birth": "1950"})" + "\n").empty());
  CHECK(codes(a + "}\n" + R"({"id": "b", "name_zh": "王丽", "birth": "1950-03"})" + "\n").empty());
  CHECK(codes(R"({"id": "a", "name_zh": "王力"})"
              "\n"
              R"({"id": "b", "name_zh": "王力"})"
              "\n")
            .empty());
  const std::string english = R"(, "name_en": "Wang Li"})";
  CHECK(codes(a + english + "\n" +
              R"({"id": "b", "name_zh": "王丽", "birth": "1950-03", "name_en": "Wang Li"})" + "\n")
            .empty());
  CHECK(codes(a + english + "\n" + R"({"id": "b", "birth": "1950-03", "name_en": "Wang Li"})" +
              "\n") == "same-person ");
}

TEST_CASE("plausibility: a row that certainly ends before the birth is told of") {
  CHECK(
      told_of(R"({"id": "a", "birth": "1980-05", "career": [{"end": "1979"}]})"
              "\n") ==
      Lines{"p.jsonl:1:8-9 warning[before-birth] a row begins before the person was born: it ends "
            "1979, 'a' was born 1980-05 | one of the two dates is wrong"});
  CHECK(told_of(R"({"id": "a", "birth": "1980-05", "career": [{"start": 1980, "end": "1980-03"}]})"
                "\n")
            .size() == 1);
  CHECK(told_of(R"({"id": "a", "birth": "1980-05", "career": [{"end": "1980"}]})"
                "\n")
            .empty());
}

TEST_CASE("plausibility: names are the same whatever their capitals, blanks and variants") {
  const auto two = [](const std::string& one, const std::string& other) {
    return codes(R"({"id": "a", "birth": "1950", "name_en": ")" + one + "\"}\n" +
                 R"({"id": "b", "birth": "1950", "name_en": ")" + other + "\"}\n");
  };
  CHECK(two("Wang Li", "WANG  Li ") == "same-person ");
  CHECK(two("張力", "张力") == "same-person ");
  CHECK(two("Wang Li", "Wangli").empty());
}

TEST_CASE("plausibility: a kind is told once, with its count and its first places") {
  std::string lines;
  for (int i = 0; i < 5; ++i) {
    lines += "{\"id\": \"p" + std::to_string(i) +
             "\", \"birth\": 1950, \"career\": [{\"start\": 1940}]}\n";
  }
  CHECK(told_of(lines) ==
        Lines{"p.jsonl:1:8-9 warning[before-birth] 5 rows begin before the person was born; the "
              "first: it begins 1940, 'p0' was born 1950 | one of the two dates is wrong + "
              "p.jsonl:2:8-9 also here + p.jsonl:3:8-9 also here"});
}

TEST_CASE("plausibility: findings of parts add up") {
  const auto found = [](std::uint32_t line) {
    Findings findings;
    findings.add(
        Findings::Kind::kTooOld,
        [&] {
          Place place;
          place.line = line;
          return place;
        },
        [&] { return "line " + std::to_string(line); });
    return findings;
  };
  Findings all;
  for (std::uint32_t line = 1; line <= 6; ++line) all.add(found(line));
  Diagnostics diagnostics;
  Problems problems(diagnostics, 10);
  all.tell(problems);
  REQUIRE(diagnostics.size() == 1);
  CHECK(diagnostics[0].message ==
        "6 rows are of people who would be more than 110 years old; the first: line 1");
  CHECK(diagnostics[0].place.line == 1);
  CHECK(diagnostics[0].notes.size() == 2);
}

}  // namespace
}  // namespace cadre
