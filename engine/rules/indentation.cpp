#include "cadre/rules/indentation.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <optional>
#include <ranges>
#include <string>
#include <string_view>
#include <unordered_set>
#include <utility>
#include <vector>

#include "cadre/base/seeded_hash.hpp"

namespace cadre {
namespace {

/// The maps of rule files, as far as one tells apart what fits where.
enum class Shape : std::uint8_t {
  kAnything,  ///< no map, or one whose keys are free
  kRuleset,
  kParams,
  kTables,  ///< of declared columns
  kDeclaredColumns,
  kDeclaredColumn,
  kLabels,
  kLabel,  ///< and every condition
  kAtLeast,
  kRows,
  kColumnTest,
  kContextTest,
  kDuring,
  kNumberTest,
  kRuleTest,
  kCells,  ///< of a row or an expectation in a test
  kLexiconChanges,
  kLexiconChange,
  kCategoryChanges,
  kErasChanges,
  kErasChange,
  kEraChange,
  kLexicon,
  kCategories,
  kCategory,
  kWords,  ///< by language
  kContext,
  kLexiconTest,
  kEras,
  kTransition,
  kEra,
  kEraTest,
  kFigures,
  kFigure,
  kChart,
  kPublished,
  kSweep,
  kSample,
  kCurve,
  kAxes,
  kAxis,
  kAlternatives,
  kAlternative,
  kClaims,
  kClaim,
  kOtherCell,
};

/// The shape of the value of a key; of a list, that of its items.
struct Child {
  std::string_view key;
  Shape shape;
  bool list = false;
};

struct Form {
  std::vector<MapKind> kinds;  ///< whose keys it has
  std::vector<Child> children;
  std::optional<Shape> of_names;  ///< other keys may stand there, with values of this shape
  bool may_be_text = false;       ///< what stands for it may be a text
};

Form fixed(MapKind kind, std::vector<Child> children = {}) {
  return {{kind}, std::move(children), std::nullopt, false};
}

Form named(Shape of_names) {
  return {{}, {}, of_names, false};
}

Form make_form(Shape shape) {
  constexpr bool kList = true;
  using S = Shape;
  using M = MapKind;
  static const std::vector<Child> kVariant = {{"params", S::kParams},
                                              {"columns", S::kTables},
                                              {"labels", S::kLabels},
                                              {"lexicons", S::kLexiconChanges},
                                              {"eras", S::kErasChanges}};
  switch (shape) {
    case S::kAnything:
      return {{}, {}, S::kAnything, true};
    case S::kParams:
    case S::kCells:
      return named(S::kAnything);
    case S::kRuleset: {
      Form form = fixed(M::kRuleset, kVariant);
      form.children.push_back({"tests", S::kRuleTest, kList});
      return form;
    }
    case S::kTables:
      return named(S::kDeclaredColumns);
    case S::kDeclaredColumns:
      return named(S::kDeclaredColumn);
    case S::kDeclaredColumn: {
      Form form = fixed(M::kDeclaredColumn);
      form.may_be_text = true;
      return form;
    }
    case S::kLabels:
      return named(S::kLabel);
    case S::kLabel: {
      Form form = {{M::kLabel, M::kCondition, M::kRowsCondition, M::kCategoryLabel, M::kYearsLabel,
                    M::kCountLabel, M::kFirstDateLabel, M::kLastDateLabel},
                   {{"total_years", S::kNumberTest},
                    {"count", S::kNumberTest},
                    {"at_least", S::kAtLeast},
                    {"any", S::kLabel, kList},
                    {"all", S::kLabel, kList},
                    {"none", S::kLabel, kList},
                    {"not", S::kLabel},
                    {"where", S::kLabel},
                    {"years_of", S::kLabel},
                    {"count_of", S::kLabel},
                    {"first_date_of", S::kLabel},
                    {"last_date_of", S::kLabel}},
                   S::kAnything,
                   true};
      for (const SchemaTable& table : default_schema()->tables) {
        form.children.push_back({table.name, S::kRows});
      }
      return form;
    }
    case S::kAtLeast:
      return fixed(M::kAtLeast, {{"of", S::kLabel, kList}});
    case S::kRows:
      return {{M::kRowTests},
              {{"text", S::kColumnTest},
               {"during", S::kDuring},
               {"years", S::kNumberTest},
               {"any", S::kRows, kList},
               {"all", S::kRows, kList},
               {"none", S::kRows, kList},
               {"not", S::kRows}},
              S::kColumnTest,
              false};
    case S::kColumnTest: {
      Form form = fixed(M::kColumnTest, {{"near", S::kContextTest}, {"not_near", S::kContextTest}});
      form.may_be_text = true;
      return form;
    }
    case S::kContextTest:
      return fixed(M::kContextTest);
    case S::kDuring: {
      Form form = fixed(M::kDuring);
      form.may_be_text = true;
      return form;
    }
    case S::kNumberTest:
      return fixed(M::kNumberTest);
    case S::kRuleTest: {
      Form form = fixed(M::kRuleTest, {{"expect", S::kCells}});
      for (const SchemaTable& table : default_schema()->tables) {
        form.children.push_back({table.name, S::kCells, table.name != "person"});
      }
      return form;
    }
    case S::kLexiconChanges:
      return named(S::kLexiconChange);
    case S::kLexiconChange:
      return fixed(M::kLexiconChange, {{"add", S::kCategoryChanges},
                                       {"remove", S::kCategoryChanges},
                                       {"set", S::kCategoryChanges}});
    case S::kCategoryChanges:
      return named(S::kAnything);
    case S::kErasChanges:
      return named(S::kErasChange);
    case S::kErasChange: {
      Form form = fixed(M::kErasChange, {{"transition", S::kTransition}});
      form.of_names = S::kEraChange;
      return form;
    }
    case S::kEraChange:
      return fixed(M::kEraChange);
    case S::kLexicon:
      return fixed(M::kLexicon, {{"categories", S::kCategories},
                                 {"except", S::kWords},
                                 {"near", S::kContext},
                                 {"not_near", S::kContext},
                                 {"tests", S::kLexiconTest, kList}});
    case S::kCategories:
      return named(S::kCategory);
    case S::kCategory:
      return fixed(M::kCategory, {{"categories", S::kCategories},
                                  {"terms", S::kWords},
                                  {"regex", S::kWords},
                                  {"except", S::kWords},
                                  {"near", S::kContext},
                                  {"not_near", S::kContext}});
    case S::kWords:
      return named(S::kAnything);
    case S::kContext:
      return fixed(M::kContext, {{"terms", S::kWords}});
    case S::kLexiconTest:
      return fixed(M::kLexiconTest);
    case S::kEras:
      return fixed(M::kEras, {{"transition", S::kTransition},
                              {"list", S::kEra, kList},
                              {"tests", S::kEraTest, kList}});
    case S::kTransition:
      return fixed(M::kTransition);
    case S::kEra:
      return fixed(M::kEra);
    case S::kEraTest:
      return fixed(M::kEraTest);
    case S::kFigures:
      return fixed(M::kFigures, {{"figures", S::kFigure, kList}});
    case S::kFigure:
      return fixed(M::kFigure, {{"chart", S::kChart}, {"published", S::kPublished}});
    case S::kChart:
      return fixed(M::kChart);
    case S::kPublished:
      return fixed(M::kPublished, {{"rows", S::kCells, kList}});
    case S::kSweep:
      return fixed(M::kSweep, {{"sample", S::kSample},
                               {"curve", S::kCurve},
                               {"axes", S::kAxes},
                               {"claims", S::kClaims}});
    case S::kSample:
      return fixed(M::kSample);
    case S::kCurve:
      return fixed(M::kCurve);
    case S::kAxes:
      return named(S::kAxis);
    case S::kAxis:
      return fixed(M::kAxis, {{"alternatives", S::kAlternatives}});
    case S::kAlternatives:
      return named(S::kAlternative);
    case S::kAlternative:
      return fixed(M::kAlternative, kVariant);
    case S::kClaims:
      return named(S::kClaim);
    case S::kClaim:
      return fixed(M::kClaim, {{"of", S::kOtherCell}, {"row", S::kCells}});
    case S::kOtherCell:
      return fixed(M::kOtherCell, {{"row", S::kCells}});
  }
  return {};
}

constexpr std::size_t kShapes = static_cast<std::size_t>(Shape::kOtherCell) + 1;

const Form& form_of(Shape shape) {
  static const std::array<Form, kShapes> kForms = [] {
    std::array<Form, kShapes> forms;
    for (std::size_t i = 0; i < kShapes; ++i) forms[i] = make_form(static_cast<Shape>(i));
    return forms;
  }();
  return kForms[static_cast<std::size_t>(shape)];
}

Shape shape_of(MapKind file) {
  switch (file) {
    case MapKind::kRuleset:
      return Shape::kRuleset;
    case MapKind::kLexicon:
      return Shape::kLexicon;
    case MapKind::kEras:
      return Shape::kEras;
    case MapKind::kFigure:
      return Shape::kFigure;
    case MapKind::kFigures:
      return Shape::kFigures;
    case MapKind::kSweep:
      return Shape::kSweep;
    default:
      return Shape::kAnything;  // layouts
  }
}

bool has_key(Shape shape, std::string_view key) {
  const Form& form = form_of(shape);
  const auto is_its = [&](MapKind kind) { return is_key(kind, key); };
  const auto is_called = [&](const Child& child) { return child.key == key; };
  return std::any_of(form.kinds.begin(), form.kinds.end(), is_its) ||
         std::any_of(form.children.begin(), form.children.end(), is_called);
}

/// What stands under a key of the map: under one that the language knows, or under a name.
Child child_of(Shape shape, std::string_view key) {
  const Form& form = form_of(shape);
  for (const Child& child : form.children) {
    if (child.key == key) return child;
  }
  const bool name = !has_key(shape, key) && form.of_names;
  return {key, name ? *form.of_names : Shape::kAnything};
}

bool is_language(std::string_view key) {
  return key.size() == 2 && is_name(key);
}

/// Whether the map may have a key that the language does not know.
bool takes_name(Shape shape, std::string_view key) {
  if (!form_of(shape).of_names) return false;
  if (shape == Shape::kWords) return is_language(key);
  // These names mean something in a label.
  if (shape == Shape::kLabels) return !has_key(Shape::kLabel, key);
  return true;
}

bool fits(Child child, const Node& value) {
  if (child.shape == Shape::kAnything || value.is_null()) return true;
  if (value.is_list()) return child.list || child.shape == Shape::kWords;
  if (value.is_text()) return form_of(child.shape).may_be_text || value.text.starts_with('$');
  return std::all_of(value.keys.begin(), value.keys.end(), [&](const Node* key) {
    return has_key(child.shape, key->text) || takes_name(child.shape, key->text);
  });
}

/// Whether nothing stands where the value should.
bool is_empty(const Node& value) {
  return value.is_null() && value.range.begin == value.range.end;
}

using Keys = std::unordered_set<std::string_view, SeededHash>;

Keys keys_in(const Node& map) {
  Keys all;
  for (const Node* key : map.keys) all.insert(key->text);
  return all;
}

/// Of a name that may be any nothing is known but what it stands for.
bool is_what_a_name_stands_for(Shape shape, const Node& key, const Node& value) {
  if (!takes_name(shape, key.text) || !value.is_map()) return false;
  const Child child = child_of(shape, key.text);
  return fits(child, value) &&
         std::any_of(value.keys.begin(), value.keys.end(),
                     [&](const Node* one) { return has_key(child.shape, one->text); });
}

/// Whether an entry fits a map that may be empty.
bool belongs_under(Shape shape, const Node& key, const Node& value, bool empty) {
  if (has_key(shape, key.text)) return fits(child_of(shape, key.text), value);
  if (!empty) return is_what_a_name_stands_for(shape, key, value);
  return takes_name(shape, key.text) && fits(child_of(shape, key.text), value);
}

/// Whether an entry that stands further in fits a map.
bool belongs_around(Shape shape, const Node& key, const Node& value) {
  if (has_key(shape, key.text)) return fits(child_of(shape, key.text), value);
  if (shape == Shape::kLabel || shape == Shape::kRows) return false;
  return is_what_a_name_stands_for(shape, key, value);
}

/// Whether a condition asks that of no label: what is asked of one is a word, a list of words, or a
/// test of its value.
bool asks_no_label(const Node& value) {
  const auto is_map = [](const Node* item) { return item->is_map(); };
  if (value.is_list()) return std::any_of(value.items.begin(), value.items.end(), is_map);
  return value.is_map() && std::any_of(value.keys.begin(), value.keys.end(), [](const Node* key) {
           return has_key(Shape::kLabel, key->text) && !has_key(Shape::kNumberTest, key->text);
         });
}

/// Whether an entry of a rule test may be the rows of a table of the schema, which is not known
/// here.
bool may_be_table(Shape shape, const Node& value) {
  return shape == Shape::kRuleTest && value.is_list();
}

class Mender {
 public:
  explicit Mender(Reader& reader) : reader_(reader) {}

