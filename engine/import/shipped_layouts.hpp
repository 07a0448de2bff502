// The layouts of rules/layouts/, compiled in, so that `cadre import` finds them wherever it runs.
#pragma once

#include <map>
#include <string>
#include <string_view>

namespace cadre {

/// The texts of the layout files by name ("chinese.yaml"), in the order in which they are tried.
const std::map<std::string, std::string_view>& shipped_layouts();

}  // namespace cadre
