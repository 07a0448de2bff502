#include "cadre/classify/dataset_classifier.hpp"

#include <algorithm>
#include <cstdint>
#include <utility>

#include "cadre/base/parallel.hpp"
#include "cadre/classify/label_evaluation.hpp"
#include "cadre/classify/person_text.hpp"
#include "cadre/classify/searched_columns.hpp"
#include "cadre/match/matcher.hpp"

namespace cadre {
namespace {

/// Which of the texts some label of the rules may ask about.
std::vector<bool> searched_texts(const DistinctTexts& texts, std::span<const Person> people,
                                 const SearchedColumns& searched) {
  std::vector<bool> wanted(texts.all().size());
  for (std::size_t person = 0; person < people.size(); ++person) {
    for (const Table table : kTables) {
      const std::span<const Row> rows = people[person].rows(table);
      for (std::uint32_t row = 0; row < rows.size(); ++row) {
        for (const std::uint32_t column : searched[static_cast<std::size_t>(table)]) {
          if (rows[row].cells[column].empty()) continue;
          wanted[texts.number(person, table, row, column)] = true;
        }
      }
    }
  }
  return wanted;
}

bool cancelled(const Classifier::Progress* progress) {
  return progress != nullptr && progress->cancel;
}

/// What lexicons find in texts, portion by portion; not of all when cancelled.
class Search {
 public:
  /// `lexicons` are those of these numbers.
  Search(const std::vector<Lexicon>& all, const std::vector<std::uint32_t>& lexicons,
         const MatchLimits& limits, std::span<const DistinctTexts::Text> texts,
         std::span<const std::uint32_t> numbers, unsigned threads,
         const Classifier::Progress* progress)
      : portions_((numbers.size() + kPortion - 1) / kPortion) {
    std::vector<Lexicon> looked_for;
    for (const std::uint32_t lexicon : lexicons) looked_for.push_back(all[lexicon]);
    const Matcher matcher(looked_for, limits);
    in_portions(numbers.size(), kPortion, threads, [&](std::size_t begin, std::size_t end) {
      if (cancelled(progress)) return false;
      MatchBatch batch;
      for (std::size_t i = begin; i < end; ++i) {
        batch.add(texts[numbers[i]].text, texts[numbers[i]].language);
      }
      matcher.find(batch);
      Portion& portion = portions_[begin / kPortion];
      for (std::uint32_t i = 0; i < end - begin; ++i) {
        portion.first.push_back(portion.matches.size());
        for (Match match : batch.matches(i)) {
          match.lexicon = lexicons[match.lexicon];
          portion.matches.push_back(match);
        }
      }
      portion.first.push_back(portion.matches.size());
      return true;
    });
  }

  /// The matches of a lexicon in the text at that place of `numbers`.
  std::span<const Match> found(std::uint32_t lexicon, std::size_t place) const {
    const Portion& portion = portions_[place / kPortion];
    const std::size_t begin = portion.first[place % kPortion];
    const std::size_t end = portion.first[place % kPortion + 1];
    return of_lexicon(std::span(portion.matches).subspan(begin, end - begin), lexicon);
  }

 private:
  /// Enough texts to fill some of the matcher's blocks.
  static constexpr std::size_t kPortion = 1024;

