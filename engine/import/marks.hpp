// The marks of written text that stand between what an importer reads, and its brackets. Texts are
// UTF-8, places are bytes.
#pragma once

#include <cstddef>
#include <string_view>
#include <utility>
#include <vector>

namespace cadre {

/// Without blanks and the marks that stand between entries, at both ends.
std::string_view trimmed_marks(std::string_view text);

/// The length of the mark or blank that `text` begins with, or 0.
std::size_t leading_mark(std::string_view text);

/// The length of an opening or closing bracket at `at`, or 0.
std::size_t bracket(std::string_view text, std::size_t at, bool opening);

/// Where the brackets of a text are closed, whatever their form, nested ones in their order.
class Brackets {
 public:
  explicit Brackets(std::string_view text);

  /// One past what closes the bracket that opens at byte `at` of the text; `limit` when that lies
  /// behind it, or nowhere.
  std::size_t end(std::size_t at, std::size_t limit) const;

 private:
  std::vector<std::pair<std::size_t, std::size_t>> pairs_;  // where one opens, and its end
};

}  // namespace cadre
