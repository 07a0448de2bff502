#include "cadre/text/fold.hpp"

#include <unicode/normalizer2.h>
#include <unicode/uchar.h>
#include <unicode/unistr.h>
#include <unicode/uscript.h>

#include <algorithm>
#include <cstring>
#include <iterator>
#include <new>

#include "cadre/text/accents.hpp"
#include "cadre/text/han_variants.hpp"
#include "cadre/text/utf8.hpp"

namespace cadre {
namespace {

/// ICU's tables for NFKC_Casefold; they live as long as the program.
const icu::Normalizer2& nfkc_casefold() {
  UErrorCode status = U_ZERO_ERROR;
  const icu::Normalizer2* instance = icu::Normalizer2::getNFKCCasefoldInstance(status);
  if (U_FAILURE(status)) throw std::bad_alloc();
  return *instance;
}

bool is_separator(char32_t c) {
  if (c < 0x80) return c == ' ' || c == '-' || (c >= '\t' && c <= '\r');
  const auto code = static_cast<UChar32>(c);
  return u_isUWhiteSpace(code) || u_hasBinaryProperty(code, UCHAR_DASH);
}

/// Characters that are written for an apostrophe, other than those that NFKC makes one of these.
/// Accents are, where they stand alone.
constexpr char32_t kApostrophes[] = {U'`',   0x00B4, 0x02B9, 0x02BB, 0x02BC, 0x02BD,
                                     0x0384, 0x055A, 0x05F3, 0x1FFD, 0x2018, 0x2019,
                                     0x201B, 0x2032, 0x2035, 0xA78C};

/// ' for an apostrophe, and others as they are.
char32_t plain_apostrophe(char32_t c) {
  const bool is_one =
      std::find(std::begin(kApostrophes), std::end(kApostrophes), c) != std::end(kApostrophes);
  return is_one ? U'\'' : c;
}

/// What a character that NFKC left becomes.
char32_t compared_form(char32_t c) {
  return is_plain_han(c) ? simplified(c) : simplified(plain_apostrophe(c));
}

/// A run of combining marks ends here, so that hostile text costs no more than its length.
constexpr int kLongestCharacter = 64;

/// Scripts whose words are written without spaces between them, or, as in Korean, with endings and
/// particles attached.
bool is_written_without_spaces(UChar32 c) {
  constexpr UScriptCode kScripts[] = {USCRIPT_HAN,      USCRIPT_HIRAGANA, USCRIPT_KATAKANA,
                                      USCRIPT_BOPOMOFO, USCRIPT_HANGUL,   USCRIPT_YI,
                                      USCRIPT_THAI,     USCRIPT_LAO,      USCRIPT_KHMER,
                                      USCRIPT_MYANMAR,  USCRIPT_TIBETAN};
  // Script extensions, as ー and 〆 belong to no single script. What Latin uses too joins words:
  // since Unicode 16 the apostrophe letter ʼ lists Thai among many others.
  if (uscript_hasScript(c, USCRIPT_LATIN)) return false;
  return std::any_of(std::begin(kScripts), std::end(kScripts),
                     [c](UScriptCode script) { return uscript_hasScript(c, script); });
}

/// What folding does to a code point that stands alone.
enum class Class : std::uint8_t {
  kItself,     // nothing
  kMapped,     // gives another one of the BMP, of no more bytes
  kSeparator,  // gives a space
  kContinues,  // may be joined to the character before it
  kOther,      // anything else
};

/// The classes of the BMP and what it maps to: nearly all text is folded by table, at several times
/// the speed of ICU, which is asked only for the rest.
class Table {
 public:
  static const Table& get(Accents accents) {
    if (accents == Accents::kKept) {
      static const Table kKeeping(Accents::kKept);
      return kKeeping;
    }
    static const Table kFolding(Accents::kFolded);
    return kFolding;
  }

  Class class_of(char32_t c) const { return classes_[c]; }
  char32_t mapped(char32_t c) const { return mapped_[c]; }

  /// What a character of three bytes becomes if it becomes one of three bytes whatever stands
  /// around it, and 0 for all others.
  char32_t three_bytes(char32_t c) const { return three_bytes_[c]; }

