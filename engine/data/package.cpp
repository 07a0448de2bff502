#include "cadre/data/package.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <filesystem>
#include <set>
#include <span>
#include <string_view>
#include <utility>

#include "cadre/data/column_name.hpp"
#include "cadre/data/dialect.hpp"
#include "cadre/data/field.hpp"
#include "cadre/data/json_tree.hpp"
#include "cadre/data/property_reader.hpp"
#include "cadre/text/utf8.hpp"

namespace cadre {
namespace {

using Kind = JsonNode::Kind;

const std::vector<std::string> kPackageProperties = {
    "$schema", "name",     "id",       "title",    "description",  "version",      "created",
    "as_of",   "keywords", "licenses", "sources",  "resources",    "contributors", "languages",
    "image",   "homepage", "profile",  "encoding", "missingValues"};
const std::vector<std::string> kResourceProperties = {
    "$schema",  "name",     "type",    "path",     "data",          "title",      "description",
    "format",   "schema",   "bytes",   "hash",     "mediatype",     "dialect",    "sources",
    "licenses", "encoding", "profile", "homepage", "missingValues", "compression"};
/// Properties of programs that change how a file is read (frictionless-py).
const std::vector<std::string> kRefusedProperties = {"innerpath", "extrapaths", "control",
                                                     "layout",    "query",      "pipeline"};
const std::vector<std::string> kSchemaProperties = {
    "$schema",     "name",       "title",       "description",   "fields",
    "fieldsMatch", "primaryKey", "foreignKeys", "missingValues", "uniqueKeys"};
const std::vector<std::string> kForeignKeyProperties = {"fields", "reference", "title",
                                                        "description"};
const std::vector<std::string> kReferenceProperties = {"resource", "fields", "package"};
const std::vector<std::string> kFieldsMatch = {"exact", "equal", "subset", "superset", "partial"};
/// What cadre unpacks by the first bytes of a file.
const std::vector<std::string> kCompressions = {"", "no", "gz", "gzip", "zst", "zstd"};
/// Mediatypes that a CSV file may have.
const std::vector<std::string> kMediatypes = {"text/csv",
                                              "text/tab-separated-values",
                                              "text/tab-separated",
                                              "text/plain",
                                              "text/x-csv",
                                              "text/comma-separated-values",
                                              "application/csv",
                                              "application/x-csv",
                                              "application/gzip",
                                              "application/x-gzip",
                                              "application/octet-stream",
                                              "application/zstd",
                                              "application/vnd.ms-excel"};

/// Above this a package would be read for hours: every key is checked by a walk over its table.
constexpr std::size_t kMostKeys = 1000;

/// The ending of a file's name without that of its compression: ".csv" of "People.CSV.gz".
std::string inner_ending(const std::string& path) {
  std::filesystem::path name(ascii_lower_case(path));
  if (const std::string last = name.extension().string();
      last == ".gz" || last == ".zst" || last == ".zstd") {
    name = name.stem();
  }
  return name.extension().string();
}

class PackageReader {
 public:
  PackageReader(const TextFile& file, const DataOptions& options, Problems& problems)
      : file_(file), options_(options), reader_(file, problems), budget_(options.max_values) {}

  std::optional<PackageDescription> read() {
    const std::optional<JsonNode> tree = parse_json(file_, reader_.problems());
    if (!tree) return std::nullopt;
    const std::size_t errors_before = reader_.errors();
    read_package(*tree);
    if (reader_.errors() > errors_before) return std::nullopt;
    return std::move(package_);
  }

 private:
  /// A foreign key before the tables it names are known.
  struct PendingKey {
    std::size_t table;
    const JsonNode* json;
  };

