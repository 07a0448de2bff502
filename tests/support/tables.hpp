// The tables of the default schema, by number.
#pragma once

#include "cadre/data/schema.hpp"

namespace cadre {

inline constexpr Table kEducation{1};
inline constexpr Table kCareer{2};
inline constexpr Table kPosts{3};

/// All four.
inline Tables all_tables() {
  return Tables(4);
}

}  // namespace cadre
