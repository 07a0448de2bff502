#include "cadre/data/person_parser.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cstdint>
#include <set>
#include <utility>
#include <vector>

#include "cadre/data/cell_check.hpp"
#include "cadre/data/column_name.hpp"
#include "cadre/data/ondemand.hpp"
#include "cadre/data/person_rows.hpp"
#include "cadre/data/text_file.hpp"
#include "cadre/text/blanks.hpp"
#include "cadre/text/utf8.hpp"

namespace cadre {
namespace {

namespace od = simdjson::ondemand;

static_assert(PersonParser::kPadding >= simdjson::SIMDJSON_PADDING);

constexpr const char* kToldOnce = "told of once, though other lines may have it too";

std::string_view in_words(od::json_type type) {
  switch (type) {
    case od::json_type::object:
      return "an object";
    case od::json_type::array:
      return "a list";
    case od::json_type::string:
      return "a text";
    case od::json_type::number:
      return "a number";
    case od::json_type::boolean:
      return "true or false";
    default:
      return "null";
  }
}

/// A table of the schema with what rows ask for again and again.
struct RowTable {
  RowTable(const Schema& all, Table the_number)
      : number(the_number),
        schema(&all.table(number)),
        id(schema->find("id")),
        person(schema->find("person")),
        span(*schema) {}

  Table number;
  const TableSchema* schema;
  std::optional<std::uint32_t> id;
  std::optional<std::uint32_t> person;
  SpanColumns span;
};

/// The columns of one object that have been given so far.
class Given {
 public:
  void begin(const TableSchema& table) {
    schema_ = &table;
    columns_.assign(table.columns.size(), false);
    next_ = 0;
  }

  const TableSchema& schema() const { return *schema_; }

  /// The column of that name, or nullptr. Names come in the order of the schema most of the time,
  /// with some left out.
  const Column* find(std::string_view name) const {
    const auto begin = schema_->columns.begin();
    const auto end = schema_->columns.end();
    const auto has_it = [name](const Column& column) { return column.name == name; };
    auto found = std::find_if(begin + next_, end, has_it);
    if (found == end) found = std::find_if(begin, end, has_it);
    return found == end ? nullptr : &*found;
  }

  std::size_t index(const Column& column) const {
    return static_cast<std::size_t>(&column - schema_->columns.data());
  }

  /// False when it was given before.
  bool give(const Column& column) {
    const std::size_t at = index(column);
    next_ = static_cast<std::ptrdiff_t>(at) + 1;
    if (columns_[at]) return false;
    columns_[at] = true;
    return true;
  }

 private:
  const TableSchema* schema_ = nullptr;
  std::vector<bool> columns_;
  std::ptrdiff_t next_ = 0;  // after the one given last
};

}  // namespace

struct PersonParser::State {
  State(const Schema& the_schema, std::string the_path, const DataOptions& the_options)
      : schema(the_schema),
        path(std::move(the_path)),
        options(the_options),
        people(schema, Table::kPerson),
        as_of(as_of_column()) {
    for (const Table table : schema.all_but_people()) nested.emplace_back(schema, table);
  }

  const Schema& schema;
  std::string path;
  DataOptions options;
  const RowTable people;
  const Column as_of;
  std::vector<RowTable> nested;
  od::parser parser;
  std::string buffer;
  std::set<std::string, std::less<>> told_keys;

  // Of the person at hand.
  std::string_view json;
  std::size_t line = 0;
  Problems* problems = nullptr;
  bool failed = false;
  bool id_misnamed = false;        // its key has a blank at an end, which is told
  Given given;                     // in the object of the person
  Given row_given;                 // in that of the row at hand
  std::vector<bool> tables_given;  // parallel to nested
  std::vector<std::vector<std::size_t>> row_offsets;  // parallel to nested
  std::size_t id_offset = 0;
  std::size_t last = 0;  // the end of the last token that was read

