#include "tests/run/views_reference.hpp"
#include "tests/support/tables.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <map>
#include <optional>
#include <set>
#include <tuple>

#include "cadre/base/date.hpp"

namespace cadre::testing {
namespace {

/// Stands for "no end in sight".
Day forever() {
  return day_of(9999, 12, 31);
}

struct Post {
  std::string id;
  std::string person;
  std::string province;  // empty: unknown
  std::string office;
  std::string start_text;
  RowSpan span;
};

/// In office from `begin` until before `end`.
struct Reading {
  Day begin = 0;
  Day end = 0;
};

struct Tenure {
  Post post;
  std::vector<Reading> readings;
  Day start_first = 0;
  Day start_last = 0;
  Day end_first = 0;
  Day end_last = 0;
};

std::vector<Post> posts_of(const Dataset& dataset) {
  const TableSchema& schema = dataset.schema.table(kPosts);
  std::vector<Post> posts;
  for (const Person& person : dataset.people) {
    for (const Row& row : person.rows(kPosts)) {
      const auto cell = [&](const char* column) { return row.cells[*schema.find(column)]; };
      posts.push_back(
          {row.id, person.id, cell("province"), cell("office"), cell("start"), row.span});
    }
  }
  return posts;
}

/// The next holder of the same office, or nobody.
const Post* next_holder(const Post& post, const std::vector<Post>& posts) {
  if (post.province.empty() || post.office.empty()) return nullptr;
  const auto place = [](const Post& one) {
    return std::tuple(one.span.start->first(), one.span.start->last(), one.id);
  };
  const Post* next = nullptr;
  for (const Post& other : posts) {
    if (!other.span.start || other.province != post.province || other.office != post.office) {
      continue;
    }
    if (place(other) > place(post) && (next == nullptr || place(other) < place(*next))) {
      next = &other;
    }
  }
  return next;
}

std::vector<Reading> readings_of(const Post& post, const std::vector<Post>& posts,
                                 const std::optional<Date>& data_as_of) {
  std::vector<Reading> readings;
  if (!post.span.start) return readings;
  const Date start = *post.span.start;
  if (post.span.open) {
    const Day end = data_as_of ? data_as_of->last() + 1 : forever();
    for (Day day = start.first(); day <= start.last(); ++day) {
      if (day < end) readings.push_back({day, end});
    }
    return readings;
  }
  std::optional<Date> end = post.span.end;
  if (!end) {
    if (const Post* next = next_holder(post, posts)) end = next->span.start;
  }
  for (Day day = start.first(); day <= start.last(); ++day) {
    if (!end) {
      readings.push_back({day, day + 1});  // in office on the first day, and who knows how long
      readings.push_back({day, forever()});
      continue;
    }
    for (Day last = end->first(); last <= end->last(); ++last) {
      if (last > day) readings.push_back({day, last});
    }
  }
  // Both on the same day, which is the only one that they share.
  if (readings.empty() && end && start.first() == end->last()) {
    readings.push_back({start.first(), start.first() + 1});
  }
  return readings;
}

std::vector<Tenure> tenures_of(const Dataset& dataset) {
  const std::vector<Post> posts = posts_of(dataset);
  std::vector<Tenure> tenures;
  for (const Post& post : posts) {
    Tenure tenure{post, readings_of(post, posts, dataset.schema.as_of)};
    if (tenure.readings.empty()) continue;
    tenure.start_first = tenure.end_first = forever();
    for (const auto& [begin, end] : tenure.readings) {
      tenure.start_first = std::min(tenure.start_first, begin);
      tenure.start_last = std::max(tenure.start_last, begin);
      tenure.end_first = std::min(tenure.end_first, end);
      tenure.end_last = std::max(tenure.end_last, end);
    }
    tenures.push_back(std::move(tenure));
  }
  return tenures;
}

/// From which day until before which day the era is looked at; `to` may lie before `from`.
Reading counted(const EraScheme& scheme, const Era& era) {
  Reading days{era.from.first(), era.to ? era.to->first() : forever()};
  if (scheme.as_of) days.end = std::min(days.end, scheme.as_of->last() + 1);
  return days;
}

enum class Overlap { kNever, kPossible, kCertain };

/// Whether a post overlaps an era in none, some or all of its readings.
Overlap overlap(const Tenure& tenure, const EraScheme& scheme, const Era& era) {
  const Reading days = counted(scheme, era);
  if (days.begin >= days.end) return Overlap::kNever;
  const auto overlapping = std::count_if(
      tenure.readings.begin(), tenure.readings.end(),
      [&](const Reading& one) { return one.begin < days.end && one.end > days.begin; });
  if (overlapping == 0) return Overlap::kNever;
  return overlapping == std::ssize(tenure.readings) ? Overlap::kCertain : Overlap::kPossible;
}

/// The part of a post in an era in which it is certain, where months and years begin on their first
/// day.
Reading part(const Tenure& tenure, const EraScheme& scheme, const Era& era) {
  const Reading days = counted(scheme, era);
  return {std::max(tenure.start_first, days.begin), std::min(tenure.end_first, days.end)};
}

/// The longest part that a post may have in an era.
Reading longest_part(const Tenure& tenure, const EraScheme& scheme, const Era& era) {
  const Reading days = counted(scheme, era);
  return {std::max(tenure.start_first, days.begin), std::min(tenure.end_last, days.end)};
}

std::optional<std::string> era_of_promotion(const EraScheme& scheme, const Tenure& tenure) {
  if (scheme.as_of && tenure.start_last > scheme.as_of->last()) return std::nullopt;
  const Era* latest = nullptr;
  for (const Era& era : scheme.eras) {
    Day opens = era.from.first();
    if (scheme.promotions_count_to_incoming && scheme.transition_opens_before) {
      opens = back(opens, *scheme.transition_opens_before);
    }
    if (opens <= tenure.start_last) latest = &era;
  }
  if (latest == nullptr || (latest->to && tenure.start_first >= latest->to->first())) {
    return std::nullopt;
  }
  return latest->id;
}

template <typename... Cells>
std::string row(const Cells&... cells) {
  const std::vector<std::string> texts = {std::string(cells)...};
  return fmt::format("{}", fmt::join(texts, " | "));
}

void add_promotions(const EraScheme& scheme, const std::vector<Tenure>& tenures, ViewRows& rows) {
  std::map<std::string, std::vector<const Tenure*>> lives;
  for (const Tenure& tenure : tenures) lives[tenure.post.person].push_back(&tenure);
  for (auto& [person, life] : lives) {
    std::sort(life.begin(), life.end(), [](const Tenure* a, const Tenure* b) {
      return std::tuple(a->start_first, a->start_last, a->end_first, a->post.id) <
             std::tuple(b->start_first, b->start_last, b->end_first, b->post.id);
    });
    for (std::size_t i = 1; i < life.size(); ++i) {
      const Post& before = life[i - 1]->post;
      const Post& post = life[i]->post;
      if (before.office != "governor" || post.office != "party_secretary") continue;
      if (const auto era = era_of_promotion(scheme, *life[i])) {
        rows.promotions.push_back(
            row(scheme.name, *era, person, before.id, post.id, post.start_text));
      }
    }
  }
}

/// Who holds the office on that day, or a dash.
std::string holder(const std::vector<const Tenure*>& those, const std::string& office, Day day,
                   const EraScheme& scheme, const Era& era) {
  const auto place = [](const Tenure& one) {
    return std::tuple(one.start_first, one.start_last, one.end_first, one.post.person);
  };
  const Tenure* latest = nullptr;
  for (const Tenure* one : those) {
    const Reading days = part(*one, scheme, era);
    if (one->post.office != office || day < days.begin || day >= days.end) continue;
    if (latest == nullptr || place(*one) > place(*latest)) latest = one;
  }
  return latest == nullptr ? "-" : latest->post.person;
}

void add_stretches(const EraScheme& scheme, const Era& era, const std::string& province,
                   const std::vector<const Tenure*>& those, ViewRows& rows) {
  Day day = forever();
  Day last = 0;
  for (const Tenure* one : those) {
    day = std::min(day, part(*one, scheme, era).begin);
    last = std::max(last, part(*one, scheme, era).end);
  }
  last = std::min(last, day_of(2100, 1, 1));  // nothing changes after that
  const auto pair = [&](Day at) {
    return std::pair(holder(those, "party_secretary", at, scheme, era),
                     holder(those, "governor", at, scheme, era));
  };
  while (day < last) {
    const auto leaders = pair(day);
    const Day from = day;
    while (day < last && pair(day) == leaders) ++day;
    if (leaders == std::pair<std::string, std::string>("-", "-")) continue;
    const Day to = day < last || last < day_of(2100, 1, 1) ? day : counted(scheme, era).end;
    rows.province_eras.push_back(row(scheme.name, era.id, province, iso_date(from), iso_date(to),
                                     leaders.first, leaders.second));
  }
}

}  // namespace

ViewRows reference_rows(const Dataset& dataset, const Rules& rules) {
  ViewRows rows;
  const std::vector<Tenure> tenures = tenures_of(dataset);
  for (const Tenure& one : tenures) {
    rows.tenures.push_back(row(one.post.id, iso_date(one.start_first), iso_date(one.start_last),
                               iso_date(one.end_first), iso_date(one.end_last)));
  }
  for (const EraScheme& scheme : rules.eras) {
    add_promotions(scheme, tenures, rows);
    for (const Era& era : scheme.eras) {
      std::map<std::string, std::vector<const Tenure*>> provinces;
      for (const Tenure& one : tenures) {
        const Overlap overlaps = overlap(one, scheme, era);
        if (overlaps == Overlap::kNever) continue;
        const bool certain = overlaps == Overlap::kCertain;
        const Reading days = certain ? part(one, scheme, era) : longest_part(one, scheme, era);
        rows.post_eras.push_back(row(scheme.name, era.id, one.post.id, one.post.person,
                                     certain ? "1" : "0", iso_date(days.begin),
                                     iso_date(days.end)));
        if (!certain) continue;
        const bool leads = one.post.office == "party_secretary" || one.post.office == "governor";
        if (leads && !one.post.province.empty()) provinces[one.post.province].push_back(&one);
      }
      for (const auto& [province, those] : provinces) {
        add_stretches(scheme, era, province, those, rows);
      }
    }
  }
  for (auto* view : {&rows.tenures, &rows.post_eras, &rows.promotions, &rows.province_eras}) {
    std::sort(view->begin(), view->end());
  }
  return rows;
}

}  // namespace cadre::testing
