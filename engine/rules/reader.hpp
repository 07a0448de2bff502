// Reading values out of syntax nodes: the right type, or a diagnostic that says what was wanted.
//
// All functions take nullptr for a node that was already reported or is not there, and answer it
// with nothing, so that a mistake is told once. `what` names the value in messages: "'degree'".
#pragma once

#include <cstdint>
#include <functional>
#include <initializer_list>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "cadre/base/date.hpp"
#include "cadre/base/number.hpp"
#include "cadre/base/seeded_hash.hpp"
#include "cadre/base/source.hpp"
#include "cadre/rules/diagnostic_sink.hpp"
#include "cadre/rules/keys.hpp"
#include "cadre/rules/model.hpp"
#include "cadre/rules/syntax.hpp"

namespace cadre {

/// A parameter while rules are loaded.
struct ParameterValue {
  std::string name;
  const Node* value = nullptr;
  Range range;  ///< of the name; unknown when the value was set from outside
  bool used = false;
};

/// The entries of a map whose keys are known.
class Fields {
 public:
  Fields() = default;
  Fields(const Node& map, MapKind kind) : map_(&map), kind_(kind) {}

  explicit operator bool() const { return map_ != nullptr; }
  const Node& map() const { return *map_; }

  /// The value, or nullptr. `key` is one of keys(kind).
  const Node* get(std::string_view key) const;
  /// The key as it stands in the file, or nullptr.
  const Node* key(std::string_view key) const;

 private:
  const Node* map_ = nullptr;
  MapKind kind_ = MapKind::kRuleset;
};

class Reader {
 public:
  /// Maps and lists with more than `max_entries` are refused.
  Reader(DiagnosticSink& sink, NodeStore& store, std::size_t max_entries)
      : sink_(sink), store_(store), max_entries_(max_entries) {}

  DiagnosticSink& sink() { return sink_; }
  NodeStore& store() { return store_; }

  /// The parameters that `value` and all functions below put in the place of $name.
  std::vector<ParameterValue>& parameters() { return parameters_; }
  /// Where that was done so far; the numbers are those of parameters().
  const std::vector<ParameterUse>& parameter_uses() const { return parameter_uses_; }

  /// The node, or the value of the parameter that it names ($name). nullptr: an unknown parameter.
  const Node* value(const Node* node);

  /// An error at a node, with a note about the parameter whose value it is.
  Diagnostic& error(const Node& node, std::string code, std::string message, std::string hint = {});
  /// An error that `node` is not `wanted`: "a number", "a map such as {zh: [...]}".
  void wrong_type(const Node& node, std::string_view what, std::string_view wanted,
                  std::string hint = {});

  /// "; did you mean 'x'?" or an empty text; always empty once a broken file has asked for too much
  /// of this work.
  std::string guess(std::string_view name, const std::vector<std::string>& candidates);

  /// The same, where making the list of `count` candidates is work too: they are made only when
  /// they are compared.
  std::string guess(std::string_view name, std::size_t count,
                    const std::function<std::vector<std::string>()>& candidates) {
    return guess_with(count, [&] { return did_you_mean(name, candidates()); });
  }

  /// What `make` gives, which looks at `count` candidates; empty once too many were looked at.
  std::string guess_with(std::size_t count, const std::function<std::string()>& make);

  /// A map with the keys of `kind` and no others.
  Fields fields(const Node* node, MapKind kind, std::string_view what);
  /// The same; keys for which `other` is true are let through.
  Fields fields(const Node* node, MapKind kind, std::string_view what,
                const std::function<bool(const Node& key)>& other);
  /// The same with more keys that are known.
  Fields fields(const Node* node, MapKind kind, std::string_view what,
                const std::vector<std::string>& more);
  /// A value that must be there.
  const Node* require(const Fields& fields, std::string_view key, std::string_view what);

  /// Whether a map or list has no more entries than the limit allows; says so if not.
  bool check_size(const Node& node, std::string_view what);

  /// A map with keys of any name.
  const Node* map(const Node* node, std::string_view what);
  /// The items of a list, parameters put in and their lists spread out.
  std::optional<std::vector<const Node*>> list(const Node* node, std::string_view what);
  /// A list, or the one item that stands in its place.
  std::vector<const Node*> list_or_one(const Node* node, std::string_view what);

  std::optional<std::string> text(const Node* node, std::string_view what);
  /// Text in which $name has no meaning: titles, notes, SQL, words to look for.
  std::optional<std::string> free_text(const Node* node, std::string_view what);
  /// A name: [a-z][a-z0-9_-]*, at most kLongestName bytes.
  static constexpr std::size_t kLongestName = 200;
  std::optional<std::string> name(const Node* node, std::string_view what);
  std::optional<double> number(const Node* node, std::string_view what);
  std::optional<int> whole(const Node* node, std::string_view what, int least);
  std::optional<bool> flag(const Node* node, std::string_view what);
  std::optional<Date> date(const Node* node, std::string_view what);
  /// The index of one of `choices`.
  std::optional<std::size_t> choice(const Node* node, std::string_view what,
                                    std::span<const std::string> choices);

  /// Checks the type of `title`, `note` and `source` and gives back the first two.
  std::string title(const Fields& fields);
  std::string note(const Fields& fields);
  void check_source(const Fields& fields);

 private:
  Fields fields(const Node* node, MapKind kind, std::string_view what,
                const std::function<bool(const Node& key)>& other,
                const std::vector<std::string>& more);

  DiagnosticSink& sink_;
  NodeStore& store_;
  std::size_t max_entries_;
  std::size_t guesses_left_ = 50'000;  // candidates to compare
  std::vector<ParameterValue> parameters_;
  std::unordered_map<std::string, std::size_t, SeededHash> parameter_numbers_;  // by name
  std::size_t parameters_numbered_ = 0;  // how many of them are in parameter_numbers_
  std::vector<ParameterUse> parameter_uses_;
};

/// Whether `text` is a name: [a-z][a-z0-9_-]*.
bool is_name(std::string_view text);

/// Whether two dates are written with a mistake that can be named: "there is no month 13".
std::string explain_bad_date(std::string_view text);

/// "a map", "a list", "text", "nothing".
std::string_view kind_name(const Node& node);

/// From the first byte of `key` to the last of `value`, if they stand in one file and order.
Range join(Range key, Range value);

}  // namespace cadre
