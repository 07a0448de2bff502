// A set of words, and all the places where they stand in a block of text, in one pass.
//
// The work per byte hardly depends on how many words there are:
//   1. Only places where a word can begin are looked at: the first bytes of characters, and of a
//   run
//      of ASCII letters and digits only its first. A bit mask of these is made of 64 bytes at once;
//      in Chinese text a third of the bytes remain, in English text one in six.
//   2. Each word is known by eight bytes of it, its anchor (nearly three Chinese characters, or
//      the beginning of one of its English words), chosen as the rarest one among all the words.
//      The eight bytes at every place are looked up in a Bloom filter (Bloom 1970; with both bits
//      in one machine word) that fits into the first or second level of the cache. Places that may
//      hold an anchor are collected without branches. Words too short for it have filters of their
//      own.
//   3. What remains is looked up in a table of anchors. Words may share an anchor, as names are
//   made of
//      the same parts, so that each entry has the eight bytes at the other end of its word beside
//      it; only where these are there too is the word itself compared.
// Anchors at the rarest substring rather than at the beginning: Kim, Kim and Lee, "A Fast Algorithm
// for Multi-Pattern Searching" (Wu and Manber 1994) gives the filter-then-verify frame.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace cadre {

/// Made once, then safe to share between threads.
class LiteralSet {
 public:
  /// How much text is looked at before what was found is compared: few enough places to stay in the
  /// first level of the cache.
  static constexpr std::size_t kStride = 4096;

  enum class Where : std::uint8_t {
    kAnywhere,
    kWordStarts,  ///< what begins with an ASCII letter or digit only where none stands before
  };

  /// `words` are folded, as the texts are (text/fold.hpp), not empty and all different; they are
  /// not kept. Words are known by their index. (Only ASCII must be folded; what is beyond is
  /// compared as it is written.)
  explicit LiteralSet(std::span<const std::string_view> words = {},
                      Where where = Where::kWordStarts);

  bool empty() const { return ends_.size() < 2; }

  struct Hit {
    std::uint32_t word = 0;
    std::uint32_t begin = 0;  ///< offset into the text
  };

  /// What a search needs; one a thread, to be used again and again.
  struct Scratch {
    std::vector<std::uint32_t> places = std::vector<std::uint32_t>(kStride);
    std::vector<std::uint32_t> candidates = std::vector<std::uint32_t>(kStride + 1);
  };

  /// Appends every place in `text` (folded texts, up to 4 GiB) where a word stands. Their order is
  /// not promised, but it never goes back by more than a few thousand bytes. Stops soon after there
  /// are more than `most`.
  void find(std::string_view text, Scratch& scratch, std::vector<Hit>& hits,
            std::size_t most = SIZE_MAX) const;

  std::size_t length(std::uint32_t word) const { return ends_[word + 1] - ends_[word]; }

  /// Bytes of memory that the set takes.
  std::size_t memory() const;

 private:
  /// Words that are looked for by the same number of bytes.
  class Group {
   public:
    Group() = default;

    /// Anchors of `width` bytes, at most 8. There will be `count` of them.
    Group(unsigned width, std::size_t count);

    /// The word of that number, with its anchor at `offset`.
    void add(std::string_view word, std::uint32_t number, std::uint32_t offset);
    void finish();

    bool empty() const { return entries_.empty(); }

    /// Those of `places` that may begin with an anchor. `out` has room for all of them.
    std::size_t filter(std::string_view text, std::span<const std::uint32_t> places,
                       std::uint32_t* out) const;

    struct Entry {
      std::uint64_t anchor = 0;
      std::uint64_t far_end = 0;  // the eight bytes of the word that are farthest from its anchor
      std::uint32_t word = 0;
      std::uint32_t offset = 0;  // of the anchor in the word
      std::uint32_t length = 0;  // of the word

      /// Where in the word far_end stands.
      std::uint32_t far_offset() const { return offset * 2 < length - kFar ? length - kFar : 0; }
      /// Whether the word is long enough to have it.
      bool has_far_end() const { return length >= kFar; }
    };
    static constexpr std::uint32_t kFar = 8;

    /// The entries of which one may be at `place`, and what they are to be compared with.
    std::span<const Entry> bucket(std::uint64_t anchor) const;
    std::uint64_t anchor_at(std::string_view text, std::size_t place) const;

    std::size_t memory() const;

   private:
    std::uint64_t hash(std::uint64_t anchor) const;

    std::uint64_t mask_ = 0;
    unsigned width_ = 0;
    unsigned filter_shift_ = 63;
    unsigned bucket_shift_ = 63;
    std::vector<std::uint64_t> filter_;
    std::vector<std::uint32_t> buckets_;  // where each begins in entries_, and the end
    std::vector<Entry> entries_;
  };

  std::size_t find_places(std::string_view text, std::size_t begin, std::size_t end,
                          std::uint32_t* places) const;
  void verify(std::string_view text, const Group& group, std::span<const std::uint32_t> candidates,
              std::vector<Hit>& hits) const;

  static constexpr std::size_t kGroups = 5;  // by width: 8, 6, 3, 2 and 1 bytes
  std::string text_;                         // of all words, one after the other
  std::vector<std::uint32_t> ends_;          // where each word begins in it, and the end
  Group groups_[kGroups];
  Where where_;
  // What anchors begin with, other than characters beyond ASCII: places of other kinds need no
  // look.
  bool letters_ = false;      // ASCII letters and digits
  bool punctuation_ = false;  // other ASCII
};

}  // namespace cadre
