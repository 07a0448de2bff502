// Where a rule stands, as a run tells it: the file relative to the folder of the rule set, so that
// a run does not depend on where the rules were kept.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "cadre/base/source.hpp"
#include "cadre/rules/model.hpp"

namespace cadre {

class RulePlaces {
 public:
  /// Keeps a reference to the sources of `rules`.
  explicit RulePlaces(const Rules& rules);

  /// By the number of the file in the sources.
  const std::vector<std::string>& paths() const { return paths_; }

  /// Empty and nothing for a range that is not known.
  const std::string& file(Range range) const;
  std::optional<std::uint32_t> line(Range range) const;

 private:
  bool known(Range range) const { return range.known() && range.file < paths_.size(); }

  const Sources* sources_;
  std::vector<std::string> paths_;
};

}  // namespace cadre
