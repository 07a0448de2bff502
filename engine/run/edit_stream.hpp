// What an edit of the rules does to people, as they come: only those whose labels it changes.
//
// Where the edit is no more than terms that came or went (classify/edit.hpp), the lines of the
// input are searched for these words as they stand, before anything is made of them; a line that
// holds none is passed by. The rest is classified by both rule sets without reasons, and only who
// differs is classified with them.
#pragma once

#include <array>
#include <cstddef>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "cadre/base/diagnostic.hpp"
#include "cadre/data/portions.hpp"
#include "cadre/rules/model.hpp"
#include "cadre/run/stream.hpp"

namespace cadre {

/// What becomes of one label.
struct LabelEffect {
  /// People of whom the label was something else, by what it is now (Truth: false, unknown, true).
  std::array<std::size_t, 3> became = {};
  /// People of whom it has another value than before: category, number or date.
  std::size_t other_value = 0;

  std::size_t changed() const { return became[0] + became[1] + became[2] + other_value; }
};

struct EditReport {
  std::size_t people = 0;           ///< lines that hold somebody
  std::size_t classified = 0;       ///< whom the edit may touch
  std::size_t changed = 0;          ///< of whom some label differs
  std::vector<LabelEffect> labels;  ///< parallel to the labels of the second rule set
  Diagnostics diagnostics;          ///< as StreamReport::diagnostics, of the lines that were read
};

/// Writes, as JSON Lines and in the order of the input, the people of whom a label differs between
/// the rule sets: their lines as classify_stream writes them by `after`, and under "before" what
/// these labels were. A label that `before` lacks was unknown. StreamOptions::format and its
/// finished portions have no say. Everything else is as for classify_stream.
EditReport classify_edit_stream(const Rules& before, const Rules& after, const std::string& name,
                                const PortionReader::Read& read,
                                const std::function<void(std::string_view)>& write,
                                const StreamOptions& options = {});

}  // namespace cadre
