#include "cadre/base/parallel.hpp"

#include <atomic>
#include <chrono>
#include <stdexcept>
#include <thread>
#include <vector>

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

TEST_CASE("things are shared out in portions, each of them once") {
  for (const unsigned threads : {1U, 2U, 7U}) {
    for (const std::size_t things : {0, 1, 15, 16, 17, 100}) {
      CAPTURE(threads, things);
      std::vector<std::atomic<int>> done(things);
      std::atomic<int> shorter = 0;
      in_portions(things, 16, threads, [&](std::size_t begin, std::size_t end) {
        if (end - begin != 16) ++shorter;
        for (std::size_t i = begin; i < end; ++i) ++done[i];
        return true;
      });
      for (const std::atomic<int>& times : done) CHECK(times == 1);
      CHECK(shorter == (things % 16 == 0 ? 0 : 1));
    }
  }
}

TEST_CASE("portions end when no more is wanted, or one throws") {
  for (const unsigned threads : {1U, 3U}) {
    CAPTURE(threads);
    std::atomic<unsigned> calls = 0;
    in_portions(1000, 1, threads, [&](std::size_t begin, std::size_t) {
      ++calls;
      return begin < 10;
    });
    CHECK(calls >= 11);
    CHECK(calls < 1000);
    CHECK_THROWS_AS(in_portions(1000, 1, threads,
                                [](std::size_t begin, std::size_t) -> bool {
                                  if (begin == 10) throw std::runtime_error("no");
                                  return true;
                                }),
                    std::runtime_error);
  }
}

TEST_CASE("tasks are done by several threads together and finished in their order") {
  for (const unsigned threads : {1U, 2U, 7U}) {
    CAPTURE(threads);
    std::atomic<int> under_way = 0, most = 0;
    int given = 0;
    std::vector<int> finished;
    in_order(threads, [&]() -> Task {
      if (given == 50) return {};
      if (const int now = ++under_way; now > most) most = now;
      return [&, number = given++]() -> Finish {
        std::this_thread::sleep_for(std::chrono::microseconds(number % 3 * 200));
        return [&, number] {
          finished.push_back(number);
          --under_way;
          return true;
        };
      };
    });
    REQUIRE(finished.size() == 50);
    for (int i = 0; i < 50; ++i) CHECK(finished[static_cast<std::size_t>(i)] == i);
    CHECK(most <= static_cast<int>(2 * threads) + 1);  // and the one that waits to be handed out
  }
}

TEST_CASE("when a task says that no more is wanted, none that follows is finished") {
  const unsigned threads = GENERATE(1U, 3U);
  int given = 0, last = -1;
  in_order(threads, [&]() -> Task {
    return [&, number = given++]() -> Finish {
      return [&, number] {
        last = number;
        return number < 20;
      };
    };
  });
  CHECK(last == 20);
  CHECK(given < 40);
}

TEST_CASE("what giving, doing or finishing a task throws ends the work") {
  const int thrower = GENERATE(0, 1, 2);
  const unsigned threads = GENERATE(1U, 3U);
  int given = 0;
  const auto next = [&]() -> Task {
    if (given++ == 10 && thrower == 0) throw std::runtime_error("no");
    return [&, number = given]() -> Finish {
      if (number == 10 && thrower == 1) throw std::runtime_error("no");
      return [&, number]() -> bool {
        if (number == 10 && thrower == 2) throw std::runtime_error("no");
        return true;
      };
    };
  };
  CHECK_THROWS_AS(in_order(threads, next), std::runtime_error);
}

}  // namespace
}  // namespace cadre
