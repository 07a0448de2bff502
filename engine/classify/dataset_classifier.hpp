// The people of a dataset under one rule set after another: each distinct text is looked at once,
// and again only for the lexicons that an edit touched, also by who comes after: a run keeps what
// was found (run/restore.hpp).
#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "cadre/classify/classification.hpp"
#include "cadre/classify/classifier.hpp"
#include "cadre/classify/distinct_texts.hpp"
#include "cadre/classify/kept_matches.hpp"
#include "cadre/classify/lexicon_matches.hpp"
#include "cadre/data/person.hpp"
#include "cadre/data/schema.hpp"
#include "cadre/rules/model.hpp"

namespace cadre {

/// Belongs to one thread. Keeps references to the people and the schema.
class DatasetClassifier {
 public:
  /// Throws Error kCorrupt when what is kept is not in its form.
  DatasetClassifier(std::span<const Person> people, const Schema& schema, KeptMatches kept = {});

  DatasetClassifier(std::span<const Person> people, const Schema&& schema,
                    KeptMatches kept = {}) = delete;

  /// What a Classifier says of all the people, as Classifier::classify; but that the limit of
  /// matches counts only those of lexicons that are looked for together. The rules must fit the
  /// schema (check_schema) and outlive the result. Throws Error kLimit, and kCorrupt when what was
  /// kept cannot be what a lexicon finds in these texts.
  std::vector<Classification> classify(const Rules& rules, unsigned threads = 0,
                                       Classifier::Progress* progress = nullptr,
                                       Reasons reasons = Reasons::kKept);

  std::vector<Classification> classify(const Rules&& rules, unsigned threads = 0,
                                       Classifier::Progress* progress = nullptr,
                                       Reasons reasons = Reasons::kKept) = delete;

  /// What the lexicons of these rules were found to match, for those who come after.
  KeptMatches kept(const Rules& rules) const;

  /// How many texts were looked at, for however many lexicons at once; for tests.
  std::size_t texts_looked_at() const { return texts_looked_at_; }

 private:
  /// Of each lexicon of the rules, in all the texts that they may ask about; not all when
  /// cancelled.
  std::vector<LexiconMatches> find_all(const Rules& rules, unsigned threads,
                                       const Classifier::Progress* progress);
  /// What is known of a lexicon of the rules.
  LexiconMatches known(std::uint32_t lexicon, const Rules& rules, const std::string& digest) const;

  std::span<const Person> people_;
  const Schema& schema_;
  DistinctTexts texts_;
  KeptMatches kept_;                                       // as it was given
  std::vector<std::optional<std::uint32_t>> kept_number_;  // of each text among the kept
  std::map<std::string, LexiconMatches> found_;            // by lexicon_digest
  std::size_t texts_looked_at_ = 0;
};

}  // namespace cadre
