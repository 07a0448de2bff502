#include "bench/end_to_end.hpp"

#include <algorithm>
#include <cstring>
#include <nlohmann/json.hpp>
#include <stdexcept>

#include "cadre/classify/person_text.hpp"
#include "cadre/data/jsonl.hpp"
#include "cadre/data/portions.hpp"
#include "cadre/rules/load.hpp"
#include "cadre/run/stream.hpp"

namespace cadre::bench {
namespace {

constexpr std::uint32_t kPlaces = 1;  // the category of the words, behind the root

constexpr const char* kRules = R"(ruleset: names
cadre: 1
include: [names.yaml]
labels:
  studied: {title: Studied at a place of the list, education: {text: {in: names}}}
  worked: {title: Worked at a place of the list, career: {text: {in: names}}}
  years: {title: Years of work there, years_of: worked}
)";

std::string lexicon_of(const Words& words) {
  std::string yaml = "lexicon: names\ncategories:\n  places:\n    terms:\n";
  for (const std::string& word : words) yaml += "      - " + nlohmann::json(word).dump() + '\n';
  return yaml;
}

/// Reads a text that is in memory.
PortionReader::Read reader_of(std::string_view text) {
  return [text](std::span<char> bytes) mutable {
    const std::size_t count = std::min(bytes.size(), text.size());
    std::memcpy(bytes.data(), text.data(), count);
    text.remove_prefix(count);
    return count;
  };
}

}  // namespace

Rules rules_for(const Words& words) {
  LoadOptions options;
  options.read = [&](const std::filesystem::path& path) {
    return path.filename() == "names.yaml" ? lexicon_of(words) : std::string(kRules);
  };
  Loaded loaded = load_rules("rules.yaml", options);
  if (!loaded.rules) throw std::runtime_error(loaded.diagnostics.front().message);
  return *std::move(loaded.rules);
}

void classify_as_cadre(const Rules& rules, std::string_view people, std::string& out) {
  StreamOptions options;
  options.threads = 1;
  const StreamReport report = classify_stream(
      rules, "people.jsonl", reader_of(people), [&](std::string_view lines) { out += lines; },
      options);
  if (!report.diagnostics.empty()) throw std::runtime_error(report.diagnostics.front().message);
}

OtherMatching::OtherMatching(const Rules& rules, const Words& words, Engine& engine)
    : rules_(rules),
      engine_(engine),
      schema_(Schema::standard()),
      conditions_(bind_conditions(rules, schema_)),
      searched_(search_scope(rules.evaluation_order, rules, schema_).columns),
      places_(rules),
      json_(rules, schema_, places_) {
  for (const std::string& word : words) terms_.push_back(fold_term(word));
  LexiconShape& shape = shapes_.emplace_back();
  for (const Category& category : rules.lexicons[0].categories) {
    shape.parents.push_back(category.parent);
  }
}

void OtherMatching::classify(std::string_view people, std::string& out) {
  const StreamOptions options;
  PortionReader reader("people.jsonl", reader_of(people), options.data, options.portion_bytes);
  Portion portion;
  while (reader.next(portion)) {
    Diagnostics diagnostics;
    Problems problems(diagnostics, 10);
    const std::optional<Dataset> data =
        read_json_lines(portion.text, "people.jsonl", options.data, problems, portion.first_line);
    if (!data) throw std::runtime_error(diagnostics.front().message);
    for (const Person& person : data->people) classify(person, out);
  }
}

void OtherMatching::classify(const Person& person, std::string& out) {
  find(person);
  const PersonText text(
      schema_, person,
      [this](Table table, std::uint32_t row, std::uint32_t column,
             std::uint32_t) -> std::span<const Match> {
        const std::size_t columns = schema_.table(table).columns.size();
        return matches_[record_of_[static_cast<std::size_t>(table)][row * columns + column]];
      });
  json_.write(person,
              evaluate_labels(rules_, rules_.evaluation_order, conditions_, text, Reasons::kKept),
              out);
}

/// Fills matches_. Record 0 is for texts that are not there.
void OtherMatching::find(const Person& person) {
  folded_.clear();
  folded_.add("");
  for (const Table table : schema_.all()) {
    const auto number = static_cast<std::size_t>(table);
    const std::size_t columns = schema_.table(table).columns.size();
    const std::span<const Row> rows = person.rows(table);
    record_of_[number].assign(rows.size() * columns, 0);
    for (std::size_t row = 0; row < rows.size(); ++row) {
      for (const std::uint32_t column : searched_[number]) {
        if (rows[row].cells[column].empty()) continue;
        record_of_[number][row * columns + column] = static_cast<std::uint32_t>(folded_.size());
        folded_.add(rows[row].cells[column]);
      }
    }
  }
  const std::vector<std::string_view> records = texts_of(folded_);
  spans_.clear();
  engine_.find(records, spans_);

  matches_.resize(std::max(matches_.size(), records.size()));
  for (std::vector<Match>& matches : matches_) matches.clear();
  for (const Span& span : spans_) {
    const FoldedTerm& term = terms_[span.word];
    const std::size_t end = span.begin + term.text.size();
    const std::string_view text = records[span.record];
    const FoldedView folded = folded_[span.record];
    if (term.boundary_before && joins_words_before(text, span.begin)) continue;
    if (term.boundary_after && joins_words_at(text, end)) continue;
    if (!folded.between_characters(span.begin) || !folded.between_characters(end)) continue;
    matches_[span.record].push_back(
        {0, kPlaces, span.word, span.begin, static_cast<std::uint32_t>(end)});
  }
  std::vector<Match> none;
  for (std::size_t i = 0; i < records.size(); ++i) {
    resolve_overlaps(shapes_, matches_[i], none);
    for (Match& match : matches_[i]) {
      const FoldedView::SourceSpan span = folded_[i].source_span(match.begin, match.end);
      match.begin = span.begin;
      match.end = span.end;
    }
  }
}

}  // namespace cadre::bench
