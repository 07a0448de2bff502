#include "cadre/rules/pattern_check.hpp"

#include <fmt/format.h>
#include <re2/re2.h>

#include <algorithm>
#include <charconv>
#include <cstdint>
#include <map>
#include <ranges>
#include <set>
#include <tuple>
#include <utility>

#include "cadre/text/term.hpp"
#include "cadre/text/utf8.hpp"

namespace cadre {
namespace {

// --- characters ----------------------------------------------------------------------------------

/// Kinds of characters of a folded text, as bits. A pattern is looked at by these alone: which
/// letter stands where decides nothing here.
using Kinds = std::uint32_t;
constexpr Kinds kSpace = 1;
constexpr Kinds kWord = 2;  // what RE2's \b and \w take for a word: a to z, 0 to 9, _
constexpr Kinds kHan = 4;
constexpr Kinds kLetter = 8;  // other letters, é
constexpr Kinds kOther = 16;
constexpr Kinds kAll = 31;

bool in_range(char32_t c, char32_t low, char32_t high) {
  return low <= c && c <= high;
}

/// The kind of a character, or none if no folded text holds it.
Kinds kind_of(char32_t c, Accents accents) {
  if (c == ' ') return kSpace;
  if (in_range(c, 'a', 'z') || in_range(c, '0', '9') || c == '_') return kWord;
  std::string bytes;
  append_utf8(c, bytes);
  if (c == 0 || fold(bytes, {Blanks::kKept, accents}) != bytes) return c == 0 ? kOther : 0;
  return is_han(c) ? kHan : joins_words(c) ? kLetter : kOther;
}

/// A character to try on a class, of one kind.
struct Sample {
  char32_t code = 0;
  Kinds kind = 0;
};

void add_sample(char32_t c, Accents accents, std::vector<Sample>& out) {
  if (const Kinds kind = kind_of(c, accents); kind != 0) out.push_back({c, kind});
}

/// Cherokee is the one script that folds to capitals.
bool is_cherokee(const Sample& sample) {
  return in_range(sample.code, 0x13A0, 0x13FF) || in_range(sample.code, 0xAB70, 0xABBF);
}

/// Characters to try on a class that names them by what they are, with those of Cherokee and
/// without.
struct Samples {
  std::vector<Sample> all;
  std::vector<Sample> without_cherokee;

  explicit Samples(Accents accents) {
    for (const char32_t c : std::u32string_view(U"国の、。〇々ア한и")) add_sample(c, accents, all);
    for (char32_t c = 1; c < 0x30000; c += c < 0x250 ? 1 : c < 0x3400 ? 5 : 97) {
      if (!in_range(c, 0xD800, 0xDFFF)) add_sample(c, accents, all);
    }
    without_cherokee = all;
    std::erase_if(without_cherokee, is_cherokee);
  }
};

/// The characters to try on `text`. Who asks for capitals by their kind, \p{Lu}, does not mean
/// those of Cherokee.
const std::vector<Sample>& samples(std::string_view text, bool ignores_case, Accents accents) {
  static const Samples kFolded(Accents::kFolded);
  static const Samples kKept(Accents::kKept);
  const Samples& some = accents == Accents::kKept ? kKept : kFolded;
  const bool all = ignores_case || text.find("Cherokee") != std::string_view::npos;
  return all ? some.all : some.without_cherokee;
}

/// What a class or a character of a pattern matches.
class ClassMatcher {
 public:
  ClassMatcher(std::string_view text, bool ignores_case)
      : regex_(std::string(text), options(ignores_case)) {}

  bool has(char32_t c) const {
    std::string bytes;
    append_utf8(c, bytes);
    return re2::RE2::FullMatch(bytes, regex_);
  }

 private:
  static re2::RE2::Options options(bool ignores_case) {
    re2::RE2::Options options;
    options.set_log_errors(false);
    options.set_case_sensitive(!ignores_case);
    return options;
  }

