// Two rule sets laid over one another: everything of both under common numbers, the list of what
// tells them apart, and the rule sets that lie between them.
//
// Lexicons, categories, terms and labels that both have are one; the others are there beside them.
// A selection says for each change whether it is made. With none of them made the joint rules give
// what the first rule set gives, with all of them what the second gives, and with some of them what
// an analyst would get who made only those edits.
//
// A lexicon or a label that only one side has is always there: nobody sees it until a condition
// that names it is taken over, and that is a change of its own.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <tuple>
#include <vector>

#include "cadre/analyse/label_mix.hpp"
#include "cadre/analyse/rule_change.hpp"
#include "cadre/match/overlap.hpp"
#include "cadre/rules/model.hpp"

namespace cadre {

/// For each change whether it is made.
using Selection = std::vector<bool>;

class JointRules {
 public:
  static constexpr std::uint32_t kNoChange = 0xFFFFFFFF;

  /// Keeps references to both.
  JointRules(const Rules& a, const Rules& b);

  /// Parameters first, then lexicons, labels, eras and figures, each in the order of the rules.
  const std::vector<RuleChange>& changes() const { return changes_; }

  /// Labels and lexicons under their common numbers, to name branches and labels by. The terms of a
  /// lexicon are those of both sides.
  const Rules& joint() const { return joint_; }

  /// The common numbers of the labels of either side, by their own.
  const std::vector<std::uint32_t>& labels_of_a() const { return a_.labels; }
  const std::vector<std::uint32_t>& labels_of_b() const { return b_.labels; }
  Branch of_a(Branch branch) const { return joint_branch(a_, branch); }
  Branch of_b(Branch branch) const { return joint_branch(b_, branch); }
  /// A lexicon that reads texts in another way on the other side has two common numbers: the
  /// branch under the first of them, so that what has one path is equal.
  Branch same_branch(Branch branch) const;

  /// The change that adds or removes a term, or kNoChange.
  std::uint32_t change_of_term(std::uint32_t lexicon, std::uint32_t term) const {
    return terms_[lexicon][term].change;
  }
  bool has_term(std::uint32_t lexicon, std::uint32_t term, const Selection& selection) const {
    const TermState& state = terms_[lexicon][term];
    return state.change == kNoChange || state.in_a != selection[state.change];
  }
  /// The change of a lexicon's overlap, or kNoChange.
  std::uint32_t change_of_overlap(std::uint32_t lexicon) const { return overlaps_[lexicon]; }
  /// Whether a lexicon finds the same in any text on both sides, and so whatever changes are made.
  bool is_unchanged(std::uint32_t lexicon) const { return unchanged_[lexicon]; }
  /// The changes of near and not_near of a lexicon, words apart.
  std::vector<std::uint32_t> changes_of_contexts(std::uint32_t lexicon) const;
  /// How matches of each lexicon that is not unchanged are resolved.
  std::vector<LexiconShape> shapes(const Selection& selection) const;

  /// The rules with these changes made, as far as they decide a label: lexicons without their
  /// terms under their common numbers, and of the labels those that this one uses and, last, this
  /// one, in the order of evaluation. Costs what these do, however many others there are. Nothing
  /// when labels would depend on themselves.
  std::optional<Rules> between(const Selection& selection, std::uint32_t label) const;

  /// The changes that may have a say in a label, through whatever labels it uses on either side. Of
  /// terms it is not asked whether they match.
  std::vector<std::uint32_t> changes_for(std::uint32_t label) const;

 private:
  struct Side {
    const Rules* rules = nullptr;
    std::vector<std::uint32_t> lexicons;
    std::vector<std::vector<std::uint32_t>> categories;  // by the side's lexicon
    std::vector<std::uint32_t> labels;
    std::vector<ParameterUse> uses;  // by place
  };
  struct ChangedParameter {
    const Parameter* before = nullptr;
    const Parameter* after = nullptr;
    std::uint32_t change = kNoChange;
  };
  using RemovalKey = std::tuple<Removal::What, std::string, std::string, std::string>;
  struct TermState {
    std::uint32_t change = kNoChange;
    bool in_a = false;
  };
  /// near or not_near of a category. Of two that both sides have, the windows may differ.
  struct ContextState {
    std::uint32_t category = 0;
    std::optional<ContextWindow> a;
    std::optional<ContextWindow> b;
    Range range_a;
    Range range_b;
    std::uint32_t change = kNoChange;
  };
  struct LabelPair {
    std::optional<Label> a;
    std::optional<Label> b;
    std::vector<std::uint32_t> edits;  // the change that each edit belongs to, in order of the walk
  };
  struct GroupState {
    std::string a;
    std::string b;
    std::uint32_t change = kNoChange;
  };
  struct Boundary {
    std::string scheme;
    std::string era;
    bool begins = false;
    std::uint32_t change = kNoChange;
  };

  static Branch joint_branch(const Side& side, Branch branch) {
    return {side.lexicons[branch.lexicon], side.categories[branch.lexicon][branch.category]};
  }

  std::uint32_t add(RuleChange change);
  RulePlace place(const Side& side, Range range) const;

  void join_parameters();
  void join_lexicons();
  void join_lexicon(std::uint32_t lexicon);
  /// Lays near and not_near of a lexicon beside the others'. Returns their common numbers.
  std::vector<std::uint32_t> join_contexts(std::uint32_t number, const Lexicon* lexicon,
                                           const std::vector<std::uint32_t>& categories, bool of_a);
  /// Makes the changes of near and not_near; `of_category` are those that take a category with
  /// them.
  void change_contexts(std::uint32_t number, const std::vector<std::uint32_t>& of_category);
  bool join_reread(std::uint32_t number, const Lexicon* a);
  void join_labels();
  void join_eras();
  void join_figures();
  void join_columns();

  Range removal(Removal::What what, const std::string& lexicon, const std::string& category,
                const std::string& name) const;
  std::uint32_t change_of(const LabelEdit& edit);
  std::optional<std::uint32_t> parameter_of(const LabelEdit& edit) const;
  static std::set<std::string> parameters_used(const Side& side, Range range);
  Label renumbered(const Label& label, const Side& side) const;
  Label mixed(std::uint32_t label, const Selection& selection) const;
  void add_lexicons(const Selection& selection, Rules& rules) const;

  Side a_;
  Side b_;
  Rules joint_;
  std::vector<RuleChange> changes_;
  std::vector<std::vector<TermState>> terms_;        // by common lexicon and term
  std::vector<std::vector<GroupState>> groups_;      // by common lexicon and category
  std::vector<std::vector<ContextState>> contexts_;  // by common lexicon and context
  std::vector<std::uint32_t> overlaps_;              // by common lexicon
  std::vector<bool> unchanged_;                      // likewise
  std::vector<Lexicon::Overlap> overlaps_of_b_;
  std::vector<LabelPair> labels_;
  std::map<std::string, ChangedParameter> parameters_;  // by name
  std::map<std::string, std::uint32_t> rereads_;        // by lexicon: the change of its reading
  std::map<RemovalKey, Range> removals_;                // of the second side; the first of each
  std::vector<Boundary> boundaries_;
};

}  // namespace cadre
