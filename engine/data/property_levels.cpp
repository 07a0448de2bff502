#include "cadre/data/property_levels.hpp"

#include <algorithm>
#include <array>

namespace cadre {
namespace {

using Level = PropertyLevel;

struct Home {
  std::string_view name;
  Level level;
  bool binding = true;
};

/// Foreign programs write some properties of files (`bytes`, `hash`) for whole packages: these bind
/// nothing there.
constexpr std::array kHomes = {
    Home{"resources", Level::kPackage},
    Home{"as_of", Level::kPackage},
    Home{"languages", Level::kPackage},
    Home{"dialect", Level::kResource},
    Home{"schema", Level::kResource},
    Home{"path", Level::kResource, false},
    Home{"data", Level::kResource, false},
    Home{"bytes", Level::kResource, false},
    Home{"hash", Level::kResource, false},
    Home{"compression", Level::kResource, false},
    Home{"mediatype", Level::kResource, false},
    Home{"encoding", Level::kResource, false},
    Home{"format", Level::kResource, false},
    Home{"delimiter", Level::kDialect},
    Home{"nullSequence", Level::kDialect},
    Home{"lineTerminator", Level::kDialect},
    Home{"quoteChar", Level::kDialect},
    Home{"doubleQuote", Level::kDialect},
    Home{"escapeChar", Level::kDialect},
    Home{"commentChar", Level::kDialect},
    Home{"commentRows", Level::kDialect},
    Home{"header", Level::kDialect},
    Home{"headerRows", Level::kDialect},
    Home{"skipInitialSpace", Level::kDialect},
    Home{"fields", Level::kSchema},
    Home{"fieldsMatch", Level::kSchema},
    Home{"primaryKey", Level::kSchema},
    Home{"foreignKeys", Level::kSchema},
    Home{"uniqueKeys", Level::kSchema},
    Home{"missingValues", Level::kSchema},
    Home{"constraints", Level::kField},
    Home{"categories", Level::kField},
    Home{"categoriesOrdered", Level::kField},
    Home{"cadre:kind", Level::kField},
    Home{"rdfType", Level::kField},
    Home{"trueValues", Level::kField},
    Home{"falseValues", Level::kField},
    Home{"bareNumber", Level::kField},
    Home{"decimalChar", Level::kField},
    Home{"groupChar", Level::kField},
    Home{"required", Level::kConstraints},
    Home{"unique", Level::kConstraints},
    Home{"enum", Level::kConstraints},
    Home{"pattern", Level::kConstraints},
    Home{"minLength", Level::kConstraints},
    Home{"maxLength", Level::kConstraints},
    Home{"minimum", Level::kConstraints},
    Home{"maximum", Level::kConstraints},
    Home{"exclusiveMinimum", Level::kConstraints},
    Home{"exclusiveMaximum", Level::kConstraints},
    Home{"jsonSchema", Level::kConstraints},
    Home{"reference", Level::kForeignKey},
    Home{"resource", Level::kReference},
    Home{"package", Level::kReference},
};

bool is_of_key(Level level) {
  return level == Level::kForeignKey || level == Level::kReference;
}

}  // namespace

std::optional<MisplacedProperty> find_misplaced(std::string_view name, PropertyLevel at) {
  const auto* home =
      std::find_if(kHomes.begin(), kHomes.end(), [&](const Home& one) { return one.name == name; });
  if (home == kHomes.end() || home->level == at) return std::nullopt;
  // Outside of keys anybody may call a note `reference`, `resource` or `package`.
  if (is_of_key(home->level) && !is_of_key(at)) return std::nullopt;
  return MisplacedProperty{home->level, home->binding};
}

std::string_view in_words(PropertyLevel level) {
  switch (level) {
    case Level::kPackage:
      return "the package";
    case Level::kResource:
      return "a resource";
    case Level::kDialect:
      return "the 'dialect' of a resource";
    case Level::kSchema:
      return "the 'schema' of a resource";
    case Level::kField:
      return "a field";
    case Level::kConstraints:
      return "the 'constraints' of a field";
    case Level::kForeignKey:
      return "a foreign key";
    case Level::kReference:
      break;
  }
  return "the 'reference' of a foreign key";
}

}  // namespace cadre