  const re2::RE2 regex_;
};

// --- syntax --------------------------------------------------------------------------------------

struct Piece {
  enum class Kind { kSet, kAssertion, kSequence, kAlternatives, kRepeat };
  Kind kind = Kind::kSequence;
  Kinds kinds = 0;        // of a set
  char assertion = 0;     // 'b', 'B', '^' or '$'
  std::string_view text;  // of the pattern
  bool ignores_case = true;
  std::vector<Piece> parts;
  int least = 0;      // of a repeat
  bool more = false;  // than `least` may come
};

/// Reads a pattern that RE2 has accepted.
class Parser {
 public:
  Parser(std::string_view pattern, Accents accents) : pattern_(pattern), accents_(accents) {}

  Piece run() { return alternatives(true); }

  const std::vector<std::string_view>& capitals() const { return capitals_; }
  /// What can only match capitals because of (?-i).
  const std::vector<std::string_view>& dead_capitals() const { return dead_capitals_; }
  /// Whether there is a (?-i), and whether it makes a difference to folded texts.
  bool switches_case() const { return switches_case_; }
  bool case_matters() const { return case_matters_; }

 private:
  bool next_is(std::string_view text) const { return pattern_.substr(at_).starts_with(text); }
  bool at_end() const { return at_ >= pattern_.size(); }

  Piece alternatives(bool ignores_case) {
    Piece out;
    out.kind = Piece::Kind::kAlternatives;
    const std::size_t begin = at_;
    for (;;) {
      out.parts.push_back(sequence(ignores_case));
      if (!next_is("|")) break;
      ++at_;
    }
    out.text = pattern_.substr(begin, at_ - begin);
    return out;
  }

  /// A flag in the middle, (?-i), holds to the end of the group, in later alternatives too.
  Piece sequence(bool& ignores_case) {
    Piece out;
    const std::size_t begin = at_;
    while (!at_end() && !next_is("|") && !next_is(")")) {
      const std::size_t start = at_;
      if (next_is("(?") && read_flags(ignores_case)) {
        // A repeat behind flags is of what stands before them.
        while (!out.parts.empty() && repeat(out.parts.back())) {
        }
        continue;
      }
      Piece piece = atom(ignores_case);
      piece.text = pattern_.substr(start, at_ - start);
      while (repeat(piece)) {
      }
      out.parts.push_back(std::move(piece));
    }
    out.text = pattern_.substr(begin, at_ - begin);
    return out;
  }

  /// Reads (?flags); leaves (?flags:...) and (?P<name>...) to atom().
  bool read_flags(bool& ignores_case) {
    const std::size_t end = pattern_.find_first_of(":)<", at_);
    if (end == std::string_view::npos || pattern_[end] != ')') return false;
    apply_flags(pattern_.substr(at_ + 2, end - at_ - 2), ignores_case);
    at_ = end + 1;
    return true;
  }

  void apply_flags(std::string_view flags, bool& ignores_case) {
    bool on = true;
    for (const char flag : flags) {
      if (flag == '-') on = false;
      if (flag == 'i') ignores_case = on;
      if (flag == 'i' && !on) switches_case_ = true;
    }
  }

  Piece atom(bool ignores_case) {
    if (next_is("(")) return group(ignores_case);
    if (next_is("[")) return read_class(ignores_case);
    if (next_is("\\")) return escape(ignores_case);
    if (next_is("^") || next_is("$")) return assertion(pattern_[at_++]);
    if (next_is(".")) {
      ++at_;
      return set(kAll, ignores_case);
    }
    const std::size_t start = at_;
    const char32_t c = next_code_point(pattern_, at_);
    return one_of({c}, pattern_.substr(start, at_ - start), ignores_case);
  }

  Piece group(bool ignores_case) {
    ++at_;
    if (next_is("?")) {
      const std::size_t end = pattern_.find_first_of(":>", at_);
      if (pattern_[end] == ':') {
        apply_flags(pattern_.substr(at_ + 1, end - at_ - 1), ignores_case);
      }
      at_ = end + 1;
    }
    Piece out = alternatives(ignores_case);
    ++at_;  // the bracket
    return out;
  }

