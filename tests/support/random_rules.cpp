#include "tests/support/random_rules.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <utility>
#include <vector>

#include "tests/support/dice.hpp"

namespace cadre::testing {
namespace {

using Strings = std::vector<std::string>;

const char* const kWork = R"(lexicon: work
categories:
  engineer: {group: new, terms: {zh: [工程师], en: [engineer]}}
  mine:
    group: old
    terms: {zh: [矿], en: [mine]}
    categories:
      deep: {terms: {zh: [深矿], en: [deep mine]}}
  works:
    group: old
    terms: {zh: [工厂], en: [works]}
    not_near: {terms: {zh: [矿], en: [mine]}, within: 0}
)";
const char* const kEras = R"(eras: times
list:
  - {id: early, label: Early, from: 1980, to: 1985-06}
  - {id: late, label: Late, from: 1985-06, to: 1990-03-01}
  - {id: last, label: Last, from: 1990-03-01}
)";

class Writer {
 public:
  Writer(std::uint32_t seed, std::uint32_t order) : dice_(seed), order_(order) {}

  RandomRules write() {
    rules_.included = {{"work.yaml", kWork}, {"eras.yaml", kEras}};
    rules_.durations = dice_.chance(60);
    rules_.all_text = dice_.chance(30);
    std::string labels;
    const std::size_t count = 6 + dice_.below(7);
    for (std::size_t i = 0; i < count; ++i) {
      const std::string name = fmt::format("x{}", i);
      labels += fmt::format("  {}: {}\n", name, label(name));
    }
    rules_.yaml = "ruleset: r\ncadre: 1\ninclude: [work.yaml, eras.yaml]\nlabels:\n" + labels;
    return std::move(rules_);
  }

 private:
  // --- labels ---------------------------------------------------------------------------------

  std::string label(const std::string& name) {
    const std::size_t kind = dice_.below(100);
    if (kind < 10 && rules_.durations) {
      numbers_.push_back(name);
      return fmt::format("{{years_of: {}}}", where());
    }
    if (kind < 20) {
      numbers_.push_back(name);
      return fmt::format("{{count_of: {}}}", where());
    }
    if (kind < 35) {
      const std::string which = dice_.chance(50) ? "first" : "last";
      const std::string body = fmt::format("{{{}_date_of: {}}}", which, where());
      dates_.push_back(name);
      return body;
    }
    if (kind < 45) return category(name);
    const std::string body = fmt::format("{{{}: {}}}", dice_.chance(50) ? "all" : "any",
                                         list(1, 2, [&] { return condition(2); }));
    plain_.push_back(name);
    return body;
  }

  std::string category(const std::string& name) {
    Strings picks = {"most_rows", "first", "last"};
    if (rules_.durations) picks.push_back("most_years");
    const std::string pick = dice_.pick(picks);
    const bool studied = plain_.empty() && dice_.chance(30);
    const bool direct = plain_.empty() || dice_.chance(30);
    const std::string where_text = studied  ? rows("education")
                                   : direct ? rows("career")
                                            : dice_.pick(plain_);
    std::string columns;
    if (!rules_.all_text) {
      const Strings names = studied ? Strings{"field"} : Strings{"org", "role"};
      columns = fmt::format(", columns: [{}]", dice_.pick(names));
    } else if (!studied && dice_.chance(50)) {
      columns = ", columns: [org, role]";
    }
    categories_.push_back(name);
    return fmt::format("{{category_of: {}, where: {}, pick: {}{}}}",
                       dice_.pick(Strings{"work", "work", "work/mine"}), where_text, pick, columns);
  }

  std::string where() {
    if (!plain_.empty() && dice_.chance(60)) return dice_.pick(plain_);
    return rows(dice_.pick(Strings{"career", "career", "education", "posts"}));
  }

