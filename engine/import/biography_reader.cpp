#include "cadre/import/biography_reader.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cctype>
#include <iterator>
#include <optional>
#include <set>
#include <utility>

#include "cadre/import/decode.hpp"
#include "cadre/import/jobs.hpp"
#include "cadre/import/marks.hpp"
#include "cadre/import/markup.hpp"
#include "cadre/import/posts.hpp"
#include "cadre/import/unwrap.hpp"
#include "cadre/import/written_date.hpp"
#include "cadre/text/han_variants.hpp"
#include "cadre/text/utf8.hpp"

namespace cadre {
namespace {

/// A half-open range of bytes of the text without markup.
struct Piece {
  std::size_t begin = 0;
  std::size_t end = 0;
};

struct Period {
  std::optional<Date> start;
  std::optional<Date> end;
  bool open = false;
  std::string kind;   // range, since, open, point or until; empty: none
  std::string guess;  // the rule, where the pattern is a guess
};

bool is_blank(std::string_view text) {
  return text.find_first_not_of(" \n") == std::string_view::npos;
}

std::string_view trimmed_blanks(std::string_view text) {
  const std::size_t first = text.find_first_not_of(" \n");
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(" \n") + 1 - first);
}

std::size_t whole_sentence_mark(std::string_view rest) {
  for (const std::string_view mark : {"。", "！", "？", "!", "?"}) {
    if (rest.starts_with(mark)) return mark.size();
  }
  return 0;
}

class Reading {
 public:
  Reading(const std::vector<LayoutMatcher>& layouts, const DecodedText& decoded, Biography& out)
      : layouts_(layouts),
        decoded_(decoded.text),
        clean_(unwrapped(strip_markup(decoded.text.text()), layouts)),
        text_(simplified_in_place(clean_.text())),
        brackets_(text_),
        out_(out) {
    const std::string& source = decoded_.text();
    for (std::size_t at = source.find('\n'); at != std::string::npos;
         at = source.find('\n', at + 1)) {
      line_ends_.push_back(at);
    }
  }

  void read() {
    std::size_t begin = 0;
    while (begin <= text_.size()) {
      const std::size_t end = std::min(text_.find('\n', begin), text_.size());
      line({begin, end}, end < text_.size() ? end + 1 : end);
      if (end == text_.size()) break;
      begin = end + 1;
    }
    use_summaries();
    use_courses();
    infer_ends();
    for (ImportedRow* row : rows_in_order()) finish(*row);
  }

 private:
  // --- places ---------------------------------------------------------------------------------

  std::string_view at(Piece piece) const {
    return std::string_view(text_).substr(piece.begin, piece.end - piece.begin);
  }

  /// The same in the characters of the source.
  std::string quoted(Piece piece) const {
    return std::string(trimmed_blanks(
        std::string_view(clean_.text()).substr(piece.begin, piece.end - piece.begin)));
  }

  /// The bytes of the file that a piece stands for, markup that was left out in front of it and
  /// behind it included, without blanks at both ends.
  SourceSpan span(Piece piece) const {
    std::size_t first = clean_.source(piece.begin);
    std::size_t last = clean_.source(piece.end);
    if (piece.begin == 0) first = 0;
    const std::string& source = decoded_.text();
    const auto blank = [&](std::size_t i) {
      return source[i] == ' ' || source[i] == '\n' || source[i] == '\r' || source[i] == '\t';
    };
    while (first < last && blank(first)) ++first;
    while (first < last && blank(last - 1)) --last;
    const auto line = std::lower_bound(line_ends_.begin(), line_ends_.end(), first);
    return {1 + static_cast<std::size_t>(line - line_ends_.begin()), decoded_.source(first),
            decoded_.source(last)};
  }

  /// Where rows are read. Those of one entry are told in the order of its words.
  struct Place {
    SourceSpan span;
    Piece piece;
    std::size_t told = 0;  // up to here in the text
  };
  Place place_of(Piece piece) const { return {span(piece), piece, piece.begin}; }

  /// What stands there, in the characters of the source: of a long entry the part around `words`,
  /// or else where the row before was told.
  std::string text_of(Place& where, std::string_view words) const {
    const Piece whole = where.piece;
    if (whole.end - whole.begin <= kLongestSource) return quoted(whole);
    constexpr std::size_t kSearched = 4 * kLongestSource;
    const std::string_view near =
        std::string_view(text_).substr(where.told, std::min(kSearched, whole.end - where.told));
    std::size_t told = where.told;
    if (const std::size_t found = near.find(words); found != std::string_view::npos) {
      told += found;
      where.told = told + words.size();  // the next row may have the same words
    }
    const auto inside = [this](std::size_t at) {
      return at < text_.size() && continues_character(text_[at]);
    };
    Piece part;
    part.begin = told - std::min(told - whole.begin, kLongestSource / 2);
    part.end = std::min(part.begin + kLongestSource, whole.end);
    while (part.begin > whole.begin && inside(part.begin)) --part.begin;
    while (part.end < whole.end && inside(part.end)) ++part.end;
    return (part.begin > whole.begin ? "…" : "") + quoted(part) + (part.end < whole.end ? "…" : "");
  }

