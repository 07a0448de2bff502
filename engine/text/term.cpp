#include "cadre/text/term.hpp"

#include <unicode/normalizer2.h>
#include <unicode/unistr.h>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <new>
#include <utility>

#include "cadre/text/fold.hpp"
#include "cadre/text/utf8.hpp"

namespace cadre {
namespace {

char32_t last_code_point(std::string_view text) {
  char32_t last = 0;
  for (std::size_t at = 0; at < text.size();) last = next_code_point(text, at);
  return last;
}

/// Makes e and a combining acute accent one code point, as they are in folded text.
std::string composed(std::string_view pattern) {
  UErrorCode status = U_ZERO_ERROR;
  const icu::Normalizer2* nfc = icu::Normalizer2::getNFCInstance(status);
  if (U_FAILURE(status)) throw std::bad_alloc();
  std::string out;
  const icu::StringPiece bytes(pattern.data(), static_cast<std::int32_t>(pattern.size()));
  nfc->normalize(icu::UnicodeString::fromUTF8(bytes), status).toUTF8String(out);
  if (U_FAILURE(status)) throw std::bad_alloc();
  return out;
}

constexpr std::string_view kMeaningful = "\\.+*?()|[]{}^$";

void append_literal(char c, std::string& out) {
  if (kMeaningful.find(c) != std::string_view::npos) out += '\\';
  out += c == '-' ? ' ' : c;
}

/// Reads a pattern from left to right and writes it folded.
class PatternFolder {
 public:
  explicit PatternFolder(std::string_view pattern) : pattern_(pattern) {}

  std::string run() {
    while (at_ < pattern_.size()) step();
    return std::move(out_);
  }

 private:
  bool next_is(std::string_view text) const { return pattern_.substr(at_).starts_with(text); }

  void copy(std::size_t count) {
    const std::string_view copied = pattern_.substr(at_, count);
    out_ += copied;
    at_ += copied.size();
  }

  /// Copies up to the first of `marks`, and that too.
  void copy_through_any(std::string_view marks) {
    const std::size_t end = pattern_.find_first_of(marks, at_);
    copy(end == std::string_view::npos ? end : end + 1 - at_);
  }

  void step() {
    const char c = pattern_[at_];
    if (!is_ascii(c)) return fold_character();
    if (c == '\\') return escape();
    if (in_class_) return step_in_class();
    if (next_is("(?")) return copy_through_any(":>)");  // flags and names of groups
    if (c == '[') return open_class();
    out_ += c == '-' ? ' ' : c;
    ++at_;
  }

  void open_class() {
    in_class_ = true;
    copy(next_is("[^") ? 2 : 1);
    if (next_is("]")) copy(1);
    if (next_is("-")) literal();
  }

  void step_in_class() {
    if (next_is("[:")) return copy_through_any("]");
    if (next_is("-]")) return literal();
    in_class_ = !next_is("]");
    copy(1);
  }

  void escape() {
    if (!in_class_ && next_is("\\Q")) {
      at_ += 2;
      while (at_ < pattern_.size() && !next_is("\\E")) {
        is_ascii(pattern_[at_]) ? literal() : fold_character();
      }
      at_ = std::min(at_ + 2, pattern_.size());
      return;
    }
    const bool ascii = at_ + 1 == pattern_.size() || is_ascii(pattern_[at_ + 1]);
    if (ascii && !next_is("\\-")) return copy(2);
    ++at_;  // what follows needs no backslash once it is folded
    if (ascii) literal();
  }

  void literal() { append_literal(pattern_[at_++], out_); }

  void fold_character() {
    const std::size_t start = at_;
    next_code_point(pattern_, at_);
    const std::string folded = fold(pattern_.substr(start, at_ - start));
    const bool group = !in_class_ && count_code_points(folded) != 1;
    if (group) out_ += "(?:";
    for (const char c : folded) append_literal(c, out_);
    if (group) out_ += ')';
  }

  std::string_view pattern_;
  std::size_t at_ = 0;
  bool in_class_ = false;
  std::string out_;
};

}  // namespace

FoldedTerm fold_term(std::string_view term) {
  std::string folded = fold(term);
  const auto trim_end = [&folded] {
    if (folded.ends_with(' ')) folded.pop_back();
  };
  FoldedTerm result;
  trim_end();
  if (folded.ends_with('*')) {
    result.prefix = true;
    folded.pop_back();
    trim_end();
  }
  if (folded.starts_with(' ')) folded.erase(0, 1);
  if (!folded.empty()) {
    std::size_t at = 0;
    result.boundary_before = joins_words(next_code_point(folded, at));
    result.boundary_after = !result.prefix && joins_words(last_code_point(folded));
  }
  result.text = std::move(folded);
  return result;
}

std::string fold_pattern(std::string_view pattern) {
  const std::string source = composed(pattern);
  return PatternFolder(source).run();
}

}  // namespace cadre