  Piece escape(bool ignores_case) {
    const std::size_t start = at_++;
    const char c = pattern_[at_];
    if (kClassEscapes.find(c) != std::string_view::npos) {
      skip_class_escape();
      const std::string_view text = pattern_.substr(start, at_ - start);
      const Kinds known = kinds_of_escape(text);
      if (known != 0) return set(known, ignores_case);
      return tried(samples(text, ignores_case, accents_), text, ignores_case);
    }
    if (c == 'b' || c == 'B' || c == 'A' || c == 'z') {
      ++at_;
      return assertion(c == 'A' ? '^' : c == 'z' ? '$' : c);
    }
    const char32_t code = escaped_character();
    return one_of({code}, pattern_.substr(start, at_ - start), ignores_case);
  }

  static constexpr std::string_view kClassEscapes = "dwsDWSpP";

  /// The usual ones, which need not be tried.
  static Kinds kinds_of_escape(std::string_view text) {
    if (text == "\\d" || text == "\\w") return kWord;
    if (text == "\\s") return kSpace;
    if (text == "\\D") return kAll;
    if (text == "\\W") return kAll & ~kWord;
    if (text == "\\S") return kAll & ~kSpace;
    return text == "\\p{Han}" ? kHan : 0;
  }

  void skip_class_escape() {
    const bool property = pattern_[at_] == 'p' || pattern_[at_] == 'P';
    ++at_;
    if (!property) return;
    if (next_is("{")) {
      at_ = pattern_.find('}', at_) + 1;
    } else {
      next_code_point(pattern_, at_);
    }
  }

  /// The character that an escape stands for, from behind its backslash on.
  char32_t escaped_character() {
    const char c = pattern_[at_];
    if (c == 'x') {
      const bool braces = pattern_.substr(at_ + 1).starts_with("{");
      const std::size_t begin = at_ + (braces ? 2 : 1);
      const std::size_t end = braces ? pattern_.find('}', begin) : begin + 2;
      at_ = end + (braces ? 1 : 0);
      return number(pattern_.substr(begin, end - begin), 16);
    }
    if (in_range(static_cast<unsigned char>(c), '0', '7')) {
      const std::size_t begin = at_;
      while (at_ < begin + 3 && !at_end() &&
             in_range(static_cast<unsigned char>(pattern_[at_]), '0', '7')) {
        ++at_;
      }
      return number(pattern_.substr(begin, at_ - begin), 8);
    }
    constexpr std::string_view kNames = "afnrtv";
    constexpr std::string_view kNamed = "\a\f\n\r\t\v";
    if (const std::size_t named = kNames.find(c); named != std::string_view::npos) {
      ++at_;
      return static_cast<unsigned char>(kNamed[named]);
    }
    return next_code_point(pattern_, at_);
  }

  static char32_t number(std::string_view digits, int base) {
    std::uint32_t value = 0;
    std::from_chars(digits.data(), digits.data() + digits.size(), value, base);
    return value;
  }

  /// A class: every character that it names is tried, and samples where it names some by kind.
  Piece read_class(bool ignores_case) {
    const std::size_t start = at_++;
    std::vector<char32_t> tries;
    std::vector<Sample> all;
    std::vector<std::string_view> items;
    bool by_kind = next_is("^");
    if (by_kind) ++at_;
    bool only_capitals = !by_kind;
    bool capital_range = false;
    const bool negated = by_kind;
    for (bool first = true; first || !next_is("]"); first = false) {
      const std::size_t item = at_;
      if (next_is("[:") && pattern_.find(":]", at_) != std::string_view::npos) {
        at_ = pattern_.find(":]", at_) + 2;
        by_kind = true;
        items.push_back(pattern_.substr(item, at_ - item));
        continue;
      }
      if (next_is("\\") && kClassEscapes.find(pattern_[at_ + 1]) != std::string_view::npos) {
        ++at_;
        skip_class_escape();
        by_kind = true;
        items.push_back(pattern_.substr(item, at_ - item));
        continue;
      }
      const char32_t low = class_character();
      char32_t high = low;
      if (next_is("-") && !next_is("-]")) {
        ++at_;
        high = class_character();
      }
      only_capitals = only_capitals && in_range(low, 'A', 'Z') && in_range(high, 'A', 'Z');
      capital_range = capital_range || low != high;
      add_range(low, high, tries);
      items.push_back(pattern_.substr(item, at_ - item));
    }
    ++at_;
    const std::string_view text = pattern_.substr(start, at_ - start);
    if (only_capitals && capital_range && !by_kind && ignores_case) capitals_.push_back(text);
    if (by_kind) all = samples(text, ignores_case, accents_);
    Piece out = one_of(tries, text, ignores_case, all);
    if (!ignores_case && !negated && out.kinds != 0) {
      add_samples(tries, all);
      for (const std::string_view item : items) {
        if (note_case(fmt::format("[{}]", item), all)) dead_capitals_.push_back(item);
      }
    }
    return out;
  }

