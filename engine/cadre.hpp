// The library in one include.
//
//     cadre::Loaded loaded = cadre::load_rules("rules/macropolo-2022.yaml");
//     if (!loaded.rules) return report(loaded.diagnostics);
//     const cadre::Classifier classifier(*loaded.rules);
//     cadre::Classification c = classifier.classify(person);
//     c.label("technocrat");  // true, false or unknown
//
// Rules load from files or from memory (LoadOptions::read), a Classifier is compiled once and may
// be shared between threads, and a Classification holds the evidence for every value in it. For a
// dataset under one rule set after another there is Study, and diff_rules compares two.
#pragma once

#include "cadre/analyse/diff.hpp"             // IWYU pragma: export
#include "cadre/base/date.hpp"                // IWYU pragma: export
#include "cadre/base/diagnostic.hpp"          // IWYU pragma: export
#include "cadre/base/error.hpp"               // IWYU pragma: export
#include "cadre/base/truth.hpp"               // IWYU pragma: export
#include "cadre/classify/classification.hpp"  // IWYU pragma: export
#include "cadre/classify/classifier.hpp"      // IWYU pragma: export
#include "cadre/classify/study.hpp"           // IWYU pragma: export
#include "cadre/data/dataset.hpp"             // IWYU pragma: export
#include "cadre/data/person.hpp"              // IWYU pragma: export
#include "cadre/rules/load.hpp"               // IWYU pragma: export
#include "cadre/rules/model.hpp"              // IWYU pragma: export
#include "cadre/run/run.hpp"                  // IWYU pragma: export
#include "cadre/run/stream.hpp"               // IWYU pragma: export
#include "cadre/run/study_figures.hpp"        // IWYU pragma: export
#include "cadre/run/writer.hpp"               // IWYU pragma: export
