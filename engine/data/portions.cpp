#include "cadre/data/portions.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "cadre/base/error.hpp"
#include "cadre/data/compressed.hpp"

namespace cadre {
namespace {

constexpr std::size_t kChunk = std::size_t{64} << 10;  // read at once

}  // namespace

PortionReader::PortionReader(std::string name, Read read, const DataOptions& options,
                             std::size_t portion_bytes)
    : name_(std::move(name)),
      read_(std::move(read)),
      options_(options),
      portion_bytes_(portion_bytes),
      mender_(options.invalid_utf8, name_) {}

bool PortionReader::next(Portion& portion) {
  if (ended_ && rest_.empty() && number_ > 0) return false;
  std::string text = std::move(rest_);
  rest_.clear();
  text.reserve(portion_bytes_ + kChunk);
  std::size_t searched = 0;
  while (!ended_) {
    if (text.size() >= portion_bytes_ && cut(text, searched)) break;
    searched = text.size();
    if (searched > portion_bytes_ + options_.max_line_bytes) too_long();
    fill(text);
    if (number_ == 0 && searched == 0 && compression_of(text) != Compression::kNone) {
      while (!ended_ && text.size() <= options_.max_file_bytes) fill(text);
      text = decompress(std::move(text), name_, options_.max_file_bytes);
    }
  }
  if (ended_ && text.size() > portion_bytes_) cut(text, 0);
  portion.number = number_++;
  portion.first_line = line_;
  const std::size_t bytes = text.size();
  mender_.mend(text, begin_, line_);
  begin_ += bytes;
  for (std::size_t at = text.find('\n'); at != std::string::npos; at = text.find('\n', at + 1)) {
    ++line_;
  }
  portion.text = std::move(text);
  return true;
}

void PortionReader::fill(std::string& text) {
  const std::size_t size = text.size();
  text.resize(size + kChunk);
  const std::size_t got = read_(std::span(text).subspan(size));
  text.resize(size + got);
  ended_ = got == 0;
}

/// Keeps what follows the first line end behind a portion's size, or, short of that, behind `from`,
/// for the next portion.
bool PortionReader::cut(std::string& text, std::size_t from) {
  // The first portion holds somebody: an empty file is a mistake, empty lines at its start are
  // none.
  const std::size_t first = number_ == 0 ? text.find_first_not_of(" \t\r\n\xEF\xBB\xBF") : 0;
  if (first == std::string::npos) return false;
  std::size_t end = text.rfind('\n', portion_bytes_);
  if (end == std::string::npos || end < first) {
    end = text.find('\n', std::max({from, portion_bytes_, first}));
    if (end == std::string::npos) return false;
  }
  rest_.assign(text, end + 1);
  text.resize(end + 1);
  return true;
}

void PortionReader::too_long() const {
  throw Error(Error::Kind::kLimit, name_,
              fmt::format("cannot read '{}': line {} has more than {} bytes", name_, line_,
                          options_.max_line_bytes));
}

}  // namespace cadre
