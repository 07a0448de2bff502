// What must hold of datasets/provincial-leaders, whoever edits it.
#include <algorithm>
#include <array>
#include <fstream>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "cadre/base/date.hpp"
#include "cadre/data/dataset.hpp"
#include "tests/catch.hpp"
#include "tests/support/paths.hpp"
#include "tests/support/tables.hpp"

namespace {

using cadre::Date;

const std::filesystem::path kFolder = cadre::testing::source_dir() / "datasets/provincial-leaders";

/// A row by the names of its columns.
using Cells = std::map<std::string, std::string>;

struct Tables {
  cadre::Dataset dataset;
  std::map<std::string, std::vector<Cells>> rows;  ///< by table
  std::map<std::string, Cells> people;             ///< by id
};

Cells cells_of(const cadre::TableSchema& schema, const std::vector<std::string>& values) {
  Cells cells;
  for (std::size_t i = 0; i < schema.columns.size(); ++i) {
    cells[schema.columns[i].name] = values.at(i);
  }
  return cells;
}

/// The dataset, read once.
const Tables& tables() {
  static const Tables kRead = [] {
    cadre::LoadedDataset loaded = cadre::load_dataset(kFolder);
    REQUIRE(loaded.diagnostics.empty());
    REQUIRE(loaded.dataset.has_value());
    Tables result;
    result.dataset = std::move(*loaded.dataset);
    const cadre::Schema& schema = result.dataset.schema;
    for (const cadre::Person& person : result.dataset.people) {
      result.rows["people"].push_back(
          cells_of(schema.table(cadre::Table::kPerson), person.facts.cells));
      result.people[person.id] = result.rows["people"].back();
      for (const cadre::Row& row : person.rows(cadre::kEducation)) {
        result.rows["education"].push_back(cells_of(schema.table(cadre::kEducation), row.cells));
      }
      for (const cadre::Row& row : person.rows(cadre::kCareer)) {
        result.rows["career"].push_back(cells_of(schema.table(cadre::kCareer), row.cells));
      }
      for (const cadre::Row& row : person.rows(cadre::kPosts)) {
        result.rows["posts"].push_back(cells_of(schema.table(cadre::kPosts), row.cells));
      }
    }
    for (const cadre::ExtraTable& table : result.dataset.extra) {
      for (const std::vector<std::string>& row : table.rows) {
        result.rows[table.schema.name].push_back(cells_of(table.schema, row));
      }
    }
    return result;
  }();
  return kRead;
}

const std::vector<Cells>& rows(std::string_view table) {
  return tables().rows.at(std::string(table));
}

bool contains(std::string_view text, std::string_view part) {
  return text.find(part) != std::string_view::npos;
}

bool all_digits(std::string_view text) {
  return !text.empty() &&
         std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

/// The month of a date in months since the year 0; a year counts as its first month.
int month_of(const std::string& text) {
  const std::optional<Date> date = Date::parse(text);
  REQUIRE(date.has_value());
  return date->year() * 12 + std::max(date->month(), 1) - 1;
}

int end_month(const Cells& row) {
  return row.at("end") == ".." ? month_of("9999-12") : month_of(row.at("end"));
}

using Office = std::pair<std::string, std::string>;  // province, office

/// Posts or vacancies of each office in order of time.
std::map<Office, std::vector<Cells>> by_office(const std::string& table) {
  std::map<Office, std::vector<Cells>> offices;
  for (const Cells& row : rows(table)) {
    offices[{row.at("province"), row.at("office")}].push_back(row);
  }
  for (auto& [office, line] : offices) {
    std::stable_sort(line.begin(), line.end(), [](const Cells& a, const Cells& b) {
      return std::pair(month_of(a.at("start")), end_month(a)) <
             std::pair(month_of(b.at("start")), end_month(b));
    });
  }
  return offices;
}

struct Correction {
  std::string row, field, was, is;
};

/// The lines of the tables of CORRECTIONS.md that name a row, a field, an old and a new value.
std::vector<Correction> corrections() {
  std::ifstream file(kFolder / "CORRECTIONS.md");
  REQUIRE(file.good());
  std::vector<Correction> found;
  bool in_table = false;
  for (std::string line; std::getline(file, line);) {
    if (line == "| row | field | was | is | why |") {
      in_table = true;
      continue;
    }
    if (!line.starts_with("| ")) in_table = false;
    if (!in_table || line.starts_with("| ---")) continue;
    std::vector<std::string> parts;
    for (std::size_t at = 2; at < line.size();) {
      const std::size_t bar = std::min(line.find(" |", at), line.size());
      parts.push_back(line.substr(at, bar - at));
      at = bar + 3;
    }
    INFO(line);
    REQUIRE(parts.size() == 5);
    for (std::string& part : parts) {
      if (part == "(empty)") part.clear();
    }
    CHECK_FALSE(parts[4].empty());
    found.push_back({parts[0], parts[1], parts[2], parts[3]});
  }
  return found;
}

const std::array<std::string, 6> kTables = {"people", "education", "career",
                                            "posts",  "provinces", "vacancies"};

}  // namespace

TEST_CASE("provincial leaders: the package loads without a complaint", "[provincial-leaders]") {
  const Tables& all = tables();
  CHECK(all.dataset.name == "provincial-leaders");
  REQUIRE(all.dataset.schema.as_of.has_value());
  CHECK(all.dataset.schema.as_of->text() == "2022-12-31");
  CHECK(rows("people").size() == 361);
  CHECK(rows("education").size() >= 737);
  CHECK(rows("career").size() >= 10000);
  CHECK(rows("posts").size() >= 562);
  CHECK(rows("provinces").size() == 31);
}

TEST_CASE("provincial leaders: ids are unique and say what they belong to",
          "[provincial-leaders]") {
  std::set<std::string> seen;
  for (const std::string& table : kTables) {
    for (const Cells& row : rows(table)) {
      INFO(table << " " << row.at("id"));
      CHECK(seen.insert(row.at("id")).second);
    }
  }
  for (const std::string& table : {std::string("education"), std::string("career")}) {
    for (const Cells& row : rows(table)) {
      INFO(row.at("id"));
      const std::string stem = row.at("person") + "/" + table[0];
      REQUIRE(row.at("id").starts_with(stem));
      std::string number = row.at("id").substr(stem.size());
      if (const std::size_t dot = number.find('.'); dot != std::string::npos) {
        CHECK(table == "career");
        CHECK(all_digits(number.substr(dot + 1)));
        number.resize(dot);
      }
      CHECK(all_digits(number));
    }
  }
  for (const Cells& row : rows("posts")) {
    const std::string stem = row.at("province") + "/" + row.at("office") + "/" + row.at("person");
    INFO(row.at("id"));
    CHECK((row.at("id") == stem || row.at("id") == stem + "/2"));
  }
  for (const Cells& row : rows("vacancies")) {
    CHECK(row.at("id") ==
          row.at("province") + "/" + row.at("office") + "/vacant-" + row.at("start"));
  }
}

TEST_CASE("provincial leaders: foreign keys point at rows", "[provincial-leaders]") {
  std::set<std::string> provinces;
  std::set<std::string> codes;
  for (const Cells& row : rows("provinces")) {
    provinces.insert(row.at("id"));
    CHECK(codes.insert(row.at("code")).second);
  }
  for (const std::string& table : {std::string("posts"), std::string("vacancies")}) {
    for (const Cells& row : rows(table)) CHECK(provinces.contains(row.at("province")));
  }
  std::set<std::string> in_office;
  for (const std::string& table :
       {std::string("education"), std::string("career"), std::string("posts")}) {
    for (const Cells& row : rows(table)) {
      INFO(row.at("id"));
      CHECK(tables().people.contains(row.at("person")));
      if (table == "posts") in_office.insert(row.at("person"));
    }
  }
  CHECK(in_office.size() == rows("people").size());
}

TEST_CASE("provincial leaders: dates are dates, in a possible order", "[provincial-leaders]") {
  const std::vector<std::string> columns = {"birth", "work_started", "party_joined", "start",
                                            "end",   "acting_from",  "established"};
  const Date as_of = *tables().dataset.schema.as_of;
  for (const std::string& table : kTables) {
    for (const Cells& row : rows(table)) {
      INFO(table << " " << row.at("id"));
      std::map<std::string, Date> dates;
      for (const std::string& column : columns) {
        const auto cell = row.find(column);
        if (cell == row.end() || cell->second.empty()) continue;
        if (column == "end" && cell->second == "..") continue;
        const std::optional<Date> date = Date::parse(cell->second);
        INFO(column << " " << cell->second);
        REQUIRE(date.has_value());
        CHECK(date->year() >= 1920);
        CHECK(date->year() <= 2026);
        dates.emplace(column, *date);
      }
      if (dates.contains("start")) {
        CHECK(dates.at("start").first() <= as_of.last());
        if (dates.contains("end")) CHECK(dates.at("end").last() >= dates.at("start").first());
      }
      if (dates.contains("acting_from")) {
        CHECK(dates.at("acting_from").first() <= dates.at("start").last());
        if (dates.contains("end")) {
          CHECK(dates.at("end").last() >= dates.at("acting_from").first());
        }
      }
    }
  }
}

TEST_CASE("provincial leaders: nobody studies, works or joins as a child", "[provincial-leaders]") {
  const auto old_enough = [](const std::string& birth, const std::string& day) {
    const std::optional<Date> born = Date::parse(birth);
    const std::optional<Date> date = Date::parse(day);
    if (!born || !date) return true;
    return static_cast<double>(date->last() - born->first()) >= 12.9 * 365.2425;
  };
  for (const Cells& row : rows("people")) {
    INFO(row.at("id"));
    CHECK(old_enough(row.at("birth"), row.at("work_started")));
    CHECK(old_enough(row.at("birth"), row.at("party_joined")));
  }
  for (const std::string& table :
       {std::string("education"), std::string("career"), std::string("posts")}) {
    for (const Cells& row : rows(table)) {
      INFO(row.at("id"));
      const std::string& birth = tables().people.at(row.at("person")).at("birth");
      CHECK(old_enough(birth, row.at("start")));
      CHECK(old_enough(birth, row.at("end")));
    }
  }
}

TEST_CASE("provincial leaders: values come from their lists, degrees in order",
          "[provincial-leaders]") {
  const cadre::Schema& schema = tables().dataset.schema;
  const std::vector<std::string> degrees = {"none",     "certificate", "secondary", "associate",
                                            "bachelor", "master",      "doctor"};
  const auto column = [](const cadre::TableSchema& table, const std::string& name) {
    const std::optional<std::uint32_t> at = table.find(name);
    REQUIRE(at.has_value());
    return table.columns[*at];
  };
  for (const cadre::Column& degree :
       {column(schema.table(cadre::kEducation), "degree"),
        column(schema.table(cadre::Table::kPerson), "highest_degree")}) {
    CHECK(degree.ordered);
    CHECK(degree.values == degrees);
  }
  const std::map<std::string, std::set<std::string>> lists = {
      {"degree", {degrees.begin(), degrees.end()}},
      {"highest_degree", {degrees.begin(), degrees.end()}},
      {"mode", {"full-time", "in-service", "correspondence", "party-school", "visiting"}},
      {"party", {"ccp", "nonparty"}},
      {"gender", {"M", "F"}},
      {"office", {"party_secretary", "governor"}},
      {"kind", {"province", "autonomous-region", "municipality"}},
      {"source", {"biography", "list", "both", "knowledge", "derived", "standard"}}};
  for (const std::string& table : kTables) {
    for (const Cells& row : rows(table)) {
      INFO(row.at("id"));
      CHECK_FALSE(row.at("source").empty());
      for (const auto& [name, values] : lists) {
        const auto cell = row.find(name);
        if (cell == row.end() || cell->second.empty()) continue;
        INFO(name << " " << cell->second);
        CHECK(values.contains(cell->second));
      }
    }
  }
}

TEST_CASE("provincial leaders: texts are clean and stand in both languages",
          "[provincial-leaders]") {
  for (const std::string& table : kTables) {
    for (const Cells& row : rows(table)) {
      for (const auto& [name, text] : row) {
        INFO(row.at("id") << " " << name << " '" << text << "'");
        CHECK(text != "unknown");
        if (text.empty()) continue;
        CHECK(text.front() != ' ');
        CHECK(text.back() != ' ');
        if (!name.ends_with("_zh")) continue;
        CHECK_FALSE(row.at(name.substr(0, name.size() - 3) + "_en").empty());
      }
      for (const auto& [name, text] : row) {
        if (text.empty() || !name.ends_with("_en")) continue;
        INFO(row.at("id") << " " << name);
        CHECK_FALSE(row.at(name.substr(0, name.size() - 3) + "_zh").empty());
      }
    }
  }
}

TEST_CASE("provincial leaders: courses of a Party school are marked as such",
          "[provincial-leaders]") {
  for (const Cells& row : rows("education")) {
    INFO(row.at("id") << " " << row.at("institution_zh"));
    CHECK(contains(row.at("institution_zh"), "党校") == (row.at("mode") == "party-school"));
  }
}

TEST_CASE("provincial leaders: the highest degree is not below a degree of a course",
          "[provincial-leaders]") {
  const std::vector<std::string> order = {"none",     "certificate", "secondary", "associate",
                                          "bachelor", "master",      "doctor"};
  const auto rank = [&](const std::string& degree) {
    return std::find(order.begin(), order.end(), degree) - order.begin();
  };
  for (const Cells& row : rows("education")) {
    const std::string& highest = tables().people.at(row.at("person")).at("highest_degree");
    if (highest.empty() || row.at("degree").empty()) continue;
    INFO(row.at("id"));
    CHECK(rank(row.at("degree")) <= rank(highest));
  }
}

TEST_CASE("provincial leaders: posts held together are split, with one another's dates",
          "[provincial-leaders]") {
  std::set<std::string> corrected;
  for (const Correction& correction : corrections()) corrected.insert(correction.row);
  std::map<std::string, std::vector<Cells>> groups;
  std::set<std::string> whole;
  for (const Cells& row : rows("career")) {
    INFO(row.at("id"));
    for (const char* name : {"org_zh", "org_en", "role_zh", "role_en"}) {
      CHECK_FALSE(contains(row.at(name), "; "));
    }
    const std::size_t dot = row.at("id").find('.');
    if (dot == std::string::npos) {
      whole.insert(row.at("id"));
    } else {
      groups[row.at("id").substr(0, dot)].push_back(row);
    }
  }
  CHECK(groups.size() == 3100);
  for (const auto& [stem, parts] : groups) {
    INFO(stem);
    CHECK_FALSE(whole.contains(stem));
    CHECK(parts.size() > 1);
    std::optional<std::pair<std::string, std::string>> dates;
    for (std::size_t i = 0; i < parts.size(); ++i) {
      CHECK(parts[i].at("id") == stem + "." + std::to_string(i + 1));
      if (corrected.contains(parts[i].at("id"))) continue;
      const std::pair own(parts[i].at("start"), parts[i].at("end"));
      if (dates) CHECK(own == *dates);
      dates = own;
    }
  }
}

TEST_CASE("provincial leaders: every office has an unbroken line of holders",
          "[provincial-leaders]") {
  const std::map<Office, std::vector<Cells>> lines = by_office("posts");
  const std::map<Office, std::vector<Cells>> vacancies = by_office("vacancies");
  CHECK(lines.size() == 62);
  std::size_t gaps = 0;
  for (const auto& [office, line] : lines) {
    INFO(office.first << " " << office.second);
    CHECK(month_of(line.front().at("start")) <=
          month_of(office.first == "chongqing" ? "1997-06" : "1992-10"));
    CHECK(end_month(line.back()) >= month_of("2022-04"));
    for (std::size_t i = 1; i < line.size(); ++i) {
      const int left = end_month(line[i - 1]);
      const int came = month_of(line[i].at("start"));
      INFO(line[i - 1].at("id") << " " << line[i - 1].at("end") << ", " << line[i].at("id") << " "
                                << line[i].at("start"));
      CHECK(line[i - 1].at("end") != "..");
      CHECK(came - left >= -1);  // no overlap of more than a month
      if (came - left <= 1) continue;
      ++gaps;
      const auto found = vacancies.find(office);
      REQUIRE(found != vacancies.end());
      const auto& listed = found->second;
      CHECK(std::count_if(listed.begin(), listed.end(), [&](const Cells& vacancy) {
              return month_of(vacancy.at("start")) == left + 1 && end_month(vacancy) == came - 1;
            }) == 1);
    }
  }
  CHECK(gaps == rows("vacancies").size());
  for (const Cells& vacancy : rows("vacancies")) CHECK_FALSE(vacancy.at("note").empty());
}

TEST_CASE("provincial leaders: who is in office is the last of the line", "[provincial-leaders]") {
  const std::set<Office> ended = {{"beijing", "governor"}, {"jiangsu", "party_secretary"}};
  for (const auto& [office, line] : by_office("posts")) {
    INFO(office.first << " " << office.second);
    CHECK((line.back().at("end") == "..") == !ended.contains(office));
  }
}

TEST_CASE("provincial leaders: nobody leads two provinces at once", "[provincial-leaders]") {
  std::map<std::string, std::vector<Cells>> posts;
  for (const Cells& row : rows("posts")) posts[row.at("person")].push_back(row);
  for (const auto& [person, held] : posts) {
    for (std::size_t i = 0; i < held.size(); ++i) {
      for (std::size_t j = i + 1; j < held.size(); ++j) {
        if (held[i].at("province") == held[j].at("province")) continue;
        const int both = std::min(end_month(held[i]), end_month(held[j])) -
                         std::max(month_of(held[i].at("start")), month_of(held[j].at("start")));
        INFO(held[i].at("id") << ", " << held[j].at("id"));
        // Two months: he-guoqiang, told under "Doubts left as they are".
        CHECK(both <= (person == "he-guoqiang" ? 2 : 1));
      }
    }
  }
}

TEST_CASE("provincial leaders: every correction names a row that holds the new value",
          "[provincial-leaders]") {
  std::map<std::string, const Cells*> by_id;
  for (const std::string& table : kTables) {
    for (const Cells& row : rows(table)) by_id[row.at("id")] = &row;
  }
  const std::vector<Correction> listed = corrections();
  CHECK(listed.size() >= 70);
  std::set<std::pair<std::string, std::string>> seen;
  for (const Correction& correction : listed) {
    INFO(correction.row << " " << correction.field);
    REQUIRE(by_id.contains(correction.row));
    const Cells& row = *by_id.at(correction.row);
    REQUIRE(row.contains(correction.field));
    CHECK(row.at(correction.field) == correction.is);
    CHECK(correction.was != correction.is);
    CHECK(seen.insert({correction.row, correction.field}).second);
  }
}