  const Node* mend(const Node& node, Child child) {
    if (node.is_list() && child.list) {
      return mend_values(node, [&](std::size_t) { return Child{"", child.shape}; });
    }
    if (!node.is_map() || child.shape == Shape::kAnything) return &node;
    const Node& whole = *without_outer(with_inner(&node, child.shape), child.shape);
    levels_.push_back({&whole, child.shape, nullptr, {}});
    const Node* mended = mend_values(whole, [&](std::size_t i) {
      levels_.back().key = whole.keys[i];
      return child_of(child.shape, whole.keys[i]->text);
    });
    std::vector<Moved> moved = std::move(levels_.back().moved);
    levels_.pop_back();
    return moved.empty() ? mended : with_moved(*mended, child.shape, std::move(moved));
  }

 private:
  /// An entry that was taken out of a map further in.
  struct Moved {
    const Node* key;
    const Node* item;
  };

  /// A map that is being looked through, and the key under which that happens.
  struct Level {
    const Node* map;
    Shape shape;
    const Node* key;
    std::vector<Moved> moved;  // entries that belong to the map
    std::optional<Keys> keys = std::nullopt;

    bool has(std::string_view name) {
      if (!keys) keys = keys_in(*map);
      return keys->contains(name);
    }
  };

  // --- too far out ----------------------------------------------------------------------------

