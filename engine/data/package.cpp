#include "cadre/data/package.hpp"

#include <fmt/format.h>
#include <re2/re2.h>

#include <algorithm>
#include <array>
#include <initializer_list>
#include <memory>
#include <set>
#include <string_view>
#include <utility>

#include "cadre/data/json.hpp"
#include "cadre/text/utf8.hpp"

namespace cadre {
namespace {

using Kind = Column::Kind;

const std::vector<std::string> kPackageProperties = {
    "$schema", "name",     "id",       "title",    "description",  "version",      "created",
    "as_of",   "keywords", "licenses", "sources",  "resources",    "contributors", "languages",
    "image",   "homepage", "profile",  "encoding", "missingValues"};
const std::vector<std::string> kResourceProperties = {
    "$schema",  "name",     "type",    "path",     "data",          "title",      "description",
    "format",   "schema",   "bytes",   "hash",     "mediatype",     "dialect",    "sources",
    "licenses", "encoding", "profile", "homepage", "missingValues", "compression"};
const std::vector<std::string> kSchemaProperties = {
    "$schema",     "name",       "title",       "description",   "fields",
    "fieldsMatch", "primaryKey", "foreignKeys", "missingValues", "uniqueKeys"};
const std::vector<std::string> kFieldProperties = {
    "name",       "type",        "format",      "title",      "description",       "example",
    "rdfType",    "constraints", "categories",  "sources",    "categoriesOrdered", "missingValues",
    "cadre:kind", "trueValues",  "falseValues", "bareNumber", "decimalChar",       "groupChar"};
const std::vector<std::string> kConstraints = {"required",         "unique",    "enum",
                                               "pattern",          "minLength", "maxLength",
                                               "minimum",          "maximum",   "exclusiveMinimum",
                                               "exclusiveMaximum", "jsonSchema"};
const std::vector<std::string> kTypes = {
    "string", "integer",  "number",   "boolean",  "date",    "year",   "yearmonth", "any",
    "time",   "datetime", "duration", "geopoint", "geojson", "object", "array",     "list"};
const std::vector<std::string> kStandardTables = {"people", "education", "career", "posts"};

bool is_one_of(std::string_view value, const std::vector<std::string>& values) {
  return std::find(values.begin(), values.end(), value) != values.end();
}

/// Whether a pattern is one for EDTF dates, judged by what it lets pass.
bool lets_dates_pass(const RE2& pattern) {
  return RE2::FullMatch("1982", pattern) && RE2::FullMatch("1982-03", pattern) &&
         RE2::FullMatch("1982-03-15", pattern) && !RE2::FullMatch("1982-13", pattern) &&
         !RE2::FullMatch("date", pattern);
}

class PackageReader {
 public:
  PackageReader(const TextFile& file, Problems& problems) : file_(file), problems_(problems) {}

  std::optional<PackageDescription> read() {
    const std::optional<Json> tree = parse_json(file_, problems_);
    if (!tree) return std::nullopt;
    const std::size_t errors_before = problems_.errors();
    read_package(*tree);
    if (problems_.errors() > errors_before) return std::nullopt;
    return std::move(package_);
  }

 private:
  /// A foreign key before the tables it names are known.
  struct PendingKey {
    std::size_t table;
    const Json* json;
  };

  void read_package(const Json& json) {
    const std::size_t errors_before = problems_.errors();
    if (!check_kind(json, Json::Kind::kObject, "datapackage.json")) return;
    check_properties(json, kPackageProperties);
    package_.name = text_of(json, "name");
    package_.title = text_of(json, "title");
    package_.languages = Schema().languages;
    if (const Json* languages = json.find("languages")) read_languages(*languages);
    if (const Json* as_of = json.find("as_of")) read_as_of(*as_of);
    std::vector<std::string> missing = {""};
    read_missing_values(json, missing);

    const Json* resources = json.find("resources");
    if (resources == nullptr) {
      error("missing-property", json, "a data package needs a list of 'resources'");
      return;
    }
    if (!check_kind(*resources, Json::Kind::kList, "'resources'")) return;
    for (const Json& resource : resources->items) read_resource(resource, missing);
    if (!is_one_of("people", names_)) {
      error("missing-table", *resources,
            fmt::format("the package has no table 'people'{}", did_you_mean("people", names_)),
            "name the resource with one row a person 'people'");
    }
    if (problems_.errors() > errors_before) return;  // what keys point to may be among the mistakes
    for (const PendingKey& key : pending_keys_)
      read_foreign_key(package_.tables[key.table], *key.json);
  }

