#include "cadre/match/literal_set.hpp"

#include <algorithm>
#include <array>
#include <bit>
#include <cstring>

#if defined(__SSE2__)
#include <emmintrin.h>
#endif

namespace cadre {
namespace {

constexpr std::array<unsigned, 5> kWidths = {8, 6, 3, 2, 1};

constexpr std::uint64_t kMultiplier = 0x9E3779B97F4A7C15;  // Knuth's multiplicative hashing

bool is_word_byte(char c) {
  return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
}

/// The bytes from `at` on, those behind the end of the text as zeros; the first one lowest.
std::uint64_t load(std::string_view text, std::size_t at) {
  std::uint64_t word = 0;
  if (text.size() - at >= sizeof word) {
    std::memcpy(&word, text.data() + at, sizeof word);
  } else {
    std::memcpy(&word, text.data() + at, text.size() - at);
  }
  if constexpr (std::endian::native == std::endian::big) word = __builtin_bswap64(word);
  return word;
}

/// Of 64 bytes, one bit each: which are ASCII letters or digits, which begin other characters.
struct ByteKinds {
  std::uint64_t word = 0;         // a-z, 0-9
  std::uint64_t punctuation = 0;  // other ASCII
  std::uint64_t beyond = 0;       // the first byte of a character beyond ASCII
};

#if defined(__SSE2__)

std::uint64_t mask(__m128i lanes) {
  return static_cast<std::uint32_t>(_mm_movemask_epi8(lanes));
}

__m128i load_16(const char* bytes) {
  return _mm_loadu_si128(reinterpret_cast<const __m128i*>(bytes));
}

/// ByteKinds::beyond alone.
std::uint64_t beyond_of_64(const char* bytes) {
  std::uint64_t beyond = 0;
  for (std::size_t i = 0; i < 4; ++i) {
    const __m128i v = load_16(bytes + 16 * i);
    const __m128i above_continuation = _mm_cmpgt_epi8(v, _mm_set1_epi8(-65));
    beyond |= mask(_mm_and_si128(above_continuation, v)) << (16 * i);
  }
  return beyond;
}

ByteKinds kinds_of_64(const char* bytes) {
  const auto between = [](__m128i v, char low, char high) {
    return _mm_and_si128(_mm_cmpgt_epi8(v, _mm_set1_epi8(static_cast<char>(low - 1))),
                         _mm_cmplt_epi8(v, _mm_set1_epi8(static_cast<char>(high + 1))));
  };
  ByteKinds kinds;
  std::uint64_t ascii = 0;
  for (std::size_t i = 0; i < 4; ++i) {
    const __m128i v = load_16(bytes + 16 * i);
    const __m128i word = _mm_or_si128(between(v, 'a', 'z'), between(v, '0', '9'));
    const std::uint64_t above_continuation = mask(_mm_cmpgt_epi8(v, _mm_set1_epi8(-65)));
    const std::uint64_t high = mask(v);
    kinds.word |= mask(word) << (16 * i);
    kinds.beyond |= (above_continuation & high) << (16 * i);
    ascii |= (~high & 0xFFFF) << (16 * i);
  }
  kinds.punctuation = ascii & ~kinds.word;
  return kinds;
}

#else

ByteKinds kinds_of_64(const char* bytes) {
  ByteKinds kinds;
  for (unsigned i = 0; i < 64; ++i) {
    const auto byte = static_cast<unsigned char>(bytes[i]);
    const std::uint64_t word = is_word_byte(bytes[i]) ? 1 : 0;
    kinds.word |= word << i;
    kinds.punctuation |= std::uint64_t{byte < 0x80 && word == 0} << i;
    kinds.beyond |= std::uint64_t{byte >= 0xC0} << i;
  }
  return kinds;
}

/// ByteKinds::beyond alone.
std::uint64_t beyond_of_64(const char* bytes) {
  return kinds_of_64(bytes).beyond;
}

#endif

/// Counts how often anchors occur among the words, roughly: anchors may share a counter.
class Frequencies {
 public:
  explicit Frequencies(std::size_t anchors)
      : shift_(64 - static_cast<unsigned>(
                        std::bit_width(std::clamp<std::size_t>(anchors * 2, 1U << 8, 1U << 20)))),
        counts_(std::size_t{1} << (64 - shift_)) {}
  std::uint32_t& operator[](std::uint64_t anchor) {
    return counts_[(anchor * kMultiplier) >> shift_];
  }

