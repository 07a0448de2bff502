#include "cadre/data/json.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <unordered_map>
#include <utility>

#include "cadre/data/ondemand.hpp"

namespace cadre {
namespace {

namespace od = simdjson::ondemand;

constexpr int kDeepest = 64;

class TreeReader {
 public:
  TreeReader(const TextFile& file, Problems& problems) : file_(file), problems_(problems) {}

  std::optional<Json> read() {
    const simdjson::padded_string padded(file_.text());
    start_ = padded.data();
    od::parser parser;
    od::document document;
    simdjson::error_code error = parser.iterate(padded).get(document);
    if (error != simdjson::SUCCESS) return fail(error, file_.text().size());

    bool scalar = false;
    if ((error = document.is_scalar().get(scalar)) != simdjson::SUCCESS) return fail(error, 0);
    if (scalar) {
      problems_.error("wrong-type", "the file must hold a JSON object", file_.place(0, 0));
      return std::nullopt;
    }
    Json tree;
    od::value root;
    error = document.get_value().get(root);
    const bool well = error == simdjson::SUCCESS && read_value(root, 1, tree, error);
    if (error != simdjson::SUCCESS) return fail(error, location(document));
    if (!well) return std::nullopt;
    if (!at_end(document)) return fail(simdjson::TRAILING_CONTENT, location(document));
    return tree;
  }

 private:
  /// False, with `error` set, where it is not JSON, or unset, where a problem has been told.
  bool read_value(od::value& value, int depth, Json& out, simdjson::error_code& error) {
    od::json_type type{};
    if ((error = value.type().get(type)) != simdjson::SUCCESS) return false;
    const std::string_view token = trimmed(value.raw_json_token());
    out.begin = offset(token.data());
    out.end = out.begin + token.size();
    last_ = out.end;
    if (depth > kDeepest) {
      problems_.error("json-too-deep",
                      fmt::format("lists and objects are nested more than {} deep", kDeepest),
                      file_.place(out.begin, out.begin + 1));
      return false;
    }
    switch (type) {
      case od::json_type::object:
        return read_object(value, depth, out, error);
      case od::json_type::array:
        return read_list(value, depth, out, error);
      case od::json_type::string: {
        out.kind = Json::Kind::kText;
        std::string_view text;
        if ((error = value.get_string().get(text)) != simdjson::SUCCESS) return false;
        out.text = text;
        return true;
      }
      case od::json_type::number: {
        out.kind = Json::Kind::kNumber;
        out.text = token;
        double number = 0;
        return (error = value.get_double().get(number)) == simdjson::SUCCESS;
      }
      case od::json_type::boolean:
        out.kind = Json::Kind::kBool;
        return (error = value.get_bool().get(out.boolean)) == simdjson::SUCCESS;
      default: {
        bool null = false;
        error = value.is_null().get(null);
        if (error == simdjson::SUCCESS && !null) error = simdjson::N_ATOM_ERROR;
        return error == simdjson::SUCCESS;
      }
    }
  }

  bool read_list(od::value& value, int depth, Json& out, simdjson::error_code& error) {
    out.kind = Json::Kind::kList;
    out.end = out.begin + 1;
    od::array array;
    if ((error = value.get_array().get(array)) != simdjson::SUCCESS) return false;
    for (auto element : array) {
      od::value item;
      if ((error = std::move(element).get(item)) != simdjson::SUCCESS) return false;
      if (!read_value(item, depth + 1, out.items.emplace_back(), error)) return false;
    }
    return true;
  }

  bool read_object(od::value& value, int depth, Json& out, simdjson::error_code& error) {
    out.kind = Json::Kind::kObject;
    out.end = out.begin + 1;
    od::object object;
    if ((error = value.get_object().get(object)) != simdjson::SUCCESS) return false;
    std::unordered_map<std::string, std::size_t> seen;
    bool well = true;
    for (auto entry : object) {
      od::field field;
      if ((error = std::move(entry).get(field)) != simdjson::SUCCESS) return false;
      JsonMember& member = out.members.emplace_back();
      member.begin = offset(field.key().raw()) - 1;  // with its quote
      std::string_view key;
      if ((error = field.unescaped_key().get(key)) != simdjson::SUCCESS) return false;
      member.name = key;
      member.end = member.begin + key.size() + 2;
      last_ = member.end;
      const auto [first, is_new] = seen.emplace(member.name, out.members.size() - 1);
      if (!is_new) {
        const JsonMember& before = out.members[first->second];
        Diagnostic twice{Severity::kError,
                         "duplicate-key",
                         fmt::format("'{}' stands twice in one object", quotable(member.name)),
                         file_.place(member.begin, member.end),
                         "",
                         {{file_.place(before.begin, before.end), "first here"}}};
        problems_.add(std::move(twice));
        well = false;
      }
      if (!read_value(field.value(), depth + 1, member.value, error)) return false;
    }
    return well;
  }

  std::size_t offset(const char* at) const { return static_cast<std::size_t>(at - start_); }

  std::size_t location(od::document& document) const {
    const char* at = nullptr;
    const bool known = document.current_location().get(at) == simdjson::SUCCESS;
    return known ? offset(at) : last_;
  }

  std::optional<Json> fail(simdjson::error_code error, std::size_t at) {
    at = std::min(at, file_.text().size());
    problems_.error("bad-json", fmt::format("this is not JSON: {}", json_error_in_words(error)),
                    file_.place(at, at + 1));
    return std::nullopt;
  }

  const TextFile& file_;
  Problems& problems_;
  const char* start_ = nullptr;
  std::size_t last_ = 0;  // the end of the last token that was read
};

}  // namespace

const Json* Json::find(std::string_view name) const {
  for (const JsonMember& member : members) {
    if (member.name == name) return &member.value;
  }
  return nullptr;
}

std::string_view name(Json::Kind kind) {
  switch (kind) {
    case Json::Kind::kBool:
      return "true or false";
    case Json::Kind::kNumber:
      return "a number";
    case Json::Kind::kText:
      return "a text";
    case Json::Kind::kList:
      return "a list";
    case Json::Kind::kObject:
      return "an object";
    case Json::Kind::kNull:
      break;
  }
  return "null";
}

std::optional<Json> parse_json(const TextFile& file, Problems& problems) {
  return TreeReader(file, problems).read();
}

}  // namespace cadre
