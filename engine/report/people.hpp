// The people of a run as the report's page wants them: lists of columns for finding and filtering,
// and for each person all that is known, in packets.
#pragma once

#include <cstddef>
#include <map>
#include <string>
#include <vector>

#include "cadre/base/json.hpp"
#include "cadre/report/page.hpp"
#include "cadre/run/run.hpp"

namespace cadre {

/// How many people a packet holds; people stand in the order of their ids.
inline constexpr std::size_t kPeoplePerPacket = 32;

/// The ids of all people, in order; the page calls people by their place in it.
std::vector<std::string> list_people(const Run& run);
std::map<std::string, std::size_t> places_of(const std::vector<std::string>& people);

/// The columns of all people: names, birth, labels, posts, eras; the steps of labels and the terms
/// of lexicons that evidence refers to by number.
Json people_index(const Run& run, const std::vector<std::string>& people);

/// The packets packet-0, packet-1, ...: the rows of each person with the evidence of each label.
/// Words are given by their places in JavaScript's texts (UTF-16 units).
std::vector<PageData> people_packets(const Run& run, const std::vector<std::string>& people);

}  // namespace cadre
