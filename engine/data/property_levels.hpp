// Where in datapackage.json each property has its place, to tell of one that stands elsewhere: the
// standard takes it for a custom property there, and it would be passed over.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

namespace cadre {

enum class PropertyLevel : std::uint8_t {
  kPackage,
  kResource,
  kDialect,
  kSchema,
  kField,
  kConstraints,
  kForeignKey,
  kReference,
};

struct MisplacedProperty {
  PropertyLevel home;  ///< where it belongs
  bool binding;        ///< it decides what data are accepted; otherwise it only describes files
};

/// What is known of a property that its level does not have; nothing for one that has no other
/// place, or whose name anybody may use (`name`, `title`, `type`, `version`).
std::optional<MisplacedProperty> find_misplaced(std::string_view name, PropertyLevel at);

/// "a field", "the 'constraints' of a field"
std::string_view in_words(PropertyLevel level);

}  // namespace cadre
