#include "cli/output.hpp"

#include <fmt/format.h>
#include <unistd.h>

#include <filesystem>
#include <system_error>

#include "cadre/base/error.hpp"
#include "cadre/text/visible.hpp"
#include "cli/terminal.hpp"

namespace cadre::cli {
namespace {

namespace fs = std::filesystem;

/// The name of an output, `-` for all names of standard output.
std::string output_name(const std::string& given) {
  const std::string normal = fs::path(given).lexically_normal().string();
  const bool standard =
      normal == "/dev/stdout" || normal == "/dev/fd/1" || normal == "/proc/self/fd/1";
  return standard ? "-" : given;
}

}  // namespace

Option& add_output_option(Command& command, std::string_view names, std::string& variable,
                          std::string_view meaning) {
  return command.option(
      names, [&variable](const std::string& given) { variable = output_name(given); }, meaning);
}

void check_output(const std::string& output, const FilesRead& read) {
  if (read.contains(STDERR_FILENO)) throw StandardErrorIsRead();
  if (output.empty()) return;
  if (output == "-") {
    read.refuse("/dev/stdout");
    return;
  }
  read.refuse(output);
  std::error_code none;
  const fs::path folder = fs::path(output).parent_path();
  if (folder.empty() || fs::exists(folder, none)) return;
  throw Error(Error::Kind::kUsage, output,
              fmt::format("cannot write '{}': there is no folder '{}'", output, folder.string()));
}

void check_kept(const std::string& path) {
  FilesRead kept;
  kept.add(path);
  if (kept.contains(STDERR_FILENO)) throw StandardErrorIsRead();
  if (!kept.contains(STDOUT_FILENO)) return;
  throw Error(
      Error::Kind::kUsage, path,
      fmt::format("standard output goes into '{}', in which cadre keeps what is done; direct "
                  "it to another file",
                  path));
}

void check_database_output(const std::string& output, std::string_view what,
                           std::string_view remedy) {
  if (output != "-" && !is_stream(output)) return;
  const std::string where = output == "-" ? "to standard output" : fmt::format("into '{}'", output);
  throw Error(Error::Kind::kUsage, output,
              fmt::format("{} cannot go {}; give {}", what, where, remedy));
}

void write_data(const std::string& output, std::string_view data, const FilesRead& read) {
  if (output != "-") return write_file(output, data, read);
  print_data(data, read);
}

void write_text(const std::string& output, std::string_view text, const FilesRead& read) {
  if (output != "-") return write_file(output, visible(text), read);
  print(text, read);
}

void add_spreadsheet_option(Command& command, bool& spreadsheet_safe) {
  command.flag("--spreadsheet-safe", spreadsheet_safe,
               "In CSV, put ' before texts that a spreadsheet would take for a formula");
}

void check_spreadsheet_option(bool spreadsheet_safe, std::string_view format) {
  if (!spreadsheet_safe || format == "csv") return;
  throw Error(Error::Kind::kUsage, "",
              fmt::format("--spreadsheet-safe is for CSV, and the format is {}", format));
}

}  // namespace cadre::cli
