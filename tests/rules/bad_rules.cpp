#include "tests/rules/bad_rules.hpp"

#include <algorithm>
#include <sstream>

#include "cadre/base/files.hpp"
#include "tests/support/paths.hpp"

namespace cadre::test {
namespace {

namespace fs = std::filesystem;

void add_files(const fs::path& folder, Files& files) {
  if (!fs::is_directory(folder)) return;
  for (const auto& entry : fs::directory_iterator(folder)) {
    files[entry.path().filename().generic_string()] = read_file(entry.path());
  }
}

BadRules read_case(const fs::path& root, const fs::path& rules) {
  fs::path base = rules;
  base.replace_extension();
  BadRules out;
  out.name = base.lexically_relative(root).generic_string();
  out.expected = base.string() + ".txt";
  add_files(root / "common", out.files);
  add_files(base, out.files);
  out.files["rules.yaml"] = read_file(rules);
  if (const fs::path settings = base.string() + ".settings"; fs::exists(settings)) {
    std::istringstream lines(read_file(settings));
    for (std::string line; std::getline(lines, line);) {
      const std::size_t equals = line.find('=');
      out.options.settings.emplace_back(line.substr(0, equals), line.substr(equals + 1));
    }
  }
  return out;
}

}  // namespace

std::vector<BadRules> all_bad_rules() {
  const fs::path root = testing::source_dir() / "tests" / "rules" / "bad";
  std::vector<BadRules> all;
  for (const auto& group : fs::directory_iterator(root)) {
    if (group.path().filename() == "common") continue;
    for (const auto& entry : fs::directory_iterator(group)) {
      if (entry.path().extension() == ".yaml") all.push_back(read_case(root, entry.path()));
    }
  }
  std::sort(all.begin(), all.end(),
            [](const BadRules& a, const BadRules& b) { return a.name < b.name; });
  return all;
}

}  // namespace cadre::test
