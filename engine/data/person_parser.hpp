// People out of JSON: one object a person, with nested `education`, `career` and `posts`.
//
//     {"id": "xu-dazhe", "as_of": "2022-12-31", "name_zh": "许达哲", "birth": "1956-09",
//      "education": [{"start": 1978, "field_zh": "机械制造", "degree": "bachelor"}],
//      "career": [{"start": "1984-12", "end": "..", "org_zh": "航天部", "role_zh": "设计员"}]}
//
// Keys are the names of the schema's columns, in any order, and `as_of`, the last day up to which
// this person is known. null, an empty text and a key that is
// not there all mean "not known". Dates, numbers and names may be written as JSON numbers. `person`
// of the nested rows follows from where they stand, and so does an `id` that is not given:
// xu-dazhe/e1 for the first row of education, /c1 of career, /p1 of posts.
#pragma once

#include <cstddef>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "cadre/data/dataset.hpp"
#include "cadre/data/person.hpp"
#include "cadre/data/problems.hpp"
#include "cadre/data/schema.hpp"

namespace cadre {

/// Keeps its buffers from one person to the next. Not to be shared between threads.
class PersonParser {
 public:
  /// What must be readable behind a text that is to be parsed where it stands.
  static constexpr std::size_t kPadding = 64;

  /// Keeps a reference to `schema`. `path` is for the places in problems.
  PersonParser(const Schema& schema, std::string path, const DataOptions& options = {});
  ~PersonParser();
  PersonParser(PersonParser&&) noexcept;
  PersonParser& operator=(PersonParser&&) noexcept;

  /// The person in `json`, which begins on line `line` of the file. Nothing, and errors in
  /// `problems`, when there is a mistake in it. An unknown key is told of once by each parser.
  std::optional<Person> parse(std::string_view json, std::size_t line, Problems& problems);

  /// The same without a copy, for a text behind which kPadding more bytes can be read.
  std::optional<Person> parse_in_place(std::string_view json, std::size_t line, Problems& problems);

  /// Where the id of the person who was parsed last stands in that text: an offset in bytes.
  std::size_t id_offset() const;

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace cadre
