#include "cadre/import/written_date.hpp"

#include <fmt/format.h>

#include <array>
#include <cctype>
#include <string>
#include <vector>

namespace cadre {
namespace {

constexpr std::array<std::string_view, 12> kMonths = {"jan", "feb", "mar", "apr", "may", "jun",
                                                      "jul", "aug", "sep", "oct", "nov", "dec"};
constexpr std::array<std::string_view, 10> kNumerals = {"〇", "一", "二", "三", "四",
                                                        "五", "六", "七", "八", "九"};

/// Chinese numerals as digits: 一九七八年十二月 is 1978年12月.
std::string with_digits(std::string_view text) {
  std::string out;
  for (std::size_t at = 0; at < text.size();) {
    const auto rest = text.substr(at);
    bool found = false;
    for (std::size_t i = 0; i < kNumerals.size() && !found; ++i) {
      if (!rest.starts_with(kNumerals[i])) continue;
      out += static_cast<char>('0' + i);
      at += kNumerals[i].size();
      found = true;
    }
    constexpr std::string_view kTen = "十";
    constexpr std::string_view kZero = "零";
    if (!found && rest.starts_with(kZero)) {
      out += '0';
      at += kZero.size();
    } else if (!found && rest.starts_with(kTen)) {
      const bool after = !out.empty() && out.back() >= '1' && out.back() <= '9';
      at += kTen.size();
      bool before = false;
      for (const auto numeral : kNumerals) before |= text.substr(at).starts_with(numeral);
      if (!after) out += '1';
      if (!before) out += '0';
    } else if (!found) {
      out += text[at++];
    }
  }
  return out;
}

struct Numbers {
  std::vector<std::string> digits;
  int month = 0;  // named in English
  bool month_first = false;
};

Numbers numbers_in(const std::string& text) {
  Numbers out;
  std::string word;
  const auto end_word = [&] {
    if (word.size() >= 3 && out.month == 0) {
      for (std::size_t i = 0; i < kMonths.size(); ++i) {
        if (word.compare(0, 3, kMonths[i]) == 0) {
          out.month = static_cast<int>(i) + 1;
          out.month_first = out.digits.empty();
        }
      }
    }
    word.clear();
  };
  for (std::size_t at = 0; at < text.size(); ++at) {
    const auto c = static_cast<unsigned char>(text[at]);
    if (std::isdigit(c) != 0) {
      end_word();
      std::string number;
      while (at < text.size() && std::isdigit(static_cast<unsigned char>(text[at])) != 0) {
        number += text[at++];
      }
      --at;
      out.digits.push_back(number);
    } else if (std::isalpha(c) != 0) {
      word += static_cast<char>(std::tolower(c));
    } else {
      end_word();
    }
  }
  end_word();
  return out;
}

std::optional<Date> make(int year, int month, int day) {
  std::string text = fmt::format("{:04}", year);
  if (month != 0) text += fmt::format("-{:02}", month);
  if (month != 0 && day != 0) text += fmt::format("-{:02}", day);
  return Date::parse(text);
}

}  // namespace

std::optional<Date> read_written_date(std::string_view written, const std::optional<Date>& before) {
  const std::string text = with_digits(written);
  Numbers numbers = numbers_in(text);
  std::vector<int> values;
  int year = 0;
  for (const std::string& digits : numbers.digits) {
    if (digits.size() > 8) return std::nullopt;
    const int value = std::stoi(digits);
    if (digits.size() == 4 && year == 0) {
      year = value;
    } else if (digits.size() == 6 && year == 0) {  // 198403
      year = value / 100;
      values.push_back(value % 100);
    } else if (digits.size() == 8 && year == 0) {  // 19840315
      year = value / 10000;
      values.push_back(value / 100 % 100);
      values.push_back(value % 100);
    } else {
      values.push_back(value);
    }
  }
  const bool next_year =
      text.find("次年") != std::string::npos || text.find("翌年") != std::string::npos;
  if (year == 0) {
    const bool short_year =
        !values.empty() && numbers.digits.front().size() == 2 &&
        (values.front() > 12 || text.find(numbers.digits.front() + "年") != std::string::npos);
    if (short_year) {
      const int century = before ? before->year() / 100 * 100 : 1900;
      year = century + values.front();
      if (before && year < before->year()) year += 100;
      values.erase(values.begin());
    } else if (before &&
               (!values.empty() || numbers.month != 0 || next_year ||
                text.find("同年") != std::string::npos || text.find("当年") != std::string::npos)) {
      year = before->year() + (next_year ? 1 : 0);
    }
  }
  if (year < 1800 || year > 2100) return std::nullopt;
  if (numbers.month != 0) {
    return make(year, numbers.month, values.empty() ? 0 : values.front());
  }
  if (values.size() > 2) values.resize(2);
  const int month = values.empty() ? 0 : values[0];
  const int day = values.size() < 2 ? 0 : values[1];
  if (!values.empty() && (month < 1 || month > 12)) return std::nullopt;
  return make(year, month, day);
}

}  // namespace cadre
