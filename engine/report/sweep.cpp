#include "cadre/report/sweep.hpp"

#include <fmt/format.h>

#include <iterator>
#include <map>
#include <string>
#include <utility>

#include "cadre/analyse/cells.hpp"
#include "cadre/base/error.hpp"
#include "cadre/base/json.hpp"
#include "cadre/report/objects.hpp"
#include "cadre/rules/cell_json.hpp"

namespace cadre {
namespace {

/// So many specifications are read at a time: a sweep has more numbers than one answer may.
constexpr std::int64_t kAtATime = 1'000;

[[noreturn]] void fail() {
  throw Error(Error::Kind::kCorrupt, "", "the sweep is damaged: its tables do not fit together");
}

Json objects(const SweepFile& sweep, const std::string& sql) {
  return objects_of(sweep.query(sql));
}

/// A name in a row of objects(): a text, or a number written out.
std::string name_in(const Json& row, const std::string& column) {
  const Json* at = row.find(column);
  if (at == nullptr) fail();
  return at->is_string() ? at->string() : at->compact();
}

/// A table of shares, such as cell_axes, as one list for each `of`, by axis.
std::map<std::string, Json> shares_of_axes(const SweepFile& sweep, const std::string& table,
                                           const std::string& of) {
  std::map<std::string, Json> shares;
  for (const auto& row :
       sweep
           .query(fmt::format("SELECT {}, explained FROM {} JOIN axes USING (axis) "
                              "ORDER BY {}, position",
                              of, table, of))
           .rows) {
    Json& list = shares[text_of(row[0])];
    if (list.is_null()) list = Json::array();
    list.push_back(json_of(row[1]));
  }
  return shares;
}

Json with_shares(Json rows, const std::map<std::string, Json>& shares, const std::string& of) {
  for (Json& row : rows) {
    const auto at = shares.find(name_in(row, of));
    if (at != shares.end()) row["explained"] = at->second;
  }
  return rows;
}

/// The specifications by number, and where each stands in the packets. The rule set as it is, -1,
/// is none of them.
std::map<std::int64_t, std::size_t> places_of_specifications(const SweepFile& sweep) {
  std::map<std::int64_t, std::size_t> places;
  for (const auto& row :
       sweep.query("SELECT specification FROM specifications WHERE specification >= 0 ORDER BY 1")
           .rows) {
    places.emplace(whole_of(row[0]), places.size());
  }
  return places;
}

/// Calls `use` with the place of a specification and each row of `sql`, whose first column is the
/// specification and which asks for those numbered from ?1 to below ?2.
template <typename Use>
void for_each_row(const SweepFile& sweep, const std::map<std::int64_t, std::size_t>& places,
                  const std::string& sql, const Use& use) {
  for (auto first = places.begin(); first != places.end();) {
    auto last = first;
    for (std::int64_t i = 0; i < kAtATime && last != places.end(); ++i) ++last;
    const std::int64_t end = std::prev(last)->first;
    for (const auto& row :
         sweep.query(sql, {std::to_string(first->first), std::to_string(end)}).rows) {
      const auto place = places.find(whole_of(row[0]));
      if (place == places.end()) fail();
      use(place->second, row);
    }
    first = last;
  }
}

/// The number of the specification and, by axis, which alternative it has.
Json choices_of(const SweepFile& sweep, const std::map<std::int64_t, std::size_t>& places) {
  Json numbers = Json::array();
  for (const auto& [number, place] : places) numbers.push_back(std::to_string(number));
  Json axes = Json::array();
  const std::size_t count = sweep.query("SELECT axis FROM axes").rows.size();
  for (std::size_t i = 0; i < count; ++i) axes.push_back(std::vector<int>(places.size(), -1));
  for_each_row(sweep, places,
               "SELECT c.specification, x.position, a.position FROM choices c "
               "JOIN axes x USING (axis) JOIN alternatives a USING (axis, alternative) "
               "WHERE c.specification BETWEEN CAST(?1 AS INTEGER) AND CAST(?2 AS INTEGER)",
               [&](std::size_t place, const std::vector<Cell>& row) {
                 const auto axis = static_cast<std::size_t>(whole_of(row[1]));
                 if (axis >= count) fail();
                 axes[axis][place] = whole_of(row[2]);
               });
  return {{"numbers", std::move(numbers)}, {"axes", std::move(axes)}};
}

/// For each claim a letter a specification: t, f, u, or a space where it could not be computed.
Json claims_of(const SweepFile& sweep, const std::map<std::int64_t, std::size_t>& places) {
  std::map<std::string, std::string> holds;
  for (const auto& row : sweep.query("SELECT claim FROM claims").rows) {
    holds[text_of(row[0])] = std::string(places.size(), ' ');
  }
  for_each_row(sweep, places,
               "SELECT specification, claim, holds FROM claim_results "
               "WHERE specification BETWEEN CAST(?1 AS INTEGER) AND CAST(?2 AS INTEGER)",
               [&](std::size_t place, const std::vector<Cell>& row) {
                 const auto claim = holds.find(text_of(row[1]));
                 if (claim == holds.end()) fail();
                 claim->second[place] = name(truth_of(row[2])).front();
               });
  Json out = Json::object();
  for (const auto& [claim, letters] : holds) out[claim] = letters;
  return out;
}

/// The numbers of each cell; null where a specification does not have it.
std::vector<Json> numbers_of(const SweepFile& sweep,
                             const std::map<std::int64_t, std::size_t>& places) {
  const std::size_t count = sweep.query("SELECT cell FROM cells").rows.size();
  std::vector<Json> cells(count, Json(std::vector<Json>(places.size())));
  for_each_row(sweep, places,
               "SELECT specification, cell, number FROM numbers "
               "WHERE specification BETWEEN CAST(?1 AS INTEGER) AND CAST(?2 AS INTEGER)",
               [&](std::size_t place, const std::vector<Cell>& row) {
                 const auto cell = static_cast<std::size_t>(whole_of(row[1]));
                 if (cell >= count) fail();
                 cells[cell][place] = json_of(row[2]);
               });
  return cells;
}

}  // namespace

Json sweep_summary(const SweepFile& sweep) {
  Json about = Json::object();
  for (const auto& row : sweep.query("SELECT key, value FROM sweep ORDER BY key").rows) {
    about[text_of(row[0])] = text_of(row[1]);
  }
  Json axes = objects(sweep, "SELECT axis, title, note FROM axes ORDER BY position");
  std::map<std::string, std::size_t> places;
  for (Json& axis : axes) {
    places.emplace(name_in(axis, "axis"), places.size());
    axis["alternatives"] = Json::array();
  }
  for (Json& one : objects(sweep,
                           "SELECT axis, alternative, title, note, as_it_is "
                           "FROM alternatives ORDER BY axis, position")) {
    const auto at = places.find(name_in(one, "axis"));
    if (at == places.end()) fail();
    one.erase("axis");
    axes[at->second]["alternatives"].push_back(std::move(one));
  }
  Json out = {{"about", std::move(about)}, {"axes", std::move(axes)}};
  out["claims"] =
      with_shares(objects(sweep,
                          "SELECT claim, title, note, cell, holds, fails, unknown, share, "
                          "baseline FROM claims ORDER BY position"),
                  shares_of_axes(sweep, "claim_axes", "claim"), "claim");
  out["figures"] =
      objects(sweep, "SELECT figure, title, note, published FROM figures ORDER BY position");
  out["cells"] = with_shares(objects(sweep,
                                     "SELECT cell, figure, row, \"column\", specifications, least, "
                                     "median, most, baseline, published FROM cells ORDER BY cell"),
                             shares_of_axes(sweep, "cell_axes", "cell"), "cell");
  out["failures"] = objects(sweep,
                            "SELECT failure, count(*) AS specifications FROM specifications "
                            "WHERE failure IS NOT NULL GROUP BY failure ORDER BY 2 DESC, 1");
  return out;
}

std::vector<PageData> sweep_packets(const SweepFile& sweep) {
  const auto places = places_of_specifications(sweep);
  std::vector<PageData> packets = {{"sweep-choices", choices_of(sweep, places).compact()},
                                   {"sweep-claims", claims_of(sweep, places).compact()}};
  for (const Json& cell : numbers_of(sweep, places)) {
    packets.push_back({fmt::format("curve-{}", packets.size() - 2), cell.compact()});
  }
  return packets;
}

}  // namespace cadre
