#include "bench/growth.hpp"

#include <algorithm>
#include <random>
#include <set>
#include <string>

#include "bench/measure.hpp"
#include "bench/terms.hpp"
#include "cadre/match/literal_set.hpp"

namespace cadre::bench {
namespace {

std::string half(const std::string& word, bool first) {
  std::size_t middle = word.size() / 2;
  while (middle < word.size() && (static_cast<unsigned char>(word[middle]) & 0xC0) == 0x80) {
    ++middle;
  }
  return first ? word.substr(0, middle) : word.substr(middle);
}

/// A thousand names, and others made of their halves.
std::vector<std::string> many_names(const Dataset& dataset, std::size_t count) {
  const std::vector<std::string> all = names_of(dataset);
  const std::size_t real = all.size();
  std::vector<std::string> names(
      all.begin(), all.begin() + static_cast<std::ptrdiff_t>(std::min<std::size_t>(1000, real)));
  std::mt19937 random(2);
  std::set<std::string> known(all.begin(), all.end());
  while (names.size() < count) {
    std::string word = half(all[random() % real], true) + half(all[random() % real], false);
    if (word.size() >= 6 && word.front() != ' ' && known.insert(word).second) names.push_back(word);
  }
  return names;
}

}  // namespace

std::vector<Growth> growth_with_terms(const Dataset& dataset, std::string_view text, int rounds) {
  const std::vector<std::string> names = many_names(dataset, 100'000);
  std::vector<Growth> results;
  for (const std::size_t count : {10U, 100U, 1'000U, 10'000U, 100'000U}) {
    const Words words = first_of(names, count);
    const std::vector<std::string_view> views(words.begin(), words.end());
    Growth growth;
    growth.terms = count;
    LiteralSet set;
    growth.compile_seconds = cpu_seconds([&] { set = LiteralSet(views); });
    growth.mebibytes = static_cast<double>(set.memory()) / (1 << 20);
    LiteralSet::Scratch scratch;
    std::vector<LiteralSet::Hit> hits;
    std::vector<double> seconds;
    constexpr std::size_t kBlock = 64 << 10;
    for (int round = 0; round <= rounds; ++round) {
      std::size_t found = 0;
      seconds.push_back(cpu_seconds([&] {
        for (std::size_t at = 0; at < text.size(); at += kBlock) {
          hits.clear();
          set.find(text.substr(at, kBlock), scratch, hits);
          found += hits.size();
        }
      }));
      growth.hits_per_kilobyte =
          static_cast<double>(found) / static_cast<double>(text.size()) * 1e3;
    }
    growth.nanoseconds_per_byte = median(seconds) / static_cast<double>(text.size()) * 1e9;
    results.push_back(growth);
  }
  return results;
}

}  // namespace cadre::bench