  void read_languages(const Json& json) {
    if (!check_kind(json, Json::Kind::kList, "'languages'")) return;
    package_.languages = texts_of(json, "a language");
  }

  void read_as_of(const Json& json) {
    if (!check_kind(json, Json::Kind::kText, "'as_of'")) return;
    package_.as_of = Date::parse(json.text);
    if (package_.as_of) return;
    error("bad-date", json, fmt::format("'{}' is no date", quotable(json.text)),
          "write the last day that the data knows, such as 2022-12-31");
  }

  void read_resource(const Json& json, std::vector<std::string> missing) {
    if (!check_kind(json, Json::Kind::kObject, "a resource")) return;
    check_properties(json, kResourceProperties);
    const Json* name = json.find("name");
    if (name == nullptr) {
      error("missing-property", json, "a resource needs a 'name'");
      return;
    }
    if (!check_kind(*name, Json::Kind::kText, "'name'")) return;
    if (is_one_of(name->text, names_)) {
      error("duplicate-table", *name,
            fmt::format("there are two resources '{}'", quotable(name->text)));
      return;
    }
    names_.push_back(name->text);

    TableDescription table;
    table.schema.name = name->text;
    read_paths(json, table);
    if (!is_table(json, table)) return;
    check_encoding(json);
    if (table.paths.empty()) return;
    if (table.paths.front().path.find(".tsv") != std::string::npos) table.delimiter = '\t';
    if (const Json* dialect = json.find("dialect")) read_dialect(*dialect, table);
    read_missing_values(json, missing);

    const std::size_t number = package_.tables.size();
    if (const Json* schema = json.find("schema")) {
      read_schema(*schema, table, missing, number);
    } else {
      table.from_header = true;
    }
    package_.tables.push_back(std::move(table));
  }

  void read_paths(const Json& json, TableDescription& table) {
    const Json* path = json.find("path");
    if (path == nullptr) {
      if (json.find("data") != nullptr) {
        error("unsupported", *json.find("data"), "data inside of datapackage.json is not read",
              "put it into a CSV file and name that as 'path'");
      } else {
        error("missing-property", json,
              fmt::format("the resource '{}' needs a 'path'", table.schema.name));
      }
      return;
    }
    if (path->kind == Json::Kind::kText) {
      read_path(*path, table);
    } else if (check_kind(*path, Json::Kind::kList, "'path'")) {
      for (const Json& item : path->items) {
        if (check_kind(item, Json::Kind::kText, "a path")) read_path(item, table);
      }
      if (path->items.empty()) error("missing-property", *path, "the list of paths is empty");
    }
  }

  void read_path(const Json& json, TableDescription& table) {
    const std::string& path = json.text;
    if (path.find("://") != std::string::npos) {
      error("unsafe-path", json, fmt::format("'{}' is not in this folder", quotable(path)),
            "download the file and put it into the folder of datapackage.json");
      return;
    }
    bool leaves = path.empty() || path.front() == '/' || path.front() == '~' ||
                  path.find('\\') != std::string::npos || path.find('\0') != std::string::npos;
    for (std::size_t at = 0; at <= path.size();) {
      const std::size_t end = std::min(path.find('/', at), path.size());
      leaves = leaves || path.compare(at, end - at, "..") == 0;
      at = end + 1;
    }
    if (leaves) {
      error("unsafe-path", json,
            fmt::format("'{}' is not a path inside this folder", quotable(path)),
            "write it from the folder of datapackage.json on, with / between its parts");
      return;
    }
    table.paths.push_back({path, place(json)});
  }

