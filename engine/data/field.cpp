#include "cadre/data/field.hpp"

#include <fmt/format.h>
#include <re2/re2.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <initializer_list>
#include <utility>
#include <variant>

#include "cadre/data/date_format.hpp"
#include "cadre/data/number_value.hpp"
#include "cadre/rules/regex_words.hpp"

namespace cadre {
namespace {

using JsonKind = JsonNode::Kind;
using Kind = Column::Kind;

const std::vector<std::string> kFieldProperties = {
    "name",       "type",        "format",      "title",      "description",       "example",
    "rdfType",    "constraints", "categories",  "sources",    "categoriesOrdered", "missingValues",
    "cadre:kind", "trueValues",  "falseValues", "bareNumber", "decimalChar",       "groupChar"};
const std::vector<std::string> kConstraints = {"required",         "unique",    "enum",
                                               "pattern",          "minLength", "maxLength",
                                               "minimum",          "maximum",   "exclusiveMinimum",
                                               "exclusiveMaximum", "jsonSchema"};
const std::vector<std::string> kBounds = {"minimum", "maximum", "exclusiveMinimum",
                                          "exclusiveMaximum"};
const std::vector<std::string> kTypes = {
    "string", "integer",  "number",   "boolean",  "date",    "year",   "yearmonth", "any",
    "time",   "datetime", "duration", "geopoint", "geojson", "object", "array",     "list"};
/// Their values go into the run as they are written, after a warning.
const std::vector<std::string> kUncheckedTypes = {"time",    "datetime", "duration", "geopoint",
                                                  "geojson", "object",   "array",    "list"};
/// Formats of dates that are cadre's own notation, in which a date may also be known less exactly.
const std::vector<std::string> kOwnDateFormats = {"%Y-%m-%d", "%Y-%m", "%Y"};

struct StringFormat {
  std::string_view name;
  const char* pattern;
};
constexpr std::array<StringFormat, 4> kStringFormats = {{
    {"email", R"([^@\s]+@[^@\s]+)"},
    {"uri", R"([A-Za-z][A-Za-z0-9+.-]*:\S*)"},
    {"uuid", R"([0-9A-Fa-f]{8}(-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12})"},
    {"binary", R"([A-Za-z0-9+/\s]*=?\s*=?\s*)"},
}};

std::shared_ptr<const RE2> compiled(const std::string& pattern) {
  RE2::Options options;
  options.set_log_errors(false);
  return std::make_shared<const RE2>(pattern, options);
}

/// Whether a pattern is one for EDTF dates, judged by what it lets pass.
bool lets_dates_pass(const RE2& pattern) {
  return RE2::FullMatch("1982", pattern) && RE2::FullMatch("1982-03", pattern) &&
         RE2::FullMatch("1982-03-15", pattern) && !RE2::FullMatch("1982-13", pattern) &&
         !RE2::FullMatch("date", pattern);
}

/// A value of a list that is a value or an object with one: {"value": "-99", "label": "refused"}.
const JsonNode* value_of(const JsonNode& item) {
  return item.kind == JsonKind::kObject ? item.find("value") : &item;
}

class FieldReader {
 public:
  FieldReader(const JsonNode& json, const FieldContext& context, PropertyReader& reader,
              ValueBudget& budget)
      : json_(json), context_(context), reader_(reader), budget_(budget) {}

  Field read() {
    reader_.check_names(json_, kFieldProperties, PropertyLevel::kField);
    field_.column = make_column(text_or_empty(json_, "name"), context_.languages);
    field_.rules.missing_values = read_missing_values(json_, context_.missing, reader_, budget_);
    if (!read_type()) return std::move(field_);
    read_constraints();
    read_values();
    read_kind();
    read_format();
    read_date_values();
    read_number_form();
    read_boolean_form();
    read_bounds();
    return std::move(field_);
  }

 private:
  bool is_type(std::initializer_list<std::string_view> types) const {
    return std::find(types.begin(), types.end(), type_) != types.end();
  }

