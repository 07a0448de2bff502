#include "cadre/rules/render.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cstddef>
#include <map>
#include <string_view>
#include <vector>

#include "cadre/base/json.hpp"
#include "cadre/base/version.hpp"
#include "cadre/text/utf8.hpp"
#include "cadre/text/visible.hpp"

namespace cadre {

namespace {

/// Columns of a terminal that a quoted line may take.
constexpr std::size_t kMaxWidth = 100;

struct Style {
  std::string_view bold, red, yellow, blue, green, reset;
};
constexpr Style kPlain = {"", "", "", "", "", ""};
constexpr Style kColoured = {"\x1b[1m",    "\x1b[1;31m", "\x1b[1;33m",
                             "\x1b[1;34m", "\x1b[1;32m", "\x1b[0m"};

std::string_view name(Severity severity) {
  return severity == Severity::kError ? "error" : "warning";
}

/// The part of a line to show, and where in it the range lies, in columns of the terminal.
struct Snippet {
  std::string text;
  std::size_t indent = 0;
  std::size_t width = 1;
};

Snippet snippet(const Place& place) {
  struct Letter {
    std::string bytes;
    std::size_t width;
  };
  std::vector<Letter> line;
  for (std::size_t at = 0; at < place.excerpt.size();) {
    const std::size_t begin = at;
    const char32_t letter = next_code_point(place.excerpt, at);
    std::string bytes = letter == U'\t' ? " " : visible(place.excerpt.substr(begin, at - begin));
    line.push_back({bytes, display_width(bytes)});
  }

  const std::size_t first = std::min<std::size_t>(place.column - place.excerpt_column, line.size());
  const std::size_t last =
      std::clamp<std::size_t>(place.end_column - place.excerpt_column, first, line.size());
  const auto width = [&](std::size_t begin, std::size_t end) {
    std::size_t sum = 0;
    for (std::size_t i = begin; i < end; ++i) sum += line[i].width;
    return sum;
  };

  // A window that starts a little before the range and ends where the terminal does.
  std::size_t begin = 0;
  std::size_t end = line.size();
  if (width(0, line.size()) > kMaxWidth) {
    if (width(0, last) > kMaxWidth) {
      begin = first;
      while (begin > 0 && width(begin - 1, first) <= kMaxWidth / 3) --begin;
    }
    end = begin;
    std::size_t taken = 0;
    while (end < line.size() && taken + line[end].width <= kMaxWidth) taken += line[end++].width;
  }
  Snippet out;
  if (begin > 0 || place.excerpt_column > 1) out.text = "...";
  out.indent = out.text.size() + width(begin, first);
  for (std::size_t i = begin; i < end; ++i) out.text += line[i].bytes;
  if (end < line.size()) out.text += "...";
  out.width = std::max<std::size_t>(1, width(first, std::min(last, end)));
  return out;
}

std::string place_text(const Place& place) {
  const std::string path = visible(place.path);
  return place.line == 0 ? path : fmt::format("{}:{}:{}", path, place.line, place.column);
}

/// The quoted line and the caret under it.
void append_excerpt(const Place& place, const Style& style, std::string& out) {
  if (place.line == 0 || place.excerpt.empty()) return;
  const Snippet shown = snippet(place);
  out += fmt::format("{}{:5} |{} {}\n", style.blue, place.line, style.reset, shown.text);
  out += fmt::format("{}      |{} {:{}}{}{}{}\n", style.blue, style.reset, "", shown.indent,
                     style.green, std::string(shown.width, '^'), style.reset);
}

void add_place(const Place& place, Json& json) {
  json["path"] = place.path;
  json["line"] = place.line;
  json["column"] = place.column;
  json["end_column"] = place.end_column;
  json["excerpt"] = place.excerpt;
}

Json location(const Place& place) {
  Json physical;
  physical["artifactLocation"]["uri"] = place.path;
  if (place.line != 0) {
    Json& region = physical["region"];
    region["startLine"] = place.line;
    region["startColumn"] = place.column;
    if (place.end_column > place.column) region["endColumn"] = place.end_column;
  }
  Json json;
  json["physicalLocation"] = std::move(physical);
  return json;
}

}  // namespace

std::string render_text(const Diagnostics& diagnostics, bool colour) {
  const Style& style = colour ? kColoured : kPlain;
  std::string out;
  for (const Diagnostic& diagnostic : diagnostics) {
    if (!out.empty()) out += '\n';
    const std::string_view tint =
        diagnostic.severity == Severity::kError ? style.red : style.yellow;
    out += fmt::format("{}{}:{} {}{}[{}]:{} {}{}{}\n", style.bold, place_text(diagnostic.place),
                       style.reset, tint, name(diagnostic.severity), diagnostic.code, style.reset,
                       style.bold, visible(diagnostic.message), style.reset);
    append_excerpt(diagnostic.place, style, out);
    if (!diagnostic.hint.empty()) {
      out +=
          fmt::format("{}      ={} hint: {}\n", style.blue, style.reset, visible(diagnostic.hint));
    }
    for (const Diagnostic::Note& note : diagnostic.notes) {
      out += fmt::format("{}{}:{} note: {}\n", style.bold, place_text(note.place), style.reset,
                         visible(note.message));
      append_excerpt(note.place, style, out);
    }
  }
  return out;
}

std::string render_json(const Diagnostics& diagnostics) {
  Json list = Json::array();
  for (const Diagnostic& diagnostic : diagnostics) {
    Json json;
    json["severity"] = name(diagnostic.severity);
    json["code"] = diagnostic.code;
    json["message"] = diagnostic.message;
    add_place(diagnostic.place, json);
    json["hint"] = diagnostic.hint;
    json["notes"] = Json::array();
    for (const Diagnostic::Note& note : diagnostic.notes) {
      Json entry;
      entry["message"] = note.message;
      add_place(note.place, entry);
      json["notes"].push_back(std::move(entry));
    }
    list.push_back(std::move(json));
  }
  return list.indented() + "\n";
}

std::string render_sarif(const Diagnostics& diagnostics) {
  // Built apart and put together at the end: references into a growing object do not last.
  Json rules = Json::array();
  Json results = Json::array();
  std::map<std::string, std::size_t> indices;  // of codes in `rules`
  for (const Diagnostic& diagnostic : diagnostics) {
    const auto [index, is_new] = indices.emplace(diagnostic.code, indices.size());
    if (is_new) rules.push_back(Json{{"id", diagnostic.code}});
    Json result;
    result["ruleId"] = diagnostic.code;
    result["ruleIndex"] = index->second;
    result["level"] = name(diagnostic.severity);
    std::string text = diagnostic.message;
    if (!diagnostic.hint.empty()) text += "\n" + diagnostic.hint;
    result["message"]["text"] = std::move(text);
    result["locations"] = Json::array({location(diagnostic.place)});
    Json related = Json::array();
    for (const Diagnostic::Note& note : diagnostic.notes) {
      Json entry = location(note.place);
      entry["id"] = related.size();
      entry["message"]["text"] = note.message;
      related.push_back(std::move(entry));
    }
    if (!related.empty()) result["relatedLocations"] = std::move(related);
    results.push_back(std::move(result));
  }

  Json driver;
  driver["name"] = "cadre";
  driver["version"] = kVersion;
  driver["rules"] = std::move(rules);
  Json run;
  run["tool"]["driver"] = std::move(driver);
  run["columnKind"] = "unicodeCodePoints";
  run["results"] = std::move(results);
  Json log;
  log["$schema"] = "https://json.schemastore.org/sarif-2.1.0.json";
  log["version"] = "2.1.0";
  log["runs"] = Json::array({std::move(run)});
  return log.indented() + "\n";
}

}  // namespace cadre
