// The JSON Schemas accept the keys that the loader accepts, and no others.
#include <nlohmann/json.hpp>
#include <set>
#include <string>
#include <vector>

#include "cadre/base/files.hpp"
#include "cadre/rules/keys.hpp"
#include "tests/catch.hpp"
#include "tests/support/paths.hpp"

namespace cadre::test {
namespace {

using Json = nlohmann::json;
using Keys = std::set<std::string>;

const std::vector<std::string> kSchemas = {"ruleset", "lexicon", "eras",  "figure",
                                           "sweep",   "layout",  "schema"};

Json schema(const std::string& name) {
  return Json::parse(read_file(testing::source_dir() / "schemas" / (name + ".schema.json")));
}

Keys properties(const Json& definition) {
  Keys keys;
  for (const auto& entry : definition.at("properties").items()) keys.insert(entry.key());
  return keys;
}

Keys keys_of(std::vector<MapKind> kinds) {
  Keys all;
  for (const MapKind kind : kinds) {
    for (const std::string_view key : keys(kind)) all.emplace(key);
  }
  return all;
}

TEST_CASE("schemas: every kind of map has the loader's keys") {
  for (std::size_t i = 0; i < kMapKinds; ++i) {
    const auto kind = static_cast<MapKind>(i);
    INFO(name(kind));
    std::size_t found = 0;
    for (const std::string& file : kSchemas) {
      const Json definitions = schema(file).at("definitions");
      const auto definition = definitions.find(std::string(name(kind)));
      if (definition == definitions.end()) continue;
      ++found;
      CHECK(properties(*definition) == keys_of({kind}));
    }
    CHECK(found == 1);
  }
}

TEST_CASE("schemas: labels and conditions have the keys of their parts") {
  const Json definitions = schema("ruleset").at("definitions");
  CHECK(properties(definitions.at("condition_with_rows")) ==
        keys_of({MapKind::kCondition, MapKind::kRowsCondition}));
  CHECK(properties(definitions.at("label_value").at("anyOf").at(2)) ==
        keys_of({MapKind::kLabel, MapKind::kCondition, MapKind::kRowsCondition,
                 MapKind::kCategoryLabel, MapKind::kYearsLabel, MapKind::kCountLabel,
                 MapKind::kFirstDateLabel, MapKind::kLastDateLabel}));
}

/// Every "$ref" of a schema, wherever it stands.
void collect_references(const Json& json, std::set<std::string>& out) {
  if (json.is_object() && json.contains("$ref")) out.insert(json.at("$ref").get<std::string>());
  for (const Json& child : json) {
    if (child.is_structured()) collect_references(child, out);
  }
}

TEST_CASE("schemas: every reference leads somewhere") {
  for (const std::string& file : kSchemas) {
    const Json own = schema(file);
    std::set<std::string> references;
    collect_references(own, references);
    CHECK_FALSE(references.empty());
    for (const std::string& reference : references) {
      INFO(file << ": " << reference);
      const std::size_t hash = reference.find('#');
      REQUIRE(hash != std::string::npos);
      const std::string suffix = ".schema.json";
      const Json target = hash == 0 ? own : schema(reference.substr(0, hash - suffix.size()));
      CHECK(target.contains(Json::json_pointer(reference.substr(hash + 1))));
    }
  }
}

TEST_CASE("schemas: every name of a kind is its own") {
  Keys names;
  for (std::size_t i = 0; i < kMapKinds; ++i) names.emplace(name(static_cast<MapKind>(i)));
  CHECK(names.size() == kMapKinds);
}

}  // namespace
}  // namespace cadre::test
