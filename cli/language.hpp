// --language: rules that read the columns of one language only. For every command that takes rules
// and data.
#pragma once

#include <string>

#include "cadre/data/schema.hpp"

namespace cadre::cli {

struct Command;

void add_language_option(Command& command, std::string& language);

/// Throws Error kUsage, with the languages that the data has, when it has not this one.
void read_only_language(Schema& schema, const std::string& language);

}  // namespace cadre::cli
