#include "cadre/data/plausibility.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "cadre/base/seeded_hash.hpp"
#include "cadre/base/truth.hpp"
#include "cadre/data/text_file.hpp"
#include "cadre/text/fold.hpp"

namespace cadre {
namespace {

constexpr int kOldest = 110;             // years
constexpr std::size_t kPlacesShown = 3;  // of one kind

/// How a kind is told: its code, the sentence for one and for many, and what to do.
struct Wording {
  const char* code;
  const char* one;
  const char* many;
  const char* hint;
};
constexpr std::array<Wording, 4> kWordings = {{
    {"before-birth", "a row begins before the person was born",
     "{} rows begin before the person was born", "one of the two dates is wrong"},
    {"over-110", "a row is of a person who would be more than 110 years old",
     "{} rows are of people who would be more than 110 years old",
     "is the year of birth right, or is an end missing?"},
    {"after-as-of", "a row begins after the last day that the data know",
     "{} rows begin after the last day that the data know",
     "is 'as_of' right? It is the day on which the data were collected"},
    {"same-person", "a person has the name and the birth of another",
     "{} people have the name and the birth of another",
     "if they are one person, give their rows one id"},
}};

bool certainly_before(const Date& a, const Date& b) {
  return before(a, b) == Truth::kTrue;
}

/// A name as names are compared: capitals, runs of blanks and variants of Han characters do not
/// matter. Accents do: Müller and Muller may be two.
std::string compared(std::string_view name) {
  std::string folded = fold(name, {Blanks::kDropped, Accents::kKept});
  folded.erase(0, std::min(folded.find_first_not_of(' '), folded.size()));
  folded.erase(folded.find_last_not_of(' ') + 1);
  return folded;
}

bool over_oldest(const Date& birth, const Date& day) {
  return day_of(std::min(birth.year() + kOldest, 9999), 12, 31) < day.first();
}

}  // namespace

void Findings::add(Kind kind, const PlaceOf& place, const std::function<std::string()>& what) {
  OfKind& found = kinds_[static_cast<std::size_t>(kind)];
  if (found.count++ == 0) found.first = what();
  if (found.places.size() < kPlacesShown) found.places.push_back(place());
}

void Findings::add(const Findings& later) {
  for (std::size_t i = 0; i < kKinds; ++i) {
    OfKind& mine = kinds_[i];
    const OfKind& other = later.kinds_[i];
    if (mine.count == 0) mine.first = other.first;
    mine.count += other.count;
    for (const Place& place : other.places) {
      if (mine.places.size() < kPlacesShown) mine.places.push_back(place);
    }
  }
}

void Findings::tell(Problems& problems) const {
  for (std::size_t i = 0; i < kKinds; ++i) {
    const OfKind& found = kinds_[i];
    if (found.count == 0) continue;
    const Wording& wording = kWordings[i];
    Diagnostic warning;
    warning.severity = Severity::kWarning;
    warning.code = wording.code;
    warning.message =
        found.count == 1
            ? fmt::format("{}: {}", wording.one, found.first)
            : fmt::format("{}; the first: {}", fmt::format(fmt::runtime(wording.many), found.count),
                          found.first);
    warning.place = found.places.front();
    warning.hint = wording.hint;
    for (std::size_t at = 1; at < found.places.size(); ++at) {
      warning.notes.push_back({found.places[at], "also here"});
    }
    problems.add(std::move(warning));
  }
}

PlausibilityCheck::PlausibilityCheck(const Schema& schema, Findings& findings)
    : schema_(schema), findings_(findings), birth_(schema.table(Table::kPerson).find("birth")) {
  for (std::uint32_t i = 0; i < schema.table(Table::kPerson).columns.size(); ++i) {
    if (schema.table(Table::kPerson).columns[i].logical == "name") names_.push_back(i);
  }
}

void PlausibilityCheck::check_rows(const Person& person, const PlaceOfRow& place) {
  std::optional<Date> birth;
  if (birth_) birth = Date::parse(person.facts.cells[*birth_]);
  for (const Table table : schema_.all_but_people()) {
    for (std::size_t i = 0; i < person.rows(table).size(); ++i) {
      check_row(person, table, i, birth, place);
    }
  }
}

void PlausibilityCheck::check_row(const Person& person, Table table, std::size_t number,
                                  const std::optional<Date>& birth, const PlaceOfRow& place) {
  using Kind = Findings::Kind;
  const RowSpan& span = person.rows(table)[number].span;
  const std::optional<Date>& as_of = person.as_of ? person.as_of : schema_.as_of;
  const auto add = [&](Kind kind, const std::function<std::string()>& what) {
    findings_.add(kind, [&] { return place(table, number); }, what);
  };
  const bool begins_early = birth && span.start && certainly_before(*span.start, *birth);
  // What ends before the birth began before it, whether or not the start is known.
  const bool ends_early = birth && span.end && certainly_before(*span.end, *birth);
  if (begins_early || ends_early) {
    add(Kind::kBeforeBirth, [&] {
      return fmt::format("it {} {}, '{}' was born {}", begins_early ? "begins" : "ends",
                         (begins_early ? span.start : span.end)->text(), quotable(person.id),
                         birth->text());
    });
  } else if (birth) {
    const std::optional<Date>& last = span.end ? span.end : span.open ? as_of : span.start;
    if (last && over_oldest(*birth, *last)) {
      add(Kind::kTooOld, [&] {
        return fmt::format("'{}' was born {}, the row lasts until {}", quotable(person.id),
                           birth->text(), last->text());
      });
    }
  }
  if (as_of && span.start && certainly_before(*as_of, *span.start)) {
    add(Kind::kAfterLastDay, [&] {
      return fmt::format("it begins {}, as_of is {}", span.start->text(), as_of->text());
    });
  }
}

bool PlausibilityCheck::same_names(const Person& one, const Person& other) const {
  bool any = false;
  for (const std::uint32_t name : names_) {
    const std::string& a = one.facts.cells[name];
    const std::string& b = other.facts.cells[name];
    if (a.empty() || b.empty()) continue;
    if (a != b && compared(a) != compared(b)) return false;
    any = true;
  }
  return any;
}

void PlausibilityCheck::check_same_people(std::span<const Person> people,
                                          const std::function<Place(std::size_t person)>& place) {
  if (!birth_ || names_.empty()) return;
  std::unordered_map<std::size_t, std::size_t> first;  // by the hash of a name and the birth
  std::string key;
  for (std::size_t i = 0; i < people.size(); ++i) {
    const Person& person = people[i];
    const std::string& birth = person.facts.cells[*birth_];
    if (birth.empty()) continue;
    std::optional<std::size_t> same;
    for (const std::uint32_t name : names_) {
      if (person.facts.cells[name].empty()) continue;
      key = fmt::format("{}\x1F{}\x1F{}", name, birth, compared(person.facts.cells[name]));
      const auto [at, is_new] = first.emplace(SeededHash()(key), i);
      const Person& other = people[at->second];
      if (!is_new && !same && at->second != i && other.id != person.id &&
          other.facts.cells[*birth_] == birth && same_names(person, other)) {
        same = at->second;
      }
    }
    if (!same) continue;
    findings_.add(
        Findings::Kind::kSamePerson, [&] { return place(i); },
        [&] {
          return fmt::format("'{}' and '{}', born {}", quotable(people[*same].id),
                             quotable(person.id), birth);
        });
  }
}

}  // namespace cadre
