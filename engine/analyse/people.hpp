// The people of a run: finding one, and what to say of them in a line.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "cadre/rules/declared_schema.hpp"
#include "cadre/run/run.hpp"

namespace cadre {

struct PersonName {
  std::string language;  ///< zh, en, or empty for a dataset with one column of names
  std::string text;
};

struct PostSummary {
  std::string id;
  std::string unit;       ///< the id of the place; empty where the office has none
  std::string unit_name;  ///< in English, where the run has a table of the units; else the id
  std::string office;
  std::string start;          ///< as written; empty when it is not known
  std::string end;            ///< or ..
  std::string unit_column;    ///< what the schema calls the unit, such as "province"; or empty
  std::string office_column;  ///< likewise
};

struct PersonSummary {
  std::string id;
  std::vector<PersonName> names;
  std::string birth;               ///< as written, or empty
  std::vector<PostSummary> posts;  ///< of the schema's tables with offices, each in order of time
};

/// The column of a table of units that names them: in English, or else the first of names; empty
/// where the run has no such table with ids.
std::string unit_name_column(const Run& run, const std::string& units);

/// The person of that id, or nothing.
std::optional<PersonSummary> read_person(const Run& run, const std::string& id);

/// Answers SQL over the tables of a dataset, with arguments for ?1, ?2, ...
using AskDataset =
    std::function<Result(const std::string& sql, const std::vector<std::string>& arguments)>;

/// The same where no run was written.
std::optional<PersonSummary> read_person(const AskDataset& ask, const DeclaredSchema& schema,
                                         const std::string& id);

struct FoundPeople {
  std::vector<PersonSummary> matches;  ///< exactly one: the person is found
  std::vector<PersonSummary> near;     ///< when nothing matches: what may have been meant
};

/// Whom `text` may mean: the person of that id; else those of that name, in any language; else
/// those whose id or name contains it. Names are compared folded (text/fold.hpp), and without
/// spaces, hyphens and points: xudazhe and 許達哲 find 许达哲. At most `limit` of each.
FoundPeople find_people(const Run& run, std::string_view text, std::size_t limit = 10);

}  // namespace cadre
