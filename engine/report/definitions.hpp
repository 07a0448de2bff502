// What a label means, in plain words, made from the rules.
#pragma once

#include <string>
#include <vector>

#include "cadre/rules/model.hpp"

namespace cadre {

/// A sentence, or the head of a list: "all of these:". Where it speaks of another label, or of word
/// lists, a reader can go on from here.
struct Sentence {
  std::string text;
  std::string label;               ///< the label that it asks for, or empty
  std::vector<std::string> lists;  ///< word lists that it names, such as industries/aerospace
  std::vector<Sentence> parts;
};

/// What must be so for the label to hold; for categories, numbers and dates, how they are found.
Sentence define(const Rules& rules, const Label& label);

}  // namespace cadre
