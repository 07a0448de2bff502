// Layouts: how biographies are written, as rule files say it (docs/import.md). A layout is lists of
// named patterns, each list with one meaning; what is done with them is the work of
// import/biography_reader.hpp.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "cadre/base/source.hpp"

namespace cadre {

/// What a list of patterns is for.
enum class LayoutPart : std::uint8_t {
  kFurniture,     ///< lines that are no part of a biography: headings, buttons, footers
  kFacts,         ///< facts about the person; groups are named after columns of people
  kPeriods,       ///< dates of an entry; groups `from` and `to`
  kSummaries,     ///< posts told again without dates
  kEvents,        ///< dated, but neither study nor job: an award, a trial, a death
  kLeads,         ///< words before an organisation or role that belong to neither; `is` none: to it
  kStudies,       ///< what makes an entry a course of study
  kNoStudies,     ///< what only looks like it
  kCompletions,   ///< what ends the course told before: 1985年7月毕业
  kInstitutions,  ///< the group `institution`
  kFields,        ///< the group `field`
  kDegrees,       ///< `is` a degree
  kModes,         ///< `is` a mode of study
  kVerbs,         ///< what stands before a job in a sentence: "served as"
  kJobs,          ///< the groups `org` and `role`
  kPlaces,        ///< whose organisation it is: `is` province, same or elsewhere
  kOffices,       ///< `is` an office of the table posts; the group `province`
};
inline constexpr std::size_t kLayoutParts = static_cast<std::size_t>(LayoutPart::kOffices) + 1;

/// The key of the list: "furniture", "facts".
std::string_view name(LayoutPart part);

struct LayoutPattern {
  std::string name;
  std::string regex;  ///< RE2 syntax, with the words put in the place of {their_name}
  std::string is;     ///< the value that a match stands for, or empty
  std::vector<std::pair<std::string, std::string>> set;  ///< columns and values beside the groups
  bool guessed = false;  ///< a match is likely, not certain: rows are marked with the name
  double least_years = 0;
  double most_years = 1000;  ///< of the entry; both 0 and 1000 when its length does not matter
  Range range;
};

/// A text, and what must come out of it.
struct LayoutTest {
  using Cells = std::vector<std::pair<std::string, std::string>>;  ///< columns and their values

  std::string name;
  std::string text;
  std::optional<Cells> people;
  std::optional<std::vector<Cells>> education;  ///< all rows; the cells that count
  std::optional<std::vector<Cells>> career;
  std::optional<std::vector<Cells>> posts;
  std::optional<std::vector<std::string>> unparsed;  ///< all reasons, in order
  Range range;
};

struct Layout {
  enum class PeriodsAt : std::uint8_t {
    kClause,    ///< only where a clause begins
    kAnywhere,  ///< anywhere in a sentence, one to a clause
  };

  std::string name;
  std::string title;
  std::string language;  ///< the ending of the columns that texts go to: zh
  std::string lines;     ///< a pattern: the lines that this layout reads
  std::string labels;    ///< a pattern: lines that say what the next one is: 出生日期
  PeriodsAt periods_at = PeriodsAt::kClause;
  std::string clauses;  ///< a pattern: what parts the clauses of a sentence
  std::string items;    ///< a pattern: what parts the posts of a clause; empty: nothing does
  /// Column, and what its words mean: gender, 男, M.
  std::map<std::string, std::map<std::string, std::string>> values;
  std::array<std::vector<LayoutPattern>, kLayoutParts> parts;
  std::vector<LayoutTest> tests;
  Range range;

  const std::vector<LayoutPattern>& of(LayoutPart part) const {
    return parts[static_cast<std::size_t>(part)];
  }
};

}  // namespace cadre
