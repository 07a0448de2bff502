#include "cadre/report/unknowns.hpp"

#include <algorithm>
#include <map>
#include <set>
#include <string_view>

#include "cadre/analyse/cells.hpp"

namespace cadre {
namespace {

/// The columns that were not known, from what a row lacks: "degree at_least doctor: not known".
std::string columns_not_known(const std::string& lacks) {
  std::set<std::string> columns;
  for (std::size_t at = 0; at < lacks.size();) {
    const std::size_t end = std::min(lacks.find('\n', at), lacks.size());
    const std::string_view line = std::string_view(lacks).substr(at, end - at);
    const std::size_t space = line.find(' ');
    if (line.ends_with("not known") && line.front() != '(' && !line.starts_with("not ")) {
      columns.insert(std::string(line.substr(0, space)));
    }
    at = end + 1;
  }
  std::string out;
  for (const std::string& column : columns) out += (out.empty() ? "" : ", ") + column;
  return out;
}

/// What one step lacks, in a few words; empty when other steps tell it.
std::string missing_in(const std::string& measured, const std::string& lacks) {
  if (const std::string columns = columns_not_known(lacks); !columns.empty()) {
    return columns + " not known";
  }
  if (measured.starts_with("no ")) return measured;
  if (!lacks.empty() || !measured.empty()) return "dates or other values not known";
  return {};
}

struct Reason {
  std::vector<std::string> own;
  std::vector<std::string> labels;
};

}  // namespace

std::vector<UnknownLabel> find_unknowns(const Run& run) {
  std::map<std::pair<std::string, std::string>, Reason> reasons;  // person, label
  const Result steps = run.query(
      "SELECT e.person, e.label, e.refers_to, e.measured, r.lacks FROM evidence e "
      "LEFT JOIN evidence_rows r USING (person, label, step) "
      "WHERE e.value = 'unknown' ORDER BY e.person, e.label, e.step, r.position");
  for (const auto& row : steps.rows) {
    Reason& reason = reasons[{text_of(row[0]), text_of(row[1])}];
    const std::string refers_to = text_of(row[2]);
    if (!refers_to.empty()) reason.labels.push_back(refers_to);
    const std::string own = missing_in(refers_to.empty() ? text_of(row[3]) : "", text_of(row[4]));
    if (!own.empty()) reason.own.push_back(own);
  }
  std::set<std::string> from_dates;
  for (const auto& row :
       run.query("SELECT label FROM label_definitions WHERE kind IN ('number', 'date')").rows) {
    from_dates.insert(text_of(row[0]));
  }
  const auto missing_for = [&](const std::string& person, const std::string& label) {
    std::vector<std::string> labels = {label};
    for (std::size_t i = 0; i < labels.size(); ++i) {
      const auto reason = reasons.find({person, labels[i]});
      if (reason == reasons.end()) continue;
      if (!reason->second.own.empty()) return reason->second.own.front();
      for (const std::string& next : reason->second.labels) {
        if (std::find(labels.begin(), labels.end(), next) == labels.end()) labels.push_back(next);
      }
    }
    // The years of rows whose dates are not known have bounds, and no step that lacks something.
    const bool of_dates = std::any_of(labels.begin(), labels.end(),
                                      [&](const auto& one) { return from_dates.contains(one); });
    return std::string(of_dates ? "dates not known" : "not told by the evidence");
  };

  std::vector<UnknownLabel> unknowns;
  for (const auto& row : run.query("SELECT label FROM label_definitions ORDER BY position").rows) {
    const std::string label = text_of(row[0]);
    std::map<std::string, std::vector<std::string>> by_reason;
    const Result people = run.query(
        "SELECT person FROM labels WHERE label = ?1 AND value = 'unknown' ORDER BY person",
        {label});
    for (const auto& person : people.rows) {
      by_reason[missing_for(text_of(person[0]), label)].push_back(text_of(person[0]));
    }
    if (by_reason.empty()) continue;
    UnknownLabel unknown{label, {}};
    for (auto& [what, ids] : by_reason) unknown.missing.push_back({what, std::move(ids)});
    std::stable_sort(
        unknown.missing.begin(), unknown.missing.end(),
        [](const Missing& a, const Missing& b) { return a.people.size() > b.people.size(); });
    unknowns.push_back(std::move(unknown));
  }
  return unknowns;
}

}  // namespace cadre
