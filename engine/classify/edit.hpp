// What an edit of the rules can change, told without looking at people: whether labels are written
// otherwise, and, where no more than terms came or went, or categories with theirs, the words that
// a person's texts must hold for a label to come out otherwise.
#pragma once

#include <string>
#include <vector>

#include "cadre/rules/model.hpp"

namespace cadre {

class Edit {
 public:
  /// Labels are held against those of the same name. Those that only `before` has do not matter.
  Edit(const Rules& before, const Rules& after);

  /// Whether anybody's labels may differ: a label is written otherwise, the categories that both
  /// lexicons have lie in another order or below another, a regular expression came or went, or a
  /// near or not_near did or has another window. (A word of one is a literal like others.)
  bool touches_anybody() const { return touches_anybody_; }

  /// Otherwise: literal terms that came or went, folded (text/fold.hpp), each once; of terms that
  /// keep their blanks a part without, and of terms that keep their accents the form without. The
  /// labels of a person none of whose texts, folded without blanks between Han characters and
  /// without accents, holds one of them, inside or outside a word, are the same.
  const std::vector<std::string>& words() const { return words_; }

  /// Which labels of the second rule set may differ: those that are written otherwise, look for
  /// terms or into categories that came, went or moved, or name labels that do. The others are the
  /// same for everybody.
  const std::vector<bool>& labels() const { return labels_; }

 private:
  bool touches_anybody_ = false;
  std::vector<bool> labels_;
  std::vector<std::string> words_;
};

}  // namespace cadre
