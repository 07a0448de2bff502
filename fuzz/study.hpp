// A small study, loaded once: rules and people for targets that need some.
#pragma once

#include "cadre/data/dataset.hpp"
#include "cadre/rules/model.hpp"

namespace cadre::fuzz {

const Rules& small_rules();
const Dataset& small_dataset();

/// Its run as a file, in bytes.
const std::string& small_run();

}  // namespace cadre::fuzz