  void set_aside(Piece piece, std::string reason, bool dated = false) {
    const SourceSpan where = span(piece);
    if (where.begin == where.end) return;
    out_.unparsed.push_back({where, std::move(reason), quoted(piece), dated});
  }

  // --- lines and sentences --------------------------------------------------------------------

  void line(Piece piece, std::size_t next) {
    if (is_blank(at(piece))) {
      // Only markup, control characters or nothing.
      set_aside({piece.begin, next}, "markup");
      return;
    }
    ++out_.lines;
    const auto layout =
        std::find_if(layouts_.begin(), layouts_.end(),
                     [&](const LayoutMatcher& one) { return one.reads(at(piece)); });
    if (layout == layouts_.end()) {
      set_aside({piece.begin, next}, "no-layout");
      return;
    }
    matcher_ = &*layout;
    if (const auto match = matcher_->first(LayoutPart::kFurniture, at(piece))) {
      std::size_t facts = 0;
      if (take_facts(at(piece), facts)) {
        told_fact({piece.begin, next});
      } else {
        set_aside({piece.begin, next}, match->pattern->name);
      }
      return;
    }
    std::size_t begin = piece.begin;
    while (begin < piece.end) {
      const std::size_t end = end_of_sentence(begin, piece.end);
      sentence({begin, end >= piece.end ? next : end}, std::min(end, piece.end));
      begin = end;
    }
  }

  /// Chinese sentences end at their mark; Latin ones at a full stop before a blank and a capital,
  /// unless what stands before it is an initial or an abbreviation. Brackets are passed.
  std::size_t end_of_sentence(std::size_t from, std::size_t end) const {
    std::size_t i = from;
    while (i < end) {
      if (bracket(text_, i, true) != 0) {
        const std::size_t close = brackets_.end(i, end);
        if (close < end) {
          i = close;
          continue;
        }
      }
      if (const std::size_t mark =
              whole_sentence_mark(std::string_view(text_).substr(i, end - i))) {
        i += mark;
        while (i < end && text_[i] == ' ') ++i;
        return i;
      }
      if (text_[i] == '.' && i + 2 < end && text_[i + 1] == ' ' &&
          std::isupper(static_cast<unsigned char>(text_[i + 2])) != 0 && !abbreviation(from, i)) {
        return i + 2;
      }
      next_code_point(text_, i);
    }
    return end;
  }

  bool abbreviation(std::size_t from, std::size_t stop) const {
    std::size_t begin = stop;
    while (begin > from && std::isalpha(static_cast<unsigned char>(text_[begin - 1])) != 0) --begin;
    const std::string_view word = std::string_view(text_).substr(begin, stop - begin);
    if (word.empty()) return false;  // a year
    if (word.size() == 1) return true;
    for (const std::string_view one :
         {"Mr", "Mrs", "Ms", "Dr", "St", "No", "Prof", "Gen", "Jr", "Sr", "Jan", "Feb", "Aug",
          "Sept", "Oct", "Nov", "Dec", "Co", "Corp"}) {
      if (word == one) return true;
    }
    return false;
  }

  struct Start {
    std::size_t begin = 0;   // of the entry, in the text
    Piece dates;             // what is no part of its body
    std::size_t before = 0;  // the end of the clause before it
    Period period;
  };

  /// `piece` reaches to what follows; what is read ends at `end`.
  void sentence(Piece piece, std::size_t end) {
    const std::vector<Start> starts = find_starts({piece.begin, end});
    if (starts.empty()) {
      undated(piece, end);
      return;
    }
    const std::size_t first = starts.front().begin;
    const bool whole_clause = matcher_->layout().periods_at == Layout::PeriodsAt::kAnywhere ||
                              says_who(at({piece.begin, first}));
    if (!whole_clause) undated({piece.begin, first}, first);
    std::optional<Period> outer;
    for (std::size_t i = 0; i < starts.size(); ++i) {
      const bool last = i + 1 == starts.size();
      const Piece whole{i == 0 && whole_clause ? piece.begin : starts[i].begin,
                        last ? piece.end : starts[i + 1].begin};
      Period period = starts[i].period;
      const bool inside = outer && period.kind == "range" && is_inside(period, *outer);
      // A date inside a line with dates of its own: a post taken up on the way.
      if (outer && period.kind == "point" && is_inside(period, *outer)) {
        period.end = outer->end;
        period.guess = "end-of-the-line";
      } else if (period.kind == "range" && !inside) {
        outer = period;
      }
      entry(whole, starts[i], period, last ? end : starts[i + 1].before, inside);
    }
  }

