#include "cli/evaluation_report.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cctype>
#include <optional>
#include <utility>

#include "cadre/text/utf8.hpp"
#include "cadre/text/visible.hpp"
#include "cli/command.hpp"
#include "cli/explanation_tree.hpp"
#include "cli/markdown.hpp"

namespace cadre::cli {
namespace {

using Outcome = PersonAgreement::Outcome;

std::string decimals(std::optional<double> number) {
  return number ? fmt::format("{:.3f}", *number) : "";
}

std::string interval(const std::optional<Kappa>& kappa) {
  return kappa ? fmt::format("{:.3f} to {:.3f}", kappa->low, kappa->high) : "";
}

std::string upper(std::string text) {
  std::transform(text.begin(), text.end(), text.begin(),
                 [](unsigned char c) { return static_cast<char>(std::toupper(c)); });
  return text;
}

std::uint64_t apart(const LabelAgreement& label) {
  return label.table.total() - label.known.total();
}

/// "1.000 (36 people)": how far the coders agree.
std::string coders_agree(const CoderAgreement& agreement) {
  if (agreement.people == 0) return "";
  const std::optional<double> value =
      agreement.kappa ? std::optional(agreement.kappa->value) : agreement.alpha;
  return fmt::format("{} ({})", value ? decimals(value) : "not defined",
                     counted(agreement.people, "person", "people"));
}

/// Numbers of one column under each other, where it is not Markdown.
void align_right(Result& table) {
  for (std::size_t i = 1; i < table.columns.size(); ++i) {
    std::size_t width = display_width(table.columns[i]);
    for (const auto& row : table.rows) {
      width = std::max(width, display_width(std::get<std::string>(row[i])));
    }
    const auto pad = [width](std::string& text) {
      text.insert(0, width - display_width(text), ' ');
    };
    pad(table.columns[i]);
    for (auto& row : table.rows) pad(std::get<std::string>(row[i]));
  }
}

class EvaluationWriter {
 public:
  EvaluationWriter(const EvaluationReport& report, TableFormat format, const Terminal& terminal)
      : report_(report), markdown_(format == TableFormat::kMarkdown), terminal_(terminal) {
    left_ = report.other_run ? report.run : "rules";
    right_ = report.other_run ? report.coding : "coding";
  }

  std::string render() {
    head();
    figures();
    const auto& labels = report_.evaluation.labels;
    for (std::size_t i = 0; i < labels.size(); ++i) {
      label(labels[i], report_.disagreements[i]);
    }
    return std::move(out_);
  }

 private:
  void table(Result result) {
    if (!markdown_) align_right(result);
    out_ +=
        render_table(result, markdown_ ? TableFormat::kMarkdown : TableFormat::kTable, terminal_);
  }

  /// `text` as the format has it, where it is not of our own making.
  std::string quoted(const std::string& text) const {
    return markdown_ ? escape_markdown(text) : text;
  }

  void paragraph(const std::string& text) { out_ += wrapped(text, terminal_.width) + "\n"; }

  void head() {
    const Evaluation& evaluation = report_.evaluation;
    std::string text =
        fmt::format("{} and {}: {}", quoted(report_.other_run ? left_ : report_.rules),
                    quoted(report_.coding), counted(evaluation.people, "person", "people"));
    if (!report_.other_run) {
      text += fmt::format(", {} ({})", counted(evaluation.coders.size(), "coder", "coders"),
                          quoted(fmt::format("{}", fmt::join(evaluation.coders, ", "))));
    }
    paragraph(text);
    ignored(evaluation.ignored_people, "person", "people");
    ignored(evaluation.ignored_labels, "label", "labels");
    out_ += "\n";
  }

