// Rule files in memory.
#pragma once

#include <filesystem>
#include <map>
#include <string>
#include <utility>

#include "cadre/base/error.hpp"
#include "cadre/rules/load.hpp"

namespace cadre::test {

using Files = std::map<std::string, std::string>;

/// Loads `root`, one of `files`.
inline Loaded load(Files files, const std::string& root = "rules.yaml", LoadOptions options = {}) {
  options.read = [&files](const std::filesystem::path& path) {
    const auto found = files.find(path.generic_string());
    if (found == files.end()) {
      throw Error(Error::Kind::kMissing, path.generic_string(), "The file is not there.");
    }
    return found->second;
  };
  return load_rules(root, options);
}

/// Loads one file.
inline Loaded load_text(std::string text, LoadOptions options = {}) {
  return load({{"rules.yaml", std::move(text)}}, "rules.yaml", std::move(options));
}

}  // namespace cadre::test