 private:
  unsigned shift_;
  std::vector<std::uint32_t> counts_;
};

/// Calls `use(offset)` for every place in the word that find_places() finds wherever it stands.
template <typename Use>
void for_each_anchor(std::string_view word, unsigned width, LiteralSet::Where where,
                     const Use& use) {
  for (std::size_t at = 0; at + width <= word.size(); ++at) {
    const bool beyond = static_cast<unsigned char>(word[at]) >= 0xC0;
    const bool begins_word = is_word_byte(word[at]) && (where == LiteralSet::Where::kAnywhere ||
                                                        at == 0 || !is_word_byte(word[at - 1]));
    if (at == 0 || beyond || begins_word) use(at);
  }
}

constexpr std::uint64_t mask_of(unsigned width) {
  return width == 8 ? ~std::uint64_t{0} : (std::uint64_t{1} << (8 * width)) - 1;
}

}  // namespace

// --- one group
// ------------------------------------------------------------------------------------

LiteralSet::Group::Group(unsigned width, std::size_t count) : mask_(mask_of(width)), width_(width) {
  // 16 to 32 bits of filter for each anchor, from 1 KiB to 1 MiB in all; about one bucket each.
  const std::size_t words = std::clamp<std::size_t>(std::bit_ceil(count) / 4, 128, 1U << 17);
  filter_.resize(words);
  filter_shift_ = static_cast<unsigned>(64 - std::countr_zero(words));
  const std::size_t buckets = std::max<std::size_t>(2, std::bit_ceil(count));
  bucket_shift_ = static_cast<unsigned>(64 - std::countr_zero(buckets));
  buckets_.resize(buckets + 1);
  entries_.reserve(count);
}

std::uint64_t LiteralSet::Group::hash(std::uint64_t anchor) const {
  return anchor * kMultiplier;
}

void LiteralSet::Group::add(std::string_view word, std::uint32_t number, std::uint32_t offset) {
  Entry entry{anchor_at(word, offset), 0, number, offset, static_cast<std::uint32_t>(word.size())};
  if (entry.has_far_end()) entry.far_end = load(word, entry.far_offset());
  entries_.push_back(entry);
  const std::uint64_t h = hash(entry.anchor);
  filter_[h >> filter_shift_] |= std::uint64_t{1} << (h >> 30 & 63) | std::uint64_t{1}
                                                                          << (h >> 36 & 63);
}

void LiteralSet::Group::finish() {
  std::sort(entries_.begin(), entries_.end(), [this](const Entry& a, const Entry& b) {
    const std::uint64_t hash_a = hash(a.anchor), hash_b = hash(b.anchor);
    return hash_a != hash_b ? hash_a < hash_b : a.word < b.word;
  });
  std::size_t bucket = 0;
  for (std::size_t i = 0; i < entries_.size(); ++i) {
    const std::size_t mine = hash(entries_[i].anchor) >> bucket_shift_;
    while (bucket <= mine) buckets_[bucket++] = static_cast<std::uint32_t>(i);
  }
  while (bucket < buckets_.size()) buckets_[bucket++] = static_cast<std::uint32_t>(entries_.size());
}

std::uint64_t LiteralSet::Group::anchor_at(std::string_view text, std::size_t place) const {
  return load(text, place) & mask_;
}

std::size_t LiteralSet::Group::filter(std::string_view text, std::span<const std::uint32_t> places,
                                      std::uint32_t* out) const {
  // Places near the end of the text are looked at with care.
  std::size_t careful = places.size();
  while (careful > 0 && places[careful - 1] + sizeof(std::uint64_t) > text.size()) --careful;

  std::size_t count = 0;
  const auto test = [&](std::uint32_t place, std::uint64_t bytes) {
    const std::uint64_t h = hash(bytes & mask_);
    const std::uint64_t bits = filter_[h >> filter_shift_];
    out[count] = place;
    count += (bits >> (h >> 30 & 63)) & (bits >> (h >> 36 & 63)) & 1;
  };
  for (std::size_t i = 0; i < careful; ++i) {
    std::uint64_t bytes;
    std::memcpy(&bytes, text.data() + places[i], sizeof bytes);
    if constexpr (std::endian::native == std::endian::big) bytes = __builtin_bswap64(bytes);
    test(places[i], bytes);
  }
  for (std::size_t i = careful; i < places.size(); ++i) {
    if (places[i] + width_ <= text.size()) test(places[i], load(text, places[i]));
  }
  return count;
}

std::span<const LiteralSet::Group::Entry> LiteralSet::Group::bucket(std::uint64_t anchor) const {
  const std::size_t number = hash(anchor) >> bucket_shift_;
  return std::span(entries_).subspan(buckets_[number], buckets_[number + 1] - buckets_[number]);
}

std::size_t LiteralSet::Group::memory() const {
  return filter_.capacity() * sizeof filter_[0] + buckets_.capacity() * sizeof buckets_[0] +
         entries_.capacity() * sizeof entries_[0];
}

// --- the set
// --------------------------------------------------------------------------------------

LiteralSet::LiteralSet(std::span<const std::string_view> words, Where where) : where_(where) {
  std::array<std::size_t, kGroups> counts{};
  std::size_t bytes = 0;
  const auto group_of = [](std::string_view word) {
    return static_cast<std::size_t>(
        std::find_if(kWidths.begin(), kWidths.end(),
                     [&](unsigned width) { return width <= word.size(); }) -
        kWidths.begin());
  };
  for (const std::string_view word : words) {
    ++counts[group_of(word)];
    bytes += word.size();
  }
  text_.reserve(bytes);
  ends_.reserve(words.size() + 1);
  ends_.push_back(0);
  for (std::size_t i = 0; i < kGroups; ++i) groups_[i] = Group(kWidths[i], counts[i]);

  // The longer an anchor is the rarer, so only the first group has a choice.
  Frequencies frequencies(bytes);
  for (const std::string_view word : words) {
    for_each_anchor(word, kWidths[0], where_,
                    [&](std::size_t at) { ++frequencies[load(word, at) & mask_of(kWidths[0])]; });
  }
  for (std::uint32_t i = 0; i < words.size(); ++i) {
    const std::string_view word = words[i];
    text_ += word;
    ends_.push_back(static_cast<std::uint32_t>(text_.size()));
    Group& group = groups_[group_of(word)];
    std::size_t best = 0;
    if (&group == &groups_[0]) {
      std::uint32_t rarest = 0xFFFFFFFF;
      for_each_anchor(word, kWidths[0], where_, [&](std::size_t at) {
        const std::uint32_t frequency = frequencies[load(word, at) & mask_of(kWidths[0])];
        if (frequency < rarest) {
          rarest = frequency;
          best = at;
        }
      });
    }
    group.add(word, i, static_cast<std::uint32_t>(best));
    const bool ascii = static_cast<unsigned char>(word[best]) < 0x80;
    letters_ = letters_ || is_word_byte(word[best]);
    punctuation_ = punctuation_ || (ascii && !is_word_byte(word[best]));
  }
  for (Group& group : groups_) group.finish();
}

/// Writes the places of [begin, end) where a word can begin and returns how many there are.
std::size_t LiteralSet::find_places(std::string_view text, std::size_t begin, std::size_t end,
                                    std::uint32_t* places) const {
  std::uint32_t* out = places;
  std::uint64_t word_before = begin > 0 && is_word_byte(text[begin - 1]) ? 1 : 0;
  const std::uint64_t letters = letters_ ? ~std::uint64_t{0} : 0;
  const std::uint64_t punctuation = punctuation_ ? ~std::uint64_t{0} : 0;
  const std::uint64_t inside_words = where_ == Where::kAnywhere ? 0 : ~std::uint64_t{0};

  const auto write = [&](std::size_t at, std::uint64_t bits) {
    for (; bits != 0; bits &= bits - 1) {
      *out++ = static_cast<std::uint32_t>(at) + static_cast<std::uint32_t>(std::countr_zero(bits));
    }
  };
  const auto add = [&](const char* bytes, std::size_t at, std::uint64_t valid) {
    if (letters == 0 && punctuation == 0) {
      write(at, beyond_of_64(bytes) & valid);
      return;
    }
    const ByteKinds kinds = kinds_of_64(bytes);
    const std::uint64_t continued = (kinds.word << 1 | word_before) & inside_words;
    word_before = kinds.word >> 63;
    write(at,
          (kinds.beyond | (kinds.word & ~continued & letters) | (kinds.punctuation & punctuation)) &
              valid);
  };
  std::size_t at = begin;
  for (; at + 64 <= end; at += 64) add(text.data() + at, at, ~std::uint64_t{0});
  if (at < end) {
    std::array<char, 64> rest{};
    std::memcpy(rest.data(), text.data() + at, end - at);
    add(rest.data(), at, (std::uint64_t{1} << (end - at)) - 1);
  }
  return static_cast<std::size_t>(out - places);
}

void LiteralSet::verify(std::string_view text, const Group& group,
                        std::span<const std::uint32_t> candidates, std::vector<Hit>& hits) const {
  for (const std::uint32_t place : candidates) {
    const std::uint64_t anchor = group.anchor_at(text, place);
    for (const Group::Entry& entry : group.bucket(anchor)) {
      if (entry.anchor != anchor || entry.offset > place) continue;
      const std::size_t begin = place - entry.offset;
      if (text.size() - begin < entry.length) continue;
      if (entry.has_far_end() && load(text, begin + entry.far_offset()) != entry.far_end) continue;
      const std::string_view word = std::string_view(text_).substr(ends_[entry.word], entry.length);
      if (std::memcmp(text.data() + begin, word.data(), word.size()) != 0) continue;
      const bool inside_word = begin > 0 && is_word_byte(word[0]) && is_word_byte(text[begin - 1]);
      if (inside_word && where_ == Where::kWordStarts) continue;
      hits.push_back({entry.word, static_cast<std::uint32_t>(begin)});
    }
  }
}

void LiteralSet::find(std::string_view text, Scratch& scratch, std::vector<Hit>& hits,
                      std::size_t most) const {
  for (std::size_t begin = 0; begin < text.size() && hits.size() <= most; begin += kStride) {
    const std::size_t end = std::min(begin + kStride, text.size());
    const std::span places(scratch.places.data(),
                           find_places(text, begin, end, scratch.places.data()));
    for (const Group& group : groups_) {
      if (group.empty()) continue;
      const std::size_t count = group.filter(text, places, scratch.candidates.data());
      verify(text, group, std::span(scratch.candidates).first(count), hits);
    }
  }
}

std::size_t LiteralSet::memory() const {
  std::size_t bytes = text_.capacity() + ends_.capacity() * sizeof ends_[0];
  for (const Group& group : groups_) bytes += group.memory();
  return bytes;
}

}  // namespace cadre
