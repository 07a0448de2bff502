// Whatever happens to the bytes of a dataset, loading it ends in people or in a message.
#include <random>
#include <string>

#include "cadre/base/error.hpp"
#include "cadre/base/files.hpp"
#include "cadre/data/compressed.hpp"
#include "cadre/data/csv.hpp"
#include "cadre/data/dataset.hpp"
#include "tests/catch.hpp"
#include "tests/data/small_package.hpp"
#include "tests/support/compress.hpp"

namespace cadre {
namespace {

using testing::SmallPackage;

class Damage {
 public:
  explicit Damage(unsigned seed) : random_(seed) {}

  std::size_t below(std::size_t limit) {
    return std::uniform_int_distribution<std::size_t>(0, limit - 1)(random_);
  }

  /// One to four changes: a byte set, put in or taken out, a piece repeated, the end cut off.
  std::string of(std::string text) {
    static const std::string kLikely = "\"\\,;:{}[]\n\r\0 \t-.0123456789aen\xFF\xC3\xE8";
    for (std::size_t changes = 1 + below(4); changes > 0 && !text.empty(); --changes) {
      const std::size_t at = below(text.size());
      const char byte =
          below(3) == 0 ? static_cast<char>(below(256)) : kLikely[below(kLikely.size())];
      switch (below(5)) {
        case 0:
          text.insert(at, 1, byte);
          break;
        case 1:
          text.erase(at, 1 + below(4));
          break;
        case 2:
          text.insert(at, text, at, below(40));
          break;
        case 3:
          if (below(4) == 0) text.resize(at);
          break;
        default:
          text[at] = byte;
      }
    }
    return text;
  }

 private:
  std::mt19937 random_;
};

/// Loads, and checks that there is a dataset, or a reason why there is none.
void check_load(const std::string& path) {
  try {
    const LoadedDataset loaded = load_dataset(path);
    CHECK(loaded.dataset.has_value() != has_errors(loaded.diagnostics));
    for (const Diagnostic& one : loaded.diagnostics) {
      CHECK_FALSE(one.message.empty());
      CHECK_FALSE(one.place.path.empty());
      CHECK(one.place.end_column >= one.place.column);
    }
  } catch (const Error& error) {
    CHECK_FALSE(std::string(error.what()).empty());
  }
}

TEST_CASE("damage: a data package with changed bytes") {
  Damage damage(20221231);
  SmallPackage package;
  for (const std::string file :
       {"datapackage.json", "people.csv", "education.csv", "provinces.csv"}) {
    const std::string whole = read_file(package.folder() + "/" + file);
    for (int round = 0; round < 400; ++round) {
      CAPTURE(file, round);
      package.change(file, "", damage.of(whole));
      check_load(package.folder());
    }
    package.change(file, "", whole);
  }
  check_load(package.folder());
}

TEST_CASE("damage: JSON Lines with changed bytes") {
  Damage damage(1956);
  const std::string whole =
      R"({"id": "a", "name_zh": "许达哲", "birth": 1956, "education": [{"start": "1978-03", )"
      R"("end": "1982-03", "field_zh": "机械\u5236造", "degree": "bachelor"}], "career": []})"
      "\n"
      R"({"career": [{"id": "c1", "org_en": "Ministry \"7\"", "end": ".."}, {}], "id": "b"})"
      "\n";
  const testing::TemporaryFolder folder;
  for (int round = 0; round < 3000; ++round) {
    CAPTURE(round);
    check_load(folder.write("p.jsonl", damage.of(whole)).string());
  }
}

TEST_CASE("damage: every beginning of a JSON line") {
  const std::string whole =
      R"({"id": "a", "birth": 1956, "education": [{"start": "1978-03", "degree": null}, {}]})";
  for (std::size_t size = 0; size < whole.size(); ++size) {
    CAPTURE(size);
    Diagnostics diagnostics;
    CHECK_FALSE(parse_person(std::string_view(whole).substr(0, size), Schema::standard(), "p", 1,
                             diagnostics));
    CHECK_FALSE(diagnostics.empty());
  }
}

TEST_CASE("damage: compressed files with changed bytes") {
  Damage damage(7);
  std::string text;
  for (int i = 0; i < 200; ++i) text += "{\"id\": \"person-" + std::to_string(i * 7919) + "\"}\n";
  for (const std::string& packed : {testing::gzip(text), testing::zstd(text)}) {
    for (int round = 0; round < 1500; ++round) {
      CAPTURE(round);
      try {
        decompress(damage.of(packed), "p", std::size_t{1} << 24);
      } catch (const Error& error) {
        CHECK((error.kind() == Error::Kind::kCorrupt || error.kind() == Error::Kind::kLimit));
      }
    }
  }
}

TEST_CASE("damage: any bytes are rows of CSV, and no byte is lost between them") {
  Damage damage(31);
  for (int round = 0; round < 2000; ++round) {
    CAPTURE(round);
    const std::string text = damage.of("id,name\n1,\"a \"\"b\"\"\"\r\n2,\"c\nd\"\n,\n");
    CsvReader reader(text);
    std::vector<CsvCell> cells;
    std::size_t end = 0;
    while (reader.next(cells)) {
      REQUIRE_FALSE(cells.empty());
      for (const CsvCell& cell : cells) {
        CHECK(cell.begin >= end);
        CHECK(cell.end >= cell.begin);
        // Only delimiters and line ends lie between two cells.
        CHECK(text.find_first_not_of(",\r\n\xEF\xBB\xBF", end) >= cell.begin);
        end = cell.end;
      }
      CHECK(reader.position() >= end);
    }
    CHECK(text.find_first_not_of("\r\n\xEF\xBB\xBF", end) == std::string::npos);
  }
}

}  // namespace
}  // namespace cadre
