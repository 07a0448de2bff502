#include "cadre/base/diagnostic.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <map>
#include <tuple>
#include <utility>

#include "cadre/text/utf8.hpp"

namespace cadre {
namespace {

constexpr std::size_t kLongestName = 200;

/// A name as code points, with a set of its letters: two names that many letters tell apart are
/// that many edits apart, which is told without comparing them.
struct Letters {
  std::u32string text;
  std::uint64_t set = 0;  // of letters, by their last six bits

  void assign(std::string_view name) {
    text.clear();
    set = 0;
    for (std::size_t at = 0; at < name.size();) {
      const auto byte = static_cast<unsigned char>(name[at]);
      const char32_t c = byte < 0x80 ? (++at, byte) : next_code_point(name, at);
      text += c;
      set |= std::uint64_t{1} << (c & 63);
    }
  }
};

/// An edit brings at most one letter and takes at most one.
std::size_t least_edits(const Letters& a, const Letters& b) {
  const auto [shorter, longer] = std::minmax({a.text.size(), b.text.size()});
  return std::max({longer - shorter, static_cast<std::size_t>(std::popcount(a.set & ~b.set)),
                   static_cast<std::size_t>(std::popcount(b.set & ~a.set))});
}

/// The optimal string alignment distance, by rows of the usual table.
class EditDistance {
 public:
  std::size_t operator()(std::u32string_view a, std::u32string_view b) {
    last_.resize(b.size() + 1);
    before_last_.resize(b.size() + 1);
    row_.resize(b.size() + 1);
    for (std::size_t j = 0; j <= b.size(); ++j) row_[j] = j;
    for (std::size_t i = 1; i <= a.size(); ++i) {
      std::swap(before_last_, last_);
      std::swap(last_, row_);
      row_[0] = i;
      for (std::size_t j = 1; j <= b.size(); ++j) {
        const std::size_t substituted = last_[j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1);
        row_[j] = std::min({last_[j] + 1, row_[j - 1] + 1, substituted});
        if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1]) {
          row_[j] = std::min(row_[j], before_last_[j - 2] + 1);
        }
      }
    }
    return row_[b.size()];
  }

 private:
  std::vector<std::size_t> before_last_, last_, row_;
};

}  // namespace

bool has_errors(const Diagnostics& diagnostics) {
  return std::any_of(diagnostics.begin(), diagnostics.end(),
                     [](const Diagnostic& d) { return d.severity == Severity::kError; });
}

void sort_by_place(Diagnostics& diagnostics) {
  std::map<std::string, std::size_t> file_order;
  for (const Diagnostic& d : diagnostics) file_order.emplace(d.place.path, file_order.size());
  const auto key = [&](const Diagnostic& d) {
    return std::tuple(file_order.find(d.place.path)->second, d.place.line, d.place.column);
  };
  std::stable_sort(diagnostics.begin(), diagnostics.end(),
                   [&](const Diagnostic& a, const Diagnostic& b) { return key(a) < key(b); });
}

std::string nearest_name(std::string_view name, const std::vector<std::string>& candidates) {
  Letters wanted;
  wanted.assign(name);
  if (wanted.text.size() > kLongestName) return {};
  // A distance is near enough when it lies below this bound.
  std::size_t bound = std::max<std::size_t>(1, wanted.text.size() / 3) + 1;
  const std::string* nearest = nullptr;
  Letters letters;
  EditDistance edit_distance;
  for (const std::string& candidate : candidates) {
    if (candidate.size() + bound <= wanted.text.size()) continue;  // it has no more letters
    letters.assign(candidate);
    if (least_edits(wanted, letters) >= bound) continue;
    const std::size_t distance = edit_distance(wanted.text, letters.text);
    if (distance < bound && distance < std::max(wanted.text.size(), letters.text.size())) {
      bound = distance;
      nearest = &candidate;
    }
  }
  return nearest == nullptr ? std::string() : *nearest;
}

std::string did_you_mean(std::string_view name, const std::vector<std::string>& candidates) {
  const std::string nearest = nearest_name(name, candidates);
  return nearest.empty() ? nearest : fmt::format("; did you mean '{}'?", nearest);
}

}  // namespace cadre
