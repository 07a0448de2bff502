// What the readers of datasets share about the rows of a person.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "cadre/data/cell_check.hpp"
#include "cadre/data/person.hpp"

namespace cadre {

/// The row of these cells, of which the one at `id` is its id.
Row make_row(std::vector<std::string> cells, std::size_t id, const SpanColumns& span);

/// Takes Person::as_of from the column `as_of` of dates, where `people` has one.
void take_as_of(Person& person, const TableSchema& people);

/// The id of a row that has none of its own: xu-dazhe/e1 for the first row of education, /c1 of
/// career, /p1 of posts. `number` counts from 1.
std::string derived_id(std::string_view person, const TableSchema& table, std::size_t number);

}  // namespace cadre
