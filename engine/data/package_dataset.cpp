#include "cadre/data/package_dataset.hpp"

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include "cadre/base/files.hpp"
#include "cadre/base/seeded_hash.hpp"
#include "cadre/base/sha256.hpp"
#include "cadre/data/cell_check.hpp"
#include "cadre/data/encoding.hpp"
#include "cadre/data/keys.hpp"
#include "cadre/data/package.hpp"
#include "cadre/data/person_rows.hpp"
#include "cadre/data/plausibility.hpp"
#include "cadre/data/table.hpp"
#include "cadre/data/text_file.hpp"

namespace cadre {
namespace {

namespace fs = std::filesystem;

class PackageLoader {
 public:
  PackageLoader(const fs::path& path, const DataOptions& options, Problems& problems)
      : path_(path), options_(options), problems_(problems) {}

  std::optional<Dataset> load() {
    const std::string text = read_file(path_, options_.max_file_bytes);
    const TextFile file(path_.generic_string(), text);
    if (!check_encoding(file, problems_)) return std::nullopt;
    std::optional<PackageDescription> package = read_package(file, options_, problems_);
    if (!package) return std::nullopt;

    dataset_.name = package->name;
    dataset_.title = package->title;
    dataset_.schema = Schema(options_.schema);
    dataset_.schema.languages = package->languages;
    dataset_.schema.as_of = package->as_of;
    dataset_.inputs.push_back({path_.filename().string(), text.size(), sha256(text)});

    // An empty path is the current folder.
    const fs::path folder = path_.has_parent_path() ? path_.parent_path() : fs::path(".");
    if (dataset_.name.empty())
      dataset_.name = fs::absolute(folder).lexically_normal().filename().string();
    std::vector<CsvTable> tables;
    tables.reserve(package->tables.size());
    for (TableDescription& description : package->tables) {
      tables.emplace_back(std::move(description), folder, package->languages, options_);
    }
    for (CsvTable& table : tables) table.read(problems_, dataset_.inputs);
    check_keys(tables, problems_);
    if (problems_.errors() > 0) return std::nullopt;

    take_people(tables);
    for (const Table table : dataset_.schema.all_but_people()) take_rows(table, tables);
    look_for_implausible(tables);
    for (CsvTable& table : tables) {
      if (table.description().declared != nullptr) continue;
      dataset_.extra.push_back({table.schema(), std::move(table.rows())});
    }
    return std::move(dataset_);
  }

 private:
  static CsvTable* find(std::vector<CsvTable>& tables, std::string_view name) {
    for (CsvTable& table : tables) {
      if (table.schema().name == name) return &table;
    }
    return nullptr;
  }

  void take_people(std::vector<CsvTable>& tables) {
    CsvTable* table = find(tables, "people");
    dataset_.schema.table(Table::kPerson) = table->schema();
    const std::size_t id = *table->schema().find("id");
    const SpanColumns span(table->schema());
    dataset_.people.reserve(table->rows().size());
    for (std::vector<std::string>& cells : table->rows()) {
      Person& person = dataset_.people.emplace_back();
      person.facts = make_row(std::move(cells), id, span);
      person.id = person.facts.id;
      take_as_of(person, dataset_.schema.table(Table::kPerson));
    }
    for (Person& person : dataset_.people) people_.emplace(person.id, &person);
  }

  void take_rows(Table which, std::vector<CsvTable>& tables) {
    CsvTable* table = find(tables, dataset_.schema.table(which).name);
    if (table == nullptr) return;
    dataset_.schema.table(which) = table->schema();
    const std::size_t id = *table->schema().find("id");
    const std::size_t person_column = *table->schema().find("person");
    const SpanColumns span(table->schema());
    numbers_.resize(dataset_.schema.tables.size());
    std::vector<std::vector<std::uint32_t>>& numbers = numbers_[static_cast<std::size_t>(which)];
    numbers.resize(dataset_.people.size());
    std::uint32_t number = 0;
    for (std::vector<std::string>& cells : table->rows()) {
      Person& person = *people_.at(cells[person_column]);
      std::vector<Row>& rows = person.rows_to_edit(which);
      if (table->description().derived_ids) {
        cells[id] = derived_id(person.id, table->schema(), rows.size() + 1);
      }
      rows.push_back(make_row(std::move(cells), id, span));
      numbers[static_cast<std::size_t>(&person - dataset_.people.data())].push_back(number++);
    }
  }

  void look_for_implausible(std::vector<CsvTable>& tables) {
    Findings findings;
    PlausibilityCheck check(dataset_.schema, findings);
    const auto column = [](const CsvTable& table, std::string_view name) {
      return table.schema().find(name).value_or(0);
    };
    for (std::size_t i = 0; i < dataset_.people.size(); ++i) {
      check.check_rows(dataset_.people[i], [&](Table which, std::size_t row) {
        const CsvTable& table = *find(tables, dataset_.schema.table(which).name);
        return table.place(numbers_[static_cast<std::size_t>(which)][i][row],
                           column(table, table.schema().start));
      });
    }
    check.check_same_people(dataset_.people, [&](std::size_t person) {
      const CsvTable& table = *find(tables, "people");
      return table.place(person, column(table, "id"));
    });
    findings.tell(problems_);
  }

  const fs::path& path_;
  const DataOptions& options_;
  Problems& problems_;
  Dataset dataset_;
  std::unordered_map<std::string_view, Person*, SeededHash> people_;
  // For each table and person the numbers of their rows in the file.
  std::vector<std::vector<std::vector<std::uint32_t>>> numbers_;
};

}  // namespace

std::optional<Dataset> load_package(const fs::path& description, const DataOptions& options,
                                    Problems& problems) {
  return PackageLoader(description, options, problems).load();
}

}  // namespace cadre
