// Dates as biographies write them: 1978.09, 1978年9月, September 1978, 一九七八年九月.
#pragma once

#include <optional>
#include <string_view>

#include "cadre/base/date.hpp"

namespace cadre {

/// The date that `text` says. What it leaves to the date before it (同年10月, 次年, the 82 of
/// 1978-82) is taken from `before`. Seasons and halves of a year (1978年底, early 1978) give the
/// year alone. Nothing for what is no date of the calendar.
std::optional<Date> read_written_date(std::string_view text, const std::optional<Date>& before);

}  // namespace cadre
