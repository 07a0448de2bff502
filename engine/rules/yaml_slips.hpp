// What was meant by lines that are not YAML, or that are YAML of another meaning: a space missing
// after a colon, a colon missing altogether, a line that is indented too deeply. A YAML reader
// tells of these only where it stumbles, which is often a line or more further down.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace cadre {

struct YamlSlip {
  std::size_t begin = 0;  ///< bytes of the text
  std::size_t end = 0;
  std::string message;
  std::string hint;
};

/// Where the colon of `key:value` stands: text that was meant to be a key and its value. Nothing if
/// there is no such colon, as in `key: value`, `http://a` or `one two:three`.
std::optional<std::size_t> colon_without_space(std::string_view text);

/// What to do about a value that was meant to be a map, if it looks like `key:value`, or a list, if
/// it looks like `-item`; otherwise an empty text.
std::string missing_space_hint(std::string_view value);

/// Why a colon cannot stand at `at`, judged by its line and those above it. Nothing if it stands
/// inside a value.
std::optional<YamlSlip> explain_colon(std::string_view text, std::size_t at);

/// What is wrong with a key at [begin, end): that no colon follows, or that it is cut off inside
/// `key:{...}`. In brackets a key without a colon is YAML, so that only `key:value` is told there.
std::optional<YamlSlip> explain_key(std::string_view text, std::size_t begin, std::size_t end,
                                    bool in_brackets);

/// For a bracket at `at` that the reader did not expect: `key:{...}` inside brackets.
std::optional<YamlSlip> explain_bracket(std::string_view text, std::size_t at);

/// For a list item `-item` where the reader stumbled at `at`.
std::optional<YamlSlip> explain_dash(std::string_view text, std::size_t at);

}  // namespace cadre
