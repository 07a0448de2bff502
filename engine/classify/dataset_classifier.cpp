#include "cadre/classify/dataset_classifier.hpp"

#include <fmt/format.h>
#include <unicode/uchar.h>
#include <unicode/uversion.h>

#include <cstdint>
#include <utility>

#include "cadre/base/parallel.hpp"
#include "cadre/base/sha256.hpp"
#include "cadre/base/version.hpp"
#include "cadre/classify/fingerprint.hpp"
#include "cadre/classify/label_evaluation.hpp"
#include "cadre/classify/person_text.hpp"
#include "cadre/classify/searched_columns.hpp"
#include "cadre/match/matcher.hpp"
#include "cadre/match/revision.hpp"

namespace cadre {
namespace {

std::string digest_of(const DistinctTexts& texts) {
  std::string all;
  for (const DistinctTexts::Text& text : texts.all()) {
    all += fmt::format("{} {}\n", text.language, text.text.size());
    all += text.text;
  }
  return sha256(all);
}

/// The key of KeptMatches.
std::string digest_of(const Lexicon& lexicon, const MatchLimits& limits, const std::string& texts) {
  UVersionInfo version;
  u_getUnicodeVersion(version);
  char unicode[U_MAX_VERSION_STRING_LENGTH];
  u_versionToString(version, unicode);
  return sha256(fmt::format("cadre {}, matching {}, Unicode {}\nlimits {} {}\ntexts {}\n", kVersion,
                            kMatchingRevision, unicode, limits.regex_memory, limits.max_matches,
                            texts) +
                describe_matching(lexicon));
}

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
      texts_digest_(digest_of(texts_)),
      kept_(std::move(kept)) {}

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
    digests.push_back(digest_of(rules.lexicons[lexicon], rules.match_limits, texts_digest_));
    const auto kept = kept_.find(digests.back());
    matches.push_back(
        kept == kept_.end()
            ? LexiconMatches(texts.size())
            : LexiconMatches::unpack(kept->second, rules.lexicons[lexicon], lexicon, texts));
    bool complete = true;
    for (std::uint32_t text = 0; text < texts.size(); ++text) {
      if (!searched[text] || matches.back().knows(text)) continue;
      unknown[text] = true;
      complete = false;
    }
    if (!complete) incomplete.push_back(lexicon);
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
    kept_[digests[lexicon]] = matches[lexicon].pack();
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