  void ignored(const std::vector<std::string>& names, const char* one, const char* many) {
    constexpr std::size_t kNamed = 8;
    if (names.empty()) return;
    std::string list;
    for (std::size_t i = 0; i < std::min(names.size(), kNamed); ++i) {
      list += (i > 0 ? ", " : "") + names[i];
    }
    if (names.size() > kNamed) list += ", ...";
    paragraph(fmt::format("left out, as only one side has {}: {} ({})",
                          names.size() == 1 ? "it" : "them", counted(names.size(), one, many),
                          quoted(list)));
  }

  void figures() {
    const auto& labels = report_.evaluation.labels;
    const auto any = [&](const auto& holds) {
      return std::any_of(labels.begin(), labels.end(), holds);
    };
    const bool plain = any([](const auto& label) { return !label.category; });
    const bool unknown = any([](const auto& label) { return apart(label) > 0; });
    const bool split = any([](const auto& label) { return label.count(Outcome::kSplit) > 0; });
    const bool coders = any([](const auto& label) { return label.agreement.people > 0; });

    Result result;
    result.columns = {"label", "people", "agree"};
    const auto add = [&result](bool wanted, std::initializer_list<const char*> names) {
      if (wanted) result.columns.insert(result.columns.end(), names.begin(), names.end());
    };
    add(plain, {"precision", "recall", "F1"});
    add(true, {"kappa", "95% interval"});
    add(unknown, {"unknown"});
    add(split, {"split"});
    add(coders, {"coders"});
    for (const LabelAgreement& label : labels) {
      std::vector<Cell>& row = result.rows.emplace_back();
      row.emplace_back(label.label);
      row.emplace_back(fmt::format("{}", label.known.total()));
      row.emplace_back(fmt::format("{}", label.known.agreed()));
      if (plain) {
        row.emplace_back(decimals(label.retrieval.precision));
        row.emplace_back(decimals(label.retrieval.recall));
        row.emplace_back(decimals(label.retrieval.f1));
      }
      row.emplace_back(label.kappa ? decimals(label.kappa->value) : "not defined");
      row.emplace_back(interval(label.kappa));
      if (unknown) row.emplace_back(fmt::format("{}", apart(label)));
      if (split) row.emplace_back(fmt::format("{}", label.count(Outcome::kSplit)));
      if (coders) row.emplace_back(coders_agree(label.agreement));
    }
    table(std::move(result));
    out_ += "\n";
    std::string note =
        "kappa: Cohen's, with the large-sample interval of Fleiss, Cohen and "
        "Everitt (1969).";
    if (plain) {
      note += fmt::format(" Precision, recall and F1: of true, with {} as the reference.",
                          report_.other_run ? quoted(right_) : "the coding");
    }
    if (report_.unknown_as_false) note += " Unknown counts as false.";
    if (unknown)
      note += " unknown: people whom one side or both cannot judge; they are in no figure.";
    if (split) note += " split: people on whom the coders are even; they are in no figure.";
    if (coders) {
      const bool alpha = any([](const auto& label) { return label.agreement.coders > 2; });
      const bool kappa = any([](const auto& label) { return label.agreement.kappa.has_value(); });
      note += fmt::format(" coders: how far they agree with each other, by {}.",
                          alpha && kappa ? "kappa where there are two, Krippendorff's alpha where "
                                           "there are more"
                          : alpha        ? "Krippendorff's alpha"
                                         : "Cohen's kappa");
    }
    paragraph(note);
  }

  void label(const LabelAgreement& label, const std::vector<Disagreement>& dissent) {
    const std::string title = label.title.empty() || label.title == label.label ? "" : label.title;
    out_ += "\n";
    if (markdown_) {
      out_ += "### " + quoted(label.label) + (title.empty() ? "" : ": " + quoted(title)) + "\n\n";
    } else {
      out_ += terminal_.styled(Style::kBold, label.label) + (title.empty() ? "" : "  " + title) +
              "\n\n";
    }
    if (label.category) {
      differing(label);
    } else {
      values(label);
    }
    for (const Disagreement& one : dissent) disagreement(one);
    const std::size_t all = label.count(Outcome::kDiffer) + label.count(Outcome::kUnknown) +
                            label.count(Outcome::kSplit);
    if (dissent.size() < all && !dissent.empty()) {
      out_ += fmt::format("\n...and {} (--disagreements all)\n",
                          counted(all - dissent.size(), "more person", "more people"));
    }
  }

