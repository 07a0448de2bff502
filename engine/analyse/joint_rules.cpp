#include "cadre/analyse/joint_rules.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <functional>
#include <map>
#include <set>
#include <tuple>
#include <utility>

#include "cadre/base/number.hpp"
#include "cadre/classify/fingerprint.hpp"
#include "cadre/rules/expression.hpp"

namespace cadre {
namespace {

using Action = RuleChange::Action;
using Kind = RuleChange::Kind;

bool inside(const Range& inner, const Range& outer) {
  return inner.known() && inner.file == outer.file && outer.begin <= inner.begin &&
         inner.end <= outer.end;
}

/// The values of a parameter as it is written: those of a list, or the one.
std::vector<std::string> values_of(const std::string& written) {
  if (!written.starts_with('[') || !written.ends_with(']')) return {written};
  std::vector<std::string> values;
  std::size_t at = 1;
  while (at < written.size() - 1) {
    const std::size_t end = std::min(written.find(", ", at), written.size() - 1);
    values.push_back(written.substr(at, end - at));
    at = end + 2;
  }
  return values;
}

bool equal_values(const std::string& a, const std::string& b) {
  if (a == b) return true;
  const auto x = parse_number(a);
  return x && x == parse_number(b);
}

bool holds(const std::vector<std::string>& list, const std::string& value);

/// "min_years 1 -> 5"; of lists only what comes and goes.
std::string parameter_text(const std::string& name, const std::string& old,
                           const std::string& now) {
  const std::vector<std::string> before = values_of(old);
  const std::vector<std::string> after = values_of(now);
  if (before.size() == 1 && after.size() == 1) return fmt::format("{} {} -> {}", name, old, now);
  const auto only_in = [](const std::vector<std::string>& a, const std::vector<std::string>& b) {
    constexpr std::size_t kFew = 4;
    std::string text;
    std::size_t number = 0;
    for (const std::string& value : a) {
      if (holds(b, value) || ++number > kFew) continue;
      text += (text.empty() ? "" : ", ") + value;
    }
    if (number > kFew) text += fmt::format(" and {} more", number - kFew);
    return text;
  };
  const std::string gone = only_in(before, after);
  const std::string come = only_in(after, before);
  if (gone.empty() && come.empty()) return name + " in another order";
  return fmt::format("{}{}{}{}", name, gone.empty() ? "" : " without " + gone,
                     gone.empty() || come.empty() ? "" : ",", come.empty() ? "" : " with " + come);
}

bool holds(const std::vector<std::string>& list, const std::string& value) {
  return std::any_of(list.begin(), list.end(),
                     [&](const std::string& one) { return equal_values(one, value); });
}

/// The children of each category by path, in order.
std::map<std::string, std::vector<std::uint32_t>> children_of(const Lexicon& lexicon) {
  std::map<std::string, std::vector<std::uint32_t>> children;
  for (std::uint32_t i = 1; i < lexicon.categories.size(); ++i) {
    children[lexicon.categories[lexicon.categories[i].parent].path].push_back(i);
  }
  return children;
}

/// Puts the categories of two lexicons of one name into one tree.
class CategoryMerge {
 public:
  CategoryMerge(const Lexicon* a, const Lexicon* b, std::vector<Category>& out)
      : a_(a), b_(b), out_(out) {
    if (a != nullptr) children_a_ = children_of(*a);
    if (b != nullptr) children_b_ = children_of(*b);
    of_a.resize(a != nullptr ? a->categories.size() : 0);
    of_b.resize(b != nullptr ? b->categories.size() : 0);
    add(a != nullptr ? std::optional(0U) : std::nullopt,
        b != nullptr ? std::optional(0U) : std::nullopt, 0);
  }

  std::vector<std::uint32_t> of_a;  // common numbers
  std::vector<std::uint32_t> of_b;
  std::vector<bool> in_a;  // by common number
  std::vector<bool> in_b;
  bool reordered = false;

 private:
  using Own = std::optional<std::uint32_t>;

  void add(Own own_a, Own own_b, std::uint32_t parent) {
    const auto index = static_cast<std::uint32_t>(out_.size());
    Category category = own_a ? a_->categories[*own_a] : b_->categories[*own_b];
    category.parent = parent;
    const std::string path = category.path;
    out_.push_back(std::move(category));
    in_a.push_back(own_a.has_value());
    in_b.push_back(own_b.has_value());
    if (own_a) of_a[*own_a] = index;
    if (own_b) of_b[*own_b] = index;

    for (const auto& [child_a, child_b] : children(own_a, own_b, path)) {
      add(child_a, child_b, index);
    }
    out_[index].subtree_end = static_cast<std::uint32_t>(out_.size());
  }

  /// The children of a category on both sides: those of the first in their order, and each of the
  /// second alone behind the one that it stands behind there.
  std::vector<std::pair<Own, Own>> children(Own own_a, Own own_b, const std::string& path) {
    static const std::vector<std::uint32_t> kNone;
    const auto& of_first = own_a ? children_a_[path] : kNone;
    const auto& of_second = own_b ? children_b_[path] : kNone;
    std::map<std::string_view, std::size_t> places;  // in of_first, by path
    for (std::size_t i = 0; i < of_first.size(); ++i) {
      places.emplace(a_->categories[of_first[i]].path, i);
    }
    std::vector<Own> partners(of_first.size());
    std::vector<std::vector<std::uint32_t>> before(of_first.size() + 1);  // of the second alone
    std::size_t next = 0;
    for (const std::uint32_t child : of_second) {
      const auto known = places.find(b_->categories[child].path);
      if (known == places.end()) {
        before[next].push_back(child);
        continue;
      }
      if (known->second < next) reordered = true;
      partners[known->second] = child;
      next = known->second + 1;
    }
    std::vector<std::pair<Own, Own>> all;
    for (std::size_t i = 0; i < before.size(); ++i) {
      for (const std::uint32_t child : before[i]) all.emplace_back(Own(), child);
      if (i < of_first.size()) all.emplace_back(of_first[i], partners[i]);
    }
    return all;
  }

