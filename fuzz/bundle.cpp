#include "fuzz/bundle.hpp"

#include <algorithm>

#include "cadre/base/error.hpp"

namespace cadre::fuzz {
namespace {

constexpr std::string_view kMark = "=== ";

/// Where the next file begins, or the end.
std::size_t find_mark(std::string_view text) {
  if (text.starts_with(kMark)) return 0;
  const std::size_t line_end = text.find("\n=== ");
  return line_end == std::string_view::npos ? text.size() : line_end + 1;
}

}  // namespace

Bundle unpack(std::string_view text, const std::string& first) {
  Bundle files;
  if (find_mark(text) != 0 || text.empty()) files[first] = text;
  while (text.starts_with(kMark)) {
    const std::size_t line_end = std::min(text.find('\n'), text.size());
    const std::string name(text.substr(kMark.size(), line_end - kMark.size()));
    text.remove_prefix(std::min(line_end + 1, text.size()));
    const std::size_t end = find_mark(text);
    files[name] = text.substr(0, end);
    text.remove_prefix(end);
  }
  return files;
}

LoadOptions reading(const Bundle& files) {
  LoadOptions options;
  options.max_files = 20;
  options.max_nodes = 20'000;
  options.max_entries = 2'000;
  options.max_terms = 2'000;
  options.max_regex_memory = std::size_t{1} << 20;
  options.read = [&files](const std::filesystem::path& path) {
    const auto found = files.find(path.generic_string());
    if (found != files.end()) return found->second;
    throw Error(Error::Kind::kMissing, path.generic_string(), "the file is not there");
  };
  return options;
}

}  // namespace cadre::fuzz
