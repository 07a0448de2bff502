// Schemas: tables, columns, offices, and the dates and views that follow from them.
#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <array>
#include <set>

#include "cadre/base/error.hpp"
#include "cadre/rules/diagnostic_sink.hpp"
#include "cadre/rules/schema_loading.hpp"
#include "cadre/rules/shipped_schemas.hpp"

namespace cadre {

namespace {

/// Names that mean something else: to a run (run/tables.hpp), to rules, or to a line of JSON Lines.
constexpr std::string_view kTaken[] = {"run",
                                       "inputs",
                                       "tables",
                                       "columns",
                                       "numbers_as_written",
                                       "parameters",
                                       "lexicons",
                                       "categories",
                                       "era_schemes",
                                       "eras",
                                       "figures",
                                       "labels",
                                       "evidence",
                                       "evidence_rows",
                                       "evidence_words",
                                       "labels_wide",
                                       "people",
                                       "any",
                                       "all",
                                       "none",
                                       "not",
                                       "at_least",
                                       "count",
                                       "total_years",
                                       "name",
                                       "title",
                                       "note",
                                       "source",
                                       "expect",
                                       "unknown_as",
                                       "id",
                                       "as_of",
                                       "unparsed",
                                       "where",
                                       "pick",
                                       "category_of",
                                       "years_of",
                                       "count_of",
                                       "first_date_of",
                                       "last_date_of",
                                       "text",
                                       "label_definitions"};

/// Columns that the views on offices have besides those of the schema (run/views.cpp).
constexpr std::string_view kViewColumns[] = {
    "post",       "person",  "start_first",  "start_last", "end_first", "end_last",
    "ended_last", "scheme",  "ended_first",  "era",        "era_label", "leader",
    "certain",    "opened",  "era_position", "counted_to", "from_date", "to_date",
    "day",        "holder",  "same",         "number",     "begins",    "ends",
    "from_post",  "to_post", "date"};

class SchemaReader {
 public:
  SchemaReader(DeclaredSchema& schema, Reader& reader) : schema_(schema), reader_(reader) {}

  void read(const Node& root) {
    const Fields fields = reader_.fields(&root, MapKind::kSchema, "a schema");
    if (!fields) return;
    const Node* name = fields.get("schema");
    schema_.name = reader_.name(name, "the name of a schema").value_or("");
    schema_.range = name == nullptr ? root.range : name->range;
    schema_.title = reader_.title(fields);
    reader_.note(fields);
    reader_.check_source(fields);
    read_language_version(fields.get("cadre"), "the schema", reader_);
    read_languages(fields.get("languages"), schema_.languages);
    schema_.tables.push_back({"person", "People", "person", "people", {}, {}, {}});
    const Node* tables = reader_.require(fields, "tables", "a schema");
    read_tables(reader_.map(tables, "'tables'"));
    check_units();
    read_dates(reader_.map(fields.get("dates"), "'dates'"));
    read_views(reader_.map(fields.get("transitions"), "'transitions'"), MapKind::kSchemaTransition,
               "the transition", [this](const auto&... view) { read_transition(view...); });
    read_views(reader_.map(fields.get("stretches"), "'stretches'"), MapKind::kSchemaStretch,
               "the stretch", [this](const auto&... view) { read_stretch(view...); });
  }

 private:
  // --- names ------------------------------------------------------------------------------------

  /// A name that nothing else has. `what` is "the name of a table".
  bool take_name(const Node& key, std::string_view what) {
    if (!reader_.name(&key, what)) return false;
    if (std::find(std::begin(kTaken), std::end(kTaken), key.text) != std::end(kTaken)) {
      reader_.error(key, "reserved-name",
                    fmt::format("'{}' means something else and cannot be {}", key.text, what),
                    key.text == "people" ? "the table of people is called 'person'" : "");
      return false;
    }
    if (names_.insert(key.text).second) return true;
    reader_.error(key, "duplicate-name",
                  fmt::format("the schema calls something else '{}' already", key.text));
    return false;
  }

  void read_languages(const Node* node, std::vector<std::string>& out) {
    if (node == nullptr) return;
    for (const Node* item : reader_.list_or_one(node, "'languages'")) {
      const auto language = reader_.name(item, "a language");
      if (!language) continue;
      if (std::find(out.begin(), out.end(), *language) == out.end()) out.push_back(*language);
    }
  }

  // --- tables -----------------------------------------------------------------------------------

