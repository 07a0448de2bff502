// Reads the properties of datapackage.json: values of the right kind, and an error at its place for
// those of a wrong one.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "cadre/base/source.hpp"
#include "cadre/data/json_tree.hpp"
#include "cadre/data/problems.hpp"
#include "cadre/data/property_levels.hpp"
#include "cadre/data/text_file.hpp"

namespace cadre {

class PropertyReader {
 public:
  /// Both must outlive the reader.
  PropertyReader(const TextFile& file, Problems& problems) : file_(file), problems_(problems) {}

  /// Whether the value is of that kind; an error if not. `what` begins the message: "'path'".
  bool expect(const JsonNode& json, JsonNode::Kind kind, std::string_view what);

  /// The text of a member. Empty where there is none, and, with an error, where it is no text.
  std::string text(const JsonNode& object, std::string_view name);

  /// The texts of a list, those of a wrong kind left out with an error.
  std::vector<std::string> texts(const JsonNode& list, std::string_view what);

  /// A text, a number or true or false, as a CSV file has it.
  std::optional<std::string> scalar(const JsonNode& json, std::string_view what);

  /// Tells of properties that belong to another level, and warns of names that look like misspelt
  /// ones. Others are custom properties, which the standard allows.
  void check_names(const JsonNode& object, const std::vector<std::string>& known,
                   PropertyLevel level);

  /// Tells of a property that belongs to another level: an error where it decides what data are
  /// accepted, a warning otherwise. False when it does not.
  bool tell_of_misplaced(const JsonNodeMember& member, PropertyLevel level);

  void error(std::string code, const JsonNode& at, std::string message, std::string hint = {});
  void error_at_name(std::string code, const JsonNodeMember& at, std::string message,
                     std::string hint = {});
  void warning(std::string code, const JsonNode& at, std::string message, std::string hint = {});

  /// What cadre does not do: an error, so that nobody takes it for done.
  void unsupported(const JsonNode& at, std::string message, std::string hint = {}) {
    error("unsupported", at, std::move(message), std::move(hint));
  }

  std::size_t errors() const { return problems_.errors(); }
  Problems& problems() { return problems_; }
  Place place(const JsonNode& json) const { return file_.place(json.begin, json.end); }

 private:
  const TextFile& file_;
  Problems& problems_;
};

/// The text of a member, or an empty one where there is no such text.
std::string text_or_empty(const JsonNode& object, std::string_view name);

bool is_one_of(std::string_view value, const std::vector<std::string>& values);

}  // namespace cadre
