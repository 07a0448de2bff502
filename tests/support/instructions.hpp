// How much work cadre does, counted in machine instructions by valgrind: unlike seconds, the same
// on a busy machine as on an idle one.
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace cadre::testing {

/// The instructions that cadre carries out, all its threads together, when it is run in `folder`
/// with these arguments; whatever its exit status. Nothing where there is no valgrind, or where the
/// program under test has sanitizers, which valgrind does not run.
std::optional<std::uint64_t> count_instructions(const std::vector<std::string>& arguments,
                                                const std::filesystem::path& folder);

}  // namespace cadre::testing