  /// Whether the resource is a table in CSV; a package may hold other files too.
  bool is_table(const Json& json, const TableDescription& table) {
    const std::string format = text_of(json, "format");
    bool csv = format == "csv" || format == "tsv";
    if (format.empty()) {
      csv = std::all_of(table.paths.begin(), table.paths.end(), [](const auto& path) {
        return path.path.find(".csv") != std::string::npos ||
               path.path.find(".tsv") != std::string::npos;
      });
    }
    if (!csv && is_standard_table(table.schema.name)) {
      const Json* at = json.find(format.empty() ? "path" : "format");
      error("unsupported", at == nullptr ? json : *at,
            fmt::format("the table '{}' must be a CSV file", table.schema.name));
    }
    return csv;
  }

  void check_encoding(const Json& json) {
    const Json* encoding = json.find("encoding");
    if (encoding == nullptr || !check_kind(*encoding, Json::Kind::kText, "'encoding'")) return;
    const std::string name = ascii_lower_case(encoding->text);
    if (name == "utf-8" || name == "utf8" || name == "utf-8-sig") return;
    error("unsupported", *encoding, fmt::format("the encoding '{}' is not read", quotable(name)),
          "save the file as UTF-8");
  }

  void read_dialect(const Json& json, TableDescription& table) {
    if (!check_kind(json, Json::Kind::kObject, "'dialect'")) return;
    for (const JsonMember& member : json.members) {
      const Json& value = member.value;
      if (member.name == "delimiter") {
        const bool one = value.kind == Json::Kind::kText && value.text.size() == 1 &&
                         std::string_view("\"\r\n").find(value.text[0]) == std::string_view::npos;
        if (one) {
          table.delimiter = value.text[0];
        } else {
          error("unsupported", value, "the delimiter must be a single character, such as \",\"");
        }
        continue;
      }
      const bool wrong_switch = (member.name == "header" || member.name == "doubleQuote") &&
                                !(value.kind == Json::Kind::kBool && value.boolean);
      const bool wrong_quote = member.name == "quoteChar" && value.text != "\"";
      const bool unknown = member.name == "escapeChar" || member.name == "commentChar" ||
                           member.name == "headerRows" || member.name == "commentRows" ||
                           member.name == "headerJoin";
      const bool skips = member.name == "skipInitialSpace" && value.boolean;
      if (wrong_switch || wrong_quote || unknown || skips) {
        error("unsupported", value, fmt::format("this setting of '{}' is not read", member.name),
              "save the file as RFC 4180 says: one header line, cells in \" where needed, \"\" for "
              "a quote");
      }
    }
  }

  void read_missing_values(const Json& json, std::vector<std::string>& missing) {
    const Json* values = json.find("missingValues");
    if (values == nullptr || !check_kind(*values, Json::Kind::kList, "'missingValues'")) return;
    missing.clear();
    for (const Json& item : values->items) {
      // Version 2 also allows {"value": "-99", "label": "refused"}.
      const Json* value = item.kind == Json::Kind::kObject ? item.find("value") : &item;
      if (value == nullptr) {
        error("missing-property", item, "a missing value needs a 'value'");
      } else if (check_kind(*value, Json::Kind::kText, "a missing value")) {
        missing.push_back(value->text);
      }
    }
    // An empty cell is never a value here.
    if (!is_one_of("", missing)) missing.emplace_back();
  }

