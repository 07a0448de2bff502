// Runs made by hand: rules, dataset and classifications as values, without loader or classifier.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "cadre/classify/classification.hpp"
#include "cadre/data/dataset.hpp"
#include "cadre/rules/model.hpp"
#include "cadre/run/run.hpp"
#include "cadre/run/writer.hpp"
#include "tests/support/command.hpp"

namespace cadre::testing {

struct HandMade {
  HandMade();  ///< nobody, no labels, and the standard columns; as of 2022-12-31

  Rules rules;
  Dataset dataset;
  std::vector<Classification> classifications;
  std::vector<std::pair<std::string, std::string>> options;

  Person& person(const std::string& id, const std::string& name_en = "");

  /// A post of that person, who is added when new. `end` may be "..". Its id is
  /// province/office/person, or with /2 for a second one.
  void post(const std::string& person, const std::string& province, const std::string& office,
            const std::string& start, const std::string& end);

  /// A row of a table by its standard columns: {"org_zh", "..."}. Its id is person/c1, person/e1.
  void row(const std::string& person, Table table,
           const std::vector<std::pair<std::string, std::string>>& cells);

  /// A scheme of eras that follow each other: each begins on the day given with its id, and the
  /// last one has no end.
  EraScheme& eras(const std::string& scheme,
                  const std::vector<std::pair<std::string, std::string>>& ids_and_first_days);

  /// A plain label; everybody's value is unknown until set.
  void label(const std::string& name);
  LabelValue& value(const std::string& person, const std::string& label);

  RunContents contents() const;
  /// The run, written to a file and opened. `folder` must outlive it.
  Run written(const TemporaryFolder& folder, const std::string& name = "run.sqlite") const;
};

/// The rows of a query as text: cells joined by " | ", rows ended by line ends, NULL as a dash.
std::string table_text(const Run& run, const std::string& sql,
                       const std::vector<std::string>& arguments = {});

std::string cell_text(const Cell& cell);

}  // namespace cadre::testing