  std::optional<Person> parse(std::string_view text, std::size_t first_line, Problems& to) {
    json = text;
    line = first_line;
    problems = &to;
    id_offset = 0;
    last = 0;
    failed = false;
    id_misnamed = false;

    od::document document;
    simdjson::error_code error =
        parser.iterate(json.data(), json.size(), json.size() + simdjson::SIMDJSON_PADDING)
            .get(document);
    if (error != simdjson::SUCCESS) {
      fail_to_scan(error);
      return std::nullopt;
    }
    od::json_type type{};
    error = document.type().get(type);
    if (error == simdjson::SUCCESS && type != od::json_type::object) {
      tell("wrong-type", fmt::format("a person must be an object, not {}", in_words(type)), 0, 1,
           "one person a line, each in { }");
      return std::nullopt;
    }
    // simdjson would tell of this without a place.
    const std::size_t end = json.find_last_not_of(" \t\r\n");
    if (json[end] != '}') {
      tell("bad-json", "the person does not end with }", end, end + 1,
           "one person a line, with nothing between the lines");
      return std::nullopt;
    }
    Person person;
    od::object object;
    if (error == simdjson::SUCCESS) error = document.get_object().get(object);
    if (error == simdjson::SUCCESS) error = read_person(object, person);
    if (error == simdjson::SUCCESS && !at_end(document)) error = simdjson::TRAILING_CONTENT;
    if (error != simdjson::SUCCESS) {
      const char* at = nullptr;
      const bool known = document.current_location().get(at) == simdjson::SUCCESS;
      fail(error, known ? static_cast<std::size_t>(at - json.begin()) : last);
      return std::nullopt;
    }
    if (person.id.empty() && !id_misnamed) {
      tell("missing-value", "a person needs an 'id'", id_offset, id_offset + 1);
    }
    if (failed) return std::nullopt;
    return person;
  }

  simdjson::error_code read_person(od::object& object, Person& person) {
    given.begin(schema.table(Table::kPerson));
    bool as_of_given = false;
    tables_given.assign(nested.size(), false);
    row_offsets.resize(nested.size());
    for (std::vector<std::size_t>& offsets : row_offsets) offsets.clear();
    person.facts.cells.resize(schema.table(Table::kPerson).columns.size());
    for (auto entry : object) {
      od::field field;
      if (const auto error = std::move(entry).get(field)) return error;
      const std::size_t key_begin =
          static_cast<std::size_t>(field.key().raw() - json.begin()) - 1;  // with its quote
      std::string_view key;
      if (const auto error = field.unescaped_key().get(key)) return error;
      last = key_begin + key.size() + 2;

      const auto table = std::find_if(nested.begin(), nested.end(), [key](const RowTable& one) {
        return one.schema->name == key;
      });
      if (table != nested.end()) {
        const auto number = static_cast<std::size_t>(table - nested.begin());
        if (tables_given[number]) tell_twice(key, key_begin);
        tables_given[number] = true;
        if (const auto error = read_rows(field.value(), *table, person.rows_to_edit(table->number),
                                         row_offsets[number])) {
          return error;
        }
        continue;
      }
      // What `cadre import` could not use is kept with the person, for people.
      if (key == "unparsed") {
        if (const auto error = skip(field.value())) return error;
        continue;
      }
      if (key == as_of.name && given.find(key) == nullptr) {
        if (std::exchange(as_of_given, true)) tell_twice(key, key_begin);
        std::string day;
        if (const auto error = read_cell(field.value(), as_of, day)) return error;
        person.as_of = Date::parse(day);
        continue;
      }
      const Column* column = find(key, key_begin, given);
      if (column == nullptr) {
        if (const auto error = skip(field.value())) return error;
        continue;
      }
      const std::size_t index = given.index(*column);
      const bool is_id = index == people.id;
      if (is_id) id_offset = offset(field.value().raw_json_token());
      std::string& cell = person.facts.cells[index];
      if (const auto error = read_cell(field.value(), *column, cell)) return error;
      if (is_id) person.id = cell;
    }
    person.facts.id = person.id;
    take_as_of(person, schema.table(Table::kPerson));
    person.facts.span = people.span.of(person.facts.cells);
    for (std::size_t i = 0; i < nested.size(); ++i) name_rows(person, nested[i], row_offsets[i]);
    return simdjson::SUCCESS;
  }

  simdjson::error_code read_rows(od::value value, const RowTable& table, std::vector<Row>& rows,
                                 std::vector<std::size_t>& offsets) {
    od::json_type type{};
    if (const auto error = value.type().get(type)) return error;
    if (type == od::json_type::null) return skip(value);
    if (type != od::json_type::array) {
      return wrong_type(value, fmt::format("'{}' must be a list of rows", table.schema->name));
    }
    od::array array;
    if (const auto error = value.get_array().get(array)) return error;
    for (auto element : array) {
      od::value item;
      if (const auto error = std::move(element).get(item)) return error;
      if (const auto error = item.type().get(type)) return error;
      if (type != od::json_type::object) {
        const std::string what = fmt::format("a row of '{}' must be an object", table.schema->name);
        if (const auto error = wrong_type(item, what)) return error;
        continue;
      }
      offsets.push_back(offset(item.raw_json_token()));
      if (const auto error = read_row(item, table, rows.emplace_back())) return error;
    }
    return simdjson::SUCCESS;
  }