 private:
  explicit Table(Accents accents)
      : accents_(accents), classes_(kSize, Class::kOther), mapped_(kSize), three_bytes_(kSize) {
    for (char32_t c = 0; c < kSize; ++c) {
      const bool surrogate = c >= 0xD800 && c <= 0xDFFF;
      const bool hangul = c >= 0xAC00 && c <= 0xD7A3;
      if (surrogate) continue;
      if (hangul) {
        classes_[c] = Class::kItself;
      } else if (is_plain_han(c)) {
        map(c, simplified(c));
      } else {
        classify(c);
      }
      if (classes_[c] != Class::kItself && classes_[c] != Class::kMapped) continue;
      const char32_t to = classes_[c] == Class::kItself ? c : mapped_[c];
      if (c >= 0x800 && to >= 0x800) three_bytes_[c] = static_cast<char16_t>(to);
    }
  }

  void classify(char32_t c) {
    if (plain_apostrophe(c) != c) {
      map(c, plain_apostrophe(c));
      return;
    }
    const icu::Normalizer2& normalizer = nfkc_casefold();
    if (!normalizer.hasBoundaryBefore(static_cast<UChar32>(c))) {
      classes_[c] = Class::kContinues;
      return;
    }
    if (normalizer.isInert(static_cast<UChar32>(c))) {
      map_normal(c, c);
      return;
    }
    UErrorCode status = U_ZERO_ERROR;
    const icu::UnicodeString normal =
        normalizer.normalize(icu::UnicodeString(static_cast<UChar32>(c)), status);
    if (U_FAILURE(status)) throw std::bad_alloc();
    if (normal.length() == 1) map_normal(c, normal.charAt(0));
  }

  /// For a character of which NFKC made `normal`.
  void map_normal(char32_t c, char32_t normal) {
    const BaseLetters base =
        accents_ == Accents::kFolded ? without_accents(normal) : BaseLetters{normal};
    if (base.second == 0) map(c, compared_form(base.first));
  }

  void map(char32_t c, char32_t to) {
    if (is_separator(to)) {
      classes_[c] = Class::kSeparator;
    } else if (to == c) {
      classes_[c] = Class::kItself;
    } else if (to < kSize && utf8_length(to) <= utf8_length(c)) {
      classes_[c] = Class::kMapped;
      mapped_[c] = static_cast<char16_t>(to);
    }
  }

  static std::size_t utf8_length(char32_t c) {
    return c < 0x80 ? 1 : c < 0x800 ? 2 : c < 0x10000 ? 3 : 4;
  }

  static constexpr char32_t kSize = 0x10000;
  Accents accents_;
  std::vector<Class> classes_;
  std::vector<char16_t> mapped_;
  std::vector<char16_t> three_bytes_;
};

constexpr std::uint64_t bytes_of(std::uint8_t byte) {
  return 0x0101010101010101U * byte;
}

/// The high bit of each byte of `word`, all below 0x80, that equals `byte`.
constexpr std::uint64_t equal_bytes(std::uint64_t word, std::uint8_t byte) {
  return ~((word ^ bytes_of(byte)) + bytes_of(0x7F)) & bytes_of(0x80);
}

/// Eight bytes of ASCII folded at once, or nothing where one of them needs a closer look: it is not
/// ASCII, or a control character, or one of several separators in a row. (The tricks are those of
/// Warren, Hacker's Delight, chapter 6; none of them depends on the order of bytes.)
bool fold_eight(const char* source, char* out) {
  std::uint64_t word;
  std::memcpy(&word, source, sizeof word);
  if ((word & bytes_of(0x80)) != 0) return false;
  const std::uint64_t visible = (word + bytes_of(0x80 - 0x20)) & bytes_of(0x80);
  const std::uint64_t hyphens = equal_bytes(word, '-');
  const std::uint64_t separators = hyphens | equal_bytes(word, ' ');
  if (visible != bytes_of(0x80) || (separators & (separators >> 8)) != 0) return false;
  word ^= (hyphens >> 7) * ('-' ^ ' ');
  word ^= (equal_bytes(word, '`') >> 7) * ('`' ^ '\'');
  const std::uint64_t from_a = word + bytes_of(0x80 - 'A');
  const std::uint64_t above_z = word + bytes_of(0x80 - 'Z' - 1);
  word |= (from_a & ~above_z & bytes_of(0x80)) >> 2;
  std::memcpy(out, &word, sizeof word);
  return true;
}

/// Folds one text onto the end of `out`.
class Folder {
 public:
  Folder(std::string_view source, const Folding& folding, std::string& out,
         std::vector<FoldStep>& steps)
      : table_(Table::get(folding.accents)),
        drops_blanks_(folding.blanks == Blanks::kDropped),
        drops_accents_(folding.accents == Accents::kFolded),
        source_(source),
        out_(out),
        steps_(steps),
        start_(out.size()),
        first_step_(steps.size()) {}

