#include "cadre/analyse/diff_groups.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cstdlib>

namespace cadre {
namespace {

constexpr const char* kSameValue = "same value, other evidence";

std::string direction(const LabelDiff& label, const ChangedLabel& one) {
  if (one.same_value()) return kSameValue;
  const bool both = one.truth_before == Truth::kTrue && one.truth_after == Truth::kTrue;
  if (both && label.kind == "number") {
    return std::strtod(one.after.c_str(), nullptr) < std::strtod(one.before.c_str(), nullptr)
               ? "less"
               : "more";
  }
  if (both && label.kind == "date") return one.after < one.before ? "earlier" : "later";
  const bool value = label.kind == "number" || label.kind == "date";
  if (value && one.truth_before == Truth::kTrue) return "a value -> " + one.after;
  if (value && one.truth_after == Truth::kTrue) return one.before + " -> a value";
  return one.before + " -> " + one.after;
}

template <typename Group>
void most_first(std::vector<Group>& groups, std::size_t (*size)(const Group&)) {
  std::stable_sort(groups.begin(), groups.end(),
                   [&](const Group& a, const Group& b) { return size(a) > size(b); });
}

}  // namespace

std::vector<DirectionGroup> group_people(const LabelDiff& label) {
  std::vector<DirectionGroup> groups;
  for (const ChangedLabel& one : label.people) {
    const std::string wanted = direction(label, one);
    auto group = std::find_if(groups.begin(), groups.end(), [&](const DirectionGroup& known) {
      return known.direction == wanted;
    });
    if (group == groups.end()) group = groups.insert(group, {wanted, 0, {}});
    ++group->people;
    auto cause = std::find_if(group->causes.begin(), group->causes.end(), [&](const auto& known) {
      return known.causes == one.causes && known.smallest == one.smallest &&
             known.all_found == one.all_found;
    });
    if (cause == group->causes.end()) {
      cause = group->causes.insert(cause, {one.causes, one.smallest, one.all_found, {}});
    }
    cause->people.push_back(&one);
  }
  for (DirectionGroup& group : groups) {
    most_first<CauseGroup>(group.causes, [](const CauseGroup& one) { return one.people.size(); });
  }
  most_first<DirectionGroup>(groups, [](const DirectionGroup& one) {
    return one.direction == kSameValue ? std::size_t{0} : one.people;
  });
  return groups;
}

std::string summary(const LabelDiff& label) {
  if (!label.in_before || !label.in_after) {
    const auto& counts = label.in_after ? label.after : label.before;
    return fmt::format("{}, true of {}", label.in_after ? "added" : "removed",
                       counts[static_cast<std::size_t>(Truth::kTrue)]);
  }
  std::size_t fewer = 0;
  std::size_t more = 0;
  std::size_t others = 0;
  std::size_t same = 0;
  for (const ChangedLabel& one : label.people) {
    if (one.same_value()) {
      ++same;
    } else if (one.truth_before == Truth::kTrue && one.truth_after != Truth::kTrue) {
      ++fewer;
    } else if (one.truth_before != Truth::kTrue && one.truth_after == Truth::kTrue) {
      ++more;
    } else {
      ++others;
    }
  }
  std::string text;
  const auto add = [&](const std::string& part) { text += (text.empty() ? "" : ", ") + part; };
  if (fewer + more > 0) add(fmt::format("{} fewer, {} more", fewer, more));
  if (others > 0) {
    add(fmt::format("{} {}", others,
                    label.kind == "plain" ? "between false and unknown" : "with another value"));
  }
  if (same > 0) add(fmt::format("{} with other evidence only", same));
  return text;
}

std::string reason(const ChangedLabel& one) {
  if (one.truth_after != Truth::kTrue) return one.same_value() ? "" : one.reason_after;
  return one.truth_before != Truth::kTrue ? one.reason_before : "";
}

}  // namespace cadre
