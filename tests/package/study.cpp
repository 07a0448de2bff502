// A dataset under two rule sets, as another project would ask: who is trained in STEM, why, and
// what does another definition change?
#include <cadre/cadre.hpp>

#include <cstdio>
#include <filesystem>
#include <map>
#include <memory>
#include <string>

namespace {

cadre::Rules load(const std::string& term) {
  const std::map<std::string, std::string> files = {
      {"example.yaml",
       "ruleset: example\ncadre: 1\ninclude: [fields.yaml]\n"
       "labels: {trained: {education: {field: {in: fields}}}}\n"},
      {"fields.yaml", "lexicon: fields\ncategories: {stem: {terms: {en: [" + term + "]}}}\n"}};
  cadre::LoadOptions options;
  options.read = [&](const std::filesystem::path& path) { return files.at(path.filename()); };
  return cadre::load_rules("example.yaml", options).rules.value();
}

std::shared_ptr<const cadre::Dataset> people() {
  auto dataset = std::make_shared<cadre::Dataset>();
  cadre::Diagnostics mistakes;
  dataset->people.push_back(
      *cadre::parse_person(R"({"id": "ada", "education": [{"field_en": "Pure Mathematics"}]})",
                           dataset->schema = cadre::Schema::standard(), "people", 1, mistakes));
  return dataset;
}

}  // namespace

int main() {
  const cadre::Rules rules = load("mathematics");
  const cadre::Rules other = load("physics");
  const cadre::Study study(people());

  const bool trained = study.labels(rules).front()->truth(0) == cadre::Truth::kTrue;
  const cadre::Classification why = study.classify(rules, {.people = {0}}).front();
  const cadre::RowEvidence& row = why.value("trained").steps.back().rows.front();
  const cadre::Match& words = row.words.front().match;
  const cadre::Row& course = study.dataset().people[0].rows(row.table)[row.row];
  const std::string quoted =
      course.cells[row.words.front().column].substr(words.begin, words.end - words.begin);

  cadre::StudyFigures figures(study);
  const cadre::Diff diff = cadre::diff_rules({rules, {}}, {other, {}}, figures);
  const bool lost = diff.labels.at(0).people.at(0).person.id == "ada";
  std::printf("ada: %s, by '%s'; %s by the other definition\n", trained ? "true" : "false",
              quoted.c_str(), lost ? "not" : "also");
  return trained && quoted == "Mathematics" && lost ? 0 : 1;
}
