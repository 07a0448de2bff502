#include "cli/junit.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <string_view>

#include "cadre/rules/render.hpp"
#include "cadre/text/utf8.hpp"

namespace cadre::cli {
namespace {

/// Whether XML 1.0 allows the character (section 2.2).
bool allowed(char32_t c) {
  return c == 0x9 || c == 0xA || c == 0xD || (c >= 0x20 && c <= 0xD7FF) ||
         (c >= 0xE000 && c <= 0xFFFD) || (c >= 0x10000 && c <= 0x10FFFF);
}

/// `text` as it may stand in an attribute or between tags.
std::string escaped(std::string_view text) {
  std::string out;
  for (std::size_t at = 0; at < text.size();) {
    const char32_t c = next_code_point(text, at);
    switch (c) {
      case U'&':
        out += "&amp;";
        break;
      case U'<':
        out += "&lt;";
        break;
      case U'>':
        out += "&gt;";
        break;
      case U'"':
        out += "&quot;";
        break;
      case U'\n':
        out += "&#10;";
        break;
      case U'\r':
        out += "&#13;";
        break;
      case U'\t':
        out += "&#9;";
        break;
      default:
        append_utf8(allowed(c) ? c : kReplacementCharacter, out);
    }
  }
  return out;
}

std::string open_case(const JUnitSuite& suite, const std::string& name, const Place& place) {
  std::string out =
      fmt::format("    <testcase classname=\"{}\" name=\"{}\" file=\"{}\"", escaped(suite.file),
                  escaped(name), escaped(place.path.empty() ? suite.file : place.path));
  if (place.line > 0) out += fmt::format(" line=\"{}\"", place.line);
  return out;
}

/// An element that says what went wrong.
std::string trouble(const char* element, const std::string& message, const std::string& details) {
  return fmt::format(">\n      <{0} message=\"{1}\">{2}</{0}>\n    </testcase>\n", element,
                     escaped(message), escaped(details));
}

std::string render(const JUnitSuite& suite) {
  Diagnostics errors;
  for (const Diagnostic& one : suite.diagnostics) {
    if (one.severity == Severity::kError && one.code != "test-failed") errors.push_back(one);
  }
  const auto failed =
      std::count_if(suite.results.begin(), suite.results.end(),
                    [](const RuleTestResult& result) { return !result.failure.empty(); });
  std::string out =
      fmt::format("  <testsuite name=\"{}\" tests=\"{}\" failures=\"{}\" errors=\"{}\">\n",
                  escaped(suite.file), suite.results.size() + 1, failed, errors.empty() ? 0 : 1);
  out += open_case(suite, "the file has no errors", {});
  out += errors.empty() ? "/>\n"
                        : trouble("error", fmt::format("{} of them", errors.size()),
                                  render_text(errors, false));
  for (const RuleTestResult& result : suite.results) {
    out += open_case(suite, result.name, result.place);
    if (result.failure.empty()) {
      out += "/>\n";
      continue;
    }
    std::string details = fmt::format("{}:{}:{}: {}\n", result.place.path, result.place.line,
                                      result.place.column, result.failure);
    if (!result.reason.empty()) details += result.reason + "\n";
    out += trouble("failure", result.failure, details);
  }
  return out + "  </testsuite>\n";
}

}  // namespace

std::string render_junit(const std::vector<JUnitSuite>& suites) {
  std::string out =
      "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites name=\"cadre check\">\n";
  for (const JUnitSuite& suite : suites) out += render(suite);
  return out + "</testsuites>\n";
}

}  // namespace cadre::cli
