#include "cadre/rules/reader.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cassert>
#include <charconv>
#include <cmath>
#include <limits>

#include "cadre/rules/yaml_slips.hpp"
#include "cadre/text/utf8.hpp"

namespace cadre {

namespace {

bool is_digit(char c) {
  return '0' <= c && c <= '9';
}
bool is_letter(char c) {
  return 'a' <= c && c <= 'z';
}

/// Text quoted in a message, cut when it is long.
std::string in_quotes(std::string_view text) {
  constexpr std::size_t kLongest = 60;
  std::string out;
  for (const char c : text.substr(0, kLongest)) out += c == '\n' || c == '\t' ? ' ' : c;
  if (text.size() > kLongest) {
    while (!out.empty() && continues_character(out.back())) out.pop_back();
    if (!out.empty() && static_cast<unsigned char>(out.back()) >= 0xC0) out.pop_back();
    out += "...";
  }
  return "'" + out + "'";
}

std::string got(const Node& node) {
  return node.is_text() ? in_quotes(node.text) : std::string(kind_name(node));
}

bool is_parameter(const Node& node) {
  return node.is_text() && node.plain && node.text.size() > 1 && node.text[0] == '$' &&
         is_name(std::string_view(node.text).substr(1));
}

}  // namespace

// ---------------------------------------------------------------------------------------------

const Node* Fields::get(std::string_view key) const {
  assert(map_ == nullptr || is_key(kind_, key));
  return map_ == nullptr ? nullptr : map_->find(key);
}

const Node* Fields::key(std::string_view key) const {
  assert(map_ == nullptr || is_key(kind_, key));
  if (map_ == nullptr) return nullptr;
  for (const Node* node : map_->keys) {
    if (node->text == key) return node;
  }
  return nullptr;
}

// ---------------------------------------------------------------------------------------------

const Node* Reader::value(const Node* node) {
  if (node == nullptr || !is_parameter(*node)) return node;
  const std::string_view wanted = std::string_view(node->text).substr(1);
  for (; parameters_numbered_ < parameters_.size(); ++parameters_numbered_) {
    parameter_numbers_.emplace(parameters_[parameters_numbered_].name, parameters_numbered_);
  }
  if (const auto found = parameter_numbers_.find(std::string(wanted));
      found != parameter_numbers_.end()) {
    const std::size_t i = found->second;
    ParameterValue& parameter = parameters_[i];
    parameter.used = true;
    parameter_uses_.push_back({static_cast<std::uint32_t>(i), node->range});
    Node used = *parameter.value;
    used.range = node->range;
    used.parameter = static_cast<std::uint32_t>(i + 1);
    return store_.add(std::move(used));
  }
  const std::string guessed = guess(wanted, parameters_.size(), [this] {
    std::vector<std::string> names;
    for (const ParameterValue& parameter : parameters_) names.push_back(parameter.name);
    return names;
  });
  sink_.error(node->range, "unknown-parameter",
              fmt::format("no parameter named '{}'{}", wanted, guessed),
              "parameters are declared under `params` of the rule set; text that starts with $ "
              "stands in quotes");
  return nullptr;
}

Diagnostic& Reader::error(const Node& node, std::string code, std::string message,
                          std::string hint) {
  Diagnostic& diagnostic =
      sink_.error(node.range, std::move(code), std::move(message), std::move(hint));
  if (node.parameter != 0) {
    const ParameterValue& parameter = parameters_[node.parameter - 1];
    diagnostic.notes.push_back(sink_.note(
        parameter.range, fmt::format("this is the value of the parameter '{}'", parameter.name)));
  }
  return diagnostic;
}

void Reader::wrong_type(const Node& node, std::string_view what, std::string_view wanted,
                        std::string hint) {
  if (node.plain && node.parameter == 0 &&
      (wanted.find("a map") != std::string_view::npos || wanted.starts_with("a list"))) {
    const std::string space = missing_space_hint(node.text);
    if (!space.empty()) hint = space;
  }
  error(node, "wrong-type", fmt::format("{} must be {}, not {}", what, wanted, got(node)),
        std::move(hint));
}

std::string Reader::guess(std::string_view name, const std::vector<std::string>& candidates) {
  return guess_with(candidates.size(), [&] { return did_you_mean(name, candidates); });
}

std::string Reader::guess_with(std::size_t count, const std::function<std::string()>& make) {
  if (count > guesses_left_) return {};
  guesses_left_ -= count;
  return make();
}

bool Reader::check_size(const Node& node, std::string_view what) {
  if (node.items.size() <= max_entries_) return true;
  error(node, "too-many-entries",
        fmt::format("{} has {} entries, more than the limit of {}", what, node.items.size(),
                    max_entries_));
  return false;
}

Fields Reader::fields(const Node* node, MapKind kind, std::string_view what) {
  return fields(node, kind, what, [](const Node&) { return false; });
}

Fields Reader::fields(const Node* node, MapKind kind, std::string_view what,
                      const std::function<bool(const Node& key)>& other) {
  return fields(node, kind, what, other, {});
}

Fields Reader::fields(const Node* node, MapKind kind, std::string_view what,
                      const std::vector<std::string>& more) {
  const auto is_more = [&](const Node& key) {
    return std::find(more.begin(), more.end(), key.text) != more.end();
  };
  return fields(node, kind, what, is_more, more);
}

Fields Reader::fields(const Node* node, MapKind kind, std::string_view what,
                      const std::function<bool(const Node& key)>& other,
                      const std::vector<std::string>& more) {
  node = map(node, what);
  if (node == nullptr) return {};
  for (const Node* key : node->keys) {
    if (is_key(kind, key->text) || other(*key)) continue;
    std::vector<std::string> known = key_names(kind);
    known.insert(known.end(), more.begin(), more.end());
    const std::string nearest = guess(key->text, known);
    sink_.error(key->range, "unknown-key",
                fmt::format("{} has no key '{}'{}", what, key->text, nearest),
                nearest.empty() ? fmt::format("its keys are {}", fmt::join(known, ", ")) : "");
  }
  return Fields(*node, kind);
}

const Node* Reader::require(const Fields& fields, std::string_view key, std::string_view what) {
  if (!fields) return nullptr;
  const Node* found = fields.get(key);
  if (found == nullptr) {
    Range range = fields.map().range;
    if (!fields.map().keys.empty()) range = fields.map().keys.front()->range;
    sink_.error(range, "missing-key", fmt::format("{} needs the key '{}'", what, key));
  }
  return found;
}

const Node* Reader::map(const Node* node, std::string_view what) {
  node = value(node);
  if (node == nullptr) return nullptr;
  if (node->is_map()) return check_size(*node, what) ? node : nullptr;
  wrong_type(*node, what, "a map");
  return nullptr;
}

std::optional<std::vector<const Node*>> Reader::list(const Node* node, std::string_view what) {
  node = value(node);
  if (node == nullptr) return std::nullopt;
  if (!node->is_list()) {
    wrong_type(*node, what, "a list");
    return std::nullopt;
  }
  return list_or_one(node, what);
}

std::vector<const Node*> Reader::list_or_one(const Node* node, std::string_view what) {
  node = value(node);
  if (node == nullptr) return {};
  if (!node->is_list()) return {node};
  if (!check_size(*node, what)) return {};
  std::vector<const Node*> items;
  for (const Node* item : node->items) {
    const Node* found = value(item);
    if (found == nullptr) continue;
    if (found != item && found->is_list()) {
      items.insert(items.end(), found->items.begin(), found->items.end());
    } else {
      items.push_back(found);
    }
  }
  return items;
}

std::optional<std::string> Reader::text(const Node* node, std::string_view what) {
  return free_text(value(node), what);
}

std::optional<std::string> Reader::free_text(const Node* node, std::string_view what) {
  if (node == nullptr) return std::nullopt;
  if (node->is_text()) return node->text;
  const bool word = node->is_null() && node->range.end > node->range.begin;
  wrong_type(*node, what, "text", word ? "put it in quotes if it is meant as a word" : "");
  return std::nullopt;
}

std::optional<std::string> Reader::name(const Node* node, std::string_view what) {
  node = value(node);
  std::optional<std::string> found = free_text(node, what);
  if (!found) return found;
  if (found->size() > kLongestName) {
    error(*node, "long-name",
          fmt::format("{} has {} letters, and a name has at most {}", what, found->size(),
                      kLongestName));
    return std::nullopt;
  }
  if (is_name(*found)) return found;
  error(*node, "bad-name", fmt::format("{} is not a name", in_quotes(*found)),
        "names are made of a-z, 0-9, _ and -, and start with a letter");
  return std::nullopt;
}

std::optional<double> Reader::number(const Node* node, std::string_view what) {
  node = value(node);
  if (node == nullptr) return std::nullopt;
  if (node->is_text() && node->plain) {
    if (const auto found = parse_number(node->text)) return found;
  }
  const bool in_quotes = node->is_text() && !node->plain && parse_number(node->text).has_value();
  wrong_type(*node, what, "a number", in_quotes ? "take the quotes away" : "");
  return std::nullopt;
}

std::optional<int> Reader::whole(const Node* node, std::string_view what, int least) {
  node = value(node);
  const std::optional<double> found = number(node, what);
  if (!found) return std::nullopt;
  if (*found >= least && *found <= 1e9 && *found == std::floor(*found)) {
    return static_cast<int>(*found);
  }
  error(*node, "bad-number",
        fmt::format("{} must be a whole number of at least {}, not {}", what, least, node->text));
  return std::nullopt;
}

std::optional<bool> Reader::flag(const Node* node, std::string_view what) {
  node = value(node);
  if (node == nullptr) return std::nullopt;
  if (node->is_text() && node->plain) {
    if (node->text == "true") return true;
    if (node->text == "false") return false;
  }
  wrong_type(*node, what, "true or false");
  return std::nullopt;
}

std::optional<Date> Reader::date(const Node* node, std::string_view what) {
  node = value(node);
  if (node == nullptr) return std::nullopt;
  if (node->is_text()) {
    if (const auto found = Date::parse(node->text)) return found;
    const std::string reason = explain_bad_date(node->text);
    error(*node, "bad-date",
          fmt::format("{} is not a date{}{}", in_quotes(node->text), reason.empty() ? "" : ": ",
                      reason),
          "dates are written 1982, 1982-03 or 1982-03-15");
    return std::nullopt;
  }
  wrong_type(*node, what, "a date such as 1982-03");
  return std::nullopt;
}

std::optional<std::size_t> Reader::choice(const Node* node, std::string_view what,
                                          std::span<const std::string> choices) {
  node = value(node);
  const std::optional<std::string> found = free_text(node, what);
  if (!found) return std::nullopt;
  const auto at = std::find(choices.begin(), choices.end(), *found);
  if (at != choices.end()) return static_cast<std::size_t>(at - choices.begin());
  const std::string nearest =
      guess(*found, std::vector<std::string>(choices.begin(), choices.end()));
  error(*node, "unknown-value", fmt::format("{} cannot be {}{}", what, in_quotes(*found), nearest),
        nearest.empty() ? fmt::format("it is one of {}", fmt::join(choices, ", ")) : "");
  return std::nullopt;
}

std::string Reader::title(const Fields& fields) {
  return fields ? free_text(fields.get("title"), "'title'").value_or("") : "";
}

std::string Reader::note(const Fields& fields) {
  return fields ? free_text(fields.get("note"), "'note'").value_or("") : "";
}

void Reader::check_source(const Fields& fields) {
  if (!fields) return;
  const Node* source = fields.get("source");
  if (source == nullptr) return;
  if (!source->is_list()) {
    free_text(source, "'source'");
    return;
  }
  for (const Node* item : source->items) free_text(item, "'source'");
}

// ---------------------------------------------------------------------------------------------

bool is_name(std::string_view text) {
  return !text.empty() && is_letter(text[0]) && std::all_of(text.begin(), text.end(), [](char c) {
    return is_letter(c) || is_digit(c) || c == '_' || c == '-';
  });
}

std::string explain_bad_date(std::string_view text) {
  const auto two_digits = [&](std::size_t at) {
    return is_digit(text[at]) && is_digit(text[at + 1]);
  };
  const auto number_at = [&](std::size_t at) {
    return (text[at] - '0') * 10 + (text[at + 1] - '0');
  };
  const bool year = text.size() >= 4 && two_digits(0) && two_digits(2);
  if (!year) return {};
  const bool month = text.size() >= 7 && text[4] == '-' && two_digits(5);
  if (month && (text.size() == 7 || text[7] == '-')) {
    const int value = number_at(5);
    if (value < 1 || value > 12) return fmt::format("there is no month {:02}", value);
    const bool day = text.size() == 10 && two_digits(8);
    if (day) {
      return fmt::format("{} has no day {:02}", text.substr(0, 7), number_at(8));
    }
  }
  return {};
}

std::string_view kind_name(const Node& node) {
  switch (node.kind) {
    case Node::Kind::kNull:
      return "nothing";
    case Node::Kind::kText:
      return "text";
    case Node::Kind::kList:
      return "a list";
    case Node::Kind::kMap:
      return "a map";
  }
  return {};
}

Range join(Range key, Range value) {
  if (key.file != value.file || value.end < key.end) return key;
  return {key.file, key.begin, value.end};
}

}  // namespace cadre
