#include "cadre/data/property_reader.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

namespace cadre {

bool PropertyReader::expect(const Json& json, Json::Kind kind, std::string_view what) {
  if (json.kind == kind) return true;
  error("wrong-type", json,
        fmt::format("{} must be {}, not {}", what, name(kind), name(json.kind)));
  return false;
}

std::string PropertyReader::text(const Json& object, std::string_view name) {
  const Json* value = object.find(name);
  if (value == nullptr || !expect(*value, Json::Kind::kText, fmt::format("'{}'", name))) return {};
  return value->text;
}

std::vector<std::string> PropertyReader::texts(const Json& list, std::string_view what) {
  std::vector<std::string> texts;
  for (const Json& item : list.items) {
    if (expect(item, Json::Kind::kText, what)) texts.push_back(item.text);
  }
  return texts;
}

std::optional<std::string> PropertyReader::scalar(const Json& json, std::string_view what) {
  if (json.kind == Json::Kind::kNumber) return json.text;
  if (json.kind == Json::Kind::kBool) return json.boolean ? "true" : "false";
  if (!expect(json, Json::Kind::kText, what)) return std::nullopt;
  return json.text;
}

void PropertyReader::check_names(const Json& object, const std::vector<std::string>& known) {
  for (const JsonMember& member : object.members) {
    if (problems_.full()) return;
    if (is_one_of(member.name, known)) continue;
    const std::string suggestion = did_you_mean(member.name, known);
    if (suggestion.empty()) continue;
    problems_.warning(
        "unknown-property",
        fmt::format("'{}' is no property that cadre reads{}", quotable(member.name), suggestion),
        file_.place(member.begin, member.end));
  }
}

void PropertyReader::error(std::string code, const Json& at, std::string message,
                           std::string hint) {
  if (problems_.skip_error()) return;
  problems_.error(std::move(code), std::move(message), place(at), std::move(hint));
}

void PropertyReader::error_at_name(std::string code, const JsonMember& at, std::string message,
                                   std::string hint) {
  if (problems_.skip_error()) return;
  problems_.error(std::move(code), std::move(message), file_.place(at.begin, at.end),
                  std::move(hint));
}

void PropertyReader::warning(std::string code, const Json& at, std::string message,
                             std::string hint) {
  const Place where = problems_.full() ? Place() : place(at);
  problems_.warning(std::move(code), std::move(message), where, std::move(hint));
}

std::string text_or_empty(const Json& object, std::string_view name) {
  const Json* value = object.find(name);
  return value != nullptr && value->kind == Json::Kind::kText ? value->text : std::string();
}

bool is_one_of(std::string_view value, const std::vector<std::string>& values) {
  return std::find(values.begin(), values.end(), value) != values.end();
}

}  // namespace cadre
