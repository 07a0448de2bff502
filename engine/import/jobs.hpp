// Jobs out of the words of an entry: 清华大学工程物理系讲师 is an organisation and a role. What
// tells them apart is the layout's (rules/layout.hpp: jobs, verbs, leads, clauses, items).
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "cadre/import/layout_matcher.hpp"

namespace cadre {

struct ToldJob {
  std::string org;    ///< empty: not told
  std::string role;   ///< likewise
  std::string guess;  ///< the rule, where the pattern is a guess
  std::string of;     ///< what the organisation is the organ of
};

struct ToldJobs {
  std::vector<ToldJob> found;
  std::string pending;  ///< words of an organisation whose role is not told
};

/// 省委常委、秘书长，省总工会主席: clauses, and in them items; one without an organisation is
/// another role in the one before it, one without a role the beginning of the next. In an entry
/// of a `moment` a whole clause without a role tells how it came about. `name` is the person's.
/// For layouts that part entries into clauses.
ToldJobs jobs_of_clauses(const LayoutMatcher& layout, const std::string& body, bool moment,
                         const std::string& name);

/// "served as deputy secretary of the Ningbo Party Committee and mayor of Ningbo": what comes
/// after the verb, parted where another post begins; a role without an organisation belongs to
/// the next one's. For layouts that read sentences.
ToldJobs jobs_of_sentence(const LayoutMatcher& layout, const std::string& body);

/// Without the words that only lead up to what follows (the layout's `leads`), and marks.
std::string without_lead(const LayoutMatcher& layout, std::string_view text);

}  // namespace cadre
