#include "cadre/classify/kept_matches.hpp"

#include <fmt/format.h>
#include <unicode/uchar.h>
#include <unicode/uversion.h>

#include <algorithm>
#include <cstring>
#include <limits>
#include <utility>

#include "cadre/base/error.hpp"
#include "cadre/base/seeded_hash.hpp"
#include "cadre/base/version.hpp"
#include "cadre/classify/fingerprint.hpp"
#include "cadre/match/revision.hpp"
#include "cadre/text/utf8.hpp"

namespace cadre {
namespace {

constexpr std::size_t kKeyBytes = std::tuple_size_v<TextKey>;

[[noreturn]] void fail() {
  throw Error(Error::Kind::kCorrupt, "",
              "the matches that the run keeps do not fit its texts: it is damaged; classify again");
}

void write_number(std::size_t number, std::string& out) {
  for (; number >= 0x80; number >>= 7) out += static_cast<char>(number | 0x80);
  out += static_cast<char>(number);
}

/// Takes a number off packed bytes at this offset.
std::uint32_t read_number(std::string_view packed, std::size_t& at) {
  std::uint64_t number = 0;
  for (unsigned shift = 0; shift < 35; shift += 7) {
    if (at == packed.size()) fail();
    const auto byte = static_cast<unsigned char>(packed[at++]);
    number |= static_cast<std::uint64_t>(byte & 0x7F) << shift;
    if (byte >= 0x80) continue;
    if (number > std::numeric_limits<std::uint32_t>::max()) fail();
    return static_cast<std::uint32_t>(number);
  }
  fail();
}

/// The order of Matcher::find, in which no two matches of a lexicon are equal.
bool comes_before(const Match& one, const Match& other) {
  if (one.begin != other.begin) return one.begin < other.begin;
  if (one.end != other.end) return one.end > other.end;
  return one.term < other.term;
}

/// Whether matches of the term can be in a text of that language.
bool looks_for(const Term& term, std::string_view language) {
  return term.kind != Term::Kind::kExcept &&
         (term.language.empty() || language.empty() || term.language == language);
}

/// Whether a character begins at this offset, or the text ends there.
bool is_boundary(std::string_view text, std::size_t offset) {
  return offset == text.size() || !continues_character(text[offset]);
}

}  // namespace

TextKey TextKeys::key(const DistinctTexts::Text& text) const {
  std::string bytes(text.language);
  bytes += '\0';
  bytes += text.text;
  const std::array<std::uint8_t, 32> digest = sha256_.digest(bytes);
  TextKey key;
  std::copy_n(digest.begin(), key.size(), key.begin());
  return key;
}

std::string lexicon_digest(const Lexicon& lexicon, const MatchLimits& limits) {
  UVersionInfo version;
  u_getUnicodeVersion(version);
  char unicode[U_MAX_VERSION_STRING_LENGTH];
  u_versionToString(version, unicode);
  return sha256(fmt::format("cadre {}, matching {}, Unicode {}\nlimits {} {}\n", kVersion,
                            kMatchingRevision, unicode, limits.regex_memory, limits.max_matches) +
                describe_matching(lexicon));
}

std::string pack_matches(const LexiconMatches& matches, std::span<const std::uint32_t> texts) {
  std::string packed;
  write_number(texts.size(), packed);
  for (std::size_t i = 0; i < texts.size();) {
    const std::size_t first = i;
    while (i < texts.size() && !matches.knows(texts[i])) ++i;
    if (i > first) {
      write_number(0, packed);
      write_number(i - first, packed);
      continue;
    }
    const std::span<const Match> found = matches.in(texts[i++]);
    write_number(found.size() + 1, packed);
    for (const Match& match : found) {
      write_number(match.begin, packed);
      write_number(match.end - match.begin, packed);
      write_number(match.term, packed);
    }
  }
  return packed;
}

std::size_t KeptTexts::Hash::operator()(const TextKey& key) const {
  // A digest is a hash already, but those of a run may be anything.
  return SeededHash()({reinterpret_cast<const char*>(key.data()), key.size()});
}

KeptTexts::KeptTexts(std::string_view keys) {
  if (keys.size() % kKeyBytes != 0) fail();
  const std::size_t count = keys.size() / kKeyBytes;
  numbers_.reserve(count);
  for (std::uint32_t number = 0; number < count; ++number) {
    TextKey key;
    std::memcpy(key.data(), keys.data() + number * kKeyBytes, kKeyBytes);
    numbers_.emplace(key, number);
  }
}

std::optional<std::uint32_t> KeptTexts::find(const DistinctTexts::Text& text) const {
  const auto found = numbers_.find(keys_.key(text));
  if (found == numbers_.end()) return std::nullopt;
  return found->second;
}

std::vector<std::optional<std::uint32_t>> KeptTexts::find(
    std::span<const DistinctTexts::Text> texts) const {
  std::vector<std::optional<std::uint32_t>> numbers(texts.size());
  if (numbers_.empty()) return numbers;
  std::transform(texts.begin(), texts.end(), numbers.begin(),
                 [this](const DistinctTexts::Text& text) { return find(text); });
  return numbers;
}

KeptLexicon::KeptLexicon(std::string_view packed, const Lexicon& lexicon, std::uint32_t number,
                         std::size_t texts)
    : packed_(packed), lexicon_(&lexicon), number_(number), at_(texts, kUnknown) {
  std::size_t at = 0;
  if (read_number(packed, at) != texts) fail();
  for (std::size_t text = 0; text < texts;) {
    const std::size_t begin = at;
    const std::uint32_t count = read_number(packed, at);
    if (count == 0) {
      const std::uint32_t unknown = read_number(packed, at);
      if (unknown == 0 || unknown > texts - text) fail();
      text += unknown;
      continue;
    }
    at_[text++] = begin;
    for (std::uint32_t place = 1; place < count; ++place) {
      for (int part = 0; part < 3; ++part) read_number(packed, at);
    }
  }
  if (at != packed.size()) fail();
}

bool KeptLexicon::append(std::optional<std::uint32_t> number, const DistinctTexts::Text& text,
                         std::vector<Match>& out) const {
  if (!knows(number)) return false;
  std::size_t at = at_[*number];
  const std::uint32_t count = read_number(packed_, at);
  for (std::uint32_t place = 1; place < count; ++place) {
    const std::uint32_t begin = read_number(packed_, at);
    const std::uint32_t length = read_number(packed_, at);
    const std::uint32_t term = read_number(packed_, at);
    const bool inside = length > 0 && begin <= text.text.size() &&
                        length <= text.text.size() - begin && is_boundary(text.text, begin) &&
                        is_boundary(text.text, begin + length);
    if (!inside || term >= lexicon_->terms.size()) fail();
    const Match match{number_, lexicon_->terms[term].category, term, begin, begin + length};
    const bool in_order = place == 1 || comes_before(out.back(), match);
    if (!in_order || !looks_for(lexicon_->terms[term], text.language)) fail();
    out.push_back(match);
  }
  return true;
}

std::optional<KeptLexicon> KeptMatches::find(const Lexicon& lexicon, std::uint32_t number,
                                             const MatchLimits& limits) const {
  if (lexicons.empty()) return std::nullopt;  // a digest takes its time
  const auto found = lexicons.find(lexicon_digest(lexicon, limits));
  if (found == lexicons.end()) return std::nullopt;
  return KeptLexicon(found->second, lexicon, number, texts.size() / kKeyBytes);
}

void KeptMatches::merge(KeptMatches other) {
  if (lexicons.empty()) {
    *this = std::move(other);
  } else if (texts == other.texts) {
    lexicons.merge(std::move(other.lexicons));
  }
}

}  // namespace cadre
