// What the benchmarks look for, and in what: names of institutions and organisations of a dataset
// in the texts of made-up people.
#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "cadre/data/dataset.hpp"
#include "cadre/text/fold.hpp"

namespace cadre::bench {

/// Folded words, sorted, all different.
using Words = std::vector<std::string>;

/// All names of institutions and organisations, folded, each once, in a random order that is always
/// the same.
std::vector<std::string> names_of(const Dataset& dataset);

/// The first `count` names as words.
Words first_of(const std::vector<std::string>& names, std::size_t count);

struct TermSet {
  std::string size;  ///< "small" (200), "medium" (2,000), "large" (all)
  Words words;
};
std::vector<TermSet> term_sets(const Dataset& dataset);

/// All texts of the education and career of people, who come as JSON, folded.
FoldedBlock fold_texts(std::span<const std::string> lines);

/// One by one. Good until the block changes.
std::vector<std::string_view> texts_of(const FoldedBlock& folded);

}  // namespace cadre::bench
