#include "cadre/sweep/files.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <map>
#include <optional>
#include <set>
#include <system_error>
#include <utility>

#include "cadre/base/error.hpp"
#include "cadre/base/files.hpp"
#include "cadre/base/json.hpp"
#include "cadre/base/sha256.hpp"
#include "cadre/base/version.hpp"
#include "cadre/run/open.hpp"
#include "cadre/run/sqlite.hpp"
#include "cadre/sweep/specifications.hpp"

namespace cadre {
namespace {

/// The languages of columns that rules do not look at, such as "en".
std::string unread_languages(const Schema& schema) {
  std::set<std::string> unread;
  for (const TableSchema& table : schema.tables) {
    for (const Column& column : table.columns) {
      if (!column.read) unread.insert(column.language);
    }
  }
  return fmt::format("{}", fmt::join(unread, " "));
}

std::string data_sha256(const Dataset& dataset) {
  std::string data;
  for (const InputFile& file : dataset.inputs) data += file.sha256;
  return sha256(data);
}

std::vector<Journal::Decider> deciders(const RuleSpace& space, const Dataset& dataset) {
  return {{"rules", sources_sha256(space.sources()), "other rules or another sweep file"},
          {"data", data_sha256(dataset), "other data"},
          {"unread", unread_languages(dataset.schema), "columns of other languages"},
          {"engine", std::string(kVersion), "another version of cadre"}};
}

Json json_of(std::size_t index, const SpecificationResult& result) {
  Json figures = Json::array();
  for (const auto& figure : result.figures) {
    Json cells = Json::array();
    for (const auto& [cell, number] : *figure)
      cells.push_back(Json::array({cell.row, cell.column, number}));
    figures.push_back(std::move(cells));
  }
  const std::string rules =
      result.rules ? fmt::format("{:016x}{:016x}", result.rules->high, result.rules->low) : "";
  return {{"at", index},
          {"failure", result.failure},
          {"rules", rules},
          {"figures", std::move(figures)}};
}

/// Nothing for an empty text.
std::optional<Key> key_of_hexadecimal(const std::string& digits) {
  if (digits.empty()) return std::nullopt;
  Key key;
  const char* const middle = digits.data() + std::min<std::size_t>(16, digits.size());
  const char* const end = digits.data() + digits.size();
  const auto high = std::from_chars(digits.data(), middle, key.high, 16);
  const auto low = std::from_chars(middle, end, key.low, 16);
  if (digits.size() != 32 || high.ptr != middle || low.ptr != end) {
    throw Json::Mismatch("no content key");
  }
  return key;
}

SpecificationResult result_of(const Json& json, const std::vector<std::string>& names) {
  SpecificationResult result;
  result.done = true;
  result.failure = json.at("failure").string();
  result.rules = key_of_hexadecimal(json.at("rules").string());
  const Json& figures = json.at("figures");
  if (result.failure.empty() && figures.size() != names.size())
    throw Json::Mismatch("other figures");
  for (std::size_t i = 0; i < figures.size(); ++i) {
    FigureNumbers numbers;
    for (const Json& cell : figures.at(i)) {
      numbers.push_back(
          {{names[i], cell.at(0).string(), cell.at(1).string()}, cell.at(2).number()});
    }
    result.figures.push_back(std::make_shared<const FigureNumbers>(std::move(numbers)));
  }
  return result;
}

/// The path of a journal that may be opened.
std::filesystem::path checked(std::filesystem::path path, bool resume) {
  std::error_code none;
  if (!resume && std::filesystem::exists(path, none)) {
    throw Error(Error::Kind::kUsage, path.string(),
                fmt::format("an earlier sweep was interrupted and left '{0}': go on with --resume, "
                            "or remove '{0}'",
                            path.string()));
  }
  return path;
}

}  // namespace

SweepJournal::SweepJournal(std::filesystem::path path, const RuleSpace& space,
                           const Dataset& dataset, bool resume, SweepResults& results)
    : journal_(checked(std::move(path), resume), "sweep", deciders(space, dataset),
               [&](std::string_view line) {
                 const Json json = Json::parse(line).value();
                 const std::size_t index = json.at("at").count();
                 SpecificationResult& result = results.specifications.at(index);
                 if (!result.done) ++resumed_;
                 result = result_of(json, results.figures);
                 return true;
               }) {}

void SweepJournal::add(std::size_t index, const SpecificationResult& result) {
  journal_.add(json_of(index, result).compact());
}

namespace {

constexpr const char* kSweepTables = R"sql(
CREATE TABLE sweep (
  -- What was swept: engine, sweep, rules, data, and how many specifications.
  key   TEXT PRIMARY KEY,
  value TEXT
);
CREATE TABLE axes (
  axis     TEXT PRIMARY KEY,
  title    TEXT,
  note     TEXT,
  position INTEGER NOT NULL
);
CREATE TABLE alternatives (
  axis        TEXT NOT NULL REFERENCES axes,
  alternative TEXT NOT NULL,
  title       TEXT,
  note        TEXT,
  as_it_is    INTEGER NOT NULL,  -- 1: changes nothing
  position    INTEGER NOT NULL,
  PRIMARY KEY (axis, alternative)
);
CREATE TABLE specifications (
  specification INTEGER PRIMARY KEY,  -- its number; -1 is the rule set as it is
  failure       TEXT                  -- why it has no figures
);
CREATE TABLE choices (
  -- Which alternative of each axis a specification has.
  specification INTEGER NOT NULL REFERENCES specifications,
  axis          TEXT NOT NULL REFERENCES axes,
  alternative   TEXT NOT NULL,
  PRIMARY KEY (specification, axis)
) WITHOUT ROWID;
CREATE TABLE figures (
  figure    TEXT PRIMARY KEY,
  title     TEXT,
  note      TEXT,
  published TEXT,  -- where the study gives it
  position  INTEGER NOT NULL
);
CREATE TABLE cells (
  -- The numbers of the figures, over all specifications.
  cell           INTEGER PRIMARY KEY,
  figure         TEXT NOT NULL REFERENCES figures,
  row            TEXT NOT NULL,
  "column"       TEXT NOT NULL,
  specifications INTEGER NOT NULL,  -- that have it
  least          REAL,
  median         REAL,
  most           REAL,
  baseline       REAL,              -- in the rule set as it is
  published      REAL               -- in the study
);
CREATE TABLE cell_axes (
  -- The share of a cell's variance that an axis explains (eta squared).
  cell      INTEGER NOT NULL REFERENCES cells,
  axis      TEXT NOT NULL REFERENCES axes,
  explained REAL NOT NULL,
  PRIMARY KEY (cell, axis)
) WITHOUT ROWID;
CREATE TABLE numbers (
  specification INTEGER NOT NULL REFERENCES specifications,
  cell          INTEGER NOT NULL REFERENCES cells,
  number        REAL NOT NULL,
  PRIMARY KEY (specification, cell)
) WITHOUT ROWID;
CREATE TABLE claims (
  claim    TEXT PRIMARY KEY,
  title    TEXT,
  note     TEXT,
  cell     INTEGER REFERENCES cells,  -- that it is about
  holds    INTEGER NOT NULL,
  fails    INTEGER NOT NULL,
  unknown  INTEGER NOT NULL,
  share    REAL NOT NULL,   -- of the specifications in which it holds
  baseline TEXT NOT NULL,   -- whether it holds in the rule set as it is
  position INTEGER NOT NULL
);
CREATE TABLE claim_axes (
  -- The share of the variance of a claim's holding that an axis explains (eta squared).
  claim     TEXT NOT NULL REFERENCES claims,
  axis      TEXT NOT NULL REFERENCES axes,
  explained REAL NOT NULL,
  PRIMARY KEY (claim, axis)
) WITHOUT ROWID;
CREATE TABLE claim_results (
  specification INTEGER NOT NULL REFERENCES specifications,
  claim         TEXT NOT NULL REFERENCES claims,
  holds         TEXT NOT NULL,
  PRIMARY KEY (specification, claim)
) WITHOUT ROWID;
)sql";

class Writer {
 public:
  Writer(sqlite3* database, const RuleSpace& space, const SweepResults& results,
         const SweepSummary& summary)
      : database_(database), sweep_(*space.sweep()), results_(results), summary_(summary) {}

