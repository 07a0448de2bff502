// JSON as a tree that remembers where everything stood, for files that are small: datapackage.json.
// (RFC 8259. People in JSON Lines are read without a tree, by data/person_parser.hpp.)
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "cadre/data/problems.hpp"
#include "cadre/data/text_file.hpp"

namespace cadre {

struct JsonNodeMember;

struct JsonNode {
  enum class Kind { kNull, kBool, kNumber, kText, kList, kObject };

  Kind kind = Kind::kNull;
  std::size_t begin = 0;  ///< in bytes of the file; of lists and objects only the bracket
  std::size_t end = 0;
  bool boolean = false;
  std::string text;                     ///< of a text; of a number as it was written
  std::vector<JsonNode> items;          ///< of a list
  std::vector<JsonNodeMember> members;  ///< of an object, in the order of the file

  /// The member of that name, or nothing.
  const JsonNode* find(std::string_view name) const;
};

struct JsonNodeMember {
  std::string name;
  std::size_t begin = 0;  ///< of the name
  std::size_t end = 0;
  JsonNode value;
};

/// "a text", "an object", ...: for messages.
std::string_view name(JsonNode::Kind kind);

/// Nothing, and an error in `problems`, for what is not JSON, nested more than 64 deep, or has the
/// same name twice in an object.
std::optional<JsonNode> parse_json(const TextFile& file, Problems& problems);

}  // namespace cadre
