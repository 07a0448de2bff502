// CSV as in RFC 4180: cells parted by commas, rows by line ends (CR LF or LF); a cell in double
// quotes may hold commas, line ends and quotes that are written twice. A byte order mark at the
// start is left out.
#pragma once

#include <cstddef>
#include <deque>
#include <string>
#include <string_view>
#include <vector>

namespace cadre {

struct CsvCell {
  std::string_view text;  ///< what the cell says, without its quotes
  std::size_t begin = 0;  ///< where it stands in the file, in bytes, with its quotes
  std::size_t end = 0;
};

/// What a row says that CSV does not allow. The reader goes on after it.
struct CsvMistake {
  enum class Kind {
    kStrayQuote,      ///< a quote inside a cell that does not begin with one
    kTextAfterQuote,  ///< text between the closing quote and the end of the cell
    kUnclosedQuote,   ///< the file ends inside quotes
    kStrayReturn,     ///< a carriage return without a line feed, outside of quotes
  };
  Kind kind;
  std::size_t begin = 0;  ///< in bytes of the file
  std::size_t end = 0;
};

class CsvReader {
 public:
  /// Reads `text`, which must outlive the reader, from byte `begin` on, where a row begins.
  explicit CsvReader(std::string_view text, char delimiter = ',', std::size_t begin = 0);

  /// The next row. False at the end of the text. Lines without any character are skipped. The texts
  /// of the cells are good until the next call.
  bool next(std::vector<CsvCell>& cells);

  /// Where the next row begins.
  std::size_t position() const { return at_; }

  /// The mistakes of the row that was read last.
  const std::vector<CsvMistake>& mistakes() const { return mistakes_; }

 private:
  CsvCell plain_cell();
  CsvCell quoted_cell();
  std::size_t find_end_of_cell(std::size_t from, bool note_quote);
  bool at_line_end(std::size_t at) const;
  void skip_line_end();

  std::string_view text_;
  char delimiter_;
  std::size_t at_;
  std::vector<CsvMistake> mistakes_;
  std::deque<std::string> unquoted_;  // cells that do not stand in the file as they read
};

/// How cells of text are written.
enum class CsvCells {
  kPlain,            ///< as they are
  kSpreadsheetSafe,  ///< through spreadsheet_safe
};

/// A text that no spreadsheet takes for a formula: with an apostrophe before it when it begins with
/// = + - @, their full-width forms, a tab or a line end. Numbers stay as they are.
std::string spreadsheet_safe(std::string_view text);

/// A cell as CSV writes it: in quotes where it needs them (RFC 4180, section 2).
std::string csv_field(std::string_view text);

}  // namespace cadre
