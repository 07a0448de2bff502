// cadre import: biographies in, a dataset out.
#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <filesystem>
#include <map>
#include <memory>
#include <optional>
#include <ostream>
#include <string>
#include <system_error>
#include <unordered_map>
#include <vector>

#include "cadre/base/error.hpp"
#include "cadre/base/files.hpp"
#include "cadre/base/seeded_hash.hpp"
#include "cadre/import/biography_input.hpp"
#include "cadre/import/biography_reader.hpp"
#include "cadre/import/imported_dataset.hpp"
#include "cadre/import/shipped_layouts.hpp"
#include "cadre/rules/load.hpp"
#include "cli/command.hpp"
#include "cli/interruption.hpp"
#include "cli/output.hpp"
#include "cli/reading.hpp"
#include "cli/terminal.hpp"

namespace cadre::cli {
namespace {

namespace fs = std::filesystem;

struct Options {
  std::vector<std::string> texts;
  std::string output;
  std::vector<std::string> layouts;
  std::string as_of;
  bool strict = false;
  bool quiet = false;
  Limits limits;
};

struct Counts {
  std::size_t people = 0;
  std::size_t bytes = 0;
  std::size_t lines = 0;
  std::size_t entries = 0;
  std::size_t entries_read = 0;
  std::size_t education = 0;
  std::size_t career = 0;
  std::size_t posts = 0;
  std::size_t guessed = 0;
  std::size_t facts = 0;
  std::size_t refused = 0;
  std::map<std::string, std::size_t> unparsed;

  void add(const Biography& one) {
    ++people;
    lines += one.lines;
    entries += one.dated_lines;
    entries_read += one.dated_lines;
    education += one.education.size();
    career += one.career.size();
    posts += one.posts.size();
    facts += one.facts.size();
    for (const auto* rows : {&one.education, &one.career}) {
      for (const ImportedRow& row : *rows) guessed += row.guesses.empty() ? 0 : 1;
    }
    for (const Unparsed& each : one.unparsed) {
      ++unparsed[each.reason];
      entries_read -= each.dated ? 1 : 0;
    }
  }
};

/// Layouts of one file after the other, or nothing when there are mistakes in any.
std::optional<std::vector<Layout>> load_layouts(const Options& options, FilesRead& read) {
  std::vector<Layout> layouts;
  bool good = true;
  const auto add = [&](const std::string& path, const LoadOptions& load) {
    Loaded loaded = load_rules(path, load);
    print_diagnostics(loaded.diagnostics);
    if (!loaded.rules) {
      good = false;
      return;
    }
    if (loaded.rules->layouts.empty()) {
      throw Error(Error::Kind::kUsage, path, fmt::format("'{}' is not a layout", path));
    }
    for (Layout& layout : loaded.rules->layouts) layouts.push_back(std::move(layout));
  };
  for (const std::string& path : options.layouts) {
    add(path, options.limits.rules);
    read.add(path);
  }
  if (options.layouts.empty()) {
    LoadOptions load;
    load.read = [](const fs::path& path) {
      return std::string(shipped_layouts().at(path.filename().string()));
    };
    for (const auto& [name, ignored] : shipped_layouts()) add(name, load);
  }
  if (!good) return std::nullopt;
  return layouts;
}

/// Adds the texts that will be read: a file, those inside a folder, or standard input.
void add_texts(const fs::path& path, FilesRead& read) {
  if (path == "-") return read.add("/dev/stdin");
  read.add(path);
  std::error_code failed;  // what cannot be looked into is told where it is read
  const auto links = fs::directory_options::follow_directory_symlink;
  for (fs::recursive_directory_iterator at(path, links, failed), end; !failed && at != end;
       at.increment(failed)) {
    if (at->path().filename().string().starts_with(".")) {
      at.disable_recursion_pending();
    } else {
      read.add(at->path());
    }
  }
}

/// Ids that were given out, by hash, with the birth of who has them.
class Ids {
 public:
  /// An id that nobody has: the one that was asked for, or with the year of birth behind it where
  /// that tells the two apart, or else with a number. Says in `why` what was done.
  std::string take(const std::string& wanted, const std::string& birth, std::string& why) {
    const SeededHash hash;
    const auto [place, is_new] = known_.emplace(hash(wanted), Known{birth});
    if (is_new) return wanted;
    Known& known = place->second;  // stays where it is when others come
    const std::string year = birth.substr(0, 4);
    const bool others = !year.empty() && !known.birth.empty() && known.birth.substr(0, 4) != year;
    std::string id =
        others ? wanted + "-" + year : fmt::format("{}-{}", wanted, known.next_number++);
    while (!known_.emplace(hash(id), Known{birth}).second) {
      id = fmt::format("{}-{}", wanted, known.next_number++);
    }
    why = others ? fmt::format("'{}' was there, born {}, and is here born {}; called '{}' here",
                               wanted, known.birth, birth, id)
                 : fmt::format("'{}' was there; called '{}' here", wanted, id);
    return id;
  }