  void read_schema(const Json& json, TableDescription& table, std::vector<std::string> missing,
                   std::size_t number) {
    if (json.kind == Json::Kind::kText) {
      error("unsupported", json, "a schema in a file of its own is not read",
            "write its fields into datapackage.json");
      return;
    }
    if (!check_kind(json, Json::Kind::kObject, "'schema'")) return;
    check_properties(json, kSchemaProperties);
    read_missing_values(json, missing);
    const std::string match = text_of(json, "fieldsMatch");
    table.may_have_more = match == "subset" || match == "partial";
    table.may_lack = match == "superset" || match == "partial";

    const Json* fields = json.find("fields");
    if (fields == nullptr) {
      error("missing-property", json, "a schema needs a list of 'fields'");
      return;
    }
    if (!check_kind(*fields, Json::Kind::kList, "'fields'")) return;
    const std::set<std::string> keys = key_fields(json);
    for (const Json& field : fields->items) read_field(field, table, missing, keys);

    if (is_standard_table(table.schema.name)) {
      const std::size_t errors_before = problems_.errors();
      complete_standard_table(table, place(*fields), problems_);
      if (problems_.errors() > errors_before) return;
    }
    if (const Json* key = json.find("primaryKey")) {
      table.primary_key = columns_of(*key, table, "'primaryKey'");
    }
    if (const Json* foreign = json.find("foreignKeys")) {
      if (!check_kind(*foreign, Json::Kind::kList, "'foreignKeys'")) return;
      for (const Json& item : foreign->items) pending_keys_.push_back({number, &item});
    }
  }

  /// The fields that point to rows: those of the primary and the foreign keys.
  static std::set<std::string> key_fields(const Json& schema) {
    std::set<std::string> names;
    const auto add = [&names](const Json* fields) {
      if (fields == nullptr) return;
      if (fields->kind == Json::Kind::kText) names.insert(fields->text);
      for (const Json& item : fields->items) names.insert(item.text);
    };
    add(schema.find("primaryKey"));
    if (const Json* foreign = schema.find("foreignKeys")) {
      for (const Json& item : foreign->items) add(item.find("fields"));
    }
    return names;
  }

  void read_field(const Json& json, TableDescription& table,
                  const std::vector<std::string>& missing, const std::set<std::string>& keys) {
    if (!check_kind(json, Json::Kind::kObject, "a field")) return;
    check_properties(json, kFieldProperties);
    const Json* name = json.find("name");
    if (name == nullptr) {
      error("missing-property", json, "a field needs a 'name'");
      return;
    }
    if (!check_kind(*name, Json::Kind::kText, "'name'")) return;
    if (table.schema.find(name->text)) {
      error("duplicate-column", *name,
            fmt::format("there are two fields '{}'", quotable(name->text)));
      return;
    }

    CellRules rules;
    rules.missing_values = missing;
    read_missing_values(json, rules.missing_values);
    Column column = make_column(name->text, package_.languages);
    const Json* constraints = json.find("constraints");
    if (constraints != nullptr && check_kind(*constraints, Json::Kind::kObject, "'constraints'")) {
      read_constraints(*constraints, rules);
    }
    read_values(json, column);
    read_kind(json, keys.contains(name->text), column, rules);
    table.schema.columns.push_back(std::move(column));
    table.rules.push_back(std::move(rules));
  }

  void read_constraints(const Json& json, CellRules& rules) {
    for (const JsonMember& member : json.members) {
      const Json& value = member.value;
      const std::string quoted = fmt::format("'{}'", quotable(member.name));
      if (member.name == "required" || member.name == "unique") {
        if (!check_kind(value, Json::Kind::kBool, quoted)) continue;
        (member.name == "required" ? rules.required : rules.unique) = value.boolean;
      } else if (member.name == "minLength" || member.name == "maxLength") {
        const std::optional<double> number = read_number(value, quoted);
        if (!number || *number < 0 || *number > 1e9) continue;
        (member.name == "minLength" ? rules.min_length : rules.max_length) =
            static_cast<std::size_t>(*number);
      } else if (member.name == "minimum" || member.name == "maximum") {
        // Bounds of dates are texts; they are not checked.
        if (value.kind == Json::Kind::kText && !parse_number(value.text)) continue;
        (member.name == "minimum" ? rules.minimum : rules.maximum) = read_number(value, quoted);
      } else if (member.name == "pattern") {
        if (check_kind(value, Json::Kind::kText, quoted)) read_pattern(value, rules);
      } else if (!is_one_of(member.name, kConstraints)) {
        problems_.error("unknown-constraint",
                        fmt::format("there is no constraint {}{}", quoted,
                                    did_you_mean(member.name, kConstraints)),
                        file_.place(member.begin, member.end));
      }
    }
  }

