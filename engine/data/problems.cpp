#include "cadre/data/problems.hpp"

#include <fmt/format.h>

#include <utility>

namespace cadre {

void Problems::add(Diagnostic diagnostic) {
  const bool is_error = diagnostic.severity == Severity::kError;
  if (is_error) ++errors_;
  if (full()) {
    ++left_out_;
    left_out_errors_ = left_out_errors_ || is_error;
    return;
  }
  list_.push_back(std::move(diagnostic));
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
