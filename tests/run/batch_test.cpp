#include "cadre/run/batch.hpp"

#include <algorithm>
#include <filesystem>
#include <optional>
#include <span>
#include <string>

#include "cadre/base/error.hpp"
#include "cadre/base/files.hpp"
#include "tests/catch.hpp"
#include "tests/rules/memory_files.hpp"
#include "tests/support/command.hpp"

namespace cadre {
namespace {

using Catch::Matchers::ContainsSubstring;
namespace fs = std::filesystem;

Rules rules(const std::string& years = "3") {
  Loaded loaded = test::load_text(
      "ruleset: r\ncadre: 1\nparams: {years: " + years +
      "}\nlabels:\n  rockets: {career: {org: {matches: 航天}}, total_years: {at_least: $years}}\n");
  REQUIRE(loaded.rules);
  return *std::move(loaded.rules);
}

std::string people(int count) {
  std::string text;
  for (int i = 0; i < count; ++i) {
    text += R"({"id":"p)" + std::to_string(i) + R"(","career":[{"org_zh":")" +
            (i % 3 == 0 ? "航天部" : "煤炭部") + R"(","start":"1980","end":"198)" +
            std::to_string(i % 10) + "\"}]}\n";
  }
  return text;
}

class Batches {
 public:
  fs::path target() const { return folder_.path() / "out"; }
  fs::path partial() const { return folder_.path() / "out.partial"; }
  fs::path journal() const { return folder_.path() / "out.journal"; }

  StreamOptions options;
  FilesRead read;

  struct CutOff {};

  /// Goes on with the batch. After `portions` new portions the program "ends".
  StreamReport run(const std::string& text, std::optional<int> portions = {},
                   const Rules& by = rules()) {
    StreamOptions all = options;
    all.portion_bytes = 200;
    Batch batch(target(), by, all, read);
    all.finished = batch.finished();
    int left = portions.value_or(1'000'000);
    all.on_finished = [&](const FinishedPortion& portion) { batch.finish(portion); };
    std::size_t at = 0;
    StreamReport report = classify_stream(
        by, "people",
        [&](std::span<char> bytes) {
          const std::size_t got = std::min(bytes.size(), text.size() - at);
          std::copy_n(text.begin() + static_cast<std::ptrdiff_t>(at), got, bytes.begin());
          at += got;
          return got;
        },
        [&](std::string_view lines) {
          if (left-- == 0) throw CutOff();
          batch.write(lines);
        },
        all);
    batch.complete();
    return report;
  }

  void cut_off(const std::string& text, int portions) {
    CHECK_THROWS_AS(run(text, portions), CutOff);
    CHECK_FALSE(fs::exists(target()));
    CHECK(fs::exists(partial()));
  }

