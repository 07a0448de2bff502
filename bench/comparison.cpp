#include "bench/comparison.hpp"

#include <cstddef>
#include <functional>
#include <memory>
#include <string_view>
#include <utility>

#include "bench/end_to_end.hpp"
#include "bench/engines.hpp"
#include "bench/measure.hpp"
#include "bench/terms.hpp"

namespace cadre::bench {
namespace {

/// One who takes part in a comparison.
struct Contestant {
  std::string engine;
  std::function<void()> work;
  std::function<std::uint64_t()> checksum;  // of what the work came to
  std::vector<double> seconds;
};

std::uint64_t checksum_of(std::span<const Span> spans) {
  std::uint64_t sum = 0;
  for (const Span& span : spans) sum += mix(span.record, span.word, span.begin);
  return sum;
}

class Comparison {
 public:
  Comparison(std::span<const std::string> lines, int rounds)
      : folded_(fold_texts(lines)), rounds_(rounds), records_(texts_of(folded_)) {
    for (const std::string& line : lines) people_ += line + '\n';
    for (const std::string_view record : records_) record_bytes_ += record.size();
  }

  void run(const TermSet& terms) {
    std::vector<NamedEngine> all = engines(terms.words);
    match(terms, all);
    end_to_end(terms, all);
  }

  std::vector<Measured> results;

 private:
  void match(const TermSet& terms, std::vector<NamedEngine>& all) {
    std::vector<Contestant> contestants;
    for (const NamedEngine& one : all) {
      contestants.push_back({one.name,
                             [&] {
                               spans_.clear();
                               one.engine->find(records_, spans_);
                             },
                             [&] { return checksum_of(spans_); },
                             {}});
    }
    measure("match", terms.size, contestants, record_bytes_);
  }

  void end_to_end(const TermSet& terms, std::vector<NamedEngine>& all) {
    const Rules rules = rules_for(terms.words);
    const auto checksum = [this] { return std::hash<std::string>()(out_); };
    std::vector<Contestant> contestants;
    contestants.push_back({"cadre",
                           [&] {
                             out_.clear();
                             classify_as_cadre(rules, people_, out_);
                           },
                           checksum,
                           {}});
    for (const NamedEngine& one : all) {
      const auto other = std::make_shared<OtherMatching>(rules, terms.words, *one.engine);
      contestants.push_back({one.name == "cadre" ? "cadre_each_time" : one.name,
                             [this, other] {
                               out_.clear();
                               other->classify(people_, out_);
                             },
                             checksum,
                             {}});
    }
    measure("end to end", terms.size, contestants, people_.size());
  }

  void measure(const std::string& task, const std::string& terms,
               std::vector<Contestant>& contestants, std::size_t bytes) {
    std::vector<std::uint64_t> checksums;
    for (int round = 0; round <= rounds_; ++round) {  // the first one warms up
      for (Contestant& one : contestants) {
        const double seconds = cpu_seconds(one.work);
        if (round > 0) {
          one.seconds.push_back(seconds);
        } else {
          checksums.push_back(one.checksum());
        }
      }
    }
    for (std::size_t i = 0; i < contestants.size(); ++i) {
      const Contestant& one = contestants[i];
      results.push_back({task, terms, one.engine,
                         static_cast<double>(bytes) / median(one.seconds) / 1e6, checksums[i]});
    }
  }

  const FoldedBlock folded_;
  const int rounds_;
  const std::vector<std::string_view> records_;
  std::string people_;
  std::size_t record_bytes_ = 0;
  std::vector<Span> spans_;  // what an engine found
  std::string out_;          // what one wrote
};

}  // namespace

std::vector<Measured> compare_engines(const Dataset& dataset, std::span<const std::string> lines,
                                      int rounds) {
  Comparison comparison(lines, rounds);
  for (const TermSet& terms : term_sets(dataset)) comparison.run(terms);
  return std::move(comparison.results);
}

}  // namespace cadre::bench
