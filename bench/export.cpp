#include "bench/export.hpp"

#include <fstream>
#include <stdexcept>
#include <string_view>
#include <vector>

#include "bench/terms.hpp"

namespace cadre::bench {
namespace {

using Lines = std::vector<std::string_view>;

void write(const std::filesystem::path& path, std::span<const std::string_view> lines) {
  std::ofstream file(path, std::ios::binary);
  for (const std::string_view line : lines) file << line << '\n';
  if (!file.flush()) throw std::runtime_error("cannot write " + path.string());
}

}  // namespace

void export_texts(const Dataset& dataset, std::span<const std::string> lines,
                  const std::filesystem::path& folder) {
  std::filesystem::create_directories(folder);
  const FoldedBlock folded = fold_texts(lines);
  const Lines texts = texts_of(folded);
  write(folder / "texts.txt", texts);
  write(folder / "some-texts.txt", std::span(texts).first(texts.size() / 10));
  for (const TermSet& set : term_sets(dataset)) {
    write(folder / (set.size + ".txt"), Lines(set.words.begin(), set.words.end()));
  }
}

}  // namespace cadre::bench
