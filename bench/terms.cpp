#include "bench/terms.hpp"

#include <algorithm>
#include <random>
#include <ranges>
#include <set>
#include <utility>

#include "cadre/data/person_parser.hpp"
#include "cadre/text/term.hpp"

namespace cadre::bench {

namespace {

// Of the default schema.
constexpr Table kEducation{1};
constexpr Table kCareer{2};

}  // namespace

std::vector<std::string> names_of(const Dataset& dataset) {
  std::set<std::string> names;
  const auto add = [&](Table table, std::string_view logical) {
    for (const std::uint32_t column : dataset.schema.table(table).find_logical(logical)) {
      for (const Person& person : dataset.people) {
        for (const Row& row : person.rows(table)) {
          std::string word = fold_term(row.cells[column]).text;
          if (word.size() >= 4) names.insert(std::move(word));
        }
      }
    }
  };
  add(kCareer, "org");
  add(kEducation, "institution");
  std::vector<std::string> all(names.begin(), names.end());
  std::shuffle(all.begin(), all.end(), std::mt19937(1));
  return all;
}

Words first_of(const std::vector<std::string>& names, std::size_t count) {
  Words some(names.begin(),
             names.begin() + static_cast<std::ptrdiff_t>(std::min(count, names.size())));
  std::sort(some.begin(), some.end());
  return some;
}

std::vector<TermSet> term_sets(const Dataset& dataset) {
  const std::vector<std::string> names = names_of(dataset);
  return {{"small", first_of(names, 200)},
          {"medium", first_of(names, 2000)},
          {"large", first_of(names, names.size())}};
}

FoldedBlock fold_texts(std::span<const std::string> lines) {
  const Schema& schema = Schema::standard();
  Diagnostics diagnostics;
  Problems problems(diagnostics, 10);
  PersonParser parser(schema, "bench");
  FoldedBlock folded;
  for (const std::string& line : lines) {
    const std::optional<Person> person = parser.parse(line, 1, problems);
    if (!person) continue;
    for (const Table table : {kEducation, kCareer}) {
      const std::vector<Column>& columns = schema.table(table).columns;
      for (const Row& row : person->rows(table)) {
        for (std::size_t column = 0; column < columns.size(); ++column) {
          const bool text = columns[column].kind == Column::Kind::kText;
          if (text && !row.cells[column].empty()) folded.add(row.cells[column]);
        }
      }
    }
  }
  return folded;
}

std::vector<std::string_view> texts_of(const FoldedBlock& folded) {
  std::vector<std::string_view> texts;
  for (const std::size_t i : std::views::iota(std::size_t{0}, folded.size())) {
    texts.push_back(folded[i].text());
  }
  return texts;
}

}  // namespace cadre::bench
