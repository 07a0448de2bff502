// Reading the cells of a query's answer. For the files of analyse/ and report/.
#pragma once

#include <optional>
#include <string>

#include "cadre/base/truth.hpp"
#include "cadre/rules/model.hpp"

namespace cadre {

/// The text of a cell; empty for NULL. Numbers are written out.
std::string text_of(const Cell& cell);

/// The number in a cell, if it is one.
std::optional<double> number_of(const Cell& cell);

/// The whole number in a cell, or 0.
std::int64_t whole_of(const Cell& cell);

/// "true", "false", anything else is unknown.
Truth truth_of(const Cell& cell);

}  // namespace cadre