  char32_t class_character() {
    if (!next_is("\\")) return next_code_point(pattern_, at_);
    ++at_;
    return escaped_character();
  }

  static void add_range(char32_t low, char32_t high, std::vector<char32_t>& out) {
    constexpr char32_t kMost = 2000;
    constexpr char32_t kNoCharacter = 0x3A2;  // among the capitals of Greek
    const char32_t step = (high - low) / kMost + 1;
    for (char32_t c = low; c <= high; c += step) {
      if (c != kNoCharacter) out.push_back(c);
    }
    out.push_back(high);
  }

  /// A set of one of these characters, or if case is ignored of what they fold to.
  /// `all` are others to try.
  Piece one_of(const std::vector<char32_t>& tries, std::string_view text, bool ignores_case,
               std::vector<Sample> all = {}) {
    if (tries.size() == 1 && all.empty() && kind_of(tries.front(), accents_) != 0) {
      return set(kind_of(tries.front(), accents_), ignores_case);
    }
    add_samples(tries, all);
    return tried(all, text, ignores_case);
  }

  /// Characters, and what they fold to.
  void add_samples(const std::vector<char32_t>& tries, std::vector<Sample>& out) const {
    for (const char32_t c : tries) {
      add_sample(c, accents_, out);
      std::string bytes;
      append_utf8(c, bytes);
      const std::string folded = fold(bytes, {Blanks::kDropped, accents_});
      std::size_t at = 0;
      if (folded != bytes && count_code_points(folded) == 1) {
        add_sample(next_code_point(folded, at), accents_, out);
      }
    }
  }

  /// A set of those of `all` that RE2 finds the text to match.
  Piece tried(const std::vector<Sample>& all, std::string_view text, bool ignores_case) {
    const ClassMatcher one(text, ignores_case);
    Kinds kinds = 0;
    for (const auto& [c, kind] : all) {
      if (kinds == kAll) break;
      if ((kinds & kind) == 0 && one.has(c)) kinds |= kind;
    }
    if (!ignores_case) {
      const auto [known, is_new] = noted_.emplace(text, false);
      if (is_new) known->second = note_case(text, all);
      if (known->second) dead_capitals_.push_back(text);
    }
    return set(kinds, ignores_case);
  }

  /// What (?-i) does to a set: whether all that is left of it are capitals.
  bool note_case(std::string_view text, const std::vector<Sample>& all) {
    const ClassMatcher strict(text, false);
    const ClassMatcher loose(text, true);
    bool any_strict = false;
    bool any_loose = false;
    for (const Sample& sample : all) {
      const bool has = strict.has(sample.code);
      const bool may_have = loose.has(sample.code);
      any_strict = any_strict || has;
      any_loose = any_loose || may_have;
      case_matters_ = case_matters_ || has != may_have;
    }
    return any_loose && !any_strict;
  }

  static Piece set(Kinds kinds, bool ignores_case) {
    Piece out;
    out.kind = Piece::Kind::kSet;
    out.kinds = kinds;
    out.ignores_case = ignores_case;
    return out;
  }

  static Piece assertion(char which) {
    Piece out;
    out.kind = Piece::Kind::kAssertion;
    out.assertion = which;
    return out;
  }

