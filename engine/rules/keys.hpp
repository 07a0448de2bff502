// Every key that rule files know, by the kind of map that it stands in. The loader accepts these
// and no others, and the JSON Schemas in schemas/ are tested against them.
#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace cadre {

enum class MapKind : std::uint8_t {
  kRuleset,
  kLexicon,
  kCategory,
  kContext,  ///< near or not_near of a category
  kLexiconTest,
  kEras,
  kTransition,
  kEra,
  kEraTest,
  kFigure,
  kFigures,
  kChart,
  kPublished,
  kDeclaredColumn,
  kLabel,          ///< what every label may have beside its body
  kCondition,      ///< the heads of conditions; names of tables and labels stand beside them
  kAtLeast,        ///< at_least: {count: 2, of: [...]}
  kRowsCondition,  ///< what may stand beside the name of a table
  kCategoryLabel,
  kYearsLabel,
  kCountLabel,
  kFirstDateLabel,
  kLastDateLabel,
  kCategoryTest,  ///< {industry: {in: ...}}
  kNumberTest,
  kDateTest,
  kRowTests,  ///< names of columns stand beside them
  kColumnTest,
  kContextTest,  ///< near or not_near beside in or not_in
  kDuring,
  kRuleTest,       ///< names of tables stand beside them
  kLexiconChange,  ///< of a variant
  kCategoryChange,
  kErasChange,  ///< ids of eras stand beside them
  kEraChange,
  kSweep,
  kSample,
  kAxis,
  kAlternative,
  kClaim,
  kOtherCell,  ///< that a claim compares its own with
  kCurve,
  kLayout,
  kLayoutPattern,
  kLayoutTest,
  kLayoutExpect,
  kSchema,
  kSchemaTable,
  kSchemaColumn,
  kSchemaSpan,
  kOffices,
  kSchemaDate,
  kSchemaTransition,
  kSchemaStretch,
};
inline constexpr std::size_t kMapKinds = static_cast<std::size_t>(MapKind::kSchemaStretch) + 1;

/// The kind's name in the JSON Schemas, such as "row_tests".
std::string_view name(MapKind kind);

/// The keys of a map of this kind, in the order in which people are used to write them.
std::span<const std::string_view> keys(MapKind kind);

bool is_key(MapKind kind, std::string_view key);

/// The keys as a list of candidates for did_you_mean.
std::vector<std::string> key_names(MapKind kind);

}  // namespace cadre