  void read_tables(const Node* tables) {
    if (tables == nullptr) return;
    if (tables->keys.size() > kMostSchemaTables) {
      reader_.error(*tables, "too-many-tables",
                    fmt::format("the schema has {} tables, and at most {} are read",
                                tables->keys.size(), kMostSchemaTables));
      return;
    }
    for (std::size_t i = 0; i < tables->keys.size(); ++i) {
      read_table(*tables->keys[i], *tables->items[i]);
    }
  }

  void read_table(const Node& key, const Node& value) {
    SchemaTable table;
    table.name = key.text;
    const bool of_people = key.text == "person";
    if (!of_people && !take_name(key, "the name of a table")) return;
    const std::string what = fmt::format("the table '{}'", key.text);
    const Fields fields = reader_.fields(&value, MapKind::kSchemaTable, what);
    if (!fields) return;
    table.title = reader_.title(fields);
    if (table.title.empty()) table.title = key.text;
    table.one = words(fields, "one", of_people ? "person" : "row of " + key.text);
    table.many = words(fields, "many", of_people ? "people" : "rows of " + key.text);
    reader_.note(fields);
    const bool of_nobody = !of_person(fields);
    read_columns(reader_.map(fields.get("columns"), fmt::format("the columns of {}", what)), table);
    // A person is no row that lasts, also where it has a column `start`.
    if (!of_people || fields.get("span") != nullptr) read_span(fields, table, what);
    if (of_people || of_nobody) {
      refuse_offices(fields, of_people);
    } else {
      read_offices(fields, table, what);
    }
    if (of_people && table.span) return refuse_span(fields);
    if (of_people) {
      schema_.tables.front() = std::move(table);
    } else {
      (of_nobody ? schema_.others : schema_.tables).push_back(std::move(table));
    }
  }

  void refuse_offices(const Fields& fields, bool of_people) {
    if (of_people && fields.get("of") != nullptr) {
      reader_.error(*fields.key("of"), "bad-table", "the table 'person' is of people as it is");
    }
    const Node* offices = fields.key("offices");
    if (offices == nullptr) return;
    reader_.error(*offices, "bad-table",
                  of_people ? "a person is no spell in an office"
                            : "rows that belong to nobody are no spells in an office",
                  of_people ? "offices are held in a table of their own"
                            : "leave `of` out: then the rows belong to people");
  }

  std::string words(const Fields& fields, std::string_view key, std::string usual) {
    const Node* node = fields.get(key);
    if (node == nullptr) return usual;
    return reader_.free_text(node, fmt::format("'{}'", key)).value_or(std::move(usual));
  }

  void refuse_span(const Fields& fields) {
    const Node* span = fields.key("span");
    reader_.error(span != nullptr ? *span : fields.map(), "no-span",
                  "a person is no row with a start and an end",
                  "dates of people have other names: birth, joined");
  }

  bool of_person(const Fields& fields) {
    const Node* of = fields.get("of");
    if (of == nullptr) return true;
    if (of->is_null()) return false;
    static const std::vector<std::string> kOwners = {"person", "none"};
    return reader_.choice(of, "'of'", kOwners).value_or(0) == 0;
  }

  void read_columns(const Node* columns, SchemaTable& table) {
    if (columns == nullptr) return;
    if (columns->keys.size() > kMostSchemaColumns) {
      reader_.error(*columns, "too-many-columns",
                    fmt::format("'{}' has {} columns, and at most {} are read", table.name,
                                columns->keys.size(), kMostSchemaColumns));
      return;
    }
    std::set<std::string_view> names;
    for (std::size_t i = 0; i < columns->keys.size(); ++i) {
      const Node& key = *columns->keys[i];
      if (!check_column_name(key, table)) continue;
      if (!names.insert(key.text).second) continue;  // told by the YAML parser
      if (auto column = read_column(key, *columns->items[i])) {
        table.columns.push_back(std::move(*column));
      }
    }
  }

  bool check_column_name(const Node& key, const SchemaTable& table) {
    if (!reader_.name(&key, "the name of a column")) return false;
    if (key.text == "id" || (key.text == "person" && table.name != "person")) {
      reader_.error(key, "reserved-name",
                    fmt::format("every table has the column '{}', it is not declared", key.text));
      return false;
    }
    if (is_key(MapKind::kRowTests, key.text)) {
      reader_.error(key, "reserved-name",
                    fmt::format("'{}' means something else in tests of a row and cannot be the "
                                "name of a column",
                                key.text));
      return false;
    }
    const std::size_t mark = key.text.rfind('_');
    const auto& languages = schema_.languages;
    if (mark != std::string::npos && std::find(languages.begin(), languages.end(),
                                               key.text.substr(mark + 1)) != languages.end()) {
      const std::string logical = key.text.substr(0, mark);
      reader_.error(
          key, "column-with-language", "a column is declared by its name without a language",
          fmt::format("{}: {{kind: text, languages: [{}]}}", logical, fmt::join(languages, ", ")));
      return false;
    }
    return true;
  }

