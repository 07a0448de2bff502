#include "cadre/data/column_name.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cstddef>
#include <string>
#include <vector>

#include "cadre/base/diagnostic.hpp"
#include "cadre/data/schema.hpp"
#include "cadre/data/text_file.hpp"
#include "cadre/text/utf8.hpp"

namespace cadre {
namespace {

constexpr char32_t kMark = U'\uFEFF';

bool is_blank(char32_t letter) {
  return (letter >= 0x09 && letter <= 0x0D) || letter == 0x20 || letter == 0x85 || letter == 0xA0 ||
         letter == 0x1680 || (letter >= 0x2000 && letter <= 0x200A) || letter == 0x2028 ||
         letter == 0x2029 || letter == 0x202F || letter == 0x205F || letter == 0x3000;
}

bool is_invisible(char32_t letter) {
  return letter < 0x20 || letter == 0x7F || letter == 0xAD ||
         (letter >= 0x200B && letter <= 0x200F) || (letter >= 0x202A && letter <= 0x202E) ||
         (letter >= 0x2060 && letter <= 0x2064) || letter == kMark;
}

bool shows(char32_t letter) {
  return !is_blank(letter) && !is_invisible(letter);
}

std::string_view in_words(std::string_view hidden) {
  std::string_view words = "a blank";
  for (std::size_t at = 0; at < hidden.size();) {
    const char32_t letter = next_code_point(hidden, at);
    if (letter == kMark) return "a byte order mark";
    if (!is_blank(letter)) words = "an invisible character";
  }
  return words;
}

/// What rows are counted and joined by, and what is in a list or a date.
std::vector<std::string> names_with_meaning(const SchemaTable& table) {
  std::vector<std::string> names;
  for (const Column& column : columns_of(table)) {
    if (column.kind != Column::Kind::kText) names.push_back(column.name);
  }
  if (stored_name(table) == "people") names.push_back(as_of_column().name);
  return names;
}

/// Whether one letter more, less or otherwise, or two letters in the wrong order, are all that
/// differs.
bool one_letter_apart(std::string_view a, std::string_view b) {
  const auto [at_a, at_b] = std::mismatch(a.begin(), a.end(), b.begin(), b.end());
  a.remove_prefix(static_cast<std::size_t>(at_a - a.begin()));
  b.remove_prefix(static_cast<std::size_t>(at_b - b.begin()));
  const auto [end_a, end_b] = std::mismatch(a.rbegin(), a.rend(), b.rbegin(), b.rend());
  a.remove_suffix(static_cast<std::size_t>(end_a - a.rbegin()));
  b.remove_suffix(static_cast<std::size_t>(end_b - b.rbegin()));
  const bool swapped = a.size() == 2 && b.size() == 2 && a[0] == b[1] && a[1] == b[0];
  return swapped || (a.size() <= 1 && b.size() <= 1);
}

std::string_view without_language(std::string_view name) {
  return name.substr(0, name.rfind('_'));
}

}  // namespace

std::string_view shown_name(std::string_view name) {
  std::size_t begin = name.size();
  std::size_t end = 0;
  for (std::size_t at = 0; at < name.size();) {
    const std::size_t start = at;
    if (!shows(next_code_point(name, at))) continue;
    begin = std::min(begin, start);
    end = at;
  }
  return begin < end ? name.substr(begin, end - begin) : std::string_view();
}

std::optional<CellProblem> check_column_name(std::string_view name, std::string_view what) {
  const std::string_view shown = shown_name(name);
  if (shown.empty() || shown.size() == name.size()) return std::nullopt;
  const auto begin = static_cast<std::size_t>(shown.data() - name.data());
  const bool before = begin > 0;
  const std::string_view hidden =
      before ? name.substr(0, begin) : name.substr(begin + shown.size());
  return CellProblem{"blank-in-name",
                     fmt::format("the {} '{}' has {} at its {}", what, quotable(name),
                                 in_words(hidden), before ? "beginning" : "end"),
                     fmt::format("write '{}'", quotable(shown))};
}

std::string did_you_mean_column(std::string_view name, const std::vector<std::string>& known) {
  const std::string lower = ascii_lower_case(name);
  for (const std::string& one : known) {
    if (ascii_lower_case(one) == lower && one != name) {
      return fmt::format("; did you mean '{}'?", one);
    }
  }
  return did_you_mean(name, known);
}

CellProblem no_column(const TableSchema& table, std::string_view name, std::string_view what) {
  std::vector<std::string> known;
  for (const Column& one : table.columns) known.push_back(one.name);
  return {"unknown-field",
          fmt::format("'{}' has no {} '{}'{}", table.name, what, quotable(name),
                      did_you_mean_column(name, known)),
          ""};
}

CellProblem key_of_made_ids(std::string_view table) {
  return {"unknown-field",
          fmt::format("'{}' has no ids of its own that a key could name: cadre makes them", table),
          "give its file a column 'id', and describe it if there is a schema"};
}

std::optional<std::string> slip_for(const SchemaTable& table, std::string_view name) {
  const std::vector<std::string> names = names_with_meaning(table);
  if (std::find(names.begin(), names.end(), name) != names.end()) return std::nullopt;
  const std::string lower = ascii_lower_case(name);
  for (const std::string& one : names) {
    if (one == lower) return one;
  }
  for (const std::string& one : names) {
    const bool other_language =  // name_es is no slip for name_en
        one.find('_') != std::string::npos && without_language(one) == without_language(lower);
    if (one.size() > 2 && !lower.empty() && one.front() == lower.front() && !other_language &&
        one_letter_apart(lower, one)) {
      return one;
    }
  }
  return std::nullopt;
}

CellProblem column_slip(std::string_view table, std::string_view name, std::string_view meant) {
  return {"unknown-column",
          fmt::format("the column '{}' has no meaning in '{}'; did you mean '{}'?", quotable(name),
                      table, meant),
          fmt::format("a column of the name '{}' is read as any other", quotable(name))};
}

}  // namespace cadre
