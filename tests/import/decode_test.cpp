// Encodings are recognised, converted, or named as what they are not.
#include "cadre/import/decode.hpp"

#include "tests/catch.hpp"

namespace cadre {
namespace {

using Catch::Matchers::ContainsSubstring;

TEST_CASE("decode: UTF-8, with and without a byte order mark") {
  CHECK(decode_text("许达哲").encoding == "UTF-8");
  const DecodedText marked = decode_text("\xEF\xBB\xBF许");
  CHECK(marked.text.text() == "许");
  CHECK(marked.text.source(0) == 3);
  CHECK(marked.text.source(3) == 6);
}

TEST_CASE("decode: GB18030") {
  const DecodedText read = decode_text("1982 \xB1\xB1\xBE\xA9\n");  // 北京
  CHECK(read.problem.empty());
  CHECK(read.encoding == "GB18030");
  CHECK(read.text.text() == "1982 北京\n");
  CHECK(read.text.source(5) == 5);
  CHECK(read.text.source(8) == 7);
  CHECK(read.text.source(11) == 9);
}

TEST_CASE("decode: UTF-16, with and without a byte order mark") {
  const std::string little("\xFF\xFE\x17\x53\xAC\x4E", 6);  // 北京
  CHECK(decode_text(little).encoding == "UTF-16LE");
  CHECK(decode_text(little).text.text() == "北京");
  CHECK(decode_text(little).text.source(3) == 4);
  const std::string big("\xFE\xFF\x53\x17\x4E\xAC", 6);
  CHECK(decode_text(big).text.text() == "北京");
  // Two units for one character, and what follows keeps its place.
  const std::string pair("\xFF\xFE\x42\xD8\xB7\xDF\x17\x53", 8);
  CHECK(decode_text(pair).text.text() == "𠮷北");
  CHECK(decode_text(pair).text.source(4) == 6);
  const std::string plain("1\0009\0008\0002\0", 8);
  CHECK(decode_text(plain).encoding == "UTF-16LE");
  CHECK(decode_text(plain).text.text() == "1982");
}

TEST_CASE("decode: what is no text in one encoding says so") {
  CHECK_THAT(decode_text("北京大学\n\xB1\xB1\xBE\xA9\n").problem,
             ContainsSubstring("the file mixes encodings: byte 14, 0xB1, is not UTF-8"));
  CHECK_THAT(decode_text("abc\xFF\xFF\xFF").problem, ContainsSubstring("neither GB18030"));
  const std::string zero("some text of a file that is none, really\0x", 42);
  CHECK_THAT(decode_text(zero).problem, ContainsSubstring("byte 41 is zero"));
  const std::string half("\xFF\xFE\x17", 3);
  CHECK_THAT(decode_text(half).problem, ContainsSubstring("says that it is UTF-16LE and is not"));
}

}  // namespace
}  // namespace cadre
