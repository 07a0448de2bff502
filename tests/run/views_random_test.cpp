// The views of a run against slow, obvious code, over random datasets and eras.
#include <fmt/format.h>

#include <algorithm>
#include <random>
#include <string>
#include <vector>

#include "cadre/run/run.hpp"
#include "cadre/run/writer.hpp"
#include "tests/catch.hpp"
#include "tests/run/views_reference.hpp"
#include "tests/support/hand_made.hpp"
#include "tests/support/tables.hpp"

namespace cadre {
namespace {

using testing::HandMade;
using testing::ViewRows;

class RandomStudy {
 public:
  explicit RandomStudy(unsigned seed) : random_(seed) {}

  HandMade next() {
    HandMade made;
    boundary_ = day(2012, 2014);
    made.dataset.schema.as_of = one_in(3) ? std::nullopt : some_date();
    add_posts(made);
    for (const char* scheme : {"s", "t"}) {
      if (scheme[0] == 's' || one_in(3)) add_eras(made, scheme);
    }
    return made;
  }

 private:
  bool one_in(int count) { return below(count) == 0; }
  int below(int count) { return std::uniform_int_distribution<int>(0, count - 1)(random_); }
  template <typename T>
  const T& one_of(const std::vector<T>& choices) {
    return choices[static_cast<std::size_t>(below(static_cast<int>(choices.size())))];
  }

  Day day(int from, int to) {
    const Day first = day_of(from, 1, 1);
    return first + below(day_of(to, 1, 1) - first);
  }

  /// Often near the boundary of two eras, or a date that another post has.
  std::string date_text() {
    if (!seen_.empty() && one_in(3)) return one_of(seen_);
    const std::string text = iso_date(one_in(3) ? boundary_ - 1 + below(3) : day(2010, 2017));
    const std::vector<std::size_t> lengths = {4, 7, 7, 10};
    return seen_.emplace_back(text.substr(0, one_of(lengths)));
  }
  std::optional<Date> some_date() { return Date::parse(date_text()); }

  void add_posts(HandMade& made) {
    seen_.clear();
    const int count = 1 + below(9);
    for (int i = 0; i < count; ++i) {
      const std::string start = one_in(12) ? "" : date_text();
      std::string end = one_in(5) ? "" : one_in(6) ? ".." : date_text();
      // Data in which a post ends before it begins are refused when they are read.
      const auto from = Date::parse(start);
      const auto to = Date::parse(end);
      if (from && to && to->last() < from->first()) end = start;
      made.post(fmt::format("p{}", below(4)), one_of<std::string>({"hunan", "hunan", "hubei", ""}),
                one_of<std::string>(
                    {"governor", "governor", "party_secretary", "party_secretary", "deputy", ""}),
                start, end);
    }
  }

  void add_eras(HandMade& made, const std::string& name) {
    Day at = day(2009, 2012);
    std::vector<std::pair<std::string, std::string>> eras;
    for (int i = 0; i < 3; ++i) {
      eras.emplace_back(fmt::format("{}{}", name, i), iso_date(at));
      at = i == 0 ? boundary_ : at + 1 + below(900);
    }
    EraScheme& scheme = made.eras(name, eras);
    for (Era& era : scheme.eras) {
      if (one_in(4)) era.to = Date::parse(iso_date(era.from.first() + 1 + below(300)));
    }
    for (std::size_t i = 0; i + 1 < scheme.eras.size(); ++i) {
      const Day next = scheme.eras[i + 1].from.first();
      if (scheme.eras[i].to->first() > next) scheme.eras[i].to = Date::parse(iso_date(next));
    }
    if (!one_in(3)) scheme.as_of = some_date();
    if (one_in(2)) scheme.transition_opens_before = Period::parse(one_in(2) ? "P6M" : "P1Y");
    scheme.promotions_count_to_incoming = !one_in(3);
  }

  std::mt19937 random_;
  Day boundary_ = 0;
  std::vector<std::string> seen_;
};

ViewRows rows_of(const HandMade& made) {
  ViewRows rows;
  const Run run = Run::in_memory({made.rules, made.dataset, {}, {}});
  std::vector<Result> results;
  for (const std::string& sql : testing::kViewQueries) results.push_back(run.query(sql));
  const std::vector<std::vector<std::string>*> views = {&rows.tenures, &rows.post_eras,
                                                        &rows.promotions, &rows.province_eras};
  for (std::size_t i = 0; i < views.size(); ++i) {
    for (const std::vector<Cell>& cells : results[i].rows) {
      std::string text;
      for (const Cell& cell : cells) text += (text.empty() ? "" : " | ") + testing::cell_text(cell);
      views[i]->push_back(std::move(text));
    }
    std::sort(views[i]->begin(), views[i]->end());
  }
  return rows;
}

/// What decides the rows, to be read when they differ.
std::string description(const HandMade& made) {
  const auto text = [](const std::optional<Date>& date) { return date ? date->text() : "none"; };
  std::string out = "data as of " + text(made.dataset.schema.as_of) + "\n";
  for (const Person& person : made.dataset.people) {
    for (const Row& row : person.rows(kPosts)) {
      out += row.id + ": " + text(row.span.start) + " to " +
             (row.span.open ? ".." : text(row.span.end)) + "\n";
    }
  }
  for (const EraScheme& scheme : made.rules.eras) {
    out += fmt::format("{} as of {}, to the {}\n", scheme.name, text(scheme.as_of),
                       scheme.promotions_count_to_incoming ? "incoming" : "outgoing");
    for (const Era& era : scheme.eras) {
      out += fmt::format("  {}: {} to {}\n", era.id, era.from.text(), text(era.to));
    }
  }
  return out;
}

void compare(unsigned seed, int studies) {
  RandomStudy random(seed);
  for (int i = 0; i < studies; ++i) {
    const HandMade made = random.next();
    const ViewRows expected = testing::reference_rows(made.dataset, made.rules);
    const ViewRows rows = rows_of(made);
    if (rows == expected) continue;
    INFO(description(made));
    CAPTURE(i);
    CHECK(rows.tenures == expected.tenures);
    CHECK(rows.post_eras == expected.post_eras);
    CHECK(rows.promotions == expected.promotions);
    REQUIRE(rows.province_eras == expected.province_eras);
  }
}

TEST_CASE("views give what the convention says, reading by reading and day by day") {
  compare(20121114, 150);
}

TEST_CASE("views give what the convention says, over very many datasets", "[.long]") {
  const auto seed = GENERATE(range(1U, 21U));
  compare(seed, 1000);
}

}  // namespace
}  // namespace cadre
