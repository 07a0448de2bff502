#include "cadre/base/truth.hpp"

#include "tests/catch.hpp"

namespace cadre {
namespace {

constexpr Truth F = Truth::kFalse;
constexpr Truth T = Truth::kTrue;
constexpr Truth U = Truth::kUnknown;

struct Row {
  Truth a, b, both, either;
};

// Kleene 1952, section 64.
constexpr Row kTables[] = {
    {T, T, T, T}, {T, F, F, T}, {T, U, U, T},  //
    {F, T, F, T}, {F, F, F, F}, {F, U, F, U},  //
    {U, T, U, T}, {U, F, F, U}, {U, U, U, U},
};

TEST_CASE("and and or follow Kleene's tables") {
  for (const Row& row : kTables) {
    CAPTURE(name(row.a), name(row.b));
    CHECK((row.a & row.b) == row.both);
    CHECK((row.a | row.b) == row.either);
  }
}

TEST_CASE("not turns true and false round and leaves unknown") {
  CHECK((!T) == F);
  CHECK((!F) == T);
  CHECK((!U) == U);
}

TEST_CASE("truth of a bool, and names") {
  CHECK(truth(true) == T);
  CHECK(truth(false) == F);
  CHECK(name(T) == "true");
  CHECK(name(F) == "false");
  CHECK(name(U) == "unknown");
}

}  // namespace
}  // namespace cadre
