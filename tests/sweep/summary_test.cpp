// What a sweep says of the numbers of its specifications, and when a claim holds of them.
#include "cadre/sweep/summary.hpp"

#include <string>
#include <utility>
#include <vector>

#include "tests/catch.hpp"

namespace cadre {
namespace {

using Rows = std::vector<std::pair<std::string, double>>;  // a key and its number

CellName cell_name(const std::string& row) {
  CellName name;
  name.figure = "f";
  name.column = "n";
  name.row = {{"", row}};
  return name;
}

SweepCell cell(const std::string& row) {
  return {"f", row, "n"};
}

/// A specification with one figure of one column.
SpecificationResult result_of(const Rows& rows) {
  FigureNumbers numbers;
  for (const auto& [row, number] : rows) numbers.emplace_back(cell(row), number);
  SpecificationResult result;
  result.figures = {std::make_shared<const FigureNumbers>(std::move(numbers))};
  result.done = true;
  return result;
}

SpecificationResult failed(const std::string& why) {
  SpecificationResult result;
  result.failure = why;
  result.done = true;
  return result;
}

Claim claim_about(const std::string& row) {
  Claim claim;
  claim.name = "claim";
  claim.cell = cell_name(row);
  return claim;
}

TEST_CASE("claims: bounds hold at the bound, and rounding does not break them") {
  Claim claim = claim_about("a");
  const auto truth_of = [&](double number) { return holds(claim, result_of({{"a", number}})); };
  claim.number.at_least = 2;
  CHECK(truth_of(2) == Truth::kTrue);
  CHECK(truth_of(2 - 1e-12) == Truth::kTrue);
  CHECK(truth_of(1.999) == Truth::kFalse);
  claim.number = {{}, 2};
  CHECK(truth_of(2) == Truth::kTrue);
  CHECK(truth_of(2.001) == Truth::kFalse);
  CHECK(holds(claim, result_of({{"b", 1}})) == Truth::kUnknown);
}

TEST_CASE("claims: the lowest and the highest, alone or with others") {
  Claim claim = claim_about("a");
  const auto truth_of = [&](Claim::Extreme extreme, const Rows& rows) {
    claim.extreme = extreme;
    return holds(claim, result_of(rows));
  };
  using enum Claim::Extreme;
  const Rows first = {{"a", 1}, {"b", 2}, {"c", 3}};
  CHECK(truth_of(kLowest, first) == Truth::kTrue);
  CHECK(truth_of(kLowestOrTied, first) == Truth::kTrue);
  CHECK(truth_of(kHighest, first) == Truth::kFalse);
  CHECK(truth_of(kHighestOrTied, first) == Truth::kFalse);
  const Rows tied = {{"a", 2}, {"b", 2}, {"c", 3}};
  CHECK(truth_of(kLowest, tied) == Truth::kFalse);
  CHECK(truth_of(kLowestOrTied, tied) == Truth::kTrue);
  const Rows top = {{"b", 1}, {"a", 3}, {"c", 3}};
  CHECK(truth_of(kHighest, top) == Truth::kFalse);
  CHECK(truth_of(kHighestOrTied, top) == Truth::kTrue);
  CHECK(truth_of(kHighest, {{"a", 1}}) == Truth::kUnknown);  // of what?
}

TEST_CASE("claims: an extreme among some rows looks at those, and asks that they are there") {
  Claim claim = claim_about("a");
  claim.extreme = Claim::Extreme::kHighest;
  claim.among = {{{"", "a"}}, {{"", "b"}}, {{"", "c"}}};
  CHECK(holds(claim, result_of({{"a", 3}, {"b", 2}, {"c", 1}, {"d", 9}})) == Truth::kTrue);
  CHECK(holds(claim, result_of({{"a", 3}, {"b", 2}, {"d", 1}})) == Truth::kUnknown);
  // What is there already settles it.
  CHECK(holds(claim, result_of({{"a", 3}, {"b", 4}})) == Truth::kFalse);
}

TEST_CASE("claims: one cell beside another") {
  Claim claim = claim_about("a");
  claim.comparisons = {{true, cell_name("b"), 2, 1}};  // above twice b and one
  CHECK(holds(claim, result_of({{"a", 7.1}, {"b", 3}})) == Truth::kTrue);
  CHECK(holds(claim, result_of({{"a", 7}, {"b", 3}})) == Truth::kFalse);
  claim.comparisons.front().above = false;
  CHECK(holds(claim, result_of({{"a", 6.9}, {"b", 3}})) == Truth::kTrue);
  CHECK(holds(claim, result_of({{"a", 7}, {"b", 3}})) == Truth::kFalse);
  CHECK(holds(claim, result_of({{"a", 7}})) == Truth::kUnknown);
  // One part that fails settles it, whatever the others are.
  claim.number.at_least = 8;
  CHECK(holds(claim, result_of({{"a", 7}})) == Truth::kFalse);
}

/// Two axes of two alternatives, and what their four combinations came to.
struct Small {
  Small() {
    sweep.axes.resize(2);
    for (Sweep::Axis& axis : sweep.axes) axis.alternatives.resize(2);
    results.figures = {"f"};
    results.numbers = {0, 1, 2, 3};
    results.baseline = result_of({{"b", 5}, {"a", 2}});
    results.specifications = {result_of({{"a", 1}, {"b", 5}}), result_of({{"a", 4}, {"b", 5}}),
                              result_of({{"a", 2}, {"b", 5}}), failed("no such label")};
  }
  Sweep sweep;
  SweepResults results;
};

TEST_CASE("a summary: how far each number moves") {
  Small small;
  SweepSummary summary = summarise(small.sweep, small.results);
  CHECK(summary.computed == 3);
  CHECK(summary.failed == std::vector<std::size_t>{3});
  REQUIRE(summary.cells.size() == 2);
  CHECK(summary.cells[0].cell == cell("b"));  // as the rule set as it is has the rows
  CHECK(summary.cells[0].explained.empty());  // it does not move
  const CellSummary& moving = summary.cells[1];
  CHECK(moving.specifications == 3);
  CHECK(moving.least == 1);
  CHECK(moving.median == 2);
  CHECK(moving.most == 4);
  CHECK(moving.baseline == 2.0);
  REQUIRE(summary.figures.size() == 1);
  CHECK(summary.figures[0].cells == 2);
  CHECK(summary.figures[0].moving == 1);
  CHECK(summary.figures[0].explained == moving.explained);

  // Of an even number the median lies in the middle of two.
  small.results.specifications[3] = result_of({{"a", 7}, {"b", 5}});
  summary = summarise(small.sweep, small.results);
  CHECK(summary.cells[1].median == 3);
}

TEST_CASE("a summary: alternatives count by how many specifications they have") {
  // Grand mean 7/3; the alternatives of the first axis: 1 and 4 (mean 2.5), and 2.
  const Small small;
  const CellSummary cell = summarise(small.sweep, small.results).cells[1];
  const double total = (16 + 25 + 1) / 9.0;
  REQUIRE(cell.explained.size() == 2);
  CHECK(cell.explained[0] == Catch::Approx((2 * (1 / 36.0) + 1 / 9.0) / total));
}

TEST_CASE("a summary: in how many specifications a claim holds") {
  Small small;
  small.sweep.claims = {claim_about("a"), claim_about("c")};
  small.sweep.claims[0].number.at_least = 2;
  const SweepSummary summary = summarise(small.sweep, small.results);
  REQUIRE(summary.claims.size() == 2);
  CHECK(summary.claims[0].holds == 2);
  CHECK(summary.claims[0].fails == 1);
  CHECK(summary.claims[0].unknown == 0);
  CHECK(summary.claims[0].baseline == Truth::kTrue);
  CHECK(summary.claims[0].share() == Catch::Approx(2 / 3.0));
  CHECK(summary.claims[1].unknown == 3);
  CHECK(summary.claims[1].share() == 0);
}

TEST_CASE("a summary: the curve runs from the least, and knows its choices") {
  Small small;
  small.sweep.curve = cell_name("a");
  const SweepSummary summary = summarise(small.sweep, small.results);
  REQUIRE(summary.curve);
  CHECK(summary.curve->baseline == 2.0);
  std::vector<std::pair<double, std::uint64_t>> points;
  for (const CurvePoint& point : summary.curve->points) {
    points.emplace_back(point.outcome, point.number);
  }
  CHECK(points == std::vector<std::pair<double, std::uint64_t>>{{1, 0}, {2, 2}, {4, 1}});
  CHECK(summary.curve->points[1].alternatives == std::vector<std::uint32_t>{1, 0});
}

}  // namespace
}  // namespace cadre
