// Finding a person in a run.
#include "cadre/analyse/people.hpp"

#include "tests/catch.hpp"
#include "tests/support/hand_made.hpp"

namespace cadre {
namespace {

using testing::HandMade;
using testing::TemporaryFolder;

HandMade four_people() {
  HandMade made;
  const auto add = [&](const std::string& id, const std::string& en, const std::string& zh) {
    Person& person = made.person(id, en);
    person.facts.cells[*made.dataset.schema.table(Table::kPerson).find("name_zh")] = zh;
    person.facts.cells[*made.dataset.schema.table(Table::kPerson).find("birth")] = "1956-09";
  };
  add("xu-dazhe", "Xu Dazhe", "许达哲");
  add("lu-hao-1947", "Lu Hao", "陆浩");
  add("lu-hao-1967", "Lu Hao", "陆昊");
  add("abdulahat", "Abdul'ahat Abdurixit", "阿不来提·阿不都热西提");
  return made;
}

/// The ids that match, or "near" and those that may have been meant.
std::string find(const std::string& text, std::size_t limit = 10) {
  const TemporaryFolder folder;
  const Run run = four_people().written(folder);
  const FoundPeople found = find_people(run, text, limit);
  std::string ids;
  for (const PersonSummary& person : found.matches) ids += person.id + " ";
  if (!found.near.empty()) ids += "near ";
  for (const PersonSummary& person : found.near) ids += person.id + " ";
  return ids;
}

TEST_CASE("by id and by name in any language and spelling") {
  CHECK(find("xu-dazhe") == "xu-dazhe ");
  CHECK(find("Xu Dazhe") == "xu-dazhe ");
  CHECK(find("XUDAZHE") == "xu-dazhe ");
  CHECK(find("许达哲") == "xu-dazhe ");
  CHECK(find("許達哲") == "xu-dazhe ");
  CHECK(find("阿不来提阿不都热西提") == "abdulahat ");
  CHECK(find("abdulahat abdurixit") == "abdulahat ");
}

TEST_CASE("several of one name, and parts of names") {
  CHECK(find("Lu Hao") == "lu-hao-1947 lu-hao-1967 ");
  CHECK(find("lu-hao-1967") == "lu-hao-1967 ");
  CHECK(find("陆昊") == "lu-hao-1967 ");
  CHECK(find("dazhe") == "xu-dazhe ");
  CHECK(find("陆") == "lu-hao-1947 lu-hao-1967 ");
  CHECK(find("陆", 1) == "lu-hao-1947 ");
}

TEST_CASE("what may have been meant") {
  CHECK(find("Xu Dazeh") == "near xu-dazhe ");
  CHECK(find("lu-hao-1976") == "near lu-hao-1967 ");
  CHECK(find("somebody else") == "");
  CHECK(find("") == "");
  CHECK(find(" - ") == "");
  CHECK(find("' OR 1 --") == "");
}

TEST_CASE("a person with names, birth and posts in order of time") {
  HandMade made = four_people();
  made.post("xu-dazhe", "hunan", "party_secretary", "2020-11", "2021-10");
  made.post("xu-dazhe", "hunan", "governor", "2016-09", "2020-11");
  const TemporaryFolder folder;
  const auto person = read_person(made.written(folder), "xu-dazhe");
  REQUIRE(person.has_value());
  REQUIRE(person->names.size() == 2);
  CHECK(person->names[0].language == "zh");
  CHECK(person->names[0].text == "许达哲");
  CHECK(person->names[1].text == "Xu Dazhe");
  CHECK(person->birth == "1956-09");
  REQUIRE(person->posts.size() == 2);
  CHECK(person->posts[0].id == "hunan/governor/xu-dazhe");
  CHECK(person->posts[0].office == "governor");
  CHECK(person->posts[0].start == "2016-09");
  CHECK(person->posts[0].end == "2020-11");
  CHECK(person->posts[0].unit_name == "hunan");
  CHECK_FALSE(read_person(made.written(folder), "nobody").has_value());
}

TEST_CASE("provinces are called by name where the run knows their names") {
  HandMade made = four_people();
  made.post("xu-dazhe", "hunan", "governor", "2016-09", "2020-11");
  made.post("xu-dazhe", "atlantis", "governor", "2021-09", "2022-11");
  ExtraTable provinces;
  provinces.schema.name = "provinces";
  for (const char* name : {"id", "name_en"}) {
    Column column = make_column(name, {"en"});
    provinces.schema.columns.push_back(column);
  }
  provinces.rows = {{"hunan", "Hunan"}};
  made.dataset.extra = {provinces};
  const TemporaryFolder folder;
  const auto person = read_person(made.written(folder), "xu-dazhe");
  REQUIRE(person.has_value());
  CHECK(person->posts[0].unit_name == "Hunan");
  CHECK(person->posts[1].unit_name == "atlantis");
}

TEST_CASE("a dataset with one column of names, or none") {
  HandMade made;
  Column name;
  name.name = name.logical = "name";
  made.dataset.schema.table(Table::kPerson)
      .columns.assign({made.dataset.schema.table(Table::kPerson).columns[0], name});
  Person person;
  person.id = "li";
  person.facts.cells = {"li", "Li Si"};
  made.dataset.people.push_back(person);
  made.classifications.emplace_back();
  const TemporaryFolder folder;
  CHECK(find_people(made.written(folder), "li si").matches.size() == 1);

  made.dataset.schema.table(Table::kPerson).columns.resize(1);
  made.dataset.people[0].facts.cells.resize(1);
  const auto nameless = read_person(made.written(folder), "li");
  REQUIRE(nameless.has_value());
  CHECK(nameless->names.empty());
  CHECK(nameless->birth.empty());
}

}  // namespace
}  // namespace cadre
