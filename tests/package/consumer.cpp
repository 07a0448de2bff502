// The example of the manual, as another project would write it: is somebody who read mathematics
// trained in STEM? Rules come from memory here, so that the program needs no files.

#include <cadre/cadre.hpp>

#include <cstdio>
#include <filesystem>
#include <map>
#include <string>

namespace {

const std::map<std::string, std::string> kFiles = {{"example.yaml", R"(ruleset: example
cadre: 1
title: An example
include: [fields.yaml]
labels:
  stem_trained:
    title: Trained in a STEM field
    any:
      - education: {field: {in: fields}}
)"},
                                                   {"fields.yaml", R"(lexicon: fields
title: Fields of study
categories:
  mathematics:
    terms: {en: [mathematics]}
)"}};

}  // namespace

int main() {
  cadre::LoadOptions options;
  options.read = [](const std::filesystem::path& path) {
    return kFiles.at(path.filename().string());
  };
  const cadre::Loaded loaded = cadre::load_rules("example.yaml", options);
  if (!loaded.rules) {
    for (const cadre::Diagnostic& diagnostic : loaded.diagnostics) {
      std::fprintf(stderr, "%s\n", diagnostic.message.c_str());
    }
    return 2;
  }

  const cadre::Schema& schema = cadre::Schema::standard();
  const cadre::Table education = schema.find_table("education").value();
  const cadre::Classifier classifier(*loaded.rules, schema);

  cadre::Person person;
  person.id = "ada";
  person.facts.cells.resize(schema.table(cadre::Table::kPerson).columns.size());
  cadre::Row row;
  row.id = "1";
  row.cells.resize(schema.table(education).columns.size());
  row.cells[schema.table(education).find("field_en").value()] = "Pure Mathematics";
  person.rows_to_edit(education).push_back(row);

  const cadre::Classification found = classifier.classify(person);
  if (found.label("stem_trained") != cadre::Truth::kTrue) {
    std::fprintf(stderr, "stem_trained should be true\n");
    return 1;
  }
  std::puts("ada is trained in STEM");
  return 0;
}