  std::optional<SchemaColumn> read_column(const Node& key, const Node& value) {
    static const std::vector<std::string> kKinds = {"text", "name", "date", "number"};
    static constexpr std::array kKindOf = {ColumnKind::kText, ColumnKind::kName, ColumnKind::kDate,
                                           ColumnKind::kNumber};
    SchemaColumn column;
    column.name = key.text;
    const std::string what = fmt::format("the column '{}'", key.text);
    if (value.is_text()) {
      const auto kind = reader_.choice(&value, what, kKinds);
      if (!kind) return std::nullopt;
      column.kind = kKindOf[*kind];
      return column;
    }
    const Fields fields = reader_.fields(&value, MapKind::kSchemaColumn, what);
    if (!fields) return std::nullopt;
    reader_.title(fields);
    reader_.note(fields);
    std::vector<const Node*> kinds;
    for (const std::string_view one : {"kind", "values", "ordered", "unit"}) {
      if (fields.get(one) != nullptr) kinds.push_back(fields.key(one));
    }
    if (kinds.size() != 1) {
      reader_.error(kinds.empty() ? value : *kinds[1], "bad-column",
                    fmt::format("{} needs one of `kind`, `values`, `ordered` and `unit`", what),
                    "such as {kind: text}, or {values: [D, R, I]}");
      return std::nullopt;
    }
    if (const auto kind = reader_.choice(fields.get("kind"), "'kind'", kKinds)) {
      column.kind = kKindOf[*kind];
    } else if (const Node* values = fields.get("values")) {
      column.kind = ColumnKind::kList;
      read_values(*values, "'values'", column.values);
    } else if (const Node* ordered = fields.get("ordered")) {
      column.kind = ColumnKind::kOrdered;
      read_values(*ordered, "'ordered'", column.values);
    } else if (const Node* unit = fields.get("unit")) {
      column.kind = ColumnKind::kName;
      if (auto name = reader_.name(unit, "'unit'")) {
        column.units = std::move(*name);
        units_.push_back(unit);
      }
    } else {
      return std::nullopt;
    }
    read_column_languages(fields, column);
    return column;
  }

  void read_column_languages(const Fields& fields, SchemaColumn& column) {
    const Node* languages = fields.get("languages");
    if (languages == nullptr) return;
    read_languages(languages, column.languages);
    for (const std::string& language : column.languages) {
      const auto& known = schema_.languages;
      if (std::find(known.begin(), known.end(), language) != known.end()) continue;
      reader_.error(*languages, "unknown-language",
                    fmt::format("the schema does not have the language '{}'{}", language,
                                reader_.guess(language, known)),
                    "list all of them at the top: languages: [zh, en]");
    }
  }

  void read_values(const Node& node, std::string_view what, std::vector<std::string>& out) {
    const auto items = reader_.list(&node, what);
    if (!items) return;
    std::set<std::string> seen;
    for (const Node* item : *items) {
      auto value = reader_.free_text(item, fmt::format("a value of {}", what));
      if (!value) continue;
      if (!seen.insert(*value).second) {
        reader_.error(*item, "duplicate-value", fmt::format("'{}' is listed twice", *value));
        continue;
      }
      out.push_back(std::move(*value));
    }
    if (items->empty()) {
      reader_.error(node, "empty-list", fmt::format("{} has no values", what),
                    "leave the list out where any value may stand: {kind: name}");
    }
  }

