// --limit and --invalid-utf8: how much is read, and how. For the commands that read what others
// wrote. docs/limits.md has the limits, their defaults and why. And which files that were.
#pragma once

#include <string>

#include "cadre/base/files.hpp"
#include "cadre/base/source.hpp"
#include "cadre/data/dataset.hpp"
#include "cadre/rules/load.hpp"
#include "cadre/run/run.hpp"

namespace cadre::cli {

struct Command;

struct Limits {
  LoadOptions rules;
  DataOptions data;
  QueryLimits queries;
};

/// --limit NAME=VALUE, any number of times: `terms=5000`, `data-file=16GiB`, `query-time=5`.
/// `memory`, which is no limit of the engine's, is given to the system at once. Throws Error
/// kUsage, while the command line is read, for what is no limit.
void add_limit_option(Command& command, Limits& limits);

/// --invalid-utf8 refuse|replace|skip.
void add_invalid_utf8_option(Command& command, DataOptions& data);

/// Adds every file that rules were loaded from.
void add_rules(FilesRead& read, const Sources& sources);

/// Adds every file of the dataset that was loaded from `path`.
void add_data(FilesRead& read, const std::string& path, const Dataset& dataset);

/// Adds what load_dataset reads of `path`, for a dataset whose mistakes keep it from being loaded.
void add_unloaded_data(FilesRead& read, const std::string& path);

/// The word of --invalid-utf8.
std::string_view name(InvalidUtf8 what);

}  // namespace cadre::cli
