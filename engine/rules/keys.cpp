#include "cadre/rules/keys.hpp"

#include <algorithm>

namespace cadre {

namespace {

using Names = std::span<const std::string_view>;

struct Entry {
  std::string_view name;
  Names keys;
};

constexpr std::array<std::string_view, 13> kRuleset = {
    "ruleset", "cadre",   "title",  "note",     "source", "extends", "include",
    "params",  "columns", "labels", "lexicons", "eras",   "tests"};
constexpr std::array<std::string_view, 13> kLexicon = {
    "lexicon", "title",  "note", "source",   "overlap",    "blanks", "accents",
    "plurals", "except", "near", "not_near", "categories", "tests"};
constexpr std::array<std::string_view, 10> kCategory = {"title",    "note",      "source", "group",
                                                        "terms",    "regex",     "except", "near",
                                                        "not_near", "categories"};
constexpr std::array<std::string_view, 4> kContext = {"terms", "within", "side", "note"};
constexpr std::array<std::string_view, 7> kLexiconTest = {"name",   "note",     "text", "language",
                                                          "expect", "includes", "not"};
constexpr std::array<std::string_view, 9> kEras = {"eras",       "title", "note", "source", "as_of",
                                                   "transition", "gaps",  "list", "tests"};
constexpr std::array<std::string_view, 3> kTransition = {"opens_before", "promotions_count_to",
                                                         "note"};
constexpr std::array<std::string_view, 8> kEra = {"id",   "label", "leader", "term",
                                                  "from", "to",    "note",   "source"};
constexpr std::array<std::string_view, 5> kEraTest = {"name", "note", "date", "promotion",
                                                      "expect"};
constexpr std::array<std::string_view, 8> kFigure = {"figure", "title", "note", "source",
                                                     "sql",    "chart", "key",  "published"};
constexpr std::array<std::string_view, 4> kFigures = {"figures", "title", "note", "source"};
constexpr std::array<std::string_view, 8> kChart = {"mark", "x",    "y",     "color",
                                                    "sort", "unit", "stack", "title"};
constexpr std::array<std::string_view, 4> kPublished = {"source", "note", "approximate", "rows"};
constexpr std::array<std::string_view, 2> kDeclaredColumn = {"order", "note"};
constexpr std::array<std::string_view, 4> kLabel = {"title", "note", "source", "unknown_as"};
constexpr std::array<std::string_view, 5> kCondition = {"any", "all", "none", "not", "at_least"};
constexpr std::array<std::string_view, 2> kAtLeast = {"count", "of"};
constexpr std::array<std::string_view, 2> kRowsCondition = {"total_years", "count"};
constexpr std::array<std::string_view, 4> kCategoryLabel = {"category_of", "where", "pick",
                                                            "columns"};
constexpr std::array<std::string_view, 1> kYearsLabel = {"years_of"};
constexpr std::array<std::string_view, 1> kCountLabel = {"count_of"};
constexpr std::array<std::string_view, 1> kFirstDateLabel = {"first_date_of"};
constexpr std::array<std::string_view, 1> kLastDateLabel = {"last_date_of"};
constexpr std::array<std::string_view, 1> kCategoryTest = {"in"};
constexpr std::array<std::string_view, 2> kNumberTest = {"at_least", "at_most"};
constexpr std::array<std::string_view, 2> kDateTest = {"before", "after"};
constexpr std::array<std::string_view, 9> kRowTests = {"text", "before", "after", "during", "years",
                                                       "any",  "all",    "none",  "not"};
constexpr std::array<std::string_view, 13> kColumnTest = {
    "in",     "not_in",   "near",    "not_near", "matches", "is",   "not",
    "one_of", "at_least", "at_most", "before",   "after",   "known"};
constexpr std::array<std::string_view, 3> kContextTest = {"in", "within", "side"};
constexpr std::array<std::string_view, 2> kDuring = {"from", "to"};
constexpr std::array<std::string_view, 3> kRuleTest = {"name", "note", "expect"};
constexpr std::array<std::string_view, 3> kLexiconChange = {"add", "remove", "set"};
constexpr std::array<std::string_view, 5> kCategoryChange = {"terms", "regex", "except", "near",
                                                             "not_near"};
constexpr std::array<std::string_view, 2> kErasChange = {"as_of", "transition"};
constexpr std::array<std::string_view, 5> kEraChange = {"label", "leader", "term", "from", "to"};
constexpr std::array<std::string_view, 10> kSweep = {
    "sweep", "cadre", "title", "note", "source", "figures", "sample", "curve", "axes", "claims"};
constexpr std::array<std::string_view, 2> kSample = {"count", "seed"};
constexpr std::array<std::string_view, 6> kAxis = {"title", "note",   "source",
                                                   "param", "values", "alternatives"};
constexpr std::array<std::string_view, 10> kAlternative = {
    "title",  "note",    "source",   "variant", "include",
    "params", "columns", "lexicons", "eras",    "labels"};
constexpr std::array<std::string_view, 12> kClaim = {"title",    "note",    "source", "figure",
                                                     "column",   "row",     "is",     "of",
                                                     "at_least", "at_most", "above",  "below"};
constexpr std::array<std::string_view, 5> kOtherCell = {"figure", "column", "row", "times", "plus"};
constexpr std::array<std::string_view, 3> kCurve = {"figure", "column", "row"};

constexpr std::array<std::string_view, 30> kLayout = {
    "layout",    "title",  "note",       "source",      "language",     "lines",
    "labels",    "words",  "periods_at", "clauses",     "items",        "values",
    "furniture", "facts",  "periods",    "summaries",   "events",       "leads",
    "studies",   "fields", "no_studies", "completions", "institutions", "degrees",
    "modes",     "verbs",  "jobs",       "places",      "offices",      "tests"};
constexpr std::array<std::string_view, 7> kLayoutPattern = {"name", "note",    "regex", "is",
                                                            "set",  "guessed", "years"};
constexpr std::array<std::string_view, 3> kLayoutTest = {"name", "text", "expect"};
constexpr std::array<std::string_view, 5> kLayoutExpect = {"people", "education", "career", "posts",
                                                           "unparsed"};

constexpr std::array<std::string_view, 10> kSchema = {"schema",      "cadre",     "title",  "note",
                                                      "source",      "languages", "tables", "dates",
                                                      "transitions", "stretches"};
constexpr std::array<std::string_view, 8> kSchemaTable = {"title", "one",  "many",    "note",
                                                          "of",    "span", "columns", "offices"};
constexpr std::array<std::string_view, 7> kSchemaColumn = {"kind",      "values", "ordered", "unit",
                                                           "languages", "title",  "note"};
constexpr std::array<std::string_view, 2> kSchemaSpan = {"start", "end"};
constexpr std::array<std::string_view, 6> kOffices = {"unit",  "office",  "holders",
                                                      "merge", "tenures", "eras"};
constexpr std::array<std::string_view, 4> kSchemaDate = {"title", "note", "first", "last"};
constexpr std::array<std::string_view, 5> kSchemaTransition = {"title", "note", "table", "from",
                                                               "to"};
constexpr std::array<std::string_view, 5> kSchemaStretch = {"title", "note", "table", "by",
                                                            "holders"};

// In the order of MapKind.
constexpr std::array<Entry, kMapKinds> kTable = {{
    {"ruleset", kRuleset},
    {"lexicon", kLexicon},
    {"category", kCategory},
    {"context", kContext},
    {"lexicon_test", kLexiconTest},
    {"eras", kEras},
    {"transition", kTransition},
    {"era", kEra},
    {"era_test", kEraTest},
    {"figure", kFigure},
    {"figures", kFigures},
    {"chart", kChart},
    {"published", kPublished},
    {"declared_column", kDeclaredColumn},
    {"label", kLabel},
    {"condition", kCondition},
    {"at_least", kAtLeast},
    {"rows_condition", kRowsCondition},
    {"category_label", kCategoryLabel},
    {"years_label", kYearsLabel},
    {"count_label", kCountLabel},
    {"first_date_label", kFirstDateLabel},
    {"last_date_label", kLastDateLabel},
    {"category_test", kCategoryTest},
    {"number_test", kNumberTest},
    {"date_test", kDateTest},
    {"row_tests", kRowTests},
    {"column_test", kColumnTest},
    {"context_test", kContextTest},
    {"during", kDuring},
    {"rule_test", kRuleTest},
    {"lexicon_change", kLexiconChange},
    {"category_change", kCategoryChange},
    {"eras_change", kErasChange},
    {"era_change", kEraChange},
    {"sweep", kSweep},
    {"sample", kSample},
    {"axis", kAxis},
    {"alternative", kAlternative},
    {"claim", kClaim},
    {"other_cell", kOtherCell},
    {"curve", kCurve},
    {"layout", kLayout},
    {"layout_pattern", kLayoutPattern},
    {"layout_test", kLayoutTest},
    {"layout_expect", kLayoutExpect},
    {"schema", kSchema},
    {"schema_table", kSchemaTable},
    {"schema_column", kSchemaColumn},
    {"schema_span", kSchemaSpan},
    {"offices", kOffices},
    {"schema_date", kSchemaDate},
    {"schema_transition", kSchemaTransition},
    {"schema_stretch", kSchemaStretch},
}};

}  // namespace

std::string_view name(MapKind kind) {
  return kTable[static_cast<std::size_t>(kind)].name;
}

Names keys(MapKind kind) {
  return kTable[static_cast<std::size_t>(kind)].keys;
}

bool is_key(MapKind kind, std::string_view key) {
  const Names all = keys(kind);
  return std::find(all.begin(), all.end(), key) != all.end();
}

std::vector<std::string> key_names(MapKind kind) {
  const Names all = keys(kind);
  return {all.begin(), all.end()};
}

}  // namespace cadre
