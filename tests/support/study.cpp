#include "tests/support/study.hpp"

#include <fmt/format.h>

#include <filesystem>
#include <utility>

#include "cadre/base/error.hpp"
#include "cadre/data/dataset.hpp"
#include "cadre/rules/render.hpp"
#include "tests/catch.hpp"

namespace cadre::testing {

Rules rules_from(std::string_view yaml, const std::map<std::string, std::string>& others) {
  LoadOptions options;
  options.read = [&](const std::filesystem::path& path) -> std::string {
    if (path.filename() == "rules.yaml") return std::string(yaml);
    const auto found = others.find(path.filename().string());
    if (found != others.end()) return found->second;
    throw Error(Error::Kind::kMissing, path.string(), "no such file: " + path.string());
  };
  Loaded loaded = load_rules("rules.yaml", options);
  INFO(render_text(loaded.diagnostics, false));
  REQUIRE(loaded.rules.has_value());
  return std::move(*loaded.rules);
}

Person person_from(std::string_view json, const Schema& schema) {
  Diagnostics diagnostics;
  std::optional<Person> person = parse_person(json, schema, "test", 1, diagnostics);
  INFO(render_text(diagnostics, false));
  REQUIRE(person.has_value());
  return std::move(*person);
}

std::shared_ptr<const Dataset> dataset_of(std::vector<Person> people) {
  auto dataset = std::make_shared<Dataset>();
  dataset->schema = Schema::standard();
  dataset->people = std::move(people);
  return dataset;
}

std::string evidence_text(const Classification& classification, const Person& person,
                          std::string_view label, const Schema& schema) {
  const Rules& rules = *classification.rules;
  std::string out;
  for (const Step& step : classification.value(label).steps) {
    const std::string indent(step.depth * std::size_t{2}, ' ');
    out += fmt::format("{}{}", indent, name(step.value));
    if (!step.path.empty()) out += " " + step.path;
    if (!step.text.empty()) out += ": " + step.text;
    if (!step.measured.empty()) out += fmt::format(" ({})", step.measured);
    if (step.label) out += " -> " + rules.labels[*step.label].name;
    out += "\n";
    for (const RowEvidence& row : step.rows) {
      const Row& source = person.rows(row.table)[row.row];
      out += fmt::format("{}  {} {}", indent, source.id, name(row.met));
      if (row.years) out += fmt::format(" {:.1f}y", *row.years);
      out += "\n";
      for (const Words& words : row.words) {
        const Match& match = words.match;
        out +=
            fmt::format("{}    {} [{}]", indent, schema.table(row.table).columns[words.column].name,
                        source.cells[words.column].substr(match.begin, match.end - match.begin));
        if (match.lexicon != Words::kNoLexicon) {
          out += " " + rules.branch_name({match.lexicon, match.category});
        }
        out += "\n";
      }
      for (const std::string& lack : row.lacks)
        out += fmt::format("{}    lacks {}\n", indent, lack);
    }
  }
  return out;
}

}  // namespace cadre::testing
