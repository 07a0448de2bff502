#include <fmt/format.h>

#include <algorithm>
#include <string>

#include "cadre/analyse/diff_groups.hpp"
#include "cli/command.hpp"
#include "cli/diff_output.hpp"
#include "cli/diff_words.hpp"
#include "cli/markdown.hpp"
#include "cli/table.hpp"

namespace cadre::cli {
namespace {

std::string in_words(const Diff& diff, const CauseGroup& group) {
  if (group.causes.empty()) return "changes that could not be told apart";
  std::string text;
  for (const std::vector<std::uint32_t>& set : group.causes) {
    if (!text.empty()) text += "; **or** ";
    for (std::size_t i = 0; i < set.size(); ++i) {
      const RuleChange& change = diff.changes[set[i]];
      if (i > 0) text += " **and** ";
      text += escape_markdown(change.text);
      if (const std::string place = places(change); !place.empty())
        text += " " + markdown_code(place);
    }
  }
  if (!group.smallest) text += " (none of these can be left out)";
  return text;
}

std::string words(const char* what, const std::vector<ChangedWords>& all) {
  std::string out;
  for (const ChangedWords& one : all) {
    out += fmt::format("  - {} **{}** in {}", what, escape_markdown(one.words),
                       escape_markdown(one.column));
    if (const std::string when = span(one); !when.empty()) out += " " + escape_markdown(when);
    if (!one.branch.empty()) out += ", " + escape_markdown(one.branch);
    if (const std::string place = rule_place_text(one.place); !place.empty())
      out += " " + markdown_code(place);
    out += "\n";
  }
  return out;
}

void add_label(const Diff& diff, const LabelDiff& label, std::string& out) {
  out += fmt::format("\n### {}: {}\n", escape_markdown(label.name), summary(label));
  if (!label.title.empty()) out += "\n" + escape_markdown(label.title) + "\n";
  for (const DirectionGroup& group : group_people(label)) {
    out += fmt::format("\n**{}**: {}\n", escape_markdown(group.direction),
                       counted(group.people, "person", "people"));
    for (const CauseGroup& cause : group.causes) {
      if (!cause.people.front()->same_value()) out += "\nbecause " + in_words(diff, cause) + "\n";
      out += fmt::format("\n<details><summary>{}</summary>\n\n",
                         counted(cause.people.size(), "person", "people"));
      for (const ChangedLabel* one : cause.people) {
        out += fmt::format("- {}: {} -> {}", escape_markdown(names(one->person)),
                           escape_markdown(one->before), escape_markdown(one->after));
        if (const std::string why = reason(*one); !why.empty()) out += ", " + escape_markdown(why);
        out += "\n" + words("lost", one->lost) + words("gained", one->gained);
      }
      out += "\n</details>\n";
    }
  }
}

}  // namespace

std::string render_diff_markdown(const Diff& diff) {
  std::string out =
      fmt::format("## {} -> {}\n\n{} of {}\n", escape_markdown(diff.name_before),
                  escape_markdown(diff.name_after), counted(diff.people, "person", "people"),
                  escape_markdown(diff.data));
  if (diff.changes.empty()) {
    out += "\nThe rules say the same.\n";
  } else {
    out += fmt::format("\n<details{}><summary>{} of the rules</summary>\n\n",
                       diff.changes.size() <= 20 ? " open" : "",
                       counted(diff.changes.size(), "change", "changes"));
    out += "| change | before | after |\n| --- | --- | --- |\n";
    for (const RuleChange& change : diff.changes) {
      out += fmt::format("| {} | {} | {} |\n", escape_markdown(change.text),
                         markdown_code(rule_place_text(change.before)),
                         markdown_code(rule_place_text(change.after)));
    }
    out += "\n</details>\n";
  }
  for (const LabelDiff& label : diff.labels) add_label(diff, label, out);
  if (diff.labels.empty()) out += "\nNo label of anybody changes.\n";
  std::string same;
  for (const FigureDiff& figure : diff.figures) {
    if (!figure.differs()) {
      same += (same.empty() ? "" : ", ") + escape_markdown(figure.name);
      continue;
    }
    out += fmt::format("\n### Figure {}{}\n\n", escape_markdown(figure.name),
                       !figure.in_before  ? " (added)"
                       : !figure.in_after ? " (removed)"
                                          : "");
    if (!figure.title.empty()) out += escape_markdown(figure.title) + "\n\n";
    out += render_table(figure_table(figure, figure.rows.size() > 12), TableFormat::kMarkdown,
                        Terminal());
  }
  if (!same.empty()) out += "\nFigures that stay the same: " + same + "\n";
  return out;
}

}  // namespace cadre::cli
