// A run that was changed by hand, or damaged.
#pragma once

#include <filesystem>
#include <string>

namespace cadre::testing {

/// Carries out statements on a run, which must succeed.
void change_run(const std::filesystem::path& run, const std::string& sql);

}  // namespace cadre::testing
