#include "cadre/run/figure_json.hpp"

#include <nlohmann/json.hpp>
#include <utility>

#include "cadre/base/error.hpp"
#include "cadre/rules/cell_json.hpp"

namespace cadre {
namespace {

using Json = nlohmann::ordered_json;

Cell to_cell(const Json& json) {
  if (json.is_null()) return std::monostate();
  if (json.is_boolean()) return std::int64_t{json.get<bool>()};
  if (json.is_number_integer()) return json.get<std::int64_t>();
  if (json.is_number()) return json.get<double>();
  return json.get<std::string>();
}

std::string dump(const Json& json) {
  return json.dump(-1, ' ', false, Json::error_handler_t::replace);
}

/// Carries out `read`, with what the JSON library throws turned into an Error.
template <typename Read>
void reading(const std::string& json, const Figure& figure, Read read) {
  if (json.empty()) return;
  const auto damaged = [&] {
    return Error(Error::Kind::kCorrupt, "", "the run's figure '" + figure.name + "' is damaged");
  };
  try {
    const Json parsed = parse_stored_json(json);
    if (parsed.is_discarded()) throw damaged();
    read(parsed);
  } catch (const Json::exception&) {
    throw damaged();
  }
}

}  // namespace

std::string key_json(const Figure& figure) {
  return figure.key.empty() ? std::string() : dump(Json(figure.key));
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
  return dump(json);
}

void read_key_json(const std::string& json, Figure& figure) {
  reading(json, figure, [&](const Json& key) { figure.key = key.get<std::vector<std::string>>(); });
}

void read_published_json(const std::string& json, Figure& figure) {
  reading(json, figure, [&](const Json& object) {
    Figure::Published published;
    published.source = object.at("source").get<std::string>();
    published.note = object.at("note").get<std::string>();
    published.approximate = object.at("approximate").get<bool>();
    for (const Json& row : object.at("rows")) {
      auto& cells = published.rows.emplace_back();
      for (const auto& [column, value] : row.items()) cells.emplace_back(column, to_cell(value));
    }
    figure.published = std::move(published);
  });
}

}  // namespace cadre
