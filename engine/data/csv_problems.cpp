#include "cadre/data/csv_problems.hpp"

namespace cadre {

void tell(const CsvMistake& mistake, const TextFile& file, Problems& problems) {
  if (problems.skip_error()) return;
  const Place place = file.place(mistake.begin, mistake.end);
  constexpr const char* kDouble =
      "put the whole cell in quotes and double the quotes inside: \"the \"\"Red Flag\"\" works\"";
  switch (mistake.kind) {
    case CsvMistake::Kind::kStrayQuote:
      problems.error("stray-quote", "a quote inside a cell that does not begin with one", place,
                     kDouble);
      break;
    case CsvMistake::Kind::kTextAfterQuote:
      problems.error("text-after-quote", "the cell goes on after its closing quote", place,
                     kDouble);
      break;
    case CsvMistake::Kind::kUnclosedQuote:
      problems.error("unclosed-quote", "the quote that opens here is never closed", place, kDouble);
      break;
    case CsvMistake::Kind::kStrayReturn:
      problems.error("stray-return", "a carriage return alone does not end a line", place,
                     "save the file with the line ends of Unix (LF) or Windows (CR LF)");
      break;
  }
}

}  // namespace cadre