  const Lexicon* a_;
  const Lexicon* b_;
  std::vector<Category>& out_;
  std::map<std::string, std::vector<std::uint32_t>> children_a_;
  std::map<std::string, std::vector<std::uint32_t>> children_b_;
};

using TermKey = std::tuple<std::uint32_t, std::string, Term::Kind, std::string, std::uint32_t>;

/// With the common numbers of its category and context.
TermKey key_of(const Term& term) {
  return {term.category, term.language, term.kind, term.text, term.context};
}

/// "within 6 before", "anywhere in the clause".
std::string window_text(const ContextWindow& window) {
  static constexpr const char* kSides[] = {"", " before", " after"};
  return fmt::format("{}{}",
                     window.within ? fmt::format("within {}", *window.within)
                                   : std::string("anywhere in the clause"),
                     kSides[static_cast<std::size_t>(window.side)]);
}

template <typename Named>
const Named* find_named(const std::vector<Named>& all, const std::string& name) {
  const auto found =
      std::find_if(all.begin(), all.end(), [&](const Named& one) { return one.name == name; });
  return found == all.end() ? nullptr : &*found;
}

/// The parts of one kind by name, the first where a name comes again.
template <typename Named>
class NamesOf {
 public:
  explicit NamesOf(const std::vector<Named>& all) {
    for (const Named& one : all) by_name_.emplace(one.name, &one);
  }
  const Named* find(std::string_view name) const {
    const auto found = by_name_.find(name);
    return found == by_name_.end() ? nullptr : found->second;
  }