  /// true and false of both sides, and unknown where there is any.
  void values(const LabelAgreement& label) {
    const std::size_t unknown = label.values.size();
    const bool row_unknown = label.table.row_total(unknown) > 0;
    const bool column_unknown = label.table.column_total(unknown) > 0;
    const auto name = [&](std::size_t i) { return i < unknown ? label.values[i] : "unknown"; };
    Result result;
    result.columns = {""};
    const std::size_t rows = unknown + (row_unknown ? 1 : 0);
    const std::size_t columns = unknown + (column_unknown ? 1 : 0);
    for (std::size_t j = 0; j < columns; ++j) result.columns.push_back(right_ + " " + name(j));
    for (std::size_t i = 0; i < rows; ++i) {
      std::vector<Cell>& row = result.rows.emplace_back();
      row.emplace_back(left_ + " " + name(i));
      for (std::size_t j = 0; j < columns; ++j) {
        row.emplace_back(fmt::format("{}", label.table.at(i, j)));
      }
    }
    table(std::move(result));
  }

  /// Categories may be many: only those cells of the table that are off the diagonal.
  void differing(const LabelAgreement& label) {
    const std::size_t size = label.table.size();
    Result result;
    result.columns = {left_, right_, "people"};
    std::vector<std::pair<std::uint64_t, std::pair<std::size_t, std::size_t>>> cells;
    for (std::size_t i = 0; i < size; ++i) {
      for (std::size_t j = 0; j < size; ++j) {
        if (i != j && label.table.at(i, j) > 0) cells.push_back({label.table.at(i, j), {i, j}});
      }
    }
    std::stable_sort(cells.begin(), cells.end(),
                     [](const auto& a, const auto& b) { return a.first > b.first; });
    const auto name = [&](std::size_t i) {
      return i < label.values.size() ? label.values[i] : std::string("unknown");
    };
    for (const auto& [count, at] : cells) {
      result.rows.push_back({name(at.first), name(at.second), fmt::format("{}", count)});
    }
    out_ += fmt::format("{} of {} agree, in {}\n", label.known.agreed(),
                        counted(label.known.total(), "person", "people"),
                        counted(label.values.size(), "category", "categories"));
    if (result.rows.empty()) return;
    out_ += "\n";
    table(std::move(result));
  }

  // --- disagreements --------------------------------------------------------------------------

  /// A line of a disagreement, broken where it is too long for the terminal.
  void line(std::size_t indent, const std::string& text) {
    const std::size_t room = terminal_.width > indent + 20 ? terminal_.width - indent : 20;
    std::string lines = wrapped(text, room);
    const std::string margin(indent, ' ');
    for (std::size_t at = lines.find('\n'); at != std::string::npos;
         at = lines.find('\n', at + margin.size() + 1)) {
      lines.insert(at + 1, margin);
    }
    out_ += margin + lines + "\n";
  }

  /// A line that is cut where it is too long: `cadre explain` tells the rest.
  void short_line(std::size_t indent, const std::string& text) {
    const std::size_t room = terminal_.width > indent + 20 ? terminal_.width - indent : 20;
    out_ += std::string(indent, ' ') + cut_to_width(text, room) + "\n";
  }

  void disagreement(const Disagreement& one) {
    const PersonAgreement& comparison = one.comparison;
    out_ += "\n";
    if (markdown_) {
      out_ += fmt::format("**{}** ({})\n\n", quoted(names_and_birth(one.person)),
                          quoted(comparison.person));
    } else {
      out_ += terminal_.styled(Style::kBold, names_and_birth(one.person)) + "  " +
              terminal_.styled(Style::kCyan, comparison.person) + "\n";
    }
    const std::size_t begin = out_.size();
    line(2, fmt::format("{}: {}", left_, shown(comparison.run)));
    why(one.run);
    if (report_.other_run) {
      line(2, fmt::format("{}: {}", right_, shown(comparison.coding)));
      why(one.other);
    } else {
      for (const CoderVerdict& verdict : comparison.coders) coder(verdict);
    }
    if (markdown_)
      out_.replace(begin, std::string::npos, markdown_block(visible(out_.substr(begin))));
  }

