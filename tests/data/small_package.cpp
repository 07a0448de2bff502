#include "tests/data/small_package.hpp"

#include <fmt/format.h>

#include <filesystem>

#include "cadre/base/error.hpp"
#include "cadre/base/files.hpp"
#include "tests/catch.hpp"

namespace cadre::testing {
namespace {

constexpr const char* kDescription = R"({
  "name": "small",
  "title": "Two people",
  "as_of": "2022-12-31",
  "languages": ["zh", "en"],
  "resources": [
    {"name": "people", "path": "people.csv", "schema": {
      "fields": [
        {"name": "id", "type": "string", "constraints": {"required": true, "pattern": "[a-z-]+"}},
        {"name": "name_zh", "type": "string", "constraints": {"required": true}},
        {"name": "birth", "type": "string", "rdfType": "http://id.loc.gov/datatypes/edtf/EDTF-level0"},
        {"name": "children", "type": "integer", "constraints": {"minimum": 0, "maximum": 20}},
        {"name": "height", "type": "number"}],
      "primaryKey": "id"}},
    {"name": "education", "path": "education.csv", "schema": {
      "fields": [
        {"name": "id", "type": "string"},
        {"name": "person", "type": "string"},
        {"name": "start", "type": "string", "cadre:kind": "date"},
        {"name": "end", "type": "string", "cadre:kind": "date"},
        {"name": "field_zh", "type": "string", "constraints": {"minLength": 2, "maxLength": 8}},
        {"name": "degree", "type": "string", "categories": ["none", "bachelor", "master", "doctor"],
         "categoriesOrdered": true}],
      "foreignKeys": [{"fields": "person", "reference": {"resource": "people", "fields": "id"}}]}},
    {"name": "posts", "path": "posts.csv", "schema": {
      "fields": [
        {"name": "id", "type": "string"},
        {"name": "person", "type": "string"},
        {"name": "province", "type": "string"},
        {"name": "start", "type": "date"}],
      "foreignKeys": [{"fields": ["province"], "reference": {"resource": "provinces", "fields": ["id"]}}]}},
    {"name": "provinces", "path": "provinces.csv", "schema": {
      "fields": [
        {"name": "id", "type": "string"},
        {"name": "code", "type": "string", "constraints": {"unique": true}}],
      "primaryKey": ["id", "code"]}}
  ]
}
)";

constexpr const char* kPeople =
    "id,name_zh,birth,children,height\n"
    "xu-dazhe,许达哲,1956-09,1,1.75\n"
    "an-qiyuan,安启元,1933,,\n";
constexpr const char* kEducation =
    "id,person,start,end,field_zh,degree\n"
    "xu-dazhe/e1,xu-dazhe,1978-03,1982-03,机械制造,bachelor\n"
    "xu-dazhe/e2,xu-dazhe,1982-03,..,空间飞行器,master\n";
constexpr const char* kPosts =
    "id,person,province,start\n"
    "hunan/xu-dazhe,xu-dazhe,hunan,2016-09\n";
constexpr const char* kProvinces =
    "id,code\n"
    "hunan,430000\n"
    "hubei,420000\n";

std::string without(std::string text, const std::string& folder) {
  if (folder.empty()) return text;
  for (std::size_t at = text.find(folder); at != std::string::npos; at = text.find(folder)) {
    text.erase(at, folder.size() + 1);
  }
  return text;
}

std::string place_of(const Place& place, const std::string& folder) {
  const std::string path = without(place.path, folder);
  if (place.line == 0) return path;
  return fmt::format("{}:{}:{}-{}", path, place.line, place.column, place.end_column);
}

}  // namespace

SmallPackage::SmallPackage() {
  folder_.write("datapackage.json", kDescription);
  folder_.write("people.csv", kPeople);
  folder_.write("education.csv", kEducation);
  folder_.write("posts.csv", kPosts);
  folder_.write("provinces.csv", kProvinces);
}

SmallPackage::SmallPackage(const std::string& properties, const std::string& csv) : SmallPackage() {
  change("datapackage.json", "\"resources\": [",
         "\"resources\": [{\"name\": \"extra\", \"path\": \"extra.csv\", " + properties + "},");
  change("extra.csv", "", csv);
}

void SmallPackage::change(const std::string& file, const std::string& from, const std::string& to) {
  if (from.empty()) {
    folder_.write(file, to);
    return;
  }
  std::string text = read_file(folder_.path() / file);
  const std::size_t at = text.find(from);
  INFO("looking for " << from);
  REQUIRE(at != std::string::npos);
  folder_.write(file, text.replace(at, from.size(), to));
}

void SmallPackage::remove(const std::string& file) {
  REQUIRE(std::filesystem::remove(folder_.path() / file));
}

LoadedDataset SmallPackage::load(const DataOptions& options) const {
  return load_dataset(folder(), options);
}

std::vector<std::string> told(const Diagnostics& diagnostics, const std::string& folder) {
  std::vector<std::string> lines;
  for (const Diagnostic& one : diagnostics) {
    const char* severity = one.severity == Severity::kError ? "error" : "warning";
    std::string line = fmt::format("{} {}[{}] {}", place_of(one.place, folder), severity, one.code,
                                   without(one.message, folder));
    if (!one.hint.empty()) line += " | " + one.hint;
    for (const Diagnostic::Note& note : one.notes) {
      line += fmt::format(" + {} {}", place_of(note.place, folder), note.message);
    }
    lines.push_back(line);
  }
  return lines;
}

std::vector<std::string> told_of(const SmallPackage& package) {
  return told(package.load().diagnostics, package.folder());
}

std::string error_of(const SmallPackage& package, const DataOptions& options) {
  try {
    package.load(options);
  } catch (const Error& error) {
    return without(error.what(), package.folder());
  }
  return "nothing was thrown";
}

}  // namespace cadre::testing