  /// Reads a repeat and puts the piece into it.
  bool repeat(Piece& piece) {
    int least = 0;
    bool more = true;
    if (next_is("*") || next_is("+") || next_is("?")) {
      least = next_is("+") ? 1 : 0;
      ++at_;
    } else if (next_is("{")) {
      const std::size_t end = pattern_.find('}', at_);
      const std::string_view inside =
          pattern_.substr(at_ + 1, end == std::string_view::npos ? 0 : end - at_ - 1);
      const std::size_t digits = std::min(inside.find_first_not_of("0123456789"), inside.size());
      if (digits == 0) return false;  // a bracket that stands for itself
      least = static_cast<int>(number(inside.substr(0, digits), 10));
      more = digits < inside.size() && inside.substr(digits + 1) != inside.substr(0, digits);
      at_ = end + 1;
    } else {
      return false;
    }
    if (next_is("?")) ++at_;  // as few as possible
    Piece out;
    out.kind = Piece::Kind::kRepeat;
    out.least = least;
    out.more = more;
    out.text = piece.text;
    out.parts.push_back(std::move(piece));
    piece = std::move(out);
    return true;
  }

  std::string_view pattern_;
  Accents accents_;
  std::size_t at_ = 0;
  std::vector<std::string_view> capitals_;
  std::vector<std::string_view> dead_capitals_;
  std::map<std::string_view, bool> noted_;  // what note_case() says of a set
  bool switches_case_ = false;
  bool case_matters_ = false;
};

// --- an automaton --------------------------------------------------------------------------------

struct Node {
  enum class Kind { kSet, kAssertion, kSplit, kAccept };
  Kind kind = Kind::kSplit;
  Kinds kinds = 0;
  char assertion = 0;
  std::vector<std::uint32_t> next;
};

/// Thompson's construction. More repeats than a few decide nothing here.
class Automaton {
 public:
  static constexpr std::size_t kMostNodes = 20'000;

  explicit Automaton(const Piece& whole)
      : nodes_{{Node::Kind::kAccept, 0, 0, {}}}, start_(add(whole, 0)) {}

  bool is_whole() const { return nodes_.size() < kMostNodes; }
  std::uint32_t start() const { return start_; }
  const Node& operator[](std::uint32_t node) const { return nodes_[node]; }
  std::size_t size() const { return nodes_.size(); }

  struct Entry {  // of an alternative
    const Piece* piece;
    std::uint32_t node;
  };
  const std::vector<Entry>& entries() const { return entries_; }

 private:
  std::uint32_t put(Node node) {
    nodes_.push_back(std::move(node));
    return static_cast<std::uint32_t>(nodes_.size() - 1);
  }

  /// Adds a piece before the node `then` and returns where it begins.
  std::uint32_t add(const Piece& piece, std::uint32_t next) {
    if (!is_whole()) return next;
    switch (piece.kind) {
      case Piece::Kind::kSet:
        return put({Node::Kind::kSet, piece.kinds, 0, {next}});
      case Piece::Kind::kAssertion:
        return put({Node::Kind::kAssertion, 0, piece.assertion, {next}});
      case Piece::Kind::kSequence:
        for (const Piece& part : std::ranges::reverse_view(piece.parts)) next = add(part, next);
        return next;
      case Piece::Kind::kAlternatives: {
        Node split;
        for (const Piece& part : piece.parts) {
          const std::uint32_t entry = put({Node::Kind::kSplit, 0, 0, {add(part, next)}});
          if (piece.parts.size() > 1) entries_.push_back({&part, entry});
          split.next.push_back(entry);
        }
        return put(std::move(split));
      }
      case Piece::Kind::kRepeat:
        return add_repeat(piece, next);
    }
    return next;
  }

  std::uint32_t add_repeat(const Piece& piece, std::uint32_t next) {
    constexpr int kMostCopies = 6;
    if (piece.more) {
      const std::uint32_t again = put({Node::Kind::kSplit, 0, 0, {next}});
      const std::uint32_t body = add(piece.parts.front(), again);
      nodes_[again].next.push_back(body);
      next = again;
    }
    for (int i = 0; i < std::min(piece.least, kMostCopies); ++i) {
      next = add(piece.parts.front(), next);
    }
    return next;
  }

