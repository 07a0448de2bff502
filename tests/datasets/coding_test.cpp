// What must hold of datasets/provincial-leaders/coding.csv: it is about the people of the dataset
// and the labels of the study, and the rules as shipped agree with it.
#include <map>
#include <set>
#include <string>

#include "cadre/data/coding.hpp"
#include "cadre/data/dataset.hpp"
#include "tests/catch.hpp"
#include "tests/support/command.hpp"
#include "tests/support/paths.hpp"

namespace cadre {
namespace {

const std::filesystem::path kFolder = testing::source_dir() / "datasets/provincial-leaders";

TEST_CASE("provincial leaders: the coding loads, and is about people who are there",
          "[provincial-leaders]") {
  const LoadedCoding loaded = load_coding((kFolder / "coding.csv").string());
  REQUIRE(loaded.diagnostics.empty());
  const LoadedDataset data = load_dataset(kFolder.string());
  REQUIRE(data.dataset);
  std::set<std::string> known;
  for (const Person& person : data.dataset->people) known.insert(person.id);
  std::map<std::string, std::set<std::string>> people;
  for (const CodedRow& row : loaded.coding->rows) {
    INFO(row.person.text);
    CHECK(known.contains(row.person.text));
    people[row.coder.text].insert(row.person.text);
  }
  CHECK(people.at("coder-1").size() == 196);
  CHECK(people.at("coder-2").size() == 37);
}

TEST_CASE("provincial leaders: the study's rules agree with the coding", "[provincial-leaders]") {
  const testing::TemporaryFolder folder;
  const std::string rules = (testing::source_dir() / "rules/macropolo-2022.yaml").string();
  const std::string coding = (kFolder / "coding.csv").string();
  REQUIRE(testing::run_cadre({"classify", rules, kFolder.string(), "-o", "run.sqlite", "-q"},
                             folder.path())
              .status == 0);
  const testing::Outcome outcome = testing::run_cadre(
      {"evaluate", "run.sqlite", coding, "--disagreements", "0", "--min-kappa", "0.9"},
      folder.path());
  INFO(outcome.err);
  CHECK(outcome.status == 0);
}

}  // namespace
}  // namespace cadre
