#include "bench/engines.hpp"

#include <re2/re2.h>
#include <re2/set.h>

#include <stdexcept>

#include "bench/measure.hpp"
#include "cadre/match/literal_set.hpp"

#ifdef CADRE_BENCH_HYPERSCAN
#include <hs/hs.h>
#endif

namespace cadre::bench {
namespace {

class Cadre : public Engine {
 public:
  explicit Cadre(const Words& words)
      : set_(std::vector<std::string_view>(words.begin(), words.end())) {}

  void find(std::span<const std::string_view> records, std::vector<Span>& spans) override {
    constexpr std::size_t kBlock = 64 << 10;
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
        spans.push_back(
            {static_cast<std::uint32_t>(first + record), hit.word, hit.begin - begins_[record]});
      }
      first = last;
    }
  }

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

  void find(std::span<const std::string_view> records, std::vector<Span>& spans) override {
    for (std::uint32_t record = 0; record < records.size(); ++record) {
      const std::string_view text = records[record];
      if (!set_->Match(re2::StringPiece(text.data(), text.size()), &found_)) continue;
      for (const int word : found_) {
        const std::string& wanted = words_[static_cast<std::size_t>(word)];
        for (std::size_t at = text.find(wanted); at != std::string_view::npos;
             at = text.find(wanted, at + 1)) {
          if (inside_word(text, at)) continue;
          spans.push_back(
              {record, static_cast<std::uint32_t>(word), static_cast<std::uint32_t>(at)});
        }
      }
    }
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

  void find(std::span<const std::string_view> records, std::vector<Span>& spans) override {
    Context context{0, {}, spans};
    for (; context.record < records.size(); ++context.record) {
      context.text = records[context.record];
      hs_scan(database_, context.text.data(), static_cast<unsigned>(context.text.size()), 0,
              scratch_, &Vectorscan::found, &context);
    }
  }

 private:
  struct Context {
    std::uint32_t record;
    std::string_view text;
    std::vector<Span>& spans;
  };
  static int found(unsigned id, unsigned long long from, unsigned long long, unsigned,
                   void* pointer) {
    const auto& context = *static_cast<Context*>(pointer);
    if (!inside_word(context.text, from)) {
      context.spans.push_back({context.record, id, static_cast<std::uint32_t>(from)});
    }
    return 0;
  }

  hs_database_t* database_ = nullptr;
  hs_scratch_t* scratch_ = nullptr;
};
#endif

}  // namespace

std::vector<NamedEngine> engines(const Words& words) {
  std::vector<NamedEngine> all;
  all.push_back({"cadre", std::make_unique<Cadre>(words)});
#ifdef CADRE_BENCH_HYPERSCAN
  all.push_back({"vectorscan", std::make_unique<Vectorscan>(words)});
#endif
  all.push_back({"re2_set", std::make_unique<Re2Set>(words)});
  return all;
}

}  // namespace cadre::bench