  std::vector<Node> nodes_;
  std::vector<Entry> entries_;
  std::uint32_t start_ = 0;
};

// --- what can come after what --------------------------------------------------------------------

/// Which of the rules of folded text hold. A rule is lifted to see whether it is the reason.
struct TextRules {
  bool one_space = true;        // never two in a row
  bool folded_only = true;      // characters are folded ones
  bool boundary_at_han = true;  // \b beside a Han character needs an ASCII letter in the pattern
  bool boundary_at_letter = false;  // and beside é
  bool no_space_in_han = false;     // no space between two Han characters
};

/// What stands before a place, and what may stand behind it: kinds of characters that the pattern
/// itself matches, and of those outside.
struct Context {
  Kinds before = 0;        // one kind; 0 is the beginning of the text
  bool outside = true;     // whether that is outside the match
  bool han_space = false;  // a Han character, then the space before
  Kinds inside_next = kAll;
  Kinds outside_next = kAll;
  bool end_next = true;  // the end of the text
  auto key() const {
    return std::tuple(before, outside, han_space, inside_next, outside_next, end_next);
  }
};

/// Narrows what may come by an assertion; false if nothing is left.
bool apply(char assertion, const TextRules& rules, Context& context) {
  const Kinds letters =
      (rules.boundary_at_han ? kHan : 0) | (rules.boundary_at_letter ? kLetter : 0);
  const bool word = context.before == kWord;
  switch (assertion) {
    case '^':
      return context.before == 0;
    case '$':
      context.inside_next = 0;
      context.outside_next = 0;
      break;
    case 'B':
      context.inside_next &= word ? kWord : kAll & ~kWord;
      context.outside_next &= word ? kWord : kAll & ~kWord;
      context.end_next = context.end_next && !word;
      break;
    default:
      context.inside_next &= word ? kAll & ~kWord : kWord;
      context.outside_next &= word ? kAll & ~kWord : kWord;
      context.end_next = context.end_next && word;
      // It speaks of where a word begins or ends, and a Han character that happens to touch a Latin
      // one outside the match is not meant.
      if (word && context.outside) context.inside_next &= ~letters;
      if ((context.before & letters) != 0 && !context.outside) context.outside_next = 0;
  }
  return context.inside_next != 0 || context.outside_next != 0 || context.end_next;
}

/// Goes over one character; false if it cannot stand there.
bool advance(Kinds kind, const TextRules& rules, Context& context) {
  if ((context.inside_next & kind) == 0) return false;
  if (kind == kSpace && context.before == kSpace && rules.one_space) return false;
  if (kind == kHan && context.han_space && rules.no_space_in_han) return false;
  const bool after_han = context.before == kHan;
  context = Context();
  context.before = kind;
  context.outside = false;
  context.han_space = kind == kSpace && after_han;
  return true;
}

/// Which nodes of an automaton lie on a way that some text goes.
class Ways {
 public:
  Ways(const Automaton& automaton, const TextRules& rules) : automaton_(automaton), rules_(rules) {
    for (const Kinds before : {Kinds{0}, kSpace, kWord, kHan, kLetter, kOther}) {
      Context context;
      context.before = before;
      reach(automaton.start(), context, kNone);
    }
    for (std::size_t i = 0; i < states_.size() && states_.size() < kMost; ++i) go_on(i);
    mark();
  }

  /// Whether everything was looked at.
  bool is_whole() const { return states_.size() < kMost; }
  bool any() const { return any_; }
  bool on_a_way(std::uint32_t node) const { return marked_[node]; }

 private:
  static constexpr std::size_t kMost = 400'000;
  static constexpr std::size_t kNone = SIZE_MAX;

  struct State {
    std::uint32_t node;
    Context context;
    std::vector<std::size_t> from;
    bool good = false;
  };

  void reach(std::uint32_t node, const Context& context, std::size_t from) {
    const auto [known, is_new] = numbers_.emplace(std::pair(node, context.key()), states_.size());
    if (is_new) states_.push_back({node, context, {}, false});
    if (from != kNone) states_[known->second].from.push_back(from);
  }