  void run() {
    // Every step but that of fold_character writes at most as many bytes as it reads, and may
    // scribble over kSlack more.
    out_.resize(start_ + source_.size() + kSlack);
    size_ = start_;
    std::size_t at = 0;
    Letter letter = at < source_.size() ? read(at) : Letter{};
    while (at < source_.size()) {
      if (letter.code < 0x80 && fold_ascii(at)) {
        if (at < source_.size()) letter = read(at);
        continue;
      }
      if (letter.length == 3 && fold_three_bytes(at)) {
        if (at < source_.size()) letter = read(at);
        continue;
      }
      const std::size_t after = at + letter.length;
      const Letter next = after < source_.size() ? read(after) : Letter{};
      if (letter.kind >= Class::kContinues || next.kind == Class::kContinues) {
        at = fold_character(at);
        if (at < source_.size()) letter = read(at);
        continue;
      }
      if (letter.kind == Class::kItself) {
        close_up(letter.code, at);
        std::memcpy(&out_[size_], &source_[at], letter.length);
        size_ += letter.length;
      } else if (letter.kind == Class::kMapped) {
        put_mapped(table_.mapped(letter.code), at, after);
      } else {
        put_separator(is_blank(letter.code), at, after);
      }
      at = after;
      letter = next;
    }
    out_.resize(size_);
  }

 private:
  static constexpr std::size_t kSlack = 16;

  struct Letter {
    char32_t code = 0;
    std::uint32_t length = 1;
    Class kind = Class::kItself;
  };

  Letter read(std::size_t at) const {
    const auto byte = [&](std::size_t i) {
      return static_cast<std::uint32_t>(static_cast<unsigned char>(source_[at + i]));
    };
    const std::uint32_t lead = byte(0);
    if (lead < 0x80) return {lead, 1, table_.class_of(lead)};
    if (const char32_t c = three_byte_code(at)) return {c, 3, table_.class_of(c)};
    const std::size_t left = source_.size() - at;
    if (lead >= 0xC2 && lead < 0xE0 && left >= 2 && (byte(1) ^ 0x80) < 0x40) {
      const char32_t c = (lead & 0x1F) << 6 | (byte(1) & 0x3F);
      return {c, 2, table_.class_of(c)};
    }
    std::size_t end = at;
    const char32_t c = next_code_point(source_, end);
    return {c, static_cast<std::uint32_t>(end - at),
            continues(c) ? Class::kContinues : Class::kOther};
  }

  static bool continues(char32_t c) {
    return c >= 0x80 && !is_plain_han(c) &&
           !nfkc_casefold().hasBoundaryBefore(static_cast<UChar32>(c));
  }

  /// Folds ASCII by eights and moves `at`, as long as nothing that follows could be joined to it.
  bool fold_ascii(std::size_t& at) {
    const std::size_t begin = at;
    while (at + 8 < source_.size() && static_cast<unsigned char>(source_[at + 8]) < 0x80 &&
           !(ends_in_space() && (source_[at] == ' ' || source_[at] == '-')) &&
           fold_eight(&source_[at], &out_[size_])) {
      at += 8;
      size_ += 8;
    }
    return at != begin;
  }

  /// Folds characters of three bytes that stay three bytes, which most Chinese ones do, and moves
  /// `at`, as long as nothing that follows could be joined to them.
  bool fold_three_bytes(std::size_t& at) {
    const std::size_t begin = at;
    char32_t to = three_bytes(at);
    while (to != 0) {
      const std::size_t after = at + 3;
      const char32_t next = three_bytes(after);
      const bool alone =
          next != 0 || after >= source_.size() || static_cast<unsigned char>(source_[after]) < 0x80;
      if (!alone) break;
      if (at == begin) close_up(to, at);
      put_three_bytes(to);
      at = after;
      to = next;
    }
    return at != begin;
  }

