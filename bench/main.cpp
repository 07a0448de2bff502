// cadre_bench DATASET [--people N] [--rounds N] [--json FILE]: the tables of docs/performance.md.
// cadre_bench DATASET --generate N [--seed N]: a population as JSON Lines on standard output.
// cadre_bench DATASET --export FOLDER [--people N]: terms and texts, for bench/peers.
#include <fmt/format.h>

#include <cstdio>
#include <exception>
#include <fstream>
#include <map>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "bench/comparison.hpp"
#include "bench/export.hpp"
#include "bench/growth.hpp"
#include "bench/population.hpp"
#include "bench/terms.hpp"
#include "cadre/data/dataset.hpp"

namespace cadre::bench {
namespace {

struct Options {
  std::string dataset;
  std::string json;
  std::string folder;  // of --export
  std::size_t people = 3000;
  std::size_t generate = 0;
  std::uint32_t seed = 2022;
  int rounds = 5;
};

Options read(int argc, char** argv) {
  Options options;
  for (int i = 1; i < argc; ++i) {
    const std::string argument = argv[i];
    const auto value = [&] {
      if (i + 1 == argc) throw std::runtime_error(argument + " needs a value");
      return std::string(argv[++i]);
    };
    if (argument == "--people") {
      options.people = std::stoul(value());
    } else if (argument == "--rounds") {
      options.rounds = std::stoi(value());
    } else if (argument == "--generate") {
      options.generate = std::stoul(value());
    } else if (argument == "--seed") {
      options.seed = static_cast<std::uint32_t>(std::stoul(value()));
    } else if (argument == "--json") {
      options.json = value();
    } else if (argument == "--export") {
      options.folder = value();
    } else {
      options.dataset = argument;
    }
  }
  if (options.dataset.empty()) throw std::runtime_error("which dataset?");
  return options;
}

/// What a ratio is called in the JSON. Against Vectorscan the short name is that of matching alone,
/// against RE2::Set that of the whole way.
std::string ratio_name(const Measured& one) {
  const std::string name = one.engine + "_" + one.terms;
  if (one.task == "match") return one.engine == "vectorscan" ? name : "match_" + name;
  return one.engine == "re2_set" ? name : "end_to_end_" + name;
}

int run(const Options& options) {
  const LoadedDataset loaded = load_dataset(options.dataset);
  if (!loaded.dataset) throw std::runtime_error("the dataset has mistakes; see cadre classify");
  Population population(*loaded.dataset, options.seed);
  if (options.generate > 0) {
    for (std::size_t i = 0; i < options.generate; ++i) {
      const std::string line = population.next() + '\n';
      if (std::fwrite(line.data(), 1, line.size(), stdout) != line.size()) return 2;
    }
    return 0;
  }

  std::vector<std::string> lines;
  for (std::size_t i = 0; i < options.people; ++i) lines.push_back(population.next());
  if (!options.folder.empty()) {
    export_texts(*loaded.dataset, lines, options.folder);
    return 0;
  }
  const std::vector<Measured> measured = compare_engines(*loaded.dataset, lines, options.rounds);

  nlohmann::ordered_json json;
  std::map<std::string, double> speed;
  std::map<std::string, std::uint64_t> checksums;
  bool agree = true;
  fmt::print("{:<12} {:<8} {:<16} {:>8}  {:>12}\n", "task", "terms", "engine", "MB/s", "cadre is");
  for (const Measured& one : measured) {
    const std::string place = one.task + " " + one.terms;
    speed[place + " " + one.engine] = one.megabytes_per_second;
    const double ratio = speed[place + " cadre"] / one.megabytes_per_second;
    const auto [first, is_new] = checksums.emplace(place, one.checksum);
    agree = agree && (is_new || first->second == one.checksum);
    fmt::print("{:<12} {:<8} {:<16} {:>8.0f}  {:>12}\n", one.task, one.terms, one.engine,
               one.megabytes_per_second,
               one.engine == "cadre" ? "" : fmt::format("{:.2f} times", ratio));
    json["speeds"].push_back({{"task", one.task},
                              {"terms", one.terms},
                              {"engine", one.engine},
                              {"mb_per_s", one.megabytes_per_second}});
    if (one.engine == "cadre") continue;
    json["ratios"][ratio_name(one)] = ratio;
  }
  fmt::print("\n{}\n\n",
             agree ? "All engines found the same spans and wrote the same labels and evidence."
                   : "ENGINES DISAGREE on what they found.");
  if (!speed.contains("match small vectorscan")) {
    fmt::print("Vectorscan is not installed (Debian: libvectorscan-dev) and was left out.\n\n");
  }

  fmt::print("{:>8} {:>10} {:>12} {:>8} {:>10}\n", "terms", "ns/byte", "compile s", "MiB",
             "hits/kB");
  const FoldedBlock folded = fold_texts(lines);
  for (const Growth& one : growth_with_terms(*loaded.dataset, folded.text(), options.rounds)) {
    fmt::print("{:>8} {:>10.2f} {:>12.3f} {:>8.2f} {:>10.2f}\n", one.terms,
               one.nanoseconds_per_byte, one.compile_seconds, one.mebibytes, one.hits_per_kilobyte);
    json["growth"].push_back({{"terms", one.terms},
                              {"ns_per_byte", one.nanoseconds_per_byte},
                              {"compile_s", one.compile_seconds},
                              {"mib", one.mebibytes}});
  }
  if (!options.json.empty()) std::ofstream(options.json) << json.dump(2) << '\n';
  return agree ? 0 : 1;
}

}  // namespace
}  // namespace cadre::bench

int main(int argc, char** argv) {
  try {
    return cadre::bench::run(cadre::bench::read(argc, argv));
  } catch (const std::exception& error) {
    fmt::print(stderr, "cadre_bench: {}\n", error.what());
    return 2;
  }
}