  std::string condition(std::size_t depth) {
    const std::size_t kind = dice_.below(100);
    if (depth > 0 && kind < 30) {
      const auto inner = [&] { return condition(depth - 1); };
      if (kind < 8) return fmt::format("{{all: {}}}", list(1, 3, inner));
      if (kind < 16) return fmt::format("{{any: {}}}", list(1, 3, inner));
      if (kind < 20) return fmt::format("{{none: {}}}", list(1, 2, inner));
      if (kind < 24) return fmt::format("{{not: {}}}", inner());
      return fmt::format("{{at_least: {{count: {}, of: {}}}}}", 1 + dice_.below(2),
                         list(2, 3, inner));
    }
    if (kind < 36 && !plain_.empty()) {
      return dice_.chance(70) ? dice_.pick(plain_)
                              : fmt::format("{{{}: false}}", dice_.pick(plain_));
    }
    if (kind < 44 && !numbers_.empty()) {
      return fmt::format("{{{}: {}}}", dice_.pick(numbers_), number());
    }
    if (kind < 50 && !dates_.empty()) {
      const std::string name = dice_.pick(dates_);
      const std::string op = dice_.chance(50) ? "before" : "after";
      return fmt::format("{{{}: {{{}: {}}}}}", name, op, date());
    }
    if (kind < 57 && !categories_.empty()) return category_test(dice_.pick(categories_));
    return rows(dice_.pick(Strings{"career", "career", "career", "education", "posts", "person"}));
  }

  std::string category_test(const std::string& name) {
    switch (dice_.below(4)) {
      case 0:
        return dice_.chance(50) ? name : fmt::format("{{{}: false}}", name);
      case 1:
        return fmt::format("{{{}.group: {}}}", name, dice_.pick(Strings{"new", "old"}));
      default:
        return fmt::format("{{{}: {}}}", name, branch());
    }
  }

  // --- rows -----------------------------------------------------------------------------------

  std::string rows(const std::string& table) {
    std::string text = fmt::format("{{{}: {}", table, tests(table, 2));
    if (table != "person") {
      if (rules_.durations && dice_.chance(35)) text += ", total_years: " + number();
      if (dice_.chance(25)) text += ", count: " + number();
    }
    return text + "}";
  }

  /// All tests of a map; at least one.
  std::string tests(const std::string& table, std::size_t depth) {
    std::map<std::string, std::string> all;  // by key, as a map of YAML has each once
    for (std::size_t i = 1 + dice_.below(2); i > 0; --i) all.insert(test(table, depth));
    Strings entries;
    for (const auto& [key, value] : all) entries.push_back(key + ": " + value);
    order_.shuffle(entries);
    return fmt::format("{{{}}}", fmt::join(entries, ", "));
  }

  std::pair<std::string, std::string> test(const std::string& table, std::size_t depth) {
    const std::size_t kind = dice_.below(100);
    if (depth > 0 && kind < 30) {
      const auto inner = [&] { return tests(table, depth - 1); };
      if (kind < 18) return {"any", list(2, 3, inner)};
      if (kind < 22) return {"all", list(1, 2, inner)};
      if (kind < 26) return {"none", list(1, 2, inner)};
      return {"not", inner()};
    }
    if (kind < 62 && table != "person") return span();
    if (kind < 68 && table != "person" && rules_.durations) return {"years", number()};
    if (kind < 75 && rules_.all_text && table != "posts") return {"text", terms()};
    return column(table);
  }

  std::pair<std::string, std::string> span() {
    switch (dice_.below(5)) {
      case 0:
      case 1:
        return {"before", date()};
      case 2:
        return {"after", date()};
      case 3:
        return {"during", dice_.pick(Strings{"early", "late", "last"})};
      default: {
        const std::string from = date();
        return {"during", fmt::format("{{from: {}, to: {}}}", from, date())};
      }
    }
  }

