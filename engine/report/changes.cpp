#include "cadre/report/changes.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <memory>
#include <set>
#include <utility>
#include <vector>

#include "cadre/analyse/cells.hpp"
#include "cadre/analyse/diff.hpp"
#include "cadre/analyse/diff_groups.hpp"
#include "cadre/base/error.hpp"
#include "cadre/report/restored.hpp"
#include "cadre/rules/cell_json.hpp"
#include "cadre/run/restore.hpp"

namespace cadre {
namespace {

Json place_json(const RulePlace& place) {
  if (place.file.empty()) return nullptr;
  return {{"file", place.file}, {"line", place.line}};
}

Json rule_json(const RuleChange& change) {
  return {{"text", change.text},
          {"before", place_json(change.before)},
          {"after", place_json(change.after)},
          {"decides", change.decides_labels}};
}

Json words_json(const std::vector<ChangedWords>& all) {
  Json list = Json::array();
  for (const ChangedWords& one : all) {
    list.push_back({{"words", one.words},
                    {"row", one.row},
                    {"start", one.start},
                    {"end", one.end},
                    {"category", one.branch},
                    {"place", place_json(one.place)}});
  }
  return list;
}

Json person_json(const ChangedLabel& one, const std::map<std::string, std::size_t>& places) {
  return {{"person", places.at(one.person.id)},
          {"before", one.before},
          {"after", one.after},
          {"reason", reason(one)},
          {"lost", words_json(one.lost)},
          {"gained", words_json(one.gained)}};
}

/// `people` gets a list for each cause.
Json label_json(const LabelDiff& label, const std::map<std::string, std::size_t>& places,
                Json& people) {
  Json groups = Json::array();
  for (const DirectionGroup& group : group_people(label)) {
    Json causes = Json::array();
    for (const CauseGroup& cause : group.causes) {
      causes.push_back({{"sets", cause.causes},
                        {"smallest", cause.smallest},
                        {"people", cause.people.size()},
                        {"at", people.size()}});
      Json& list = people.push_back(Json::array());
      for (const ChangedLabel* one : cause.people) list.push_back(person_json(*one, places));
    }
    groups.push_back(
        {{"direction", group.direction}, {"people", group.people}, {"causes", std::move(causes)}});
  }
  return {{"label", label.name},
          {"title", label.title},
          {"summary", summary(label)},
          {"groups", std::move(groups)}};
}

std::size_t people_in(const Diff& diff) {
  std::set<std::string> people;
  for (const LabelDiff& label : diff.labels) {
    for (const ChangedLabel& one : label.people) people.insert(one.person.id);
  }
  return people.size();
}

Json cells_json(const std::vector<Cell>& cells) {
  if (cells.empty()) return nullptr;
  Json list = Json::array();
  for (const Cell& cell : cells) list.push_back(json_of(cell));
  return list;
}

Json figure_json(const FigureDiff& figure) {
  Json rows = Json::array();
  for (const FigureDiff::Row& row : figure.rows) {
    rows.push_back({{"before", cells_json(row.before)}, {"after", cells_json(row.after)}});
  }
  return {{"figure", figure.name},         {"title", figure.title},
          {"in_before", figure.in_before}, {"in_after", figure.in_after},
          {"columns", figure.columns},     {"key", figure.key},
          {"rows", std::move(rows)}};
}

Json about(const Run& run) {
  Json out = Json::object();
  for (const auto& row : run.query("SELECT key, value FROM run ORDER BY key").rows) {
    out[text_of(row[0])] = text_of(row[1]);
  }
  return out;
}

std::shared_ptr<const Dataset> common_data(const Run& before, const Run& after) {
  auto data = std::make_shared<const Dataset>(restore_dataset(after));
  const std::vector<std::string> differences = data_differences(restore_dataset(before), *data);
  if (differences.empty()) return data;
  throw Error(
      Error::Kind::kUsage, "",
      fmt::format("the two runs were made from different data, so that people and rules "
                  "could not be told apart:\n  {}\nClassify the same data by both rule sets",
                  fmt::join(differences, "\n  ")));
}

}  // namespace

ReportedChanges changes_between(const Run& before, const Run& after, const QueryLimits& limits,
                                const std::map<std::string, std::size_t>& places) {
  const std::shared_ptr<const Dataset> data = common_data(before, after);
  const Rules rules_before = restored_rules(before);
  const Rules rules_after = restored_rules(after);
  DiffOptions options;
  options.leave_out_broken_figures = true;
  const Diff diff = diff_rules({rules_before, restore_options(before)},
                               {rules_after, restore_options(after)}, data, limits, options);

  Json out = {{"before", about(before)}, {"after", about(after)}, {"people", people_in(diff)}};
  Json& rules = out["rules"] = Json::array();
  for (const RuleChange& change : diff.changes) rules.push_back(rule_json(change));
  Json people = Json::array();
  Json& labels = out["labels"] = Json::array();
  for (const LabelDiff& label : diff.labels) labels.push_back(label_json(label, places, people));
  Json& figures = out["figures"] = Json::array();
  for (const FigureDiff& figure : diff.figures) {
    if (figure.differs()) figures.push_back(figure_json(figure));
  }
  return {std::move(out), {"changed", people.compact()}};
}

}  // namespace cadre