  struct Portion {
    std::vector<Match> matches;
    std::vector<std::size_t> first;  // of each text in them, and the end
  };
  std::vector<Portion> portions_;
};

}  // namespace

DatasetClassifier::DatasetClassifier(std::span<const Person> people, const Schema& schema,
                                     KeptMatches kept)
    : people_(people),
      schema_(schema),
      texts_(people, schema),
      kept_(std::move(kept)),
      kept_number_(KeptTexts(kept_.texts).find(texts_.all())) {}

KeptMatches DatasetClassifier::kept(const Rules& rules) const {
  std::map<std::string, const LexiconMatches*> found;
  for (const Lexicon& lexicon : rules.lexicons) {
    const auto at = found_.find(lexicon_digest(lexicon, rules.match_limits));
    if (at != found_.end()) found.emplace(at->first, &at->second);
  }
  // Not texts that only earlier rules searched: what is kept depends on the rules, not on history.
  const std::vector<bool> searched =
      searched_texts(texts_, people_, searched_columns(rules, schema_));
  KeptMatches kept;
  const TextKeys keys;
  std::vector<std::uint32_t> texts;
  for (std::uint32_t text = 0; text < texts_.all().size(); ++text) {
    const auto knows = [text](const auto& one) { return one.second->knows(text); };
    if (!searched[text] || std::none_of(found.begin(), found.end(), knows)) continue;
    texts.push_back(text);
    const TextKey key = keys.key(texts_.all()[text]);
    kept.texts.append(key.data(), key.size());
  }
  for (const auto& [digest, matches] : found) {
    kept.lexicons[digest] = pack_matches(*matches, texts);
  }
  return kept;
}

LexiconMatches DatasetClassifier::known(std::uint32_t lexicon, const Rules& rules,
                                        const std::string& digest) const {
  if (const auto found = found_.find(digest); found != found_.end()) {
    LexiconMatches known = found->second;
    known.set_lexicon(lexicon);
    return known;
  }
  const std::vector<DistinctTexts::Text>& texts = texts_.all();
  LexiconMatches known(texts.size());
  const auto kept = kept_.find(rules.lexicons[lexicon], lexicon, rules.match_limits);
  if (!kept) return known;
  std::vector<std::uint32_t> numbers;
  std::vector<Match> matches;
  std::vector<std::size_t> first = {0};
  for (std::uint32_t text = 0; text < texts.size(); ++text) {
    if (!kept->append(kept_number_[text], texts[text], matches)) continue;
    numbers.push_back(text);
    first.push_back(matches.size());
  }
  known.set(numbers, [&](std::size_t place) {
    return std::span(matches).subspan(first[place], first[place + 1] - first[place]);
  });
  return known;
}

std::vector<LexiconMatches> DatasetClassifier::find_all(const Rules& rules, unsigned threads,
                                                        const Classifier::Progress* progress) {
  const std::vector<DistinctTexts::Text>& texts = texts_.all();
  const std::vector<bool> searched =
      searched_texts(texts_, people_, searched_columns(rules, schema_));
  std::vector<LexiconMatches> matches;
  std::vector<std::string> digests;
  std::vector<std::uint32_t> incomplete;    // lexicons
  std::vector<bool> unknown(texts.size());  // texts that one of them is to be looked for in
  for (std::uint32_t lexicon = 0; lexicon < rules.lexicons.size(); ++lexicon) {
    digests.push_back(lexicon_digest(rules.lexicons[lexicon], rules.match_limits));
    matches.push_back(known(lexicon, rules, digests.back()));
    bool complete = true;
    for (std::uint32_t text = 0; text < texts.size(); ++text) {
      if (!searched[text] || matches.back().knows(text)) continue;
      unknown[text] = true;
      complete = false;
    }
    if (!complete) {
      incomplete.push_back(lexicon);
    } else {
      found_.try_emplace(digests.back(), matches.back());
    }
  }
  if (incomplete.empty()) return matches;

  std::vector<std::uint32_t> numbers;
  for (std::uint32_t text = 0; text < texts.size(); ++text) {
    if (unknown[text]) numbers.push_back(text);
  }
  const Search search(rules.lexicons, incomplete, rules.match_limits, texts, numbers, threads,
                      progress);
  if (cancelled(progress)) return matches;
  for (const std::uint32_t lexicon : incomplete) {
    matches[lexicon].set(numbers, [&](std::size_t place) { return search.found(lexicon, place); });
    found_.insert_or_assign(digests[lexicon], matches[lexicon]);
  }
  texts_looked_at_ += numbers.size();
  return matches;
}

std::vector<Classification> DatasetClassifier::classify(const Rules& rules, unsigned threads,
                                                        Classifier::Progress* progress,
                                                        Reasons reasons) {
  // Few enough people to share the work evenly.
  constexpr std::size_t kPortion = 16;
  const std::vector<LexiconMatches> matches = find_all(rules, threads, progress);
  const BoundConditions conditions = bind_conditions(rules, schema_);
  std::vector<Classification> results(people_.size());
  in_portions(people_.size(), kPortion, threads, [&](std::size_t begin, std::size_t end) {
    if (cancelled(progress)) return false;
    for (std::size_t i = begin; i < end; ++i) {
      const auto find = [&, i](Table table, std::uint32_t row, std::uint32_t column,
                               std::uint32_t lexicon) {
        return matches[lexicon].in(texts_.number(i, table, row, column));
      };
      const PersonText text(schema_, people_[i], find);
      results[i].person = people_[i].id;
      results[i].rules = &rules;
      results[i].labels = evaluate_labels(rules, conditions, text, reasons);
    }
    if (progress) progress->done += end - begin;
    return true;
  });
  return results;
}

}  // namespace cadre