  void read_pattern(const Json& json, CellRules& rules) {
    RE2::Options options;
    options.set_log_errors(false);
    auto pattern = std::make_shared<const RE2>(json.text, options);
    if (pattern->ok()) {
      rules.pattern = std::move(pattern);
    } else {
      error("bad-regex", json, fmt::format("RE2 cannot read this pattern: {}", pattern->error()));
    }
  }

  /// `categories` (texts, or objects with a `value`) and `enum`.
  void read_values(const Json& json, Column& column) {
    if (const Json* categories = json.find("categories")) {
      if (!check_kind(*categories, Json::Kind::kList, "'categories'")) return;
      for (const Json& item : categories->items) {
        const Json* value = item.kind == Json::Kind::kObject ? item.find("value") : &item;
        if (value == nullptr) {
          error("missing-property", item, "a category needs a 'value'");
        } else if (const auto text = scalar(*value, "a category")) {
          column.values.push_back(*text);
        }
      }
    }
    if (const Json* ordered = json.find("categoriesOrdered")) {
      if (!check_kind(*ordered, Json::Kind::kBool, "'categoriesOrdered'")) return;
      column.ordered = ordered->boolean;
      if (column.ordered && column.values.empty()) {
        error("missing-property", *ordered, "'categoriesOrdered' needs 'categories'",
              "list them from the least to the greatest");
      }
    }
    const Json* constraints = json.find("constraints");
    const Json* allowed = constraints == nullptr ? nullptr : constraints->find("enum");
    if (allowed == nullptr || !check_kind(*allowed, Json::Kind::kList, "'enum'")) return;
    std::vector<std::string> values;
    for (const Json& item : allowed->items) {
      const std::optional<std::string> text = scalar(item, "a value of 'enum'");
      if (!text) continue;
      if (!column.values.empty() && !is_one_of(*text, column.values)) {
        error("bad-value", item,
              fmt::format("'{}' is in 'enum' and not in 'categories'{}", quotable(*text),
                          did_you_mean(*text, column.values)));
      }
      values.push_back(*text);
    }
    if (column.values.empty()) {
      column.values = std::move(values);
    } else {
      std::erase_if(column.values,
                    [&values](const std::string& value) { return !is_one_of(value, values); });
    }
  }

  /// What the column is to the rules, from what the field says of itself.
  void read_kind(const Json& json, bool is_key, Column& column, CellRules& rules) {
    const std::string type = json.find("type") == nullptr ? "string" : text_of(json, "type");
    if (!is_one_of(type, kTypes)) {
      error("unknown-type", *json.find("type"),
            fmt::format("there is no type '{}'{}", quotable(type), did_you_mean(type, kTypes)));
      return;
    }
    const std::string format = text_of(json, "format");
    const bool plain_format = format.empty() || format == "default" || format == "any";

    if (type == "integer" || type == "number") {
      column.kind = Kind::kNumber;
      rules.whole_number = type == "integer";
    } else if ((type == "date" && plain_format) || type == "year" || type == "yearmonth") {
      column.kind = Kind::kDate;
    } else if (type == "boolean") {
      column.kind = Kind::kName;
      if (column.values.empty()) {
        column.values = {"true", "false", "True", "False", "TRUE", "FALSE", "1", "0"};
      }
    } else if (type == "string" || type == "any") {
      column.kind = kind_of_text(json, is_key, plain_format, column, rules);
    } else {
      column.kind = Kind::kName;
      problems_.warning("not-checked",
                        fmt::format("the values of '{}' are not checked: cadre does not read the "
                                    "type '{}'",
                                    column.name, type),
                        place(*json.find("type")));
    }

    const Json* kind = json.find("cadre:kind");
    if (kind == nullptr || !check_kind(*kind, Json::Kind::kText, "'cadre:kind'")) return;
    if (kind->text == "text") {
      column.kind = Kind::kText;
    } else if (kind->text == "name") {
      column.kind = Kind::kName;
    } else if (kind->text == "date") {
      column.kind = Kind::kDate;
    } else if (kind->text == "number") {
      column.kind = Kind::kNumber;
    } else {
      error("bad-value", *kind,
            fmt::format("'{}' is no kind of column{}", quotable(kind->text),
                        did_you_mean(kind->text, {"text", "name", "date", "number"})),
            "one of text, name, date, number");
    }
  }