  simdjson::error_code read_row(od::value& value, const RowTable& table, Row& row) {
    od::object object;
    if (const auto error = value.get_object().get(object)) return error;
    row_given.begin(*table.schema);
    row.cells.resize(table.schema->columns.size());
    std::string_view end;
    for (auto entry : object) {
      od::field field;
      if (const auto error = std::move(entry).get(field)) return error;
      const std::size_t key_begin = static_cast<std::size_t>(field.key().raw() - json.begin()) - 1;
      std::string_view key;
      if (const auto error = field.unescaped_key().get(key)) return error;
      last = key_begin + key.size() + 2;
      const Column* column = find(key, key_begin, row_given);
      if (column == nullptr) {
        if (const auto error = skip(field.value())) return error;
        continue;
      }
      const std::size_t index = row_given.index(*column);
      if (index == table.span.end) end = trimmed(field.value().raw_json_token());
      if (const auto error = read_cell(field.value(), *column, row.cells[index])) return error;
    }
    row.span = table.span.of(row.cells);
    if (const auto problem = check_span(row.span)) {
      tell(*problem, offset(end), offset(end) + end.size());
    }
    return simdjson::SUCCESS;
  }

  simdjson::error_code read_cell(od::value value, const Column& column, std::string& cell) {
    od::json_type type{};
    if (const auto error = value.type().get(type)) return error;
    const std::string_view token = trimmed(value.raw_json_token());
    const std::size_t begin = offset(token);
    const std::size_t end = begin + token.size();
    if (type == od::json_type::null) return skip(value);
    if (type == od::json_type::string) {
      std::string_view text;
      if (const auto error = value.get_string().get(text)) return error;
      last = end;
      if (text.size() > options.max_text_bytes) {
        tell("text-too-long",
             fmt::format("the text has {} bytes, and at most {} are read", text.size(),
                         options.max_text_bytes),
             begin, end);
        return simdjson::SUCCESS;
      }
      // A zero character can only be written as an escape, and those are longer than what they
      // mean.
      const bool escaped = text.size() + 2 != token.size();
      if (escaped && text.find('\0') != std::string_view::npos) {
        tell("nul-byte", fmt::format("'{}' holds a zero character", column.name), begin, end);
      }
      cell = text;
    } else if (type == od::json_type::number && column.kind != Column::Kind::kText) {
      double number = 0;
      if (const auto error = value.get_double().get(number)) return error;
      last = end;
      cell = token;
    } else {
      return wrong_type(value, fmt::format("'{}' must be a text", column.name));
    }
    if (cell.empty()) return simdjson::SUCCESS;
    if (const auto problem = check_cell(column, cell)) tell(*problem, begin, end);
    return simdjson::SUCCESS;
  }

  /// Tells that a value is not `what`, and reads over it.
  simdjson::error_code wrong_type(od::value value, const std::string& what) {
    od::json_type type{};
    if (const auto error = value.type().get(type)) return error;
    const std::size_t begin = offset(value.raw_json_token());
    if (const auto error = skip(value)) return error;
    tell("wrong-type", fmt::format("{}, not {}", what, in_words(type)), begin, begin + 1);
    return simdjson::SUCCESS;
  }

  /// Reads over a value, which checks what it is made of.
  simdjson::error_code skip(od::value value) {
    od::json_type type{};
    if (const auto error = value.type().get(type)) return error;
    switch (type) {
      case od::json_type::null: {
        bool null = false;
        if (const auto error = value.is_null().get(null)) return error;
        return null ? simdjson::SUCCESS : simdjson::N_ATOM_ERROR;
      }
      case od::json_type::boolean: {
        bool ignored = false;
        return value.get_bool().get(ignored);
      }
      case od::json_type::number: {
        double ignored = 0;
        return value.get_double().get(ignored);
      }
      case od::json_type::string: {
        std::string_view ignored;
        return value.get_string().get(ignored);
      }
      default:
        return simdjson::SUCCESS;  // simdjson steps over lists and objects by their brackets
    }
  }

  /// The column of a key, unless it has none or is given again, which is told.
  const Column* find(std::string_view key, std::size_t key_begin, Given& in) {
    const Column* column = in.find(key);
    if (column == nullptr) {
      tell_unknown(key, key_begin, in.schema());
    } else if (!in.give(*column)) {
      tell_twice(key, key_begin);
      return nullptr;
    }
    return column;
  }

