// Terms, patterns and folding.
#include <re2/re2.h>

#include <algorithm>

#include "cadre/rules/pattern_check.hpp"
#include "cadre/text/fold.hpp"
#include "cadre/text/markup.hpp"
#include "cadre/text/term.hpp"
#include "cadre/text/utf8.hpp"
#include "fuzz/targets.hpp"

namespace cadre::fuzz {
namespace {

bool on_boundary(std::string_view text, std::size_t at) {
  return at == text.size() || (text[at] & 0xC0) != 0x80;
}

void hold_folding(std::string_view text, const Folding& folding) {
  const FoldedText folded(text, folding);
  must(!find_invalid_utf8(folded.text()), "folded text is UTF-8");
  must(fold(folded.text(), {Blanks::kKept, folding.accents}) == folded.text(),
       "folding what is folded changes nothing");
  must(folded.text().find('\n') == std::string_view::npos, "no folded text holds a line feed");

  FoldedBlock block;
  block.add("x", folding);
  block.add(text, folding);
  must(block.text().substr(block.begin(1), block.end(1) - block.begin(1)) == folded.text(),
       "a block folds as a text does");

  std::size_t last = 0;
  for (std::size_t at = 0; at <= folded.text().size(); ++at) {
    if (!on_boundary(folded.text(), at)) continue;
    const auto before = folded.source_span(0, at);
    must(before.begin <= before.end && before.end <= text.size(), "spans lie in the source");
    must(on_boundary(text, before.begin) && on_boundary(text, before.end),
         "spans lie on code points");
    must(before.end >= last, "what is later in the folded text is later in the source");
    last = before.end;
    const auto block_span = block[1].source_span(0, at);
    must(block_span.begin == before.begin && block_span.end == before.end,
         "a block leads back as a text does");
  }
}

void hold_term(std::string_view text, const Folding& folding) {
  const FoldedTerm term = fold_term(text, folding);
  must(!term.text.starts_with(' ') && !term.text.ends_with(' '),
       "a term has no spaces at its ends");
  must(!term.prefix || !term.boundary_after, "a prefix needs no boundary behind it");
  const std::string pattern = fold_pattern(text, folding);
  must(!find_invalid_utf8(pattern), "a folded pattern is UTF-8");
  re2::RE2::Options options;
  options.set_log_errors(false);
  options.set_case_sensitive(false);
  const bool good = text.size() < 200 && re2::RE2(std::string(text), options).ok() &&
                    re2::RE2(pattern, options).ok();
  if (good) check_pattern(text, folding);
}

void hold_any(std::string_view text) {
  std::string walked;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t before = at;
    append_utf8(next_code_point(text, at), walked);
    must(at > before && at <= text.size(), "a walk over a text comes to its end");
  }
  must(!find_invalid_utf8(walked), "ill-formed bytes read as U+FFFD");
  const auto bad = find_invalid_utf8(text);
  must(bad ? *bad < text.size() : walked == text, "well-formed text reads as it is");
  must(!bad || !find_invalid_utf8(text.substr(0, *bad)), "all before the first bad byte is good");
  display_width(text);
  must(escape_markup(text).find_first_of("<>\"") == std::string::npos, "markup is escaped");
}

}  // namespace

void terms(std::string_view bytes) {
  hold_any(bytes);
  if (find_invalid_utf8(bytes) || bytes.size() > 2000) return;
  for (const Blanks blanks : {Blanks::kDropped, Blanks::kKept}) {
    for (const Accents accents : {Accents::kFolded, Accents::kKept}) {
      hold_folding(bytes, {blanks, accents});
    }
  }
  while (!bytes.empty()) {
    const std::string_view line = bytes.substr(0, bytes.find('\n'));
    hold_term(line, {});
    hold_term(line, {Blanks::kDropped, Accents::kKept});
    bytes.remove_prefix(std::min(line.size() + 1, bytes.size()));
  }
}

}  // namespace cadre::fuzz