  static bool is_inside(const Period& period, const Period& outer) {
    return period.start && outer.start && outer.end &&
           before(*period.start, *outer.start) != Truth::kTrue &&
           before(*outer.end, *period.start) != Truth::kTrue &&
           (!period.end || before(*outer.end, *period.end) != Truth::kTrue) &&
           (!period.end || period.start->text() != outer.start->text() ||
            period.end->text() != outer.end->text());
  }

  /// Whether what stands before the first date of a sentence is no more than a name or nothing.
  bool says_who(std::string_view text) const {
    const std::string_view words = trimmed_marks(text);
    constexpr std::size_t kLongestName = 5;
    return words.empty() || (count_code_points(words) <= kLongestName &&
                             !matcher_->first(LayoutPart::kJobs, words) &&
                             !matcher_->first(LayoutPart::kSummaries, words));
  }

  std::vector<Start> find_starts(Piece piece) {
    return matcher_->layout().periods_at == Layout::PeriodsAt::kClause ? starts_of_clauses(piece)
                                                                       : starts_anywhere(piece);
  }

  /// Where a clause begins with a period: at the start, and after , ; 、 outside of brackets.
  std::vector<Start> starts_of_clauses(Piece piece) {
    std::vector<Start> starts;
    const std::string_view all = std::string_view(text_).substr(0, piece.end);
    std::size_t i = piece.begin;
    bool may_start = true;
    while (i < piece.end) {
      if (may_start) {
        std::size_t from = i;
        while (from < piece.end) {
          const std::size_t loose = leading_mark(all.substr(from));
          if (loose == 0) break;
          from += loose;
        }
        // A line in brackets of its own belongs to the one before it.
        if (i == piece.begin && from < piece.end) from += bracket(all, from, true);
        auto match = matcher_->first(LayoutPart::kPeriods, all, from, true);
        if (!match) {  // 其间1996.09-1999.07, 于1982年7月
          const auto lead = matcher_->first(LayoutPart::kLeads, all.substr(from), 0, true);
          if (lead && lead->pattern->is != "none") {
            match = matcher_->first(LayoutPart::kPeriods, all, from + lead->end, true);
          }
        }
        if (match && match->end > from && match->pattern->is != "none") {
          starts.push_back({i, {i, dates_of(*match, all).end}, i, period_of(*match)});
          i = starts.back().dates.end;
          may_start = false;
          continue;
        }
        if (from > i && bracket(all, i, true) == 0) {
          i = from;
          may_start = false;
          continue;
        }
      }
      may_start = false;
      if (bracket(all, i, true) != 0) {
        i = brackets_.end(i, piece.end);
        continue;
      }
      const std::string_view rest = all.substr(i);
      for (const std::string_view mark : {"，", ",", "；", ";", "、"}) {
        if (!rest.starts_with(mark)) continue;
        i += mark.size();
        may_start = true;
        break;
      }
      if (!may_start) next_code_point(all, i);
    }
    return starts;
  }

  /// Of what says when a course ended, such as 1982年7月清华大学毕业, only the date is no part of
  /// the entry; of "until 1982" all of it.
  static Piece dates_of(const LayoutMatch& match, std::string_view text) {
    const auto to = match.groups.find("to");
    if (match.pattern->is != "until" || to == match.groups.end()) return {match.begin, match.end};
    const auto begin = static_cast<std::size_t>(to->second.data() - text.data());
    constexpr std::size_t kLongestPreposition = 10;
    const bool preposition = begin > match.begin && begin - match.begin <= kLongestPreposition;
    return {preposition ? match.begin : begin, begin + to->second.size()};
  }

  /// One period for each clause that has any; a clause without goes with the one before it.
  std::vector<Start> starts_anywhere(Piece piece) {
    std::vector<Start> starts;
    std::size_t before = piece.begin;
    for (const auto& [begin, end] : matcher_->clauses(at(piece))) {
      const std::string_view clause = at(piece).substr(begin, end - begin);
      const auto match = matcher_->leftmost(LayoutPart::kPeriods, clause);
      if (match && match->pattern->is != "none") {
        const Piece dates = dates_of(*match, clause);
        starts.push_back({piece.begin + begin,
                          {piece.begin + begin + dates.begin, piece.begin + begin + dates.end},
                          before,
                          period_of(*match)});
      }
      before = piece.begin + end;
    }
    return starts;
  }