  bool read_type() {
    type_ = "string";
    const JsonNode* type = json_.find("type");
    if (type == nullptr) return true;
    if (!reader_.expect(*type, JsonKind::kText, "'type'")) return false;
    type_ = type->text;
    if (is_one_of(type_, kTypes)) return true;
    reader_.error(
        "unknown-type", *type,
        fmt::format("there is no type '{}'{}", quotable(type_), did_you_mean(type_, kTypes)));
    return false;
  }

  void read_constraints() {
    const JsonNode* constraints = json_.find("constraints");
    if (constraints == nullptr) return;
    if (!reader_.expect(*constraints, JsonKind::kObject, "'constraints'")) return;
    CellRules& rules = field_.rules;
    for (const JsonNodeMember& member : constraints->members) {
      const JsonNode& value = member.value;
      const std::string quoted = fmt::format("'{}'", quotable(member.name));
      if (member.name == "required" || member.name == "unique") {
        if (!reader_.expect(value, JsonKind::kBool, quoted)) continue;
        (member.name == "required" ? rules.required : rules.unique) = value.boolean;
      } else if (member.name == "minLength" || member.name == "maxLength") {
        (member.name == "minLength" ? rules.min_length : rules.max_length) =
            read_length(value, quoted);
      } else if (member.name == "pattern") {
        if (reader_.expect(value, JsonKind::kText, quoted)) read_pattern(value);
      } else if (member.name == "jsonSchema") {
        reader_.unsupported(value, "cells are not checked by a JSON Schema",
                            "take the constraint out, or check the file by another program");
      } else if (!is_one_of(member.name, kConstraints) &&
                 !reader_.tell_of_misplaced(member, PropertyLevel::kConstraints)) {
        reader_.error_at_name("unknown-constraint", member,
                              fmt::format("there is no constraint {}{}", quoted,
                                          did_you_mean(member.name, kConstraints)));
      }
    }
  }

  std::optional<std::size_t> read_length(const JsonNode& json, const std::string& quoted) {
    if (!reader_.expect(json, JsonKind::kNumber, quoted)) return std::nullopt;
    std::size_t length = 0;
    const char* end = json.text.data() + json.text.size();
    const auto [at, error] = std::from_chars(json.text.data(), end, length);
    if (error == std::errc() && at == end) return length;
    reader_.error("bad-value", json, fmt::format("{} must be a whole number, 0 or more", quoted));
    return std::nullopt;
  }

  void read_pattern(const JsonNode& json) {
    auto pattern = compiled(json.text);
    if (pattern->ok()) {
      field_.rules.pattern = std::move(pattern);
    } else {
      reader_.error("bad-regex", json,
                    fmt::format("bad regular expression: {}", regex_mistake(*pattern)),
                    std::string(regex_hint(pattern->error_code())));
    }
  }

  /// `categories` (texts, or objects with a `value`) and `enum`.
  void read_values() {
    Column& column = field_.column;
    const JsonNode* categories = json_.find("categories");
    if (categories != nullptr) {
      column.values = read_list(*categories, "'categories'", "a category");
    }
    if (const JsonNode* ordered = json_.find("categoriesOrdered")) {
      if (!reader_.expect(*ordered, JsonKind::kBool, "'categoriesOrdered'")) return;
      column.ordered = ordered->boolean;
      if (column.ordered && categories == nullptr) {
        reader_.error("missing-property", *ordered, "'categoriesOrdered' needs 'categories'",
                      "list them from the least to the greatest");
      }
    }
    const JsonNode* constraints = json_.find("constraints");
    const JsonNode* allowed = constraints == nullptr ? nullptr : constraints->find("enum");
    if (allowed != nullptr) read_enum(*allowed);
    if (column.values.empty()) return;
    field_.rules.values = std::make_shared<TextSet>(column.values.begin(), column.values.end());
    index_numbers();
  }

