#include "cadre/base/once.hpp"

#include <atomic>
#include <stdexcept>

#include "cadre/base/parallel.hpp"
#include "tests/catch.hpp"

namespace cadre {
namespace {

TEST_CASE("what threads ask for at the same time is done once") {
  Once once;
  int value = 0;
  std::atomic<int> seen = 0;
  in_parallel(8, [&](const std::atomic<bool>&) {
    once.call([&] { ++value; });
    seen += value;
  });
  CHECK(value == 1);
  CHECK(seen == 8);
}

TEST_CASE("what throws is tried again by the next call") {
  Once once;
  int calls = 0;
  const auto fail = [&] {
    ++calls;
    throw std::runtime_error("no");
  };
  CHECK_THROWS_AS(once.call(fail), std::runtime_error);
  CHECK_THROWS_AS(once.call(fail), std::runtime_error);
  once.call([&] { ++calls; });
  once.call(fail);
  CHECK(calls == 3);
}

}  // namespace
}  // namespace cadre