  Period period_of(const LayoutMatch& match) {
    Period period;
    period.kind = match.pattern->is;
    if (match.pattern->guessed) period.guess = match.pattern->name;
    const auto group = [&](const char* called) -> std::optional<std::string_view> {
      const auto found = match.groups.find(called);
      if (found == match.groups.end()) return std::nullopt;
      return found->second;
    };
    if (const auto from = group("from")) {
      period.start = read_written_date(*from, last_date_);
      if (!period.start) period.kind = "bad";
      if (period.start) last_date_ = period.start;
    }
    if (const auto to = group("to")) {
      // 1998–02: after a year alone, two figures are a year.
      const auto from = group("from");
      const bool short_year = from && from->size() == 4 && to->size() == 2;
      period.end = read_written_date(std::string(*to) + (short_year ? "年" : ""), last_date_);
      if (!period.end) period.kind = "bad";
      if (period.end && period.kind != "bad") last_date_ = period.end;
    }
    period.open = period.kind == "open";
    return period;
  }

  // --- facts ----------------------------------------------------------------------------------

  /// Takes what `text` says of the person. `end` is one past the last byte that said something.
  bool take_facts(std::string_view text, std::size_t& end) {
    bool any = false;
    for (const LayoutMatch& match : matcher_->all(LayoutPart::kFacts, text)) {
      for (const auto& [column, words] : match.groups) {
        const std::string value = value_of(column, words);
        if (value.empty() || told_otherwise(column, value)) continue;
        any = true;
        end = std::max(end, match.end);
        set_fact(column, value);
      }
      for (const auto& [column, value] : match.pattern->set) {
        any = true;
        end = std::max(end, match.end);
        set_fact(column, value);
      }
    }
    return any;
  }

  std::string value_of(const std::string& column, std::string_view words) {
    if (column == "birth" || column == "work_started" || column == "party_joined") {
      const auto date = read_written_date(words, last_date_);
      return date ? date->text() : std::string();
    }
    const auto values = matcher_->layout().values.find(column);
    if (values != matcher_->layout().values.end()) {
      const auto value = values->second.find(std::string(trimmed_marks(words)));
      return value == values->second.end() ? std::string() : value->second;
    }
    if (column == "name_zh") {  // in the characters of the source
      const auto begin = static_cast<std::size_t>(words.data() - text_.data());
      words = std::string_view(clean_.text()).substr(begin, words.size());
    }
    return std::string(trimmed_marks(words));
  }

  /// Whether another date is known. A second birth is a contradiction; a second day of joining the
  /// Party is more likely the beginning of something else.
  bool told_otherwise(const std::string& column, const std::string& value) const {
    if (column != "work_started" && column != "party_joined") return false;
    const auto known = out_.facts.find(column);
    if (known == out_.facts.end() || known->second == value) return false;
    const auto one = Date::parse(known->second);
    const auto other = Date::parse(value);
    return one && other && before(*one, *other) != Truth::kUnknown;
  }

  void set_fact(const std::string& column, const std::string& value) {
    const auto [known, is_new] = out_.facts.emplace(column, value);
    if (is_new || known->second == value) return;
    const auto one = Date::parse(known->second);
    const auto other = Date::parse(value);
    if (!one || !other) return;
    if (before(*one, *other) == Truth::kUnknown) {  // 1956 and 1956-09: the longer says more
      if (value.size() > known->second.size()) known->second = value;
    } else {
      conflict_ = fmt::format("conflicting-{}", column);
    }
  }

  void told_fact(Piece piece) {
    const SourceSpan where = span(piece);
    if (!conflict_.empty()) {
      set_aside(piece, std::exchange(conflict_, {}));
      return;
    }
    if (out_.fact_spans.empty()) {
      out_.source = where;
      out_.text = quoted(piece);
    }
    out_.fact_spans.push_back(where);
  }

  // --- entries --------------------------------------------------------------------------------

  /// Text without dates: facts, posts told again, or nothing that can be used.
  void undated(Piece piece, std::size_t end) {
    const std::string_view text = at({piece.begin, end});
    if (trimmed_marks(text).empty()) {
      set_aside(piece, "marks");
      return;
    }
    std::size_t told = 0;
    if (take_facts(text, told)) {
      told_fact(piece);
      if (courses_.size() < kMostCourses && matcher_->first(LayoutPart::kStudies, text)) {
        courses_.push_back({matcher_, piece, end});
      }
      return;
    }
    if (const auto event = matcher_->first(LayoutPart::kEvents, text)) {
      set_aside(piece, event->pattern->name);
      return;
    }
    if (const auto summary = matcher_->first(LayoutPart::kSummaries, text)) {
      if (summary->pattern->guessed && trimmed_marks(text.substr(0, summary->begin)).empty() &&
          out_.career.empty() && last_date_ && after_course_or_fact(piece, end)) {
        return;
      }
      summaries_.push_back({matcher_, piece, end});
      set_aside(piece, "summary");
      return;
    }
    const auto school = courses_.size() < kMostCourses
                            ? matcher_->first(LayoutPart::kInstitutions, text)
                            : std::nullopt;
    if (school && !school->pattern->guessed && matcher_->first(LayoutPart::kStudies, text)) {
      courses_.push_back({matcher_, piece, end});
      set_aside(piece, "summary");
      return;
    }
    set_aside(piece, "no-date");
  }

