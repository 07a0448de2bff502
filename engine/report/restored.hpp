// The rules of a run, compiled anew from what it holds.
#pragma once

#include "cadre/rules/model.hpp"
#include "cadre/run/run.hpp"

namespace cadre {

/// Throws Error kCorrupt when they cannot be read.
Rules restored_rules(const Run& run);

}  // namespace cadre