  /// The map, with entries that belong under the one before them put there.
  const Node* with_inner(const Node* whole, Shape shape) {
    const Node& map = *whole;
    Node* out = nullptr;
    for (std::size_t i = 0; i < map.keys.size();) {
      const std::size_t end = end_of_inner(map, i, shape);
      const bool any = end > i + 1;
      if (any && out == nullptr) out = first_entries(map, i);
      if (out != nullptr) {
        out->keys.push_back(map.keys[i]);
        out->items.push_back(any ? joined(map, i, end) : map.items[i]);
      }
      if (any) tell_inner(map, i, end);
      i = end;
    }
    return out == nullptr ? whole : out;
  }

  void tell_inner(const Node& map, std::size_t at, std::size_t end) {
    const Node& above = *map.keys[at];
    const bool one = end == at + 2;
    tell(map, at + 1, end,
         fmt::format("under '{}', but stand{} in the same column", above.text, one ? "s" : ""),
         above,
         fmt::format("indent {} by two more blanks, with all that stands below",
                     one ? "it" : "them"));
  }

  /// The end of the run of entries behind number `at` that belong under it.
  std::size_t end_of_inner(const Node& map, std::size_t at, Shape shape) {
    const Child under = child_of(shape, map.keys[at]->text);
    const Node& value = *map.items[at];
    const bool empty = is_empty(value);
    std::size_t end = at + 1;
    if (under.list || under.shape == Shape::kAnything || !(empty || value.is_map())) return end;
    std::optional<Keys> taken;
    std::optional<Shape> open;  // of an entry of the run that is itself empty
    for (; end < map.keys.size() && begins_line(*map.keys[end]); ++end) {
      const Node& key = *map.keys[end];
      const Node& item = *map.items[end];
      if (open && has_key(*open, key.text) && fits(child_of(*open, key.text), item)) continue;
      if (!is_misfit(shape, key, item, empty)) break;
      if (!belongs_under(under.shape, key, item, empty)) break;
      if (!taken) taken = keys_in(value);
      if (taken->contains(key.text)) break;
      open.reset();
      if (is_empty(item)) open = child_of(under.shape, key.text).shape;
    }
    return end;
  }