  /// 1959年毕业于... 历任...: the first posts of a life, told without dates, begin where what was
  /// told before them ends.
  bool after_course_or_fact(Piece piece, std::size_t end) {
    Body body;
    part_brackets({piece.begin, end}, body);
    Period period;
    period.kind = "since";
    period.start = last_date_;
    if (!out_.education.empty() && out_.education.back().end) {
      period.start = out_.education.back().end;
    }
    period.guess = "since-the-fact";
    Place where = place_of(piece);
    return jobs(body.words, period, false, where);
  }

  /// `piece` is what the entry covers; its words end at `end`.
  void entry(Piece piece, const Start& start, Period period, std::size_t end, bool nested) {
    ++out_.dated_lines;
    if (rows() >= kMostRows) {
      set_aside(piece, "too-many-rows", true);
      return;
    }
    if (period.kind == "bad") {
      set_aside(piece, "bad-date", true);
      return;
    }
    if (period.start && period.end && before(*period.end, *period.start) == Truth::kTrue) {
      set_aside(piece, "end-before-start", true);
      return;
    }
    const std::string_view whole = at({piece.begin, end});
    std::size_t told = 0;
    // Facts have one date; what has a first and a last is a job or a course of study.
    const bool anywhere = matcher_->layout().periods_at == Layout::PeriodsAt::kAnywhere;
    const bool may_be_fact = period.kind != "range" && period.kind != "open";
    const bool facts = may_be_fact && take_facts(whole, told);
    // A sentence may say who somebody is before it says what they did from when to when.
    if (anywhere && !may_be_fact) take_facts(at({piece.begin, start.dates.begin}), told);
    if (facts && anywhere) {
      told_fact(piece);
      return;
    }
    const std::size_t body_begin =
        std::max(start.dates.end, facts ? piece.begin + told : start.dates.end);
    const std::string_view after = at({std::min(body_begin, end), end});
    if (facts) {
      const auto more = matcher_->first(LayoutPart::kSummaries, after);
      if (!more) {
        told_fact(piece);
        if (courses_.size() < kMostCourses && matcher_->first(LayoutPart::kStudies, whole)) {
          courses_.push_back({matcher_, {start.dates.end, piece.end}, end});
        }
        return;
      }
      told_fact({piece.begin, body_begin});
      if (!more->pattern->guessed) {
        --out_.dated_lines;
        undated({body_begin, piece.end}, end);
        return;
      }
      piece.begin = body_begin;
      period.end.reset();
      if (period.guess.empty()) period.guess = "since-the-fact";
    }
    Body body;
    if (anywhere) part_brackets({piece.begin, start.dates.begin}, body);
    part_brackets({body_begin, end}, body);
    Place where = place_of(piece);
    const auto event = matcher_->first(LayoutPart::kEvents, body.words);
    // What has a first and a last date is rarely an event, unless its words are plain.
    const bool lasts =
        (period.kind == "range" || period.kind == "open") && !(event && !event->pattern->guessed);
    bool read = false;
    if (!event || lasts) read = study(body, period, nested, where);
    if (!read && !event && completes(body, period)) {
      told_fact(piece);
      read = true;
    }
    if (!read && (!event || lasts)) {
      read = jobs(body.words, period, nested, where, event.has_value());
    }
    if (!read && event) {
      --out_.dated_lines;
      set_aside(piece, event->pattern->name);
      return;
    }
    if (!read && anywhere && period.kind != "bad" && take_facts(whole, told)) {
      told_fact(piece);
      read = true;
    }
    if (!read) {
      set_aside(piece,
                too_many_            ? "too-many-rows"
                : body.words.empty() ? "only-dates"
                                     : "not-understood",
                true);
    }
    too_many_ = false;
    for (const Piece& one : body.inner) nested_entries(one);
  }

  /// What an entry says, without its dates.
  struct Body {
    std::string words;
    std::string remarks;       // of brackets: 获工学学士学位, 副部长级
    std::vector<Piece> inner;  // brackets with dates of their own
  };

  void part_brackets(Piece piece, Body& body) {
    const std::string_view all = std::string_view(text_).substr(0, piece.end);
    std::size_t i = piece.begin;
    while (i < piece.end) {
      if (const std::size_t size = bracket(all, i, true)) {
        const std::size_t close = brackets_.end(i, piece.end);
        std::size_t last = close;
        for (const std::string_view mark : {"）", ")", "〕"}) {
          if (all.substr(i, close - i).ends_with(mark)) {
            last = close - mark.size();
            break;
          }
        }
        const Piece inside{i + size, std::max(last, i + size)};
        if (nesting_ < kMostNested && holds_entries(inside)) {
          body.inner.push_back(inside);
        } else if (matcher_->layout().periods_at == Layout::PeriodsAt::kAnywhere) {
          body.words += all.substr(i, close - i);
        } else {
          body.remarks += "，";
          body.remarks += at(inside);
        }
        i = close;
        continue;
      }
      if (bracket(all, i, false) != 0) {
        i += bracket(all, i, false);
        continue;
      }
      const std::size_t from = i;
      next_code_point(all, i);
      body.words += all.substr(from, i - from);
    }
    body.words = std::string(trimmed_marks(body.words));
    if (matcher_->layout().periods_at == Layout::PeriodsAt::kAnywhere && !body.words.empty()) {
      body.words += ' ';
    }
  }

