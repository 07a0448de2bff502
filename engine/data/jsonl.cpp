#include "cadre/data/jsonl.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cstddef>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include "cadre/base/seeded_hash.hpp"
#include "cadre/data/column_name.hpp"
#include "cadre/data/encoding.hpp"
#include "cadre/data/person_parser.hpp"
#include "cadre/data/text_file.hpp"
#include "cadre/text/utf8.hpp"

namespace cadre {
namespace {

constexpr std::string_view kBlanks = " \t\r\n";
constexpr std::string_view kZipSignature = "PK\x03\x04";  // also of .xlsx and .ods

/// The columns of a declared schema. People that were imported say so from the first line on. As
/// the columns of Schema::imported() begin with the standard ones, what is bound to the one schema
/// reads rows of the other.
Schema schema_of(std::string_view text, const SchemaPointer& declared) {
  if (declared != default_schema()) return Schema::of(declared);
  text.remove_prefix(std::min(text.find_first_not_of(kBlanks), text.size()));
  const std::string_view line = text.substr(0, text.find('\n'));
  const bool imported = line.find("\"source_file\":") != std::string_view::npos;
  return imported ? Schema::imported() : Schema::standard();
}

/// Whether the text begins as JSON Lines do; otherwise every line would be wrong.
bool check_form(const TextFile& file, Problems& problems) {
  if (tell_of_second_mark(file, problems)) return false;
  std::string_view text = file.text();
  std::size_t begin = text.starts_with(kByteOrderMark) ? kByteOrderMark.size() : 0;
  begin = text.find_first_not_of(kBlanks, begin);
  text = text.substr(begin);
  const std::string_view line = text.substr(0, text.find('\n'));
  const bool object = text.starts_with('{');
  if (text.starts_with(kByteOrderMark)) return true;  // it is told of with all lines
  if (object && line.find_first_not_of(kBlanks, 1) != std::string_view::npos) return true;
  if (object) {
    problems.error("not-json-lines", "the first person does not stand on one line",
                   file.place(begin, begin + 1), "write each person on a line: jq -c . FILE");
  } else if (text.starts_with('[')) {
    problems.error("not-json-lines", "this is a JSON list, not JSON Lines",
                   file.place(begin, begin + 1),
                   "write each person on a line of its own: jq -c '.[]' FILE");
  } else if (text.starts_with(kZipSignature)) {
    problems.error("not-json-lines", "this is a spreadsheet or another zip archive, not JSON Lines",
                   file.whole(),
                   "save each sheet as CSV in a folder with a datapackage.json (docs/data.md)");
  } else {
    problems.error("not-json-lines", "this is not JSON Lines: the first line does not begin with {",
                   file.place(begin, begin + 1));
  }
  return false;
}

/// The day up to which all people are known, or that of each as a column.
void settle_as_of(Dataset& dataset) {
  const auto differs = [&](const Person& person) {
    return person.as_of != dataset.people.front().as_of;
  };
  if (dataset.people.empty()) return;
  if (std::none_of(dataset.people.begin(), dataset.people.end(), differs)) {
    dataset.schema.as_of = dataset.people.front().as_of;
    return;
  }
  dataset.schema.table(Table::kPerson).columns.push_back(as_of_column());
  for (Person& person : dataset.people) {
    person.facts.cells.push_back(person.as_of ? person.as_of->text() : "");
  }
}

void look_for_implausible(const Dataset& dataset, const TextFile& file,
                          const std::vector<std::size_t>& offsets, Findings& findings) {
  PlausibilityCheck check(dataset.schema, findings);
  const auto place = [&](std::size_t person) {
    return file.place(offsets[person], offsets[person] + 1);
  };
  for (std::size_t i = 0; i < dataset.people.size(); ++i) {
    check.check_rows(dataset.people[i], [&](Table, std::size_t) { return place(i); });
  }
  check.check_same_people(dataset.people, place);
}

class IdCheck {
 public:
  IdCheck(const Dataset& dataset, const TextFile& file, const std::vector<std::size_t>& offsets,
          Problems& problems)
      : dataset_(dataset), file_(file), offsets_(offsets), problems_(problems) {}