  /// Whether an entry does not fit the map in which it stands, and is no slip for one that does.
  /// `behind_empty`: the value of the entry before it is empty. A label or a column may be named
  /// there, but not where that is so.
  bool is_misfit(Shape shape, const Node& key, const Node& value, bool behind_empty) {
    if (has_key(shape, key.text) || may_be_table(shape, value)) return false;
    if (!takes_name(shape, key.text)) return is_no_slip(shape, key);
    if (shape == Shape::kLabel || shape == Shape::kRows) return behind_empty;
    return !fits(child_of(shape, key.text), value);
  }

  /// The value of entry number `at` with the entries up to `end` in it.
  const Node* joined(const Node& map, std::size_t at, std::size_t end) {
    Node out = *map.items[at];
    out.kind = Node::Kind::kMap;
    if (out.keys.empty()) out.range = map.keys[at + 1]->range;
    for (std::size_t i = at + 1; i < end; ++i) {
      out.keys.push_back(map.keys[i]);
      out.items.push_back(map.items[i]);
      out.range = join(out.range, join(map.keys[i]->range, map.items[i]->range));
    }
    return reader_.store().add(std::move(out));
  }

  // --- too far in -----------------------------------------------------------------------------

  /// The map without the entries at its end that belong to one of the maps around it. At least one
  /// entry stays.
  const Node* without_outer(const Node* whole, Shape shape) {
    const Node& map = *whole;
    Level* around = nullptr;
    std::size_t begin = map.keys.size();
    for (; begin > 1; --begin) {
      Level* one = level_of(*map.keys[begin - 1], *map.items[begin - 1], shape);
      if (one == nullptr || (around != nullptr && around != one)) break;
      around = one;
    }
    if (around == nullptr) return whole;
    tell_outer(map, begin, shape, *around);
    for (std::size_t i = begin; i < map.keys.size(); ++i) {
      around->moved.push_back({map.keys[i], map.items[i]});
    }
    return first_entries(map, begin);
  }

