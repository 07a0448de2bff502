#include "cli/explanation_tree.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cctype>
#include <map>
#include <optional>
#include <set>
#include <string_view>
#include <utility>

#include "cadre/text/utf8.hpp"
#include "cli/command.hpp"

namespace cadre::cli {
namespace {

constexpr std::size_t kRowsShown = 3;

std::string upper(std::string_view text) {
  std::string result(text);
  std::transform(result.begin(), result.end(), result.begin(),
                 [](unsigned char c) { return static_cast<char>(std::toupper(c)); });
  return result;
}

/// The steps of one label and of those that it refers to, with the place of each rule at the right.
class Tree {
 public:
  Tree(const std::vector<ExplainedLabel>& labels, bool all, const Terminal& terminal)
      : labels_(labels), all_(all), terminal_(terminal) {
    for (const ExplainedLabel& label : labels_) {
      by_name_.emplace(label.name, &label);
      widen(label.place);
      for (const ExplainedStep& step : label.steps) widen(step);
    }
  }

  std::string render() {
    const ExplainedLabel& label = labels_.front();
    label_line("", label, label.steps.empty() ? "" : label.steps.front().measured, "");
    unfold(label, "");
    return std::move(out_);
  }

 private:
  using Steps = std::vector<ExplainedStep>;
  using Branches = std::vector<std::size_t>;

  // --- labels ---------------------------------------------------------------------------------

  /// "stem_worked: TRUE  (31.7 years, needs 1)  Worked in a STEM job", or `remark` for the title.
  void label_line(const std::string& indent, const ExplainedLabel& label,
                  const std::string& measured, const std::string& remark) {
    unfolded_.insert(label.name);
    std::string head = terminal_.styled(Style::kBold, label.name) + ": " +
                       terminal_.styled(style_of(label.value), verdict(label)) + "  ";
    if (label.closed) head += "(counted so by unknown_as)  ";
    // A number or a date is its own measure; what a category was chosen from may be long.
    std::string text = remark.empty() ? title_of(label) : remark;
    if (!measured.empty() && label.kind == "plain") head += "(" + measured + ")  ";
    if (!measured.empty() && label.kind == "category" && remark.empty()) text = measured;
    line(indent, head, text, label.place);
  }

  /// The title, where it says more than the name.
  static std::string title_of(const ExplainedLabel& label) {
    std::string plain = label.name;
    std::replace(plain.begin(), plain.end(), '_', ' ');
    return upper(label.title) == upper(plain) ? "" : label.title;
  }

  /// The steps below a label's own.
  void unfold(const ExplainedLabel& label, const std::string& indent) {
    if (all_ && !label.note.empty()) paragraph(indent + "  ", label.note);
    if (label.steps.empty()) return;
    const ExplainedStep& own = label.steps.front();
    rows(own, indent);
    // The rows of a category, number or date say enough; why they count is told on demand.
    if (!own.refers_to.empty()) reference(own.refers_to, indent, true, all_ || own.rows.empty());
    children(label.steps, 0, indent);
  }

  /// Another label: unfolded at its first mention.
  void reference(const std::string& label_name, const std::string& indent, bool last, bool open,
                 const ExplainedStep* step = nullptr) {
    const auto found = by_name_.find(label_name);
    if (found == by_name_.end()) return;
    const ExplainedLabel* const label = found->second;
    const bool seen = unfolded_.contains(label_name);
    std::string measured;
    if (step != nullptr && !step->measured.empty()) measured = step->measured;
    if (measured.empty() && !label->steps.empty()) measured = label->steps.front().measured;
    // What was not met is worth a word even where it did not decide.
    if (measured.empty() && !open && label->steps.size() == 2) {
      measured = label->steps.back().measured;
    }
    label_line(indent + branch(last), *label, measured, seen ? "(see above)" : "");
    if (open && !seen) unfold(*label, indent + below(last));
  }

  // --- steps ----------------------------------------------------------------------------------

  static Branches children_of(const Steps& steps, std::size_t parent) {
    Branches found;
    for (std::size_t i = parent + 1; i < steps.size() && steps[i].depth > steps[parent].depth;
         ++i) {
      if (steps[i].depth == steps[parent].depth + 1) found.push_back(i);
    }
    return found;
  }

  /// Steps inside steps and labels that refer to labels, as deep as somebody reads.
  void children(const Steps& steps, std::size_t parent, const std::string& indent) {
    constexpr std::size_t kDeepest = 100;
    if (depth_ == kDeepest) {
      line(indent + "  ", "", "...and deeper reasons (--format json)", {});
      return;
    }
    ++depth_;
    inner(steps, parent, indent);
    --depth_;
  }

