#include "cadre/run/figure_json.hpp"

#include <optional>
#include <utility>

#include "cadre/base/error.hpp"
#include "cadre/base/json.hpp"
#include "cadre/rules/cell_json.hpp"

namespace cadre {
namespace {

Cell to_cell(const Json& json) {
  if (json.is_null()) return std::monostate();
  if (json.is_bool()) return std::int64_t{json.boolean()};
  if (json.is_integer()) return json.integer();
  if (json.is_string()) return json.string();
  return json.number();
}

/// Carries out `read`, with a Mismatch turned into an Error.
template <typename Read>
void reading(const std::string& json, const Figure& figure, Read read) {
  if (json.empty()) return;
  const auto damaged = [&] {
    return Error(Error::Kind::kCorrupt, "", "the run's figure '" + figure.name + "' is damaged");
  };
  try {
    const std::optional<Json> parsed = Json::parse(json);
    if (!parsed) throw damaged();
    read(*parsed);
  } catch (const Json::Mismatch&) {
    throw damaged();
  }
}

}  // namespace

std::string key_json(const Figure& figure) {
  return figure.key.empty() ? std::string() : Json(figure.key).compact();
}

std::string published_json(const Figure& figure) {
  if (!figure.published) return "";
  const Figure::Published& published = *figure.published;
  Json rows = Json::array();
  for (const auto& row : published.rows) {
    Json object = Json::object();
    for (const auto& [column, cell] : row) object[column] = json_of(cell);
    rows.push_back(std::move(object));
  }
  const Json json = {{"source", published.source},
                     {"note", published.note},
                     {"approximate", published.approximate},
                     {"rows", std::move(rows)}};
  return json.compact();
}

void read_key_json(const std::string& json, Figure& figure) {
  reading(json, figure, [&](const Json& key) { figure.key = key.strings(); });
}

void read_published_json(const std::string& json, Figure& figure) {
  reading(json, figure, [&](const Json& object) {
    Figure::Published published;
    published.source = object.at("source").string();
    published.note = object.at("note").string();
    published.approximate = object.at("approximate").boolean();
    for (const Json& row : object.at("rows")) {
      auto& cells = published.rows.emplace_back();
      for (const auto& [column, value] : row.members()) cells.emplace_back(column, to_cell(value));
    }
    figure.published = std::move(published);
  });
}

}  // namespace cadre