  void read_package(const JsonNode& json) {
    const std::size_t errors_before = reader_.errors();
    if (!reader_.expect(json, Kind::kObject, "datapackage.json")) return;
    reader_.check_names(json, kPackageProperties, PropertyLevel::kPackage);
    package_.name = reader_.text(json, "name");
    package_.title = reader_.text(json, "title");
    package_.languages = options_.schema->languages;
    package_.declared = options_.schema;
    if (const JsonNode* languages = json.find("languages")) read_languages(*languages);
    if (const JsonNode* as_of = json.find("as_of")) read_as_of(*as_of);
    check_encoding(json);
    const MissingValues missing = read_missing_values(json, nullptr, reader_, budget_);

    const JsonNode* resources = json.find("resources");
    if (resources == nullptr) {
      reader_.error("missing-property", json, "a data package needs a list of 'resources'");
      return;
    }
    if (!reader_.expect(*resources, Kind::kList, "'resources'")) return;
    if (resources->items.size() > options_.max_resources) {
      reader_.error("too-many-resources", *resources,
                    fmt::format("the package has {} resources, and at most {} are read",
                                resources->items.size(), options_.max_resources),
                    "allow more by --limit resources=NUMBER");
      return;
    }
    for (const JsonNode& resource : resources->items) read_resource(resource, missing);
    if (!is_one_of("people", names_)) {
      reader_.error(
          "missing-table", *resources,
          fmt::format("the package has no table 'people'{}", did_you_mean("people", names_)),
          "name the resource with one row a person 'people'");
    }
    if (reader_.errors() > errors_before) return;  // what keys point to may be among the mistakes
    for (const PendingKey& key : pending_keys_)
      read_foreign_key(package_.tables[key.table], *key.json);
  }

  void read_languages(const JsonNode& json) {
    if (!reader_.expect(json, Kind::kList, "'languages'")) return;
    package_.languages = reader_.texts(json, "a language");
  }

  void read_as_of(const JsonNode& json) {
    if (!reader_.expect(json, Kind::kText, "'as_of'")) return;
    package_.as_of = Date::parse(json.text);
    if (package_.as_of) return;
    reader_.error("bad-date", json, fmt::format("'{}' is no date", quotable(json.text)),
                  "write the last day that the data knows, such as 2022-12-31");
  }

  void read_resource(const JsonNode& json, const MissingValues& outer) {
    if (!reader_.expect(json, Kind::kObject, "a resource")) return;
    reader_.check_names(json, kResourceProperties, PropertyLevel::kResource);
    const JsonNode* name = json.find("name");
    if (name == nullptr) {
      reader_.error("missing-property", json, "a resource needs a 'name'");
      return;
    }
    if (!reader_.expect(*name, Kind::kText, "'name'")) return;
    if (is_one_of(name->text, names_)) {
      reader_.error("duplicate-table", *name,
                    fmt::format("there are two resources '{}'", quotable(name->text)));
      return;
    }
    names_.push_back(name->text);

    TableDescription table;
    table.schema.name = name->text;
    declare(table);
    read_paths(json, table);
    if (!is_table(json, table)) return;
    check_encoding(json);
    check_mediatype(json);
    check_compression(json);
    refuse_properties(json);
    if (table.paths.empty()) return;
    read_stated_size(json, table);
    read_stated_hash(json, table);
    read_table_dialect(json, table);
    table.missing_values = read_missing_values(json, outer, reader_, budget_);

    const std::size_t number = package_.tables.size();
    if (const JsonNode* schema = json.find("schema")) {
      read_schema(*schema, table, number);
    } else {
      table.from_header = true;
    }
    package_.tables.push_back(std::move(table));
  }

  /// What the declared schema says of a table whose rows belong to people.
  void declare(TableDescription& table) {
    for (const SchemaTable& declared : package_.declared->tables) {
      if (stored_name(declared) != table.schema.name) continue;
      table.declared = &declared;
      const SchemaSpan span = declared.span.value_or(SchemaSpan());
      table.schema.start = span.start;
      table.schema.end = span.end;
    }
  }

  void read_paths(const JsonNode& json, TableDescription& table) {
    const JsonNode* path = json.find("path");
    if (const JsonNode* data = json.find("data")) {
      reader_.unsupported(*data, "data inside of datapackage.json is not read",
                          "put it into a CSV file and name that as 'path'");
      return;
    }
    if (path == nullptr) {
      reader_.error("missing-property", json,
                    fmt::format("the resource '{}' needs a 'path'", table.schema.name));
      return;
    }
    if (path->kind == Kind::kText) {
      read_path(*path, table);
    } else if (reader_.expect(*path, Kind::kList, "'path'")) {
      for (const JsonNode& item : path->items) {
        if (reader_.expect(item, Kind::kText, "a path")) read_path(item, table);
      }
      if (path->items.empty()) {
        reader_.error("missing-property", *path, "the list of paths is empty");
      }
    }
  }

