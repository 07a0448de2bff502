#include "cadre/data/person.hpp"

namespace cadre {

std::span<const Row> Person::rows(Table table) const {
  switch (table) {
    case Table::kEducation:
      return education;
    case Table::kCareer:
      return career;
    case Table::kPosts:
      return posts;
    case Table::kPerson:
      break;
  }
  return {&facts, 1};
}

}  // namespace cadre
