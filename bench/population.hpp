// Made-up people who look like those of a dataset: each takes a name, a number of rows, and row
// after row from somebody, so that words, their frequencies, dates and missing values are those of
// the dataset. The same seed gives the same people on every machine.
#pragma once

#include <cstddef>
#include <cstdint>
#include <random>
#include <string>

#include "cadre/data/dataset.hpp"

namespace cadre::bench {

class Population {
 public:
  /// Keeps a reference to `dataset`, which must have people.
  Population(const Dataset& dataset, std::uint32_t seed) : dataset_(dataset), random_(seed) {}

  /// The next person, as one line of JSON without its line feed.
  std::string next();

 private:
  const Person& somebody();
  void add_rows(std::string& json, Table table);

  const Dataset& dataset_;
  std::mt19937 random_;
  std::size_t count_ = 0;
};

}  // namespace cadre::bench
