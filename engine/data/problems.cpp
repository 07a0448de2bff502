#include "cadre/data/problems.hpp"

#include <fmt/format.h>

#include <utility>

namespace cadre {

void Problems::add(Diagnostic diagnostic) {
  const bool is_error = diagnostic.severity == Severity::kError;
  if (is_error) ++errors_;
  if (is_repeated(diagnostic)) return;
  if (full()) {
    ++left_out_;
    left_out_errors_ = left_out_errors_ || is_error;
    return;
  }
  list_.push_back(std::move(diagnostic));
}

bool Problems::is_repeated(const Diagnostic& diagnostic) {
  constexpr std::size_t kPlaces = 3;
  if (diagnostic.place.line == 0 || !diagnostic.notes.empty()) return false;
  const auto [at, is_new] =
      told_.try_emplace(fmt::format("{}\x1F{}\x1F{}\x1F{}", diagnostic.place.path, diagnostic.code,
                                    diagnostic.message, diagnostic.hint));
  Repeated& told = at->second;
  if (is_new) told.at = list_.size();
  ++told.count;
  if (told.at >= list_.size()) return false;  // the first, or one that is only counted
  if (told.count <= kPlaces) list_[told.at].notes.push_back({diagnostic.place, "also here"});
  return true;
}

bool Problems::skip_error() {
  if (!full()) return false;
  add({});
  return true;
}

void Problems::error(std::string code, std::string message, Place place, std::string hint) {
  add({Severity::kError,
       std::move(code),
       std::move(message),
       std::move(place),
       std::move(hint),
       {}});
}

void Problems::warning(std::string code, std::string message, Place place, std::string hint) {
  add({Severity::kWarning,
       std::move(code),
       std::move(message),
       std::move(place),
       std::move(hint),
       {}});
}

void Problems::close() {
  for (const auto& [what, repeated] : told_) {
    if (repeated.count == 1 || repeated.at >= list_.size()) continue;
    list_[repeated.at].message += fmt::format(" ({} times)", repeated.count);
  }
  told_.clear();
  sort_by_place(list_);
  if (left_out_ == 0) return;
  Diagnostic more;
  more.severity = left_out_errors_ ? Severity::kError : Severity::kWarning;
  more.code = "too-many-diagnostics";
  more.message = left_out_ == 1 ? "1 more mistake is not listed"
                                : fmt::format("{} more mistakes are not listed", left_out_);
  if (!list_.empty()) more.place.path = list_.back().place.path;
  list_.push_back(std::move(more));
}

}  // namespace cadre
