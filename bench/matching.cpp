#include "bench/matching.hpp"

#include <fmt/format.h>
#include <re2/re2.h>
#include <re2/set.h>

#include <algorithm>
#include <functional>
#include <memory>
#include <random>
#include <set>
#include <utility>

#include "bench/measure.hpp"
#include "cadre/data/person_parser.hpp"
#include "cadre/match/literal_set.hpp"
#include "cadre/text/fold.hpp"
#include "cadre/text/term.hpp"

#ifdef CADRE_BENCH_HYPERSCAN
#include <hs/hs.h>
#endif

namespace cadre::bench {
namespace {

using Words = std::vector<std::string>;  // sorted, all different
using Report = std::function<void(std::uint32_t record, std::uint32_t word, std::uint32_t begin)>;

double median(std::vector<double> values) {
  std::nth_element(values.begin(), values.begin() + static_cast<std::ptrdiff_t>(values.size() / 2),
                   values.end());
  return values[values.size() / 2];
}

/// Finds all words in folded records. Each engine is used as its manual says is quickest.
class Engine {
 public:
  virtual ~Engine() = default;
  /// Sums up a number for each span, the same whatever the order.
  virtual std::uint64_t match(std::span<const std::string_view> records) = 0;
};

class Cadre : public Engine {
 public:
  explicit Cadre(const Words& words)
      : set_(std::vector<std::string_view>(words.begin(), words.end())) {}

  std::uint64_t match(std::span<const std::string_view> records) override {
    constexpr std::size_t kBlock = 64 << 10;
    std::uint64_t sum = 0;
    for (std::size_t first = 0; first < records.size();) {
      // Joining the records is part of the work.
      block_.clear();
      begins_.clear();
      std::size_t last = first;
      for (; last < records.size() && block_.size() < kBlock; ++last) {
        begins_.push_back(static_cast<std::uint32_t>(block_.size()));
        block_ += records[last];
        block_ += '\n';
      }
      begins_.push_back(0xFFFFFFFF);
      hits_.clear();
      set_.find(block_, scratch_, hits_);
      std::size_t record = 0;
      for (const LiteralSet::Hit& hit : hits_) {
        while (hit.begin >= begins_[record + 1]) ++record;
        while (hit.begin < begins_[record]) --record;
        sum += mix(first + record, hit.word, hit.begin - begins_[record]);
      }
      first = last;
    }
    return sum;
  }

  const LiteralSet& set() const { return set_; }

 private:
  LiteralSet set_;
  LiteralSet::Scratch scratch_;
  std::vector<LiteralSet::Hit> hits_;
  std::string block_;
  std::vector<std::uint32_t> begins_;
};

/// Which of many literals are there, then where.
class Re2Set : public Engine {
 public:
  explicit Re2Set(const Words& words) : words_(words) {
    RE2::Options options;
    options.set_literal(true);
    options.set_max_mem(std::int64_t{512} << 20);
    set_ = std::make_unique<RE2::Set>(options, RE2::UNANCHORED);
    for (const std::string& word : words) set_->Add(word, nullptr);
    set_->Compile();
  }

  std::uint64_t match(std::span<const std::string_view> records) override {
    std::uint64_t sum = 0;
    for (std::size_t record = 0; record < records.size(); ++record) {
      const std::string_view text = records[record];
      if (!set_->Match(re2::StringPiece(text.data(), text.size()), &found_)) continue;
      for (const int word : found_) {
        const std::string& wanted = words_[static_cast<std::size_t>(word)];
        for (std::size_t at = text.find(wanted); at != std::string_view::npos;
             at = text.find(wanted, at + 1)) {
          if (!inside_word(text, at)) sum += mix(record, static_cast<std::uint64_t>(word), at);
        }
      }
    }
    return sum;
  }

 private:
  const Words& words_;
  std::unique_ptr<RE2::Set> set_;
  std::vector<int> found_;
};

#ifdef CADRE_BENCH_HYPERSCAN
/// Hyperscan or Vectorscan: a call for each record, with the start of each match.
class Vectorscan : public Engine {
 public:
  explicit Vectorscan(const Words& words) {
    std::vector<const char*> texts;
    std::vector<std::size_t> lengths;
    std::vector<unsigned> flags(words.size(), HS_FLAG_SOM_LEFTMOST);
    std::vector<unsigned> ids;
    for (const std::string& word : words) {
      texts.push_back(word.data());
      lengths.push_back(word.size());
      ids.push_back(static_cast<unsigned>(ids.size()));
    }
    hs_compile_error_t* error = nullptr;
    hs_compile_lit_multi(texts.data(), flags.data(), ids.data(), lengths.data(),
                         static_cast<unsigned>(words.size()), HS_MODE_BLOCK, nullptr, &database_,
                         &error);
    if (error != nullptr) throw std::runtime_error(error->message);
    hs_alloc_scratch(database_, &scratch_);
  }
  ~Vectorscan() override {
    hs_free_scratch(scratch_);
    hs_free_database(database_);
  }
  Vectorscan(const Vectorscan&) = delete;
  Vectorscan& operator=(const Vectorscan&) = delete;

