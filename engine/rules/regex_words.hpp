// What RE2 finds wrong with a regular expression, in words that do not change from one version of
// it to the next.
#pragma once

#include <re2/re2.h>

#include <string>
#include <string_view>

namespace cadre {

/// "RE2 does not know this group: (?=", of an expression that is not ok(). The offending part is
/// named where it is short and not the whole.
std::string regex_mistake(const re2::RE2& regex);

/// What to do about it, wherever the expression stands; may be empty.
std::string_view regex_hint(re2::RE2::ErrorCode code);

/// Whether it is a construct that RE2 does not have, such as look-ahead.
bool is_missing_in_re2(re2::RE2::ErrorCode code);

}  // namespace cadre
