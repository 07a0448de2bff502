// Rule files: whatever the bytes, loading ends in rules or in errors that have a place, and the
// rest is sound.
#include <nlohmann/json.hpp>

#include "cadre/classify/classifier.hpp"
#include "cadre/classify/rule_tests.hpp"
#include "cadre/import/layout_tests.hpp"
#include "cadre/rules/load.hpp"
#include "cadre/rules/render.hpp"
#include "cadre/run/figure_check.hpp"
#include "cadre/text/utf8.hpp"
#include "fuzz/bundle.hpp"
#include "fuzz/targets.hpp"

namespace cadre::fuzz {
namespace {

constexpr std::size_t kMostBytes = 20'000;

void hold(const Place& place) {
  must(!find_invalid_utf8(place.excerpt), "an excerpt is UTF-8");
  must(place.end_column >= place.column, "a place ends after it begins");
}

void hold(const Diagnostics& diagnostics) {
  for (const Diagnostic& one : diagnostics) {
    must(!one.code.empty() && !one.message.empty(), "a diagnostic has a code and a message");
    must(!find_invalid_utf8(one.message) && !find_invalid_utf8(one.hint), "messages are UTF-8");
    hold(one.place);
    for (const Diagnostic::Note& note : one.notes) hold(note.place);
  }
  must(render_text(diagnostics).empty() == diagnostics.empty(), "what is wrong is told");
  const auto list = nlohmann::json::parse(render_json(diagnostics));
  must(list.size() == diagnostics.size(), "render_json gives every diagnostic");
  must(nlohmann::json::parse(render_sarif(diagnostics)).is_object(), "SARIF is JSON");
}

constexpr const char* kRoot = "a.yaml";

Loaded load(const Bundle& files) {
  if (!files.contains(kRoot)) return {};
  Loaded loaded = load_rules(kRoot, reading(files));
  must(loaded.rules.has_value() != has_errors(loaded.diagnostics), "rules or errors");
  return loaded;
}

}  // namespace

void rules(std::string_view bytes) {
  if (bytes.size() > kMostBytes) return;
  const Bundle files = unpack(bytes, kRoot);
  const Loaded loaded = load(files);
  hold(loaded.diagnostics);
  for (const Diagnostic& one : loaded.diagnostics) {
    must(one.place.line >= 1 && one.place.column >= 1, "a mistake in a rule file has a place");
  }
  if (loaded.sources == nullptr) return;
  const SoundPart sound = loaded.sound_part();
  hold(sound.left_out);
  must(!has_errors(sound.left_out), "what is left out for another's mistake is a warning");
  must(sound.rules.labels.size() == sound.rules.evaluation_order.size(), "sound labels are whole");
}

void check(std::string_view bytes) {
  if (bytes.size() > kMostBytes) return;
  const Bundle files = unpack(bytes, kRoot);
  const Loaded loaded = load(files);
  if (!loaded.rules) return;
  hold(check_figures(*loaded.rules));
  for (const RuleTestReport& tests :
       {run_rule_tests(*loaded.rules), run_layout_tests(*loaded.rules)}) {
    hold(tests.diagnostics);
    must(tests.results.size() == tests.run && tests.failed <= tests.run, "every test is counted");
  }
}

}  // namespace cadre::fuzz