  /// `span`, or the columns start and end where they are listed or the rows are spells in offices.
  void read_span(const Fields& fields, SchemaTable& table, std::string_view what) {
    SchemaSpan span{"start", "end"};
    if (const Node* node = fields.get("span")) {
      const Fields names = reader_.fields(node, MapKind::kSchemaSpan, "'span'");
      if (!names) return;
      const auto start = reader_.name(reader_.require(names, "start", "'span'"), "'start'");
      const auto end = reader_.name(reader_.require(names, "end", "'span'"), "'end'");
      if (!start || !end) return;
      if (*start == *end) {
        reader_.error(*names.get("end"), "bad-span",
                      fmt::format("{} starts and ends by the same column '{}'", what, *end));
        return;
      }
      span = {*start, *end};
    } else if (table.find("start") == nullptr && fields.get("offices") == nullptr) {
      return;
    }
    std::vector<SchemaColumn> missing;
    for (const std::string* name : {&span.start, &span.end}) {
      const SchemaColumn* column = table.find(*name);
      if (column == nullptr) missing.push_back({*name, ColumnKind::kDate, {}, {}, ""});
      if (column != nullptr && column->kind != ColumnKind::kDate) {
        reader_.error(fields.map(), "bad-span",
                      fmt::format("{} is told to last from '{}' to '{}', and '{}' is no column of "
                                  "dates",
                                  what, span.start, span.end, *name),
                      fmt::format("{}: date", *name));
        return;
      }
    }
    table.columns.insert(table.columns.begin(), missing.begin(), missing.end());
    table.span = std::move(span);
  }

  // --- offices ----------------------------------------------------------------------------------

  void read_offices(const Fields& outer, SchemaTable& table, std::string_view what) {
    const Node* node = outer.get("offices");
    if (node == nullptr) return;
    const Fields fields = reader_.fields(node, MapKind::kOffices, "'offices'");
    if (!fields) return;
    Offices offices;
    offices.unit = column_of(fields.get("unit"), table, "'unit'").value_or("");
    offices.office = column_of(fields.get("office"), table, "'office'").value_or("");
    if (const Node* holders = fields.get("holders")) {
      if (const auto number = reader_.whole(holders, "'holders'", 1)) {
        offices.holders = static_cast<std::uint32_t>(*number);
      }
    }
    static const std::vector<std::string> kMerge = {"adjacent", "never"};
    const auto merge = reader_.choice(fields.get("merge"), "'merge'", kMerge);
    offices.merge_adjacent = merge && *merge == 0;
    offices.tenures = view_name(fields.get("tenures"), table.name + "_tenures");
    offices.eras = view_name(fields.get("eras"), table.name + "_eras");
    if (!table.span) {
      reader_.error(*outer.key("offices"), "no-span",
                    fmt::format("{} has offices, so its rows need a start and an end", what),
                    "span: {start: COLUMN, end: COLUMN}");
      return;
    }
    for (const std::string* name :
         {&offices.unit, &offices.office, &table.span->start, &table.span->end}) {
      if (!check_view_column(*outer.key("offices"), *name)) return;
    }
    if (offices.unit == offices.office && !offices.unit.empty()) {
      reader_.error(*fields.get("office"), "bad-table",
                    fmt::format("'{}' is the unit and cannot be the office too", offices.unit));
      return;
    }
    table.offices = std::move(offices);
  }

  /// Whether a column of a table with offices, or a holder, can stand in the views.
  bool check_view_column(const Node& place, const std::string& name) {
    if (std::find(std::begin(kViewColumns), std::end(kViewColumns), name) ==
        std::end(kViewColumns)) {
      return true;
    }
    reader_.error(place, "reserved-name",
                  fmt::format("the views on offices have a column '{}' of their own", name),
                  "call it otherwise");
    return false;
  }

  std::string view_name(const Node* node, std::string usual) {
    if (node == nullptr) {
      names_.insert(usual);
      return usual;
    }
    return take_name(*node, "the name of a view") ? node->text : usual;
  }

  std::optional<std::string> column_of(const Node* node, const SchemaTable& table,
                                       std::string_view what) {
    if (node == nullptr) return std::nullopt;
    std::optional<std::string> name = reader_.name(node, what);
    if (!name) return std::nullopt;
    if (table.find(*name) != nullptr) return name;
    std::vector<std::string> names;
    for (const SchemaColumn& column : table.columns) names.push_back(column.name);
    reader_.error(*node, "unknown-column",
                  fmt::format("the table '{}' has no column '{}'{}", table.name, *name,
                              reader_.guess(*name, names)));
    return std::nullopt;
  }

  /// A unit is the name of a table of the schema whose rows belong to nobody.
  void check_units() {
    std::vector<std::string> names;
    for (const SchemaTable& table : schema_.others) names.push_back(table.name);
    for (const Node* unit : units_) {
      if (std::find(names.begin(), names.end(), unit->text) != names.end()) continue;
      reader_.error(
          *unit, "unknown-table",
          fmt::format("'{}' is no table of units{}", unit->text, reader_.guess(unit->text, names)),
          "a table of units belongs to nobody: {of: none, columns: {name: text}}; where "
          "there is none, write {kind: name}");
    }
  }

