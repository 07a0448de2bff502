#include "cadre/text/term.hpp"

#include <unicode/normalizer2.h>
#include <unicode/unistr.h>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <iterator>
#include <new>
#include <utility>

#include "cadre/text/accents.hpp"
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

/// Without the accents behind letters that lose them, as they are lost in folded text. Those that
/// are one character with their letter are folded with it.
std::string without_loose_accents(std::string_view pattern) {
  std::string out;
  bool drops = false;
  for (std::size_t at = 0; at < pattern.size();) {
    const std::size_t begin = at;
    const char32_t c = next_code_point(pattern, at);
    if (drops && is_accent(c)) continue;
    drops = loses_accents(c);
    out += pattern.substr(begin, at - begin);
  }
  return out;
}

constexpr std::string_view kMeaningful = "\\.+*?()|[]{}^$";

void append_literal(char c, std::string& out) {
  if (kMeaningful.find(c) != std::string_view::npos) out += '\\';
  out += c == '-' ? ' ' : c == '`' ? '\'' : c;
}

/// The character of Taiwan for another of China that China uses too, and the words in which China
/// does: those of OpenCC's TWVariantsRevPhrases and HKVariantsRevPhrases, and others made likewise.
constexpr std::string_view kZhe = "着";
constexpr std::string_view kZhu = "著";
constexpr std::string_view kWordsWithZhu[] = {
    "著作", "著名", "著书", "著称", "著者", "著述", "著录", "名著", "巨著", "合著", "原著", "专著",
    "论著", "编著", "译著", "遗著", "拙著", "新著", "撰著", "显著", "昭著", "卓著", "土著"};

bool is_word_with_zhu(std::string_view word) {
  return word == kZhu ||
         std::any_of(std::begin(kWordsWithZhu), std::end(kWordsWithZhu), [&](std::string_view one) {
           return word.find(one) != std::string_view::npos;
         });
}

std::string with_all(std::string text, std::string_view from, std::string_view to) {
  for (std::size_t at = text.find(from); at != std::string::npos; at = text.find(from, at)) {
    text.replace(at, from.size(), to);
    at += to.size();
  }
  return text;
}

std::vector<std::string> other_forms(const std::string& text) {
  std::vector<std::string> forms;
  if (text.find(kZhe) != std::string::npos) forms.push_back(with_all(text, kZhe, kZhu));
  if (text.find(kZhu) != std::string::npos && !is_word_with_zhu(text)) {
    forms.push_back(with_all(text, kZhu, kZhe));
  }
  return forms;
}

/// Reads a pattern from left to right and writes it folded.
class PatternFolder {
 public:
  PatternFolder(std::string_view pattern, const Folding& folding)
      : pattern_(pattern), folding_(folding) {}

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
    const bool after_han = std::exchange(after_han_, false);
    if (after_han && leave_out_blanks()) return;
    const char c = pattern_[at_];
    if (!is_ascii(c)) return fold_character();
    if (c == '\\') return escape();
    if (in_class_) return step_in_class();
    if (next_is("(?")) return copy_through_any(":>)");  // flags and names of groups
    if (c == '[') return open_class();
    out_ += c == '-' ? ' ' : c == '`' ? '\'' : c;
    ++at_;
  }

  /// Blanks after a Han character, if another one follows.
  bool leave_out_blanks() {
    if (folding_.blanks == Blanks::kKept || in_class_) return false;
    std::size_t end = at_;
    std::size_t after = at_;
    while (after < pattern_.size() && is_blank(next_code_point(pattern_, after))) end = after;
    if (end == at_ || end == pattern_.size() || is_ascii(pattern_[end])) return false;
    if (!is_han(first_of(folded_character(end)))) return false;
    at_ = end;
    return true;
  }

  std::string folded_character(std::size_t at) const {
    std::size_t end = at;
    next_code_point(pattern_, end);
    return fold(pattern_.substr(at, end - at), folding_);
  }

  static char32_t first_of(std::string_view text) {
    std::size_t at = 0;
    return text.empty() ? 0 : next_code_point(text, at);
  }

  void open_class() {
    in_class_ = true;
    copy(next_is("[^") ? 2 : 1);
    class_begin_ = at_;
    if (next_is("]")) copy(1);
    if (next_is("-")) literal();
  }

  void step_in_class() {
    if (next_is("[:")) return copy_through_any("]");
    if (next_is("-]") || (next_is("`") && !next_is("`-"))) return literal();
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
    if (in_class_ && is_end_of_range(start)) {
      out_ += pattern_.substr(start, at_ - start);
      return;
    }
    const std::string folded = folded_character(start);
    if (folded == kZhe) {
      out_ += in_class_ ? "着著" : "[着著]";
      after_han_ = !in_class_;
      return;
    }
    const bool group = !in_class_ && count_code_points(folded) != 1;
    if (group) out_ += "(?:";
    for (const char c : folded) append_literal(c, out_);
    if (group) out_ += ')';
    after_han_ = !in_class_ && !group && is_han(first_of(folded));
  }

  /// Whether the character of a class that was just read, and began at `start`, is an end of a
  /// range. What lies between such ends would be another set if they were folded.
  bool is_end_of_range(std::size_t start) const {
    const bool first = next_is("-") && !next_is("-]");
    const bool last =
        start > class_begin_ + 1 && pattern_[start - 1] == '-' && pattern_[start - 2] != '\\';
    return first || last;
  }

  std::string_view pattern_;
  Folding folding_;
  std::size_t at_ = 0;
  bool in_class_ = false;
  std::size_t class_begin_ = 0;  // of its first member
  bool after_han_ = false;       // after a Han character that stands for itself
  std::string out_;
};

}  // namespace

FoldedTerm fold_term(std::string_view term, const Folding& folding, Plurals plurals) {
  std::string folded = fold(term, folding);
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
  result.also = other_forms(folded);
  if (plurals == Plurals::kEnglish && !result.prefix) {
    std::vector<std::string> singular = result.also;
    singular.push_back(folded);
    for (const std::string& form : singular) {
      for (std::string& more : english_plurals(form, term)) result.also.push_back(std::move(more));
    }
  }
  result.text = std::move(folded);
  return result;
}

std::string fold_pattern(std::string_view pattern, const Folding& folding) {
  std::string source = composed(pattern);
  if (folding.accents == Accents::kFolded) source = without_loose_accents(source);
  return PatternFolder(source, folding).run();
}

}  // namespace cadre