  std::pair<std::string, std::string> column(const std::string& table) {
    if (table == "person") {
      if (dice_.chance(30)) return {"gender", dice_.chance(50) ? "F" : "{not: F}"};
      if (dice_.chance(40)) return {"native_place", terms()};
      return {"birth", date_test()};
    }
    if (table == "posts") {
      if (dice_.chance(40)) return {"office", dice_.chance(50) ? "governor" : "{not: governor}"};
      if (dice_.chance(40)) return {"province", "{one_of: [hunan, hubei]}"};
      return {dice_.chance(50) ? "acting_from" : "start", date_test()};
    }
    if (dice_.chance(15)) return {dice_.chance(50) ? "start" : "end", date_test()};
    if (table == "career") {
      const std::string name = dice_.chance(50) ? "org" : "role";
      return {name, dice_.chance(80) ? terms() : words()};
    }
    switch (dice_.below(4)) {
      case 0:
        return {"degree", fmt::format("{{{}: {}}}", dice_.chance(50) ? "at_least" : "at_most",
                                      dice_.pick(Strings{"associate", "bachelor", "master"}))};
      case 1:
        return {"mode", dice_.chance(50) ? "{one_of: [full-time, visiting]}" : "{not: visiting}"};
      default:
        return {dice_.chance(70) ? "field" : "institution", terms()};
    }
  }

  std::string terms() {
    if (dice_.chance(15)) return dice_.chance(50) ? "{matches: 'eng|矿'}" : "{matches: '^deep'}";
    const std::string in = dice_.chance(70) ? "in" : "not_in";
    const std::string of = branch();
    return fmt::format("{{{}: {}{}}}", in, of, dice_.chance(25) ? ", " + context() : "");
  }

  /// Which of the terms that are found count.
  std::string context() {
    const std::string key = dice_.chance(50) ? "near" : "not_near";
    const std::string of = branch();
    const std::string within =
        dice_.chance(50) ? fmt::format(", within: {}", dice_.below(2)) : std::string();
    return fmt::format("{}: {{in: {}{}{}}}", key, of, within,
                       dice_.pick(Strings{"", ", side: before", ", side: after"}));
  }

  std::string words() {
    return dice_.pick(Strings{"engineer", "{not: [clerk, 工程师]}", "{one_of: [clerk, mine]}"});
  }

  std::string branch() {
    return dice_.pick(Strings{"work", "work/engineer", "work/mine", "work/mine/deep",
                              "[work/engineer, work/works]"});
  }

  std::string date_test() {
    return fmt::format("{{{}: {}}}", dice_.chance(50) ? "before" : "after", date());
  }

  std::string date() {
    if (dice_.chance(15)) return "first_post";
    if (dice_.chance(15)) return "last_post";
    if (!dates_.empty() && dice_.chance(30)) return dice_.pick(dates_);
    const std::string date =
        dice_.pick(Strings{"1980", "1985", "1985", "1990", "1995", "1985-06", "1990-03",
                           "1985-06-15", "1984-12-31", "1990-01-01", "2001", "1990-03-02"});
    rules_.dates.insert(date);
    return date;
  }

  std::string number() {
    switch (dice_.below(4)) {
      case 0:
        return fmt::format("{{at_most: {}}}", dice_.below(8));
      case 1: {
        const std::size_t least = dice_.below(5);
        return fmt::format("{{at_least: {}, at_most: {}}}", least, least + dice_.below(5));
      }
      default:
        return fmt::format("{{at_least: {}}}", 1 + dice_.below(9));
    }
  }

  template <typename Make>
  std::string list(std::size_t least, std::size_t most, const Make& make) {
    Strings items;
    for (std::size_t i = least + dice_.below(most - least + 1); i > 0; --i) items.push_back(make());
    order_.shuffle(items);
    return fmt::format("[{}]", fmt::join(items, ", "));
  }

  Dice dice_;
  Dice order_;
  RandomRules rules_;
  Strings plain_;  // the labels so far, by kind
  Strings numbers_;
  Strings dates_;
  Strings categories_;
};

}  // namespace

RandomRules random_rules(std::uint32_t seed, std::uint32_t order) {
  return Writer(seed, order).write();
}

}  // namespace cadre::testing