  void inner(const Steps& steps, std::size_t parent, const std::string& indent) {
    const Branches found = children_of(steps, parent);
    const Truth value = steps[parent].value;
    if (found.size() == 1 && steps[found.front()].value == value &&
        !plain_reference(steps, found.front())) {
      only_child(steps, found.front(), indent);
      return;
    }
    // Steps with the value of their parent decided it; where none has it (a `none`), all did.
    const bool some_decide = std::any_of(found.begin(), found.end(),
                                         [&](std::size_t i) { return steps[i].value == value; });
    for (const std::size_t i : found) {
      const bool open = all_ || !some_decide || steps[i].value == value;
      step(steps, i, indent, i == found.back(), open);
    }
  }

  /// A step that asks no more of another label than that it is true.
  static bool plain_reference(const Steps& steps, std::size_t i) {
    const ExplainedStep& one = steps[i];
    return !one.refers_to.empty() && children_of(steps, i).empty() &&
           (one.text.empty() || one.text == one.refers_to);
  }

  void step(const Steps& steps, std::size_t i, const std::string& indent, bool last, bool open) {
    const ExplainedStep& one = steps[i];
    if (plain_reference(steps, i)) {
      reference(one.refers_to, indent, last, open, &one);
      return;
    }
    std::string head = terminal_.styled(style_of(one.value), std::string(name(one.value)));
    if (!one.path.empty()) head += "  " + terminal_.styled(Style::kDim, one.path);
    line(indent + branch(last), head + "  ", in_words(steps, i), one.place, measure(one));
    if (open) reasons(steps, i, indent + below(last), indent + below(last));
  }

  /// The condition that a label or step consists of: it has the same value, so that is not
  /// repeated.
  void only_child(const Steps& steps, std::size_t i, const std::string& indent) {
    line(indent + "  ", "", in_words(steps, i), steps[i].place, measure(steps[i]));
    reasons(steps, i, indent, steps[i].rows.empty() ? indent : indent + "  ");
  }

  void reasons(const Steps& steps, std::size_t i, const std::string& indent,
               const std::string& rows_indent) {
    const ExplainedStep& one = steps[i];
    rows(one, rows_indent);
    if (children_of(steps, i).empty()) {
      if (!one.refers_to.empty() && !unfolded_.contains(one.refers_to)) {
        reference(one.refers_to, indent, true, true);
      }
      return;
    }
    children(steps, i, indent);
  }

  /// "career: role in roles/technical", "all of 2 conditions".
  static std::string in_words(const Steps& steps, std::size_t i) {
    std::string text = steps[i].text;
    // "all of" says little without a number.
    if (const std::size_t parts = children_of(steps, i).size(); parts > 1) {
      text += fmt::format(" {} conditions", parts);
    }
    return text;
  }

  static std::string measure(const ExplainedStep& step) {
    return step.measured.empty() ? "" : "  (" + step.measured + ")";
  }

  static std::string branch(bool last) { return last ? "└─ " : "├─ "; }
  static std::string below(bool last) { return last ? "   " : "│  "; }

  // --- rows -----------------------------------------------------------------------------------

  void rows(const ExplainedStep& step, const std::string& outer) {
    const std::string indent = outer + "  ";
    std::size_t shown = 0;
    Terms told;
    for (const ExplainedRow& row : step.rows) {
      if (!all_ && shown == kRowsShown) {
        line(indent, "",
             fmt::format("...and {} (--all)",
                         counted(step.rows.size() - shown, "more row", "more rows")),
             {});
        return;
      }
      ++shown;
      render_row(row, indent, told);
    }
  }

  static std::string cell_called(const ExplainedRow& row, std::string_view column) {
    for (const ExplainedCell& cell : row.cells) {
      if (cell.column == column) return cell.text;
    }
    return {};
  }

  /// Category and term.
  using Terms = std::set<std::pair<std::string, std::string>>;