  void read_enum(const JsonNode& allowed) {
    Column& column = field_.column;
    std::vector<std::string> values = read_list(allowed, "'enum'", "a value of 'enum'");
    if (column.values.empty()) {
      column.values = std::move(values);
      return;
    }
    const TextSet categories = compared(column.values);
    const TextSet listed = compared(values);
    for (std::size_t i = 0; i < values.size(); ++i) {
      if (categories.contains(compared(values[i])) || reader_.problems().skip_error()) continue;
      reader_.error("bad-value", allowed.items[std::min(i, allowed.items.size() - 1)],
                    fmt::format("'{}' is in 'enum' and not in 'categories'{}", quotable(values[i]),
                                did_you_mean(values[i], column.values)));
    }
    std::erase_if(column.values,
                  [&](const std::string& value) { return !listed.contains(compared(value)); });
  }

  /// Whether the cells are numbers, and so compared by value. (read_kind needs the lists first.)
  bool has_numbers() const {
    const std::string kind = text_or_empty(json_, "cadre:kind");
    if (!kind.empty()) return kind == "number";
    return is_type({"integer", "number"}) && !context_.is_span_end;
  }

  /// What a value of a list is compared by.
  std::string compared(const std::string& value) const {
    return value_of_cell(has_numbers() ? Kind::kNumber : Kind::kName, value);
  }

  TextSet compared(const std::vector<std::string>& values) const {
    TextSet all;
    for (const std::string& value : values) all.insert(compared(value));
    return all;
  }

  void index_numbers() {
    if (!has_numbers() || field_.column.values.empty()) return;
    auto numbers = std::make_shared<TextMap>();
    for (const std::string& value : field_.column.values) numbers->emplace(compared(value), value);
    field_.rules.listed_numbers = std::move(numbers);
  }

  /// The values of a list, each once. An empty list would let nothing pass, or everything.
  std::vector<std::string> read_list(const JsonNode& list, std::string_view name,
                                     std::string_view item_name) {
    std::vector<std::string> values;
    if (!reader_.expect(list, JsonKind::kList, name) || !budget_.take(list, reader_)) return {};
    if (list.items.empty()) {
      reader_.error("missing-property", list, fmt::format("{} has no values", name));
    }
    TextSet seen;
    for (const JsonNode& item : list.items) {
      const JsonNode* value = name == "'categories'" ? value_of(item) : &item;
      if (value == nullptr) {
        reader_.error("missing-property", item, "a category needs a 'value'");
        continue;
      }
      const std::optional<std::string> text = reader_.scalar(*value, item_name);
      if (!text) continue;
      if (!seen.insert(compared(*text)).second) {
        reader_.error("duplicate-value", *value,
                      fmt::format("'{}' stands twice in {}", quotable(*text), name));
        continue;
      }
      values.push_back(*text);
    }
    return values;
  }

  /// What the column is to the rules, from what the field says of itself.
  void read_kind() {
    Column& column = field_.column;
    if (type_ == "integer" || type_ == "number") {
      column.kind = Kind::kNumber;
      field_.rules.whole_number = type_ == "integer";
    } else if (is_type({"date", "year", "yearmonth"}) || is_day_of_datetime()) {
      column.kind = Kind::kDate;
    } else if (type_ == "boolean") {
      column.kind = Kind::kName;
    } else if (type_ == "string" || type_ == "any") {
      column.kind = kind_of_text();
    } else {
      column.kind = Kind::kName;
      reader_.warning("not-checked", *json_.find("type"),
                      fmt::format("the values of '{}' are not checked: cadre does not read the "
                                  "type '{}'",
                                  column.name, type_),
                      type_ == "datetime"
                          ? "a format such as %Y-%m-%dT%H:%M:%SZ says where its day stands"
                          : "");
    }
    const JsonNode* kind = json_.find("cadre:kind");
    if (kind != nullptr && reader_.expect(*kind, JsonKind::kText, "'cadre:kind'")) {
      read_cadre_kind(*kind);
    } else if (context_.is_span_end) {
      column.kind = Kind::kDate;
    }
    if (column.kind == Kind::kDate) field_.rules.whole_number = false;
  }

