#include "fuzz/targets.hpp"

#include <array>

namespace cadre::fuzz {

std::span<const Target> targets() {
  static constexpr std::array kTargets = {
      Target{"rules", rules},     Target{"check", check},
      Target{"terms", terms},     Target{"matching", matching},
      Target{"csv", csv},         Target{"json_lines", json_lines},
      Target{"package", package}, Target{"compressed", compressed},
      Target{"dates", dates},     Target{"run", run},
      Target{"sql", sql},         Target{"import", import},
  };
  return kTargets;
}

}  // namespace cadre::fuzz
