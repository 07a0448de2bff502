// The same inputs give the same bytes, whatever surrounds cadre.
#include <cstdlib>
#include <filesystem>
#include <string>
#include <vector>

#include "tests/catch.hpp"
#include "tests/cli/study.hpp"
#include "tests/import/biographies.hpp"

namespace cadre {
namespace {

namespace fs = std::filesystem;
using testing::Outcome;
using testing::Study;

/// A variable of the environment, put back at the end.
class Environment {
 public:
  Environment(const char* name, const char* value) : name_(name) {
    if (const char* before = std::getenv(name)) before_ = before;
    setenv(name, value, 1);
  }
  ~Environment() { before_.empty() ? unsetenv(name_) : setenv(name_, before_.c_str(), 1); }
  Environment(const Environment&) = delete;
  Environment& operator=(const Environment&) = delete;

 private:
  const char* name_;
  std::string before_;
};

/// Biographies to import, made in this order.
void write_pages(const Study& study, const std::vector<std::string>& names) {
  for (const std::string& name : names) {
    study.write("pages/" + name + ".txt",
                name == "chen" ? testing::kChineseLines : testing::kEnglishProse);
  }
}

/// All that cadre says of the small study: the run, and what is read from it.
std::string everything(const Study& study, const std::string& threads = "1") {
  std::string all;
  for (const std::string output : {"run.sqlite", "run.jsonl", "run.csv"}) {
    const Outcome outcome =
        study.run({"classify", "technocrats.yaml", "package", "-o", output, "--threads", threads});
    CHECK(outcome.status == 0);
    all += outcome.out + outcome.err + study.read(output);
  }
  for (const std::vector<std::string>& words :
       {std::vector<std::string>{"check", "technocrats.yaml"},
        {"figures", "run.sqlite"},
        {"figures", "run.sqlite", "--format", "json"},
        {"explain", "run.sqlite", "an-min"},
        {"query", "run.sqlite", "SELECT * FROM labels ORDER BY 1, 2"},
        {"diff", "technocrats.yaml", "strict.yaml", "package"},
        {"classify", "technocrats.yaml", "people.jsonl", "-o", "-", "--threads", threads}}) {
    const Outcome outcome = study.run(words);
    all += outcome.out + outcome.err;
  }
  const Outcome swept = study.run({"sweep", "technocrats.yaml", "sweep.yaml", "package", "-o",
                                   "sweep.sqlite", "--threads", threads});
  CHECK(swept.status == 0);
  all += swept.out + study.read("sweep.sqlite");
  if (!fs::exists(study.path() / "pages")) write_pages(study, {"chen", "tang"});
  const Outcome imported = study.run({"import", "pages", "-o", "-"});
  CHECK(imported.status == 0);
  return all + imported.out;
}

TEST_CASE("the same answer with 1, 2 and 7 threads") {
  const Study study;
  const std::string one = everything(study, "1");
  CHECK(everything(study, "2") == one);
  CHECK(everything(study, "7") == one);
}

TEST_CASE("the same answer in every locale and time zone") {
  const Study study;
  const std::string plain = everything(study);
  for (const char* locale : {"C", "C.UTF-8", "de_DE.UTF-8", "tr_TR.UTF-8", "zh_CN.GB18030", "no"}) {
    CAPTURE(locale);
    const Environment all("LC_ALL", locale);
    const Environment language("LANG", locale);
    CHECK(everything(study) == plain);
  }
  for (const char* zone : {"UTC", "Asia/Shanghai", "America/St_Johns", "Pacific/Kiritimati", "x"}) {
    CAPTURE(zone);
    const Environment set("TZ", zone);
    CHECK(everything(study) == plain);
  }
}

TEST_CASE("the same answer whatever the folder and the order in which its files were made") {
  const Study first;
  const Study second;
  // Made anew in another order, which is the order in which many file systems list them.
  std::vector<std::string> names;
  for (const fs::directory_entry& entry : fs::directory_iterator(second.path() / "package")) {
    names.push_back("package/" + entry.path().filename().string());
  }
  for (auto name = names.rbegin(); name != names.rend(); ++name) {
    const std::string text = second.read(*name);
    fs::remove(second.path() / *name);
    second.write(*name, text);
  }
  write_pages(second, {"tang", "chen"});
  CHECK(everything(second) == everything(first));
}

TEST_CASE("the same labels whatever the order of people") {
  const Study study;
  const auto labels = [&] {
    study.classify("run.sqlite");
    return study.run({"query", "run.sqlite", "SELECT * FROM labels_wide ORDER BY person"}).out +
           study.run({"figures", "run.sqlite"}).out;
  };
  const std::string before = labels();
  // People in the opposite order.
  const std::string people = study.read("package/people.csv");
  const std::size_t header = people.find('\n') + 1;
  std::string turned;
  for (std::size_t at = header; at < people.size();) {
    const std::size_t end = people.find('\n', at) + 1;
    turned.insert(0, people.substr(at, end - at));
    at = end;
  }
  study.write("package/people.csv", people.substr(0, header) + turned);
  CHECK(labels() == before);
}

}  // namespace
}  // namespace cadre
