// Run files: what is damaged is told, and what is read is as it was promised.
//
// Bytes that begin as SQLite files do are a run file. Any others are changes to a good one: of each
// four bytes the first three say where, the last what stands there then.
#include "cadre/run/run.hpp"

#include <algorithm>
#include <string>

#include "cadre/analyse/explanation.hpp"
#include "cadre/analyse/figures.hpp"
#include "cadre/analyse/people.hpp"
#include "cadre/base/error.hpp"
#include "cadre/classify/classifier.hpp"
#include "cadre/classify/study.hpp"
#include "cadre/report/page.hpp"
#include "cadre/report/report.hpp"
#include "cadre/run/restore.hpp"
#include "cadre/text/utf8.hpp"
#include "fuzz/scratch.hpp"
#include "fuzz/study.hpp"
#include "fuzz/targets.hpp"

namespace cadre::fuzz {
namespace {

std::string damaged(std::string_view changes) {
  std::string run = small_run();
  for (; changes.size() >= 4; changes.remove_prefix(4)) {
    const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(changes[i]); };
    const auto at = static_cast<std::size_t>(byte(0) << 16 | byte(1) << 8 | byte(2));
    run[at % run.size()] = changes[3];
  }
  return run;
}

template <typename Work>
void try_to(const Work& work) {
  try {
    work();
  } catch (const Error& error) {
    must(!std::string(error.what()).empty(), "an error has words");
  }
}

void classify_again(const Run& run) {
  const Loaded rules = restore_rules(run, restore_settings(run));
  const auto dataset = std::make_shared<const Dataset>(restore_dataset(run));
  if (!rules.rules || has_errors(check_schema(*rules.rules, dataset->schema))) return;
  const Study study(dataset, {.threads = 1});
  const std::vector<Classification> people = study.classify(*rules.rules);
  must(people.size() == dataset->people.size(), "everybody is classified");
  must(study.labels(*rules.rules).size() == rules.rules->labels.size(), "and has all labels");
}

void read_all(const Run& run) {
  QueryLimits limits;
  limits.max_rows = 10'000;
  limits.max_bytes = std::size_t{1} << 22;
  limits.max_seconds = 2;
  for (const char* table :
       {"run", "inputs", "parameters", "lexicons", "categories", "eras", "figures", "people",
        "education", "career", "posts", "labels", "label_values", "evidence", "post_eras",
        "promotions", "labels_wide", "province_eras", "sqlite_schema"}) {
    try_to([&] {
      const Result result = run.query(std::string("SELECT * FROM ") + table, {}, limits);
      for (const auto& row : result.rows) {
        must(row.size() == result.columns.size(), "a row has all columns");
        for (const Cell& cell : row) {
          const auto* text = std::get_if<std::string>(&cell);
          must(text == nullptr || !find_invalid_utf8(*text), "texts of a result are UTF-8");
        }
      }
    });
  }
  try_to([&] {
    for (const Figure& figure : list_figures(run)) {
      try_to([&] { as_table(compute_figure(run, figure, limits)); });
    }
  });
  try_to([&] {
    for (const std::string& label : list_labels(run)) {
      for (const char* person : {"a", "b"}) {
        try_to([&] { explain(run, person, label); });
      }
    }
  });
  try_to([&] { find_people(run, "许达哲"); });
  try_to([&] { restore_dataset(run); });
  try_to([&] { classify_again(run); });
  if (!page_template().empty()) try_to([&] { render_report(run); });
}

}  // namespace

void run(std::string_view bytes) {
  const std::string file =
      bytes.starts_with("SQLite format 3") ? std::string(bytes) : damaged(bytes);
  const std::filesystem::path path = scratch_file("run.sqlite", file);
  try_to([&] { read_all(Run::open(path)); });
}

void sql(std::string_view bytes) {
  static const std::filesystem::path kPath = scratch_file("asked.sqlite", small_run());
  static const Run kRun = Run::open(kPath);
  QueryLimits limits;
  limits.max_rows = 1'000;
  limits.max_bytes = std::size_t{1} << 20;
  limits.max_seconds = 0.2;
  try_to([&] { kRun.query(bytes, {}, limits); });
}

}  // namespace cadre::fuzz