 private:
  struct Known {
    std::string birth;
    std::size_t next_number = 2;  // all below it are taken
  };
  std::unordered_map<std::size_t, Known> known_;
};

/// A folder beside `target` that takes its place when all is written.
class AsideFolder {
 public:
  explicit AsideFolder(const fs::path& target) : target_(target) {
    const fs::path parent = target.has_parent_path() ? target.parent_path() : fs::path(".");
    path_ = parent / fmt::format(".cadre-{}-import", ::getpid());
    std::error_code failed;
    if (!fs::create_directory(path_, failed) && !failed) {
      failed = std::make_error_code(std::errc::file_exists);
    }
    if (failed) {
      throw Error(Error::Kind::kIo, target.string(),
                  fmt::format("cannot write '{}': {}", target.string(), failed.message()));
    }
  }
  ~AsideFolder() {
    std::error_code ignored;
    if (!kept_) fs::remove_all(path_, ignored);
  }
  AsideFolder(const AsideFolder&) = delete;
  AsideFolder& operator=(const AsideFolder&) = delete;

  const fs::path& path() const { return path_; }

  void keep() {
    std::error_code failed;
    fs::rename(path_, target_, failed);
    if (failed) {
      throw Error(Error::Kind::kIo, target_.string(),
                  fmt::format("cannot write '{}': {}", target_.string(), failed.message()));
    }
    kept_ = true;
  }