  std::uint64_t match(std::span<const std::string_view> records) override {
    Context context;
    for (; context.record < records.size(); ++context.record) {
      context.text = records[context.record];
      hs_scan(database_, context.text.data(), static_cast<unsigned>(context.text.size()), 0,
              scratch_, &Vectorscan::found, &context);
    }
    return context.sum;
  }

 private:
  struct Context {
    std::size_t record = 0;
    std::string_view text;
    std::uint64_t sum = 0;
  };
  static int found(unsigned id, unsigned long long from, unsigned long long, unsigned,
                   void* pointer) {
    auto& context = *static_cast<Context*>(pointer);
    if (!inside_word(context.text, from)) context.sum += mix(context.record, id, from);
    return 0;
  }

  hs_database_t* database_ = nullptr;
  hs_scratch_t* scratch_ = nullptr;
};
#endif

// --- terms and texts
// ------------------------------------------------------------------------------

/// Names of institutions and organisations, folded, each once, in a random order.
Words names_of(const Dataset& dataset) {
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
  add(Table::kCareer, "org");
  add(Table::kEducation, "institution");
  Words words(names.begin(), names.end());
  std::shuffle(words.begin(), words.end(), std::mt19937(1));
  return words;
}

Words first_of(const Words& words, std::size_t count) {
  Words some(words.begin(),
             words.begin() + static_cast<std::ptrdiff_t>(std::min(count, words.size())));
  std::sort(some.begin(), some.end());
  return some;
}

std::vector<Person> parse(std::span<const std::string> lines) {
  Diagnostics diagnostics;
  Problems problems(diagnostics, 10);
  PersonParser parser(Schema::standard(), "bench");
  std::vector<Person> people;
  for (const std::string& line : lines) {
    if (auto person = parser.parse(line, 1, problems)) people.push_back(*std::move(person));
  }
  return people;
}

/// Calls `use(person, table, row, column, text)` for every cell of text.
template <typename Use>
void for_each_text(const Person& person, const Use& use) {
  for (const Table table : {Table::kEducation, Table::kCareer}) {
    const std::vector<Column>& columns = Schema::standard().table(table).columns;
    for (const Row& row : person.rows(table)) {
      for (std::size_t column = 0; column < columns.size(); ++column) {
        if (columns[column].kind != Column::Kind::kText || row.cells[column].empty()) continue;
        use(columns[column], row.cells[column]);
      }
    }
  }
}

struct Contestant {
  std::string name;
  std::unique_ptr<Engine> engine;
  std::vector<double> seconds;
  std::uint64_t checksum = 0;
};

std::vector<Contestant> contestants(const Words& words) {
  std::vector<Contestant> all;
  all.push_back({"cadre", std::make_unique<Cadre>(words), {}, 0});
#ifdef CADRE_BENCH_HYPERSCAN
  all.push_back({"vectorscan", std::make_unique<Vectorscan>(words), {}, 0});
#endif
  all.push_back({"re2_set", std::make_unique<Re2Set>(words), {}, 0});
  return all;
}

/// People out of JSON, their texts folded, matched, and a line of spans for each batch.
std::uint64_t end_to_end(Engine& engine, std::span<const std::string> lines) {
  constexpr std::size_t kBatch = 16;
  Diagnostics diagnostics;
  Problems problems(diagnostics, 10);
  PersonParser parser(Schema::standard(), "bench");
  FoldedBlock block;
  std::vector<std::string_view> records;
  std::uint64_t sum = 0;
  std::string out;
  for (std::size_t first = 0; first < lines.size(); first += kBatch) {
    block.clear();
    records.clear();
    const std::size_t last = std::min(first + kBatch, lines.size());
    for (std::size_t i = first; i < last; ++i) {
      const auto person = parser.parse(lines[i], i + 1, problems);
      if (!person) continue;
      for_each_text(*person, [&](const Column&, const std::string& text) { block.add(text); });
    }
    for (std::size_t i = 0; i < block.size(); ++i) records.push_back(block[i].text());
    const std::uint64_t found = engine.match(records);
    out.clear();
    fmt::format_to(std::back_inserter(out), "{{\"people\":{},\"spans\":{}}}\n", last, found);
    sum += mix(first, found, out.size());
  }
  return sum;
}

}  // namespace

std::vector<TermSet> term_sets(const Dataset& dataset) {
  const Words names = names_of(dataset);
  return {{"small", first_of(names, 200)},
          {"medium", first_of(names, 2000)},
          {"large", first_of(names, names.size())}};
}

FoldedBlock fold_texts(std::span<const std::string> lines) {
  FoldedBlock folded;
  for (const Person& person : parse(lines)) {
    for_each_text(person, [&](const Column&, const std::string& text) { folded.add(text); });
  }
  return folded;
}

std::vector<Measured> compare_engines(const Dataset& dataset, std::span<const std::string> lines,
                                      int rounds) {
  const FoldedBlock folded = fold_texts(lines);
  double line_bytes = 0;
  for (const std::string& line : lines) line_bytes += static_cast<double>(line.size());
  std::vector<std::string_view> records;
  double bytes = 0;
  for (std::size_t i = 0; i < folded.size(); ++i) {
    records.push_back(folded[i].text());
    bytes += static_cast<double>(records.back().size());
  }

  std::vector<Measured> results;
  for (const auto& [size, words] : term_sets(dataset)) {
    std::vector<Contestant> all = contestants(words);
    for (const bool whole : {false, true}) {
      for (Contestant& one : all) one.seconds.clear();
      for (int round = 0; round <= rounds; ++round) {  // the first one warms up
        for (Contestant& one : all) {
          const double seconds = cpu_seconds([&] {
            one.checksum = whole ? end_to_end(*one.engine, lines) : one.engine->match(records);
          });
          if (round > 0) one.seconds.push_back(seconds);
        }
      }
      for (const Contestant& one : all) {
        results.push_back({whole ? "end to end" : "match", size, one.name,
                           (whole ? line_bytes : bytes) / median(one.seconds) / 1e6, one.checksum});
      }
    }
  }
  return results;
}

std::vector<Growth> growth_with_terms(const Dataset& dataset, std::span<const std::string> lines,
                                      int rounds) {
  std::string text;
  for (const Person& person : parse(lines)) {
    for_each_text(person, [&](const Column&, const std::string& cell) {
      text += fold(cell);
      text += '\n';
    });
  }
  // After a thousand names of the dataset come others, put together from the halves of two: they
  // look like names and are hardly ever found, so that what grows is the number of terms and not
  // that of matches.
  const Words all = names_of(dataset);
  const std::size_t real = all.size();
  Words names(all.begin(),
              all.begin() + static_cast<std::ptrdiff_t>(std::min<std::size_t>(1000, real)));
  std::mt19937 random(2);
  std::set<std::string> known(all.begin(), all.end());
  const auto half = [](const std::string& word, bool first) {
    std::size_t middle = word.size() / 2;
    while (middle < word.size() && (static_cast<unsigned char>(word[middle]) & 0xC0) == 0x80) {
      ++middle;
    }
    return first ? word.substr(0, middle) : word.substr(middle);
  };
  while (names.size() < 100'000) {
    std::string word = half(all[random() % real], true) + half(all[random() % real], false);
    if (word.size() >= 6 && word.front() != ' ' && known.insert(word).second) names.push_back(word);
  }

  std::vector<Growth> results;
  for (const std::size_t count : {10U, 100U, 1'000U, 10'000U, 100'000U}) {
    const Words words = first_of(names, count);
    const std::vector<std::string_view> views(words.begin(), words.end());
    Growth growth;
    growth.terms = count;
    LiteralSet set;
    growth.compile_seconds = cpu_seconds([&] { set = LiteralSet(views); });
    growth.mebibytes = static_cast<double>(set.memory()) / (1 << 20);
    LiteralSet::Scratch scratch;
    std::vector<LiteralSet::Hit> hits;
    std::vector<double> seconds;
    constexpr std::size_t kBlock = 64 << 10;
    for (int round = 0; round <= rounds; ++round) {
      std::size_t found = 0;
      seconds.push_back(cpu_seconds([&] {
        for (std::size_t at = 0; at < text.size(); at += kBlock) {
          hits.clear();
          set.find(std::string_view(text).substr(at, kBlock), scratch, hits);
          found += hits.size();
        }
      }));
      growth.hits_per_kilobyte =
          static_cast<double>(found) / static_cast<double>(text.size()) * 1e3;
    }
    growth.nanoseconds_per_byte = median(seconds) / static_cast<double>(text.size()) * 1e9;
    results.push_back(growth);
  }
  return results;
}

}  // namespace cadre::bench