  static Kind kind_of_text(const Json& json, bool is_key, bool plain_format, const Column& column,
                           const CellRules& rules) {
    const bool edtf = text_of(json, "rdfType").find("/edtf") != std::string::npos;
    if (edtf || (rules.pattern != nullptr && lets_dates_pass(*rules.pattern))) return Kind::kDate;
    const bool is_name = is_key || !plain_format || rules.unique || rules.pattern != nullptr ||
                         !column.values.empty() || column.name == "id" || column.name == "person" ||
                         column.name == "source" || column.logical == "name";
    return is_name ? Kind::kName : Kind::kText;
  }

  void read_foreign_key(TableDescription& table, const Json& json) {
    if (!check_kind(json, Json::Kind::kObject, "a foreign key")) return;
    const Json* fields = json.find("fields");
    const Json* reference = json.find("reference");
    const Json* targets = reference == nullptr ? nullptr : reference->find("fields");
    if (fields == nullptr || targets == nullptr) {
      error("missing-property", json,
            "a foreign key needs 'fields' and a 'reference' with 'resource' and 'fields'");
      return;
    }
    const std::size_t errors_before = problems_.errors();
    ForeignKey key;
    key.columns = columns_of(*fields, table, "'fields'");
    const std::string resource = text_of(*reference, "resource");
    const TableDescription* target = resource.empty() ? &table : package_.find(resource);
    if (target == nullptr) {
      error("unknown-table", *reference->find("resource"),
            fmt::format("there is no resource '{}'{}", quotable(resource),
                        did_you_mean(resource, names_)));
      return;
    }
    if (target->from_header) return;  // its columns are not known yet
    key.table = static_cast<std::size_t>(target - package_.tables.data());
    key.target_columns = columns_of(*targets, *target, "'fields'");
    if (problems_.errors() > errors_before) return;
    if (key.columns.size() != key.target_columns.size()) {
      error("bad-key", json, "a foreign key needs as many fields as its reference");
      return;
    }
    if (!key.columns.empty()) table.foreign_keys.push_back(std::move(key));
  }

  /// The columns that a key names: one name or a list of them.
  std::vector<std::uint32_t> columns_of(const Json& json, const TableDescription& table,
                                        std::string_view what) {
    std::vector<std::uint32_t> columns;
    const auto add = [&](const Json& item) {
      if (!check_kind(item, Json::Kind::kText, "a field's name")) return;
      if (const std::optional<std::uint32_t> column = table.schema.find(item.text)) {
        columns.push_back(*column);
        return;
      }
      std::vector<std::string> known;
      for (const Column& column : table.schema.columns) known.push_back(column.name);
      error("unknown-field", item,
            fmt::format("'{}' has no field '{}'{}", table.schema.name, quotable(item.text),
                        did_you_mean(item.text, known)));
    };
    if (json.kind == Json::Kind::kText) {
      add(json);
    } else if (check_kind(json, Json::Kind::kList, what)) {
      for (const Json& item : json.items) add(item);
    }
    return columns;
  }