  void read_path(const JsonNode& json, TableDescription& table) {
    const std::string& path = json.text;
    if (path.find("://") != std::string::npos) {
      reader_.error("unsafe-path", json, fmt::format("'{}' is not in this folder", quotable(path)),
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
      reader_.error("unsafe-path", json,
                    fmt::format("'{}' is not a path inside this folder", quotable(path)),
                    "write it from the folder of datapackage.json on, with / between its parts");
      return;
    }
    const std::string normal = std::filesystem::path(path).lexically_normal().generic_string();
    if (!table_paths_.emplace(table.schema.name, normal).second) {
      reader_.error("duplicate-path", json,
                    fmt::format("'{}' stands twice among the files of '{}'", quotable(path),
                                table.schema.name),
                    "its rows would count twice");
      return;
    }
    table.paths.push_back({path, reader_.place(json)});
  }

  /// Whether the resource is a table in CSV; a package may hold other files too.
  bool is_table(const JsonNode& json, const TableDescription& table) {
    const std::string format = ascii_lower_case(reader_.text(json, "format"));
    bool csv = format == "csv" || format == "tsv";
    if (format.empty()) {
      const std::string mediatype = ascii_lower_case(reader_.text(json, "mediatype"));
      csv = mediatype.starts_with("text/csv") || mediatype.starts_with("text/tab-separated") ||
            std::all_of(table.paths.begin(), table.paths.end(), [](const auto& path) {
              const std::string ending = inner_ending(path.path);
              return ending == ".csv" || ending == ".tsv";
            });
    }
    if (csv) return true;
    const JsonNode* at = json.find(format.empty() ? "path" : "format");
    const JsonNode& place = at == nullptr ? json : *at;
    if (table.declared != nullptr) {
      reader_.unsupported(place,
                          fmt::format("the table '{}' must be a CSV file", table.schema.name));
    } else if (json.find("schema") != nullptr || text_or_empty(json, "type") == "table") {
      reader_.warning(
          "not-read", place,
          fmt::format("the table '{}' is not read, as it is no CSV file", table.schema.name));
    }
    return false;
  }

  void check_encoding(const JsonNode& json) {
    if (const JsonNode* at = json.find("encoding")) {
      check_encoding(*at, ascii_lower_case(reader_.text(json, "encoding")));
    }
  }

  void check_encoding(const JsonNode& at, const std::string& name) {
    if (is_one_of(name, {"", "utf-8", "utf8", "utf-8-sig", "ascii", "us-ascii"})) return;
    reader_.unsupported(at, fmt::format("the encoding '{}' is not read", quotable(name)),
                        "save the file as UTF-8");
  }

  /// Of a table that is read: "text/csv; charset=utf-8". Types of any file, or of any text, and
  /// those that programs give to CSV, say nothing else.
  void check_mediatype(const JsonNode& json) {
    const JsonNode* at = json.find("mediatype");
    if (at == nullptr) return;
    const std::string written = ascii_lower_case(reader_.text(json, "mediatype"));
    std::string type = written.substr(0, written.find(';'));
    type.erase(type.find_last_not_of(' ') + 1);
    if (!type.empty() && !is_one_of(type, kMediatypes)) {
      reader_.error("bad-value", *at,
                    fmt::format("the mediatype '{}' is not that of a CSV file", quotable(type)),
                    "write text/csv, or take it out");
    }
    constexpr std::string_view kCharset = "charset=";
    const std::size_t charset = written.find(kCharset);
    if (charset == std::string::npos) return;
    std::string name = written.substr(charset + kCharset.size());
    name.erase(std::min(name.find(';'), name.size()));
    std::erase_if(name, [](char letter) { return letter == '"' || letter == ' '; });
    check_encoding(*at, name);
  }

  void check_compression(const JsonNode& json) {
    const std::string name = ascii_lower_case(reader_.text(json, "compression"));
    if (is_one_of(name, kCompressions)) return;
    reader_.unsupported(*json.find("compression"),
                        fmt::format("the compression '{}' is not read", quotable(name)),
                        "unpack the file, or compress it by gzip or zstd");
  }

  void refuse_properties(const JsonNode& json) {
    for (const JsonNodeMember& member : json.members) {
      if (!is_one_of(member.name, kRefusedProperties)) continue;
      reader_.error_at_name("unsupported", member,
                            fmt::format("'{}' of a resource is not read", member.name),
                            "save the table as a CSV file of its own");
    }
  }

  void read_stated_size(const JsonNode& json, TableDescription& table) {
    const JsonNode* bytes = json.find("bytes");
    if (bytes == nullptr || !reader_.expect(*bytes, Kind::kNumber, "'bytes'")) return;
    StatedSize size{0, reader_.place(*bytes)};
    const char* end = bytes->text.data() + bytes->text.size();
    const auto [at, error] = std::from_chars(bytes->text.data(), end, size.bytes);
    if (error == std::errc() && at == end) {
      table.stated_size = std::move(size);
    } else {
      reader_.error("bad-value", *bytes, "'bytes' must be a whole number");
    }
  }

  void read_stated_hash(const JsonNode& json, TableDescription& table) {
    const JsonNode* hash = json.find("hash");
    if (hash == nullptr || !reader_.expect(*hash, Kind::kText, "'hash'")) return;
    table.stated_hash = parse_hash(hash->text);
    if (table.stated_hash) {
      table.stated_hash->place = reader_.place(*hash);
    } else {
      reader_.unsupported(*hash, fmt::format("the hash '{}' is not read", quotable(hash->text)),
                          "one of MD5, SHA-1, SHA-256 and SHA-512, such as \"sha256:9f86...\"");
    }
  }

  void read_table_dialect(const JsonNode& json, TableDescription& table) {
    const bool tabs = ascii_lower_case(text_or_empty(json, "format")) == "tsv" ||
                      text_or_empty(json, "mediatype").starts_with("text/tab-separated") ||
                      inner_ending(table.paths.front().path) == ".tsv";
    Dialect read;
    if (tabs) read.delimiter = '\t';
    if (const JsonNode* dialect = json.find("dialect")) read_dialect(*dialect, reader_, read);
    table.delimiter = read.delimiter;
    table.null_sequence = std::move(read.null_sequence);
  }

  void read_schema(const JsonNode& json, TableDescription& table, std::size_t number) {
    if (json.kind == Kind::kText) {
      reader_.unsupported(json, "a schema in a file of its own is not read",
                          "write its fields into datapackage.json");
      return;
    }
    if (!reader_.expect(json, Kind::kObject, "'schema'")) return;
    reader_.check_names(json, kSchemaProperties, PropertyLevel::kSchema);
    const MissingValues missing = read_missing_values(json, table.missing_values, reader_, budget_);
    if (const JsonNode* match = json.find("fieldsMatch")) read_fields_match(*match, table);

    const JsonNode* fields = json.find("fields");
    if (fields == nullptr) {
      reader_.error("missing-property", json, "a schema needs a list of 'fields'");
      return;
    }
    if (!reader_.expect(*fields, Kind::kList, "'fields'")) return;
    if (fields->items.size() > options_.max_columns) {
      reader_.error("too-many-columns", *fields,
                    fmt::format("'{}' has {} fields, and at most {} are read", table.schema.name,
                                fields->items.size(), options_.max_columns),
                    "allow more by --limit columns=NUMBER");
      return;
    }
    const std::set<std::string> keys = key_fields(json);
    TextSet names;
    for (const JsonNode& field : fields->items) add_field(field, table, missing, keys, names);

    if (table.declared != nullptr) {
      const std::size_t errors_before = reader_.errors();
      complete_table_of_people(table, reader_.place(*fields), reader_.problems());
      if (reader_.errors() > errors_before) return;
      warn_of_slips(*fields, names, table);
    }
    read_keys(json, table);
    if (const JsonNode* foreign = json.find("foreignKeys")) {
      if (!reader_.expect(*foreign, Kind::kList, "'foreignKeys'")) return;
      for (const JsonNode& item : foreign->items) {
        if (count_key(item)) pending_keys_.push_back({number, &item});
      }
    }
  }

  /// Warns of fields that look like those with a meaning. `names` are those of all of them.
  void warn_of_slips(const JsonNode& fields, const TextSet& names, const TableDescription& table) {
    for (const JsonNode& field : fields.items) {
      const JsonNode* name = field.find("name");
      if (name == nullptr) continue;
      const std::optional<std::string> meant = slip_for(*table.declared, name->text);
      if (!meant || names.contains(*meant)) continue;
      CellProblem slip = column_slip(table.schema.name, name->text, *meant);
      reader_.warning(std::move(slip.code), *name, std::move(slip.message), std::move(slip.hint));
    }
  }

  /// A text; in drafts of version 2 a list with one.
  void read_fields_match(const JsonNode& json, TableDescription& table) {
    const bool in_list = json.kind == Kind::kList && json.items.size() == 1;
    const JsonNode& value = in_list ? json.items.front() : json;
    if (!reader_.expect(value, Kind::kText, "'fieldsMatch'")) return;
    if (!is_one_of(value.text, kFieldsMatch)) {
      reader_.error("bad-value", value,
                    fmt::format("'{}' is no way to match fields{}", quotable(value.text),
                                did_you_mean(value.text, kFieldsMatch)),
                    "one of exact, equal, subset, superset, partial");
    }
    table.may_have_more = value.text == "subset" || value.text == "partial";
    table.may_lack = value.text == "superset" || value.text == "partial";
  }

  /// The fields that point to rows: those of the primary and the foreign keys.
  static std::set<std::string> key_fields(const JsonNode& schema) {
    std::set<std::string> names;
    const auto add = [&names](const JsonNode* fields) {
      if (fields == nullptr) return;
      if (fields->kind == Kind::kText) names.insert(fields->text);
      for (const JsonNode& item : fields->items) names.insert(item.text);
    };
    add(schema.find("primaryKey"));
    if (const JsonNode* foreign = schema.find("foreignKeys")) {
      for (const JsonNode& item : foreign->items) add(item.find("fields"));
    }
    return names;
  }

  void add_field(const JsonNode& json, TableDescription& table, const MissingValues& missing,
                 const std::set<std::string>& keys, TextSet& names) {
    if (!reader_.expect(json, Kind::kObject, "a field")) return;
    const JsonNode* name = json.find("name");
    if (name == nullptr) {
      reader_.error("missing-property", json, "a field needs a 'name'");
      return;
    }
    if (!reader_.expect(*name, Kind::kText, "'name'")) return;
    if (const auto problem = check_column_name(name->text)) {
      reader_.error(problem->code, *name, problem->message, problem->hint);
      return;
    }
    if (!names.insert(name->text).second) {
      reader_.error("duplicate-column", *name,
                    fmt::format("there are two fields '{}'", quotable(name->text)));
      return;
    }
    const std::optional<SchemaSpan> span =
        table.declared == nullptr ? std::nullopt : table.declared->span;
    const FieldContext context{package_.languages, missing, keys.contains(name->text),
                               span && (name->text == span->start || name->text == span->end)};
    Field field = read_field(json, context, reader_, budget_);
    if (span && name->text == span->end) field.column.open_end = true;
    table.schema.columns.push_back(std::move(field.column));
    table.rules.push_back(std::move(field.rules));
  }

  /// `primaryKey`, whose fields every row must have, and `uniqueKeys`, which may have gaps.
  void read_keys(const JsonNode& json, TableDescription& table) {
    if (const JsonNode* key = json.find("primaryKey"); key != nullptr && count_key(*key)) {
      table.primary_key = columns_of(*key, table, "'primaryKey'");
      for (const std::uint32_t column : table.primary_key) table.rules[column].required = true;
    }
    const JsonNode* keys = json.find("uniqueKeys");
    if (keys == nullptr || !reader_.expect(*keys, Kind::kList, "'uniqueKeys'")) return;
    for (const JsonNode& key : keys->items) {
      if (!count_key(key)) return;
      std::vector<std::uint32_t> columns = columns_of(key, table, "a unique key");
      if (!columns.empty()) table.unique_keys.push_back(std::move(columns));
    }
  }

  bool count_key(const JsonNode& key) {
    if (++keys_ <= kMostKeys) return true;
    if (keys_ == kMostKeys + 1) {
      reader_.error("too-many-keys", key,
                    fmt::format("the package has more than {} keys", kMostKeys));
    }
    return false;
  }

  void read_foreign_key(TableDescription& table, const JsonNode& json) {
    if (!reader_.expect(json, Kind::kObject, "a foreign key")) return;
    reader_.check_names(json, kForeignKeyProperties, PropertyLevel::kForeignKey);
    const JsonNode* fields = json.find("fields");
    const JsonNode* reference = json.find("reference");
    if (reference != nullptr) {
      reader_.check_names(*reference, kReferenceProperties, PropertyLevel::kReference);
    }
    const JsonNode* targets = reference == nullptr ? nullptr : reference->find("fields");
    if (fields == nullptr || targets == nullptr) {
      reader_.error("missing-property", json,
                    "a foreign key needs 'fields' and a 'reference' with 'resource' and 'fields'");
      return;
    }
    if (const JsonNode* package = reference->find("package")) {
      reader_.unsupported(*package, "a reference to another package is not checked",
                          "bring that table into this package, or take the key out");
      return;
    }
    const std::size_t errors_before = reader_.errors();
    ForeignKey key;
    key.columns = columns_of(*fields, table, "'fields'");
    const std::string resource = reader_.text(*reference, "resource");
    if (reader_.errors() > errors_before) return;
    const TableDescription* target = resource.empty() ? &table : package_.find(resource);
    if (target == nullptr) return tell_of_no_table(*reference->find("resource"));
    key.table = static_cast<std::size_t>(target - package_.tables.data());
    key.targets = targets_of(*targets, *target);
    if (reader_.errors() > errors_before) return;
    if (key.columns.size() != key.targets.size()) {
      reader_.error("bad-key", json, "a foreign key needs as many fields as its reference");
      return;
    }
    if (!key.columns.empty()) table.foreign_keys.push_back(std::move(key));
  }

  void tell_of_no_table(const JsonNode& resource) {
    if (is_one_of(resource.text, names_)) {
      reader_.unsupported(resource, fmt::format("the resource '{}' is not read, as it is no CSV "
                                                "file: references to it are not checked",
                                                quotable(resource.text)));
      return;
    }
    reader_.error("unknown-table", resource,
                  fmt::format("there is no resource '{}'{}", quotable(resource.text),
                              did_you_mean(resource.text, names_)));
  }

  /// Of a table without a schema the header will tell whether it has these columns.
  std::vector<ForeignKey::Target> targets_of(const JsonNode& json, const TableDescription& target) {
    if (!target.from_header) columns_of(json, target, "'fields'");
    std::vector<ForeignKey::Target> targets;
    const auto add = [&](const JsonNode& item) {
      if (reader_.expect(item, Kind::kText, "a field's name")) {
        targets.push_back({item.text, reader_.place(item)});
      }
    };
    if (json.kind == Kind::kText) {
      add(json);
    } else if (reader_.expect(json, Kind::kList, "'fields'")) {
      for (const JsonNode& item : json.items) add(item);
    }
    return targets;
  }

  /// The columns that a key names: one name or a list of them.
  std::vector<std::uint32_t> columns_of(const JsonNode& json, const TableDescription& table,
                                        std::string_view what) {
    std::vector<std::uint32_t> columns;
    const auto add = [&](const JsonNode& item) {
      if (!reader_.expect(item, Kind::kText, "a field's name")) return;
      const bool derived = table.derived_ids && item.text == "id";
      const std::optional<std::uint32_t> column = table.schema.find(item.text);
      if (column && !derived) {
        if (std::find(columns.begin(), columns.end(), *column) != columns.end()) {
          reader_.error("bad-key", item,
                        fmt::format("'{}' stands twice in the key", quotable(item.text)));
        }
        columns.push_back(*column);
        return;
      }
      if (reader_.problems().skip_error()) return;
      const CellProblem problem = derived ? key_of_made_ids(table.schema.name)
                                          : no_column(table.schema, item.text, "field");
      reader_.error(problem.code, item, problem.message, problem.hint);
    };
    if (json.kind == Kind::kText) {
      add(json);
    } else if (reader_.expect(json, Kind::kList, what)) {
      if (json.items.size() > options_.max_columns) {
        reader_.error("bad-key", json, "the key has more fields than there may be columns");
        return columns;
      }
      for (const JsonNode& item : json.items) add(item);
    }
    return columns;
  }

  const TextFile& file_;
  const DataOptions& options_;
  PropertyReader reader_;
  ValueBudget budget_;
  PackageDescription package_;
  std::vector<std::string> names_;                             // of all resources
  std::set<std::pair<std::string, std::string>> table_paths_;  // files of each table
  std::size_t keys_ = 0;
  std::vector<PendingKey> pending_keys_;
};

}  // namespace

const TableDescription* PackageDescription::find(std::string_view table) const {
  for (const TableDescription& one : tables) {
    if (one.schema.name == table) return &one;
  }
  return nullptr;
}

std::optional<PackageDescription> read_package(const TextFile& file, const DataOptions& options,
                                               Problems& problems) {
  return PackageReader(file, options, problems).read();
}

namespace {

/// The columns whose names say that a row starts there, or ends; not those that are called
/// `other_than` in other letters, which slip_for finds.
std::vector<std::string> columns_that_say(const std::vector<Column>& columns,
                                          const std::string& other_than,
                                          std::span<const std::string_view> words) {
  std::vector<std::string> found;
  for (const Column& column : columns) {
    const std::string name = ascii_lower_case(column.name);
    if (name == other_than) continue;
    const bool says = std::any_of(words.begin(), words.end(), [&](std::string_view word) {
      return name == word || name.starts_with(std::string(word) + "_") ||
             name.ends_with("_" + std::string(word));
    });
    if (says) found.push_back(column.name);
  }
  return found;
}

/// Warns of a table that has no column for the start or the end of its rows, and one whose name
/// says that it is: else every duration would be unknown without a word.
void warn_of_other_span(const TableDescription& table, const Place& place, Problems& problems) {
  static constexpr std::string_view kStarts[] = {"start", "begin", "from", "since", "startdate"};
  static constexpr std::string_view kEnds[] = {"end", "until", "to", "through", "enddate"};
  if (!table.declared->span) return;
  const auto warn = [&](const std::string& name, std::span<const std::string_view> words,
                        std::string_view what) {
    if (table.schema.find(name)) return;
    const std::vector<std::string> likely = columns_that_say(table.schema.columns, name, words);
    if (likely.size() != 1) return;
    problems.warning(
        "no-span",
        fmt::format("the table '{}' has no column '{}', so it is not known when its rows {}; is it "
                    "'{}'?",
                    table.schema.name, name, what, likely.front()),
        place,
        fmt::format("rename the column, or name it in a schema (docs/schemas.md): span: {{start: "
                    "{}, end: {}}}",
                    what == "start" ? likely.front() : table.schema.start,
                    what == "end" ? likely.front() : table.schema.end));
  };
  warn(table.schema.start, kStarts, "start");
  warn(table.schema.end, kEnds, "end");
}

}  // namespace

void complete_table_of_people(TableDescription& table, const Place& place, Problems& problems) {
  warn_of_other_span(table, place, problems);
  std::vector<Column>& columns = table.schema.columns;
  const bool is_people = table.schema.name == "people";
  const std::string needed = is_people ? "id" : "person";
  if (!table.schema.find(needed)) {
    std::vector<std::string> names;
    for (const Column& column : columns) names.push_back(column.name);
    problems.error("missing-column",
                   fmt::format("the table '{}' needs a column '{}'{}", table.schema.name, needed,
                               did_you_mean_column(needed, names)),
                   place,
                   is_people ? "an id for every person, which the other tables use"
                             : "the id of the person, from the table 'people'");
    return;
  }
  if (!table.schema.find("id")) {
    table.derived_ids = true;
    Column id = make_column("id", {});
    id.kind = Column::Kind::kName;
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
