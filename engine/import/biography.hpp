// What a biography says, as rows of a dataset that know the line they came from.
#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "cadre/base/date.hpp"

namespace cadre {

/// A place in the file that was read. Bytes are those of the file as it is on the disk; of JSON
/// Lines, those of the text in its UTF-8 form.
struct SourceSpan {
  std::size_t line = 0;  ///< from 1
  std::size_t begin = 0;
  std::size_t end = 0;  ///< one past the last byte
};

/// A row of education, career or posts.
struct ImportedRow {
  std::optional<Date> start;
  std::optional<Date> end;
  bool open = false;                         ///< lasts until now
  std::map<std::string, std::string> cells;  ///< by column: org_zh, degree, province
  SourceSpan source;
  std::string text;                  ///< what stands there, without markup
  std::vector<std::string> guesses;  ///< names of the rules that guessed; empty: the text says so
};

/// Text that became neither row nor fact.
struct Unparsed {
  SourceSpan source;
  std::string reason;  ///< in kebab case, as docs/import.md lists them
  std::string text;
  bool dated = false;  ///< it begins with dates
};

struct Biography {
  std::string id;
  std::map<std::string, std::string> facts;  ///< by column of people
  SourceSpan source;                         ///< where the first fact stands
  std::string text;                          ///< what stands there
  std::vector<SourceSpan> fact_spans;        ///< text that gave facts
  std::vector<ImportedRow> education;
  std::vector<ImportedRow> career;
  std::vector<ImportedRow> posts;
  std::vector<Unparsed> unparsed;
  std::size_t lines = 0;        ///< that are not blank
  std::size_t dated_lines = 0;  ///< entries that begin with dates
};

}  // namespace cadre
