// Rules and people written down in a test, the way an analyst and a data file would write them.
#pragma once

#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "cadre/classify/classifier.hpp"
#include "cadre/data/dataset.hpp"
#include "cadre/data/person.hpp"
#include "cadre/data/schema.hpp"
#include "cadre/rules/load.hpp"

namespace cadre::testing {

/// Loads rule files from memory: the first argument is `rules.yaml`, `others` are the files that it
/// includes. Fails the test, with the diagnostics, when there are errors.
Rules rules_from(std::string_view yaml, const std::map<std::string, std::string>& others = {});

/// A person written as one line of JSON Lines. Fails the test when it is not one.
Person person_from(std::string_view json, const Schema& schema = Schema::standard());

/// People as a dataset of the standard schema.
std::shared_ptr<const Dataset> dataset_of(std::vector<Person> people);

/// The evidence of a label as indented text: value, path, text, measured, rows and words.
std::string evidence_text(const Classification& classification, const Person& person,
                          std::string_view label, const Schema& schema = Schema::standard());

}  // namespace cadre::testing