  /// What the character at `at` becomes if it has three bytes and keeps them, and otherwise 0.
  char32_t three_bytes(std::size_t at) const { return table_.three_bytes(three_byte_code(at)); }

  /// The code point of a well-formed character of three bytes at `at`; 0 where there is none.
  char32_t three_byte_code(std::size_t at) const {
    if (at + 3 > source_.size()) return 0;
    const auto byte = [&](std::size_t i) {
      return static_cast<std::uint32_t>(static_cast<unsigned char>(source_[at + i]));
    };
    if ((byte(0) ^ 0xE0) >= 0x10 || ((byte(1) ^ 0x80) | (byte(2) ^ 0x80)) >= 0x40) return 0;
    const char32_t c = (byte(0) & 0xF) << 12 | (byte(1) & 0x3F) << 6 | (byte(2) & 0x3F);
    return c >= 0x800 && (c < 0xD800 || c > 0xDFFF) ? c : 0;
  }

  void put_three_bytes(char32_t c) {
    out_[size_++] = static_cast<char>(0xE0 | c >> 12);
    out_[size_++] = static_cast<char>(0x80 | (c >> 6 & 0x3F));
    out_[size_++] = static_cast<char>(0x80 | (c & 0x3F));
  }

  bool ends_in_space() const { return size_ > start_ && out_[size_ - 1] == ' '; }
  std::uint32_t folded(std::size_t offset) const {
    return static_cast<std::uint32_t>(offset - start_);
  }

  /// Drops the blank that was written last, if it stands between Han characters, of which the one
  /// that is to be written now comes from the source at `at`.
  void close_up(char32_t next, std::size_t at) {
    if (!drops_blanks_ || !ends_in_space() || !ends_in_blank_ || !is_han(next)) return;
    const std::uint32_t space = folded(size_ - 1);
    if (space == 0 || !is_han(code_point_before(size_ - 1))) return;
    // What vanished after the space, then the space itself.
    while (last_step_begins(space + 1)) steps_.pop_back();
    std::uint32_t begin = space;
    if (last_step_begins(space) && steps_.back().folded_end > space) {
      begin = steps_.back().source_begin;
      steps_.pop_back();
    } else if (steps_.size() > first_step_) {
      begin = steps_.back().source_end + (space - steps_.back().folded_end);
    }
    --size_;
    add_step(size_, size_, begin, at);
  }

  bool last_step_begins(std::uint32_t at_least) const {
    return steps_.size() > first_step_ && steps_.back().folded_begin >= at_least;
  }

  char32_t code_point_before(std::size_t end) const {
    std::size_t begin = end - 1;
    while (begin > start_ && continues_character(out_[begin])) --begin;
    return next_code_point(out_, begin);
  }

  void put_mapped(char32_t c, std::size_t begin, std::size_t end) {
    close_up(c, begin);
    const std::size_t before = size_;
    if (c < 0x80) {
      out_[size_++] = static_cast<char>(c);
    } else if (c < 0x800) {
      out_[size_++] = static_cast<char>(0xC0 | c >> 6);
      out_[size_++] = static_cast<char>(0x80 | (c & 0x3F));
    } else {
      put_three_bytes(c);
    }
    if (size_ - before != end - begin) add_step(before, size_, begin, end);
  }

  void put_separator(bool is_blank, std::size_t begin, std::size_t end) {
    if (ends_in_space()) {
      ends_in_blank_ = ends_in_blank_ && is_blank;
      widen_space(end);
    } else {
      ends_in_blank_ = is_blank;
      out_[size_++] = ' ';
      if (end - begin != 1) add_step(size_ - 1, size_, begin, end);
    }
  }

  void add_step(std::size_t out_begin, std::size_t out_end, std::size_t begin, std::size_t end) {
    steps_.push_back({folded(out_begin), folded(out_end), static_cast<std::uint32_t>(begin),
                      static_cast<std::uint32_t>(end)});
  }

