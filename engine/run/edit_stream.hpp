// What an edit of the rules does to people: only those whose labels it changes.
//
// Where the edit is no more than terms that came or went (classify/edit.hpp), the lines of the
// input are searched for these words as they stand, before anything is made of them; a line that
// holds none is passed by. The rest is classified by both rule sets without reasons, and only who
// differs is classified with them.
#pragma once

#include <functional>
#include <string>
#include <string_view>

#include "cadre/data/dataset.hpp"
#include "cadre/data/portions.hpp"
#include "cadre/rules/model.hpp"
#include "cadre/run/changed_people.hpp"
#include "cadre/run/stream.hpp"

namespace cadre {

/// Writes, as JSON Lines and in the order of the input, the people of whom a label differs between
/// the rule sets: their lines as classify_stream writes them by `after`, and under "before" what
/// these labels were. A label that `before` lacks was unknown. StreamOptions::format
/// and its finished portions have no say. Everything else is as for classify_stream.
EditReport classify_edit_stream(const Rules& before, const Rules& after, const std::string& name,
                                const PortionReader::Read& read,
                                const std::function<void(std::string_view)>& write,
                                const StreamOptions& options = {});

/// The same of people who are all there. The rules must fit the schema
/// (classify/classifier.hpp: check_schema). `threads`: 0 for as many as the machine has cores.
EditReport classify_edit(const Rules& before, const Rules& after, const Dataset& dataset,
                         const std::function<void(std::string_view)>& write, unsigned threads = 0);

}  // namespace cadre
