// The command line: it reads arguments, hands the work to the library and prints what comes back.
#include <fmt/format.h>

#include <csignal>
#include <exception>
#include <new>
#include <string>
#include <system_error>

#include "cadre/base/error.hpp"
#include "cadre/base/version.hpp"
#include "cli/command.hpp"
#include "cli/command_line.hpp"
#include "cli/help.hpp"
#include "cli/terminal.hpp"

namespace cadre::cli {
namespace {

CommandLine command_line() {
  CommandLine line("cadre",
                   "cadre classifies careers by rules: YAML in, labels with their evidence out.",
                   kVersion);
  line.program.examples = {
      "cadre check rules/macropolo-2022.yaml",
      "cadre classify rules/macropolo-2022.yaml datasets/provincial-leaders -o run.sqlite",
      "cadre figures run.sqlite",
      "cadre explain run.sqlite xu-dazhe technocrat",
  };
  return line;
}

void add_commands(CommandLine& line) {
  add_check(line);
  add_classify(line);
  add_figures(line);
  add_explain(line);
  add_evaluate(line);
  add_report(line);
  add_sweep(line);
  add_diff(line);
  add_query(line);
  add_import(line);
  add_completions(line);
}

int run(int argc, char** argv) {
  CommandLine line = command_line();
  add_commands(line);
  if (argc < 2) {
    print_error(help(line));
    return kMistake;
  }
  const Request request = line.read(argc, argv);
  if (!request.mistake.empty()) {
    print_error(request.mistake);
    return kMistake;
  }
  if (request.action) return request.action();
  print(request.answer, {});
  return kSuccess;
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
  } catch (const cadre::cli::StandardErrorIsRead&) {
    return cadre::cli::kMistake;  // a message would damage the file
  } catch (const cadre::Error& error) {
    // What a user asked for wrongly is told without the file, which was right.
    const std::string what = error.what();
    const bool names_file = error.path().empty() || what.find(error.path()) != std::string::npos ||
                            error.kind() == cadre::Error::Kind::kUsage;
    cadre::cli::print_error(
        fmt::format("cadre: {}{}\n", names_file ? "" : error.path() + ": ", what));
  } catch (const std::bad_alloc&) {
    cadre::cli::print_error("cadre: out of memory\n");
  } catch (const std::system_error& error) {
    // A thread that cannot be started lacks the memory for its stack.
    const bool memory = error.code() == std::errc::resource_unavailable_try_again ||
                        error.code() == std::errc::not_enough_memory;
    cadre::cli::print_error(memory ? std::string("cadre: out of memory\n")
                                   : fmt::format("cadre: internal error: {}\n", error.what()));
  } catch (const std::exception& error) {
    cadre::cli::print_error(fmt::format("cadre: internal error: {}\n", error.what()));
  }
  return cadre::cli::kMistake;
}
