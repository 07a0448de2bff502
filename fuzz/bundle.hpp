// Several files in one text, so that a fuzzer can change them together:
//
//     === a.yaml
//     ruleset: r
//     include: [lexicons/l.yaml]
//     === lexicons/l.yaml
//     lexicon: l
//
// A text that begins otherwise is one file.
#pragma once

#include <map>
#include <string>
#include <string_view>

#include "cadre/rules/load.hpp"

namespace cadre::fuzz {

using Bundle = std::map<std::string, std::string>;

/// The files by name; of two with the same name the last counts. A text that is one file is called
/// `only`.
Bundle unpack(std::string_view text, const std::string& only);

/// Options that read the files of a bundle, which must outlive them, under limits that a fuzzer
/// reaches.
LoadOptions reading(const Bundle& files);

}  // namespace cadre::fuzz
