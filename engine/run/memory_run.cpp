#include "cadre/run/memory_run.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <map>
#include <set>

#include "cadre/base/error.hpp"
#include "cadre/run/build.hpp"
#include "cadre/run/query.hpp"
#include "cadre/run/sqlite.hpp"
#include "cadre/run/views.hpp"
#include "cadre/run/wide.hpp"

namespace cadre {
namespace {

constexpr std::array kEraTables = {"eras", "era_schemes"};
/// Tables that are not kept for each rule set.
constexpr std::array kOthers = {
    "run",          "inputs",        "parameters",        "lexicons",
    "categories",   "figures",       "label_definitions", "labels",
    "evidence",     "evidence_rows", "evidence_words",    "sqlite_schema",
    "sqlite_master"};

template <typename Names>
bool is_one_of(const std::string& name, const Names& names) {
  return std::find(names.begin(), names.end(), name) != names.end();
}

/// The tables and columns that a statement reads.
struct Reads {
  std::set<std::pair<std::string, std::string>> columns;

  static int note(void* self, int action, const char* table, const char* column, const char*,
                  const char*) {
    if (action == SQLITE_READ && table != nullptr) {
      static_cast<Reads*>(self)->columns.emplace(table, column == nullptr ? "" : column);
    }
    return SQLITE_OK;
  }
};

/// What `ask` gives while the database allows nothing but reading.
template <typename Ask>
Result reading_only(sqlite3* database, const Ask& ask) {
  struct Writable {
    sqlite3* database;
    ~Writable() { sqlite3_set_authorizer(database, nullptr, nullptr); }
  };
  allow_reading_only(database);
  const Writable afterwards{database};
  return ask();
}

sqlite::Database in_memory() {
  sqlite::Database database = sqlite::open(":memory:", SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE);
  bound_queries(database.get());
  return database;
}

}  // namespace

std::string describe_eras(const Rules& rules) {
  std::string out;
  const auto add = [&](const std::string& text) { out += fmt::format("{}:{}", text.size(), text); };
  for (const EraScheme& scheme : rules.eras) {
    add(scheme.name);
    add(scheme.title);
    add(scheme.as_of ? scheme.as_of->text() : "");
    const auto& opens = scheme.transition_opens_before;
    add(opens ? fmt::format("{} {} {}", opens->years, opens->months, opens->days) : "");
    add(scheme.promotions_count_to_incoming ? "incoming" : "outgoing");
    for (const Era& era : scheme.eras) {
      add(era.id);
      add(era.label);
      add(era.leader);
      add(era.term ? std::to_string(*era.term) : "");
      add(era.from.text());
      add(era.to ? era.to->text() : "");
    }
    add("end");
  }
  return out;
}

struct MemoryRun::State {
  State(const Dataset& the_dataset, const Rules& first)
      : dataset(the_dataset),
        era_views(office_view_names(*dataset.schema.declared)),
        database(in_memory()) {
    build_run(handle(), {first, dataset, {}, {}});
    sqlite::execute(handle(), "DROP VIEW labels_wide");
    for (const std::string& view : era_views) {
      sqlite::execute(handle(), "DROP VIEW " + sqlite::quoted(view));
    }
    make_era_tables();
  }

  sqlite3* handle() const { return database.get(); }

  /// The views on eras as tables, since every figure reads them and few rules change them.
  void make_era_tables() {
    for (const std::string& view : office_views(*dataset.schema.declared)) {
      sqlite::execute(handle(), view);
    }
    const auto for_each = [this](std::string_view sql) {
      for (const std::string& view : era_views) {
        sqlite::execute(handle(), fmt::format(fmt::runtime(sql), sqlite::quoted("new_" + view),
                                              sqlite::quoted(view)));
      }
    };
    for_each("CREATE TABLE {0} AS SELECT * FROM {1}");
    for_each("DROP VIEW {1}");
    for_each("ALTER TABLE {0} RENAME TO {1}");
  }

  /// labels_wide as a table with the columns of these rules, all empty.
  void set_shape(const Rules& now) {
    std::vector<WideColumn> next = wide_columns(now);
    std::string described;
    for (const WideColumn& column : next) {
      described += fmt::format("{} {};", column.name, static_cast<int>(column.what));
    }
    wide = std::move(next);
    if (described == shape) return;
    shape = std::move(described);
    written.assign(wide.size(), std::nullopt);
    known_inputs.clear();
    sqlite::execute(handle(), "DROP TABLE IF EXISTS labels_wide");
    std::string sql = "CREATE TABLE labels_wide (person TEXT PRIMARY KEY";
    for (const WideColumn& column : wide) sql += ", " + sqlite::quoted(column.name);
    sqlite::execute(handle(), sql + ") WITHOUT ROWID");
    sqlite::execute(handle(), "INSERT INTO labels_wide (person) SELECT id FROM people");
  }

  static std::string value_of(const LabelColumn::Value& value, WideColumn::What what) {
    switch (what) {
      case WideColumn::What::kCategory:
        return value.category;
      case WideColumn::What::kGroup:
        return value.group;
      default:
        return value.date ? value.date->text() : "";
    }
  }

