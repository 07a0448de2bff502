#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <set>
#include <utility>

#include "cadre/analyse/diff_groups.hpp"
#include "cadre/text/utf8.hpp"
#include "cli/command.hpp"
#include "cli/diff_output.hpp"
#include "cli/diff_words.hpp"
#include "cli/table.hpp"

namespace cadre::cli {
namespace {

constexpr std::size_t kFewChanges = 20;
constexpr std::size_t kFewPeople = 10;
constexpr std::size_t kFewWithWords = 2;  ///< people of one cause whose words are shown
constexpr std::size_t kFewWords = 4;

class Renderer {
 public:
  Renderer(const Diff& diff, bool all, const Terminal& terminal)
      : diff_(diff), all_(all), terminal_(terminal), width_(terminal.width) {}

  std::string render() {
    out_ = fmt::format("{} -> {}, {} of {}\n", terminal_.styled(Style::kBold, diff_.name_before),
                       terminal_.styled(Style::kBold, diff_.name_after),
                       counted(diff_.people, "person", "people"), diff_.data);
    changes();
    for (const LabelDiff& one : diff_.labels) label(one);
    if (diff_.labels.empty()) out_ += "\nNo label of anybody changes.\n";
    figures();
    return std::move(out_);
  }

 private:
  /// Text at the left and a place at the right, on one line where both fit. Behind the place comes
  /// `after`, or room for it.
  void line(const std::string& indent, const std::string& text, const std::string& place,
            const std::string& after = "", bool show_after = true) {
    const std::size_t used = indent.size() + display_width(text);
    const std::size_t right = display_width(place) + display_width(after);
    if (right == 0) {
      out_ += indent + text + "\n";
    } else if (used + 2 + right <= width_) {
      out_ += indent + text + std::string(width_ - used - right, ' ') +
              terminal_.styled(Style::kDim, place) + (show_after ? after : "") + "\n";
    } else {
      std::string lines = wrapped(text, width_ - std::min(width_ - 20, indent.size() + 2));
      for (std::size_t at = lines.find('\n'); at != std::string::npos;
           at = lines.find('\n', at + 1)) {
        lines.insert(at + 1, indent + "  ");
      }
      out_ += indent + lines + "\n";
      const std::size_t fill = right < width_ ? width_ - right : 0;
      out_ += std::string(std::max(fill, indent.size() + 2), ' ') +
              terminal_.styled(Style::kDim, place) + (show_after ? after : "") + "\n";
    }
  }

  void changes() {
    if (diff_.changes.empty()) {
      out_ += "the rules say the same\n";
      return;
    }
    out_ += counted(diff_.changes.size(), "change", "changes") + " of the rules\n";
    std::size_t shown = 0;
    for (const RuleChange& change : diff_.changes) {
      if (!all_ && shown == kFewChanges && diff_.changes.size() > kFewChanges + 2) break;
      line("  ", change.text, places(change));
      ++shown;
    }
    if (shown < diff_.changes.size()) {
      out_ += fmt::format("  ...and {} more (--all)\n", diff_.changes.size() - shown);
    }
  }

  void label(const LabelDiff& one) {
    out_ += fmt::format("\n{}: {}", terminal_.styled(Style::kBold, one.name), summary(one));
    if (!one.title.empty()) out_ += terminal_.styled(Style::kDim, "  " + one.title);
    out_ += "\n";
    for (const DirectionGroup& group : group_people(one)) {
      out_ += fmt::format("  {}: {}\n", group.direction, counted(group.people, "person", "people"));
      for (const CauseGroup& cause : group.causes) causes(cause, one.name);
    }
  }

  void causes(const CauseGroup& group, const std::string& label) {
    std::string people = "  " + counted(group.people.size(), "person", "people");
    people.insert(2, std::string(people.size() < 12 ? 12 - people.size() : 0, ' '));
    const bool same = group.people.front()->same_value();
    if (group.causes.empty() && !same) {
      line("  ", "because of changes that could not be told apart", "", people);
    }
    for (std::size_t i = 0; i < group.causes.size(); ++i) {
      const std::vector<std::uint32_t>& set = group.causes[i];
      for (std::size_t j = 0; j < set.size(); ++j) {
        const RuleChange& change = diff_.changes[set[j]];
        const std::string start = i > 0 && j == 0 ? "or " : i == 0 && j == 0 ? "because " : "";
        line(j > 0 ? "    " : "  ", (j > 0 ? "and " : start) + change.text, places(change), people,
             i == 0 && j == 0);
      }
      if (!all_ && i == 4 && group.causes.size() > 6) {
        out_ += fmt::format("  ...or one of {} other sets (--all)\n", group.causes.size() - i - 1);
        break;
      }
    }
    if (!group.smallest) {
      out_ += terminal_.styled(Style::kDim,
                               "    (none of these can be left out; smaller sets were too many to "
                               "try)") +
              "\n";
    }
    std::size_t shown = 0;
    for (const ChangedLabel* one : group.people) {
      if (!all_ && shown == kFewPeople && group.people.size() > kFewPeople + 2) break;
      person(*one, label, all_ || same || shown < kFewWithWords);
      ++shown;
    }
    if (shown < group.people.size()) {
      out_ += fmt::format("    ...and {} more (--all)\n", group.people.size() - shown);
    }
  }