 private:
  testing::TemporaryFolder folder_;
};

TEST_CASE("a batch that is cut off again and again ends in the same bytes and counts") {
  const std::string text = people(40);
  const auto format = GENERATE(StreamOptions::Format::kJsonLines, StreamOptions::Format::kCsv);
  Batches whole;
  whole.options.format = format;
  const StreamReport expected = whole.run(text);
  CHECK(expected.people == 40);

  for (const unsigned threads : {1U, 3U}) {
    Batches pieces;
    pieces.options.format = format;
    pieces.options.threads = threads;
    pieces.cut_off(text, 0);
    pieces.cut_off(text, 1);
    pieces.cut_off(text, 5);
    pieces.cut_off(text, 0);
    const StreamReport report = pieces.run(text);
    CHECK(read_file(pieces.target()) == read_file(whole.target()));
    CHECK(report.people == expected.people);
    CHECK(report.labels == expected.labels);
    CHECK_FALSE(fs::exists(pieces.partial()));
    CHECK_FALSE(fs::exists(pieces.journal()));
  }
}

TEST_CASE("a batch goes on from what reached the disk") {
  const std::string text = people(40);
  Batches whole;
  whole.run(text);
  Batches cut;
  cut.cut_off(text, 4);
  const auto [partial, journal] = GENERATE(
      table<int, int>({{1, 0}, {0, 1}, {200, 0}, {0, 200}, {1'000'000, 0}, {0, 1'000'000}}));
  CAPTURE(partial, journal);
  const auto shorten = [](const fs::path& file, int bytes) {
    const auto size = static_cast<int>(fs::file_size(file));
    fs::resize_file(file, static_cast<std::uintmax_t>(std::max(0, size - bytes)));
  };
  shorten(cut.partial(), partial);
  shorten(cut.journal(), journal);
  cut.run(text);
  CHECK(read_file(cut.target()) == read_file(whole.target()));
}

TEST_CASE("lines that nothing in the journal stands for are written again") {
  const std::string text = people(40);
  Batches whole;
  whole.run(text);
  Batches cut;
  cut.cut_off(text, 4);
  write_file(cut.partial(), read_file(cut.partial()) + "half a li");
  cut.run(text);
  CHECK(read_file(cut.target()) == read_file(whole.target()));
}

/// Changes a byte of a file, somewhere from `part` eighths of it on.
void damage(const fs::path& file, int part) {
  std::string bytes = read_file(file);
  const std::size_t at = bytes.size() * static_cast<std::size_t>(part) / 8;
  bytes.at(at) = bytes[at] == '7' ? '8' : '7';
  write_file(file, bytes);
}

TEST_CASE("a portion that was damaged on the disk is classified again") {
  const std::string text = people(40);
  Batches whole;
  const StreamReport expected = whole.run(text);
  const int part = GENERATE(0, 1, 3, 5, 7);
  CAPTURE(part);
  Batches cut;
  cut.cut_off(text, 6);
  damage(cut.partial(), part);
  const StreamReport report = cut.run(text);
  CHECK(read_file(cut.target()) == read_file(whole.target()));
  CHECK(report.people == expected.people);
  CHECK(report.labels == expected.labels);
}

TEST_CASE("a page of zeros in place of lines that did not reach the disk is found") {
  const std::string text = people(40);
  Batches whole;
  whole.run(text);
  Batches cut;
  cut.cut_off(text, 6);
  std::string bytes = read_file(cut.partial());
  bytes.replace(bytes.size() / 2, 64, 64, '\0');
  write_file(cut.partial(), bytes);
  cut.run(text);
  CHECK(read_file(cut.target()) == read_file(whole.target()));
}

TEST_CASE("a line of the journal that was damaged stands for nothing, nor do those after it") {
  const std::string text = people(40);
  Batches whole;
  const StreamReport expected = whole.run(text);
  const int part = GENERATE(3, 5, 7);
  CAPTURE(part);
  Batches cut;
  cut.cut_off(text, 6);
  damage(cut.journal(), part);
  const StreamReport report = cut.run(text);
  CHECK(read_file(cut.target()) == read_file(whole.target()));
  CHECK(report.people == expected.people);
  CHECK(report.labels == expected.labels);
}

TEST_CASE("a journal without hashes, of an earlier version, is refused and kept") {
  const std::string text = people(40);
  Batches cut;
  cut.cut_off(text, 4);
  std::string journal = read_file(cut.journal());
  const std::string version = "journal\":2";
  REQUIRE(journal.find(version) != std::string::npos);
  journal.replace(journal.find(version), version.size(), "journal\":1");
  write_file(cut.journal(), journal);
  const std::string partial = read_file(cut.partial());
  CHECK_THROWS_WITH(cut.run(text), ContainsSubstring("results cannot be verified; remove"));
  CHECK(read_file(cut.journal()) == journal);
  CHECK(read_file(cut.partial()) == partial);
}

TEST_CASE("what a batch keeps is not for others to see when its output is not") {
  const std::string text = people(40);
  Batches cut;
  write_file(cut.target(), "old");
  fs::permissions(cut.target(), fs::perms(0600));
  CHECK_THROWS_AS(cut.run(text, 4), Batches::CutOff);
  CHECK(fs::status(cut.partial()).permissions() == fs::perms(0600));
  cut.run(text);
  CHECK(fs::status(cut.target()).permissions() == fs::perms(0600));
}

TEST_CASE("a batch writes over nothing that was read") {
  const std::string text = people(40);
  Batches batches;
  const auto file = GENERATE(&Batches::target, &Batches::partial, &Batches::journal);
  const fs::path path = (batches.*file)();
  write_file(path, "what is read");
  batches.read.add(path);
  CHECK_THROWS_WITH(batches.run(text), ContainsSubstring("would overwrite what is read"));
  CHECK(read_file(path) == "what is read");
  for (const auto other : {&Batches::target, &Batches::partial, &Batches::journal}) {
    CHECK(fs::exists((batches.*other)()) == (other == file));
  }
}

TEST_CASE("a batch does not go on by other rules, options or data") {
  const std::string text = people(40);
  Batches cut;
  cut.cut_off(text, 4);
  CHECK_THROWS_WITH(cut.run(text, {}, rules("4")), ContainsSubstring("from other rules"));
  std::string other = text;
  other[other.find("航天部")] = '\xE9';
  other.replace(other.find("p2"), 2, "q2");
  CHECK_THROWS_WITH(cut.run(other), ContainsSubstring("'people' is not what it was: near line 1"));
  cut.options.format = StreamOptions::Format::kCsv;
  CHECK_THROWS_WITH(cut.run(text), ContainsSubstring("from other options"));
}

TEST_CASE("a batch refuses what is no journal, and one that is being written") {
  const std::string text = people(40);
  Batches cut;
  write_file(cut.journal(), "my notes\n");
  CHECK_THROWS_WITH(cut.run(text), ContainsSubstring("is not what an interrupted batch leaves"));
  CHECK(read_file(cut.journal()) == "my notes\n");
  fs::remove(cut.journal());
  cut.cut_off(text, 4);
  const FileLock other(cut.journal());
  CHECK_THROWS_WITH(cut.run(text), ContainsSubstring("another program is just writing"));
}

}  // namespace
}  // namespace cadre
