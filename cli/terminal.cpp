#include "cli/terminal.hpp"

#include <sys/ioctl.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <optional>

#include "cadre/base/error.hpp"
#include "cadre/rules/render.hpp"
#include "cadre/text/utf8.hpp"
#include "cadre/text/visible.hpp"

namespace cadre::cli {
namespace {

// A style is a byte that UTF-8 does not have, then a letter. Should a name hold such bytes, it gets
// a colour and nothing worse.
constexpr char kMark = '\xFF';
constexpr char kFirstStyle = 'a';
constexpr char kNoStyle = 'z';

std::string_view code_of(Style style) {
  switch (style) {
    case Style::kBold:
      return "1";
    case Style::kDim:
      return "2";
    case Style::kRed:
      return "31";
    case Style::kGreen:
      return "32";
    case Style::kYellow:
      return "33";
    case Style::kCyan:
      return "36";
    default:
      return "1;30;43";
  }
}

/// The escape sequence of the mark at `at`; nothing when there is none.
std::optional<std::string> mark_at(std::string_view text, std::size_t at) {
  if (text[at] != kMark || at + 1 == text.size()) return std::nullopt;
  const char letter = text[at + 1];
  if (letter == kNoStyle) return "\033[0m";
  const int style = letter - kFirstStyle;
  if (style < 0 || style > static_cast<int>(Style::kMatch)) return std::nullopt;
  return "\033[" + std::string(code_of(static_cast<Style>(style))) + "m";
}

/// Text as a terminal may get it.
std::string for_people(std::string_view text, bool colour) {
  if (!colour) return visible(text);
  std::string out;
  std::size_t begin = 0;
  for (std::size_t at = text.find(kMark); at != std::string_view::npos;
       at = text.find(kMark, at + 1)) {
    const auto escape = mark_at(text, at);
    if (!escape) continue;
    out += visible(text.substr(begin, at - begin)) + *escape;
    begin = at + 2;
  }
  return out + visible(text.substr(begin));
}

void write_out(std::string_view text, const FilesRead& read) {
  read.refuse("/dev/stdout");
  if (std::fwrite(text.data(), 1, text.size(), stdout) != text.size() || std::fflush(stdout) != 0) {
    if (errno == EPIPE) throw ClosedPipe();
    throw Error(Error::Kind::kIo, "",
                std::string("cannot write to standard output: ") + std::strerror(errno));
  }
}

void write_error(std::string_view text) {
  std::fwrite(text.data(), 1, text.size(), stderr);
  std::fflush(stderr);
}

}  // namespace

Terminal Terminal::of(std::FILE* stream) {
  Terminal terminal;
  const int descriptor = fileno(stream);
  terminal.is_terminal = isatty(descriptor) == 1;
  const char* no_color = std::getenv("NO_COLOR");
  const char* kind = std::getenv("TERM");
  terminal.colour = terminal.is_terminal && (no_color == nullptr || *no_color == '\0') &&
                    (kind == nullptr || std::string_view(kind) != "dumb");
  winsize size{};
  if (terminal.is_terminal && ioctl(descriptor, TIOCGWINSZ, &size) == 0 && size.ws_col > 20) {
    terminal.width = size.ws_col;
  }
  return terminal;
}

std::string Terminal::styled(Style style, std::string_view text) const {
  if (!colour) return std::string(text);
  std::string out = {kMark, static_cast<char>(kFirstStyle + static_cast<char>(style))};
  out += text;
  out += {kMark, kNoStyle};
  return out;
}

void print(std::string_view text, const FilesRead& read) {
  write_out(for_people(text, Terminal::of(stdout).colour), read);
}

void print_data(std::string_view data, const FilesRead& read) {
  if (Terminal::of(stdout).is_terminal) {
    write_out(visible_data(data), read);
  } else {
    write_out(data, read);
  }
}

void print_error(std::string_view text) {
  write_error(for_people(text, Terminal::of(stderr).colour));
}

void print_error(const Diagnostics& diagnostics) {
  write_error(render_text(diagnostics, Terminal::of(stderr).colour));
}

void print_status(std::string_view line) {
  write_error(line.empty() ? std::string("\r\033[K") : "\r" + visible(line));
}

std::size_t styled_width(std::string_view text) {
  std::string plain;
  for (std::size_t at = 0; at < text.size(); ++at) {
    if (mark_at(text, at)) {
      ++at;
    } else {
      plain += text[at];
    }
  }
  return display_width(plain);
}

std::string cut_to_width(std::string_view text, std::size_t width) {
  if (display_width(text) <= width) return std::string(text);
  std::size_t used = 0;
  std::size_t end = 0;
  while (end < text.size()) {
    std::size_t next = end;
    next_code_point(text, next);
    const std::size_t step = display_width(text.substr(end, next - end));
    if (used + step + 1 > width) break;
    used += step;
    end = next;
  }
  return std::string(text.substr(0, end)) + "…";
}

std::string padded(std::string_view text, std::size_t width) {
  const std::size_t used = display_width(text);
  std::string result(text);
  if (used < width) result.append(width - used, ' ');
  return result;
}

std::string wrapped(std::string_view text, std::size_t width) {
  std::string out;
  std::size_t used = 0;
  std::size_t at = 0;
  while (at < text.size()) {
    const std::size_t end = std::min(text.find_first_of(" \n", at), text.size());
    const std::string_view word = text.substr(at, end - at);
    at = end + 1;
    if (word.empty()) continue;
    const std::size_t columns = display_width(word);
    if (used > 0 && used + 1 + columns > width) {
      out += '\n';
      used = 0;
    } else if (used > 0) {
      out += ' ';
      ++used;
    }
    out += word;
    used += columns;
  }
  return out;
}

}  // namespace cadre::cli