  void write(const RuleSpace& space, const Dataset& dataset,
             const std::vector<FigureNumbers>& published) {
    write_axes();
    write_figures(space.base().figures);
    write_cells(published);
    write_claims();
    write_head(space, dataset);
    sqlite::Insert specifications(database_, "specifications", 2);
    sqlite::Insert choices(database_, "choices", 3);
    sqlite::Insert numbers(database_, "numbers", 3);
    sqlite::Insert claims(database_, "claim_results", 3);
    const auto write_one = [&](std::int64_t number, const SpecificationResult& result) {
      specifications.row(number, result.failure);
      for (const auto& figure : result.figures) {
        for (const auto& [cell, value] : *figure) numbers.row(number, cells_.at(cell), value);
      }
      if (!result.failure.empty()) return;
      for (const Claim& claim : sweep_.claims) {
        claims.row(number, claim.name, name(holds(claim, result)));
      }
    };
    write_one(-1, results_.baseline);
    for (std::size_t i = 0; i < results_.numbers.size(); ++i) {
      const auto number = static_cast<std::int64_t>(results_.numbers[i]);
      write_one(number, results_.specifications[i]);
      const auto alternatives = alternatives_of(sweep_, results_.numbers[i]);
      for (std::size_t axis = 0; axis < sweep_.axes.size(); ++axis) {
        choices.row(number, sweep_.axes[axis].name,
                    sweep_.axes[axis].alternatives[alternatives[axis]].name);
      }
    }
  }