  static std::string shown(const std::string& value) {
    const bool truth = value == "true" || value == "false" || value == "unknown";
    return truth ? upper(value) : value;
  }

  void coder(const CoderVerdict& verdict) {
    std::string text = fmt::format("{}: {}", verdict.coder, shown(verdict.value));
    if (!verdict.confidence.empty()) text += fmt::format(" ({})", verdict.confidence);
    line(2, text);
    if (!verdict.note.empty()) line(4, verdict.note);
  }

  void why(const std::vector<Reason>& reasons) {
    constexpr std::size_t kReasons = 3;
    for (std::size_t i = 0; i < std::min(reasons.size(), kReasons); ++i) {
      const Reason& reason = reasons[i];
      const std::string place = place_text(reason.place);
      std::string text = reason.label;
      if (!reason.measured.empty()) text += fmt::format(" ({})", reason.measured);
      short_line(4, text + "  " + place);
      for (const ExplainedRow& one : reason.rows) row(one);
      if (reason.more_rows > 0) {
        line(6, fmt::format("...and {}", counted(reason.more_rows, "more row", "more rows")));
      }
    }
    if (reasons.size() > kReasons) {
      line(4, fmt::format("...and {}",
                          counted(reasons.size() - kReasons, "more reason", "more reasons")));
    }
  }

  void row(const ExplainedRow& row) {
    std::string head = row.met == Truth::kTrue ? "" : "nearest: ";
    head += row.id;
    const auto cell = [&](std::string_view column) -> std::string {
      for (const ExplainedCell& one : row.cells) {
        if (one.column == column) return one.text == ".." ? "" : one.text;
      }
      return "?";
    };
    const std::string start = cell("start");
    const std::string end = cell("end");
    if (start != "?" || end != "?") head += fmt::format("  {}..{}", start, end);
    for (const ExplainedCell& one : row.cells) {
      const bool listed = one.kind == "name" && one.column != "source" && one.language.empty();
      if (listed) head += " · " + marked(one, terminal_);
    }
    line(6, head);
    std::vector<std::string> languages;
    for (const ExplainedCell& one : row.cells) {
      if (one.kind != "text") continue;
      if (std::find(languages.begin(), languages.end(), one.language) == languages.end()) {
        languages.push_back(one.language);
      }
    }
    for (const std::string& language : languages) {
      std::string together;
      for (const ExplainedCell& one : row.cells) {
        if (one.kind != "text" || one.language != language) continue;
        together += (together.empty() ? "" : " · ") + marked(one, terminal_);
      }
      line(8, together);
    }
    if (const std::string words = terms(row); !words.empty()) line(8, words);
    for (const std::string& lack : row.lacks) short_line(8, "lacks " + lack);
  }

  /// "roles/technical 工程师, engineer; industries/coal 煤矿".
  static std::string terms(const ExplainedRow& row) {
    std::vector<std::pair<std::string, std::vector<std::string>>> categories;
    for (const ExplainedCell& cell : row.cells) {
      for (const ExplainedWords& words : cell.words) {
        if (words.lexicon.empty()) continue;
        const std::string category =
            words.lexicon + (words.category.empty() ? "" : "/" + words.category);
        auto at = std::find_if(categories.begin(), categories.end(),
                               [&](const auto& known) { return known.first == category; });
        if (at == categories.end()) at = categories.insert(at, {category, {}});
        if (std::find(at->second.begin(), at->second.end(), words.term) == at->second.end()) {
          at->second.push_back(words.term);
        }
      }
    }
    std::string text;
    for (const auto& [category, list] : categories) {
      text += fmt::format("{}{}: {}", text.empty() ? "" : "; ", category, fmt::join(list, ", "));
    }
    return text;
  }

