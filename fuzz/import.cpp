// Biographies: nothing of a text is lost, whatever its bytes and its layout.
#include <string>
#include <vector>

#include "cadre/base/error.hpp"
#include "cadre/import/biography_reader.hpp"
#include "cadre/import/decode.hpp"
#include "cadre/import/shipped_layouts.hpp"
#include "cadre/rules/load.hpp"
#include "cadre/text/utf8.hpp"
#include "fuzz/bundle.hpp"
#include "fuzz/targets.hpp"

namespace cadre::fuzz {
namespace {

/// What may lie in no span.
constexpr std::string_view kBlank = " \n\r\t";
constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";

std::vector<Layout> load_shipped() {
  Bundle files;
  for (const auto& [name, text] : shipped_layouts()) files[name] = text;
  std::vector<Layout> layouts;
  for (const auto& [name, text] : files) {
    const Loaded loaded = load_rules(name, reading(files));
    must(loaded.rules.has_value(), "the layouts that come with cadre are right");
    layouts.insert(layouts.end(), loaded.rules->layouts.begin(), loaded.rules->layouts.end());
  }
  return layouts;
}

const BiographyReader& shipped() {
  static const std::vector<Layout> kLayouts = load_shipped();
  static const BiographyReader kReader(kLayouts);
  return kReader;
}

void hold(const Biography& one, std::string_view text) {
  std::vector<bool> covered(text.size(), false);
  const auto cover = [&](const SourceSpan& span) {
    must(span.begin <= span.end && span.end <= text.size(), "spans lie in the text");
    for (std::size_t i = span.begin; i < span.end; ++i) covered[i] = true;
  };
  for (const auto* rows : {&one.education, &one.career, &one.posts}) {
    for (const ImportedRow& row : *rows) {
      cover(row.source);
      for (const auto& [column, cell] : row.cells) {
        must(!cell.empty() && !find_invalid_utf8(cell), "cells are not empty, and UTF-8");
      }
    }
  }
  for (const SourceSpan& span : one.fact_spans) cover(span);
  for (const Unparsed& each : one.unparsed) cover(each.source);
  if (decode_text(text).encoding.starts_with("UTF-16")) return;  // its blanks are other bytes
  for (std::size_t i = text.starts_with(kByteOrderMark) ? 3 : 0; i < text.size(); ++i) {
    must(covered[i] || kBlank.find(text[i]) != std::string_view::npos,
         "each byte that is not blank lies in a span");
  }
}

}  // namespace

void import(std::string_view bytes) {
  if (bytes.size() > 4000) return;
  Bundle files = unpack(bytes, "text");
  const auto layout = files.find("layout.yaml");
  if (layout == files.end()) {
    hold(shipped().read("x", bytes), bytes);
    return;
  }
  const Loaded loaded = load_rules("layout.yaml", reading(files));
  if (!loaded.rules || loaded.rules->layouts.empty()) return;
  const BiographyReader reader(loaded.rules->layouts);
  hold(reader.read("x", files["text"]), files["text"]);
}

}  // namespace cadre::fuzz
