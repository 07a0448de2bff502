// --language, as a user runs it: rules that look at the columns of one language.
#include <nlohmann/json.hpp>

#include "tests/catch.hpp"
#include "tests/cli/study.hpp"

namespace cadre {
namespace {

using nlohmann::json;
using testing::Outcome;
using testing::Study;

/// An aerospace engineer in Chinese, a miner in English.
constexpr const char* kTwoLives =
    R"({"id": "an-min", "career": [{"org_zh": "航天部", "role_zh": "工程师", "org_en": "Red Flag Colliery", "role_en": "miner", "start": "1976", "end": "1988"}]}
)";

json labels_of(const Study& study, const std::vector<std::string>& more) {
  std::vector<std::string> arguments = {"classify", "technocrats.yaml", "life.jsonl", "-o", "-",
                                        "-q"};
  arguments.insert(arguments.end(), more.begin(), more.end());
  const Outcome outcome = study.run(arguments);
  INFO(outcome.err);
  REQUIRE(outcome.status == 0);
  return json::parse(outcome.out)["labels"];
}

TEST_CASE("classify --language looks at one language") {
  const Study study;
  study.write("life.jsonl", kTwoLives);
  const json zh = labels_of(study, {"--language", "zh"});
  const json en = labels_of(study, {"--language", "en"});
  const json both = labels_of(study, {});
  CHECK(zh["worked"]["value"] == true);
  CHECK(en["worked"]["value"] == false);
  CHECK(both["worked"]["value"] == true);
  CHECK(zh["industry"] != en["industry"]);
}

TEST_CASE("a run in one language keeps all columns and says which it was") {
  const Study study;
  study.classify("en.sqlite", {"--language", "en"});
  const auto query = [&](const std::string& sql) {
    return study.run({"query", "en.sqlite", sql, "--format", "csv"}).out;
  };
  CHECK(query("SELECT value FROM run WHERE key = 'option.language'") == "value\r\nen\r\n");
  CHECK(query("SELECT org_zh FROM career WHERE id = 'bo-lin/c1'") == "org_zh\r\n红旗煤矿\r\n");
  CHECK(query("SELECT count(*) AS n FROM evidence_words WHERE \"column\" LIKE '%_zh'") ==
        "n\r\n0\r\n");
}

TEST_CASE("a language that the data does not have is refused") {
  const Study study;
  const Outcome outcome =
      study.run({"classify", "technocrats.yaml", "package", "-o", "fr.sqlite", "--language", "fr"});
  CHECK(outcome.status == 2);
  CHECK(outcome.err == "cadre: the data has no columns in 'fr'; it has en, zh\n");
  CHECK_FALSE(study.files().contains("fr.sqlite"));
}

}  // namespace
}  // namespace cadre