  /// Gives rows their ids and their person.
  void name_rows(Person& person, const RowTable& table, const std::vector<std::size_t>& offsets) {
    if (offsets.empty()) return;
    std::vector<Row>& rows = person.rows_to_edit(table.number);
    const std::optional<std::uint32_t> id = table.id;
    const std::optional<std::uint32_t> owner = table.person;
    for (std::size_t i = 0; i < rows.size(); ++i) {
      Row& row = rows[i];
      if (id) row.id = row.cells[*id];
      if (row.id.empty()) row.id = derived_id(person.id, *table.schema, i + 1);
      if (id) row.cells[*id] = row.id;
      if (!owner) continue;
      std::string& named = row.cells[*owner];
      if (!named.empty() && named != person.id) {
        tell("wrong-person",
             fmt::format("the row stands with '{}' and names '{}'", quotable(person.id),
                         quotable(named)),
             offsets[i], offsets[i] + 1, "leave 'person' out here");
      }
      named = person.id;
    }
  }

  void tell(std::string code, std::string message, std::size_t begin, std::size_t end,
            std::string hint = {}) {
    failed = true;
    const Place place = problems->full() ? Place() : TextFile(path, json, line).place(begin, end);
    problems->error(std::move(code), std::move(message), place, std::move(hint));
  }

  void tell(const CellProblem& problem, std::size_t begin, std::size_t end) {
    tell(problem.code, problem.message, begin, end, problem.hint);
  }

  void tell_twice(std::string_view key, std::size_t begin) {
    tell("duplicate-key", fmt::format("'{}' stands twice in one object", quotable(key)), begin,
         key_end(begin));
  }

  void tell_unknown(std::string_view key, std::size_t begin, const TableSchema& table) {
    // Told of at its first place only, as it will be in every line; a mistake it is in all of them.
    failed = true;
    const std::size_t end = key_end(begin);
    const bool of_person = &table == &schema.table(Table::kPerson);
    const std::optional<CellProblem> hidden = check_column_name(key, "key");
    if (hidden && of_person && shown_name(key) == "id") id_misnamed = true;
    if (!told_keys.insert(fmt::format("{} {}", table.name, key)).second) return;
    if (hidden) {
      const std::string hint = fmt::format("{}; {}", hidden->hint, kToldOnce);
      return tell(hidden->code, hidden->message, begin, end, hint);
    }
    std::vector<std::string> known;
    for (const Column& column : table.columns) known.push_back(column.name);
    if (of_person) {
      for (const RowTable& table_of_rows : nested) known.push_back(table_of_rows.schema->name);
      known.push_back(as_of.name);
    }
    tell("unknown-key",
         fmt::format("'{}' has no column '{}'{}", table.name, quotable(key),
                     did_you_mean_column(key, known)),
         begin, end, kToldOnce);
  }

  /// Where the key that begins there ends, behind its quote.
  std::size_t key_end(std::size_t begin) const {
    std::size_t at = begin + 1;
    while (at < json.size() && json[at] != '"') at += json[at] == '\\' ? 2 : 1;
    return std::min(at + 1, json.size());
  }

  void fail(simdjson::error_code error, std::size_t at) {
    at = std::min(at, json.size());
    tell("bad-json", fmt::format("this is not JSON: {}", json_error_in_words(error)), at, at + 1);
  }

  /// Where the text as a whole could not be scanned, no place is known but that of a bad byte.
  void fail_to_scan(simdjson::error_code error) {
    const std::optional<std::size_t> bad = find_invalid_utf8(json);
    if (!bad) return fail(error, 0);
    tell("invalid-utf8",
         fmt::format("byte {} of the line, 0x{:02X}, is not UTF-8", *bad + 1,
                     static_cast<unsigned char>(json[*bad])),
         *bad, *bad + 1);
  }

  /// Where a token stands in the text.
  std::size_t offset(std::string_view token) const {
    return static_cast<std::size_t>(token.begin() - json.begin());
  }
};

PersonParser::PersonParser(const Schema& schema, std::string path, const DataOptions& options)
    : state_(std::make_unique<State>(schema, std::move(path), options)) {}
PersonParser::~PersonParser() = default;
PersonParser::PersonParser(PersonParser&&) noexcept = default;
PersonParser& PersonParser::operator=(PersonParser&&) noexcept = default;

std::optional<Person> PersonParser::parse(std::string_view json, std::size_t line,
                                          Problems& problems) {
  state_->buffer.assign(json);
  state_->buffer.append(kPadding, '\0');
  return parse_in_place(std::string_view(state_->buffer).substr(0, json.size()), line, problems);
}

std::optional<Person> PersonParser::parse_in_place(std::string_view json, std::size_t line,
                                                   Problems& problems) {
  return state_->parse(json, line, problems);
}

std::size_t PersonParser::id_offset() const {
  return state_->id_offset;
}

}  // namespace cadre
