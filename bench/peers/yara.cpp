// YARA's driver.
#include <fmt/format.h>

#include <cstdlib>
#include <exception>
#include <iostream>
#include <stdexcept>

#include "bench/measure.hpp"
#include "bench/peers/driver.hpp"

// After all others, since it defines macros with names such as get_string.
#include <yara.h>

namespace cadre::bench {
namespace {

/// Throws unless YARA says that all is well.
void check(int status) {
  if (status != ERROR_SUCCESS) throw std::runtime_error(fmt::format("YARA: error {}", status));
}

/// One rule, with a string for each term: $0, $1 and so on.
std::string rule_of(const std::vector<std::string_view>& terms) {
  std::string rule = "rule terms { strings: ";
  for (std::size_t i = 0; i < terms.size(); ++i) {
    rule += fmt::format("${} = \"", i);
    for (const char c : terms[i]) rule += fmt::format("\\x{:02x}", static_cast<unsigned char>(c));
    rule += "\" ";
  }
  return rule + "condition: any of them }";
}

/// Which line a place is in: YARA tells spans term by term, so that it cannot be counted on the
/// way.
class LineIndex {
 public:
  explicit LineIndex(std::string_view text) {
    for (std::size_t start = 0; start < text.size(); start = block_end(text, start, 1)) {
      near_.resize(start / kBlock + 1, starts_.size());
      starts_.push_back(start);
    }
    near_.resize(text.size() / kBlock + 1, starts_.size());
    starts_.push_back(text.size());
  }

  std::size_t line_of(std::size_t place) const {
    std::size_t line = near_[place / kBlock];
    while (starts_[line] > place) --line;
    while (starts_[line + 1] <= place) ++line;
    return line;
  }

  std::size_t start(std::size_t line) const { return starts_[line]; }

 private:
  static constexpr std::size_t kBlock = 32;
  std::vector<std::size_t> starts_;
  std::vector<std::size_t> near_;  // a line that begins near the beginning of each block
};

struct Scan {
  std::string_view text;
  const LineIndex& lines;
  std::size_t block = 0;  // where that begins which is scanned
  Found found;
};

int receive(YR_SCAN_CONTEXT* context, int message, void* data, void* user) {
  if (message == CALLBACK_MSG_TOO_MANY_MATCHES) return CALLBACK_ERROR;
  if (message != CALLBACK_MSG_RULE_MATCHING) return CALLBACK_CONTINUE;
  auto& scan = *static_cast<Scan*>(user);
  YR_STRING* string = nullptr;
  YR_MATCH* match = nullptr;
  yr_rule_strings_foreach(static_cast<YR_RULE*>(data), string) {
    const auto term = static_cast<std::size_t>(std::atoi(string->identifier + 1));
    yr_string_matches_foreach(context, string, match) {
      const std::size_t begin = scan.block + static_cast<std::size_t>(match->offset);
      if (inside_word(scan.text, begin)) continue;
      const std::size_t line = scan.lines.line_of(begin);
      scan.found.add(line, term, begin - scan.lines.start(line));
    }
  }
  return CALLBACK_CONTINUE;
}

void run(const std::string& terms_file, const std::string& texts_file) {
  const std::string terms = read_file(terms_file);
  const std::string text = read_file(texts_file);
  const LineIndex lines(text);

  check(yr_initialize());
  YR_RULES* rules = nullptr;
  const double compile_seconds = cpu_seconds([&] {
    YR_COMPILER* compiler = nullptr;
    check(yr_compiler_create(&compiler));
    if (yr_compiler_add_string(compiler, rule_of(lines_of(terms)).c_str(), nullptr) != 0) {
      throw std::runtime_error("YARA cannot compile the terms");
    }
    check(yr_compiler_get_rules(compiler, &rules));
    yr_compiler_destroy(compiler);
  });
  Scan scan{text, lines, 0, {}};
  const auto match = [&] {
    constexpr std::size_t kBlock = 1 << 20;  // quicker than a text each, and than all of them
    scan.found = {};
    for (scan.block = 0; scan.block < text.size();) {
      const std::size_t end = block_end(text, scan.block, kBlock);
      const auto* data = reinterpret_cast<const std::uint8_t*>(text.data()) + scan.block;
      check(yr_rules_scan_mem(rules, data, end - scan.block, 0, &receive, &scan, 0));
      scan.block = end;
    }
  };
  match();
  answer({{"version", YR_VERSION},
          {"compile_seconds", compile_seconds},
          {"finds", "spans"},
          {"count", scan.found.count},
          {"checksum", scan.found.checksum}},
         match);
}

}  // namespace
}  // namespace cadre::bench

int main(int argc, char** argv) {
  try {
    if (argc != 3) throw std::runtime_error("which terms, which texts?");
    cadre::bench::run(argv[1], argv[2]);
    return 0;
  } catch (const std::exception& error) {
    std::cerr << "peer_yara: " << error.what() << '\n';
    return 2;
  }
}