  void go_on(std::size_t number) {
    const Node& node = automaton_[states_[number].node];
    Context context = states_[number].context;
    switch (node.kind) {
      case Node::Kind::kAccept:
        break;
      case Node::Kind::kSplit:
        for (const std::uint32_t next : node.next) reach(next, context, number);
        break;
      case Node::Kind::kAssertion:
        if (apply(node.assertion, rules_, context)) reach(node.next.front(), context, number);
        break;
      case Node::Kind::kSet:
        for (Kinds kind = 1; kind < kAll; kind <<= 1) {
          const bool there = (node.kinds & kind) != 0 || (node.kinds == 0 && !rules_.folded_only);
          Context after = context;
          if (there && advance(kind, rules_, after)) reach(node.next.front(), after, number);
        }
        break;
    }
  }

  /// Goes back from where the pattern has matched.
  void mark() {
    marked_.resize(automaton_.size());
    std::vector<std::size_t> left;
    for (std::size_t i = 0; i < states_.size(); ++i) {
      const Context& context = states_[i].context;
      const bool ends = automaton_[states_[i].node].kind == Node::Kind::kAccept &&
                        (context.outside_next != 0 || context.end_next);
      if (ends) left.push_back(i);
    }
    any_ = !left.empty();
    while (!left.empty()) {
      State& state = states_[left.back()];
      left.pop_back();
      if (std::exchange(state.good, true)) continue;
      marked_[state.node] = true;
      left.insert(left.end(), state.from.begin(), state.from.end());
    }
  }

