#include "cadre/classify/classification.hpp"

#include <stdexcept>

namespace cadre {

const LabelValue& Classification::value(std::string_view name) const {
  const std::optional<std::uint32_t> index = rules ? rules->find_label(name) : std::nullopt;
  if (!index || *index >= labels.size()) {
    throw std::out_of_range("no label named '" + std::string(name) + "'");
  }
  return labels[*index];
}

Truth Classification::label(std::string_view name) const {
  return value(name).truth;
}

}  // namespace cadre
