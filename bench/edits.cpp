// cadre_edits RULES DATASET [--sample N]: what one edit costs a Study that knows the rules already.
//
// Takes out every single term, negates every plain label, and gives every number among the
// parameters another value; each edit is followed by all labels and all figures, and taken back
// before the next. Prints median and worst, apart for edits that change no column and those that
// change one. With --sample, N terms spread over the lexicons instead of all.
#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <chrono>
#include <cstdio>
#include <exception>
#include <memory>
#include <optional>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

#include "cadre/classify/study.hpp"
#include "cadre/data/dataset.hpp"
#include "cadre/rules/load.hpp"
#include "cadre/run/study_figures.hpp"

namespace cadre::bench {
namespace {

using Clock = std::chrono::steady_clock;

struct Options {
  std::string rules;
  std::string dataset;
  std::size_t sample = 0;  // 0: all terms
};

Options read(int argc, char** argv) {
  Options options;
  std::vector<std::string> places;
  for (int i = 1; i < argc; ++i) {
    const std::string argument = argv[i];
    if (argument != "--sample") {
      places.push_back(argument);
    } else if (++i < argc) {
      options.sample = std::stoul(argv[i]);
    }
  }
  if (places.size() != 2) throw std::runtime_error("give RULES and DATASET");
  options.rules = places[0];
  options.dataset = places[1];
  return options;
}

Rules load(const std::string& path, const LoadOptions& options = {}) {
  Loaded loaded = load_rules(path, options);
  if (!loaded.rules) throw std::runtime_error("the rules have mistakes; see cadre check");
  return std::move(*loaded.rules);
}

Rules without_term(const Rules& rules, std::size_t lexicon, std::size_t term) {
  Rules edited = rules;
  std::vector<Term>& terms = edited.lexicons[lexicon].terms;
  terms.erase(terms.begin() + static_cast<std::ptrdiff_t>(term));
  return edited;
}

/// A plain label turned into its opposite.
std::optional<Rules> negated(const Rules& rules, std::size_t label) {
  const auto* condition = std::get_if<Condition>(&rules.labels[label].body);
  if (condition == nullptr) return std::nullopt;
  Combination none;
  none.op = Combination::Op::kNone;
  none.parts.push_back(*condition);
  Condition opposite = *condition;
  opposite.what = std::move(none);
  Rules edited = rules;
  edited.labels[label].body = std::move(opposite);
  return edited;
}

/// The rules with a number among the parameters one higher; nothing where it is no number.
std::optional<Rules> with_parameter(const Options& options, const Parameter& parameter) {
  int number = 0;
  const std::string& text = parameter.value;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
  LoadOptions load_options;
  load_options.settings = {{parameter.name, std::to_string(number + 1)}};
  return load(options.rules, load_options);
}

class Edits {
 public:
  Edits(const Options& options, std::shared_ptr<const Dataset> dataset)
      : options_(options),
        rules_(load(options.rules)),
        study_(std::move(dataset)),
        answers_(study_) {
    before_ = ask(rules_);
  }

  void run() {
    std::size_t terms = 0;
    for (const Lexicon& lexicon : rules_.lexicons) terms += lexicon.terms.size();
    const std::size_t step =
        options_.sample == 0 ? 1 : std::max<std::size_t>(1, terms / options_.sample);
    std::size_t number = 0;
    for (std::size_t i = 0; i < rules_.lexicons.size(); ++i) {
      for (std::size_t term = 0; term < rules_.lexicons[i].terms.size(); ++term) {
        if (number++ % step == 0) measure(without_term(rules_, i, term));
      }
    }
    for (const Parameter& parameter : rules_.params) {
      if (const auto edited = with_parameter(options_, parameter)) measure(*edited);
    }
    for (std::size_t label = 0; label < rules_.labels.size(); ++label) {
      if (const auto edited = negated(rules_, label)) measure(*edited);
    }
    tell("no column changes", unchanged_);
    tell("a column changes", changed_);
  }

 private:
  Study::Columns ask(const Rules& rules) {
    Study::Columns columns = study_.labels(rules);
    StudyFigures::Answers answers(answers_, rules, columns);
    for (const Figure& figure : rules.figures) answers.query(figure.sql);
    return columns;
  }

  void measure(const Rules& edited) {
    const Clock::time_point start = Clock::now();
    const Study::Columns after = ask(edited);
    const std::chrono::duration<double, std::milli> taken = Clock::now() - start;
    // A Study that forgot what it knew gives other columns of the same content.
    const bool same = std::equal(
        after.begin(), after.end(), before_.begin(), before_.end(),
        [](const auto& one, const auto& other) { return one->content() == other->content(); });
    (same ? unchanged_ : changed_).push_back(taken.count());
    ask(rules_);
  }

  static void tell(const char* what, std::vector<double> times) {
    if (times.empty()) return;
    std::sort(times.begin(), times.end());
    fmt::print("{:<18} {:>6} edits  median {:>7.1f} ms  worst {:>7.1f} ms\n", what, times.size(),
               times[times.size() / 2], times.back());
  }

  const Options options_;
  const Rules rules_;
  const Study study_;
  StudyFigures answers_;
  Study::Columns before_;
  std::vector<double> unchanged_;
  std::vector<double> changed_;
};

}  // namespace
}  // namespace cadre::bench

int main(int argc, char** argv) {
  try {
    const cadre::bench::Options options = cadre::bench::read(argc, argv);
    cadre::LoadedDataset loaded = cadre::load_dataset(options.dataset);
    if (!loaded.dataset) throw std::runtime_error("the dataset has mistakes; see cadre classify");
    auto dataset = std::make_shared<const cadre::Dataset>(std::move(*loaded.dataset));
    cadre::bench::Edits(options, std::move(dataset)).run();
    return 0;
  } catch (const std::exception& error) {
    fmt::print(stderr, "cadre_edits: {}\n", error.what());
    return 2;
  }
}
