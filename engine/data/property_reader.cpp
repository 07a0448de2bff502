#include "cadre/data/property_reader.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "cadre/text/utf8.hpp"

namespace cadre {
namespace {

/// A name without what differs from one way of joining words to another: as_of, asOf, as-of.
std::string joined(std::string_view name) {
  std::string letters = ascii_lower_case(name);
  std::erase_if(letters, [](char letter) { return letter == '_' || letter == '-'; });
  return letters;
}

std::string suggested(std::string_view name, const std::vector<std::string>& known) {
  for (const std::string& one : known) {
    if (joined(one) == joined(name)) return fmt::format("; did you mean '{}'?", one);
  }
  return did_you_mean(name, known);
}

}  // namespace

bool PropertyReader::expect(const JsonNode& json, JsonNode::Kind kind, std::string_view what) {
  if (json.kind == kind) return true;
  error("wrong-type", json,
        fmt::format("{} must be {}, not {}", what, name(kind), name(json.kind)));
  return false;
}

std::string PropertyReader::text(const JsonNode& object, std::string_view name) {
  const JsonNode* value = object.find(name);
  if (value == nullptr || !expect(*value, JsonNode::Kind::kText, fmt::format("'{}'", name)))
    return {};
  return value->text;
}

std::vector<std::string> PropertyReader::texts(const JsonNode& list, std::string_view what) {
  std::vector<std::string> texts;
  for (const JsonNode& item : list.items) {
    if (expect(item, JsonNode::Kind::kText, what)) texts.push_back(item.text);
  }
  return texts;
}

std::optional<std::string> PropertyReader::scalar(const JsonNode& json, std::string_view what) {
  if (json.kind == JsonNode::Kind::kNumber) return json.text;
  if (json.kind == JsonNode::Kind::kBool) return json.boolean ? "true" : "false";
  if (!expect(json, JsonNode::Kind::kText, what)) return std::nullopt;
  return json.text;
}

void PropertyReader::check_names(const JsonNode& object, const std::vector<std::string>& known,
                                 PropertyLevel level) {
  for (const JsonNodeMember& member : object.members) {
    if (is_one_of(member.name, known) || tell_of_misplaced(member, level)) continue;
    if (problems_.full()) continue;
    const std::string suggestion = suggested(member.name, known);
    if (suggestion.empty()) continue;
    problems_.warning(
        "unknown-property",
        fmt::format("'{}' is no property that cadre reads{}", quotable(member.name), suggestion),
        file_.place(member.begin, member.end));
  }
}

bool PropertyReader::tell_of_misplaced(const JsonNodeMember& member, PropertyLevel level) {
  const std::optional<MisplacedProperty> misplaced = find_misplaced(member.name, level);
  if (!misplaced) return false;
  std::string message = fmt::format("'{}' does not belong to {}, and would be passed over",
                                    quotable(member.name), in_words(level));
  std::string hint = fmt::format("it belongs to {}", in_words(misplaced->home));
  if (misplaced->binding) {
    error_at_name("misplaced-property", member, std::move(message), std::move(hint));
  } else {
    problems_.warning("misplaced-property", std::move(message),
                      problems_.full() ? Place() : file_.place(member.begin, member.end),
                      std::move(hint));
  }
  return true;
}

void PropertyReader::error(std::string code, const JsonNode& at, std::string message,
                           std::string hint) {
  if (problems_.skip_error()) return;
  problems_.error(std::move(code), std::move(message), place(at), std::move(hint));
}

void PropertyReader::error_at_name(std::string code, const JsonNodeMember& at, std::string message,
                                   std::string hint) {
  if (problems_.skip_error()) return;
  problems_.error(std::move(code), std::move(message), file_.place(at.begin, at.end),
                  std::move(hint));
}

void PropertyReader::warning(std::string code, const JsonNode& at, std::string message,
                             std::string hint) {
  const Place where = problems_.full() ? Place() : place(at);
  problems_.warning(std::move(code), std::move(message), where, std::move(hint));
}

std::string text_or_empty(const JsonNode& object, std::string_view name) {
  const JsonNode* value = object.find(name);
  return value != nullptr && value->kind == JsonNode::Kind::kText ? value->text : std::string();
}

bool is_one_of(std::string_view value, const std::vector<std::string>& values) {
  return std::find(values.begin(), values.end(), value) != values.end();
}

}  // namespace cadre