  void read_cadre_kind(const JsonNode& kind) {
    Column& column = field_.column;
    if (kind.text == "text") {
      column.kind = Kind::kText;
    } else if (kind.text == "name") {
      column.kind = Kind::kName;
    } else if (kind.text == "date") {
      column.kind = Kind::kDate;
    } else if (kind.text == "number") {
      column.kind = Kind::kNumber;
    } else {
      reader_.error("bad-value", kind,
                    fmt::format("'{}' is no kind of column{}", quotable(kind.text),
                                did_you_mean(kind.text, {"text", "name", "date", "number"})),
                    "one of text, name, date, number");
      return;
    }
    if (context_.is_span_end && column.kind != Kind::kDate) {
      reader_.error("bad-value", kind,
                    fmt::format("'{}' must be a date: years are counted from it", column.name),
                    "give the column another name, or leave 'cadre:kind' out");
    }
  }

  Kind kind_of_text() const {
    const Column& column = field_.column;
    const CellRules& rules = field_.rules;
    const bool edtf = text_or_empty(json_, "rdfType").find("/edtf") != std::string::npos;
    if (edtf || (rules.pattern != nullptr && lets_dates_pass(*rules.pattern))) return Kind::kDate;
    const std::string format = text_or_empty(json_, "format");
    const bool plain_format = format.empty() || format == "default" || format == "any";
    const bool is_name = context_.is_key || !plain_format || rules.unique ||
                         rules.pattern != nullptr || !column.values.empty() ||
                         column.name == "id" || column.name == "person" ||
                         column.name == "source" || column.logical == "name";
    return is_name ? Kind::kName : Kind::kText;
  }

  bool has_date_type() const { return is_type({"date", "datetime", "year", "yearmonth"}); }

  /// Whether a format says where the day of date-times stands, of which cadre reads no other.
  bool is_day_of_datetime() const {
    return type_ == "datetime" && text_or_empty(json_, "format").find('%') != std::string::npos;
  }

  /// Whether the cells are kept as they are written, unchecked.
  bool is_unchecked() const {
    return is_one_of(type_, kUncheckedTypes) && field_.column.kind != Kind::kDate;
  }

  /// `format`: dates are read by it, strings are checked.
  void read_format() {
    const JsonNode* json = json_.find("format");
    if (json == nullptr || is_unchecked()) return;
    const std::string format = reader_.text(json_, "format");
    const Kind kind = field_.column.kind;
    if (format.empty() || format == "default") return;
    if (has_date_type()) {
      if (format == "any" || kind == Kind::kText || kind == Kind::kName) return;
      read_date_format(*json, format);
      return;
    }
    const auto known = std::find_if(kStringFormats.begin(), kStringFormats.end(),
                                    [&](const auto& one) { return one.name == format; });
    if (type_ == "string" && known != kStringFormats.end()) {
      field_.rules.format = compiled(known->pattern);
      field_.rules.format_name = format;
    } else if (type_ != "any" || format != "any") {
      reader_.unsupported(*json, fmt::format("the format '{}' of the type '{}' is not read",
                                             quotable(format), type_));
    }
  }

  void read_date_format(const JsonNode& json, const std::string& format) {
    const auto refuse = [&](std::string_view reason) {
      reader_.unsupported(
          json, fmt::format("dates in the format '{}' are not read: {}", quotable(format), reason),
          "write the dates as 1982-03-15 and leave 'format' out, or say \"cadre:kind\": \"name\" "
          "to keep them as they are");
    };
    auto read = DateFormat::parse(format);
    if (const auto* refused = std::get_if<DateFormat::Refused>(&read)) {
      return refuse(refused->reason);
    }
    DateFormat& dates = std::get<DateFormat>(read);
    if (type_ == "year" && dates.precision() != DateFormat::Precision::kYear) {
      return refuse("a year has no month and no day");
    }
    if (type_ == "yearmonth" && dates.precision() != DateFormat::Precision::kMonth) {
      return refuse("a 'yearmonth' is a year and a month, without a day");
    }
    if (is_one_of(format, kOwnDateFormats)) return;
    field_.rules.date_format = std::make_shared<const DateFormat>(std::move(dates));
  }

