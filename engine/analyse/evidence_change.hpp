// The words that speak for a label on one side of a diff only, and what decided on either side. For
// the files of this folder.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "cadre/analyse/diff.hpp"
#include "cadre/classify/classification.hpp"
#include "cadre/data/person.hpp"
#include "cadre/data/schema.hpp"

namespace cadre {

/// A label of a person on one side, by its number there; nothing where the side does not have it.
struct LabelOfSide {
  const Classification& classification;
  std::optional<std::uint32_t> label;
};

/// The words that a label of a person and the labels that it builds on rest on in `a` and not in
/// `b`, and the other way round. A side without the label has no words.
std::pair<std::vector<ChangedWords>, std::vector<ChangedWords>> changed_words(const LabelOfSide& a,
                                                                              const LabelOfSide& b,
                                                                              const Person& person,
                                                                              const Schema& schema);

/// The condition that decided, with what was measured or what the nearest row lacked.
std::string deciding_reason(const Classification& classification, std::uint32_t label);

}  // namespace cadre
