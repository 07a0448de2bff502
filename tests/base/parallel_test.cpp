#include "cadre/base/parallel.hpp"

#include <atomic>
#include <stdexcept>

#include "tests/catch.hpp"

namespace cadre {
namespace {

TEST_CASE("as many threads as were asked for do the work, and all of them are waited for") {
  for (const unsigned threads : {1U, 2U, 7U}) {
    std::atomic<unsigned> calls = 0;
    in_parallel(threads, [&](const std::atomic<bool>&) { ++calls; });
    CHECK(calls == threads);
  }
  CHECK(thread_count(0) >= 1);
  CHECK(thread_count(1) == 1);
  CHECK(thread_count(1'000'000) < 1'000'000);
}

TEST_CASE("what a thread throws stops the others and is thrown again") {
  std::atomic<bool> thrown = false;
  const auto work = [&](const std::atomic<bool>& failed) {
    if (!thrown.exchange(true)) throw std::runtime_error("no");
    while (!failed) {
    }
  };
  CHECK_THROWS_AS(in_parallel(3, work), std::runtime_error);
}

}  // namespace
}  // namespace cadre
