// Terms and texts of the benchmarks as files, for engines that are other programs (bench/peers).
#pragma once

#include <filesystem>
#include <span>
#include <string>

#include "cadre/data/dataset.hpp"

namespace cadre::bench {

/// Writes texts.txt, the folded cells of `lines` (people as JSON), one a line; some-texts.txt, the
/// first tenth of these, for slow engines; and the terms of each size, small.txt, medium.txt and
/// large.txt.
void export_texts(const Dataset& dataset, std::span<const std::string> lines,
                  const std::filesystem::path& folder);

}  // namespace cadre::bench