  /// The text of a member, or an empty one where there is none.
  static std::string text_of(const Json& json, std::string_view name) {
    const Json* value = json.find(name);
    return value != nullptr && value->kind == Json::Kind::kText ? value->text : std::string();
  }

  std::vector<std::string> texts_of(const Json& list, std::string_view what) {
    std::vector<std::string> texts;
    for (const Json& item : list.items) {
      if (check_kind(item, Json::Kind::kText, what)) texts.push_back(item.text);
    }
    return texts;
  }

  /// A text or a number, as it is written in a CSV file.
  std::optional<std::string> scalar(const Json& json, std::string_view what) {
    if (json.kind == Json::Kind::kNumber) return json.text;
    if (json.kind == Json::Kind::kBool) return json.boolean ? "true" : "false";
    if (!check_kind(json, Json::Kind::kText, what)) return std::nullopt;
    return json.text;
  }

  std::optional<double> read_number(const Json& json, std::string_view what) {
    if (json.kind == Json::Kind::kText) return parse_number(json.text);
    if (!check_kind(json, Json::Kind::kNumber, what)) return std::nullopt;
    return parse_number(json.text);
  }

  bool check_kind(const Json& json, Json::Kind kind, std::string_view what) {
    if (json.kind == kind) return true;
    error("wrong-type", json,
          fmt::format("{} must be {}, not {}", what, name(kind), name(json.kind)));
    return false;
  }

  /// Warns of names that look like slips of the finger. Others are custom properties, which the
  /// standard allows.
  void check_properties(const Json& json, const std::vector<std::string>& known) {
    for (const JsonMember& member : json.members) {
      if (is_one_of(member.name, known)) continue;
      const std::string suggestion = did_you_mean(member.name, known);
      if (suggestion.empty()) continue;
      problems_.warning(
          "unknown-property",
          fmt::format("'{}' is no property that cadre reads{}", quotable(member.name), suggestion),
          file_.place(member.begin, member.end));
    }
  }

  void error(std::string code, const Json& at, std::string message, std::string hint = {}) {
    problems_.error(std::move(code), std::move(message), place(at), std::move(hint));
  }

  Place place(const Json& json) const { return file_.place(json.begin, json.end); }

  const TextFile& file_;
  Problems& problems_;
  PackageDescription package_;
  std::vector<std::string> names_;  // of all resources
  std::vector<PendingKey> pending_keys_;
};

}  // namespace

const TableDescription* PackageDescription::find(std::string_view table) const {
  for (const TableDescription& one : tables) {
    if (one.schema.name == table) return &one;
  }
  return nullptr;
}

std::optional<PackageDescription> read_package(const TextFile& file, Problems& problems) {
  return PackageReader(file, problems).read();
}

bool is_standard_table(std::string_view name) {
  return is_one_of(name, kStandardTables);
}

void complete_standard_table(TableDescription& table, const Place& place, Problems& problems) {
  std::vector<Column>& columns = table.schema.columns;
  const bool is_people = table.schema.name == "people";
  const std::string needed = is_people ? "id" : "person";
  if (!table.schema.find(needed)) {
    std::vector<std::string> names;
    for (const Column& column : columns) names.push_back(column.name);
    problems.error("missing-column",
                   fmt::format("the table '{}' needs a column '{}'{}", table.schema.name, needed,
                               did_you_mean(needed, names)),
                   place,
                   is_people ? "an id for every person, which the other tables use"
                             : "the id of the person, from the table 'people'");
    return;
  }
  if (!table.schema.find("id")) {
    table.derived_ids = true;
    Column id = make_column("id", {});
    id.kind = Kind::kName;
    columns.push_back(std::move(id));
    table.rules.emplace_back();
  }
  for (const std::string_view name : {"id", "person"}) {
    const std::optional<std::uint32_t> column = table.schema.find(name);
    if (!column) continue;
    table.rules[*column].required = true;
    if (name == "id") table.rules[*column].unique = true;
  }
}

}  // namespace cadre
