// The command line: it reads arguments, hands the work to the library and prints what comes back.
#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <csignal>
#include <exception>
#include <new>
#include <sstream>
#include <string>

#include "cadre/base/error.hpp"
#include "cadre/base/version.hpp"
#include "cli/command.hpp"
#include "cli/help.hpp"
#include "cli/terminal.hpp"

namespace cadre::cli {
namespace {

void add_commands(CLI::App& app, Action& action) {
  add_check(app, action);
  add_classify(app, action);
  add_figures(app, action);
  add_explain(app, action);
  add_evaluate(app, action);
  add_report(app, action);
  add_sweep(app, action);
  add_diff(app, action);
  add_query(app, action);
  add_import(app, action);
  add_completions(app, action);
}

int run(int argc, char** argv) {
  CLI::App app("cadre classifies careers by rules: YAML in, labels with their evidence out.",
               "cadre");
  set_help(app);
  app.set_version_flag("--version", "cadre " + std::string(kVersion), "Print the version");
  app.require_subcommand(1);
  app.footer(examples({
      "cadre check rules/macropolo-2022.yaml",
      "cadre classify rules/macropolo-2022.yaml datasets/provincial-leaders -o run.sqlite",
      "cadre figures run.sqlite",
      "cadre explain run.sqlite xu-dazhe technocrat",
  }));
  Action action;
  add_commands(app, action);
  if (argc < 2) {
    print_error(app.help());
    return kMistake;
  }

  try {
    app.parse(argc, argv);
  } catch (const CLI::Success& asked) {  // --help, --version
    std::ostringstream text;
    app.exit(asked, text);
    print(text.view());
    return kSuccess;
  } catch (const CLI::ParseError& error) {
    print_error(usage_error(app, error));
    return kMistake;
  }
  return action();
}

}  // namespace
}  // namespace cadre::cli

int main(int argc, char** argv) {
  // A reader that goes away (`cadre query ... | head`) is told by the failing write, so that a file
  // which is being written is not left half done.
  std::signal(SIGPIPE, SIG_IGN);
  std::signal(SIGXFSZ, SIG_IGN);  // a file that may not grow, likewise
  try {
    return cadre::cli::run(argc, argv);
  } catch (const cadre::cli::ClosedPipe&) {
    // Ends as programs do that know nothing of pipes.
    std::signal(SIGPIPE, SIG_DFL);
    std::raise(SIGPIPE);
  } catch (const cadre::Error& error) {
    // What a user asked for wrongly is told without the file, which was right.
    const std::string what = error.what();
    const bool names_file = error.path().empty() || what.find(error.path()) != std::string::npos ||
                            error.kind() == cadre::Error::Kind::kUsage;
    cadre::cli::print_error(
        fmt::format("cadre: {}{}\n", names_file ? "" : error.path() + ": ", what));
  } catch (const std::bad_alloc&) {
    cadre::cli::print_error("cadre: out of memory\n");
  } catch (const std::exception& error) {
    cadre::cli::print_error(fmt::format("cadre: internal error: {}\n", error.what()));
  }
  return cadre::cli::kMistake;
}
