#include "cadre/run/batch.hpp"

#include <fmt/format.h>

#include <memory>
#include <span>
#include <system_error>
#include <utility>

#include "cadre/base/error.hpp"
#include "cadre/base/files.hpp"
#include "cadre/base/json.hpp"
#include "cadre/base/sha256.hpp"
#include "cadre/base/version.hpp"

namespace cadre {
namespace {

namespace fs = std::filesystem;
/// What decides the bytes of the output, but for the data itself.
std::vector<Journal::Decider> deciders(const Rules& rules, const StreamOptions& options) {
  std::string what = sources_sha256(*rules.sources);
  for (const Parameter& parameter : rules.params) {
    what += sha256(parameter.name + "=" + parameter.value);
  }
  return {
      {"rules", sha256(what), "other rules"},
      {"reading",
       fmt::format("{} {} {} {}", static_cast<int>(options.format), static_cast<int>(options.cells),
                   static_cast<int>(options.data.invalid_utf8), options.portion_bytes),
       "other options"},
      {"engine", std::string(kVersion), "another version of cadre"}};
}

std::string line_of(const FinishedPortion& portion, const std::string& lines_sha256) {
  Json labels = Json::array();
  for (const auto& [yes, no, unknown] : portion.labels) {
    labels.push_back(Json::array({yes, no, unknown}));
  }
  return Json({{"sha256", portion.sha256},
               {"bytes", portion.bytes},
               {"lines_sha256", lines_sha256},
               {"people", portion.people},
               {"labels", std::move(labels)}})
      .compact();
}

/// A portion as the journal has it.
struct NotedPortion {
  FinishedPortion portion;
  std::string lines_sha256;
};

/// Throws when it is none.
NotedPortion noted_portion(std::string_view line, std::size_t labels) {
  const Json json = Json::parse(line).value();
  NotedPortion noted;
  noted.portion.sha256 = json.at("sha256").string();
  noted.portion.bytes = json.at("bytes").count();
  noted.lines_sha256 = json.at("lines_sha256").string();
  noted.portion.people = json.at("people").count();
  for (const Json& counts : json.at("labels")) {
    noted.portion.labels.push_back(
        {counts.at(0).count(), counts.at(1).count(), counts.at(2).count()});
  }
  if (noted.portion.labels.size() != labels) throw Json::Mismatch("other labels");
  return noted;
}

/// The lines that were kept, compared with their hashes portion by portion.
class PartialOutput {
 public:
  explicit PartialOutput(const fs::path& path) {
    std::error_code none;
    if (fs::exists(path, none)) file_ = std::make_unique<FileReader>(path);
  }

  /// Whether the next lines are those of the portion.
  bool next_are(const NotedPortion& noted) {
    // More than was kept must not be asked for: the number may be damaged.
    if (file_ == nullptr || noted.portion.bytes > file_->size() - seen_) return false;
    seen_ += noted.portion.bytes;
    std::string lines(noted.portion.bytes, '\0');
    for (std::size_t at = 0; at < lines.size();) {
      const std::size_t got = file_->read(std::span(lines).subspan(at));
      if (got == 0) return false;
      at += got;
    }
    return sha256(lines) == noted.lines_sha256;
  }

 private:
  std::unique_ptr<FileReader> file_;
  std::size_t seen_ = 0;
};

std::size_t bytes_of(const std::vector<FinishedPortion>& portions) {
  std::size_t bytes = 0;
  for (const FinishedPortion& portion : portions) bytes += portion.bytes;
  return bytes;
}

/// The path of a file that the batch may write.
fs::path checked(fs::path path, const FilesRead& read) {
  read.refuse(path);
  return path;
}

}  // namespace

Batch::Batch(fs::path target, const Rules& rules, const StreamOptions& options, FilesRead read)
    : read_(std::move(read)),
      target_(checked(std::move(target), read_)),
      partial_path_(checked(target_.string() + ".partial", read_)),
      journal_(
          checked(target_.string() + ".journal", read_), "batch", deciders(rules, options),
          [&, partial = std::make_shared<PartialOutput>(partial_path_)](std::string_view line) {
            NotedPortion noted = noted_portion(line, rules.labels.size());
            if (!partial->next_are(noted)) return false;
            finished_.push_back(std::move(noted.portion));
            return true;
          }),
      partial_(partial_path_, target_, bytes_of(finished_)) {}

void Batch::write(std::string_view lines) {
  partial_.write(lines);
  lines_sha256_ = sha256(lines);
}

void Batch::finish(const FinishedPortion& portion) {
  partial_.flush();
  journal_.add(line_of(portion, lines_sha256_));
}

void Batch::complete() {
  partial_.close();
  move_into_place(partial_path_, target_, read_);
  journal_.remove();
}

}  // namespace cadre
