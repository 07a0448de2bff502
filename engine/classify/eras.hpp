// Which era a day or a promotion belongs to.
#pragma once

#include <cstdint>
#include <optional>

#include "cadre/base/date.hpp"
#include "cadre/rules/model.hpp"

namespace cadre {

/// The era in which all the days of the date lie; nothing when it straddles a boundary or lies
/// outside them all. (as_of does not matter here: it limits what is looked at, not when eras are.)
std::optional<std::uint32_t> era_of(const EraScheme& scheme, const Date& date);

/// The era to which a promotion of that date counts. Where promotions count to the incoming era, it
/// is the latest era whose transition has opened by the last day of the date, unless it is over:
/// the transition opens `transition_opens_before` before the era begins. A promotion that
/// may lie after the scheme's as_of counts to none.
std::optional<std::uint32_t> era_of_promotion(const EraScheme& scheme, const Date& date);

}  // namespace cadre