 private:
  std::map<std::string_view, const Named*> by_name_;
};

std::string period_text(const std::optional<Period>& period) {
  if (!period) return "none";
  std::string text = "P";
  if (period->years != 0) text += fmt::format("{}Y", period->years);
  if (period->months != 0) text += fmt::format("{}M", period->months);
  if (period->days != 0) text += fmt::format("{}D", period->days);
  return text.size() > 1 ? text : "P0D";
}

std::string date_text(const std::optional<Date>& date) {
  return date ? date->text() : "none";
}

}  // namespace

JointRules::JointRules(const Rules& a, const Rules& b) {
  a_.rules = &a;
  b_.rules = &b;
  joint_.match_limits = b.match_limits;
  joint_.schema = b.schema;
  for (const Removal& one : b.removals) {
    removals_.emplace(RemovalKey(one.what, one.lexicon, one.category, one.name), one.range);
  }
  join_parameters();
  join_lexicons();
  join_eras();
  join_labels();
  join_figures();
  join_columns();
}

std::uint32_t JointRules::add(RuleChange change) {
  changes_.push_back(std::move(change));
  return static_cast<std::uint32_t>(changes_.size() - 1);
}

RulePlace JointRules::place(const Side& side, Range range) const {
  const Sources* sources = side.rules->sources.get();
  if (sources == nullptr || !range.known() || range.file >= sources->size()) return {};
  return {sources->path(range.file), sources->line(range.file, range.begin)};
}

/// Where the second side says that it takes something away; otherwise an unknown range.
Range JointRules::removal(Removal::What what, const std::string& lexicon,
                          const std::string& category, const std::string& name) const {
  const auto found = removals_.find({what, lexicon, category, name});
  return found == removals_.end() ? Range{} : found->second;
}

// --- parameters ----------------------------------------------------------------------------------

void JointRules::join_parameters() {
  for (Side* side : {&a_, &b_}) {
    side->uses = side->rules->parameter_uses;
    std::sort(side->uses.begin(), side->uses.end(),
              [](const ParameterUse& one, const ParameterUse& other) {
                return std::pair(one.range.file, one.range.begin) <
                       std::pair(other.range.file, other.range.begin);
              });
  }
  const auto where = [&](const Side& side, const Parameter& parameter) {
    return parameter.range.known() ? place(side, parameter.range) : RulePlace{"--set", 0};
  };
  const NamesOf<Parameter> before(a_.rules->params);
  const NamesOf<Parameter> after(b_.rules->params);
  for (const Parameter& old : a_.rules->params) {
    const Parameter* now = after.find(old.name);
    if (now == nullptr) {
      add({Kind::kParameter,
           Action::kRemoved,
           fmt::format("parameter {} removed", old.name),
           "",
           where(a_, old),
           {},
           false});
    } else if (now->value != old.value) {
      const std::uint32_t change =
          add({Kind::kParameter, Action::kChanged, parameter_text(old.name, old.value, now->value),
               "", where(a_, old), where(b_, *now), false});
      parameters_.emplace(old.name, ChangedParameter{&old, now, change});
    }
  }
  for (const Parameter& now : b_.rules->params) {
    if (before.find(now.name) != nullptr) continue;
    add({Kind::kParameter,
         Action::kAdded,
         fmt::format("parameter {} added, {}", now.name, now.value),
         "",
         {},
         where(b_, now),
         false});
  }
}

/// The parameter whose value an edit is about.
std::optional<std::uint32_t> JointRules::parameter_of(const LabelEdit& edit) const {
  if (edit.old_values.empty() && edit.new_values.empty()) return std::nullopt;
  std::vector<const ChangedParameter*> candidates;
  for (const std::string& name : parameters_used(a_, edit.before)) {
    const auto changed = parameters_.find(name);
    if (changed != parameters_.end() && parameters_used(b_, edit.after).contains(name)) {
      candidates.push_back(&changed->second);
    }
  }
  std::sort(candidates.begin(), candidates.end(),
            [](const auto* one, const auto* other) { return one->change < other->change; });
  for (const ChangedParameter* one : candidates) {
    const auto old = values_of(one->before->value);
    const auto now = values_of(one->after->value);
    const auto all_in = [](const std::vector<std::string>& values,
                           const std::vector<std::string>& list) {
      return std::all_of(values.begin(), values.end(),
                         [&](const std::string& value) { return holds(list, value); });
    };
    const bool fits = all_in(edit.old_values, old) && all_in(edit.new_values, now) &&
                      (edit.old_values.empty() || !all_in(edit.old_values, now)) &&
                      (edit.new_values.empty() || !all_in(edit.new_values, old));
    if (fits) return one->change;
  }
  return std::nullopt;
}

/// The parameters whose values stand in a part of a rule.
std::set<std::string> JointRules::parameters_used(const Side& side, Range range) {
  std::set<std::string> names;
  const auto key = [](const Range& at) { return std::pair(at.file, at.begin); };
  const std::vector<ParameterUse>& uses = side.uses;
  auto use = std::lower_bound(
      uses.begin(), uses.end(), key(range),
      [&](const ParameterUse& one, const auto& wanted) { return key(one.range) < wanted; });
  for (; use != uses.end() && use->range.file == range.file && use->range.begin < range.end;
       ++use) {
    if (inside(use->range, range)) names.insert(side.rules->params[use->parameter].name);
  }
  return names;
}

// --- lexicons ------------------------------------------------------------------------------------

void JointRules::join_lexicons() {
  // Lexicons that read texts in different ways are two, though they have one name: what they find
  // in a text is found in two foldings of it, or by other forms of a term.
  std::vector<std::tuple<std::string, Folding, Plurals>> names;
  const auto number_all = [&](Side& side) {
    for (const Lexicon& lexicon : side.rules->lexicons) {
      const std::tuple name(lexicon.name, lexicon.folding, lexicon.plurals);
      auto at = std::find(names.begin(), names.end(), name);
      side.lexicons.push_back(static_cast<std::uint32_t>(at - names.begin()));
      if (at == names.end()) names.push_back(name);
    }
    side.categories.resize(side.rules->lexicons.size());
  };
  number_all(a_);
  number_all(b_);
  joint_.lexicons.resize(names.size());
  terms_.resize(names.size());
  groups_.resize(names.size());
  contexts_.resize(names.size());
  overlaps_.assign(names.size(), kNoChange);
  overlaps_of_b_.resize(names.size());
  unchanged_.resize(names.size());
  for (std::uint32_t i = 0; i < names.size(); ++i) {
    Lexicon& joint = joint_.lexicons[i];
    std::tie(joint.name, joint.folding, joint.plurals) = names[i];
    join_lexicon(i);
  }
}

void JointRules::join_lexicon(std::uint32_t number) {
  Lexicon& joint = joint_.lexicons[number];
  const std::string& name = joint.name;
  const auto find = [&joint](const Side& side) {
    const Lexicon* found = find_named(side.rules->lexicons, joint.name);
    const bool same =
        found != nullptr && found->folding == joint.folding && found->plurals == joint.plurals;
    return same ? found : nullptr;
  };
  const Lexicon* a = find(a_);
  const Lexicon* b = find(b_);
  joint.title = (a != nullptr ? a : b)->title;
  joint.overlap = (a != nullptr ? a : b)->overlap;
  joint.range = (a != nullptr ? a : b)->range;
  overlaps_of_b_[number] = (b != nullptr ? b : a)->overlap;
  CategoryMerge merge(a, b, joint.categories);
  if (a != nullptr)
    a_.categories[static_cast<std::size_t>(a - a_.rules->lexicons.data())] = merge.of_a;
  if (b != nullptr)
    b_.categories[static_cast<std::size_t>(b - b_.rules->lexicons.data())] = merge.of_b;

  // The terms of both, each once.
  std::map<TermKey, std::uint32_t> index;
  std::vector<TermState>& states = terms_[number];
  std::vector<bool> in_b;
  const auto add_terms = [&](const Lexicon* lexicon, const std::vector<std::uint32_t>& categories,
                             bool first) {
    if (lexicon == nullptr) return;
    const std::vector<std::uint32_t> contexts = join_contexts(number, lexicon, categories, first);
    for (const Term& own : lexicon->terms) {
      Term term = own;
      term.category = categories[own.category];
      if (own.kind == Term::Kind::kContext) term.context = contexts[own.context];
      const auto [at, is_new] =
          index.emplace(key_of(term), static_cast<std::uint32_t>(joint.terms.size()));
      if (is_new) {
        joint.terms.push_back(std::move(term));
        states.push_back({kNoChange, first});
        in_b.push_back(!first);
      } else if (!first) {
        in_b[at->second] = true;
      }
    }
  };
  add_terms(a, merge.of_a, true);
  add_terms(b, merge.of_b, false);

  std::vector<GroupState>& groups = groups_[number];
  for (const Category& category : joint.categories) {
    groups.push_back({category.group, category.group, kNoChange});
  }
  if (b != nullptr) {
    for (std::uint32_t i = 0; i < merge.of_b.size(); ++i) {
      groups[merge.of_b[i]].b = b->categories[i].group;
    }
  }
  if (a == nullptr || b == nullptr) {
    if (join_reread(number, a)) return;
    const bool added = a == nullptr;
    add({Kind::kLexicon, added ? Action::kAdded : Action::kRemoved,
         fmt::format("lexicon {} {}", name, added ? "added" : "removed"), "",
         a != nullptr ? place(a_, a->range) : RulePlace(),
         b != nullptr ? place(b_, b->range) : RulePlace(), false});
    return;
  }

  const std::string matching = describe_matching(joint);
  unchanged_[number] = matching == describe_matching(*a) && matching == describe_matching(*b);

  // How much of it is new.
  struct Share {
    std::size_t changed = 0, common = 0, before = 0, after = 0;
    bool few_in_common(std::size_t least) const {
      return changed >= least && 4 * common < std::max(before, after);
    }
  };
  Share all;
  std::vector<Share> shares(joint.categories.size());
  for (std::uint32_t i = 0; i < joint.terms.size(); ++i) {
    for (Share* share : {&all, &shares[joint.terms[i].category]}) {
      const bool both = states[i].in_a && in_b[i];
      ++(both ? share->common : share->changed);
      if (states[i].in_a) ++share->before;
      if (in_b[i]) ++share->after;
    }
  }
  const auto in_words = [](const Share& share) {
    return fmt::format("{} terms before, {} after, {} in common", share.before, share.after,
                       share.common);
  };
  constexpr std::size_t kMuchOfLexicon = 40;
  constexpr std::size_t kMuchOfCategory = 20;
  std::uint32_t whole = kNoChange;  // one change for everything
  if (all.few_in_common(kMuchOfLexicon)) {
    whole = add({Kind::kLexicon, Action::kChanged,
                 fmt::format("lexicon {} replaced: {}", name, in_words(all)), "",
                 place(a_, a->range), place(b_, b->range), true});
  }

  if (a->overlap != b->overlap) {
    const auto word = [](const Lexicon& lexicon) {
      return lexicon.overlap == Lexicon::Overlap::kAll ? "all" : "longest";
    };
    overlaps_[number] = whole != kNoChange
                            ? whole
                            : add({Kind::kOverlap, Action::kChanged,
                                   fmt::format("overlap of {} {} -> {}", name, word(*a), word(*b)),
                                   "", place(a_, a->range), place(b_, b->range), true});
  }

  const auto ranges = [&](const Lexicon& lexicon, const std::vector<std::uint32_t>& common,
                          Range Category::* range) {
    std::vector<Range> found(joint.categories.size());
    for (std::uint32_t i = 0; i < common.size(); ++i) {
      const Category& category = lexicon.categories[i];
      found[common[i]] = (category.*range).known() ? category.*range : category.range;
    }
    return found;
  };
  const std::vector<Range> ranges_a = ranges(*a, merge.of_a, &Category::range);
  const std::vector<Range> ranges_b = ranges(*b, merge.of_b, &Category::range);
  const std::vector<Range> groups_a = ranges(*a, merge.of_a, &Category::group_range);
  const std::vector<Range> groups_b = ranges(*b, merge.of_b, &Category::group_range);
  const auto branch_name = [&](std::uint32_t category) {
    const std::string& path = joint.categories[category].path;
    return path.empty() ? name : name + "/" + path;
  };

  // Categories: each change of one takes all its terms with it.
  std::vector<std::uint32_t> categories(joint.categories.size(), kNoChange);
  for (std::uint32_t i = 0; i < joint.categories.size(); ++i) {
    const bool one_side = merge.in_a[i] != merge.in_b[i];
    const std::uint32_t parent = joint.categories[i].parent;
    const bool follows = i > 0 && one_side && merge.in_a[parent] != merge.in_b[parent];
    if (whole != kNoChange) {
      categories[i] = whole;
    } else if (follows) {
      categories[i] = categories[parent];
    } else if (one_side) {
      const bool added = merge.in_b[i];
      RulePlace before = place(a_, added ? ranges_a[parent] : ranges_a[i]);
      Range gone = removal(Removal::What::kCategory, name, joint.categories[i].path, "");
      RulePlace after = place(b_, added ? ranges_b[i] : gone.known() ? gone : ranges_b[parent]);
      categories[i] =
          add({Kind::kCategory, added ? Action::kAdded : Action::kRemoved,
               fmt::format("category {} {}", branch_name(i), added ? "added" : "removed"), "",
               std::move(before), std::move(after), true});
    } else if (shares[i].few_in_common(kMuchOfCategory)) {
      categories[i] =
          add({Kind::kCategory, Action::kChanged,
               fmt::format("terms of {} replaced: {}", branch_name(i), in_words(shares[i])), "",
               place(a_, ranges_a[i]), place(b_, ranges_b[i]), true});
    }
    if (!one_side && groups[i].a != groups[i].b) {
      const GroupState& above = groups[parent];
      const bool inherited =
          i > 0 && above.change != kNoChange && above.a == groups[i].a && above.b == groups[i].b;
      const auto word = [](const std::string& group) { return group.empty() ? "none" : group; };
      groups[i].change = whole != kNoChange ? whole
                         : inherited
                             ? above.change
                             : add({Kind::kGroup, Action::kChanged,
                                    fmt::format("group of {} {} -> {}", branch_name(i),
                                                word(groups[i].a), word(groups[i].b)),
                                    "", place(a_, groups_a[i]), place(b_, groups_b[i]), true});
    }
  }

  change_contexts(number, categories);
  for (std::uint32_t i = 0; i < joint.terms.size(); ++i) {
    if (states[i].in_a && in_b[i]) continue;
    const Term& term = joint.terms[i];
    const std::uint32_t category = term.category;
    const bool of_context = term.kind == Term::Kind::kContext;
    if (of_context) {
      const ContextState& context = contexts_[number][term.context];
      if (!context.a || !context.b) {
        states[i].change = context.change;
        continue;
      }
    }
    if (categories[category] != kNoChange) {
      states[i].change = categories[category];
      continue;
    }
    const bool added = in_b[i];
    const Kind kind = term.kind == Term::Kind::kLiteral ? Kind::kTerm
                      : term.kind == Term::Kind::kRegex ? Kind::kRegex
                      : of_context                      ? Kind::kNear
                                                        : Kind::kExcept;
    const std::string what(of_context ? cadre::name(joint.contexts[term.context].window)
                                      : cadre::name(kind));
    const Range gone =
        removal(Removal::What::kTerm, name, joint.categories[category].path, term.text);
    states[i].change = add({kind, added ? Action::kAdded : Action::kRemoved,
                            fmt::format("{} {} {} {}", what, term.text,
                                        added ? "added to" : "removed from", branch_name(category)),
                            term.language, place(a_, added ? ranges_a[category] : term.range),
                            place(b_, added          ? term.range
                                      : gone.known() ? gone
                                                     : ranges_b[category]),
                            true});
  }
  if (merge.reordered) {
    add({Kind::kOrder, Action::kChanged, fmt::format("categories of {} in another order", name), "",
         place(a_, a->range), place(b_, b->range), true});
  }
}

/// How two lexicons of one name read texts in different ways: "blanks of places ignore -> keep".
std::string describe_reread(const Lexicon& a, const Lexicon& b) {
  std::vector<std::string> changes;
  const auto tell = [&](const char* setting, const std::string& before, const std::string& after) {
    if (before != after) {
      changes.push_back(fmt::format("{} of {} {} -> {}", setting, a.name, before, after));
    }
  };
  const auto blanks = [](const Lexicon& one) {
    return one.folding.blanks == Blanks::kKept ? "keep" : "ignore";
  };
  const auto accents = [](const Lexicon& one) {
    return one.folding.accents == Accents::kKept ? "keep" : "fold";
  };
  const auto plurals = [](const Lexicon& one) {
    return one.plurals == Plurals::kEnglish ? "en" : "none";
  };
  tell("blanks", blanks(a), blanks(b));
  tell("accents", accents(a), accents(b));
  tell("plurals", plurals(a), plurals(b));
  return fmt::format("{}", fmt::join(changes, ", "));
}

/// Whether a lexicon of one side (`a` if of the first) is on the other side under its name, but
/// reads texts in another way. The two get one change.
bool JointRules::join_reread(std::uint32_t number, const Lexicon* a) {
  const Side& side = a != nullptr ? b_ : a_;
  const Lexicon* other = find_named(side.rules->lexicons, joint_.lexicons[number].name);
  if (other == nullptr) return false;
  if (a == nullptr) return true;  // told of at the first
  Lexicon as_before = *other;
  as_before.folding = a->folding;
  as_before.plurals = a->plurals;
  const bool same_terms = describe_matching(as_before) == describe_matching(*a);
  rereads_[a->name] =
      add({Kind::kLexicon, Action::kChanged,
           fmt::format("{}{}", describe_reread(*a, *other), same_terms ? "" : ", with other terms"),
           "", place(a_, a->range), place(b_, other->range), true});
  return true;
}

Branch JointRules::same_branch(Branch branch) const {
  const Lexicon& lexicon = joint_.lexicons[branch.lexicon];
  if (!rereads_.contains(lexicon.name)) return branch;
  const Lexicon* first = find_named(joint_.lexicons, lexicon.name);
  const std::string& path = lexicon.categories[branch.category].path;
  const auto found = std::find_if(first->categories.begin(), first->categories.end(),
                                  [&](const Category& one) { return one.path == path; });
  if (found == first->categories.end()) return branch;
  return {static_cast<std::uint32_t>(first - joint_.lexicons.data()),
          static_cast<std::uint32_t>(found - first->categories.begin())};
}

// --- near and not_near ---------------------------------------------------------------------------

std::vector<std::uint32_t> JointRules::join_contexts(std::uint32_t number, const Lexicon* lexicon,
                                                     const std::vector<std::uint32_t>& categories,
                                                     bool of_a) {
  std::vector<ContextState>& states = contexts_[number];
  Lexicon& joint = joint_.lexicons[number];
  std::vector<std::uint32_t> numbers;
  for (const Context& context : lexicon->contexts) {
    const std::uint32_t category = categories[context.category];
    // The first of its category and kind that this side does not have yet.
    const auto free = [&](const ContextState& state) {
      const bool near = (state.a ? *state.a : *state.b).near;
      return state.category == category && near == context.window.near &&
             !(of_a ? state.a : state.b);
    };
    const auto known = std::find_if(states.begin(), states.end(), free);
    numbers.push_back(static_cast<std::uint32_t>(known - states.begin()));
    if (known == states.end()) {
      joint.contexts.push_back({category, context.window, context.range});
      states.emplace_back().category = category;
    }
    ContextState& state = states[numbers.back()];
    (of_a ? state.a : state.b) = context.window;
    (of_a ? state.range_a : state.range_b) = context.range;
  }
  return numbers;
}

void JointRules::change_contexts(std::uint32_t number,
                                 const std::vector<std::uint32_t>& of_category) {
  const Lexicon& joint = joint_.lexicons[number];
  for (ContextState& state : contexts_[number]) {
    if (state.a == state.b) continue;
    if (of_category[state.category] != kNoChange) {
      state.change = of_category[state.category];
      continue;
    }
    const std::string& path = joint.categories[state.category].path;
    const std::string branch = path.empty() ? joint.name : joint.name + "/" + path;
    const std::string_view what = name(state.a ? *state.a : *state.b);
    const Action action = !state.a   ? Action::kAdded
                          : !state.b ? Action::kRemoved
                                     : Action::kChanged;
    const std::string text = action == Action::kAdded ? fmt::format("{} added to {}", what, branch)
                             : action == Action::kRemoved
                                 ? fmt::format("{} removed from {}", what, branch)
                                 : fmt::format("{} of {} {} -> {}", what, branch,
                                               window_text(*state.a), window_text(*state.b));
    state.change = add(
        {Kind::kNear, action, text, "", place(a_, state.range_a), place(b_, state.range_b), true});
  }
}

std::vector<std::uint32_t> JointRules::changes_of_contexts(std::uint32_t lexicon) const {
  std::vector<std::uint32_t> changes;
  for (const ContextState& state : contexts_[lexicon]) {
    if (state.change != kNoChange) changes.push_back(state.change);
  }
  return changes;
}

std::vector<LexiconShape> JointRules::shapes(const Selection& selection) const {
  std::vector<LexiconShape> shapes;
  for (std::uint32_t i = 0; i < joint_.lexicons.size(); ++i) {
    LexiconShape& shape = shapes.emplace_back();
    if (unchanged_[i]) continue;
    const Lexicon& lexicon = joint_.lexicons[i];
    const bool changed = overlaps_[i] != kNoChange && selection[overlaps_[i]];
    const Lexicon::Overlap overlap = changed ? overlaps_of_b_[i] : lexicon.overlap;
    shape.longest_wins = overlap == Lexicon::Overlap::kLongest;
    for (const Category& category : lexicon.categories) shape.parents.push_back(category.parent);
    std::vector<std::optional<std::uint32_t>> contexts;
    for (const ContextState& state : contexts_[i]) {
      const bool second = state.change != kNoChange ? selection[state.change] : !state.a;
      const std::optional<ContextWindow>& window = second ? state.b : state.a;
      shape.windows.push_back(window.value_or(ContextWindow()));
      contexts.push_back(window ? std::optional(state.category) : std::nullopt);
    }
    set_contexts(shape, contexts);
  }
  return shapes;
}

// --- eras, figures, columns ----------------------------------------------------------------------

void JointRules::join_eras() {
  for (const EraScheme& old : a_.rules->eras) {
    if (find_named(b_.rules->eras, old.name) != nullptr) continue;
    add({Kind::kEra,
         Action::kRemoved,
         fmt::format("eras {} removed", old.name),
         "",
         place(a_, old.range),
         {},
         false});
  }
  for (const EraScheme& now : b_.rules->eras) {
    const EraScheme* old = find_named(a_.rules->eras, now.name);
    if (old == nullptr) {
      add({Kind::kEra,
           Action::kAdded,
           fmt::format("eras {} added", now.name),
           "",
           {},
           place(b_, now.range),
           false});
      continue;
    }
    const RulePlace before = place(a_, old->range);
    const RulePlace after = place(b_, now.range);
    if (old->as_of != now.as_of) {
      add({Kind::kAsOf, Action::kChanged,
           fmt::format("as_of of {} {} -> {}", now.name, date_text(old->as_of),
                       date_text(now.as_of)),
           "", before, after, false});
    }
    if (period_text(old->transition_opens_before) != period_text(now.transition_opens_before)) {
      add({Kind::kTransition, Action::kChanged,
           fmt::format("transition of {} opens_before {} -> {}", now.name,
                       period_text(old->transition_opens_before),
                       period_text(now.transition_opens_before)),
           "", before, after, false});
    }
    if (old->promotions_count_to_incoming != now.promotions_count_to_incoming) {
      const auto word = [](const EraScheme& scheme) {
        return scheme.promotions_count_to_incoming ? "incoming" : "outgoing";
      };
      add({Kind::kTransition, Action::kChanged,
           fmt::format("promotions_count_to of {} {} -> {}", now.name, word(*old), word(now)), "",
           before, after, false});
    }
    const auto find_era = [](const EraScheme& scheme, const std::string& id) -> const Era* {
      const auto found = std::find_if(scheme.eras.begin(), scheme.eras.end(),
                                      [&](const Era& era) { return era.id == id; });
      return found == scheme.eras.end() ? nullptr : &*found;
    };
    for (const Era& era : old->eras) {
      if (find_era(now, era.id) != nullptr) continue;
      add({Kind::kEra, Action::kRemoved, fmt::format("era {} removed", era.id), "",
           place(a_, era.range), after, false});
    }
    for (std::size_t i = 0; i < now.eras.size(); ++i) {
      const Era& era = now.eras[i];
      const Era* was = find_era(*old, era.id);
      if (was == nullptr) {
        add({Kind::kEra, Action::kAdded, fmt::format("era {} added", era.id), "", before,
             place(b_, era.range), false});
        continue;
      }
      const RulePlace era_before = place(a_, was->range);
      const RulePlace era_after = place(b_, era.range);
      if (was->from != era.from) {
        const auto change = add({Kind::kEra, Action::kChanged,
                                 fmt::format("era {} begins {} instead of {}", era.id,
                                             era.from.text(), was->from.text()),
                                 "", era_before, era_after, false});
        boundaries_.push_back({now.name, era.id, true, change});
        // The boundary that it shares with the era before moved with it.
        const Era* other = i > 0 ? &now.eras[i - 1] : nullptr;
        const Era* other_was = other != nullptr ? find_era(*old, other->id) : nullptr;
        if (other_was != nullptr && other->to == era.from && other_was->to == was->from) {
          boundaries_.push_back({now.name, other->id, false, change});
        }
      }
    }
    for (const Era& era : now.eras) {
      const Era* was = find_era(*old, era.id);
      if (was == nullptr) continue;
      const bool told = std::any_of(boundaries_.begin(), boundaries_.end(), [&](const auto& one) {
        return one.scheme == now.name && one.era == era.id && !one.begins;
      });
      const RulePlace era_before = place(a_, was->range);
      const RulePlace era_after = place(b_, era.range);
      if (was->to != era.to && !told) {
        const auto change = add({Kind::kEra, Action::kChanged,
                                 fmt::format("era {} ends {} instead of {}", era.id,
                                             date_text(era.to), date_text(was->to)),
                                 "", era_before, era_after, false});
        boundaries_.push_back({now.name, era.id, false, change});
      }
      if (std::tie(was->label, was->leader, was->term) !=
          std::tie(era.label, era.leader, era.term)) {
        add({Kind::kEra, Action::kChanged, fmt::format("label or leader of era {}", era.id), "",
             era_before, era_after, false});
      }
    }
  }
}

void JointRules::join_figures() {
  const NamesOf<Figure> before(a_.rules->figures);
  const NamesOf<Figure> after(b_.rules->figures);
  for (const Figure& old : a_.rules->figures) {
    const Figure* now = after.find(old.name);
    if (now == nullptr) {
      add({Kind::kFigure,
           Action::kRemoved,
           fmt::format("figure {} removed", old.name),
           "",
           place(a_, old.range),
           {},
           false});
    } else if (now->sql != old.sql || now->key != old.key) {
      add({Kind::kFigure, Action::kChanged,
           fmt::format("{} of figure {} changed", now->sql != old.sql ? "SQL" : "key", old.name),
           "", place(a_, old.range), place(b_, now->range), false});
    }
  }
  for (const Figure& now : b_.rules->figures) {
    if (before.find(now.name) != nullptr) continue;
    add({Kind::kFigure,
         Action::kAdded,
         fmt::format("figure {} added", now.name),
         "",
         {},
         place(b_, now.range),
         false});
  }
}

void JointRules::join_columns() {
  const auto find = [](const Rules& rules, const DeclaredColumn& wanted) -> const DeclaredColumn* {
    for (const DeclaredColumn& column : rules.columns) {
      if (column.table == wanted.table && column.name == wanted.name) return &column;
    }
    return nullptr;
  };
  const auto tell = [&](const DeclaredColumn& column, Action action) {
    add({Kind::kColumn,
         action,
         fmt::format("column {} of {} {}", column.name, b_.rules->schema->table(column.table).name,
                     name(action)),
         "",
         {},
         {},
         false});
  };
  for (const DeclaredColumn& old : a_.rules->columns) {
    const DeclaredColumn* now = find(*b_.rules, old);
    if (now == nullptr) {
      tell(old, Action::kRemoved);
    } else if (now->order != old.order) {
      tell(old, Action::kChanged);
    }
  }
  for (const DeclaredColumn& now : b_.rules->columns) {
    if (find(*a_.rules, now) == nullptr) tell(now, Action::kAdded);
  }
}

// --- labels --------------------------------------------------------------------------------------

Label JointRules::renumbered(const Label& label, const Side& side) const {
  Label out = label;
  walk(out, Handlers{[&](NamedLabel<std::uint32_t> use) { use.index = side.labels[use.index]; },
                     [&](Branch& branch) { branch = joint_branch(side, branch); }});
  return out;
}

void JointRules::join_labels() {
  std::map<std::string_view, std::uint32_t> numbers;  // by name
  const auto number_all = [&](Side& side) {
    for (const Label& label : side.rules->labels) {
      const auto [known, is_new] =
          numbers.emplace(label.name, static_cast<std::uint32_t>(joint_.labels.size()));
      if (is_new) joint_.labels.emplace_back().name = label.name;
      side.labels.push_back(known->second);
    }
  };
  number_all(a_);
  number_all(b_);
  labels_.resize(joint_.labels.size());
  for (std::size_t i = 0; i < a_.labels.size(); ++i) {
    labels_[a_.labels[i]].a = renumbered(a_.rules->labels[i], a_);
  }
  for (std::size_t i = 0; i < b_.labels.size(); ++i) {
    labels_[b_.labels[i]].b = renumbered(b_.rules->labels[i], b_);
  }
  for (LabelPair& pair : labels_) {
    if (!pair.a || !pair.b) {
      const Label& label = pair.a ? *pair.a : *pair.b;
      const Range gone = removal(Removal::What::kLabel, "", "", label.name);
      add({Kind::kLabel, pair.a ? Action::kRemoved : Action::kAdded,
           fmt::format("label {} {}", label.name, pair.a ? "removed" : "added"), "",
           pair.a ? place(a_, label.range) : RulePlace(),
           pair.b ? place(b_, label.range) : place(b_, gone), false});
      continue;
    }
    mix_labels(*pair.a, *pair.b, joint_, [&](const std::function<LabelEdit()>& describe) {
      pair.edits.push_back(change_of(describe()));
      return false;
    });
  }
  for (std::uint32_t i = 0; i < labels_.size(); ++i) {
    joint_.labels[i] = labels_[i].a ? *labels_[i].a : *labels_[i].b;
  }
}

/// The change that an edit of a label belongs to: that of a parameter, that of an era, or its own.
std::uint32_t JointRules::change_of(const LabelEdit& edit) {
  if (!edit.reread.empty()) return rereads_.at(edit.reread);
  if (const auto parameter = parameter_of(edit)) {
    changes_[*parameter].decides_labels = true;
    return *parameter;
  }
  for (const Boundary& boundary : boundaries_) {
    const bool named = edit.era == boundary.era || edit.era == boundary.scheme + "/" + boundary.era;
    if (edit.era.empty() || !named || edit.era_begins != boundary.begins) continue;
    changes_[boundary.change].decides_labels = true;
    return boundary.change;
  }
  return add(
      {edit.kind, edit.action, edit.text, "", place(a_, edit.before), place(b_, edit.after), true});
}

Label JointRules::mixed(std::uint32_t label, const Selection& selection) const {
  const LabelPair& pair = labels_[label];
  if (!pair.a || !pair.b) return pair.a ? *pair.a : *pair.b;
  if (pair.edits.empty()) return *pair.a;
  std::size_t next = 0;
  return mix_labels(*pair.a, *pair.b, joint_,
                    [&](const auto&) { return selection[pair.edits[next++]]; });
}

std::optional<Rules> JointRules::between(const Selection& selection, std::uint32_t label) const {
  Rules rules;
  rules.schema = joint_.schema;
  // Each label after those that it uses: a chain of them may be long, so there is no recursion.
  constexpr std::uint32_t kOpen = 0xFFFFFFFF;
  std::map<std::uint32_t, std::uint32_t> numbers;  // by common number: the own one, or kOpen
  std::map<std::uint32_t, Label> unplaced;         // those that are open
  std::vector<std::pair<std::uint32_t, bool>> open = {{label, false}};  // and whether it was seen
  while (!open.empty()) {
    const auto [one, seen] = open.back();
    if (seen) {
      open.pop_back();
      const auto placed = static_cast<std::uint32_t>(rules.labels.size());
      numbers[one] = placed;
      rules.evaluation_order.push_back(placed);
      rules.labels.push_back(std::move(unplaced.extract(one).mapped()));
      continue;
    }
    const auto [known, is_new] = numbers.emplace(one, kOpen);
    if (!is_new) {
      if (known->second == kOpen) return std::nullopt;  // a circle
      open.pop_back();
      continue;
    }
    open.back().second = true;
    Label& mine = unplaced.emplace(one, mixed(one, selection)).first->second;
    walk(mine, [&](NamedLabel<std::uint32_t> use) { open.emplace_back(use.index, false); });
  }
  for (Label& one : rules.labels) {
    walk(one, [&](NamedLabel<std::uint32_t> use) { use.index = numbers.at(use.index); });
  }
  add_lexicons(selection, rules);
  return rules;
}

/// Adds the lexicons, without their terms. Those that no label of `rules` names are empty.
void JointRules::add_lexicons(const Selection& selection, Rules& rules) const {
  std::vector<bool> named(joint_.lexicons.size());
  for (const Label& label : rules.labels) {
    walk(label, [&](const Branch& branch) { named[branch.lexicon] = true; });
  }
  rules.lexicons.resize(joint_.lexicons.size());
  for (std::uint32_t i = 0; i < joint_.lexicons.size(); ++i) {
    if (!named[i]) continue;
    const Lexicon& joint = joint_.lexicons[i];
    Lexicon& lexicon = rules.lexicons[i];
    lexicon.name = joint.name;
    lexicon.categories = joint.categories;
    for (std::uint32_t j = 0; j < groups_[i].size(); ++j) {
      const GroupState& group = groups_[i][j];
      const bool changed = group.change != kNoChange && selection[group.change];
      lexicon.categories[j].group = changed ? group.b : group.a;
    }
  }
}

std::vector<std::uint32_t> JointRules::changes_for(std::uint32_t label) const {
  std::set<std::uint32_t> labels;
  std::set<std::uint32_t> lexicons;
  std::vector<std::uint32_t> open = {label};
  while (!open.empty()) {
    const std::uint32_t one = open.back();
    open.pop_back();
    if (!labels.insert(one).second) continue;
    for (const std::optional<Label>* side : {&labels_[one].a, &labels_[one].b}) {
      walk(*side, Handlers{[&](NamedLabel<const std::uint32_t> use) { open.push_back(use.index); },
                           [&](const Branch& branch) { lexicons.insert(branch.lexicon); }});
    }
  }
  std::set<std::uint32_t> found;
  for (const std::uint32_t one : labels) {
    found.insert(labels_[one].edits.begin(), labels_[one].edits.end());
  }
  for (const std::uint32_t lexicon : lexicons) {
    for (const TermState& term : terms_[lexicon]) {
      if (term.change != kNoChange) found.insert(term.change);
    }
    for (const GroupState& group : groups_[lexicon]) {
      if (group.change != kNoChange) found.insert(group.change);
    }
    if (overlaps_[lexicon] != kNoChange) found.insert(overlaps_[lexicon]);
    for (const std::uint32_t change : changes_of_contexts(lexicon)) found.insert(change);
  }
  return {found.begin(), found.end()};
}

}  // namespace cadre