 private:
  void write_head(const RuleSpace& space, const Dataset& dataset) {
    sqlite::Insert insert(database_, "sweep", 2);
    insert.row("engine", fmt::format("cadre {}", kVersion));
    insert.row("sweep", sweep_.name);
    insert.row("title", sweep_.title);
    insert.row("note", sweep_.note);
    insert.row("rules", space.base().name);
    insert.row("rules_title", space.base().title);
    insert.row("data", dataset.name);
    insert.row("data_title", dataset.title);
    insert.row("combinations", std::to_string(count_combinations(sweep_).value_or(0)));
    insert.row("specifications", std::to_string(results_.numbers.size()));
    insert.row("failed", std::to_string(summary_.failed.size()));
    insert.row("rules_sha256", sources_sha256(space.sources()));
    insert.row("data_sha256", data_sha256(dataset));
    const std::string unread = unread_languages(dataset.schema);
    if (!unread.empty()) insert.row("unread_languages", unread);
    if (sweep_.sample) insert.row("seed", std::to_string(sweep_.sample->seed));
    if (summary_.curve) insert.row("curve", std::to_string(cells_.at(summary_.curve->cell)));
  }

  void write_axes() {
    sqlite::Insert axes(database_, "axes", 4);
    sqlite::Insert alternatives(database_, "alternatives", 6);
    for (std::size_t i = 0; i < sweep_.axes.size(); ++i) {
      const Sweep::Axis& axis = sweep_.axes[i];
      axes.row(axis.name, axis.title, axis.note, i);
      for (std::size_t j = 0; j < axis.alternatives.size(); ++j) {
        const Sweep::Alternative& one = axis.alternatives[j];
        alternatives.row(axis.name, one.name, one.title, one.note, one.as_it_is ? 1 : 0, j);
      }
    }
  }

  void write_figures(const std::vector<Figure>& figures) {
    sqlite::Insert insert(database_, "figures", 5);
    for (std::size_t i = 0; i < results_.figures.size(); ++i) {
      const auto figure = std::find_if(figures.begin(), figures.end(), [&](const Figure& one) {
        return one.name == results_.figures[i];
      });
      insert.row(figure->name, figure->title, figure->note,
                 figure->published ? figure->published->source : "", i);
    }
  }

