#include "cadre/run/person_json.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <iterator>
#include <string_view>

#include "cadre/text/utf8.hpp"

namespace cadre {
namespace {

/// The name of a member as JSON has it, made by the compiler: `,"name":`.
class Key {
 public:
  consteval explicit Key(std::string_view name) {
    add(',');
    add('"');
    for (const char c : name) add(c);
    add('"');
    add(':');
  }

  std::string_view text(bool first) const {
    return std::string_view(text_.data(), size_).substr(first ? 1 : 0);
  }

 private:
  consteval void add(char c) { text_[size_++] = c; }

  std::array<char, 24> text_ = {};
  std::size_t size_ = 0;
};

consteval Key operator""_key(const char* name, std::size_t size) {
  return Key(std::string_view(name, size));
}

/// Writes JSON as it goes. Commas are put where a value follows another.
class JsonLine {
 public:
  JsonLine() { out_.reserve(kUsual); }

  void begin(char bracket) {
    separate();
    out_.push_back(bracket);
    first_ = true;
  }
  void end(char bracket) {
    out_.push_back(bracket);
    first_ = false;
  }
  void key(Key key) {
    append(key.text(first_));
    first_ = true;
  }
  /// The name of a member that is not known before.
  void name(std::string_view name) {
    text(name);
    out_.push_back(':');
    first_ = true;
  }
  void text(std::string_view text) { this->text({text}); }
  /// Several texts as one.
  void text(std::initializer_list<std::string_view> parts) {
    separate();
    out_.push_back('"');
    for (const std::string_view part : parts) append_text(part);
    out_.push_back('"');
  }
  void number(std::uint32_t number) {
    separate();
    const fmt::format_int digits(number);
    append({digits.data(), digits.size()});
  }
  void number(double number) {
    separate();
    if (!std::isfinite(number)) {  // JSON has no infinity: null says that there is no bound
      append("null");
      return;
    }
    const std::size_t start = out_.size();
    fmt::format_to(std::back_inserter(out_), "{}", number);
    if (so_far().find_first_of(".e", start) == std::string_view::npos) append(".0");
  }
  void truth(Truth value) {
    separate();
    append(value == Truth::kUnknown ? "null" : value == Truth::kTrue ? "true" : "false");
  }

  void field(Key name, std::string_view value) {
    key(name);
    text(value);
  }

  std::string_view so_far() const { return {out_.data(), out_.size()}; }

 private:
  void separate() {
    if (!first_) out_.push_back(',');
    first_ = false;
  }

  void append(std::string_view text) { out_.append(text.data(), text.data() + text.size()); }

  /// What stands between quotes.
  void append_text(std::string_view text) {
    const auto is_plain = [](char c) { return is_ascii(c) && stands_for_itself(c); };
    const auto odd = std::find_if_not(text.begin(), text.end(), is_plain);
    if (odd == text.end()) {
      append(text);
    } else if (find_invalid_utf8(text)) {
      std::string well_formed;
      for (std::size_t at = 0; at < text.size();) {
        append_utf8(next_code_point(text, at), well_formed);
      }
      escape(well_formed);
    } else {
      escape(text);
    }
  }

  static bool stands_for_itself(char c) {
    return static_cast<unsigned char>(c) >= 0x20 && c != '"' && c != '\\';
  }

  void escape(std::string_view text) {
    std::size_t written = 0;
    for (std::size_t at = 0; at < text.size(); ++at) {
      const char c = text[at];
      if (stands_for_itself(c)) continue;
      append(text.substr(written, at - written));
      written = at + 1;
      switch (c) {
        case '"':
          append("\\\"");
          break;
        case '\\':
          append("\\\\");
          break;
        case '\b':
          append("\\b");
          break;
        case '\f':
          append("\\f");
          break;
        case '\n':
          append("\\n");
          break;
        case '\r':
          append("\\r");
          break;
        case '\t':
          append("\\t");
          break;
        default:
          fmt::format_to(std::back_inserter(out_), "\\u{:04x}", static_cast<unsigned>(c));
      }
    }
    append(text.substr(written));
  }

  static constexpr std::size_t kUsual = std::size_t{16} << 10;

  fmt::memory_buffer out_;  // quicker for many short pieces than a string
  bool first_ = true;
};

class Writer {
 public:
  Writer(const Rules& rules, const Schema& schema, const RulePlaces& places, const Person& person)
      : rules_(rules), schema_(schema), places_(places), person_(person) {}