  void tell_outer(const Node& map, std::size_t begin, Shape shape, const Level& around) {
    const Node& beside = *around.key;
    const bool one = begin + 1 == map.keys.size();
    const bool below = shape == Shape::kCategory && around.shape == Shape::kCategories;
    tell(map, begin, map.keys.size(),
         fmt::format("beside '{}', but {} indented more", beside.text, one ? "is" : "are"), beside,
         fmt::format("begin {} in the column of '{}'{}", one ? "it" : "them", beside.text,
                     below ? ", or put it under the key `categories`" : ""));
  }

  /// The nearest of the maps around it where an entry belongs that does not fit its own.
  Level* level_of(const Node& key, const Node& value, Shape shape) {
    if (value.is_null() || !is_misfit_inside(shape, key, value)) return nullptr;
    for (Level& level : std::ranges::reverse_view(levels_)) {
      if (!belongs_around(level.shape, key, value) || level.has(key.text)) continue;
      return begins_line(key) && begins_line(*level.key) ? &level : nullptr;
    }
    return nullptr;
  }

  /// Whether an entry does not fit the map in which it stands, whatever labels there are.
  bool is_misfit_inside(Shape shape, const Node& key, const Node& value) {
    if (has_key(shape, key.text) || shape == Shape::kRows || may_be_table(shape, value)) {
      return false;
    }
    if (shape == Shape::kParams) return value.is_map();
    if (shape == Shape::kLabel) return asks_no_label(value);
    if (takes_name(shape, key.text)) return !fits(child_of(shape, key.text), value);
    return is_no_slip(shape, key);
  }

