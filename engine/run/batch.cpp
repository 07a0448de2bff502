#include "cadre/run/batch.hpp"

#include <fmt/format.h>

#include <cstdint>
#include <nlohmann/json.hpp>
#include <system_error>
#include <utility>

#include "cadre/base/error.hpp"
#include "cadre/base/files.hpp"
#include "cadre/base/version.hpp"

namespace cadre {
namespace {

namespace fs = std::filesystem;
using Json = nlohmann::ordered_json;

[[noreturn]] void refuse(Error::Kind kind, const fs::path& path, const std::string& why) {
  throw Error(kind, path.string(), why);
}

[[noreturn]] void cannot_write(const fs::path& path) {
  refuse(Error::Kind::kIo, path, fmt::format("cannot write '{}'", path.string()));
}

/// What decides the bytes of the output, but for the data itself.
Json identity(const Rules& rules, const StreamOptions& options) {
  std::string texts;
  for (std::uint32_t file = 0; file < rules.sources->size(); ++file) {
    texts += sha256(rules.sources->text(file));
  }
  for (const Parameter& parameter : rules.params) {
    texts += sha256(parameter.name + "=" + parameter.value);
  }
  return {
      {"cadre batch journal", 1},
      {"engine", kVersion},
      {"rules", sha256(texts)},
      {"reading", fmt::format("{} {} {}", static_cast<int>(options.format),
                              static_cast<int>(options.data.invalid_utf8), options.portion_bytes)}};
}

Json json_of(const FinishedPortion& portion) {
  Json labels = Json::array();
  for (const auto& counts : portion.labels) labels.push_back(counts);
  return {{"sha256", portion.sha256},
          {"bytes", portion.bytes},
          {"people", portion.people},
          {"labels", std::move(labels)}};
}

FinishedPortion portion_of(const Json& json) {
  FinishedPortion portion;
  portion.sha256 = json.at("sha256").get<std::string>();
  portion.bytes = json.at("bytes").get<std::size_t>();
  portion.people = json.at("people").get<std::size_t>();
  portion.labels = json.at("labels").get<LabelCounts>();
  return portion;
}

}  // namespace

Batch::Batch(fs::path target, const Rules& rules, const StreamOptions& options)
    : target_(std::move(target)),
      partial_path_(target_.string() + ".partial"),
      journal_path_(target_.string() + ".journal"),
      lock_(journal_path_) {
  const std::string head = identity(rules, options).dump();
  if (fs::file_size(journal_path_) > 0) read(head);
  for (const FinishedPortion& portion : finished_) {
    if (portion.labels.size() == rules.labels.size()) continue;
    refuse(Error::Kind::kCorrupt, journal_path_,
           fmt::format("'{}' is damaged; remove the file to start anew", journal_path_.string()));
  }
  const std::ios::openmode mode =
      finished_.empty() ? std::ios::binary | std::ios::trunc : std::ios::binary | std::ios::app;
  partial_.open(partial_path_, mode);
  if (!partial_) cannot_write(partial_path_);
  journal_.open(journal_path_, mode);
  if (finished_.empty()) journal_ << head << std::endl;
  if (!journal_) cannot_write(journal_path_);
}

void Batch::read(const std::string& identity) {
  const std::string text = read_file(journal_path_);
  std::error_code none;
  const std::uintmax_t written = fs::exists(partial_path_, none) ? fs::file_size(partial_path_) : 0;
  std::uintmax_t bytes = 0;  // of the output that is kept
  std::size_t whole = 0;     // bytes of the journal that are kept
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t end = text.find('\n', at);
    if (end == std::string::npos) break;  // cut short
    const Json json = Json::parse(text.substr(at, end - at), nullptr, false);
    if (at == 0) {
      if (!json.is_object() || !json.contains("cadre batch journal")) {
        refuse(Error::Kind::kCorrupt, journal_path_,
               fmt::format("'{}' is not what an interrupted batch leaves", journal_path_.string()));
      }
      const Json now = Json::parse(identity);
      static const std::pair<const char*, const char*> kParts[] = {
          {"rules", "by other rules"},
          {"reading", "with other options"},
          {"engine", "by another version of cadre"}};
      for (const auto& [part, what] : kParts) {
        if (json.contains(part) && json.at(part) == now.at(part)) continue;
        refuse(Error::Kind::kUsage, journal_path_,
               fmt::format("what is kept in '{}' was classified {}; remove '{}' to start anew",
                           partial_path_.string(), what, journal_path_.string()));
      }
    } else {
      FinishedPortion portion;
      try {
        portion = portion_of(json);
      } catch (const Json::exception&) {
        refuse(
            Error::Kind::kCorrupt, journal_path_,
            fmt::format("'{}' is damaged; remove the file to start anew", journal_path_.string()));
      }
      if (portion.bytes > written - bytes) break;  // its lines did not reach the disk
      bytes += portion.bytes;
      finished_.push_back(std::move(portion));
    }
    at = whole = end + 1;
  }
  if (finished_.empty()) return;
  fs::resize_file(partial_path_, bytes);
  fs::resize_file(journal_path_, whole);
}

void Batch::write(std::string_view lines) {
  partial_.write(lines.data(), static_cast<std::streamsize>(lines.size()));
  if (!partial_.flush()) cannot_write(partial_path_);
}

void Batch::finish(const FinishedPortion& portion) {
  journal_ << json_of(portion).dump() << std::endl;
  if (!journal_) cannot_write(journal_path_);
}

void Batch::complete() {
  partial_.close();
  journal_.close();
  move_into_place(partial_path_, target_);
  std::error_code none;
  fs::remove(journal_path_, none);
}

}  // namespace cadre