  void render_row(const ExplainedRow& row, const std::string& indent, Terms& told) {
    std::string head = row.met == Truth::kTrue ? "" : "nearest: ";
    head += terminal_.styled(Style::kCyan, row.id);
    const std::string start = cell_called(row, "start");
    const std::string end = cell_called(row, "end");
    if (!start.empty() || !end.empty()) {
      head += fmt::format("  {}..{}", start.empty() ? "?" : start,
                          end.empty()   ? "?"
                          : end == ".." ? ""
                                        : end);
    }
    if (row.years)
      head += fmt::format("  {:.1f} {}", *row.years, *row.years == 1 ? "year" : "years");
    for (const ExplainedCell& cell : row.cells) {
      // Values out of a list (a degree, a mode) belong to the head; names and dates are there.
      const bool listed = cell.kind == "name" && !says_source(cell);
      if (listed && cell.language.empty()) head += " · " + marked(cell, terminal_);
    }
    const bool any_words =
        std::any_of(row.cells.begin(), row.cells.end(),
                    [](const ExplainedCell& cell) { return !cell.words.empty(); });
    const bool again = !rows_told_.insert(row.id).second && !any_words;
    line(indent, head + "  ", again ? "(see above)" : "", {});
    if (!again) texts(row, indent + "  ");
    if (!again) source(row, indent + "  ");
    terms(row, indent + "    ", told);
    for (const std::string& lack : row.lacks) {
      line(indent + "  ", terminal_.styled(Style::kYellow, "lacks") + " ", lack, {}, "",
           Long::kBroken);
    }
  }

  static bool says_source(const ExplainedCell& cell) {
    return cell.column == "source" || cell.column == "source_file" ||
           cell.column == "source_text" || cell.column == "guessed";
  }

  /// Where an imported row was read, what stands there, and by which guesses it was read.
  void source(const ExplainedRow& row, const std::string& indent) {
    const std::string file = cell_called(row, "source_file");
    const std::string number = cell_called(row, "source_line");
    if (file.empty() || number.empty()) return;
    const std::string guessed = cell_called(row, "guessed");
    line(indent, terminal_.styled(Style::kDim, fmt::format("from {}:{}", file, number)),
         guessed.empty() ? "" : "  guessed: " + guessed, {});
    const std::string text = cell_called(row, "source_text");
    if (!text.empty()) line(indent + "  ", "", text, {});
  }

  /// A line for each language: the texts of one row read together, unless they are too long.
  void texts(const ExplainedRow& row, const std::string& indent) {
    std::vector<std::string> languages;
    for (const ExplainedCell& cell : row.cells) {
      if (cell.kind != "text") continue;
      if (std::find(languages.begin(), languages.end(), cell.language) == languages.end()) {
        languages.push_back(cell.language);
      }
    }
    for (const std::string& language : languages) {
      std::vector<std::string> cells;
      for (const ExplainedCell& cell : row.cells) {
        if (cell.kind == "text" && cell.language == language) {
          cells.push_back(marked(cell, terminal_));
        }
      }
      const std::string together = fmt::format("{}", fmt::join(cells, " · "));
      if (styled_width(indent + together) <= terminal_.width) {
        line(indent, together, "", {});
      } else {
        for (const std::string& cell : cells) line(indent, cell, "", {});
      }
    }
  }

  /// Which category each of the marked words belongs to, and where the terms stand; what was told
  /// of another row is not told again.
  void terms(const ExplainedRow& row, const std::string& indent, Terms& told) {
    std::vector<std::pair<std::string, std::vector<const ExplainedWords*>>> categories;
    for (const ExplainedCell& cell : row.cells) {
      for (const ExplainedWords& words : cell.words) {
        if (words.lexicon.empty()) continue;
        std::string category = words.lexicon;
        if (!words.category.empty()) category += "/" + words.category;
        if (!told.insert({category, words.term}).second) continue;
        auto at = std::find_if(categories.begin(), categories.end(),
                               [&](const auto& one) { return one.first == category; });
        if (at == categories.end()) at = categories.insert(at, {category, {}});
        at->second.push_back(&words);
      }
    }
    for (const auto& [category, words] : categories) {
      std::string list;
      for (const ExplainedWords* one : words) list += (list.empty() ? "" : ", ") + one->term;
      line(indent, category + "  ", list, words.front()->place);
    }
  }

  // --- lines ----------------------------------------------------------------------------------

  /// Makes room for the longest place.
  void widen(const RulePlace& place) {
    place_width_ = std::max(place_width_, display_width(place_text(place)));
  }

  void widen(const ExplainedStep& step) {
    widen(step.place);
    for (const ExplainedRow& row : step.rows) {
      for (const ExplainedCell& cell : row.cells) {
        for (const ExplainedWords& words : cell.words) widen(words.place);
      }
    }
  }