  /// The map with entries that were found to belong to it at its end, each key once. More may be
  /// found in these.
  const Node* with_moved(const Node& map, Shape shape, std::vector<Moved> moved) {
    Node* out = reader_.store().add(map);
    Keys taken = keys_in(map);
    for (std::size_t i = 0; i < moved.size(); ++i) {
      const Moved one = moved[i];
      if (!taken.insert(one.key->text).second) continue;
      levels_.push_back({&map, shape, one.key, {}});
      out->items.push_back(mend(*one.item, child_of(shape, one.key->text)));
      out->keys.push_back(one.key);
      const std::vector<Moved>& more = levels_.back().moved;
      moved.insert(moved.end(), more.begin(), more.end());
      levels_.pop_back();
    }
    return out;
  }

  // --- both -----------------------------------------------------------------------------------

  /// A copy of the map that can be added to, with so many of its entries.
  Node* first_entries(const Node& map, std::size_t count) {
    Node* out = reader_.store().add(map);
    out->keys.resize(count);
    out->items.resize(count);
    return out;
  }

  /// That the entries [begin, end) of a map belong elsewhere: "under 'labels', but ... in the same
  /// column".
  void tell(const Node& map, std::size_t begin, std::size_t end, std::string_view where,
            const Node& other, std::string hint) {
    const std::string& first = map.keys[begin]->text;
    const std::size_t more = end - begin - 1;
    std::string what = fmt::format("'{}' belongs", first);
    if (more == 1) what = fmt::format("'{}' and '{}' belong", first, map.keys[begin + 1]->text);
    if (more > 1) what = fmt::format("'{}' and the {} entries behind it belong", first, more);
    reader_
        .error(*map.keys[begin], "indentation", fmt::format("{} {}", what, where), std::move(hint))
        .notes.push_back(
            reader_.sink().note(other.range, fmt::format("'{}' stands here", other.text)));
  }

  /// Whether a key is no slip for one that the map has.
  bool is_no_slip(Shape shape, const Node& key) {
    std::vector<std::string> known;
    for (const MapKind kind : form_of(shape).kinds) {
      for (const std::string_view one : keys(kind)) known.emplace_back(one);
    }
    return reader_.guess(key.text, known).empty();
  }

  /// A list or map with its values mended; itself where nothing is wrong.
  template <typename ChildAt>
  const Node* mend_values(const Node& node, const ChildAt& child_at) {
    Node* out = nullptr;
    for (std::size_t i = 0; i < node.items.size(); ++i) {
      const Node* value = mend(*node.items[i], child_at(i));
      if (value == node.items[i]) continue;
      if (out == nullptr) out = reader_.store().add(node);
      out->items[i] = value;
    }
    return out == nullptr ? &node : out;
  }

  /// Whether a key is the first word of its line, behind the dashes of list items.
  bool begins_line(const Node& key) const {
    const std::string_view text = reader_.sink().sources().text(key.range.file);
    std::size_t at = key.range.begin;
    while (at > 0 && (text[at - 1] == ' ' || text[at - 1] == '-')) --at;
    return at == 0 || text[at - 1] == '\n';
  }

  Reader& reader_;
  std::vector<Level> levels_;  // from the root to the map at hand
};

}  // namespace

const Node* mend_indentation(const Node& root, MapKind kind, Reader& reader) {
  return Mender(reader).mend(root, {"", shape_of(kind)});
}

}  // namespace cadre