  void write_column(std::size_t at, const LabelColumn& column) {
    const WideColumn& target = wide[at];
    const std::string sql = fmt::format("UPDATE labels_wide SET {} = ?1 WHERE person = ?2",
                                        sqlite::quoted(target.name));
    sqlite3_stmt* raw = nullptr;
    if (sqlite3_prepare_v2(handle(), sql.c_str(), -1, &raw, nullptr) != SQLITE_OK) {
      throw Error(Error::Kind::kIo, "", std::string("SQLite: ") + sqlite3_errmsg(handle()));
    }
    const sqlite::Statement update(raw);
    for (std::size_t i = 0; i < dataset.people.size(); ++i) {
      const LabelColumn::Value value = column.value(i);
      const std::string text = value_of(value, target.what);
      if (target.what == WideColumn::What::kTruth && value.truth != Truth::kUnknown) {
        sqlite3_bind_int(raw, 1, value.truth == Truth::kTrue ? 1 : 0);
      } else if (target.what == WideColumn::What::kNumber && value.number) {
        sqlite3_bind_double(raw, 1, *value.number);
      } else if (!text.empty()) {
        sqlite3_bind_text64(raw, 1, text.data(), text.size(), SQLITE_STATIC, SQLITE_UTF8);
      } else {
        sqlite3_bind_null(raw, 1);
      }
      const std::string& id = dataset.people[i].id;
      sqlite3_bind_text64(raw, 2, id.data(), id.size(), SQLITE_STATIC, SQLITE_UTF8);
      if (sqlite3_step(raw) != SQLITE_DONE) {
        throw Error(Error::Kind::kIo, "", std::string("SQLite: ") + sqlite3_errmsg(handle()));
      }
      sqlite3_reset(raw);
    }
    written[at] = column.content();
  }

  /// What a query reads: whether eras, which columns of labels_wide; nothing: more than is kept.
  struct Found {
    bool eras = false;
    bool answerable = true;
    std::vector<std::size_t> wide;
  };

  const Found& look_up(const std::string& sql) {
    if (const auto at = known_inputs.find(sql); at != known_inputs.end()) return at->second;
    allow_reading_only(handle());
    Reads reads;
    try {
      prepare_query(handle(), sql);  // refuses all that is not reading
      sqlite3_set_authorizer(handle(), Reads::note, &reads);
      prepare_query(handle(), sql);
    } catch (...) {
      sqlite3_set_authorizer(handle(), nullptr, nullptr);
      throw;
    }
    sqlite3_set_authorizer(handle(), nullptr, nullptr);
    Found found;
    for (const auto& [table, column] : reads.columns) {
      found.eras = found.eras || is_one_of(table, era_views) || is_one_of(table, kEraTables);
      found.answerable = found.answerable && !is_one_of(table, kOthers);
      if (table != "labels_wide") continue;
      for (std::size_t i = 0; i < wide.size(); ++i) {
        if (wide[i].name == column) found.wide.push_back(i);
      }
    }
    return known_inputs[sql] = std::move(found);
  }

  const Dataset& dataset;
  const std::vector<std::string> era_views;
  sqlite::Database database;
  std::string shape = "none yet";
  std::vector<WideColumn> wide;
  std::vector<std::optional<Key>> written;    // LabelColumn::content, by wide column
  std::map<std::string, Found> known_inputs;  // of this shape
  const Study::Columns* columns = nullptr;
};

MemoryRun::MemoryRun(const Dataset& dataset, const Rules& rules)
    : state_(std::make_unique<State>(dataset, rules)) {}

MemoryRun::~MemoryRun() = default;

void MemoryRun::use(const Rules& rules, const Study::Columns& columns) {
  state_->columns = &columns;
  state_->set_shape(rules);
}

std::optional<MemoryRun::Inputs> MemoryRun::inputs(const std::string& sql) {
  const State::Found& found = state_->look_up(sql);
  if (!found.answerable) return std::nullopt;
  Inputs inputs;
  inputs.eras = found.eras;
  for (const std::size_t at : found.wide) inputs.labels.push_back(state_->wide[at].label);
  return inputs;
}

Result MemoryRun::query(const std::string& sql, const QueryLimits& limits) {
  State& state = *state_;
  for (const std::size_t at : state.look_up(sql).wide) {
    const LabelColumn& column = *(*state.columns)[state.wide[at].label];
    if (state.written[at] != column.content()) state.write_column(at, column);
  }
  return reading_only(state.handle(), [&] {
    return run_query(state.handle(), prepare_query(state.handle(), sql).get(), {}, limits);
  });
}

Result MemoryRun::query_dataset(const std::string& sql, const std::vector<std::string>& arguments,
                                const QueryLimits& limits) {
  sqlite3* database = state_->handle();
  return reading_only(database, [&] {
    return run_query(database, prepare_query(database, sql).get(), arguments, limits);
  });
}

}  // namespace cadre
