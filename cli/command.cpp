#include "cli/command.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <system_error>

#include "cadre/base/error.hpp"
#include "cadre/rules/render.hpp"
#include "cli/terminal.hpp"

namespace cadre::cli {

void print_diagnostics(const Diagnostics& diagnostics) {
  if (diagnostics.empty()) return;
  print_error(render_text(diagnostics, Terminal::of(stderr).colour));
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

void refuse_overwriting(const std::string& output, const std::vector<std::string>& inputs,
                        std::string_view option) {
  for (const std::string& input : inputs) {
    std::error_code none;
    if (!std::filesystem::equivalent(output, input, none)) continue;
    throw Error(
        Error::Kind::kUsage, output,
        fmt::format("{}'{}' would overwrite what is read; give another name", option, output));
  }
}

bool is_database(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  std::string start(15, '\0');
  file.read(start.data(), static_cast<std::streamsize>(start.size()));
  return start == "SQLite format 3";
}

std::string counted(std::size_t count, const std::string& one, const std::string& many) {
  return fmt::format("{} {}", count, count == 1 ? one : many);
}

}  // namespace cadre::cli
