// Conditions in words, as evidence and explanations show them.
#include <fmt/format.h>

#include <array>

#include "cadre/rules/loading.hpp"

namespace cadre {

std::string in_words(double number) {
  return fmt::format("{}", number);
}

std::string in_words(const NumberTest& test) {
  std::string out;
  if (test.at_least) out += "at_least " + in_words(*test.at_least);
  if (test.at_most) out += (out.empty() ? "at_most " : ", at_most ") + in_words(*test.at_most);
  return out;
}

std::string in_words(const std::vector<std::string>& values) {
  return values.size() == 1 ? values.front() : fmt::format("[{}]", fmt::join(values, ", "));
}

std::string in_words(const std::vector<Branch>& branches, const Rules& rules) {
  std::vector<std::string> names;
  for (const Branch& branch : branches) names.push_back(rules.branch_name(branch));
  return in_words(names);
}

std::string in_words(const std::vector<ContextTest>& contexts, const Rules& rules) {
  constexpr std::array<std::string_view, 3> kSides = {"", " before", " after"};
  std::string out;
  for (const ContextTest& context : contexts) {
    out += fmt::format(", {} {}", name(context.window), in_words(context.branches, rules));
    if (context.window.within) out += fmt::format(" within {}", *context.window.within);
    out += kSides.at(static_cast<std::size_t>(context.window.side));
  }
  return out;
}

namespace {

std::string tests_in_words(const std::vector<RowTest>& tests, std::string_view between) {
  std::string out;
  for (const RowTest& test : tests) {
    if (!out.empty()) out += between;
    out += test.text;
  }
  return out;
}

}  // namespace

std::string in_words(const RowsCondition& rows, const DeclaredSchema& schema) {
  std::string out = schema.table(rows.table).name;
  if (!rows.row.tests.empty()) out += ": " + tests_in_words(rows.row.tests, ", ");
  if (rows.total_years) out += "; total_years " + in_words(*rows.total_years);
  if (rows.count) out += "; count " + in_words(*rows.count);
  return out;
}

}  // namespace cadre