  /// Lets the space that was written last stand for the source up to `end`.
  void widen_space(std::size_t end) {
    const std::uint32_t after = folded(size_);
    const auto last_is = [&](std::uint32_t begin_at_least) {
      return steps_.size() > first_step_ && steps_.back().folded_end == after &&
             steps_.back().folded_begin >= begin_at_least;
    };
    while (last_is(after)) steps_.pop_back();  // what vanished after the space
    if (last_is(0)) {
      steps_.back().source_end = static_cast<std::uint32_t>(end);
      return;
    }
    std::uint32_t begin = after - 1;
    if (steps_.size() > first_step_) {
      begin = steps_.back().source_end + (after - 1 - steps_.back().folded_end);
    }
    add_step(size_ - 1, size_, begin, end);
  }

  /// Folds the source character at `begin` by ICU and returns where it ends: it goes on as long as
  /// normalisation may join the next code point to it.
  std::size_t fold_character(std::size_t begin) {
    icu::UnicodeString character;
    std::size_t end = begin;
    int length = 0;
    bool begins_blank = false;
    do {
      const char32_t c = next_code_point(source_, end);
      if (length == 0) begins_blank = is_blank(c);
      character.append(static_cast<UChar32>(plain_apostrophe(c)));
      ++length;
      std::size_t after = end;
      if (end == source_.size() || !continues(next_code_point(source_, after))) break;
    } while (length < kLongestCharacter);

    UErrorCode status = U_ZERO_ERROR;
    const icu::UnicodeString normal = nfkc_casefold().normalize(character, status);
    if (U_FAILURE(status)) throw std::bad_alloc();  // nothing else can fail here
    std::string letters;
    const bool joins_space = ends_in_space();
    bool first_is_space = false;
    // Marks that go on behind a character that was cut are those of its letter.
    bool drops = drops_accents_ && size_ > start_ && loses_accents(code_point_before(size_));
    for (std::int32_t i = 0; i < normal.length(); i = normal.moveIndex32(i, 1)) {
      BaseLetters base{static_cast<char32_t>(normal.char32At(i))};
      if (drops && is_accent(base.first)) continue;
      drops = drops_accents_ && loses_accents(base.first);
      if (drops) base = without_accents(base.first);
      const char32_t c = compared_form(base.first);
      if (!is_separator(c)) {
        append_utf8(c, letters);
        if (base.second != 0) append_utf8(base.second, letters);
      } else if (letters.empty() && joins_space) {
        first_is_space = true;
      } else if (!letters.ends_with(' ')) {
        letters += ' ';
      }
    }
    // What begins with a space goes on with the space before it.
    if (first_is_space) widen_space(end);
    if (first_is_space) {
      ends_in_blank_ = ends_in_blank_ && begins_blank && letters.empty();
    } else if (!letters.empty()) {
      std::size_t after_first = 0;
      close_up(next_code_point(letters, after_first), begin);
      ends_in_blank_ = begins_blank && letters == " ";
    }
    const std::size_t before = size_;
    if (letters.size() > end - begin) out_.resize(out_.size() + letters.size());
    std::memcpy(&out_[size_], letters.data(), letters.size());
    size_ += letters.size();
    if (first_is_space) {
      steps_.back().folded_end = folded(size_);
    } else if (length > 1 || letters.size() != end - begin || count_code_points(letters) != 1) {
      add_step(before, size_, begin, end);
    }
    return end;
  }

