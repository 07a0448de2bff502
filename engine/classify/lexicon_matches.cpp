#include "cadre/classify/lexicon_matches.hpp"

#include <limits>
#include <utility>

#include "cadre/base/error.hpp"

namespace cadre {
namespace {

void write_number(std::size_t number, std::string& out) {
  for (; number >= 0x80; number >>= 7) out += static_cast<char>(number | 0x80);
  out += static_cast<char>(number);
}

/// Takes numbers off packed bytes.
class Unpacking {
 public:
  explicit Unpacking(std::string_view packed) : packed_(packed) {}

  [[noreturn]] static void fail() {
    throw Error(
        Error::Kind::kCorrupt, "",
        "the matches that the run keeps do not fit its texts: it is damaged; classify again");
  }

  std::uint32_t number() {
    std::uint64_t number = 0;
    for (unsigned shift = 0; shift < 35; shift += 7) {
      if (at_ == packed_.size()) fail();
      const auto byte = static_cast<unsigned char>(packed_[at_++]);
      number |= static_cast<std::uint64_t>(byte & 0x7F) << shift;
      if (byte >= 0x80) continue;
      if (number > std::numeric_limits<std::uint32_t>::max()) fail();
      return static_cast<std::uint32_t>(number);
    }
    fail();
  }

  bool at_end() const { return at_ == packed_.size(); }

 private:
  std::string_view packed_;
  std::size_t at_ = 0;
};

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
  return offset == text.size() || (static_cast<unsigned char>(text[offset]) & 0xC0) != 0x80;
}

}  // namespace

void LexiconMatches::set(std::span<const std::uint32_t> texts,
                         const std::function<std::span<const Match>(std::size_t)>& found) {
  std::vector<Match> all;
  std::size_t next = 0;
  for (std::uint32_t text = 0; text < known_.size(); ++text) {
    const bool is_new = next < texts.size() && texts[next] == text;
    const std::span<const Match> matches = is_new ? found(next++) : in(text);
    if (is_new) known_[text] = true;
    first_[text] = all.size();
    all.insert(all.end(), matches.begin(), matches.end());
  }
  first_.back() = all.size();
  matches_ = std::move(all);
}

std::string LexiconMatches::pack() const {
  std::string packed;
  write_number(texts(), packed);
  for (std::uint32_t text = 0; text < texts();) {
    const std::uint32_t first = text;
    while (text < texts() && !knows(text)) ++text;
    if (text > first) {
      write_number(0, packed);
      write_number(text - first, packed);
      continue;
    }
    const std::span<const Match> matches = in(text++);
    write_number(matches.size() + 1, packed);
    for (const Match& match : matches) {
      write_number(match.begin, packed);
      write_number(match.end - match.begin, packed);
      write_number(match.term, packed);
    }
  }
  return packed;
}

LexiconMatches LexiconMatches::unpack(std::string_view packed, const Lexicon& lexicon,
                                      std::uint32_t number,
                                      std::span<const DistinctTexts::Text> texts) {
  Unpacking from(packed);
  if (from.number() != texts.size()) Unpacking::fail();
  LexiconMatches unpacked(texts.size());
  for (std::size_t i = 0; i < texts.size();) {
    const std::uint32_t count = from.number();
    if (count == 0) {
      const std::uint32_t unknown = from.number();
      if (unknown == 0 || unknown > texts.size() - i) Unpacking::fail();
      for (const std::size_t end = i + unknown; i < end; ++i) {
        unpacked.first_[i + 1] = unpacked.matches_.size();
      }
      continue;
    }
    unpacked.known_[i] = true;
    const std::string_view text = texts[i].text;
    for (std::uint32_t place = 1; place < count; ++place) {
      const std::uint32_t begin = from.number();
      const std::uint32_t length = from.number();
      const std::uint32_t term = from.number();
      const bool inside = length > 0 && begin <= text.size() && length <= text.size() - begin &&
                          is_boundary(text, begin) && is_boundary(text, begin + length);
      if (!inside || term >= lexicon.terms.size()) Unpacking::fail();
      const Match match{number, lexicon.terms[term].category, term, begin, begin + length};
      const bool in_order = place == 1 || comes_before(unpacked.matches_.back(), match);
      if (!in_order || !looks_for(lexicon.terms[term], texts[i].language)) Unpacking::fail();
      unpacked.matches_.push_back(match);
    }
    unpacked.first_[++i] = unpacked.matches_.size();
  }
  if (!from.at_end()) Unpacking::fail();
  return unpacked;
}

}  // namespace cadre
