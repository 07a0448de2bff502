// People whose label changed, counted and put together.
#include "cadre/analyse/diff_groups.hpp"

#include <string>
#include <utility>

#include "tests/catch.hpp"

namespace cadre {
namespace {

ChangedLabel change(Truth before, Truth after) {
  ChangedLabel one;
  one.truth_before = before;
  one.truth_after = after;
  one.before = name(before);
  one.after = name(after);
  return one;
}

TEST_CASE("fewer and more are those of whom the label holds no longer, or now") {
  LabelDiff label;
  label.kind = "plain";
  label.people = {change(Truth::kTrue, Truth::kFalse), change(Truth::kTrue, Truth::kUnknown),
                  change(Truth::kUnknown, Truth::kTrue)};
  CHECK(summary(label) == "2 fewer, 1 more");
  label.people.push_back(change(Truth::kUnknown, Truth::kFalse));
  label.people.push_back(change(Truth::kTrue, Truth::kTrue));  // other evidence
  CHECK(summary(label) ==
        "2 fewer, 1 more, 1 between false and unknown, 1 with other evidence only");
}

TEST_CASE("people are put together by direction and cause, the most first, the same value last") {
  LabelDiff label;
  label.kind = "plain";
  label.people = {change(Truth::kTrue, Truth::kTrue), change(Truth::kTrue, Truth::kTrue),
                  change(Truth::kTrue, Truth::kFalse)};
  label.people[2].causes = {{1}};
  const auto groups = group_people(label);
  REQUIRE(groups.size() == 2);
  CHECK(groups[0].direction == "true -> false");
  CHECK(groups[0].people == 1);
  CHECK(groups[1].direction == "same value, other evidence");
  CHECK(groups[1].people == 2);

  LabelDiff number;
  number.kind = "number";
  ChangedLabel less = change(Truth::kTrue, Truth::kTrue);
  less.before = "10";
  less.after = "9";
  number.people = {less};
  CHECK(group_people(number).front().direction == "less");  // as numbers, not as texts
}

}  // namespace
}  // namespace cadre
