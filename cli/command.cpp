#include "cli/command.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <system_error>

#include "cadre/base/error.hpp"
#include "cli/terminal.hpp"

namespace cadre::cli {

void print_diagnostics(const Diagnostics& diagnostics) {
  if (diagnostics.empty()) return;
  print_error(diagnostics);
  const auto errors = static_cast<std::size_t>(
      std::count_if(diagnostics.begin(), diagnostics.end(),
                    [](const Diagnostic& one) { return one.severity == Severity::kError; }));
  const std::size_t warnings = diagnostics.size() - errors;
  std::string summary;
  if (errors > 0) summary = counted(errors, "error", "errors");
  if (warnings > 0) {
    summary += (summary.empty() ? "" : ", ") + counted(warnings, "warning", "warnings");
  }
  print_error(summary + "\n");
}

std::vector<std::pair<std::string, std::string>> parse_settings(
    const std::vector<std::string>& settings) {
  std::vector<std::pair<std::string, std::string>> pairs;
  for (const std::string& setting : settings) {
    const std::size_t equals = setting.find('=');
    if (equals == std::string::npos || equals == 0) {
      throw Error(Error::Kind::kUsage, "",
                  fmt::format("--set takes NAME=VALUE, such as min_years=5, not '{}'", setting));
    }
    pairs.emplace_back(setting.substr(0, equals), setting.substr(equals + 1));
  }
  return pairs;
}

bool is_database(const std::string& path) {
  // Opening anything else might wait, or take bytes out of a stream.
  std::error_code none;
  if (!std::filesystem::is_regular_file(path, none)) return false;
  std::ifstream file(path, std::ios::binary);
  std::string start(15, '\0');
  file.read(start.data(), static_cast<std::streamsize>(start.size()));
  return start == "SQLite format 3";
}

std::string counted(std::size_t count, const std::string& one, const std::string& many) {
  return fmt::format("{} {}", count, count == 1 ? one : many);
}

}  // namespace cadre::cli
