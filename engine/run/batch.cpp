#include "cadre/run/batch.hpp"

#include <fmt/format.h>

#include <cstdint>
#include <nlohmann/json.hpp>
#include <system_error>
#include <utility>

#include "cadre/base/error.hpp"
#include "cadre/base/files.hpp"
#include "cadre/base/sha256.hpp"
#include "cadre/base/version.hpp"

namespace cadre {
namespace {

namespace fs = std::filesystem;
using Json = nlohmann::ordered_json;

/// What decides the bytes of the output, but for the data itself.
std::vector<Journal::Decider> deciders(const Rules& rules, const StreamOptions& options) {
  std::string what = sources_sha256(*rules.sources);
  for (const Parameter& parameter : rules.params) {
    what += sha256(parameter.name + "=" + parameter.value);
  }
  return {{"rules", sha256(what), "other rules"},
          {"reading",
           fmt::format("{} {} {}", static_cast<int>(options.format),
                       static_cast<int>(options.data.invalid_utf8), options.portion_bytes),
           "other options"},
          {"engine", std::string(kVersion), "another version of cadre"}};
}

std::string line_of(const FinishedPortion& portion) {
  return Json({{"sha256", portion.sha256},
               {"bytes", portion.bytes},
               {"people", portion.people},
               {"labels", portion.labels}})
      .dump();
}

/// Throws when it is none.
FinishedPortion portion_of(std::string_view line, std::size_t labels) {
  const Json json = Json::parse(line);
  FinishedPortion portion;
  json.at("sha256").get_to(portion.sha256);
  json.at("bytes").get_to(portion.bytes);
  json.at("people").get_to(portion.people);
  json.at("labels").get_to(portion.labels);
  if (portion.labels.size() != labels) throw Json::other_error::create(500, "labels", &json);
  return portion;
}

std::uintmax_t size_of(const fs::path& path) {
  std::error_code none;
  const std::uintmax_t size = fs::file_size(path, none);
  return none ? 0 : size;
}

}  // namespace

Batch::Batch(fs::path target, const Rules& rules, const StreamOptions& options)
    : target_(std::move(target)),
      partial_path_(target_.string() + ".partial"),
      journal_(target_.string() + ".journal", "batch", deciders(rules, options),
               [&, left = size_of(partial_path_)](std::string_view line) mutable {
                 FinishedPortion portion = portion_of(line, rules.labels.size());
                 if (portion.bytes > left) return false;  // its lines did not reach the disk
                 left -= portion.bytes;
                 finished_.push_back(std::move(portion));
                 return true;
               }) {
  std::uintmax_t bytes = 0;
  for (const FinishedPortion& portion : finished_) bytes += portion.bytes;
  if (bytes > 0) fs::resize_file(partial_path_, bytes);
  partial_.open(partial_path_,
                bytes > 0 ? std::ios::binary | std::ios::app : std::ios::binary | std::ios::trunc);
  if (!partial_) fail_to_write(partial_path_);
}

void Batch::write(std::string_view lines) {
  partial_.write(lines.data(), static_cast<std::streamsize>(lines.size()));
  if (!partial_.flush()) fail_to_write(partial_path_);
}

void Batch::finish(const FinishedPortion& portion) {
  journal_.add(line_of(portion));
}

void Batch::complete() {
  partial_.close();
  if (!partial_) fail_to_write(partial_path_);
  move_into_place(partial_path_, target_);
  journal_.remove();
}

}  // namespace cadre
