#include "cadre/data/csv.hpp"

#include <algorithm>
#include <array>

#include "cadre/base/number.hpp"
#include "cadre/data/column_name.hpp"
#include "cadre/text/utf8.hpp"

namespace cadre {
namespace {

using Kind = CsvMistake::Kind;

}  // namespace

CsvReader::CsvReader(std::string_view text, char delimiter, std::size_t begin)
    : text_(text), delimiter_(delimiter), at_(begin) {
  if (at_ == 0 && text_.starts_with(kByteOrderMark)) at_ = kByteOrderMark.size();
}

bool CsvReader::next(std::vector<CsvCell>& cells) {
  cells.clear();
  mistakes_.clear();
  unquoted_.clear();
  while (at_ < text_.size() && at_line_end(at_)) skip_line_end();
  if (at_ >= text_.size()) return false;
  for (;;) {
    const bool quoted = at_ < text_.size() && text_[at_] == '"';
    cells.push_back(quoted ? quoted_cell() : plain_cell());
    if (at_ >= text_.size()) return true;
    if (text_[at_] != delimiter_) {
      skip_line_end();
      return true;
    }
    ++at_;
  }
}

CsvCell CsvReader::plain_cell() {
  const std::size_t begin = at_;
  at_ = find_end_of_cell(begin, true);
  return {text_.substr(begin, at_ - begin), begin, at_};
}

/// The end of a cell from a byte in it that is outside of quotes. Notes what does not belong there,
/// of quotes only the first, and none unless `note_quote`.
std::size_t CsvReader::find_end_of_cell(std::size_t from, bool note_quote) {
  for (std::size_t at = from; at < text_.size(); ++at) {
    const char c = text_[at];
    if (c == delimiter_ || c == '\n') return at;
    if (c == '\r') {
      if (at_line_end(at)) return at;
      mistakes_.push_back({Kind::kStrayReturn, at, at + 1});
    } else if (c == '"' && note_quote) {
      mistakes_.push_back({Kind::kStrayQuote, at, at + 1});
      note_quote = false;
    }
  }
  return text_.size();
}

CsvCell CsvReader::quoted_cell() {
  const std::size_t begin = at_;
  std::size_t from = begin + 1;  // of the piece between two quotes
  std::string* joined = nullptr;
  for (;;) {
    const std::size_t quote = text_.find('"', from);
    if (quote == std::string_view::npos) {
      mistakes_.push_back({Kind::kUnclosedQuote, begin, begin + 1});
      at_ = text_.size();
      return {text_.substr(begin + 1), begin, at_};
    }
    const bool doubled = quote + 1 < text_.size() && text_[quote + 1] == '"';
    if (doubled && joined == nullptr) joined = &unquoted_.emplace_back();
    if (joined != nullptr) joined->append(text_, from, quote - from + (doubled ? 1 : 0));
    if (doubled) {
      from = quote + 2;
      continue;
    }
    at_ = quote + 1;
    const std::string_view text =
        joined != nullptr ? std::string_view(*joined) : text_.substr(from, quote - from);
    if (at_ < text_.size() && text_[at_] != delimiter_ && !at_line_end(at_)) {
      mistakes_.push_back({Kind::kTextAfterQuote, at_, at_ + 1});
      at_ = find_end_of_cell(at_, false);
    }
    return {text, begin, at_};
  }
}

bool CsvReader::at_line_end(std::size_t at) const {
  if (text_[at] == '\n') return true;
  return text_[at] == '\r' && (at + 1 == text_.size() || text_[at + 1] == '\n');
}

void CsvReader::skip_line_end() {
  if (text_[at_] == '\r') ++at_;
  if (at_ < text_.size() && text_[at_] == '\n') ++at_;
}

std::string spreadsheet_safe(std::string_view text) {
  constexpr std::array<std::string_view, 11> kStarts = {"=",  "+",  "-",  "@",  "\t", "\r",
                                                        "\n", "＝", "＋", "－", "＠"};
  const bool formula = std::any_of(kStarts.begin(), kStarts.end(),
                                   [&](std::string_view start) { return text.starts_with(start); });
  return formula && !parse_number(text) ? "'" + std::string(text) : std::string(text);
}

std::string csv_field(std::string_view text) {
  if (text.find_first_of(",\"\r\n") == std::string_view::npos) return std::string(text);
  std::string field = "\"";
  for (const char c : text) {
    if (c == '"') field += c;
    field += c;
  }
  return field + "\"";
}

}  // namespace cadre
