#include "cli/explanation_tree.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cctype>
#include <optional>
#include <set>
#include <utility>

#include "cadre/text/utf8.hpp"
#include "cli/command.hpp"

namespace cadre::cli {
namespace {

constexpr std::size_t kRowsShown = 3;
constexpr std::size_t kPlaceColumn = 84;  // where places of rules stand, unless a line is longer
constexpr std::size_t kTextWidth = 72;    // of a rule in words; its place tells where all of it is

std::string upper(std::string_view text) {
  std::string result(text);
  std::transform(result.begin(), result.end(), result.begin(),
                 [](unsigned char c) { return static_cast<char>(std::toupper(c)); });
  return result;
}

Style style_of(Truth value) {
  return value == Truth::kTrue    ? Style::kGreen
         : value == Truth::kFalse ? Style::kRed
                                  : Style::kYellow;
}

std::string place_text(const RulePlace& place) {
  return place.file.empty() ? "" : fmt::format("{}:{}", place.file, place.line);
}

/// The cell with the words that met a test marked: by colour, or by brackets where there is none.
std::string marked(const ExplainedCell& cell, const Terminal& terminal) {
  std::string out;
  std::size_t at = 0;
  std::size_t i = 0;
  while (i < cell.words.size()) {
    // Overlapping words are marked as one.
    const std::size_t begin = cell.words[i].begin;
    std::size_t end = cell.words[i].end;
    for (++i; i < cell.words.size() && cell.words[i].begin <= end; ++i) {
      end = std::max(end, cell.words[i].end);
    }
    out += cell.text.substr(at, begin - at);
    const std::string words = cell.text.substr(begin, end - begin);
    out += terminal.colour ? terminal.styled(Style::kMatch, words) : "[" + words + "]";
    at = end;
  }
  return out + cell.text.substr(at);
}

class Tree {
 public:
  Tree(const std::vector<ExplainedLabel>& labels, bool all, const Terminal& terminal)
      : labels_(labels), all_(all), terminal_(terminal) {}

  std::string render() {
    const ExplainedLabel& label = labels_.front();
    const std::string measured = label.steps.empty() ? "" : label.steps.front().measured;
    line("", heading(label, measured), label.place);
    unfold(label, "");
    return std::move(out_);
  }

 private:
  std::string heading(const ExplainedLabel& label, const std::string& measured) {
    unfolded_.insert(label.name);
    std::string text = terminal_.styled(Style::kBold, label.name) + ": " +
                       terminal_.styled(style_of(label.value), verdict(label));
    // A number or a date is its own measure.
    if (!measured.empty() && label.kind != "number" && label.kind != "date") text += "  " + measured;
    if (label.closed) text += "  (counted so by unknown_as)";
    return text;
  }

  /// The steps below a label's own.
  void unfold(const ExplainedLabel& label, const std::string& indent) {
    if (label.steps.empty()) return;
    const ExplainedStep& own = label.steps.front();
    rows(own, indent);
    // The rows of a category, number or date say enough; why they count is told on demand.
    if (!own.refers_to.empty()) {
      reference(own.refers_to, indent, true, all_ || own.rows.empty());
    }
    children(label.steps, 0, indent);
  }

  using Branches = std::vector<std::size_t>;

  static Branches children_of(const std::vector<ExplainedStep>& steps, std::size_t parent) {
    Branches found;
    for (std::size_t i = parent + 1; i < steps.size() && steps[i].depth > steps[parent].depth;
         ++i) {
      if (steps[i].depth == steps[parent].depth + 1) found.push_back(i);
    }
    return found;
  }

  void children(const std::vector<ExplainedStep>& steps, std::size_t parent,
                const std::string& indent) {
    const Branches found = children_of(steps, parent);
    const Truth value = steps[parent].value;
    // Steps with the value of their parent decided it; where none has it (a `none`), all did.
    const bool some_decide = std::any_of(found.begin(), found.end(), [&](std::size_t i) {
      return steps[i].value == value;
    });
    for (const std::size_t i : found) {
      const bool open = all_ || !some_decide || steps[i].value == value;
      step(steps, i, indent, i == found.back(), open);
    }
  }

