#include "cadre/run/journal.hpp"

#include <fmt/format.h>

#include <cstdint>
#include <exception>
#include <optional>
#include <system_error>
#include <utility>

#include "cadre/base/error.hpp"
#include "cadre/base/json.hpp"
#include "cadre/base/sha256.hpp"

namespace cadre {
namespace {

/// The key by which the first line is known.
std::string title_of(const std::string& work) {
  return "cadre " + work + " journal";
}

/// Of the form of the lines; those of 1 had no hash.
constexpr int kVersionOfLines = 2;

constexpr std::string_view kHash = ",\"line_sha256\":\"";
constexpr std::string_view kEnd = "\"}";
constexpr std::size_t kHexDigits = 64;

/// {"a":1} as {"a":1,"line_sha256":"..."}.
std::string with_hash(std::string_view line) {
  return fmt::format("{}{}{}{}", line.substr(0, line.size() - 1), kHash, sha256(line), kEnd);
}

/// The line of which with_hash made this; nothing when it made no such line.
std::optional<std::string> without_hash(std::string_view line) {
  constexpr std::size_t kAdded = kHash.size() + kHexDigits + kEnd.size();
  if (line.size() < kAdded) return std::nullopt;
  std::string before(line.substr(0, line.size() - kAdded));
  before += '}';
  if (with_hash(before) != line) return std::nullopt;
  return before;
}

}  // namespace

std::string sources_sha256(const Sources& sources) {
  std::string all;
  for (std::uint32_t file = 0; file < sources.size(); ++file) all += sha256(sources.text(file));
  return sha256(all);
}

Journal::Journal(std::filesystem::path path, const std::string& work,
                 const std::vector<Decider>& deciders,
                 const std::function<bool(std::string_view line)>& take)
    : path_(std::move(path)), lock_(path_) {
  const std::string text = read_file(path_);
  const std::size_t kept = text.empty() ? 0 : read(text, work, deciders, take);
  if (kept < text.size()) std::filesystem::resize_file(path_, kept);
  file_.open(path_, std::ios::binary | std::ios::app);
  if (text.empty()) {
    Json head = {{title_of(work), kVersionOfLines}};
    for (const Decider& decider : deciders) head[decider.name] = decider.value;
    append(head.compact());
  }
  if (!file_) fail_to_write(path_);
}

std::size_t Journal::read(const std::string& text, const std::string& work,
                          const std::vector<Decider>& deciders,
                          const std::function<bool(std::string_view line)>& take) const {
  const std::size_t head_end = text.find('\n');
  const std::optional<Json> head = Json::parse(std::string_view(text).substr(0, head_end));
  if (head_end == std::string::npos || !head || !head->contains(title_of(work))) {
    throw Error(Error::Kind::kCorrupt, path_.string(),
                fmt::format("'{}' is not what an interrupted {} leaves", path_.string(), work));
  }
  const Json& version = head->at(title_of(work));
  if (!version.is_integer() || version.integer() != kVersionOfLines) {
    throw Error(Error::Kind::kUsage, path_.string(),
                fmt::format("the interrupted {} in '{}' was made by a version of cadre whose "
                            "results cannot be verified; remove the file to start anew",
                            work, path_.string()));
  }
  for (const Decider& decider : deciders) {
    const Json* before = head->find(decider.name);
    if (before != nullptr && before->is_string() && before->string() == decider.value) continue;
    throw Error(Error::Kind::kUsage, path_.string(),
                fmt::format("the interrupted {} in '{}' was made from {}; remove the file to start "
                            "anew",
                            work, path_.string(), decider.otherwise));
  }
  std::size_t kept = head_end + 1;
  while (kept < text.size()) {
    const std::size_t end = text.find('\n', kept);
    if (end == std::string::npos) break;
    const auto line = without_hash(std::string_view(text).substr(kept, end - kept));
    if (!line) break;
    bool wanted = false;
    try {
      wanted = take(*line);
    } catch (const std::exception&) {
      throw Error(Error::Kind::kCorrupt, path_.string(),
                  fmt::format("'{}' is damaged; remove the file to start anew", path_.string()));
    }
    if (!wanted) break;
    kept = end + 1;
  }
  return kept;
}

void Journal::add(std::string_view line) {
  append(with_hash(line));
}

void Journal::append(std::string_view line) {
  file_ << line << std::endl;
  if (!file_) fail_to_write(path_);
}

void Journal::remove() {
  file_.close();
  std::error_code ignored;
  std::filesystem::remove(path_, ignored);
}

}  // namespace cadre