  const EvaluationReport& report_;
  bool markdown_;
  const Terminal& terminal_;
  std::string left_;
  std::string right_;
  std::string out_;
};

Cell number_cell(std::optional<double> number) {
  return number ? Cell(*number) : Cell();
}

Cell count_cell(std::uint64_t count) {
  return static_cast<std::int64_t>(count);
}

std::string_view in_words(Outcome outcome) {
  switch (outcome) {
    case Outcome::kDiffer:
      return "differ";
    case Outcome::kUnknown:
      return "unknown";
    case Outcome::kSplit:
      return "split";
    default:
      return "agree";
  }
}

}  // namespace

std::string render_evaluation(const EvaluationReport& report, TableFormat format,
                              const Terminal& terminal) {
  return EvaluationWriter(report, format, terminal).render();
}

Result evaluation_figures(const EvaluationReport& report) {
  Result result;
  result.columns = {"label",  "people",        "agree",        "precision",   "recall",  "f1",
                    "kappa",  "kappa_se",      "kappa_low",    "kappa_high",  "unknown", "split",
                    "coders", "coders_people", "coders_kappa", "coders_alpha"};
  for (const LabelAgreement& label : report.evaluation.labels) {
    const auto of = [](const std::optional<Kappa>& kappa, double Kappa::* member) {
      return kappa ? Cell((*kappa).*member) : Cell();
    };
    result.rows.push_back({label.label, count_cell(label.known.total()),
                           count_cell(label.known.agreed()), number_cell(label.retrieval.precision),
                           number_cell(label.retrieval.recall), number_cell(label.retrieval.f1),
                           of(label.kappa, &Kappa::value), of(label.kappa, &Kappa::standard_error),
                           of(label.kappa, &Kappa::low), of(label.kappa, &Kappa::high),
                           count_cell(apart(label)), count_cell(label.count(Outcome::kSplit)),
                           count_cell(label.agreement.coders), count_cell(label.agreement.people),
                           of(label.agreement.kappa, &Kappa::value),
                           number_cell(label.agreement.alpha)});
  }
  return result;
}

Result evaluation_disagreements(const EvaluationReport& report) {
  Result result;
  result.columns = {"label",   "person", "name",  "run",     "coding",
                    "outcome", "coders", "notes", "evidence"};
  for (std::size_t i = 0; i < report.disagreements.size(); ++i) {
    for (const Disagreement& one : report.disagreements[i]) {
      std::string coders;
      std::string notes;
      for (const CoderVerdict& verdict : one.comparison.coders) {
        coders += (coders.empty() ? "" : "; ") + verdict.coder + ": " + verdict.value;
        if (verdict.note.empty()) continue;
        notes += (notes.empty() ? "" : "; ") + verdict.coder + ": " + verdict.note;
      }
      std::string evidence;
      for (const Reason& reason : one.run) {
        for (const ExplainedRow& row : reason.rows) {
          std::string words;
          for (const ExplainedCell& cell : row.cells) {
            for (const ExplainedWords& word : cell.words) {
              words +=
                  (words.empty() ? "" : ", ") + cell.text.substr(word.begin, word.end - word.begin);
            }
          }
          evidence += fmt::format(
              "{}{}: {}", evidence.empty() ? "" : "; ", row.id,
              row.lacks.empty() ? words : fmt::format("lacks {}", fmt::join(row.lacks, ", ")));
        }
      }
      result.rows.push_back({report.evaluation.labels[i].label, one.comparison.person,
                             names_and_birth(one.person), one.comparison.run, one.comparison.coding,
                             std::string(in_words(one.comparison.outcome)), coders, notes,
                             evidence});
    }
  }
  return result;
}

}  // namespace cadre::cli
