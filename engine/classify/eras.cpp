#include "cadre/classify/eras.hpp"

namespace cadre {

std::optional<std::uint32_t> era_of(const EraScheme& scheme, const Date& date) {
  for (std::uint32_t i = 0; i < scheme.eras.size(); ++i) {
    const Era& era = scheme.eras[i];
    if (era.from.first() <= date.first() && (!era.to || date.last() < era.to->first())) return i;
  }
  return std::nullopt;
}

std::optional<std::uint32_t> era_of_promotion(const EraScheme& scheme, const Date& date) {
  if (scheme.as_of && date.last() > scheme.as_of->last()) return std::nullopt;
  const bool incoming = scheme.promotions_count_to_incoming && scheme.transition_opens_before;
  std::optional<std::uint32_t> found;
  for (std::uint32_t i = 0; i < scheme.eras.size(); ++i) {
    const Era& era = scheme.eras[i];
    const Day opens =
        incoming ? back(era.from.first(), *scheme.transition_opens_before) : era.from.first();
    if (opens <= date.last()) found = i;  // eras stand in order of time: the last that has opened
  }
  if (found && scheme.eras[*found].to && date.first() >= scheme.eras[*found].to->first()) {
    return std::nullopt;
  }
  return found;
}

}  // namespace cadre
