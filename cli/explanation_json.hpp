// An explanation for programs.
#pragma once

#include <string>
#include <vector>

#include "cadre/analyse/explanation.hpp"
#include "cadre/analyse/people.hpp"

namespace cadre::cli {

/// One JSON object: the person, and the labels with their steps, rows, cells and words. Offsets are
/// bytes of the cell in UTF-8.
std::string render_explanation_json(const PersonSummary& person,
                                    const std::vector<ExplainedLabel>& labels);

}  // namespace cadre::cli
