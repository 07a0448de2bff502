// cadre's driver. It prints what others may be expected to find, too, by kind.
//
//   peer_cadre [--anywhere] TERMS TEXTS      --anywhere: inside of words, too
#include <algorithm>
#include <exception>
#include <iostream>
#include <optional>
#include <stdexcept>
#include <tuple>

#include "bench/measure.hpp"
#include "bench/peers/driver.hpp"
#include "cadre/base/version.hpp"
#include "cadre/match/literal_set.hpp"

namespace cadre::bench {
namespace {

using Lines = std::vector<std::string_view>;

struct Span {
  std::size_t line = 0;
  std::size_t term = 0;
  std::size_t begin = 0;  // in its line
  std::size_t end = 0;
};

/// cadre, on texts that stand one after the other.
class Matcher {
 public:
  Matcher(const Lines& terms, LiteralSet::Where where) : set_(terms, where) {}

  template <typename Use>
  void match(std::string_view text, const Use& use) {
    constexpr std::size_t kBlock = 64 << 10;
    std::size_t line = 0;
    for (std::size_t at = 0; at < text.size();) {
      const std::size_t end = block_end(text, at, kBlock);
      const std::string_view block = text.substr(at, end - at);
      starts_.clear();
      for (std::size_t start = 0; start < block.size(); start = block_end(block, start, 1)) {
        starts_.push_back(start);
      }
      starts_.push_back(block.size());
      hits_.clear();
      set_.find(block, scratch_, hits_);
      std::size_t here = 0;  // the line of a hit, in this block
      for (const LiteralSet::Hit& hit : hits_) {
        while (hit.begin >= starts_[here + 1]) ++here;
        while (hit.begin < starts_[here]) --here;
        const std::size_t begin = hit.begin - starts_[here];
        use(Span{line + here, hit.word, begin, begin + set_.length(hit.word)});
      }
      line += starts_.size() - 1;
      at = end;
    }
  }

 private:
  LiteralSet set_;
  LiteralSet::Scratch scratch_;
  std::vector<LiteralSet::Hit> hits_;
  std::vector<std::size_t> starts_;
};

nlohmann::json expected(const Lines& terms, std::string_view text) {
  std::vector<Span> all;
  Matcher(terms, LiteralSet::Where::kAnywhere).match(text, [&](const Span& span) {
    all.push_back(span);
  });
  std::sort(all.begin(), all.end(), [](const Span& a, const Span& b) {
    return std::tie(a.line, a.begin, b.end) < std::tie(b.line, b.begin, a.end);
  });
  const Lines lines = lines_of(text);
  Found anywhere;
  Found spans;
  Found leftmost;
  std::size_t holding = 0;
  const Span* last = nullptr;  // of the leftmost ones
  for (const Span& span : all) {
    anywhere.add(span.line, span.term, span.begin);
    if (!inside_word(lines[span.line], span.begin)) spans.add(span.line, span.term, span.begin);
    const bool new_line = last == nullptr || last->line != span.line;
    if (!new_line && span.begin < last->end) continue;
    leftmost.add(span.line, span.term, span.begin);
    holding += new_line ? 1 : 0;
    last = &span;
  }
  return {{"spans", spans.json()},
          {"anywhere", anywhere.json()},
          {"leftmost", leftmost.json()},
          {"lines", {{"count", holding}}}};
}

void run(const std::string& terms_file, const std::string& texts_file, bool anywhere) {
  const std::string terms_text = read_file(terms_file);
  const std::string text = read_file(texts_file);
  const Lines terms = lines_of(terms_text);
  const auto where = anywhere ? LiteralSet::Where::kAnywhere : LiteralSet::Where::kWordStarts;
  std::optional<Matcher> matcher;
  const double compile_seconds = cpu_seconds([&] { matcher.emplace(terms, where); });
  Found found;
  const auto match = [&] {
    found = {};
    matcher->match(text, [&](const Span& span) { found.add(span.line, span.term, span.begin); });
  };
  match();
  answer({{"version", kVersion},
          {"compile_seconds", compile_seconds},
          {"finds", anywhere ? "anywhere" : "spans"},
          {"count", found.count},
          {"checksum", found.checksum},
          {"expected", expected(terms, text)}},
         match);
}

}  // namespace
}  // namespace cadre::bench

int main(int argc, char** argv) {
  try {
    const bool anywhere = argc > 1 && std::string_view(argv[1]) == "--anywhere";
    if (argc != (anywhere ? 4 : 3)) throw std::runtime_error("which terms, which texts?");
    cadre::bench::run(argv[argc - 2], argv[argc - 1], anywhere);
    return 0;
  } catch (const std::exception& error) {
    std::cerr << "peer_cadre: " << error.what() << '\n';
    return 2;
  }
}
