// The coefficients of agreement, against examples that were worked out in print.
#include <initializer_list>
#include <string>
#include <vector>

#include "cadre/analyse/alpha.hpp"
#include "cadre/analyse/confusion.hpp"
#include "cadre/analyse/kappa.hpp"
#include "tests/catch.hpp"

namespace cadre {
namespace {

using Catch::Approx;

Confusion table(std::initializer_list<std::initializer_list<std::uint64_t>> rows) {
  Confusion result(rows.size());
  std::size_t i = 0;
  for (const auto& row : rows) {
    std::size_t j = 0;
    for (const std::uint64_t count : row) result.add(i, j++, count);
    ++i;
  }
  return result;
}

/// Units out of a table with a line for each coder and a digit for each unit; '.' is not coded.
std::vector<std::vector<std::size_t>> units(const std::vector<std::string>& coders) {
  std::vector<std::vector<std::size_t>> result(coders.front().size());
  for (const std::string& coder : coders) {
    for (std::size_t i = 0; i < coder.size(); ++i) {
      if (coder[i] != '.') result[i].push_back(static_cast<std::size_t>(coder[i] - '0'));
    }
  }
  return result;
}

TEST_CASE("kappa: Cohen 1960") {
  // A coefficient of agreement for nominal scales, table 1: two judges, 200 cases.
  const auto kappa = cohen_kappa(table({{88, 14, 18}, {10, 40, 10}, {2, 6, 12}}));
  REQUIRE(kappa);
  CHECK(kappa->value == Approx(0.492).margin(0.0005));
}

TEST_CASE("kappa: Fleiss, Cohen and Everitt 1969") {
  // Large sample standard errors of kappa and weighted kappa: kappa .429 of 200 cases, with the
  // variance .002885.
  const auto kappa = cohen_kappa(table({{106, 10, 4}, {22, 28, 10}, {2, 12, 6}}));
  REQUIRE(kappa);
  CHECK(kappa->value == Approx(0.429).margin(0.0005));
  CHECK(kappa->standard_error * kappa->standard_error == Approx(0.002885).margin(0.0000005));
}

TEST_CASE("kappa: Fleiss, Levin and Paik 2003") {
  // Statistical Methods for Rates and Proportions, table 18.1 (1981: p. 213): diagnoses of 100
  // people as psychotic, neurotic, organic.
  const auto kappa = cohen_kappa(table({{75, 1, 4}, {5, 4, 1}, {0, 0, 10}}));
  REQUIRE(kappa);
  CHECK(kappa->value == Approx(0.68).margin(0.005));
  CHECK(kappa->standard_error == Approx(0.087).margin(0.001));
}

TEST_CASE("kappa: the dermatologists of the SAS/STAT manual") {
  // PROC FREQ, "Agreement Study": kappa 0.3449, its error 0.0724, the interval 0.2030 to 0.4868.
  const auto kappa =
      cohen_kappa(table({{10, 4, 1, 0}, {5, 10, 12, 2}, {2, 4, 12, 5}, {0, 2, 6, 13}}));
  REQUIRE(kappa);
  CHECK(kappa->value == Approx(0.3449).margin(0.00005));
  CHECK(kappa->standard_error == Approx(0.0724).margin(0.00005));
  CHECK(kappa->low == Approx(0.2030).margin(0.00005));
  CHECK(kappa->high == Approx(0.4868).margin(0.00005));
}

TEST_CASE("kappa: where all agree, where none do, and where it is not defined") {
  const auto all = cohen_kappa(table({{3, 0}, {0, 4}}));
  REQUIRE(all);
  CHECK(all->value == 1);
  CHECK(all->standard_error == 0);
  CHECK(all->low == 1);
  const auto none = cohen_kappa(table({{0, 5}, {5, 0}}));
  REQUIRE(none);
  CHECK(none->value == -1);
  CHECK(none->low == -1);
  // One judge has one value: no better than chance, and defined.
  CHECK(cohen_kappa(table({{3, 2}, {0, 0}}))->value == 0);
  CHECK_FALSE(cohen_kappa(table({{7, 0}, {0, 0}})));
  CHECK_FALSE(cohen_kappa(table({{0, 0}, {0, 0}})));
  CHECK_FALSE(cohen_kappa(Confusion(0)));
}

TEST_CASE("precision, recall and F1 are those of the value asked for") {
  const Confusion counts = table({{8, 2}, {4, 6}});
  const Retrieval yes = retrieval(counts, 0);
  CHECK(yes.precision == Approx(0.8));
  CHECK(yes.recall == Approx(2.0 / 3));
  CHECK(yes.f1 == Approx(8.0 / 11));
  const Retrieval no = retrieval(counts, 1);
  CHECK(no.precision == Approx(0.6));
  CHECK(no.recall == Approx(0.75));
  const Retrieval never = retrieval(table({{0, 0}, {3, 5}}), 0);
  CHECK_FALSE(never.precision);
  CHECK(never.recall == Approx(0));
  CHECK(never.f1 == Approx(0));
  CHECK_FALSE(retrieval(table({{0, 0}, {0, 5}}), 0).f1);
}

TEST_CASE("alpha: Krippendorff 2011") {
  // Computing Krippendorff's Alpha-Reliability. A: two observers, two values.
  CHECK(*krippendorff_alpha(units({"0100000000", "1110010010"}), 2) ==
        Approx(0.095).margin(0.0005));
  // B: two observers, five values (a to e).
  CHECK(*krippendorff_alpha(units({"001132224330", "101112224333"}), 5) ==
        Approx(0.692).margin(0.0005));
  // C: four observers, and not all of them saw every unit.
  CHECK(*krippendorff_alpha(units({"123321412...", "1233224125.3", ".3332342251.", "12332441251."}),
                            6) == Approx(0.743).margin(0.0005));
}

TEST_CASE("alpha: three coders with gaps") {
  // The example of the encyclopaedias, after Krippendorff: 0.691.
  CHECK(*krippendorff_alpha(units({".....34121133.3", "1.213343.......", "..21344.21133.4"}), 5) ==
        Approx(0.691).margin(0.0005));
}

TEST_CASE("alpha: where it is not defined") {
  CHECK_FALSE(krippendorff_alpha(units({"1.2", ".1."}), 3));
  CHECK_FALSE(krippendorff_alpha(units({"111", "111"}), 3));
  CHECK_FALSE(krippendorff_alpha({}, 3));
  CHECK(*krippendorff_alpha(units({"12", "12"}), 3) == 1);
}

}  // namespace
}  // namespace cadre
