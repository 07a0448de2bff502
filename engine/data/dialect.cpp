#include "cadre/data/dialect.hpp"

#include <fmt/format.h>

#include <vector>

namespace cadre {
namespace {

using Kind = JsonNode::Kind;

constexpr const char* kSaveAsRfc4180 =
    "save the file as RFC 4180 says: one header line, cells in \" where needed, \"\" for a quote";

/// What is said of the dialect itself, and what makes no difference to files that cadre reads:
/// names of columns are always compared letter by letter, and there is one header row to join.
const std::vector<std::string> kWithoutEffect = {
    "$schema",    "name",         "type", "title", "description", "caseSensitiveHeader",
    "headerJoin", "csvddfVersion"};

const std::vector<std::string> kKnown = {
    "delimiter",   "nullSequence", "lineTerminator",      "quoteChar",
    "doubleQuote", "escapeChar",   "commentChar",         "header",
    "headerRows",  "headerJoin",   "commentRows",         "property",
    "itemType",    "itemKeys",     "sheetNumber",         "sheetName",
    "table",       "csv",          "caseSensitiveHeader", "skipInitialSpace"};

bool is_true(const JsonNode& json) {
  return json.kind == Kind::kBool && json.boolean;
}

bool is_false(const JsonNode& json) {
  return json.kind == Kind::kBool && !json.boolean;
}

bool is_text(const JsonNode& json, std::string_view text) {
  return json.kind == Kind::kText && json.text == text;
}

/// Whether a setting says what cadre does anyway.
bool is_default(std::string_view name, const JsonNode& value) {
  const bool nothing = value.kind == Kind::kNull;
  if (name == "header" || name == "doubleQuote") return is_true(value);
  if (name == "skipInitialSpace") return is_false(value);
  if (name == "quoteChar") return is_text(value, "\"");
  if (name == "lineTerminator") return is_text(value, "\n") || is_text(value, "\r\n");
  if (name == "escapeChar" || name == "commentChar") return nothing || is_text(value, "");
  if (name == "commentRows") return nothing || (value.kind == Kind::kList && value.items.empty());
  if (name == "headerRows") {
    return nothing || (value.kind == Kind::kList && value.items.size() == 1 &&
                       value.items[0].kind == Kind::kNumber && value.items[0].text == "1");
  }
  return is_one_of(name, kWithoutEffect);
}

void read_delimiter(const JsonNode& value, PropertyReader& reader, Dialect& dialect) {
  const bool one = value.kind == Kind::kText && value.text.size() == 1 &&
                   std::string_view("\"\r\n").find(value.text[0]) == std::string_view::npos;
  if (one) {
    dialect.delimiter = value.text[0];
  } else {
    reader.unsupported(value, "the delimiter must be a single character, such as \",\"");
  }
}

}  // namespace

void read_dialect(const JsonNode& json, PropertyReader& reader, Dialect& dialect) {
  if (json.kind == Kind::kText) {
    reader.unsupported(json, "a dialect in a file of its own is not read",
                       "write its settings into datapackage.json");
    return;
  }
  if (!reader.expect(json, Kind::kObject, "'dialect'")) return;
  for (const JsonNodeMember& member : json.members) {
    const JsonNode& value = member.value;
    if (member.name == "delimiter") {
      read_delimiter(value, reader, dialect);
    } else if (member.name == "nullSequence") {
      if (value.kind == Kind::kNull) continue;
      if (reader.expect(value, Kind::kText, "'nullSequence'")) dialect.null_sequence = value.text;
    } else if (member.name == "csv") {  // where frictionless-py puts the settings of CSV
      read_dialect(value, reader, dialect);
    } else if (is_default(member.name, value)) {
      continue;
    } else if (is_one_of(member.name, kKnown)) {
      reader.unsupported(value, fmt::format("this setting of '{}' is not read", member.name),
                         kSaveAsRfc4180);
    } else if (!reader.tell_of_misplaced(member, PropertyLevel::kDialect)) {
      reader.error_at_name("unsupported", member,
                           fmt::format("'{}' is no setting of a dialect that cadre reads{}",
                                       quotable(member.name), did_you_mean(member.name, kKnown)),
                           kSaveAsRfc4180);
    }
  }
}

}  // namespace cadre
