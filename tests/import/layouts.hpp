// The layouts that come with cadre, loaded.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "cadre/import/shipped_layouts.hpp"
#include "cadre/rules/load.hpp"
#include "cadre/rules/render.hpp"
#include "tests/catch.hpp"

namespace cadre::testing {

inline Loaded load_shipped(const std::string& name) {
  LoadOptions options;
  options.read = [](const std::filesystem::path& path) {
    return std::string(shipped_layouts().at(path.string()));
  };
  return load_rules(name, options);
}

inline const std::vector<Layout>& layouts() {
  static const std::vector<Layout> kLayouts = [] {
    std::vector<Layout> all;
    for (const auto& [name, ignored] : shipped_layouts()) {
      const Loaded loaded = load_shipped(name);
      INFO(render_text(loaded.diagnostics));
      REQUIRE(loaded.rules);
      for (const Layout& layout : loaded.rules->layouts) all.push_back(layout);
    }
    return all;
  }();
  return kLayouts;
}

}  // namespace cadre::testing