  const Automaton& automaton_;
  const TextRules& rules_;
  std::vector<State> states_;
  std::map<std::pair<std::uint32_t, decltype(Context().key())>, std::size_t> numbers_;
  std::vector<bool> marked_;
  bool any_ = false;
};

// --- reasons -------------------------------------------------------------------------------------

/// The first set of a pattern that holds no character of folded text.
const Piece* find_unfolded(const Piece& piece) {
  if (piece.kind == Piece::Kind::kSet) return piece.kinds == 0 ? &piece : nullptr;
  if (piece.kind == Piece::Kind::kRepeat && piece.least == 0) return nullptr;
  for (const Piece& part : piece.parts) {
    if (const Piece* found = find_unfolded(part)) return found;
  }
  return nullptr;
}

/// That something finds capitals only.
PatternFinding in_capitals(std::string_view part) {
  PatternFinding finding;
  finding.part = std::string(part);
  finding.why = fmt::format("texts are compared in lower case, and '{}' is not", part);
  finding.hint = "leave out (?-i), or write it in lower case";
  return finding;
}

PatternFinding unfolded(const Piece& set) {
  PatternFinding finding;
  finding.part = std::string(set.text);
  const ClassMatcher one(finding.part, false);
  const auto is = [&](char32_t c) { return one.has(c); };
  const auto any_of = [&](std::u32string_view some) {
    return std::any_of(some.begin(), some.end(), is);
  };
  if (!set.ignores_case && any_of(U"ABCDEFGHIJKLMNOPQRSTUVWXYZÀÉΑΩАЯԱ")) {
    return in_capitals(finding.part);
  }
  if (any_of(U"-\t\n\r\f\v\u00A0\u3000\u2010\u2011\u2012\u2013\u2014\u2015")) {
    finding.why = fmt::format("'{}' is read as a space when texts are compared", finding.part);
    finding.hint = "write one space for any run of white space, hyphens and dashes";
    return finding;
  }
  finding.why = fmt::format("texts are folded before they are compared, and none has '{}' then",
                            finding.part);
  finding.hint =
      "write the character itself, which is folded too, not its code or a range: Traditional "
      "characters become Simplified ones, full-width ones ASCII, é becomes e unless a lexicon says "
      "`accents: keep`";
  return finding;
}

PatternFinding reason(const Piece& whole, const Automaton& automaton, const TextRules& rules) {
  const auto can_match = [&](auto&& lift) {
    TextRules fewer = rules;
    lift(fewer);
    return Ways(automaton, fewer).any();
  };
  const Piece* set = find_unfolded(whole);
  if (set != nullptr && can_match([](TextRules& fewer) { fewer.folded_only = false; })) {
    return unfolded(*set);
  }
  PatternFinding finding;
  if (can_match([](TextRules& fewer) { fewer.one_space = false; })) {
    finding.why = "when texts are compared they never have two spaces in a row";
    finding.hint = "write one space for any run of white space, hyphens and dashes";
  } else if (can_match([](TextRules& fewer) { fewer.boundary_at_han = false; })) {
    finding.part = "\\b";
    finding.why =
        "\\b is the edge of a word of ASCII letters and digits, and a Chinese character has none";
    finding.hint = "leave out the \\b beside the Chinese character";
  } else if (set != nullptr) {
    return unfolded(*set);
  } else {
    finding.why = "no text can have this";
    finding.hint = "see what ^, $ and \\b ask for where they stand";
  }
  return finding;
}

bool has_dash(std::string_view pattern) {
  for (std::size_t at = 0; at < pattern.size();) {
    std::size_t after = at;
    const char32_t c = next_code_point(pattern, after);
    const std::string folded = fold(pattern.substr(at, after - at));
    if (folded == " " && !is_blank(c)) return true;
    at = after;
  }
  return false;
}

}  // namespace

std::vector<PatternFinding> check_pattern(std::string_view written, const Folding& folding) {
  using Kind = PatternFinding::Kind;
  const std::string folded = fold_pattern(written, folding);
  Parser parser(folded, folding.accents);
  const Piece whole = parser.run();
  const Automaton automaton(whole);
  if (!automaton.is_whole()) return {};
  TextRules rules;
  const Ways ways(automaton, rules);
  if (!ways.is_whole()) return {};
  std::vector<PatternFinding> findings;
  if (!ways.any()) {
    findings.push_back(reason(whole, automaton, rules));
    return findings;
  }
  std::set<const Piece*> alive;  // a piece may stand in several places
  for (const Automaton::Entry& entry : automaton.entries()) {
    if (ways.on_a_way(entry.node)) alive.insert(entry.piece);
  }
  std::set<const Piece*> told;
  const auto is_told = [&](std::string_view part) {
    return std::any_of(told.begin(), told.end(), [&](const Piece* piece) {
      return piece->text.data() <= part.data() &&
             part.data() + part.size() <= piece->text.data() + piece->text.size();
    });
  };
  for (const Automaton::Entry& entry : automaton.entries()) {
    if (alive.contains(entry.piece) || !told.insert(entry.piece).second) continue;
    PatternFinding finding = reason(*entry.piece, Automaton(*entry.piece), rules);
    if (finding.why == "no text can have this" && Ways(Automaton(*entry.piece), rules).any()) {
      finding.why = "with what stands around it no text has it";
      finding.hint.clear();
    }
    finding.kind = Kind::kNeverPart;
    finding.part = std::string(entry.piece->text);
    findings.push_back(std::move(finding));
  }
  for (const std::string_view part : parser.dead_capitals()) {
    if (is_told(part)) continue;
    findings.push_back(in_capitals(part));
    findings.back().kind = Kind::kNeverPart;
  }
  rules.boundary_at_letter = true;
  const bool has_boundary = folded.find("\\b") != std::string::npos;
  if (has_boundary && !Ways(automaton, rules).any())
    findings.push_back({Kind::kBoundary, "\\b", "", ""});
  rules.boundary_at_letter = false;
  rules.no_space_in_han = folding.blanks == Blanks::kDropped;
  const bool has_space = folded.find_first_of(" s") != std::string::npos;
  if (has_space && !has_dash(written) && !Ways(automaton, rules).any()) {
    findings.push_back({Kind::kSpaceForDash, "", "", ""});
  }
  for (const std::string_view capitals : parser.capitals()) {
    findings.push_back({Kind::kCapitals, std::string(capitals), "", ""});
  }
  if (parser.switches_case() && !parser.case_matters()) {
    findings.push_back({Kind::kCaseSwitch, "(?-i)", "", ""});
  }
  return findings;
}

}  // namespace cadre