  /// What becomes of text that is too long for its line.
  enum class Long { kCut, kBroken };

  /// A line: `head` whole, then `text`, which is cut (or, with --all, broken) where it and `end`
  /// would run into the place.
  void line(const std::string& indent, const std::string& head, const std::string& text,
            const RulePlace& place, const std::string& end = "", Long too_long = Long::kCut) {
    const std::string where = place_text(place);
    const std::size_t limit =
        terminal_.width - (where.empty() ? 0 : std::min(place_width_ + 2, terminal_.width / 2));
    std::string whole = indent + head;
    if (text.empty()) whole.erase(whole.find_last_not_of(' ') + 1);
    const std::size_t used = styled_width(whole);
    std::vector<std::string> more;
    if (!text.empty()) {
      const std::size_t taken = used + (all_ ? 0 : display_width(end));
      const std::size_t room = limit > taken + 20 ? limit - taken : 20;
      if (all_ || (too_long == Long::kBroken && display_width(text) > room)) {
        more = lines_of(wrapped(text + end, room));
        whole += terminal_.styled(Style::kDim, more.front());
      } else {
        whole += terminal_.styled(Style::kDim, cut_to_width(text, room)) + end;
      }
    }
    if (!where.empty()) {
      const std::size_t width = styled_width(whole);
      whole += std::string(width < limit ? limit - width + 2 : 2, ' ');
      whole += terminal_.styled(Style::kDim, where);
    }
    out_ += whole + "\n";
    for (std::size_t i = 1; i < more.size(); ++i) {
      // The lines of the tree go on; what hangs on this one comes after it.
      std::string under = indent;
      replace_all(under, "├─ ", "│  ");
      replace_all(under, "└─ ", "   ");
      under += std::string(used - styled_width(indent), ' ');
      out_ += under + terminal_.styled(Style::kDim, more[i]) + "\n";
    }
  }

  void paragraph(const std::string& indent, const std::string& text) {
    const std::size_t used = display_width(indent);
    const std::size_t room = terminal_.width > used + 20 ? terminal_.width - used : 20;
    for (const std::string& one : lines_of(wrapped(text, room))) line(indent, "", one, {});
  }

  static void replace_all(std::string& text, std::string_view from, std::string_view to) {
    for (std::size_t at = text.find(from); at != std::string::npos; at = text.find(from, at)) {
      text.replace(at, from.size(), to);
      at += to.size();
    }
  }

  static std::vector<std::string> lines_of(const std::string& text) {
    std::vector<std::string> lines;
    std::size_t at = 0;
    while (true) {
      const std::size_t end = text.find('\n', at);
      lines.push_back(text.substr(at, end - at));
      if (end == std::string::npos) return lines;
      at = end + 1;
    }
  }

  const std::vector<ExplainedLabel>& labels_;
  bool all_;
  const Terminal& terminal_;
  std::size_t place_width_ = 0;
  std::map<std::string_view, const ExplainedLabel*> by_name_;
  std::size_t depth_ = 0;
  std::set<std::string> unfolded_;
  std::set<std::string> rows_told_;
  std::string out_;
};

std::string office_in_words(const std::string& office) {
  std::string words = office;
  std::replace(words.begin(), words.end(), '_', ' ');
  return words;
}

}  // namespace

std::string place_text(const RulePlace& place) {
  return place.file.empty() ? "" : fmt::format("{}:{}", place.file, place.line);
}

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

Style style_of(Truth value) {
  return value == Truth::kTrue    ? Style::kGreen
         : value == Truth::kFalse ? Style::kRed
                                  : Style::kYellow;
}

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
  std::string posts;
  for (const PostSummary& post : person.posts) {
    if (!posts.empty()) posts += ", ";
    posts += office_in_words(post.office);
    if (!post.unit_name.empty()) posts += (post.office.empty() ? "" : " of ") + post.unit_name;
    if (!post.start.empty()) posts += " " + post.start;
    if (post.end == "..") {
      posts += " to now";
    } else if (!post.end.empty()) {
      posts += " to " + post.end;
    }
  }
  std::string out = terminal.styled(Style::kBold, names_and_birth(person)) + "\n";
  if (!posts.empty()) out += wrapped(posts, terminal.width) + "\n";
  return out;
}

std::string render_explanation(const std::vector<ExplainedLabel>& labels, bool all,
                               const Terminal& terminal) {
  return labels.empty() ? std::string() : Tree(labels, all, terminal).render();
}

}  // namespace cadre::cli