  /// Good until the next call.
  std::string_view write(const std::vector<LabelValue>& values,
                         std::span<const PersonJson::Other> before) {
    json_.begin('{');
    json_.field("id"_key, person_.id);
    json_.key("labels"_key);
    json_.begin('{');
    for (std::size_t i = 0; i < values.size(); ++i) {
      json_.name(rules_.labels[i].name);
      write(rules_, values[i]);
    }
    json_.end('}');
    json_.key("evidence"_key);
    json_.begin('{');
    for (std::size_t i = 0; i < values.size(); ++i) {
      json_.name(rules_.labels[i].name);
      json_.begin('[');
      for (const Step& step : values[i].steps) write(step);
      json_.end(']');
    }
    json_.end('}');
    if (!before.empty()) {
      json_.key("before"_key);
      json_.begin('{');
      for (const PersonJson::Other& other : before) {
        json_.name(other.rules.labels[other.label].name);
        write(other.rules, other.value);
      }
      json_.end('}');
    }
    json_.end('}');
    return json_.so_far();
  }

 private:
  void write(const Rules& rules, const LabelValue& value) {
    json_.begin('{');
    json_.key("value"_key);
    json_.truth(value.truth);
    if (value.closed) {
      json_.key("closed"_key);
      json_.truth(Truth::kTrue);
    }
    if (value.category) {
      const Category& category =
          rules.lexicons[value.category->lexicon].categories[value.category->category];
      json_.field("category"_key, category.path);
      if (!category.group.empty()) json_.field("group"_key, category.group);
    }
    if (value.number) {
      json_.key("number"_key);
      json_.number(*value.number);
    }
    if (value.number_high) {
      json_.key("number_high"_key);
      json_.number(*value.number_high);
    }
    if (value.date) json_.field("date"_key, value.date->text());
    json_.end('}');
  }

  void write(const Step& step) {
    json_.begin('{');
    json_.key("depth"_key);
    json_.number(step.depth);
    json_.key("value"_key);
    json_.truth(step.value);
    if (!step.path.empty()) json_.field("path"_key, step.path);
    if (!step.text.empty()) json_.field("text"_key, step.text);
    if (!step.measured.empty()) json_.field("measured"_key, step.measured);
    if (step.label) json_.field("refers_to"_key, rules_.labels[*step.label].name);
    write_rule(step.rule);
    if (!step.rows.empty()) {
      json_.key("rows"_key);
      json_.begin('[');
      for (const RowEvidence& row : step.rows) write(row);
      json_.end(']');
    }
    json_.end('}');
  }

  void write(const RowEvidence& evidence) {
    const bool is_person = evidence.table == Table::kPerson;
    const Row& row = person_.rows(evidence.table)[evidence.row];
    json_.begin('{');
    json_.field("table"_key, schema_.table(evidence.table).name);
    json_.field("id"_key, is_person ? person_.id : row.id);
    json_.key("met"_key);
    json_.truth(evidence.met);
    if (evidence.years) {
      json_.key("years"_key);
      json_.number(*evidence.years);
    }
    if (!evidence.lacks.empty()) {
      json_.key("lacks"_key);
      json_.begin('[');
      for (const std::string& lack : evidence.lacks) json_.text(lack);
      json_.end(']');
    }
    if (!evidence.words.empty()) {
      json_.key("words"_key);
      json_.begin('[');
      for (const Words& words : evidence.words) write(evidence.table, row, words);
      json_.end(']');
    }
    json_.end('}');
  }

  void write(Table table, const Row& row, const Words& words) {
    const Match& match = words.match;
    json_.begin('{');
    json_.field("column"_key, schema_.table(table).columns[words.column].name);
    json_.key("begin"_key);
    json_.number(match.begin);
    json_.key("end"_key);
    json_.number(match.end);
    json_.field(
        "words"_key,
        std::string_view(row.cells[words.column]).substr(match.begin, match.end - match.begin));
    if (match.lexicon != Words::kNoLexicon) {
      const Term& term = rules_.lexicons[match.lexicon].terms[match.term];
      // A word that near asks for is none of the category.
      const bool of_near = term.kind == Term::Kind::kContext;
      json_.field("category"_key,
                  rules_.branch_name({match.lexicon, of_near ? 0 : match.category}));
      json_.field("term"_key, term.text);
      write_rule(term.range);
    }
    json_.end('}');
  }

  /// "file:line", when the place is known.
  void write_rule(Range rule) {
    if (const auto line = places_.line(rule)) {
      const fmt::format_int number(*line);
      json_.key("rule"_key);
      json_.text({places_.file(rule), ":", {number.data(), number.size()}});
    }
  }

  const Rules& rules_;
  const Schema& schema_;
  const RulePlaces& places_;
  const Person& person_;
  JsonLine json_;
};

}  // namespace

void PersonJson::write(const Person& person, const std::vector<LabelValue>& values,
                       std::string& out) const {
  write(person, values, {}, out);
}

void PersonJson::write(const Person& person, const std::vector<LabelValue>& values,
                       std::span<const Other> before, std::string& out) const {
  out += Writer(rules_, schema_, places_, person).write(values, before);
  out += '\n';
}

}  // namespace cadre
