// The lines of JSON that an edit of the rules may touch, found without parsing them.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "cadre/classify/edit.hpp"
#include "cadre/data/portions.hpp"
#include "cadre/match/few_words.hpp"
#include "cadre/match/literal_set.hpp"

namespace cadre {

/// Safe to share between threads.
class TouchedLines {
 public:
  /// Longer lines than `max_line_bytes` are found too, so that somebody tells of them.
  TouchedLines(const Edit& edit, std::size_t max_line_bytes);

  struct Found {
    std::string text;        ///< the lines that may be touched, and empty ones for the others
    std::size_t people = 0;  ///< lines that are not blank
  };

  /// Found are lines that hold one of the edit's words once they are folded, or an escape (\u673a),
  /// behind which a word may hide; and the first line of a file, which says what kind of file it
  /// is.
  Found find(const Portion& portion) const;

 private:
  std::vector<std::size_t> places(std::string_view text) const;
  bool holds_word(std::string_view text) const;

  /// How the words are looked for.
  enum class By : std::uint8_t {
    kFolding,        ///< in folded texts: one of them has no piece with few spellings
    kFewSpellings,   ///< each by itself
    kManySpellings,  ///< all together
  };

  bool all_;
  std::size_t max_line_bytes_;
  LiteralSet words_;
  By by_ = By::kFolding;
  FewWords few_spellings_;  // of a piece of each word
  LiteralSet spellings_;    // the same
  bool any_ascii_ = false;  // whether some of these are in ASCII letters
  bool any_han_ = false;    // and some in Han characters
};

}  // namespace cadre
