#include "cadre/import/unwrap.hpp"

#include <algorithm>
#include <array>
#include <cctype>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "cadre/text/blanks.hpp"
#include "cadre/text/han_variants.hpp"
#include "cadre/text/utf8.hpp"

namespace cadre {
namespace {

template <typename Marks>
bool ends_with_any(std::string_view text, const Marks& marks) {
  return std::any_of(marks.begin(), marks.end(),
                     [&](std::string_view one) { return text.ends_with(one); });
}

constexpr std::array<std::string_view, 5> kOpen = {"、", "，", ",", "（", "("};
constexpr std::array<std::string_view, 11> kClosed = {"。", "；", "：", "！", "？", ".",
                                                      ";",  ":",  "!",  "?",  "|"};
/// A line of a page that was wrapped by its width is at least so long.
constexpr std::size_t kWrappedWidth = 60;

/// How many brackets are open at the end of the text.
int open_brackets(std::string_view text) {
  int depth = 0;
  for (std::size_t at = 0; at < text.size();) {
    const char32_t letter = next_code_point(text, at);
    if (letter == U'（' || letter == U'(') ++depth;
    if ((letter == U'）' || letter == U')') && depth > 0) --depth;
  }
  return depth;
}

class Unwrapper {
 public:
  explicit Unwrapper(const std::vector<LayoutMatcher>& layouts) : layouts_(layouts) {}

  /// What joins `line` to the one after it; nothing where they stay apart.
  std::optional<std::string_view> joint(std::string_view line, std::string_view next) const {
    line = trimmed(line, " ");
    next = trimmed(next, " ");
    if (line.empty() || next.empty()) return std::nullopt;
    const LayoutMatcher* layout = layout_of(line);
    if (layout == nullptr) return std::nullopt;
    if (layout->labels(line)) {
      return layout->labels(next) ? std::nullopt : std::optional<std::string_view>(" | ");
    }
    const bool latin = static_cast<unsigned char>(line.back()) < 0x80;
    const bool open = ends_with_any(line, kOpen) || open_brackets(line) > 0;
    if (!open && ends_with_any(line, kClosed)) return std::nullopt;
    const bool wrapped = latin && layout->layout().periods_at == Layout::PeriodsAt::kAnywhere &&
                         (line.size() >= kWrappedWidth ||
                          std::islower(static_cast<unsigned char>(next.front())) != 0);
    const bool entry = begins_with_dates(*layout, line);
    if (!open && !wrapped && !entry) return std::nullopt;
    if (stands_alone(*layout, next) || layout->first(LayoutPart::kFurniture, line)) {
      return std::nullopt;
    }
    const std::string_view between = latin && !line.ends_with('(') ? " " : "";
    if (open || wrapped) return between;
    // An entry that says nothing yet.
    if (tells(*layout, line)) return std::nullopt;
    if (!tells(*layout, std::string(line) + std::string(between) + std::string(next))) {
      return std::nullopt;
    }
    return between;
  }

 private:
  const LayoutMatcher* layout_of(std::string_view line) const {
    for (const LayoutMatcher& one : layouts_) {
      if (one.reads(line) || one.labels(line)) return &one;
    }
    return nullptr;
  }

  static bool begins_with_dates(const LayoutMatcher& layout, std::string_view line) {
    return layout.first(LayoutPart::kPeriods, line, 0, true).has_value();
  }

  bool stands_alone(const LayoutMatcher& layout, std::string_view line) const {
    const LayoutMatcher* own = layout_of(line);
    return begins_with_dates(layout, line) || layout.first(LayoutPart::kFurniture, line) ||
           (own != nullptr && own->labels(line)) ||
           layout.first(LayoutPart::kFacts, line).has_value();
  }

  /// Whether the line ends in a role, or tells of study.
  static bool tells(const LayoutMatcher& layout, std::string_view line) {
    const auto period = layout.first(LayoutPart::kPeriods, line, 0, true);
    line.remove_prefix(std::min(period ? period->end : 0, line.size()));
    const std::string_view outside = line.substr(0, std::min(line.find("（"), line.find('(')));
    const auto [begin, end] = layout.clauses(outside).back();
    const auto job = layout.first(LayoutPart::kJobs, outside.substr(begin, end - begin));
    return (job && !job->pattern->guessed) || layout.first(LayoutPart::kStudies, line) ||
           layout.first(LayoutPart::kEvents, line);
  }

  const std::vector<LayoutMatcher>& layouts_;
};

/// A line may go on in the next, but not for ever.
constexpr std::size_t kMostBytes = 8192;
constexpr std::size_t kMostLines = 16;

}  // namespace

MappedText unwrapped(MappedText text, const std::vector<LayoutMatcher>& layouts) {
  const std::string all = simplified_in_place(text.text());  // patterns are written in these
  const Unwrapper unwrapper(layouts);
  std::vector<std::pair<std::size_t, std::string_view>> joints;  // line ends, and what stands there
  std::string line;                                              // as far as it is joined
  std::size_t joined = 0;
  for (std::size_t begin = 0; begin < all.size();) {
    const std::size_t end = all.find('\n', begin);
    if (end == std::string::npos) break;
    line += all.substr(begin, end - begin);
    const std::size_t next_end = std::min(all.find('\n', end + 1), all.size());
    const std::string_view next = std::string_view(all).substr(end + 1, next_end - end - 1);
    const auto joint = line.size() > kMostBytes || joined >= kMostLines
                           ? std::nullopt
                           : unwrapper.joint(line, next);
    if (joint) {
      joints.emplace_back(end, *joint);
      line += *joint;
      ++joined;
    } else {
      line.clear();
      joined = 0;
    }
    begin = end + 1;
  }
  if (joints.empty()) return text;
  MappedText out;
  out.reserve(all.size());
  auto next = joints.begin();
  for (std::size_t at = 0; at < all.size();) {
    if (next != joints.end() && at == next->first) {
      out.append(next->second, text.source(at));
      ++next;
      ++at;
      continue;
    }
    const std::size_t begin = at;
    next_code_point(all, at);
    out.append(std::string_view(text.text()).substr(begin, at - begin), text.source(begin));
  }
  out.set_source_size(text.source(all.size()));
  return out;
}

}  // namespace cadre