  void step(const std::vector<ExplainedStep>& steps, std::size_t i, const std::string& indent,
            bool last, bool open) {
    const ExplainedStep& one = steps[i];
    if (!one.refers_to.empty() && children_of(steps, i).empty()) {
      reference(one.refers_to, indent, last, open, &one);
      return;
    }
    line(indent + branch(last), in_short(one), one.place);
    if (!open) return;
    const std::string below = indent + (last ? "   " : "│  ");
    rows(one, below);
    children(steps, i, below);
  }

  /// Another label: unfolded at its first mention.
  void reference(const std::string& label_name, const std::string& indent, bool last, bool open,
                 const ExplainedStep* step = nullptr) {
    const auto label =
        std::find_if(labels_.begin(), labels_.end(),
                     [&](const ExplainedLabel& one) { return one.name == label_name; });
    if (label == labels_.end()) return;
    const bool seen = unfolded_.contains(label_name);
    // A step that asks more of a label than that it is true says what, and what came of it.
    const bool plain = step == nullptr || step->text == label_name || step->text.empty();
    std::string measured;
    if (step != nullptr && !step->measured.empty()) measured = step->measured;
    if (measured.empty() && !label->steps.empty()) measured = label->steps.front().measured;
    if (!plain) {
      line(indent + branch(last), in_short(*step), step->place);
      if (!open || seen) return;
      reference(label_name, indent + (last ? "   " : "│  "), true, open);
      return;
    }
    std::string text = heading(*label, measured);
    if (seen) text += terminal_.styled(Style::kDim, "  (see above)");
    line(indent + branch(last), text, label->place);
    if (open && !seen) unfold(*label, indent + (last ? "   " : "│  "));
  }

  /// "true  any[0]  career: role in roles/technical  (3 rows, needs at least 2)".
  std::string in_short(const ExplainedStep& step) const {
    std::string text = terminal_.styled(style_of(step.value), std::string(name(step.value)));
    if (!step.path.empty()) text += "  " + terminal_.styled(Style::kDim, step.path);
    text += "  " + (all_ ? step.text : cut_to_width(step.text, kTextWidth));
    if (!step.measured.empty()) text += "  (" + step.measured + ")";
    return text;
  }

  static std::string branch(bool last) { return last ? "└─ " : "├─ "; }

  void rows(const ExplainedStep& step, const std::string& outer) {
    const std::string indent = outer + "  ";
    std::size_t shown = 0;
    for (const ExplainedRow& row : step.rows) {
      if (!all_ && shown == kRowsShown) {
        dim_line(indent, fmt::format("...and {} (--all)",
                                            counted(step.rows.size() - shown, "more row",
                                                    "more rows")));
        return;
      }
      ++shown;
      render_row(row, indent);
    }
  }

  static std::string cell_called(const ExplainedRow& row, std::string_view column) {
    for (const ExplainedCell& cell : row.cells) {
      if (cell.column == column) return cell.text;
    }
    return {};
  }

  void render_row(const ExplainedRow& row, const std::string& indent) {
    std::string head = row.met == Truth::kTrue ? "" : "nearest: ";
    head += terminal_.styled(Style::kCyan, row.id);
    const std::string start = cell_called(row, "start");
    const std::string end = cell_called(row, "end");
    if (!start.empty() || !end.empty()) {
      head += fmt::format("  {}..{}", start.empty() ? "?" : start,
                          end.empty() ? "?" : end == ".." ? "" : end);
    }
    if (row.years) head += fmt::format("  {:.1f} years", *row.years);
    for (const ExplainedCell& cell : row.cells) {
      // Values out of a list (a degree, a mode) belong to the head; names and dates are there.
      const bool listed = cell.kind == "name" && cell.column != "source";
      if (listed && cell.language.empty()) head += " · " + marked(cell, terminal_);
    }
    line(indent, head, {});

    // A line for each language: the texts of one row read together.
    std::vector<std::string> languages;
    for (const ExplainedCell& cell : row.cells) {
      if (cell.kind != "text") continue;
      if (std::find(languages.begin(), languages.end(), cell.language) == languages.end()) {
        languages.push_back(cell.language);
      }
    }
    for (const std::string& language : languages) {
      std::string texts;
      for (const ExplainedCell& cell : row.cells) {
        if (cell.kind != "text" || cell.language != language) continue;
        if (!texts.empty()) texts += " · ";
        texts += marked(cell, terminal_);
      }
      line(indent + "  ", texts, {});
    }
    terms(row, indent + "    ");
    for (const std::string& lack : row.lacks) {
      line(indent + "  ", terminal_.styled(Style::kYellow, "lacks ") + lack, {});
    }
  }

