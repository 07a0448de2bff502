// A text that was made from another one, and the way back: for each of its bytes where it came
// from.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace cadre {

class MappedText {
 public:
  MappedText() = default;
  /// A text that is its own source.
  explicit MappedText(std::string text) : text_(std::move(text)), source_size_(text_.size()) {}

  const std::string& text() const { return text_; }

  /// The byte of the source that byte `at` came from; the end of the source for the end.
  std::size_t source(std::size_t at) const {
    if (at >= text_.size()) return source_size_;
    return origins_.empty() ? at : origins_[at];
  }

  /// Appends `bytes`, all of which stand for what begins at byte `origin` of the source.
  void append(std::string_view bytes, std::size_t origin) {
    text_ += bytes;
    origins_.resize(text_.size(), static_cast<std::uint32_t>(origin));
  }
  void reserve(std::size_t bytes) {
    text_.reserve(bytes);
    origins_.reserve(bytes);
  }
  void set_source_size(std::size_t bytes) { source_size_ = bytes; }

 private:
  std::string text_;
  std::vector<std::uint32_t> origins_;  // parallel to text_; empty: each byte is its own
  std::size_t source_size_ = 0;
};

}  // namespace cadre