  const Table& table_;
  bool drops_blanks_;
  bool drops_accents_;
  bool ends_in_blank_ = false;  // of a space at the end of what is written: all white space
  std::string_view source_;
  std::string& out_;
  std::vector<FoldStep>& steps_;
  std::size_t start_;       // of this text in out_
  std::size_t first_step_;  // and of its steps
  std::size_t size_ = 0;    // of what is written of out_
};

}  // namespace

bool FoldedView::between_characters(std::size_t at) const {
  if (at == 0 || at == text_.size()) return true;
  if (continues_character(text_[at])) return false;
  const auto after = std::lower_bound(
      steps_.begin(), steps_.end(), at,
      [](const FoldStep& step, std::size_t offset) { return step.folded_begin < offset; });
  return after == steps_.begin() || std::prev(after)->folded_end <= at;
}

/// The source character to which the folded byte `at` belongs.
FoldedView::SourceSpan FoldedView::character_at(std::size_t at) const {
  const auto after = std::upper_bound(
      steps_.begin(), steps_.end(), at,
      [](std::size_t offset, const FoldStep& step) { return offset < step.folded_begin; });
  std::size_t shift_from = 0, shift_to = 0;
  if (after != steps_.begin()) {
    const FoldStep& step = *std::prev(after);
    if (at < step.folded_end) return {step.source_begin, step.source_end};
    shift_from = step.folded_end;
    shift_to = step.source_end;
  }
  std::size_t begin = at;
  while (begin > 0 && continues_character(text_[begin])) --begin;
  std::size_t end = at + 1;
  while (end < text_.size() && continues_character(text_[end])) ++end;
  return {static_cast<std::uint32_t>(begin - shift_from + shift_to),
          static_cast<std::uint32_t>(end - shift_from + shift_to)};
}

FoldedView::SourceSpan FoldedView::source_span(std::size_t begin, std::size_t end) const {
  if (begin < end) return {character_at(begin).begin, character_at(end - 1).end};
  const std::uint32_t at = begin < text_.size() ? character_at(begin).begin
                           : text_.empty()      ? 0
                                                : character_at(text_.size() - 1).end;
  return {at, at};
}

std::size_t FoldedView::folded_offset(std::size_t source) const {
  const auto after = std::upper_bound(
      steps_.begin(), steps_.end(), source,
      [](std::size_t offset, const FoldStep& step) { return offset < step.source_end; });
  if (after != steps_.end() && source > after->source_begin) return after->folded_begin;
  if (after == steps_.begin()) return source;
  const FoldStep& last = *std::prev(after);
  return last.folded_end + (source - last.source_end);
}

void FoldedText::assign(std::string_view source, const Folding& folding) {
  text_.clear();
  steps_.clear();
  Folder(source, folding, text_, steps_).run();
}

void FoldedBlock::clear() {
  text_.clear();
  steps_.clear();
  texts_.clear();
}

void FoldedBlock::add(std::string_view source, const Folding& folding) {
  Text text;
  text.begin = static_cast<std::uint32_t>(text_.size());
  text.first_step = static_cast<std::uint32_t>(steps_.size());
  Folder(source, folding, text_, steps_).run();
  text.end = static_cast<std::uint32_t>(text_.size());
  text.end_step = static_cast<std::uint32_t>(steps_.size());
  text_ += '\n';
  texts_.push_back(text);
}

FoldedView FoldedBlock::operator[](std::size_t index) const {
  const Text& one = texts_[index];
  return {text().substr(one.begin, one.end - one.begin),
          std::span(steps_).subspan(one.first_step, one.end_step - one.first_step)};
}

std::string fold(std::string_view source, const Folding& folding) {
  return std::string(FoldedText(source, folding).text());
}

bool is_han(char32_t c) {
  if (is_plain_han(c)) return true;
  if (c < 0x2E80) return false;
  UErrorCode status = U_ZERO_ERROR;
  const auto code = static_cast<UChar32>(c);
  return uscript_getScript(code, &status) == USCRIPT_HAN &&
         (U_GET_GC_MASK(code) & U_GC_M_MASK) == 0;
}

bool is_blank(char32_t c) {
  if (c < 0x80) return c == ' ' || (c >= '\t' && c <= '\r');
  return u_isUWhiteSpace(static_cast<UChar32>(c)) != 0;
}

bool joins_words(char32_t folded) {
  if (folded < 0x80) {
    return (folded >= 'a' && folded <= 'z') || (folded >= '0' && folded <= '9') ||
           (folded >= 'A' && folded <= 'Z');
  }
  if (is_plain_han(folded)) return false;
  const auto c = static_cast<UChar32>(folded);
  constexpr std::uint32_t kLettersDigitsMarks = U_GC_L_MASK | U_GC_N_MASK | U_GC_M_MASK;
  return (U_GET_GC_MASK(c) & kLettersDigitsMarks) != 0 && !is_written_without_spaces(c);
}

bool joins_words_at(std::string_view text, std::size_t at) {
  return at < text.size() && joins_words(next_code_point(text, at));
}

bool joins_words_before(std::string_view text, std::size_t at) {
  if (at == 0) return false;
  std::size_t begin = at - 1;
  while (begin > 0 && continues_character(text[begin])) --begin;
  return joins_words(next_code_point(text, begin));
}

}  // namespace cadre
