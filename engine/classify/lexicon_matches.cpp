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
    throw Error(Error::Kind::kCorrupt, "",
                "the run is damaged: the matches that it keeps do not fit its texts; classify "
                "again");
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
  for (std::uint32_t text = 0; text < texts(); ++text) {
    const std::span<const Match> matches = in(text);
    write_number(knows(text) ? matches.size() + 1 : 0, packed);
    for (const Match& match : matches) {
      write_number(match.category, packed);
      write_number(match.term, packed);
      write_number(match.begin, packed);
      write_number(match.end - match.begin, packed);
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
  for (std::size_t i = 0; i < texts.size(); ++i) {
    const std::string_view text = texts[i].text;
    const std::uint32_t count = from.number();
    unpacked.known_[i] = count != 0;
    for (std::uint32_t match = 1; match < count; ++match) {
      const std::uint32_t category = from.number();
      const std::uint32_t term = from.number();
      const std::uint32_t begin = from.number();
      const std::uint32_t length = from.number();
      const bool fits = term < lexicon.terms.size() && lexicon.terms[term].category == category &&
                        lexicon.terms[term].kind != Term::Kind::kExcept && length > 0 &&
                        begin <= text.size() && length <= text.size() - begin &&
                        is_boundary(text, begin) && is_boundary(text, begin + length);
      if (!fits) Unpacking::fail();
      unpacked.matches_.push_back({number, category, term, begin, begin + length});
    }
    unpacked.first_[i + 1] = unpacked.matches_.size();
  }
  if (!from.at_end()) Unpacking::fail();
  return unpacked;
}

}  // namespace cadre
