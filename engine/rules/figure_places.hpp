// Where a part of a figure's SQL, or a column that it names, stands in the rule files. The model
// keeps texts only, so the files are parsed again, each once; this is for messages.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string_view>
#include <vector>

#include "cadre/rules/model.hpp"

namespace cadre {

/// The offset in `source`, which holds the scalar that begins at `begin` and whose value is
/// `value`, of the byte `at` of that value. White space in the one stands for any white space in
/// the other, which is how block and plain scalars are folded; an escape in double quotes ends the
/// way, and the offset of the last byte before it comes back.
std::size_t scalar_offset(std::string_view source, std::size_t begin, std::string_view value,
                          std::size_t at);

/// What of a figure names columns.
enum class ColumnUse : std::uint8_t { kKey, kChart, kPublished };

/// Keeps a reference to the rules. For one thread.
class FigurePlaces {
 public:
  explicit FigurePlaces(const Rules& rules);
  ~FigurePlaces();
  FigurePlaces(const FigurePlaces&) = delete;
  FigurePlaces& operator=(const FigurePlaces&) = delete;

  /// The place of the bytes [begin, end) of figure.sql. An unknown range if no rule file holds that
  /// SQL, as when it is a parameter's value.
  Range in_sql(const Figure& figure, std::size_t begin, std::size_t end);

  /// The place of the first mention of a column in the key of a figure, on the axes of its chart or
  /// in its published rows, in the file that names the figure. An unknown range if there is none,
  /// as when the column is a parameter's value.
  Range of_column(const Figure& figure, ColumnUse use, std::string_view column);

 private:
  struct File;
  const File& parsed(std::uint32_t file);
  Range find_sql(const Figure& figure);

  const Rules& rules_;
  std::vector<std::unique_ptr<const File>> files_;  // nullptr: not parsed yet
};

}  // namespace cadre
