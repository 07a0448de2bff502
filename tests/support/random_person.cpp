#include "tests/support/random_person.hpp"
#include "tests/support/tables.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cstdint>
#include <map>
#include <utility>
#include <vector>

namespace cadre::testing {
namespace {

using Strings = std::vector<std::string>;

// Few, so that they meet each other and those of the rules; the pairs of both ends of a year.
const Strings kDates = {"1978", "1980",       "1985",       "1985",       "1990",
                        "1995", "1985-06",    "1985-12",    "1990-03",    "1980-01-01",
                        "1985", "1984-12-31", "1985-06-15", "1990-01-01", "1990-03-01"};

Date date_of(const std::string& text) {
  return Date::parse(text).value();
}

Date day(Day number) {
  return date_of(iso_date(number));
}

bool is_whole(const Date& date) {
  return date.day() != 0;
}

const TableSchema& table_of(const Schema& schema, Table table) {
  return schema.table(table);
}

constexpr std::array kTablesOfRows = {kEducation, kCareer, kPosts};

/// A value for a cell, none of them empty.
std::string value_for(const Column& column, Dice& dice) {
  if (!column.values.empty()) return dice.pick(column.values);
  if (column.kind == Column::Kind::kDate) return dice.pick(kDates);
  if (column.logical == "province") return dice.pick(Strings{"hunan", "hubei", "gansu"});
  if (column.language == "zh") {
    return dice.pick(Strings{"工程师", "职员", "深矿", "矿工厂", "学校", "工厂工程师"});
  }
  return dice.pick(
      Strings{"engineer", "clerk", "deep mine", "mine works", "school", "works engineer", "mine"});
}

bool is_filled(const Column& column) {
  return column.name != "id" && column.name != "person" && column.name != "start" &&
         column.name != "end" && column.name != "source" && !column.name.starts_with("name") &&
         column.name != "party_joined" && column.name != "work_started";
}

/// The columns of which the value is one: the forms of a logical column, or all texts.
std::vector<std::vector<std::uint32_t>> values_of(const TableSchema& table, bool text_together) {
  std::map<std::string, std::vector<std::uint32_t>> groups;
  for (std::uint32_t i = 0; i < table.columns.size(); ++i) {
    const Column& column = table.columns[i];
    if (!is_filled(column)) continue;
    const bool together = text_together && column.kind == Column::Kind::kText;
    groups[together ? "text" : column.logical].push_back(i);
  }
  std::vector<std::vector<std::uint32_t>> all;
  for (auto& [name, columns] : groups) all.push_back(std::move(columns));
  return all;
}

void set_span(Row& row, const TableSchema& table, std::optional<Date> start,
              std::optional<Date> end, bool open) {
  row.span = {start, end, open};
  row.cells[table.find("start").value()] = start ? start->text() : "";
  row.cells[table.find("end").value()] = open ? ".." : end ? end->text() : "";
}

bool within(const std::optional<Date>& start, const std::optional<Date>& end) {
  return !start || !end || start->first() <= end->last();
}

Row random_row(Dice& dice, const TableSchema& table, bool has_span, unsigned gaps) {
  Row row;
  row.cells.resize(table.columns.size());
  for (const auto& columns : values_of(table, false)) {
    if (dice.chance(gaps)) continue;
    // One of the forms, or all of them.
    const std::size_t one = dice.below(columns.size() + 1);
    for (std::size_t i = 0; i < columns.size(); ++i) {
      if (one != columns.size() && one != i) continue;
      row.cells[columns[i]] = value_for(table.columns[columns[i]], dice);
    }
  }
  if (!has_span) return row;
  Date start = date_of(dice.pick(kDates));
  Date end = date_of(dice.pick(kDates));
  if (!within(start, end)) std::swap(start, end);
  const bool open = dice.chance(gaps / 2);
  set_span(row, table, dice.chance(gaps) ? std::nullopt : std::optional(start),
           open || dice.chance(gaps) ? std::nullopt : std::optional(end), open);
  return row;
}

/// Fills one copy of a person.
class Filler {
 public:
  Filler(const Schema& schema, const Filling& filling, Dice& dice)
      : schema_(schema),
        filling_(filling),
        dice_(dice),
        latest_(schema.as_of ? schema.as_of->first() : day_of(2006, 1, 1)) {}

  bool fill(Person& person) {
    fill_cells(person.facts, schema_.table(Table::kPerson));
    for (const Table table : kTablesOfRows) {
      std::vector<Row>& rows = person.rows_to_edit(table);
      if (rows.empty()) {
        for (std::size_t i = 1 + dice_.below(2); i > 0; --i) {
          rows.push_back(random_row(dice_, table_of(schema_, table), true, 0));
        }
      }
      for (Row& row : rows) {
        fill_cells(row, table_of(schema_, table));
        fill_span(row, table_of(schema_, table));
      }
    }
    return !filling_.partial_dates || fill_partial_dates(person);
  }

 private:
  void fill_cells(Row& row, const TableSchema& table) {
    for (const auto& columns : values_of(table, filling_.text_together)) {
      const bool missing = std::all_of(columns.begin(), columns.end(), [&](std::uint32_t column) {
        return row.cells[column].empty();
      });
      if (!missing) continue;
      const std::size_t sure = dice_.below(columns.size());
      for (std::size_t i = 0; i < columns.size(); ++i) {
        if (i != sure && !dice_.chance(50)) continue;
        row.cells[columns[i]] = value_for(table.columns[columns[i]], dice_);
      }
    }
  }

