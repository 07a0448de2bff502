// A date format of Table Schema, such as %d/%m/%Y: reads the dates of a column that writes them so.
//
//   auto format = DateFormat::parse("%d/%m/%Y");
//   if (auto* refused = std::get_if<DateFormat::Refused>(&format)) ...
//   std::get<DateFormat>(format).read("12/03/1965")  ->  1965-03-12
//
// Only directives whose meaning is the same everywhere are read: numbers, and the English names of
// months. A format without a day or a month gives partial dates (%m/%Y: 1965-03).
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "cadre/base/date.hpp"

namespace cadre {

class DateFormat {
 public:
  /// Why a format is not applied: "%y does not say the century".
  struct Refused {
    std::string reason;
  };

  /// How exactly the dates are known.
  enum class Precision : std::uint8_t { kYear, kMonth, kDay };

  /// Reads a format as strptime has it:
  ///
  ///   %Y              a year of four digits
  ///   %m %d %e        a month and a day, of one or two digits (%e: or a blank and one digit)
  ///   %b %B %h        the English name of a month, whole or its first three letters, in any case
  ///   %j              the day of the year
  ///   %F              %Y-%m-%d
  ///   %H %I %M %S %f %p %T %R   a time of day, which must be there and is left out of the date
  ///   %%              a percent sign
  ///
  /// Anything else stands for itself. Where nothing parts two numbers (%Y%m%d), they must have all
  /// their digits.
  static std::variant<DateFormat, Refused> parse(std::string_view pattern);

  /// The date that a cell means; nothing when it is not written so or is no day of the calendar.
  std::optional<Date> read(std::string_view cell) const;

  /// What is wrong with a cell that `read` refuses, if it has the form: "1965-02 has no day 31".
  std::string why_no_date(std::string_view cell) const;

  /// For people: "the format is %d/%m/%Y, such as 15/03/1982".
  std::string in_words() const;

  Precision precision() const;

 private:
  /// A directive, or text that stands for itself (`directive` is 0).
  struct Piece {
    char directive = 0;
    std::string literal;
    bool all_digits = false;  ///< a number that another one follows: it has all its digits
  };
  /// The numbers of a cell, which may not make a date. 0: the format does not have it.
  struct Numbers {
    int year = 0;
    int month = 0;
    int day = 0;
    int day_of_year = 0;
  };

  explicit DateFormat(std::string_view pattern) : pattern_(pattern) {}

  std::optional<Refused> add_pieces(std::string_view pattern);
  std::optional<Refused> check_parts() const;
  void mark_unparted_numbers();
  bool has(std::string_view directives) const;

  std::optional<Numbers> scan(std::string_view cell) const;
  std::string example() const;

  std::string pattern_;
  std::vector<Piece> pieces_;
};

}  // namespace cadre