 private:
  fs::path target_;
  fs::path path_;
  bool kept_ = false;
};

std::string summary(const Counts& counts, const Options& options, const Terminal& terminal) {
  std::string out = fmt::format(
      "{} from {}: {} courses of study, {} jobs ({} rows guessed), {} provincial posts, {}\n",
      counted(counts.people, "person", "people"), counted(counts.lines, "line", "lines"),
      counts.education, counts.career, counts.guessed, counts.posts,
      counted(counts.facts, "fact", "facts"));
  if (counts.entries > 0) {
    out += fmt::format(
        "{} of {} dated entries read ({:.1f}%)\n", counts.entries_read, counts.entries,
        100.0 * static_cast<double>(counts.entries_read) / static_cast<double>(counts.entries));
  }
  std::vector<std::pair<std::size_t, std::string>> reasons;
  for (const auto& [reason, count] : counts.unparsed) reasons.emplace_back(count, reason);
  std::sort(reasons.begin(), reasons.end(), [](const auto& a, const auto& b) {
    return a.first != b.first ? a.first > b.first : a.second < b.second;
  });
  if (!reasons.empty()) {
    std::string list;
    for (const auto& [count, reason] : reasons) {
      list += fmt::format("{}{} {}", list.empty() ? "" : ", ", count, reason);
    }
    out += wrapped("unparsed: " + list, terminal.width) + "\n";
  }
  if (counts.refused > 0)
    out += fmt::format("{} not read\n", counted(counts.refused, "text", "texts"));
  if (options.output != "-") {
    out += "written to " + terminal.styled(Style::kBold, options.output) + "\n";
  }
  return out;
}

/// What is written to: JSON Lines in a file or on standard output, or a data package.
bool is_json_lines(const std::string& output) {
  const std::string ending = fs::path(output).extension().string();
  return output == "-" || ending == ".jsonl" || ending == ".ndjson" || is_stream(output);
}

int run(const Options& options) {
  std::optional<Date> as_of;
  if (!options.as_of.empty()) {
    as_of = Date::parse(options.as_of);
    if (!as_of) {
      throw Error(Error::Kind::kUsage, "",
                  fmt::format("--as-of takes a date such as 2022-12-31, not '{}'", options.as_of));
    }
  }
  std::error_code none;
  if (!is_json_lines(options.output) && fs::exists(options.output, none)) {
    throw Error(
        Error::Kind::kUsage, options.output,
        fmt::format("'{}' is there already; give another name, or remove it", options.output));
  }
  for (const std::string& text : options.texts) {
    if (text != "-" && !fs::exists(text, none)) {
      throw Error(Error::Kind::kMissing, text,
                  fmt::format("cannot read '{}': it is not there", text));
    }
  }
  FilesRead files_read;
  for (const std::string& text : options.texts) {
    add_texts(text, files_read);
  }
  check_output(options.output, files_read);
  const std::optional<std::vector<Layout>> layouts = load_layouts(options, files_read);
  if (!layouts) return kMistake;
  check_output(options.output, files_read);
  const BiographyReader reader(*layouts);

  Counts counts;
  Ids ids;
  std::optional<Date> latest;
  const auto warn = [&](const std::string& file, std::size_t line, const std::string& what) {
    print_error(line == 0 ? fmt::format("{}: warning: {}\n", file, what)
                          : fmt::format("{}:{}: warning: {}\n", file, line, what));
  };
  const auto refuse = [&](const BadInput& bad) {
    ++counts.refused;
    warn(bad.file, bad.line, bad.what);
  };
  const auto read_all =
      [&](const std::function<void(const Biography&, const std::string&)>& write) {
        read_biographies(
            options.texts, {options.limits.data.max_line_bytes, &files_read},
            [&](const BiographyText& text) {
              counts.bytes += text.bytes.size();
              Biography one = reader.read(std::string(text.id), text.bytes);
              const std::string file = text.line == 0 ? std::string(text.file)
                                                      : fmt::format("{}:{}", text.file, text.line);
              if (!one.unparsed.empty() && one.unparsed.front().reason == "not-decoded") {
                refuse({std::string(text.file), text.line, one.unparsed.front().text});
                return;
              }
              for (const Unparsed& each : one.unparsed) {
                if (each.reason.starts_with("conflicting-")) {
                  warn(file, each.source.line,
                       fmt::format("another date of {} than before; the first is kept",
                                   each.reason.substr(12)));
                }
              }
              std::string why;
              one.id =
                  ids.take(one.id, one.facts.contains("birth") ? one.facts.at("birth") : "", why);
              if (!why.empty()) warn(file, 0, why);
              for (const auto* rows : {&one.education, &one.career}) {
                for (const ImportedRow& row : *rows) {
                  for (const auto& date : {row.start, row.end}) {
                    if (date && (!latest || latest->last() < date->last())) latest = date;
                  }
                }
              }
              counts.add(one);
              write(one, file);
            },
            refuse);
      };

  if (options.output == "-") {
    read_all([&](const Biography& one, const std::string& file) {
      print_data(json_line(one, file, as_of), files_read);
    });
  } else if (is_json_lines(options.output)) {
    const Interruption interruption(options.output);
    const auto write = [&](std::ostream& out) {
      read_all([&](const Biography& one, const std::string& file) {
        out << json_line(one, file, as_of);
      });
    };
    write_stream(options.output, write, files_read);
  } else {
    const Interruption interruption(options.output);
    AsideFolder aside(options.output);
    PackageWriter writer(aside.path());
    read_all([&](const Biography& one, const std::string& file) { writer.write(one, file); });
    if (counts.people == 0) {
      throw Error(Error::Kind::kUsage, "", "there is no biography to read");
    }
    writer.close("imported", as_of ? as_of : latest);
    aside.keep();
  }
  if (!options.quiet) print_error(summary(counts, options, Terminal::of(stderr)));
  const bool unread = counts.entries_read < counts.entries || counts.refused > 0;
  return options.strict && unread ? kDiffers : kSuccess;
}

}  // namespace

void add_import(CommandLine& line) {
  auto options = std::make_shared<Options>();
  Command& command = line.add("import", "Turn biographies into a dataset");
  command
      .argument("TEXT", options->texts,
                "Text or HTML files, folders of them, JSON Lines of id and text, or - for "
                "standard input")
      .require();
  add_output_option(command, "-o,--output DATASET", options->output,
                    "The dataset to write: a new folder, a .jsonl file, or - for standard output")
      .require();
  command.option("--layout FILE", options->layouts,
                 "Layouts to use in place of those that come with cadre");
  command.option(
      "--as-of DATE", options->as_of,
      "The last day that the texts know; a data package otherwise has their latest date");
  command.flag("--strict", options->strict, "Exit with 1 when a dated entry could not be read");
  command.flag("-q,--quiet", options->quiet, "Do not print the summary");
  add_limit_option(command, options->limits);
  command.examples = {
      "cadre import biographies/ -o imported",
      "cadre import xu-dazhe.txt zhao-gang.html -o people.jsonl",
      "zstdcat all.jsonl.zst | cadre import - -o - | cadre classify rules.yaml - -o run.sqlite",
      "cadre import biographies/ -o imported --layout my-layout.yaml",
  };
  command.action = [options] { return run(*options); };
}

}  // namespace cadre::cli
