// From JSON Lines to labels with their evidence, with one engine or another doing the matching.
//
// The rules ask whose education and whose career names one of the words in any column of text, and
// for how many years.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "bench/engines.hpp"
#include "bench/terms.hpp"
#include "cadre/classify/label_evaluation.hpp"
#include "cadre/classify/searched_columns.hpp"
#include "cadre/data/dataset.hpp"
#include "cadre/match/overlap.hpp"
#include "cadre/rules/model.hpp"
#include "cadre/run/person_json.hpp"
#include "cadre/run/rule_places.hpp"
#include "cadre/text/term.hpp"

namespace cadre::bench {

/// The rule set that looks for these words.
Rules rules_for(const Words& words);

/// As cadre does it (run/stream.hpp), by one thread. Appends the lines to `out`. `people` are JSON
/// Lines.
void classify_as_cadre(const Rules& rules, std::string_view people, std::string& out);

/// The same with an engine in the place of cadre's matching: every text is folded and given to the
/// engine, also when it came before. Reading, evaluating and writing are cadre's. Writes the same
/// bytes.
class OtherMatching {
 public:
  /// Keeps references to the rules for these words, and to the engine.
  OtherMatching(const Rules& rules, const Words& words, Engine& engine);
  OtherMatching(const OtherMatching&) = delete;
  OtherMatching& operator=(const OtherMatching&) = delete;

  void classify(std::string_view people, std::string& out);

 private:
  void classify(const Person& person, std::string& out);
  void find(const Person& person);

  const Rules& rules_;
  Engine& engine_;
  const Schema& schema_;
  const BoundConditions conditions_;
  const SearchedColumns searched_;
  const RulePlaces places_;
  const PersonJson json_;
  std::vector<FoldedTerm> terms_;
  std::vector<LexiconShape> shapes_;

  // Of the person at hand.
  FoldedBlock folded_;
  std::vector<std::uint32_t> record_of_[4];  // by table, row and column
  std::vector<Span> spans_;
  std::vector<std::vector<Match>> matches_;  // by record
};

}  // namespace cadre::bench