  /// The values of `categories` and `enum` are written as cells are: they become dates as these do.
  void read_date_values() {
    const DateFormat* format = field_.rules.date_format.get();
    Column& column = field_.column;
    if (format == nullptr || column.values.empty()) return;
    const JsonNode* constraints = json_.find("constraints");
    for (const JsonNode* list :
         {json_.find("categories"), constraints == nullptr ? nullptr : constraints->find("enum")}) {
      if (list == nullptr) continue;
      for (const JsonNode& item : list->items) {
        const JsonNode* value = value_of(item);
        if (value == nullptr || format->read(value->text) || reader_.problems().skip_error()) {
          continue;
        }
        reader_.error(
            "bad-value", *value,
            fmt::format("'{}' is no date in the format of the field", quotable(value->text)),
            format->in_words());
      }
    }
    std::vector<std::string> dates;
    auto seen = std::make_shared<TextSet>();
    for (const std::string& value : column.values) {
      const std::optional<Date> date = format->read(value);
      if (date && seen->insert(date->text()).second) dates.push_back(date->text());
    }
    column.values = std::move(dates);
    field_.rules.values = std::move(seen);
  }

  /// A date as the cells of the column have it.
  std::optional<Date> parse_date(std::string_view text) const {
    const DateFormat* format = field_.rules.date_format.get();
    return format == nullptr ? Date::parse(text) : format->read(text);
  }

  /// An error for a property that the type does not have, and so says nothing of its cells.
  bool has_property(std::string_view name, std::initializer_list<std::string_view> types) {
    const JsonNode* json = json_.find(name);
    if (json == nullptr) return false;
    if (is_type(types)) return true;
    reader_.unsupported(*json, fmt::format("'{}' has no meaning for the type '{}'", name, type_));
    return false;
  }

  /// An error for a mark that is part of numbers themselves.
  void check_mark(std::string_view name) {
    const std::string mark = text_or_empty(json_, name);
    if (mark.find_first_of("0123456789eE+-\"") == std::string::npos) return;
    reader_.error("bad-value", *json_.find(name),
                  fmt::format("'{}' cannot be {}: it stands in numbers for something else",
                              quotable(mark), name));
  }

  void read_number_form() {
    NumberForm form;
    bool given = false;
    if (has_property("decimalChar", {"number"})) {
      given = true;
      form.decimal = reader_.text(json_, "decimalChar");
      if (form.decimal.empty()) {
        reader_.error("bad-value", *json_.find("decimalChar"), "'decimalChar' is empty");
      }
    }
    if (has_property("groupChar", {"number", "integer"})) {
      given = true;
      form.group = reader_.text(json_, "groupChar");
    }
    if (has_property("bareNumber", {"number", "integer"})) {
      const JsonNode& bare = *json_.find("bareNumber");
      given = true;
      if (reader_.expect(bare, JsonKind::kBool, "'bareNumber'")) form.bare = bare.boolean;
    }
    check_mark("decimalChar");
    check_mark("groupChar");
    if (const JsonNode* group = json_.find("groupChar");
        group != nullptr && form.group == form.decimal) {
      reader_.error("bad-value", *group, "'groupChar' and 'decimalChar' are the same");
    }
    if (given && field_.column.kind == Kind::kNumber) field_.rules.number_form = form;
  }

