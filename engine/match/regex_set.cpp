#include "cadre/match/regex_set.hpp"

#include <fmt/format.h>
#include <re2/filtered_re2.h>
#include <re2/re2.h>
#include <re2/stringpiece.h>

#include <algorithm>
#include <map>
#include <utility>

#include "cadre/base/error.hpp"
#include "cadre/text/fold.hpp"
#include "cadre/text/term.hpp"

namespace cadre {
namespace {

/// Shorter words would be in nearly every text. A Chinese character has three bytes.
constexpr int kShortestAtom = 3;

/// For so many atoms it is worked out beforehand which patterns each alone makes possible.
constexpr std::size_t kMostAlone = 4096;

}  // namespace

RegexSet::RegexSet(const Folding& folding)
    : folding_(folding), filter_(std::make_unique<re2::FilteredRE2>(kShortestAtom)) {}
RegexSet::~RegexSet() = default;
RegexSet::RegexSet(RegexSet&&) noexcept = default;
RegexSet& RegexSet::operator=(RegexSet&&) noexcept = default;

void RegexSet::add(const std::string& pattern, std::size_t memory) {
  re2::RE2::Options options;
  options.set_case_sensitive(false);
  options.set_longest_match(true);
  options.set_log_errors(false);
  options.set_max_mem(static_cast<std::int64_t>(memory));
  const std::string folded = fold_pattern(pattern, folding_);
  int number = 0;
  if (filter_->Add(folded, options, &number) != re2::RE2::NoError) {
    throw Error(Error::Kind::kLimit, "",
                fmt::format("cannot compile the regular expression '{}': {}", pattern,
                            re2::RE2(folded, options).error()));
  }
  ++count_;
}

void RegexSet::compile() {
  if (count_ == 0) return;
  std::vector<std::string> atoms;
  filter_->Compile(&atoms);
  // RE2 writes atoms in lower case, which is not always the folded form. Folding may make two
  // equal. Their spaces are those of folded text, of which none is to be dropped.
  std::map<std::string, std::vector<int>> numbers;
  for (std::size_t i = 0; i < atoms.size(); ++i) {
    const std::string folded = fold(atoms[i], {Blanks::kKept, folding_.accents});
    (folded.empty() ? certain_ : numbers[folded]).push_back(static_cast<int>(i));
  }
  std::vector<std::string_view> words;
  for (const auto& [word, of_word] : numbers) {
    words.push_back(word);
    atom_numbers_.push_back(of_word);
  }
  atoms_ = LiteralSet(words, LiteralSet::Where::kAnywhere);
  always_ = potentials({});
  for (const std::vector<int>& same : atom_numbers_) {
    if (alone_.size() < kMostAlone) alone_.push_back(potentials(same));
  }
}

std::vector<int> RegexSet::potentials(std::vector<int> numbers) const {
  numbers.insert(numbers.end(), certain_.begin(), certain_.end());
  std::sort(numbers.begin(), numbers.end());
  numbers.erase(std::unique(numbers.begin(), numbers.end()), numbers.end());
  std::vector<int> patterns;
  filter_->AllPotentials(numbers, &patterns);
  std::sort(patterns.begin(), patterns.end());
  return patterns;
}

void RegexSet::candidates(std::span<const LiteralSet::Hit> atoms,
                          std::vector<int>& patterns) const {
  patterns.clear();
  if (count_ == 0) return;
  if (atoms.empty()) {
    patterns = always_;
    return;
  }
  // Most texts that hold any atom hold one.
  const std::uint32_t first = atoms.front().word;
  const bool is_alone = std::all_of(
      atoms.begin(), atoms.end(), [=](const LiteralSet::Hit& atom) { return atom.word == first; });
  if (is_alone && first < alone_.size()) {
    patterns = alone_[first];
    return;
  }
  std::vector<int> numbers;
  for (const LiteralSet::Hit& atom : atoms) {
    const std::vector<int>& same = atom_numbers_[atom.word];
    numbers.insert(numbers.end(), same.begin(), same.end());
  }
  patterns = potentials(std::move(numbers));
}

bool RegexSet::next(int pattern, std::string_view text, Span& span) const {
  if (span.from >= text.size()) return false;
  const re2::StringPiece whole(text.data(), text.size());
  re2::StringPiece found;
  if (!filter_->GetRE2(pattern).Match(whole, span.from, text.size(), re2::RE2::UNANCHORED, &found,
                                      1)) {
    return false;
  }
  span.begin = static_cast<std::size_t>(found.data() - text.data());
  span.end = span.begin + found.size();
  span.from = std::max(span.end, span.begin + (found.empty() ? 1 : 0));
  return true;
}

}  // namespace cadre
