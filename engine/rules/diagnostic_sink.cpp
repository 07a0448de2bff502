#include "cadre/rules/diagnostic_sink.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cstdint>
#include <map>
#include <string_view>
#include <tuple>

#include "cadre/text/utf8.hpp"

namespace cadre {

namespace {

bool same(const Diagnostic& a, const Diagnostic& b) {
  return a.code == b.code && a.message == b.message && a.place.path == b.place.path &&
         a.place.line == b.place.line && a.place.column == b.place.column;
}

/// A message may quote what somebody wrote, however long it is.
void shorten(std::string& text) {
  if (text.size() <= DiagnosticSink::kLongestMessage) return;
  std::size_t end = DiagnosticSink::kLongestMessage;
  while (end > 0 && continues_character(text[end])) --end;
  text.resize(end);
  text += "...";
}

}  // namespace

Place DiagnosticSink::place(Range range) const {
  if (!range.known()) {
    Place place;
    place.path = "--set";
    return place;
  }
  return places_.place(range);
}

Diagnostic& DiagnosticSink::add(Severity severity, Range range, std::string code,
                                std::string message, std::string hint) {
  if (severity == Severity::kError) ++errors_;
  if (diagnostics_.size() >= kMaxDiagnostics) {
    ++dropped_;
    overflow_ = {};
    return overflow_;
  }
  shorten(message);
  shorten(hint);
  ranges_.push_back(range);
  return diagnostics_.emplace_back(
      Diagnostic{severity, std::move(code), std::move(message), place(range), std::move(hint), {}});
}

std::vector<DiagnosticSink::ErrorAt> DiagnosticSink::errors_at() const {
  std::vector<ErrorAt> errors;
  for (std::size_t i = 0; i < diagnostics_.size(); ++i) {
    if (diagnostics_[i].severity == Severity::kError)
      errors.push_back({ranges_[i], diagnostics_[i]});
  }
  return errors;
}

Diagnostics DiagnosticSink::take() {
  ranges_.clear();
  // By the order in which the files were read; what the command line set comes first.
  std::map<std::string_view, std::size_t> order;
  for (std::size_t i = sources().size(); i > 0; --i) {
    order[sources().path(static_cast<std::uint32_t>(i - 1))] = i;
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
    if (sources().size() != 0) more.place.path = sources().path(0);
    diagnostics_.push_back(std::move(more));
  }
  return std::move(diagnostics_);
}

}  // namespace cadre
