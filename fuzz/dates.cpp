// Dates: what is read is written the same way, and days keep their order.
#include <algorithm>
#include <optional>
#include <string>

#include "cadre/base/date.hpp"
#include "cadre/base/number.hpp"
#include "cadre/import/written_date.hpp"
#include "fuzz/targets.hpp"

namespace cadre::fuzz {
namespace {

void hold(const Date& date) {
  must(Date::parse(date.text()) == date, "a date reads as it is written");
  must(date.first() <= date.last(), "the first day is not after the last");
  must(date.last() - date.first() < 366, "a date is a year at most");
  must(before(date, date) != Truth::kTrue, "no date is before itself");
  must(Date::parse(iso_date(date.first())).has_value(), "the first day is a date");
  must(Date::parse(iso_date(date.last())).has_value(), "the last day is a date");
}

}  // namespace

void dates(std::string_view bytes) {
  std::optional<Date> last;
  while (!bytes.empty()) {
    const std::string_view line = bytes.substr(0, bytes.find('\n'));
    bytes.remove_prefix(std::min(line.size() + 1, bytes.size()));
    if (const auto date = Date::parse(line)) {
      must(date->text() == line, "a date is written as it was read");
      hold(*date);
      if (last) {
        const bool earlier = last->last() < date->first();
        must((before(*last, *date) == Truth::kTrue) == earlier,
             "dates that do not overlap are ordered");
      }
      last = date;
    }
    if (const auto period = Period::parse(line)) {
      const Day day = day_of(5000, 6, 15);
      must(back(day, Period{}) == day, "no time before a day is that day");
      if (period->years < 4000 && period->months < 9000) {
        must(back(day, *period) <= day, "a period leads back");
      }
    }
    if (const auto written = read_written_date(line, last)) hold(*written);
  }
}

}  // namespace cadre::fuzz
