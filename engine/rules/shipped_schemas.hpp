// The schemas that come with cadre (rules/schemas/), as texts in the library.
#pragma once

#include <map>
#include <string>
#include <string_view>

namespace cadre {

/// By the name of the file.
const std::map<std::string, std::string_view>& shipped_schemas();

}  // namespace cadre
