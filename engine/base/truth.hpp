// Kleene's strong three-valued logic: what a label says of a person.
//
// Source: S. C. Kleene, Introduction to Metamathematics (1952), section 64.
#pragma once

#include <cstdint>
#include <string_view>

namespace cadre {

enum class Truth : std::uint8_t { kFalse, kTrue, kUnknown };

constexpr Truth truth(bool value) {
  return value ? Truth::kTrue : Truth::kFalse;
}

constexpr Truth operator!(Truth a) {
  return a == Truth::kUnknown ? a : truth(a == Truth::kFalse);
}

/// False if either side is false, true if both are true, otherwise unknown.
constexpr Truth operator&(Truth a, Truth b) {
  if (a == Truth::kFalse || b == Truth::kFalse) return Truth::kFalse;
  return a == Truth::kTrue && b == Truth::kTrue ? Truth::kTrue : Truth::kUnknown;
}

/// True if either side is true, false if both are false, otherwise unknown.
constexpr Truth operator|(Truth a, Truth b) {
  return !((!a) & (!b));
}

/// "true", "false" or "unknown".
constexpr std::string_view name(Truth value) {
  switch (value) {
    case Truth::kFalse:
      return "false";
    case Truth::kTrue:
      return "true";
    default:
      return "unknown";
  }
}

}  // namespace cadre