  /// Whether a bracket holds more than a date and a remark on it.
  bool holds_entries(Piece piece) {
    if (matcher_->layout().periods_at == Layout::PeriodsAt::kAnywhere) return false;
    const auto kept = last_date_;
    std::vector<Start> starts = starts_of_clauses(skip_lead(piece));
    last_date_ = kept;
    for (std::size_t i = 0; i < starts.size(); ++i) {
      const std::size_t end = i + 1 < starts.size() ? starts[i + 1].begin : piece.end;
      if (trimmed_marks(at({starts[i].dates.end, end})).size() >= 6) return true;
    }
    return false;
  }

  /// 其间： and its like.
  Piece skip_lead(Piece piece) const {
    const auto match = matcher_->first(LayoutPart::kLeads, at(piece), 0, true);
    if (match && match->pattern->is != "none") piece.begin += match->end;
    return piece;
  }

  void nested_entries(Piece piece) {
    const std::vector<Start> starts = starts_of_clauses(skip_lead(piece));
    ++nesting_;
    for (std::size_t i = 0; i < starts.size(); ++i) {
      const std::size_t end = i + 1 < starts.size() ? starts[i + 1].begin : piece.end;
      const Piece own{i == 0 ? piece.begin : starts[i].begin, end};
      entry(own, starts[i], starts[i].period, end, true);
    }
    --nesting_;
  }

  // --- study ----------------------------------------------------------------------------------

  bool study(const Body& whole, const Period& period, bool nested, Place& where) {
    const std::string& body = whole.words;
    if (!matcher_->first(LayoutPart::kStudies, body)) return false;
    if (matcher_->first(LayoutPart::kNoStudies, body)) return false;
    const auto institution = matcher_->first(LayoutPart::kInstitutions, body);
    if (!institution) return false;
    const std::string& language = matcher_->layout().language;
    const auto school = institution->groups.find("institution");
    if (school == institution->groups.end()) return false;
    const std::string name = without_lead(*matcher_, school->second);
    if (name.empty()) return false;
    ImportedRow row = row_of(period, where, name);
    row.cells["institution_" + language] = name;
    if (institution->pattern->guessed) guess(row, institution->pattern->name);
    if (const auto field = matcher_->first(LayoutPart::kFields, body)) {
      const auto words = field->groups.find("field");
      if (words != field->groups.end() && !trimmed_marks(words->second).empty()) {
        row.cells["field_" + language] = std::string(trimmed_marks(words->second));
        if (field->pattern->guessed) guess(row, field->pattern->name);
      }
    }
    const std::string all = body + whole.remarks;
    choose(LayoutPart::kDegrees, "degree", all, period, row);
    const std::size_t before_mode = row.cells.size();
    choose(LayoutPart::kModes, "mode", all, period, row);
    if (row.cells.size() == before_mode) {
      row.cells["mode"] = nested ? "in-service" : "full-time";
      guess(row, nested ? "beside-a-job" : "no-mode-named");
    }
    out_.education.push_back(std::move(row));
    order_.push_back({true, out_.education.size() - 1, nested});
    return true;
  }

  /// 1985年7月毕业，获工学学士学位: the end and the degree of the course told last.
  bool completes(const Body& body, const Period& period) {
    if (order_.empty() || !order_.back().education) return false;
    if (!matcher_->first(LayoutPart::kCompletions, body.words)) return false;
    ImportedRow& row = out_.education[order_.back().index];
    const std::optional<Date>& when = period.end ? period.end : period.start;
    if (!when || (row.start && before(*when, *row.start) == Truth::kTrue)) return false;
    if (!row.end && !row.open) row.end = when;
    choose(LayoutPart::kDegrees, "degree", body.words + body.remarks, period, row);
    return true;
  }

  void choose(LayoutPart part, const char* column, const std::string& body, const Period& period,
              ImportedRow& row) {
    double years = -1;
    if (period.start && period.end) {
      years = ((period.end->first() + period.end->last()) -
               (period.start->first() + period.start->last())) /
              2.0 / 365.2425;
    }
    for (const LayoutMatch& match : matcher_->all(part, body)) {
      const LayoutPattern& pattern = *match.pattern;
      const bool any_length = pattern.least_years == 0 && pattern.most_years == 1000;
      if (!any_length && (years < pattern.least_years || years > pattern.most_years)) continue;
      row.cells[column] = pattern.is;
      if (pattern.guessed) guess(row, pattern.name);
      return;
    }
  }