  /// Tells of people and of rows with the same id.
  void run() {
    for (const Table table : dataset_.schema.all()) check(table);
  }

 private:
  void check(Table table) {
    std::unordered_map<std::string_view, std::size_t, SeededHash>
        owners;  // of ids: index of the person
    for (std::size_t i = 0; i < dataset_.people.size(); ++i) {
      for (const Row& row : dataset_.people[i].rows(table)) {
        const auto [first, is_new] = owners.emplace(row.id, i);
        if (!is_new) tell(table, row.id, i, first->second);
      }
    }
  }

  void tell(Table table, const std::string& id, std::size_t person, std::size_t first) {
    if (problems_.skip_error()) return;
    problems_.add({Severity::kError,
                   "duplicate-id",
                   fmt::format("two rows of '{}' have the id '{}'",
                               dataset_.schema.table(table).name, quotable(id)),
                   place(person),
                   "",
                   {{place(first), "first here"}}});
  }

  /// Where the id of a person stands.
  Place place(std::size_t person) const {
    return file_.place(offsets_[person], offsets_[person] + 1);
  }

  const Dataset& dataset_;
  const TextFile& file_;
  const std::vector<std::size_t>& offsets_;
  Problems& problems_;
};

}  // namespace

std::optional<Dataset> read_json_lines(const std::string& text, const std::string& name,
                                       const DataOptions& options, Problems& problems,
                                       std::size_t first_line, Findings* findings) {
  const TextFile file(name, text, first_line);
  const bool whole = first_line == 1;
  const bool blank = text.find_first_not_of(kBlanks) == std::string::npos;
  if (blank && !whole) {
    Dataset nobody;
    nobody.schema = Schema::of(options.schema);
    return nobody;
  }
  if (!check_encoding(file, problems)) return std::nullopt;
  if (whole && !check_form(file, problems)) return std::nullopt;

  Dataset dataset;
  dataset.schema = schema_of(text, options.schema);
  PersonParser parser(dataset.schema, name, options);
  std::vector<std::size_t> id_offsets;
  const std::string_view all = text;
  std::size_t line = first_line;
  std::size_t at = whole && all.starts_with(kByteOrderMark) ? kByteOrderMark.size() : 0;
  for (; at < all.size(); ++line) {
    const std::size_t end = std::min(all.find('\n', at), all.size());
    const std::string_view json = all.substr(at, end - at);
    if (json.size() > options.max_line_bytes) {
      problems.error("line-too-long",
                     fmt::format("the line has {} bytes, and at most {} are read", json.size(),
                                 options.max_line_bytes),
                     file.place(at, at + 1), "is each person on a line of its own?");
    } else if (json.starts_with(kByteOrderMark)) {
      problems.error("byte-order-mark", "a byte order mark in the middle of the file",
                     problems.full() ? Place() : file.place(at, at + kByteOrderMark.size()),
                     kTakeOutByteOrderMarks);
    } else if (json.find_first_not_of(kBlanks) != std::string_view::npos) {
      const bool in_place = all.size() - end >= PersonParser::kPadding;
      std::optional<Person> person = in_place ? parser.parse_in_place(json, line, problems)
                                              : parser.parse(json, line, problems);
      if (person) {
        dataset.people.push_back(*std::move(person));
        id_offsets.push_back(at + parser.id_offset());
      }
    }
    at = end + 1;
  }
  IdCheck(dataset, file, id_offsets, problems).run();
  if (problems.errors() > 0) return std::nullopt;
  settle_as_of(dataset);
  Findings found;
  look_for_implausible(dataset, file, id_offsets, findings == nullptr ? found : *findings);
  found.tell(problems);
  return dataset;
}

}  // namespace cadre