  void fill_span(Row& row, const TableSchema& table) {
    std::optional<Date> start = row.span.start;
    std::optional<Date> end = row.span.end;
    bool open = row.span.open;
    if (!end && !open && dice_.chance(20)) open = true;
    if (open && !schema_.as_of) {
      open = false;
      end = day(latest_);
    }
    const Day until = end ? end->last() : latest_;
    if (!start) start = some_date(day_of(1970, 1, 1), until);
    // An end that is not told may lie after the last day.
    if (!end && !open) end = some_date(start->first(), latest_ + (dice_.chance(30) ? 2000 : 0));
    set_span(row, table, start, end, open);
  }

  /// A date of which some day lies between these.
  Date some_date(Day from, Day to) {
    for (int i = 0; i < 4; ++i) {
      const Date date = date_of(dice_.pick(kDates));
      const bool wanted = is_whole(date) || dice_.chance(30);
      if (wanted && date.first() >= from && date.last() <= to) return date;
    }
    if (dice_.chance(25)) return day(from);
    if (dice_.chance(25)) return day(to);
    return day(from + static_cast<Day>(dice_.below(static_cast<std::size_t>(to - from) + 1)));
  }

  /// The same day for the same date, in every cell.
  bool fill_partial_dates(Person& person) {
    for (int attempt = 0; attempt < 8; ++attempt) {
      days_.clear();
      Person filled = person;
      fill_dates(filled.facts, schema_.table(Table::kPerson));
      bool valid = true;
      for (const Table table : kTablesOfRows) {
        for (Row& row : filled.rows_to_edit(table)) {
          fill_dates(row, table_of(schema_, table));
          valid = valid && within(row.span.start, row.span.end);
        }
      }
      if (!valid) continue;
      person = std::move(filled);
      return true;
    }
    return false;
  }

  void fill_dates(Row& row, const TableSchema& table) {
    for (std::size_t i = 0; i < table.columns.size(); ++i) {
      std::string& cell = row.cells[i];
      if (table.columns[i].kind != Column::Kind::kDate || cell.empty() || cell == "..") continue;
      cell = whole(date_of(cell)).text();
    }
    if (row.span.start) row.span.start = whole(*row.span.start);
    if (row.span.end) row.span.end = whole(*row.span.end);
  }

  Date whole(const Date& date) {
    if (is_whole(date) || filling_.keep.count(date.text()) != 0) return date;
    const auto [at, added] = days_.try_emplace(date.text(), date);
    if (added) {
      const auto days = static_cast<std::size_t>(date.last() - date.first());
      at->second = day(dice_.chance(25)   ? date.first()
                       : dice_.chance(25) ? date.last()
                                          : date.first() + static_cast<Day>(dice_.below(days + 1)));
    }
    return at->second;
  }

  const Schema& schema_;
  const Filling& filling_;
  Dice& dice_;
  const Day latest_;  // no row begins later; an open one ends then
  std::map<std::string, Date> days_;
};

}  // namespace

Person random_person(Dice& dice, const Schema& schema) {
  Person person;
  person.id = "p";
  person.facts = random_row(dice, schema.table(Table::kPerson), false, 35);
  for (const Table table : kTablesOfRows) {
    const std::size_t most = table == kCareer ? 4 : 2;
    const unsigned gaps = dice.chance(70) ? 25 : 5;
    for (std::size_t i = dice.chance(25) ? 0 : 1 + dice.below(most); i > 0; --i) {
      person.rows_to_edit(table).push_back(random_row(dice, table_of(schema, table), true, gaps));
    }
  }
  return person;
}

std::optional<Person> fill(const Person& person, const Schema& schema, const Filling& filling,
                           Dice& dice) {
  Person filled = person;
  if (!Filler(schema, filling, dice).fill(filled)) return std::nullopt;
  return filled;
}

bool has_partial_dates(const Person& person, const Schema& schema) {
  for (const Table table : all_tables()) {
    const std::vector<Column>& columns = schema.table(table).columns;
    for (const Row& row : person.rows(table)) {
      for (std::size_t i = 0; i < columns.size(); ++i) {
        if (columns[i].kind != Column::Kind::kDate) continue;
        const auto date = Date::parse(row.cells[i]);
        if (date && !is_whole(*date)) return true;
      }
    }
  }
  return false;
}

std::string json(const Person& person, const Schema& schema) {
  const auto row_text = [](const Row& row, const TableSchema& table) {
    std::string text;
    for (std::size_t i = 0; i < row.cells.size(); ++i) {
      if (row.cells[i].empty()) continue;
      text += fmt::format("{}\"{}\": \"{}\"", text.empty() ? "" : ", ", table.columns[i].name,
                          row.cells[i]);
    }
    return text;
  };
  const std::string facts = row_text(person.facts, schema.table(Table::kPerson));
  std::string text =
      fmt::format("{{\"id\": \"{}\"{}{}", person.id, facts.empty() ? "" : ", ", facts);
  for (const Table table : kTablesOfRows) {
    const auto rows = person.rows(table);
    if (rows.empty()) continue;
    text += fmt::format(", \"{}\": [", schema.table(table).name);
    for (std::size_t i = 0; i < rows.size(); ++i) {
      text += fmt::format("{}{{{}}}", i == 0 ? "" : ", ", row_text(rows[i], schema.table(table)));
    }
    text += "]";
  }
  return text + "}";
}

}  // namespace cadre::testing
