#include <string>

#include "cadre/run/person_csv.hpp"
#include "cadre/run/writer.hpp"

namespace cadre {

void write_run_csv(const RunContents& run, std::ostream& out, CsvCells cells) {
  const PersonCsv csv(run.rules, cells);
  std::string line = csv.header();
  for (std::size_t i = 0; i < run.classifications.size(); ++i) {
    csv.write(run.dataset.people[i].id, run.classifications[i].labels, line);
    out << line;
    line.clear();
  }
  out << line;
}

}  // namespace cadre
