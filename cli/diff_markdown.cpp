#include <fmt/format.h>

#include <algorithm>
#include <cctype>
#include <string_view>

#include "cadre/analyse/diff_groups.hpp"
#include "cli/command.hpp"
#include "cli/diff_output.hpp"
#include "cli/diff_words.hpp"
#include "cli/table.hpp"

namespace cadre::cli {
namespace {

bool joins_words(const std::string& text, std::size_t at) {
  const auto inside = [](char c) { return std::isalnum(static_cast<unsigned char>(c)) != 0; };
  return at > 0 && at + 1 < text.size() && inside(text[at - 1]) && inside(text[at + 1]);
}

/// Text in which Markdown and HTML have no meaning, and that reads well unrendered, too: an
/// underscore within a word and an arrow mean nothing to them.
std::string escaped(const std::string& text) {
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    if (c == '<') {
      out += "&lt;";
    } else if (c == '>' && i == 0) {
      out += "&gt;";
    } else if (c == '&') {
      out += "&amp;";
    } else if (c == '\n') {
      out += ' ';
    } else {
      const bool special = std::string_view("\\`*[]|#").find(c) != std::string_view::npos;
      if (special || (c == '_' && !joins_words(text, i))) out += '\\';
      out += c;
    }
  }
  return out;
}

/// A place as code; empty for none.
std::string code(const std::string& text) {
  std::string plain = text;
  std::replace(plain.begin(), plain.end(), '`', '\'');
  return plain.empty() ? "" : "`" + plain + "`";
}

std::string in_words(const Diff& diff, const CauseGroup& group) {
  if (group.causes.empty()) return "changes that could not be told apart";
  std::string text;
  for (const std::vector<std::uint32_t>& set : group.causes) {
    if (!text.empty()) text += "; **or** ";
    for (std::size_t i = 0; i < set.size(); ++i) {
      const RuleChange& change = diff.changes[set[i]];
      if (i > 0) text += " **and** ";
      text += escaped(change.text);
      if (const std::string place = places(change); !place.empty()) text += " " + code(place);
    }
  }
  if (!group.smallest) text += " (none of these can be left out)";
  return text;
}

std::string words(const char* what, const std::vector<ChangedWords>& all) {
  std::string out;
  for (const ChangedWords& one : all) {
    out += fmt::format("  - {} **{}** in {}", what, escaped(one.words), escaped(one.column));
    if (const std::string when = span(one); !when.empty()) out += " " + escaped(when);
    if (!one.branch.empty()) out += ", " + escaped(one.branch);
    if (const std::string place = rule_place_text(one.place); !place.empty())
      out += " " + code(place);
    out += "\n";
  }
  return out;
}

void add_label(const Diff& diff, const LabelDiff& label, std::string& out) {
  out += fmt::format("\n### {}: {}\n", escaped(label.name), summary(label));
  if (!label.title.empty()) out += "\n" + escaped(label.title) + "\n";
  for (const DirectionGroup& group : group_people(label)) {
    out += fmt::format("\n**{}**: {}\n", escaped(group.direction),
                       counted(group.people, "person", "people"));
    for (const CauseGroup& cause : group.causes) {
      if (!cause.people.front()->same_value()) out += "\nbecause " + in_words(diff, cause) + "\n";
      out += fmt::format("\n<details><summary>{}</summary>\n\n",
                         counted(cause.people.size(), "person", "people"));
      for (const ChangedLabel* one : cause.people) {
        out += fmt::format("- {}: {} -> {}", escaped(names(one->person)), escaped(one->before),
                           escaped(one->after));
        if (const std::string why = reason(*one); !why.empty()) out += ", " + escaped(why);
        out += "\n" + words("lost", one->lost) + words("gained", one->gained);
      }
      out += "\n</details>\n";
    }
  }
}

}  // namespace

std::string render_diff_markdown(const Diff& diff) {
  std::string out =
      fmt::format("## {} -> {}\n\n{} of {}\n", escaped(diff.name_before), escaped(diff.name_after),
                  counted(diff.people, "person", "people"), escaped(diff.data));
  if (diff.changes.empty()) {
    out += "\nThe rules say the same.\n";
  } else {
    out += fmt::format("\n<details{}><summary>{} of the rules</summary>\n\n",
                       diff.changes.size() <= 20 ? " open" : "",
                       counted(diff.changes.size(), "change", "changes"));
    out += "| change | before | after |\n| --- | --- | --- |\n";
    for (const RuleChange& change : diff.changes) {
      out += fmt::format("| {} | {} | {} |\n", escaped(change.text),
                         code(rule_place_text(change.before)), code(rule_place_text(change.after)));
    }
    out += "\n</details>\n";
  }
  for (const LabelDiff& label : diff.labels) add_label(diff, label, out);
  if (diff.labels.empty()) out += "\nNo label of anybody changes.\n";
  std::string same;
  for (const FigureDiff& figure : diff.figures) {
    if (!figure.differs()) {
      same += (same.empty() ? "" : ", ") + escaped(figure.name);
      continue;
    }
    out += fmt::format("\n### Figure {}{}\n\n", escaped(figure.name),
                       !figure.in_before  ? " (added)"
                       : !figure.in_after ? " (removed)"
                                          : "");
    if (!figure.title.empty()) out += escaped(figure.title) + "\n\n";
    out += render_table(figure_table(figure, figure.rows.size() > 12), TableFormat::kMarkdown,
                        Terminal());
  }
  if (!same.empty()) out += "\nFigures that stay the same: " + same + "\n";
  return out;
}

}  // namespace cadre::cli