  // --- jobs -----------------------------------------------------------------------------------

  /// Makes rows of the jobs that `body` tells. `roles_only`: where no role is found it is no job.
  bool jobs(const std::string& body, const Period& period, bool nested, Place& where,
            bool roles_only = false) {
    if (body.empty()) return false;
    const bool by_clause = matcher_->layout().periods_at == Layout::PeriodsAt::kClause;
    const auto name = out_.facts.find("name_zh");
    ToldJobs told = by_clause ? jobs_of_clauses(*matcher_, body, period.kind == "point",
                                                name == out_.facts.end() ? "" : name->second)
                              : jobs_of_sentence(*matcher_, body);
    for (const ToldJob& job : told.found) {
      if (job.org.size() > kLongestOrganisation) return false;
    }
    if (rows() + told.found.size() > kMostRows) {
      too_many_ = true;
      return false;
    }
    if (told.found.empty()) {
      // With a first and a last date it is an entry of a CV, whatever it says.
      if (roles_only || told.pending.empty() || period.kind == "point" || period.kind.empty()) {
        return false;
      }
      const bool since = period.kind == "since";
      if (told.pending.size() > (since ? kLongestSince : kLongestOrganisation)) return false;
      told.found.push_back({told.pending, "", "no-role", ""});
    }
    ToldJob& first_told = told.found.front();
    if (first_told.org.empty() && by_clause && !organisation_.empty()) {
      first_told.org = organisation_;
      first_told.guess = "same-organisation";
    }
    const std::string& language = matcher_->layout().language;
    const std::size_t first = out_.career.size();
    for (const ToldJob& job : told.found) {
      // Of an entry with one job all of it may be told: its place is where the words begin.
      ImportedRow row = row_of(period, where, job.role.empty() ? job.org : job.role);
      if (!job.org.empty()) row.cells["org_" + language] = job.org;
      if (!job.role.empty()) row.cells["role_" + language] = job.role;
      if (!job.guess.empty()) guess(row, job.guess);
      out_.career.push_back(std::move(row));
    }
    if (!nested) organisation_ = first_told.org;
    for (std::size_t i = first; i < out_.career.size(); ++i) order_.push_back({false, i, nested});
    derive_posts(*matcher_, first, place_, out_);
    return true;
  }

  /// In bytes: 60 Chinese characters, 180 Latin ones. What is longer tells a story.
  static constexpr std::size_t kLongestOrganisation = 180;
  static constexpr std::size_t kLongestSince = 60;

  // --- rows -----------------------------------------------------------------------------------

  /// No life has so many; what comes after them is set aside.
  static constexpr std::size_t kMostRows = 10'000;
  /// Of an entry that is longer, in bytes, a row quotes so much.
  static constexpr std::size_t kLongestSource = 1000;
  /// Brackets with entries inside brackets with entries.
  static constexpr std::size_t kMostNested = 8;

  std::size_t rows() const { return out_.education.size() + out_.career.size(); }

  /// `words` are the row's own, by which its part of a long entry is found.
  ImportedRow row_of(const Period& period, Place& where, std::string_view words) const {
    ImportedRow row;
    row.start = period.start;
    row.end = period.end;
    row.open = period.open;
    row.source = where.span;
    row.text = text_of(where, words);
    if (!period.guess.empty()) guess(row, period.guess);
    return row;
  }

  static void guess(ImportedRow& row, const std::string& rule) {
    if (std::find(row.guesses.begin(), row.guesses.end(), rule) == row.guesses.end()) {
      row.guesses.push_back(rule);
    }
  }

  /// Posts that the opening sentence tells are rows only where nothing else is.
  void use_summaries() {
    if (!out_.career.empty()) return;
    std::set<std::size_t> used;
    for (const Summary& one : summaries_) {
      matcher_ = one.matcher;
      Body whole;
      part_brackets({one.piece.begin, one.end}, whole);
      const auto lead = matcher_->first(LayoutPart::kSummaries, whole.words);
      const std::string body = lead ? whole.words.substr(lead->end) : whole.words;
      Period period;
      period.guess = "undated";
      Place where = place_of(one.piece);
      if (jobs(body, period, false, where)) used.insert(where.span.begin);
    }
    std::erase_if(out_.unparsed,
                  [&](const Unparsed& it) { return used.contains(it.source.begin); });
  }

