#include "cadre/data/json_tree.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <unordered_map>
#include <utility>

#include "cadre/base/seeded_hash.hpp"
#include "cadre/data/column_name.hpp"
#include "cadre/data/encoding.hpp"
#include "cadre/data/ondemand.hpp"
#include "cadre/text/blanks.hpp"
#include "cadre/text/utf8.hpp"

namespace cadre {
namespace {

namespace od = simdjson::ondemand;

constexpr int kDeepest = 64;

class TreeReader {
 public:
  TreeReader(const TextFile& file, Problems& problems) : file_(file), problems_(problems) {}

  std::optional<JsonNode> read() {
    if (tell_of_second_mark(file_, problems_)) return std::nullopt;
    // Not every version of simdjson skips a byte order mark.
    if (file_.text().starts_with(kByteOrderMark)) skipped_ = kByteOrderMark.size();
    const simdjson::padded_string padded(file_.text().substr(skipped_));
    start_ = padded.data();
    od::parser parser;
    od::document document;
    if (const auto error = parser.iterate(padded).get(document)) {
      return fail(error, file_.text().size());
    }
    bool scalar = false;
    if (const auto error = document.is_scalar().get(scalar)) return fail(error, 0);
    if (scalar) {
      problems_.error("wrong-type", "the file must hold a JSON object", file_.place(0, 0));
      return std::nullopt;
    }
    JsonNode tree;
    od::value root;
    if (const auto error = document.get_value().get(root)) return fail(error, location(document));
    if (const auto error = read_value(root, 1, tree)) return fail(error, location(document));
    if (!at_end(document)) return fail(simdjson::TRAILING_CONTENT, location(document));
    if (key_twice_) return std::nullopt;
    return tree;
  }

 private:
  simdjson::error_code read_value(od::value& value, int depth, JsonNode& out) {
    od::json_type type{};
    if (const auto error = value.type().get(type)) return error;
    const std::string_view token = trimmed(value.raw_json_token());
    out.end = offset(token.data() + token.size());
    out.begin = out.end - token.size();
    last_ = out.end;
    if (depth > kDeepest) return simdjson::DEPTH_ERROR;
    switch (type) {
      case od::json_type::object:
        return read_object(value, depth, out);
      case od::json_type::array:
        return read_list(value, depth, out);
      case od::json_type::string: {
        out.kind = JsonNode::Kind::kText;
        std::string_view text;
        if (const auto error = value.get_string().get(text)) return error;
        out.text = text;
        return simdjson::SUCCESS;
      }
      case od::json_type::number: {
        out.kind = JsonNode::Kind::kNumber;
        out.text = token;
        double number = 0;
        return value.get_double().get(number);
      }
      case od::json_type::boolean:
        out.kind = JsonNode::Kind::kBool;
        return value.get_bool().get(out.boolean);
      default: {
        bool null = false;
        if (const auto error = value.is_null().get(null)) return error;
        return null ? simdjson::SUCCESS : simdjson::N_ATOM_ERROR;
      }
    }
  }

  simdjson::error_code read_list(od::value& value, int depth, JsonNode& out) {
    out.kind = JsonNode::Kind::kList;
    out.end = out.begin + 1;
    od::array array;
    if (const auto error = value.get_array().get(array)) return error;
    for (auto element : array) {
      od::value item;
      if (const auto error = std::move(element).get(item)) return error;
      if (const auto error = read_value(item, depth + 1, out.items.emplace_back())) return error;
    }
    return simdjson::SUCCESS;
  }

  simdjson::error_code read_object(od::value& value, int depth, JsonNode& out) {
    out.kind = JsonNode::Kind::kObject;
    out.end = out.begin + 1;
    od::object object;
    if (const auto error = value.get_object().get(object)) return error;
    std::unordered_map<std::string, std::size_t, SeededHash> seen;
    for (auto entry : object) {
      od::field field;
      if (const auto error = std::move(entry).get(field)) return error;
      JsonNodeMember& member = out.members.emplace_back();
      member.begin = offset(field.key().raw()) - 1;  // with its quote
      std::string_view key;
      if (const auto error = field.unescaped_key().get(key)) return error;
      member.name = key;
      member.end = member.begin + key.size() + 2;
      last_ = member.end;
      const auto [first, is_new] = seen.emplace(member.name, out.members.size() - 1);
      if (!is_new) tell_twice(member, out.members[first->second]);
      if (const auto error = read_value(field.value(), depth + 1, member.value)) return error;
    }
    return simdjson::SUCCESS;
  }

  void tell_twice(const JsonNodeMember& member, const JsonNodeMember& before) {
    key_twice_ = true;
    if (problems_.skip_error()) return;
    problems_.add({Severity::kError,
                   "duplicate-key",
                   fmt::format("'{}' stands twice in one object", quotable(member.name)),
                   file_.place(member.begin, member.end),
                   "",
                   {{file_.place(before.begin, before.end), "first here"}}});
  }

  std::size_t offset(const char* at) const {
    return skipped_ + static_cast<std::size_t>(at - start_);
  }

  std::size_t location(od::document& document) const {
    const char* at = nullptr;
    const bool known = document.current_location().get(at) == simdjson::SUCCESS;
    return known ? offset(at) : last_;
  }

  std::optional<JsonNode> fail(simdjson::error_code error, std::size_t at) {
    if (error == simdjson::DEPTH_ERROR) {
      problems_.error("json-too-deep",
                      fmt::format("lists and objects are nested more than {} deep", kDeepest),
                      file_.place(last_ - 1, last_));
      return std::nullopt;
    }
    at = std::min(at, file_.text().size());
    if (file_.text().substr(at).starts_with(kByteOrderMark)) {
      problems_.error("byte-order-mark", "a byte order mark in the middle of the file",
                      file_.place(at, at + 1), kTakeOutByteOrderMarks);
      return std::nullopt;
    }
    problems_.error("bad-json", fmt::format("this is not JSON: {}", json_error_in_words(error)),
                    file_.place(at, at + 1));
    return std::nullopt;
  }

  const TextFile& file_;
  Problems& problems_;
  const char* start_ = nullptr;
  std::size_t skipped_ = 0;  // bytes before start_
  bool key_twice_ = false;
  std::size_t last_ = 0;  // the end of the last token that was read
};

}  // namespace

const JsonNode* JsonNode::find(std::string_view name) const {
  for (const JsonNodeMember& member : members) {
    if (member.name == name) return &member.value;
  }
  return nullptr;
}

std::string_view name(JsonNode::Kind kind) {
  switch (kind) {
    case JsonNode::Kind::kBool:
      return "true or false";
    case JsonNode::Kind::kNumber:
      return "a number";
    case JsonNode::Kind::kText:
      return "a text";
    case JsonNode::Kind::kList:
      return "a list";
    case JsonNode::Kind::kObject:
      return "an object";
    case JsonNode::Kind::kNull:
      break;
  }
  return "null";
}

std::optional<JsonNode> parse_json(const TextFile& file, Problems& problems) {
  return TreeReader(file, problems).read();
}

}  // namespace cadre