  void read_boolean_form() {
    auto form = std::make_shared<BooleanForm>();
    const auto read_side = [&](std::string_view name, std::vector<std::string>& values) {
      if (!has_property(name, {"boolean"})) return;
      values = read_list(*json_.find(name), fmt::format("'{}'", name), "a value");
    };
    read_side("trueValues", form->true_values);
    read_side("falseValues", form->false_values);
    if (type_ != "boolean") return;
    for (const std::string& value : form->true_values) {
      if (!is_one_of(value, form->false_values)) continue;
      const JsonNode* at = json_.find("trueValues");
      reader_.error("bad-value", at != nullptr ? *at : *json_.find("falseValues"),
                    fmt::format("'{}' means both true and false", quotable(value)));
    }
    field_.rules.boolean_form = std::move(form);
    Column& column = field_.column;
    if (!column.values.empty()) return;
    column.values = {"true", "false"};
    field_.rules.values = std::make_shared<TextSet>(column.values.begin(), column.values.end());
  }

  void read_bounds() {
    const JsonNode* constraints = json_.find("constraints");
    if (constraints == nullptr || is_unchecked()) return;
    const DateFormat* format = field_.rules.date_format.get();
    for (const JsonNodeMember& member : constraints->members) {
      if (!is_one_of(member.name, kBounds)) continue;
      const std::optional<std::string> text =
          reader_.scalar(member.value, fmt::format("'{}'", member.name));
      if (!text) continue;
      if (field_.column.kind == Kind::kDate) {
        set_bound(field_.rules.dates, member, parse_date(*text), "date",
                  format == nullptr ? "" : format->in_words());
      } else if (is_type({"integer", "number"}) || field_.column.kind == Kind::kNumber) {
        set_bound(field_.rules.numbers, member, parse_number(*text), "number");
      } else {
        reader_.unsupported(member.value,
                            fmt::format("'{}' is only for numbers and dates, and '{}' is neither",
                                        member.name, field_.column.name));
      }
    }
  }

  template <typename Value>
  void set_bound(Bounds<Value>& bounds, const JsonNodeMember& member,
                 const std::optional<Value>& value, std::string_view what, std::string hint = {}) {
    if (!value) {
      reader_.error("bad-value", member.value,
                    fmt::format("'{}' of '{}' must be a {}", member.name, field_.column.name, what),
                    std::move(hint));
      return;
    }
    (member.name == "minimum"            ? bounds.minimum
     : member.name == "maximum"          ? bounds.maximum
     : member.name == "exclusiveMinimum" ? bounds.exclusive_minimum
                                         : bounds.exclusive_maximum) = value;
  }

  const JsonNode& json_;
  const FieldContext& context_;
  PropertyReader& reader_;
  ValueBudget& budget_;
  std::string type_;
  Field field_;
};

}  // namespace

bool ValueBudget::take(const JsonNode& list, PropertyReader& reader) {
  const std::size_t count = list.items.size();
  if (count <= left_) {
    left_ -= count;
    return true;
  }
  reader.error("too-many-values", list,
               fmt::format("the lists of values have more than {} values", most_),
               "allow more by --limit values=NUMBER");
  return false;
}

MissingValues read_missing_values(const JsonNode& json, const MissingValues& outer,
                                  PropertyReader& reader, ValueBudget& budget) {
  const JsonNode* values = json.find("missingValues");
  if (values == nullptr || !reader.expect(*values, JsonKind::kList, "'missingValues'")) {
    return outer;
  }
  if (!budget.take(*values, reader)) return outer;
  auto missing = std::make_shared<TextSet>();
  for (const JsonNode& item : values->items) {
    // Version 2 also allows {"value": "-99", "label": "refused"}.
    const JsonNode* value = value_of(item);
    if (value == nullptr) {
      reader.error("missing-property", item, "a missing value needs a 'value'");
    } else if (reader.expect(*value, JsonKind::kText, "a missing value")) {
      missing->insert(value->text);
    }
  }
  return missing;
}

Field read_field(const JsonNode& json, const FieldContext& context, PropertyReader& reader,
                 ValueBudget& budget) {
  return FieldReader(json, context, reader, budget).read();
}

}  // namespace cadre
