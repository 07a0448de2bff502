// The people of a dataset under one rule set after another: each distinct text is looked at once,
// and again only for the lexicons that an edit touched, also by who comes after: a run keeps what
// was found (run/restore.hpp).
#pragma once

#include <cstddef>
#include <map>
#include <span>
#include <string>
#include <vector>

#include "cadre/classify/classification.hpp"
#include "cadre/classify/classifier.hpp"
#include "cadre/classify/distinct_texts.hpp"
#include "cadre/classify/lexicon_matches.hpp"
#include "cadre/data/person.hpp"
#include "cadre/data/schema.hpp"
#include "cadre/rules/model.hpp"

namespace cadre {

/// What lexicons find in the distinct texts of a dataset (LexiconMatches::pack), by a digest of all
/// that decides what a lexicon finds: its categories and terms, the limits of matching, and the
/// versions of cadre and of Unicode.
using KeptMatches = std::map<std::string, std::string>;

/// Belongs to one thread. Keeps references to the people and the schema.
class DatasetClassifier {
 public:
  /// `kept` is of the same people and schema.
  DatasetClassifier(std::span<const Person> people, const Schema& schema, KeptMatches kept = {});

  /// What a Classifier says of all the people, in their order. The rules must fit the schema
  /// (check_schema) and outlive the result. As Classifier::classify otherwise. Throws Error
  /// kCorrupt when what was kept does not fit the texts.
  std::vector<Classification> classify(const Rules& rules, unsigned threads = 0,
                                       Classifier::Progress* progress = nullptr,
                                       Reasons reasons = Reasons::kKept);

  /// What was kept, and all that was found since.
  const KeptMatches& kept() const { return kept_; }

  /// How many texts were looked at, for however many lexicons at once.
  std::size_t texts_looked_at() const { return texts_looked_at_; }

 private:
  /// Of each lexicon of the rules, in all the texts that they may ask about.
  std::vector<LexiconMatches> find_all(const Rules& rules, unsigned threads);

  std::span<const Person> people_;
  const Schema& schema_;
  DistinctTexts texts_;
  KeptMatches kept_;
  std::size_t texts_looked_at_ = 0;
};

}  // namespace cadre