  void write_cells(const std::vector<FigureNumbers>& published) {
    std::map<SweepCell, double> said;
    for (const FigureNumbers& figure : published) said.insert(figure.begin(), figure.end());
    sqlite::Insert cells(database_, "cells", 10);
    sqlite::Insert explained(database_, "cell_axes", 3);
    for (std::size_t i = 0; i < summary_.cells.size(); ++i) {
      const CellSummary& cell = summary_.cells[i];
      cells_[cell.cell] = static_cast<std::int64_t>(i);
      const auto known = [&](double value) {
        return cell.specifications > 0 ? std::optional(value) : std::nullopt;
      };
      const auto at = said.find(cell.cell);
      cells.row(i, cell.cell.figure, cell.cell.row, cell.cell.column, cell.specifications,
                known(cell.least), known(cell.median), known(cell.most), cell.baseline,
                at != said.end() ? std::optional(at->second) : std::nullopt);
      for (std::size_t axis = 0; axis < cell.explained.size(); ++axis) {
        explained.row(i, sweep_.axes[axis].name, cell.explained[axis]);
      }
    }
  }

  void write_claims() {
    sqlite::Insert claims(database_, "claims", 10);
    sqlite::Insert explained(database_, "claim_axes", 3);
    for (std::size_t i = 0; i < sweep_.claims.size(); ++i) {
      const ClaimSummary& one = summary_.claims[i];
      const Claim& claim = sweep_.claims[i];
      const auto cell = cells_.find(cell_of(claim.cell));
      claims.row(claim.name, claim.title, claim.note,
                 cell != cells_.end() ? std::optional(cell->second) : std::nullopt, one.holds,
                 one.fails, one.unknown, one.share(), name(one.baseline), i);
      for (std::size_t axis = 0; axis < one.explained.size(); ++axis) {
        explained.row(claim.name, sweep_.axes[axis].name, one.explained[axis]);
      }
    }
  }

  sqlite3* database_;
  const Sweep& sweep_;
  const SweepResults& results_;
  const SweepSummary& summary_;
  std::map<SweepCell, std::int64_t> cells_;
};

}  // namespace

void write_sweep_sqlite(const RuleSpace& space, const Dataset& dataset, const SweepResults& results,
                        const SweepSummary& summary, const std::vector<FigureNumbers>& published,
                        const std::filesystem::path& target, const FilesRead& read) {
  const auto write = [&](const std::filesystem::path& aside) {
    const sqlite::Database database = sqlite::open(aside.string(), SQLITE_OPEN_READWRITE);
    sqlite::execute(database.get(),
                    fmt::format("PRAGMA page_size = 4096; PRAGMA encoding = 'UTF-8';"
                                "PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF;"
                                "PRAGMA secure_delete = ON; PRAGMA application_id = {};"
                                "PRAGMA user_version = {}; BEGIN;",
                                kSweepApplicationId, kSweepFormat));
    sqlite::execute(database.get(), kSweepTables);
    Writer(database.get(), space, results, summary).write(space, dataset, published);
    sqlite::execute(database.get(), "COMMIT");
  };
  write_whole(target, write, read);
}

namespace {

std::vector<std::string_view> sweep_tables() {
  return {"sweep", "axes",      "alternatives", "specifications", "choices",    "figures",
          "cells", "cell_axes", "numbers",      "claims",         "claim_axes", "claim_results"};
}

constexpr DatabaseKind kSweepKind = {"sweep", kSweepApplicationId, kSweepFormat, kSweepFormat,
                                     sweep_tables};

}  // namespace

bool is_sweep(const std::filesystem::path& path) {
  return has_kind(path, kSweepKind);
}

struct SweepFile::Database {
  Database(std::filesystem::path file, sqlite::Database opened, const QueryLimits& limits)
      : path(std::move(file)), handle(std::move(opened)), budget(handle.get(), limits) {}

  std::filesystem::path path;
  sqlite::Database handle;
  ReadBudget budget;
};

SweepFile::SweepFile(std::unique_ptr<Database> database) : database_(std::move(database)) {}
SweepFile::~SweepFile() = default;
SweepFile::SweepFile(SweepFile&&) noexcept = default;

SweepFile SweepFile::open(const std::filesystem::path& path, const QueryLimits& limits) {
  return SweepFile(std::make_unique<Database>(path, open_to_read(path, kSweepKind), limits));
}

Result SweepFile::query(std::string_view sql, const std::vector<std::string>& arguments) const {
  return database_->budget.query(database_->handle, database_->path, sql, arguments);
}

Result SweepFile::query(std::string_view sql, const std::vector<std::string>& arguments,
                        const QueryLimits& limits) const {
  return query_database(database_->handle, database_->path, sql, arguments, limits);
}

}  // namespace cadre
