// Many names in one message.
#pragma once

#include <string>
#include <vector>

namespace cadre {

/// The first 20 of them, as a message lists them: "a, b, c and 12 more".
std::string listed(const std::vector<std::string>& names);

}  // namespace cadre
