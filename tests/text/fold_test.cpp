#include "cadre/text/fold.hpp"

#include <unicode/normalizer2.h>
#include <unicode/uchar.h>
#include <unicode/unistr.h>
#include <unicode/uscript.h>

#include <random>
#include <string>
#include <vector>

#include "cadre/text/han_variants.hpp"
#include "cadre/text/utf8.hpp"
#include "tests/catch.hpp"

namespace cadre {
namespace {

/// The source words that a piece of folded text stands for.
std::string quoted(std::string_view source, std::string_view folded) {
  const FoldedText text(source);
  const std::size_t at = text.text().find(folded);
  INFO("folded text: " << text.text());
  REQUIRE(at != std::string_view::npos);
  const auto span = text.source_span(at, at + folded.size());
  return std::string(source.substr(span.begin, span.end - span.begin));
}

TEST_CASE("folding") {
  struct Row {
    const char* source;
    const char* folded;
  };
  const Row rows[] = {
      {"", ""},
      {"Aerospace ENGINEER", "aerospace engineer"},
      {"ＩＴ行业", "it行业"},    // full width
      {"ﾊﾝｸﾞﾙ", "ハングル"},     // half width, with its mark composed
      {"機械製造", "机械制造"},  // Traditional
      {"乾隆", "干隆"},          // by character, not by phrase
      {"\uF96F", "说"},          // the compatibility form of 說
      {"ﬁne", "fine"},
      {"½", "1\u20442"},
      {"㈱", "(株)"},
      {"①②", "12"},
      {"Ⅷ", "viii"},
      {"㎏", "kg"},
      {"Straße", "strasse"},
      {"STRASSE", "strasse"},
      {"ΣΊΣΥΦΟΣ", "σισυφοσ"},  // no final sigma
      {"İ", "i"},
      {"cafe\u0301", "cafe"},
      {"и\u0306", "й"},  // composed
      {"CAFÉ", "cafe"},
      {"к\u0303", "к\u0303"},  // nothing to compose to
      {"soft\u00ADhyphen", "softhyphen"},
      {"zero\u200Bwidth\u200D\uFE0F", "zerowidth"},
      {"\u1112\u1161\u11ab", "한"},
      {"launch-vehicle", "launch vehicle"},
      {"launch  \t\r\n vehicle", "launch vehicle"},
      {"launch - vehicle", "launch vehicle"},
      {"launch\u2010\u2011\u2012\u2013\u2014\u2015\u2212vehicle", "launch vehicle"},
      {"launch\u3000\u00A0\u2028vehicle", "launch vehicle"},
      {"第一——第二", "第一 第二"},
      {"a\uFF0Db\uFE63c\u301Cd\u30A0e", "a b c d e"},
      {"  a- ", " a "},
      {"—", " "},
      {" \u00AD ", " "},         // nothing between two spaces
      {"a_b·c・d", "a_b·c・d"},  // no separators
      {"ー一", "ー一"},          // a long vowel and the number one are no dashes
      {"¨", " \u0308"},
      {"Xi’an", "xi'an"},
      {"Xi‘an Xi‛an Xiʼan Xiʻan Xi′an Xi＇an Xi`an", "xi'an xi'an xi'an xi'an xi'an xi'an xi'an"},
      {"a long word, Xi`an", "a long word, xi'an"},
      {"Xi´an", "xi'an"},
      {"ŉ", "'n"},
      {"\u2ed3\u2ecb\u2f49\u2f34", "长车月广"},  // radicals
      {"硏塲祕衞", "研场秘卫"},                  // variants
      {"着著", "着著"},                          // China writes both
      {"航\uFEFF天 a\uFEFFb", "航天 ab"},
  };
  for (const Row& row : rows) {
    CAPTURE(row.source);
    CHECK(fold(row.source) == row.folded);
    CHECK(fold(row.folded, {Blanks::kKept}) == row.folded);
  }
}

TEST_CASE("accents of Latin and Greek letters are dropped, unless they are kept") {
  struct Row {
    const char* source;
    const char* folded;
    const char* kept;
  };
  const Row rows[] = {
      {"École", "ecole", "école"},
      {"E\u0301cole", "ecole", "école"},
      {"q\u0302\u0323x", "qx", "q\u0323\u0302x"},
      {"Ñandú Åse Müller ČSSR", "nandu ase muller cssr", "ñandú åse müller čssr"},
      {"Nguyễn Đình Ơ", "nguyen dinh o", "nguyễn đình ơ"},
      {"Łódź Ørsted Ħal", "lodz orsted hal", "łódź ørsted ħal"},
      {"Ægir œuvre Þór", "aegir oeuvre thor", "ægir œuvre þór"},
      {"Ǿ ǽ", "o ae", "ǿ ǽ"},
      {"straße STRASSE", "strasse strasse", "strasse strasse"},
      {"İstanbul ılık", "istanbul ilik", "i\u0307stanbul ılık"},
      {"Ａ\u0301 ﬁ\u0301", "a fi", "á fí"},
      {"Άθως ᾧ ΐ", "αθωσ ωι ι", "άθωσ ὧι ΐ"},
      {"Йод Ёлка и\u0306 Ї ѓ", "йод ёлка й ї ѓ", "йод ёлка й ї ѓ"},
      {"ガ カ\u3099 क़ شّ", "ガ ガ क\u093c شّ", "ガ ガ क\u093c شّ"},
      {"1\u0301 航\u0301 \u0301", "1\u0301 航\u0301 \u0301", "1\u0301 航\u0301 \u0301"},
      {"əɑ", "əɑ", "əɑ"},
      {"a\u20DD\u0301", "a\u20DD\u0301", "a\u20DD\u0301"},
  };
  for (const Row& row : rows) {
    CAPTURE(row.source);
    CHECK(fold(row.source) == row.folded);
    CHECK(fold(row.source, {Blanks::kDropped, Accents::kKept}) == row.kept);
    CHECK(fold(row.folded) == row.folded);
  }
}

TEST_CASE("a span over letters without their accents is that of the source") {
  CHECK(quoted("l’École normale", "ecole") == "École");
  CHECK(quoted("E\u0301cole", "ecole") == "E\u0301cole");
  CHECK(quoted("une œuvre d’art", "oeuvre") == "œuvre");
  CHECK(quoted("Đỗ Mười", "do muoi") == "Đỗ Mười");
}

TEST_CASE("accents beyond the longest character go with its letter") {
  std::string marks = "e";
  for (int i = 0; i < 200; ++i) marks += "\u0316\u0301";
  CHECK(fold(marks + "n") == "en");
  CHECK(fold("и" + marks + "n") == "иen");
}

TEST_CASE("white space between Han characters is dropped, unless it is kept") {
  struct Row {
    const char* source;
    const char* dropped;
    const char* kept;
  };
  const Row rows[] = {
      {"省　长", "省长", "省 长"},
      {"航 天\n局", "航天局", "航 天 局"},
      {"航 \t\u3000\u2028\u00A0天", "航天", "航 天"},
      {"航\u200B \uFEFF 天", "航天", "航 天"},
      {"機　關", "机关", "机 关"},
      {"副省 \u2ed3", "副省长", "副省 长"},
      {"𠀀 𠀀 々 〇 航", "𠀀𠀀々〇航", "𠀀 𠀀 々 〇 航"},
      {"航 \uF96F", "航说", "航 说"},
      {"第一——第二", "第一 第二", "第一 第二"},  // a dash says something
      {"第一 - 第二", "第一 第二", "第一 第二"},
      {"第一—\u3000第二", "第一 第二", "第一 第二"},
      {" 航 ", " 航 ", " 航 "},
      {"第 1 院", "第 1 院", "第 1 院"},
      {"航 it 天", "航 it 天", "航 it 天"},
      {"航 の 天", "航 の 天", "航 の 天"},
      {"航 、天", "航 、天", "航 、天"},
      {"航 ¨天", "航 \u0308天", "航 \u0308天"},
      {"航\u0301 天", "航\u0301 天", "航\u0301 天"},
      {"航 天\u0301", "航天\u0301", "航 天\u0301"},
      {"launch vehicle", "launch vehicle", "launch vehicle"},
  };
  for (const Row& row : rows) {
    CAPTURE(row.source);
    CHECK(fold(row.source) == row.dropped);
    CHECK(fold(row.source, {Blanks::kKept}) == row.kept);
    CHECK(fold(row.kept, {Blanks::kKept}) == row.kept);
  }
}

TEST_CASE("a span over blanks that were dropped has them, and one beside them has not") {
  CHECK(quoted("任副省　 长等", "副省长") == "副省　 长");
  CHECK(quoted("任副省　 长等", "省") == "省");
  CHECK(quoted("任副省　 长等", "长等") == "长等");
  CHECK(quoted("航\n\u200B天", "航天") == "航\n\u200B天");
  CHECK(quoted("機 械 It 工 程", "工程") == "工 程");
  CHECK(quoted("航 天 a  b", "a b") == "a  b");
  const FoldedText text("航 天");
  CHECK(text.between_characters(3));
  CHECK(text.source_span(3, 3).begin == 4);
}

TEST_CASE("the way back to the source") {
  CHECK(quoted("在機械廠工作", "机械厂") == "機械廠");
  CHECK(quoted("搞ＩＴ行业", "it") == "ＩＴ");
  CHECK(quoted("the launch \u2014 Vehicle.", "launch vehicle") == "launch \u2014 Vehicle");
  CHECK(quoted("  a", " ") == "  ");
  CHECK(quoted("a - ", " ") == " - ");
  CHECK(quoted("soft\u00ADhyphen", "soft") == "soft\u00AD");
  CHECK(quoted("soft\u00ADhyphen", "hyphen") == "hyphen");
  CHECK(quoted("\u00ADa", "a") == "a");
  CHECK(quoted("un cafe\u0301 noir", "cafe") == "cafe\u0301");
}

TEST_CASE("a part of what a source character folds to stands for all of it") {
  CHECK(quoted("甲㈱乙", "株") == "㈱");
  CHECK(quoted("ﬁne", "i") == "ﬁ");
  CHECK(quoted("Straße", "s") == "S");
  CHECK(quoted("weiß nicht", "s n") == "ß n");
  CHECK(quoted("q\u0303", "q") == "q\u0303");
  // Half of the bytes of a code point.
  CHECK(quoted("航天", std::string_view("天").substr(0, 1)) == "天");
}

TEST_CASE("empty ranges have empty spans") {
  const FoldedText text("ab航");
  for (const std::size_t at : {0u, 1u, 2u, 5u}) {
    const auto span = text.source_span(at, at);
    CHECK(span.begin == at);
    CHECK(span.end == at);
  }
  const auto nothing = FoldedText("").source_span(0, 0);
  CHECK(nothing.begin == 0);
  CHECK(nothing.end == 0);
}

TEST_CASE("between source characters") {
  const auto places = [](std::string_view source) {
    const FoldedText text(source);
    std::vector<std::size_t> out;
    for (std::size_t at = 0; at <= text.text().size(); ++at) {
      if (text.between_characters(at)) out.push_back(at);
    }
    return out;
  };
  using Places = std::vector<std::size_t>;
  CHECK(places("") == Places{0});
  CHECK(places("ab") == Places{0, 1, 2});
  CHECK(places("航b") == Places{0, 3, 4});
  CHECK(places("aﬁ") == Places{0, 1, 3});
  CHECK(places("㈱") == Places{0, 5});
  CHECK(places("к\u0303x") == Places{0, 4, 5});
  CHECK(places("q\u0303x") == Places{0, 1, 2});
  CHECK(places("a - b") == Places{0, 1, 2, 3});
  CHECK(places("a ¨b") == Places{0, 1, 4, 5});
}

TEST_CASE("a folded text can be used again") {
  FoldedText text("first text");
  text.assign("乙");
  CHECK(text.text() == "乙");
  CHECK(text.source_span(0, 3).end == 3);
  text.assign("");
  CHECK(text.text().empty());
}

TEST_CASE("a block folds each text as if it stood alone") {
  const std::vector<std::string> sources = {"航 天",
                                            "航",
                                            " 天",
                                            "ＩＴ、機械",
                                            "",
                                            " a - b ",
                                            "\u0301e\u0301",
                                            "㈱",
                                            "\u00AD",
                                            "Launch  VEHICLE of many words",
                                            "x"};
  FoldedBlock block;
  for (int again = 0; again < 2; ++again) {
    block.clear();
    for (const std::string& source : sources) block.add(source);
    REQUIRE(block.size() == sources.size());
    for (std::size_t i = 0; i < sources.size(); ++i) {
      CAPTURE(sources[i]);
      const FoldedText alone(sources[i]);
      const FoldedView folded = block[i];
      REQUIRE(folded.text() == alone.text());
      CHECK(block.text()[block.end(i)] == '\n');
      CHECK(block.text().substr(block.begin(i), block.end(i) - block.begin(i)) == alone.text());
      for (std::size_t at = 0; at <= folded.text().size(); ++at) {
        CHECK(folded.between_characters(at) == alone.between_characters(at));
        const auto span = folded.source_span(0, at);
        CHECK(span.begin == alone.source_span(0, at).begin);
        CHECK(span.end == alone.source_span(0, at).end);
      }
    }
  }
}

TEST_CASE("bytes that are not UTF-8 fold to something") {
  for (const char* bytes : {"\xE8", "\xE8\x88", "\x88", "\xFF", "a\xC3", "\xE0\x80\x80",
                            "\xED\xA0\x80", "\xF4\x90\x80\x80", "\xE8\x41\x42", "abcdefgh\xE8"}) {
    CHECK_FALSE(find_invalid_utf8(fold(bytes)));
  }
}

TEST_CASE("long runs of combining marks are cut") {
  std::string marks = "к";
  for (int i = 0; i < 200; ++i) marks += "\u0316\u0301";
  const FoldedText text(marks + "n");
  CHECK(text.text().ends_with("n"));
  const auto span = text.source_span(text.text().size() - 1, text.text().size());
  CHECK(span.begin == marks.size());
  CHECK(text.source_span(0, text.text().size() - 1).end == marks.size());
}

char32_t slow_apostrophe(char32_t c) {
  constexpr std::u32string_view kAll =
      U"`\u00B4\u02B9\u02BB\u02BC\u02BD\u0384\u055A\u05F3\u1FFD‘’‛′‵\uA78C";
  return kAll.find(c) == std::u32string_view::npos ? c : U'\'';
}

/// What is left of a character of a text in NFKC. `after_letter`: whether one that loses accents
/// stood before it, other accents aside; kept for the next.
std::u32string slow_base(char32_t c, bool& after_letter, const Folding& folding) {
  constexpr std::u32string_view kBarred = U"đħıłøŧðŋƀƈƒƙƚƞƥƭƴƶǥȷȼɇɉɍɏɓɖɗɛɠɨɲʈʉʋⱥⱦ";
  constexpr std::u32string_view kPlain = U"dhilotdnbcfklnptyzgjcejrybddegintuvat";
  static_assert(kBarred.size() == kPlain.size());
  const auto code = static_cast<UChar32>(c);
  if (folding.accents == Accents::kKept) return {c};
  if (u_getCombiningClass(code) != 0 && after_letter) return {};
  UErrorCode status = U_ZERO_ERROR;
  const bool western = uscript_getScript(code, &status) == USCRIPT_LATIN ||
                       uscript_getScript(code, &status) == USCRIPT_GREEK;
  after_letter = western && u_isalpha(code) != 0;
  if (!after_letter) return {c};
  const auto base = static_cast<char32_t>(icu::Normalizer2::getNFDInstance(status)
                                              ->normalize(icu::UnicodeString(code), status)
                                              .char32At(0));
  if (base == U'æ') return U"ae";
  if (base == U'œ') return U"oe";
  if (base == U'þ') return U"th";
  const std::size_t at = kBarred.find(base);
  return {at == std::u32string_view::npos ? base : kPlain[at]};
}

/// Folding by its definition, on the whole text at once, step after step.
std::string fold_slowly(std::string_view source, const Folding& folding = {}) {
  icu::UnicodeString straight;
  for (std::size_t at = 0; at < source.size();) {
    straight.append(static_cast<UChar32>(slow_apostrophe(next_code_point(source, at))));
  }
  UErrorCode status = U_ZERO_ERROR;
  const auto* normalizer = icu::Normalizer2::getNFKCCasefoldInstance(status);
  const auto normal = normalizer->normalize(straight, status);
  REQUIRE(U_SUCCESS(status));

  struct Letter {
    char32_t code = 0;
    bool separates = false;
    bool blank = false;  // nothing but white space
  };
  std::vector<Letter> letters;
  bool after_letter = false;
  for (std::int32_t i = 0; i < normal.length(); i = normal.moveIndex32(i, 1)) {
    const UChar32 c = normal.char32At(i);
    const bool white = u_isUWhiteSpace(c) != 0;
    if (white || u_hasBinaryProperty(c, UCHAR_DASH) || u_charType(c) == U_DASH_PUNCTUATION) {
      if (letters.empty() || !letters.back().separates) letters.push_back({U' ', true, true});
      letters.back().blank = letters.back().blank && white;
      after_letter = false;
    } else {
      for (const char32_t to : slow_base(static_cast<char32_t>(c), after_letter, folding)) {
        letters.push_back({simplified(slow_apostrophe(to)), false, false});
      }
    }
  }
  const auto han = [&](std::size_t at) {
    if (at >= letters.size()) return false;
    const auto code = static_cast<UChar32>(letters[at].code);
    return uscript_getScript(code, &status) == USCRIPT_HAN && u_getCombiningClass(code) == 0 &&
           u_charType(code) != U_NON_SPACING_MARK && u_charType(code) != U_COMBINING_SPACING_MARK;
  };
  std::string out;
  for (std::size_t at = 0; at < letters.size(); ++at) {
    const bool dropped = folding.blanks == Blanks::kDropped && letters[at].blank && at > 0 &&
                         han(at - 1) && han(at + 1);
    if (!dropped) append_utf8(letters[at].code, out);
  }
  return out;
}

TEST_CASE("every code point folds as the definition says, and folding twice is folding once") {
  for (char32_t c = 1; c <= 0x10FFFF; ++c) {
    if (c >= 0xD800 && c <= 0xDFFF) continue;
    std::string source;
    append_utf8(c, source);
    for (const Folding& folding : {Folding{}, Folding{Blanks::kDropped, Accents::kKept}}) {
      const std::string folded = fold(source, folding);
      if (folded != fold_slowly(source, folding) || fold(folded, folding) != folded) {
        CAPTURE(static_cast<std::uint32_t>(c), folded);
        CHECK(folded == fold_slowly(source, folding));
        CHECK(fold(folded, folding) == folded);
      }
    }
  }
  SUCCEED();
}

TEST_CASE("every character between others folds as the definition says") {
  std::vector<std::string> wrong;
  for (char32_t c = 1; c <= 0x10FFFF; ++c) {
    if (c >= 0xD800 && c <= 0xDFFF) continue;
    if (c == 0x3134B) c = 0xE0000;
    if (c == 0xE1000) c = 0x10FF00;
    for (const auto& [before, after] : {std::pair("航", "天"), std::pair("航 ", "天"),
                                        std::pair("航", "\u3000天"), std::pair("a'", " b")}) {
      std::string source = before;
      append_utf8(c, source);
      source += after;
      if (fold(source) != fold_slowly(source)) wrong.push_back(source);
    }
  }
  CHECK(wrong == std::vector<std::string>());
}

TEST_CASE("random texts fold as the definition says, with spans that cover them in order") {
  const std::u32string alphabet =
      U"aBéeøÆŁийёñệάᾧıＩ１½ﬁß機机國國㈱ "
      U"ー-—\u3000 "
      U"\u3000\t航天省长⻓⼯々𠀀’´`"
      U"着著の\uFEFF\u00AD\u200B\u0301\u0323\u0307\u3099カｶﾞガ\u1112\u1161\u11ab"
      U"한\u1100\u093F\uFE0F𠀀𩵚\n´İʼnΐΐ\u0345\u2126";
  std::mt19937 random(20220430);
  std::uniform_int_distribution<std::size_t> pick(0, alphabet.size() - 1);
  std::uniform_int_distribution<int> length(0, 12);
  for (int round = 0; round < 40'000; ++round) {
    std::string source;
    for (int i = length(random); i > 0; --i) append_utf8(alphabet[pick(random)], source);
    CAPTURE(source);
    const Folding folding{round % 3 == 0 ? Blanks::kKept : Blanks::kDropped,
                          round % 5 < 2 ? Accents::kKept : Accents::kFolded};
    const FoldedText text(source, folding);
    REQUIRE(text.text() == fold_slowly(source, folding));
    REQUIRE_FALSE(find_invalid_utf8(text.text()));
    REQUIRE(fold(text.text(), {Blanks::kKept, folding.accents}) == text.text());

    // Cutting at the places between characters gives spans that follow each other, each on
    // code-point boundaries, and each folding to its piece.
    std::size_t last = 0;
    std::uint32_t last_end = 0;
    for (std::size_t at = 1; at <= text.text().size(); ++at) {
      if (!text.between_characters(at)) continue;
      const auto span = text.source_span(last, at);
      REQUIRE(span.begin >= last_end);
      REQUIRE(span.begin < span.end);
      const std::string piece = source.substr(span.begin, span.end - span.begin);
      REQUIRE_FALSE(find_invalid_utf8(piece));
      REQUIRE(fold(piece, folding) == text.text().substr(last, at - last));
      REQUIRE(text.folded_offset(span.begin) == last);
      REQUIRE(text.folded_offset(span.end) == at);
      last = at;
      last_end = span.end;
    }
    REQUIRE(last_end <= source.size());
  }
}

TEST_CASE("which characters join words") {
  for (const char32_t c : U"az09éßлωאع\u0301") {
    if (c == 0) continue;
    CAPTURE(static_cast<std::uint32_t>(c));
    CHECK(joins_words(c));
  }
  for (const char32_t c : U" _.,'·()（）、+*/航机〇々〆あアーㄅ한ꀀไลខမབ\u3099€") {
    CAPTURE(static_cast<std::uint32_t>(c));
    CHECK_FALSE(joins_words(c));
  }
}

}  // namespace
}  // namespace cadre