  /// A course that only the opening sentence tells (清华大学电机系毕业) is a row where no other is
  /// of that school.
  void use_courses() {
    for (const Summary& one : courses_) {
      matcher_ = one.matcher;
      bool used = false;
      for (const auto& [begin, end] : matcher_->clauses(at({one.piece.begin, one.end}))) {
        const Piece piece{one.piece.begin + begin, one.piece.begin + end};
        used = use_course(piece, one.piece) || used;
      }
      if (used) {
        const std::size_t begin = span(one.piece).begin;
        std::erase_if(out_.unparsed, [&](const Unparsed& it) { return it.source.begin == begin; });
      }
    }
  }

  /// Nobody took so many courses; a text that repeats itself is not searched for ever.
  static constexpr std::size_t kMostCourses = 64;

  /// Names of one school may go on to different parts of it.
  static bool same_school(const std::string& one, const std::string& other) {
    const auto [end, ignored] = std::mismatch(one.begin(), one.end(), other.begin(), other.end());
    const auto common = static_cast<std::size_t>(end - one.begin());
    const bool chinese = static_cast<unsigned char>(one.front()) >= 0x80;
    return common == one.size() || common == other.size() || (chinese && common >= kSchoolName);
  }

  static constexpr std::size_t kSchoolName = 12;  // bytes of 北京大学

  /// `sentence` is where the row was read.
  bool use_course(Piece piece, Piece sentence) {
    Body body;
    part_brackets(piece, body);
    const auto school = matcher_->first(LayoutPart::kInstitutions, body.words);
    if (!school || school->pattern->guessed) return false;
    Period period;
    period.guess = "undated";
    Place where = place_of(sentence);
    if (rows() >= kMostRows || !study(body, period, false, where)) return false;
    const std::string column = "institution_" + matcher_->layout().language;
    const std::string& name = out_.education.back().cells[column];
    const auto same = [&](const ImportedRow& row) {
      const auto known = row.cells.find(column);
      return known != row.cells.end() && same_school(known->second, name);
    };
    if (std::none_of(out_.education.begin(), std::prev(out_.education.end()), same)) return true;
    out_.education.pop_back();
    order_.pop_back();
    return false;
  }

  struct Told {
    bool education = false;
    std::size_t index = 0;
    bool nested = false;
  };

  ImportedRow& row_at(const Told& told) {
    return told.education ? out_.education[told.index] : out_.career[told.index];
  }

  std::vector<ImportedRow*> rows_in_order() {
    std::vector<ImportedRow*> rows;
    for (const Told& told : order_) rows.push_back(&row_at(told));
    return rows;
  }

  /// No more posts than this are told of one time.
  static constexpr std::size_t kMostTogether = 64;

  /// An entry that only says when it began ends when the next one begins.
  void infer_ends() {
    for (std::size_t i = 0; i < order_.size(); ++i) {
      ImportedRow& row = row_at(order_[i]);
      if (order_[i].nested || row.end || row.open || !row.start) continue;
      const std::size_t last = std::min(order_.size(), i + 1 + kMostTogether);
      for (std::size_t k = i + 1; k < last; ++k) {
        const ImportedRow& next = row_at(order_[k]);
        if (order_[k].nested || !next.start || next.source.begin == row.source.begin) continue;
        if (before(*row.start, *next.start) != Truth::kTrue) continue;
        row.end = next.start;
        guess(row, "end-from-next");
        break;
      }
    }
    derive_post_spans(out_);
  }

  static void finish(ImportedRow& row) { std::sort(row.guesses.begin(), row.guesses.end()); }

  struct Summary {
    const LayoutMatcher* matcher;
    Piece piece;
    std::size_t end;
  };

  const std::vector<LayoutMatcher>& layouts_;
  const MappedText& decoded_;
  const MappedText clean_;
  const std::string text_;
  const Brackets brackets_;
  std::vector<std::size_t> line_ends_;  // of the source
  Biography& out_;

  const LayoutMatcher* matcher_ = nullptr;
  std::optional<Date> last_date_;
  std::string place_;  // the province whose offices need not be named in full
  std::string conflict_;
  std::string organisation_;  // of the job told last
  std::vector<Summary> summaries_;
  std::vector<Summary> courses_;
  std::vector<Told> order_;
  std::size_t nesting_ = 0;  // how many brackets with entries the one at hand lies in
  bool too_many_ = false;    // the entry at hand has more jobs than there may be rows
};

}  // namespace

BiographyReader::BiographyReader(const std::vector<Layout>& layouts) {
  for (const Layout& layout : layouts) layouts_.emplace_back(layout);
}

Biography BiographyReader::read(std::string id, std::string_view bytes) const {
  Biography out;
  out.id = std::move(id);
  const DecodedText decoded = decode_text(bytes);
  if (!decoded.problem.empty()) {
    out.unparsed.push_back({{1, 0, bytes.size()}, "not-decoded", decoded.problem, false});
    return out;
  }
  Reading(layouts_, decoded, out).read();
  return out;
}

}  // namespace cadre
