// JSON values: what is written, byte by byte, and what is not read.
#include "cadre/base/json.hpp"

#include <cmath>
#include <cstdint>
#include <limits>
#include <string>
#include <vector>

#include "tests/catch.hpp"

namespace cadre {
namespace {

std::string nested(std::size_t depth) {
  return std::string(depth, '[') + std::string(depth, ']');
}

}  // namespace

TEST_CASE("JSON is written on one line or indented by two") {
  const Json json = {{"id", "p1"},
                     {"years", 2.5},
                     {"rows", Json::array({1, true, nullptr, "x"})},
                     {"none", Json::array()},
                     {"nothing", Json::object()}};
  CHECK(json.compact() ==
        R"({"id":"p1","years":2.5,"rows":[1,true,null,"x"],"none":[],"nothing":{}})");
  CHECK(json.indented() ==
        "{\n  \"id\": \"p1\",\n  \"years\": 2.5,\n  \"rows\": [\n    1,\n    true,\n    null,\n"
        "    \"x\"\n  ],\n  \"none\": [],\n  \"nothing\": {}\n}");
}

TEST_CASE("JSON numbers are whole where they were, and null where there is no number") {
  CHECK(Json(std::numeric_limits<std::uint64_t>::max()).compact() == "18446744073709551615");
  CHECK(Json(std::numeric_limits<std::int64_t>::min()).compact() == "-9223372036854775808");
  CHECK(Json(1.0).compact() == "1.0");
  CHECK(Json(0.1).compact() == "0.1");
  CHECK(Json(-0.0).compact() == "-0.0");
  CHECK(Json(1e300).compact() == "1e+300");
  CHECK(Json(std::nan("")).compact() == "null");
  CHECK(Json(-std::numeric_limits<double>::infinity()).compact() == "null");
}

TEST_CASE("JSON texts escape what they must, and bytes that are not UTF-8 become U+FFFD") {
  CHECK(Json("机械 é \x7F").compact() == "\"机械 é \x7F\"");
  CHECK(Json("a\"b\\c/").compact() == R"("a\"b\\c/")");
  CHECK(Json("\b\t\n\f\r\x01\x1f").compact() == R"("\b\t\n\f\r\u0001\u001f")");
  CHECK(Json(std::string("a\0b", 3)).compact() == R"("a\u0000b")");
  CHECK(Json("a\xFFz").compact() == "\"a\xEF\xBF\xBDz\"");
  CHECK(Json("\xED\xA0\x80").compact().find("\xED") == std::string::npos);  // a surrogate
  CHECK(Json::object().compact() == "{}");
  Json object;
  object["bad \xFE"] = 1;
  CHECK(object.compact() == "{\"bad \xEF\xBF\xBD\":1}");
}

TEST_CASE("A JSON object keeps the order of its members and each name once") {
  Json json = {{"b", 1}, {"a", 2}, {"b", 3}};
  json["c"].push_back("x");
  json["a"] = 4;
  CHECK(json.compact() == R"({"b":3,"a":4,"c":["x"]})");
  json.erase("b");
  CHECK(json.compact() == R"({"a":4,"c":["x"]})");
  CHECK(json.find("b") == nullptr);
  CHECK(json.text_or("a", "none") == "none");
  CHECK(Json(std::vector<std::string>{"x", "y"}).compact() == R"(["x","y"])");
}

TEST_CASE("JSON that is read is what was written") {
  const std::string text =
      R"({"a":[1,-2,2.5,18446744073709551615],"b":{"c":null,"d":true},"e":"机\n"})";
  CHECK(Json::parse(text).value().compact() == text);
  CHECK(Json::parse(R"({"a":1,"a":2})").value().compact() == R"({"a":2})");
  CHECK(Json::parse("7").value().count() == 7);
}

TEST_CASE("What is no JSON, or nested too deep, or an object of too many members, is not read") {
  for (const char* bad :
       {"", "{", "[1,]", "{\"a\":}", "nul", "1e999", "[1] 2", "\"\xFF\"", "'a'"}) {
    CAPTURE(bad);
    CHECK_FALSE(Json::parse(bad));
  }
  CHECK(Json::parse(nested(Json::kDeepest)));
  CHECK_FALSE(Json::parse(nested(Json::kDeepest + 1)));
  CHECK_FALSE(Json::parse(nested(1'000'000)));
  const auto members = [](std::size_t count) {
    std::string text = "{";
    for (std::size_t i = 0; i < count; ++i) {
      text += (i > 0 ? ",\"" : "\"") + std::to_string(i) + "\":0";
    }
    return text + "}";
  };
  CHECK(Json::parse(members(Json::kMostMembers)));
  CHECK_FALSE(Json::parse(members(Json::kMostMembers + 1)));
}

TEST_CASE("A JSON value that is of another type than asked for is refused") {
  const Json json = {{"text", "x"}, {"negative", -1}, {"large", ~std::uint64_t{0}}};
  CHECK_THROWS_AS(json.at("text").integer(), Json::Mismatch);
  CHECK_THROWS_AS(json.at("negative").count(), Json::Mismatch);
  CHECK_THROWS_AS(json.at("large").integer(), Json::Mismatch);
  CHECK_THROWS_AS(json.at("text").items(), Json::Mismatch);
  CHECK_THROWS_AS(json.at("missing"), Json::Mismatch);
  CHECK_THROWS_AS(json.at(0), Json::Mismatch);
  CHECK_THROWS_AS(Json::array().at(0), Json::Mismatch);
  CHECK_THROWS_AS(Json::array({"a", 1}).strings(), Json::Mismatch);
  CHECK(json.at("negative").number() == -1);
}

}  // namespace cadre