  /// Which category each of the marked words belongs to, and where the term stands.
  void terms(const ExplainedRow& row, const std::string& indent) {
    std::set<std::pair<std::string, std::string>> told;
    for (const ExplainedCell& cell : row.cells) {
      for (const ExplainedWords& words : cell.words) {
        if (words.lexicon.empty()) continue;
        std::string category = words.lexicon;
        if (!words.category.empty()) category += "/" + words.category;
        if (!told.insert({category, words.term}).second) continue;
        line(indent, fmt::format("{}  {}", category, terminal_.styled(Style::kDim, words.term)),
             words.place);
      }
    }
  }

  void dim_line(const std::string& indent, const std::string& text) {
    line(indent, terminal_.styled(Style::kDim, text), {});
  }

  void line(const std::string& indent, const std::string& text, const RulePlace& place) {
    std::string whole = indent + text;
    const std::string where = place_text(place);
    if (!where.empty()) {
      const std::size_t width = visible_width(whole);
      whole += std::string(width + 2 <= kPlaceColumn ? kPlaceColumn - width : 2, ' ');
      whole += terminal_.styled(Style::kDim, where);
    }
    out_ += whole + "\n";
  }

  /// Columns without the escape sequences of colours.
  static std::size_t visible_width(const std::string& text) {
    std::string plain;
    for (std::size_t i = 0; i < text.size(); ++i) {
      if (text[i] == '\033') {
        i = std::min(text.find('m', i), text.size() - 1);
      } else {
        plain += text[i];
      }
    }
    return display_width(plain);
  }

  const std::vector<ExplainedLabel>& labels_;
  bool all_;
  const Terminal& terminal_;
  std::set<std::string> unfolded_;
  std::string out_;
};

std::string office_in_words(const std::string& office) {
  std::string words = office;
  std::replace(words.begin(), words.end(), '_', ' ');
  return words;
}

}  // namespace

std::string verdict(const ExplainedLabel& label) {
  if (label.kind == "plain" || label.value == Truth::kUnknown) return upper(name(label.value));
  if (!label.category.empty()) {
    return label.category + (label.group.empty() ? "" : " (" + label.group + ")");
  }
  if (label.number) {
    return fmt::format("{:.1f}", *label.number) + (label.number_high ? " or more" : "");
  }
  if (!label.date.empty()) return label.date;
  return "none";
}

std::string names_and_birth(const PersonSummary& person) {
  std::string text;
  // Latin names first: they are what most readers search for.
  for (const bool latin : {true, false}) {
    for (const PersonName& one : person.names) {
      if ((one.language != "zh") != latin) continue;
      if (!text.empty()) text += " ";
      text += one.text;
    }
  }
  if (text.empty()) text = person.id;
  if (!person.birth.empty()) text += ", b. " + person.birth;
  return text;
}

std::string render_person(const PersonSummary& person, const Terminal& terminal) {
  std::string out = terminal.styled(Style::kBold, names_and_birth(person));
  std::vector<std::string> posts;
  for (const PostSummary& post : person.posts) {
    std::string text = fmt::format("{} of {}", office_in_words(post.office), post.province_name);
    if (!post.start.empty()) text += " " + post.start;
    if (post.end == "..") {
      text += " to now";
    } else if (!post.end.empty()) {
      text += " to " + post.end;
    }
    posts.push_back(text);
  }
  for (std::size_t i = 0; i < posts.size(); ++i) out += (i == 0 ? " · " : ", ") + posts[i];
  return out + "\n";
}

std::string render_explanation(const std::vector<ExplainedLabel>& labels, bool all,
                               const Terminal& terminal) {
  return labels.empty() ? std::string() : Tree(labels, all, terminal).render();
}

}  // namespace cadre::cli
