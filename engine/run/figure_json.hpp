// The parts of a figure that a run keeps as JSON.
#pragma once

#include <string>

#include "cadre/rules/model.hpp"

namespace cadre {

/// The key as an array of names; empty when there is none.
std::string key_json(const Figure& figure);

/// {"source", "note", "approximate", "rows": [{column: value, ...}, ...]}; empty when the study
/// states no numbers.
std::string published_json(const Figure& figure);

/// The way back. Throw Error kCorrupt when the text is not what the two above write.
void read_key_json(const std::string& json, Figure& figure);
void read_published_json(const std::string& json, Figure& figure);

}  // namespace cadre