  // --- dates, transitions and stretches ---------------------------------------------------------

  void read_dates(const Node* dates) {
    if (dates == nullptr) return;
    for (std::size_t i = 0; i < dates->keys.size(); ++i) {
      const Node& key = *dates->keys[i];
      if (!take_name(key, "the name of a date")) continue;
      const std::string what = fmt::format("the date '{}'", key.text);
      const Fields fields = reader_.fields(dates->items[i], MapKind::kSchemaDate, what);
      if (!fields) continue;
      const Node* first = fields.get("first");
      const Node* last = fields.get("last");
      if ((first == nullptr) == (last == nullptr)) {
        reader_.error(*dates->items[i], "bad-date",
                      fmt::format("{} is the `first` or the `last` of a column", what),
                      "such as {first: posts.start}");
        continue;
      }
      reader_.note(fields);
      std::string title = reader_.title(fields);
      if (title.empty()) title = key.text;
      read_date({key.text, std::move(title), Table::kPerson, "", last != nullptr},
                first != nullptr ? *first : *last);
    }
  }

  void read_date(SchemaDate date, const Node& node) {
    const auto text = reader_.free_text(&node, "the column of a date");
    if (!text) return;
    const std::size_t dot = text->find('.');
    const auto table = schema_.find_table(std::string_view(*text).substr(0, dot));
    if (dot == std::string::npos || !table || *table == Table::kPerson) {
      std::vector<std::string> names;
      for (const Table one : schema_.all_but_people()) {
        const SchemaTable& declared = schema_.table(one);
        if (declared.span) names.push_back(declared.name + "." + declared.span->start);
      }
      reader_.error(
          node, "unknown-column",
          fmt::format("'{}' is no column of a table{}", *text, reader_.guess(*text, names)),
          "write TABLE.COLUMN, such as posts.start");
      return;
    }
    const SchemaColumn* column =
        schema_.table(*table).find(std::string_view(*text).substr(dot + 1));
    if (column == nullptr || column->kind != ColumnKind::kDate) {
      reader_.error(node, "unknown-column",
                    fmt::format("the table '{}' has no column of dates '{}'",
                                schema_.table(*table).name, text->substr(dot + 1)));
      return;
    }
    date.table = *table;
    date.column = column->name;
    schema_.dates.push_back(std::move(date));
  }

  /// The table with offices that a transition or a stretch is about; the only one may be left out.
  std::optional<Table> table_of(const Fields& fields, const std::string& what) {
    std::vector<std::string> names;
    for (const Table one : schema_.all_but_people()) {
      if (schema_.table(one).offices) names.push_back(schema_.table(one).name);
    }
    const Node* node = fields.get("table");
    if (node == nullptr && names.size() == 1) return schema_.find_table(names.front());
    if (node == nullptr) {
      reader_.error(fields.map(), "missing-key", fmt::format("{} needs the key 'table'", what),
                    names.empty()
                        ? "no table of the schema has `offices`"
                        : fmt::format("a table with offices: {}", fmt::join(names, ", ")));
      return std::nullopt;
    }
    const auto choice = reader_.choice(node, "'table'", names);
    if (!choice) return std::nullopt;
    return schema_.find_table(names[*choice]);
  }

  RowMatch read_match(const Node* node, const SchemaTable& table, std::string_view what,
                      std::uint32_t* nth = nullptr) {
    RowMatch match;
    node = reader_.map(node, what);
    if (node == nullptr) return match;
    for (std::size_t i = 0; i < node->keys.size(); ++i) {
      const Node& key = *node->keys[i];
      const Node& value = *node->items[i];
      if (nth != nullptr && key.text == "nth") {
        *nth = static_cast<std::uint32_t>(reader_.whole(&value, "'nth'", 1).value_or(0));
        continue;
      }
      const auto name = column_of(&key, table, what);
      if (!name) continue;
      const SchemaColumn& column = *table.find(*name);
      RowMatch::Test test{*name, {}};
      for (const Node* item : reader_.list_or_one(&value, fmt::format("'{}'", *name))) {
        if (!column.values.empty()) {
          if (const auto at = reader_.choice(item, fmt::format("'{}'", *name), column.values)) {
            test.values.push_back(column.values[*at]);
          }
        } else if (auto text = reader_.free_text(item, fmt::format("'{}'", *name))) {
          test.values.push_back(std::move(*text));
        }
      }
      match.tests.push_back(std::move(test));
    }
    return match;
  }

