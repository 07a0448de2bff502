#include <string>

#include "cadre/run/person_json.hpp"
#include "cadre/run/rule_places.hpp"
#include "cadre/run/writer.hpp"

namespace cadre {

void write_run_jsonl(const RunContents& run, std::ostream& out) {
  const RulePlaces places(run.rules);
  const PersonJson json(run.rules, run.dataset.schema, places);
  std::string line;
  for (std::size_t i = 0; i < run.classifications.size(); ++i) {
    line.clear();
    json.write(run.dataset.people[i], run.classifications[i].labels, line);
    out << line;
  }
}

}  // namespace cadre
