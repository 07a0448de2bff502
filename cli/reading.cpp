#include "cli/reading.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>
#include <sys/resource.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <cstdint>
#include <filesystem>
#include <limits>
#include <optional>
#include <string>
#include <string_view>
#include <system_error>
#include <vector>

#include "cadre/base/diagnostic.hpp"
#include "cadre/base/error.hpp"
#include "cadre/base/json.hpp"
#include "cli/command_line.hpp"

namespace cadre::cli {
namespace {

constexpr std::array<std::string_view, 3> kInvalidUtf8 = {"refuse", "replace", "skip"};

[[noreturn]] void refuse(const std::string& why) {
  throw Error(Error::Kind::kUsage, "", why);
}

/// A limit: its name, where it is kept, and whether it counts bytes.
struct Limit {
  std::string_view name;
  std::size_t* value;
  bool bytes = false;
};

std::vector<Limit> limits_of(Limits& limits) {
  constexpr bool kBytes = true;
  return {
      {"rule-file", &limits.rules.max_file_bytes, kBytes},
      {"rule-files", &limits.rules.max_files},
      {"rule-links", &limits.rules.max_links},
      {"yaml-depth", &limits.rules.max_depth},
      {"yaml-nodes", &limits.rules.max_nodes},
      {"yaml-entries", &limits.rules.max_entries},
      {"terms", &limits.rules.max_terms},
      {"regex", &limits.rules.max_regex_bytes, kBytes},
      {"regex-memory", &limits.rules.max_regex_memory, kBytes},
      {"matches", &limits.rules.max_matches},
      {"data-file", &limits.data.max_file_bytes, kBytes},
      {"line", &limits.data.max_line_bytes, kBytes},
      {"text", &limits.data.max_text_bytes, kBytes},
      {"resources", &limits.data.max_resources},
      {"columns", &limits.data.max_columns},
      {"values", &limits.data.max_values},
      {"query-rows", &limits.queries.max_rows},
      {"query-bytes", &limits.queries.max_bytes, kBytes},
      {"query-memory", &limits.queries.max_memory, kBytes},
  };
}

/// 5000, and of bytes also 16MiB. Nothing for what is no such number, 0 included.
std::optional<std::size_t> parse_amount(std::string_view text, bool bytes) {
  std::uint64_t number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc() || number == 0) return std::nullopt;
  const std::string_view unit(end, static_cast<std::size_t>(text.data() + text.size() - end));
  unsigned shift = 0;
  if (bytes && unit == "KiB") {
    shift = 10;
  } else if (bytes && unit == "MiB") {
    shift = 20;
  } else if (bytes && unit == "GiB") {
    shift = 30;
  } else if (!unit.empty()) {
    return std::nullopt;
  }
  if (number > std::numeric_limits<std::size_t>::max() >> shift) return std::nullopt;
  return static_cast<std::size_t>(number << shift);
}

[[noreturn]] void refuse_value(std::string_view name, std::string_view value, bool bytes) {
  refuse(fmt::format("--limit {}: '{}' is no {}", name, value,
                     bytes ? "number of bytes such as 65536 or 64MiB" : "whole number above 0"));
}

/// More than this the program is not given by the system.
void limit_memory(std::size_t bytes) {
  const rlimit limit{bytes, bytes};
  if (setrlimit(RLIMIT_DATA, &limit) != 0) {
    refuse("--limit memory: the system does not allow it");
  }
}

void set_limit(const std::string& setting, Limits& limits) {
  const std::size_t equals = setting.find('=');
  if (equals == std::string::npos) {
    refuse(fmt::format("--limit takes NAME=VALUE, such as data-file=16GiB, not '{}'", setting));
  }
  const std::string name = setting.substr(0, equals);
  const std::string_view value = std::string_view(setting).substr(equals + 1);
  std::vector<std::string> names = {"query-time", "memory"};
  for (const Limit& limit : limits_of(limits)) {
    names.emplace_back(limit.name);
    if (limit.name != name) continue;
    const auto amount = parse_amount(value, limit.bytes);
    if (!amount) refuse_value(name, value, limit.bytes);
    *limit.value = *amount;
    return;
  }
  if (name != "query-time" && name != "memory") {
    std::sort(names.begin(), names.end());
    const std::string guess = did_you_mean(name, names);
    refuse(
        fmt::format("there is no limit '{}'{}", name,
                    guess.empty() ? fmt::format("; there are {}", fmt::join(names, ", ")) : guess));
  }
  const auto amount = parse_amount(value, name == "memory");
  if (!amount) refuse_value(name, value, name == "memory");
  if (name == "memory") return limit_memory(*amount);
  limits.queries.max_seconds = static_cast<double>(*amount);
}

}  // namespace

void add_limit_option(Command& command, Limits& limits) {
  command
      .option(
          "--limit NAME=VALUE",
          [&limits](const std::string& setting) { set_limit(setting, limits); },
          "Allow more or less than usual (docs/limits.md): data-file=16GiB, query-time=5")
      .repeat();
}

void add_invalid_utf8_option(Command& command, DataOptions& data) {
  command
      .option(
          "--invalid-utf8",
          [&data](const std::string& word) {
            const auto at = std::find(kInvalidUtf8.begin(), kInvalidUtf8.end(), word);
            data.invalid_utf8 = static_cast<InvalidUtf8>(at - kInvalidUtf8.begin());
          },
          "What to do with bytes of the data that are not UTF-8")
      .take_one_of({kInvalidUtf8.begin(), kInvalidUtf8.end()})
      .show_default("refuse");
}

void add_rules(FilesRead& read, const Sources& sources) {
  for (std::uint32_t file = 0; file < sources.size(); ++file) read.add(sources.path(file));
}

void add_data(FilesRead& read, const std::string& path, const Dataset& dataset) {
  namespace fs = std::filesystem;
  if (path == "-") return read.add("/dev/stdin");
  read.add(path);
  std::error_code none;
  const fs::path folder =
      fs::is_directory(path, none) ? fs::path(path) : fs::path(path).parent_path();
  for (const InputFile& file : dataset.inputs) read.add(folder / file.path);
}

void add_unloaded_data(FilesRead& read, const std::string& path) {
  namespace fs = std::filesystem;
  if (path == "-") return read.add("/dev/stdin");
  read.add(path);
  std::error_code none;
  const fs::path package =
      fs::is_directory(path, none) ? fs::path(path) / "datapackage.json" : fs::path(path);
  if (package.filename() != "datapackage.json" || !fs::is_regular_file(package, none)) return;
  read.add(package);
  const std::optional<Json> json = Json::parse(read_file(package));
  const Json* const resources = json ? json->find("resources") : nullptr;
  if (resources == nullptr) return;
  for (const Json& resource : resources->items()) {
    const Json* const file = resource.find("path");
    if (file != nullptr && file->is_string()) read.add(package.parent_path() / file->string());
  }
}

std::string_view name(InvalidUtf8 what) {
  return kInvalidUtf8[static_cast<std::size_t>(what)];
}

}  // namespace cadre::cli
