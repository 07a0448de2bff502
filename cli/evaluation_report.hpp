// An evaluation as people and programs read it.
#pragma once

#include <string>
#include <vector>

#include "cadre/analyse/disagreements.hpp"
#include "cadre/analyse/evaluation.hpp"
#include "cli/table.hpp"
#include "cli/terminal.hpp"

namespace cadre::cli {

/// What is printed of an evaluation.
struct EvaluationReport {
  std::string rules;              ///< the name of the rule set
  std::string run;                ///< the run's file
  std::string coding;             ///< the coding's file
  bool other_run = false;         ///< the coding is a run
  bool unknown_as_false = false;  ///< see EvaluationOptions
  Evaluation evaluation;
  std::vector<std::vector<Disagreement>> disagreements;  ///< parallel to the labels
};

/// The figures of all labels in one table, then for each label the table of values and the
/// disagreements. Markdown, or text for a terminal.
std::string render_evaluation(const EvaluationReport& report, TableFormat format,
                              const Terminal& terminal);

/// All of it as one object.
std::string render_evaluation_json(const EvaluationReport& report);

/// One row a label: every figure with all its digits.
Result evaluation_figures(const EvaluationReport& report);

/// One row for each person and label on whom there is no agreement.
Result evaluation_disagreements(const EvaluationReport& report);

}  // namespace cadre::cli
