#include "cadre/classify/kept_matches.hpp"

#include <algorithm>
#include <cstdint>
#include <iterator>
#include <random>
#include <span>
#include <string>
#include <vector>

#include "cadre/base/error.hpp"
#include "cadre/classify/dataset_classifier.hpp"
#include "cadre/classify/kept_matcher.hpp"
#include "cadre/classify/lexicon_matches.hpp"
#include "cadre/match/matcher.hpp"
#include "tests/catch.hpp"
#include "tests/support/study.hpp"

namespace cadre {
namespace {

/// Two lexicons that share words.
Rules rules_of(const std::string& fields) {
  return testing::rules_from(
      "ruleset: r\ncadre: 1\ninclude: [fields.yaml, offices.yaml]\nlabels:\n"
      "  found: {career: {org: {in: [fields, offices]}}}\n",
      {{"fields.yaml", "lexicon: fields\ncategories:\n" + fields},
       {"offices.yaml",
        "lexicon: offices\ncategories:\n  bureau: {terms: [工程局, 局], except: [邮局]}\n"
        "  works: {terms: {zh: [厂], en: [works]}, regex: {zh: ['机械.?厂']}}\n"}});
}

const std::string kFields = "  engineering: {terms: [工程, 机械], except: [社会工程]}\n";

std::string some_text(std::mt19937& random) {
  constexpr const char* kParts[] = {"社会", "工程", "机械", "局", "邮", "总", "厂", " Works "};
  std::string text;
  for (std::size_t i = random() % 6; i > 0; --i) text += kParts[random() % std::size(kParts)];
  return text;
}

/// What is kept of these texts, all of them of Chinese columns.
KeptMatches kept_of(const Rules& rules, const std::vector<std::string>& texts) {
  std::vector<Person> people;
  for (const std::string& text : texts) {
    people.push_back(
        testing::person_from(R"({"id": "p", "career": [{"org_zh": ")" + text + R"("}]})"));
  }
  DatasetClassifier classifier(people, Schema::standard());
  classifier.classify(rules);
  return classifier.kept(rules);
}

/// What is found in texts, each in two languages.
template <typename AMatcher>
std::vector<std::vector<Match>> found_in(const AMatcher& matcher,
                                         const std::vector<std::string>& texts) {
  std::vector<std::vector<Match>> found;
  MatchBatch batch;
  for (std::size_t begin = 0; begin < texts.size(); begin += 7) {
    std::vector<std::uint32_t> numbers;
    for (std::size_t i = begin; i < std::min(begin + 7, texts.size()); ++i) {
      numbers.push_back(batch.add(texts[i], "zh"));
      numbers.push_back(batch.add(texts[i], "en"));
    }
    matcher.find(batch);
    for (const std::uint32_t number : numbers) {
      const std::span<const Match> matches = batch.matches(number);
      found.emplace_back(matches.begin(), matches.end());
    }
  }
  return found;
}

TEST_CASE("a matcher that knows what is kept finds what one that does not finds") {
  std::mt19937 random(1997);
  std::vector<std::string> texts;
  for (int i = 0; i < 300; ++i) texts.push_back(some_text(random));
  const std::vector<std::string> half(texts.begin(), texts.begin() + 150);
  const KeptMatches kept = kept_of(rules_of(kFields), half);
  REQUIRE(kept.lexicons.size() == 2);
  const std::string fields = GENERATE(
      as<std::string>{}, kFields, "  engineering: {terms: [工程]}\n",
      "  space: {terms: [局]}\n  engineering: {terms: [工程, 机械], except: [社会工程]}\n",
      "  engineering: {terms: [工程, 机械], except: [社会工程], not_near: {terms: [总], within: "
      "1}}\n",
      "  engineering: {terms: [工程, 机械], except: [社会工程], near: {terms: [局, 厂]}}\n");
  const Rules rules = rules_of(fields);
  CHECK(found_in(KeptMatcher(rules.lexicons, rules.match_limits, kept), texts) ==
        found_in(Matcher(rules.lexicons, rules.match_limits), texts));
}

TEST_CASE("a matcher looks in texts that are kept only for the lexicons that are not") {
  const Rules before = rules_of(kFields);
  // As if nothing had been found in the one text that is kept.
  const KeptMatches kept =
      testing::found_nothing({{"机械工程局", "zh"}}, before.lexicons, before.match_limits);
  const std::vector<std::string> texts = {"机械工程局", "某机械工程局"};
  const auto lexicons = [&](const Rules& rules) {
    std::vector<std::string> all;
    for (const std::vector<Match>& one :
         found_in(KeptMatcher(rules.lexicons, rules.match_limits, kept), texts)) {
      std::string& out = all.emplace_back();
      for (const Match& match : one) out += rules.lexicons[match.lexicon].name + " ";
    }
    return all;
  };
  // In Chinese, where it is kept, and in English, where it is not.
  CHECK(lexicons(before) == std::vector<std::string>{"", "fields fields offices ",
                                                     "fields fields offices ",
                                                     "fields fields offices "});
  CHECK(
      lexicons(rules_of("  engineering: {terms: [机械]}\n")) ==
      std::vector<std::string>{"fields ", "fields offices ", "fields offices ", "fields offices "});
}

TEST_CASE("a text that is kept of one lexicon only is looked at for all") {
  const Rules rules = rules_of(kFields);
  const std::vector<std::string> texts = {"机械工程局"};
  KeptMatches kept = kept_of(rules, texts);
  const std::vector<std::uint32_t> all(kept.texts.size() / sizeof(TextKey));
  kept.lexicons[lexicon_digest(rules.lexicons[1], rules.match_limits)] =
      pack_matches(LexiconMatches(1), all);
  CHECK(found_in(KeptMatcher(rules.lexicons, rules.match_limits, kept), texts) ==
        found_in(Matcher(rules.lexicons, rules.match_limits), texts));
}

TEST_CASE("what two runs keep of the same texts is taken together, and of others left out") {
  const KeptMatches first = kept_of(rules_of(kFields), {"工程", "局"});
  const KeptMatches second = kept_of(rules_of("  engineering: {terms: [工程]}\n"), {"工程", "局"});
  const KeptMatches other = kept_of(rules_of("  engineering: {terms: [局]}\n"), {"局"});
  KeptMatches all;
  all.merge(first);
  CHECK(all == first);
  all.merge(second);
  CHECK(all.texts == first.texts);
  CHECK(all.lexicons.size() == 3);
  all.merge(other);
  CHECK(all.lexicons.size() == 3);
}

TEST_CASE("a text is known by its language and all of its bytes") {
  const TextKeys keys;
  CHECK(keys.key({"工程", "zh"}) == keys.key({"工程", "zh"}));
  CHECK(keys.key({"工程", "zh"}) != keys.key({"工程", "en"}));
  CHECK(keys.key({"zh", ""}) != keys.key({"", "zh"}));
  const TextKey one = keys.key({"a", "zh"});
  const KeptTexts texts(std::string(one.begin(), one.end()));
  CHECK(texts.size() == 1);
  CHECK(texts.find({"a", "zh"}) == 0);
  CHECK_FALSE(texts.find({"a", ""}));
  CHECK_THROWS_AS(KeptTexts("half a key"), Error);
}

}  // namespace
}  // namespace cadre