  /// Reads a map of views on tables with offices. `what` is "the transition".
  template <typename Read>
  void read_views(const Node* views, MapKind kind, std::string_view what, const Read& read) {
    if (views == nullptr) return;
    for (std::size_t i = 0; i < views->keys.size(); ++i) {
      const Node& key = *views->keys[i];
      if (!take_name(key, "the name of a view")) continue;
      const std::string called = fmt::format("{} '{}'", what, key.text);
      const Fields fields = reader_.fields(views->items[i], kind, called);
      if (!fields) continue;
      reader_.note(fields);
      if (const auto table = table_of(fields, called)) read(key.text, called, fields, *table);
    }
  }

  void read_transition(const std::string& name, const std::string& what, const Fields& fields,
                       Table table) {
    const Node* from = reader_.require(fields, "from", what);
    const Node* to = reader_.require(fields, "to", what);
    if (from == nullptr || to == nullptr) return;
    const SchemaTable& declared = schema_.table(table);
    schema_.transitions.push_back({name, reader_.title(fields), table,
                                   read_match(from, declared, "'from'"),
                                   read_match(to, declared, "'to'")});
  }

  void read_stretch(const std::string& name, const std::string& what, const Fields& fields,
                    Table table) {
    static const std::vector<std::string> kBy = {"unit"};
    reader_.choice(fields.get("by"), "'by'", kBy);
    SchemaStretch stretch{name, reader_.title(fields), table, {}};
    const Node* holders = reader_.map(reader_.require(fields, "holders", what), "'holders'");
    if (holders == nullptr) return;
    for (std::size_t i = 0; i < holders->keys.size(); ++i) {
      const Node& key = *holders->keys[i];
      if (!check_holder_name(key, schema_.table(table))) continue;
      SchemaStretch::Holder holder{key.text, {}, 0};
      holder.rows = read_match(holders->items[i], schema_.table(table),
                               fmt::format("the holder '{}'", key.text), &holder.nth);
      stretch.holders.push_back(std::move(holder));
    }
    if (holders->keys.empty()) {
      reader_.error(*holders, "empty-list", fmt::format("{} names no holders", what));
    }
    if (!stretch.holders.empty()) schema_.stretches.push_back(std::move(stretch));
  }

  bool check_holder_name(const Node& key, const SchemaTable& table) {
    if (!reader_.name(&key, "the name of a holder")) return false;
    if (!check_view_column(key, key.text)) return false;
    if (key.text != table.offices->unit) return true;
    reader_.error(key, "reserved-name",
                  fmt::format("'{}' is the column of the unit and cannot name a holder", key.text));
    return false;
  }

  DeclaredSchema& schema_;
  Reader& reader_;
  std::set<std::string> names_;     // of tables, dates and views
  std::vector<const Node*> units_;  // tables that columns name
};

}  // namespace

int read_language_version(const Node* node, std::string_view what, Reader& reader) {
  const auto number = reader.whole(node, "'cadre'", 1);
  if (!number) return 1;
  if (*number > kLanguageVersion) {
    reader.error(*node, "newer-language",
                 fmt::format("{} is written in version {} of the language, and this cadre reads "
                             "version {}",
                             what, *number, kLanguageVersion),
                 "install a newer cadre");
  }
  return *number;
}

DeclaredSchema read_schema(const Node& root, Reader& reader) {
  DeclaredSchema schema;
  SchemaReader(schema, reader).read(root);
  schema.text = reader.sink().sources().text(root.range.file);
  return schema;
}

SchemaPointer parse_schema(std::string_view text) {
  Sources sources;
  const std::uint32_t file = sources.add("schema.yaml", std::string(text));
  DiagnosticSink sink(sources);
  NodeStore store;
  Reader reader(sink, store, kMostSchemaColumns);
  SyntaxLimits limits;
  const Node* root = parse_yaml(file, limits, store, sink);
  if (root == nullptr || root->find("schema") == nullptr) return nullptr;
  auto schema = std::make_shared<DeclaredSchema>(read_schema(*root, reader));
  if (sink.has_errors()) return nullptr;
  schema->range = {};  // of no file that anybody could open
  return schema;
}

const SchemaPointer& default_schema() {
  static const SchemaPointer kDefault = [] {
    SchemaPointer schema = parse_schema(shipped_schemas().at("provincial-leaders.yaml"));
    if (!schema) throw Error(Error::Kind::kCorrupt, "", "the schema compiled in is damaged");
    return schema;
  }();
  return kDefault;
}

}  // namespace cadre
