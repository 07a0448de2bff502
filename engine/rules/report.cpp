#include "cadre/rules/report.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cstdint>
#include <map>
#include <string_view>
#include <tuple>

#include "cadre/text/utf8.hpp"

namespace cadre {

namespace {

/// Of lines longer than this only a part is quoted, and the work of quoting must not grow with
/// them: a machine may have written all of a file on one line.
constexpr std::size_t kLongLine = 4000;
constexpr std::size_t kPartBefore = 100;
constexpr std::size_t kPartAfter = 300;

/// Code points of UTF-8.
std::uint32_t count(std::string_view text) {
  return static_cast<std::uint32_t>(std::count_if(
      text.begin(), text.end(), [](char byte) { return !continues_character(byte); }));
}

Place place_in_long_line(std::string_view line, std::size_t begin, std::size_t end) {
  std::size_t from = begin - std::min(begin, kPartBefore);
  while (from > 0 && continues_character(line[from])) --from;
  std::size_t to = std::min(line.size(), begin + kPartAfter);
  while (to < line.size() && continues_character(line[to])) ++to;
  end = std::clamp(end, begin, to);
  Place place;
  place.excerpt = line.substr(from, to - from);
  place.excerpt_column = 1 + count(line.substr(0, from));
  place.column = place.excerpt_column + count(line.substr(from, begin - from));
  place.end_column = place.column + count(line.substr(begin, end - begin));
  return place;
}

bool same(const Diagnostic& a, const Diagnostic& b) {
  return a.code == b.code && a.message == b.message && a.place.path == b.place.path &&
         a.place.line == b.place.line && a.place.column == b.place.column;
}

}  // namespace

Place Report::place(Range range) const {
  if (!range.known()) {
    Place place;
    place.path = "--set";
    return place;
  }
  const std::string_view text = sources_.text(range.file);
  const std::size_t at = std::min<std::size_t>(range.begin, text.size());
  const std::size_t start = at == 0 ? 0 : text.rfind('\n', at - 1) + 1;
  const std::size_t end = std::min(text.find('\n', at), text.size());
  if (end - start <= kLongLine || find_invalid_utf8(text.substr(start, end - start))) {
    return sources_.place(range);
  }
  Place place = place_in_long_line(text.substr(start, end - start), at - start,
                                   std::max<std::size_t>(range.end, at) - start);
  place.path = sources_.path(range.file);
  place.line = sources_.line(range.file, range.begin);
  return place;
}

Diagnostic& Report::add(Severity severity, Range range, std::string code, std::string message,
                        std::string hint) {
  if (severity == Severity::kError) ++errors_;
  if (diagnostics_.size() >= kMaxDiagnostics) {
    ++dropped_;
    overflow_ = {};
    return overflow_;
  }
  return diagnostics_.emplace_back(
      Diagnostic{severity, std::move(code), std::move(message), place(range), std::move(hint), {}});
}

Diagnostics Report::take() {
  // By the order in which the files were read; what the command line set comes first.
  std::map<std::string_view, std::size_t> order;
  for (std::size_t i = sources_.size(); i > 0; --i) {
    order[sources_.path(static_cast<std::uint32_t>(i - 1))] = i;
  }
  const auto key = [&](const Diagnostic& diagnostic) {
    const auto found = order.find(diagnostic.place.path);
    return std::tuple(found == order.end() ? 0 : found->second, diagnostic.place.line,
                      diagnostic.place.column);
  };
  std::stable_sort(diagnostics_.begin(), diagnostics_.end(),
                   [&](const Diagnostic& a, const Diagnostic& b) { return key(a) < key(b); });
  diagnostics_.erase(std::unique(diagnostics_.begin(), diagnostics_.end(), same),
                     diagnostics_.end());
  if (dropped_ != 0) {
    Diagnostic more;
    more.severity = errors_ != 0 ? Severity::kError : Severity::kWarning;
    more.code = "too-many-diagnostics";
    more.message = fmt::format("{} more mistakes are not listed", dropped_);
    if (sources_.size() != 0) more.place.path = sources_.path(0);
    diagnostics_.push_back(std::move(more));
  }
  return std::move(diagnostics_);
}

}  // namespace cadre
