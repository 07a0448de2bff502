#include "cadre/run/rule_places.hpp"

#include <filesystem>

namespace cadre {
namespace {

namespace fs = std::filesystem;

std::string relative_to(const fs::path& folder, const std::string& path) {
  const fs::path relative = fs::path(path).lexically_normal().lexically_relative(folder);
  // A file given by an absolute path and a folder given by a relative one have nothing in common.
  return (relative.empty() ? fs::path(path).filename() : relative).generic_string();
}

}  // namespace

RulePlaces::RulePlaces(const Rules& rules) : sources_(rules.sources.get()) {
  if (!sources_ || sources_->size() == 0) return;
  const std::uint32_t root = rules.range.known() ? rules.range.file : 0;
  const fs::path folder = fs::path(sources_->path(root)).lexically_normal().parent_path();
  for (std::uint32_t file = 0; file < sources_->size(); ++file) {
    paths_.push_back(relative_to(folder, sources_->path(file)));
  }
}

const std::string& RulePlaces::file(Range range) const {
  static const std::string kNone;
  return known(range) ? paths_[range.file] : kNone;
}

std::optional<std::uint32_t> RulePlaces::line(Range range) const {
  if (!known(range)) return std::nullopt;
  return sources_->line(range.file, range.begin);
}

}  // namespace cadre
