// A run held against people who read the same records, or against another run: who agrees with
// whom, how far beyond chance, and where not.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "cadre/analyse/confusion.hpp"
#include "cadre/analyse/kappa.hpp"
#include "cadre/base/diagnostic.hpp"
#include "cadre/data/coding.hpp"
#include "cadre/run/run.hpp"

namespace cadre {

struct EvaluationOptions {
  std::vector<std::string> labels;  ///< only these; empty: all that the coding has
  std::vector<std::string> coders;  ///< only these; empty: all
  /// Unknown counts as false (of a category: as none), on both sides. Otherwise it stands apart:
  /// counted in the table, and left out of every coefficient.
  bool unknown_as_false = false;
  /// Rows of a coding whose person or label the run lacks are left out. Otherwise they are errors.
  bool ignore_unknown = false;
};

/// What one coder said of one person and label.
struct CoderVerdict {
  std::string coder;
  std::string value;
  std::string note;
  std::string confidence;
};

/// One person under one label. Values are "true" and "false", or the path of a category and "none";
/// and "unknown".
struct PersonAgreement {
  enum class Outcome : std::uint8_t {
    kAgree,
    kDiffer,
    kUnknown,  ///< one side knows, the other does not
    kSplit,    ///< the coders differ, and neither value has more of them
  };
  std::string person;
  std::string run;     ///< what the rules say
  std::string coding;  ///< what most coders say; those who do not know have no voice
  Outcome outcome = Outcome::kAgree;
  std::vector<CoderVerdict> coders;
};

/// How far the coders agree with each other, on the people whom at least two of them coded.
struct CoderAgreement {
  std::size_t coders = 0;
  std::size_t people = 0;       ///< who have two verdicts or more
  std::optional<Kappa> kappa;   ///< of exactly two coders
  std::optional<double> alpha;  ///< Krippendorff's, of three or more
};

struct LabelAgreement {
  std::string label;
  std::string title;
  bool category = false;            ///< otherwise a plain label
  std::vector<std::string> values;  ///< in the order of the tables, without "unknown"
  Confusion table{0};               ///< the run's values by the coding's, "unknown" the last
  Confusion known{0};               ///< the same without "unknown"; from it come the coefficients
  std::optional<Kappa> kappa;       ///< nothing where it is not defined
  Retrieval retrieval;              ///< of "true"; nothing for categories
  CoderAgreement agreement;
  std::vector<PersonAgreement> people;  ///< all who were coded, in the order of the run

  std::size_t count(PersonAgreement::Outcome outcome) const;
};

struct Evaluation {
  std::vector<LabelAgreement> labels;       ///< in the order of the run
  std::vector<std::string> coders;          ///< by name
  std::size_t people = 0;                   ///< who were coded under any of these labels
  std::vector<std::string> ignored_people;  ///< that only one side has, by name
  std::vector<std::string> ignored_labels;
};

struct Evaluated {
  std::optional<Evaluation> evaluation;  ///< nothing when there are errors
  Diagnostics diagnostics;
};

/// Holds a run against a coding. A category counts at the depth at which the coding names it: where
/// it has `aerospace` and the run `aerospace/space`, the two agree, unless the coding has
/// `aerospace/space` too. Diagnostics, with places in the coding: a person, label or category that
/// the run lacks, a value that is none of the label's kind, a label that is a number or date.
/// Throws Error kUsage for an option that names what the coding does not have.
Evaluated evaluate(const Run& run, const Coding& coding, const EvaluationOptions& options = {});

/// Holds a run against another one, which counts as a coder called `name`. Compared are the people
/// and the labels that both have; categories at full depth. Throws Error kUsage when they have none
/// in common, or for an option that names what they do not have.
Evaluation evaluate(const Run& run, const Run& other, const std::string& name,
                    const EvaluationOptions& options = {});

}  // namespace cadre