  void person(const ChangedLabel& one, const std::string& label, bool with_words) {
    std::string text = padded(names(one.person), 24);
    const auto is_truth = [](const std::string& value) {
      return value == "true" || value == "false";
    };
    if (!one.same_value() && !is_truth(one.before) && !is_truth(one.after)) {
      text += "  " + one.before + " -> " + one.after;
    }
    if (const std::string why = reason(one); !why.empty()) text += "  " + why;
    text.erase(text.find_last_not_of(' ') + 1);
    out_ += "    " + cut_to_width(text, width_ - 4) + "\n";
    if (!with_words) return;
    words("lost", Style::kRed, own_words(one, one.lost, label));
    words("gained", Style::kGreen, own_words(one, one.gained, label));
    shown_.emplace(one.person.id, label);
  }

  /// Without the words that the person had under a label shown before, on which this one builds.
  std::vector<ChangedWords> own_words(const ChangedLabel& one, const std::vector<ChangedWords>& all,
                                      const std::string& label) const {
    std::vector<ChangedWords> own;
    std::copy_if(all.begin(), all.end(), std::back_inserter(own), [&](const ChangedWords& word) {
      return all_ || word.label == label || !shown_.contains({one.person.id, word.label});
    });
    return own;
  }

  void words(const char* what, Style style, const std::vector<ChangedWords>& all) {
    std::size_t shown = 0;
    for (const ChangedWords& one : all) {
      if (!all_ && shown == kFewWords && all.size() > kFewWords + 1) {
        out_ += fmt::format("      ...and {} more (--all)\n", all.size() - shown);
        break;
      }
      const std::string place = rule_place_text(one.place);
      std::string text = fmt::format("{} [{}] {}", padded(what, 6), one.words, one.column);
      if (const std::string when = span(one); !when.empty()) text += " " + when;
      if (!one.branch.empty()) text += "  " + one.branch;
      const std::size_t room = width_ - 8;
      const std::size_t right = display_width(place);
      text = cut_to_width(text, room > right + 10 ? room - right : room);
      const std::string plain = text.substr(std::min(text.size(), padded(what, 6).size()));
      out_ += "      " + terminal_.styled(style, padded(what, 6)) + plain;
      if (right > 0 && 6 + display_width(text) + 2 + right <= width_) {
        out_ += std::string(width_ - 6 - display_width(text) - right, ' ') +
                terminal_.styled(Style::kDim, place);
      }
      out_ += "\n";
      ++shown;
    }
  }

  void figures() {
    std::string same;
    for (const FigureDiff& figure : diff_.figures) {
      if (!figure.differs()) {
        same += (same.empty() ? "" : ", ") + figure.name;
        continue;
      }
      out_ += fmt::format("\nfigure {}", terminal_.styled(Style::kBold, figure.name));
      if (!figure.in_before || !figure.in_after) {
        out_ += figure.in_after ? " (added)" : " (removed)";
      }
      if (!figure.title.empty()) out_ += terminal_.styled(Style::kDim, "  " + figure.title);
      out_ += "\n";
      constexpr std::size_t kFewRows = 12;
      const bool cut = !all_ && figure.rows.size() > kFewRows;
      const Result table = figure_table(figure, cut);
      out_ += render_table(table, TableFormat::kTable, terminal_);
      if (table.rows.size() < figure.rows.size()) {
        out_ += terminal_.styled(Style::kDim, counted(figure.rows.size() - table.rows.size(),
                                                      "row stays", "rows stay") +
                                                  " the same (--all)") +
                "\n";
      }
    }
    if (!same.empty()) {
      out_ += "\n" + wrapped("figures that stay the same: " + same, width_) + "\n";
    }
  }

  const Diff& diff_;
  bool all_;
  const Terminal& terminal_;
  std::size_t width_;
  std::string out_;
  std::set<std::pair<std::string, std::string>> shown_;  // people and the labels they stand under
};

}  // namespace

std::string render_diff(const Diff& diff, bool all, const Terminal& terminal) {
  return Renderer(diff, all, terminal).render();
}

Result figure_table(const FigureDiff& figure, bool only_differing) {
  Result table;
  table.columns = figure.columns;
  // Rows that only one side has are told apart in a column of their own.
  const bool one_sided = figure.in_before && figure.in_after &&
                         std::any_of(figure.rows.begin(), figure.rows.end(), [](const auto& row) {
                           return row.before.empty() || row.after.empty();
                         });
  if (one_sided) table.columns.emplace_back("row");
  for (const FigureDiff::Row& row : figure.rows) {
    if (only_differing && row.before == row.after) continue;
    std::vector<Cell>& cells = table.rows.emplace_back();
    for (std::size_t i = 0; i < figure.columns.size(); ++i) {
      const Cell none;
      const Cell& before = row.before.empty() ? none : row.before[i];
      const Cell& after = row.after.empty() ? none : row.after[i];
      const bool one_side = row.before.empty() || row.after.empty();
      if (before == after) {
        cells.push_back(after);
      } else if (one_side) {
        cells.push_back(row.after.empty() ? before : after);
      } else {
        const auto text = [](const Cell& cell) {
          const std::string written = cell_text(cell);
          return written.empty() ? std::string("-") : written;
        };
        cells.emplace_back(text(before) + " -> " + text(after));
      }
    }
    if (one_sided) {
      cells.emplace_back(std::string(row.after.empty() ? "gone" : row.before.empty() ? "new" : ""));
    }
  }
  return table;
}

}  // namespace cadre::cli
