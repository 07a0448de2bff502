// Fuzz targets: what is done with bytes that nobody vouches for, and what must hold of it.
//
// Each target takes any bytes. It may refuse them as the engine refuses them (diagnostics, Error);
// it must not crash, hang or take much memory, and what it comes to must keep the promises of the
// headers. A promise that is broken is thrown as Broken. libFuzzer drives the targets (main.cpp,
// `./dev fuzz`), and the tests replay every file of corpus/ through them.
#pragma once

#include <span>
#include <stdexcept>
#include <string>
#include <string_view>

namespace cadre::fuzz {

/// A promise that was not kept.
class Broken : public std::logic_error {
 public:
  using std::logic_error::logic_error;
};

/// Throws Broken, with `what` was promised, unless `kept`.
inline void must(bool kept, const char* what) {
  if (!kept) throw Broken(what);
}

/// Rule files of every kind, in a bundle (bundle.hpp): loaded, and told what is wrong.
void rules(std::string_view bytes);
/// The same files taken through all that `cadre check` does: SQL of figures and tests too.
void check(std::string_view bytes);
/// A term or pattern on each line: folded, and the way back to its bytes.
void terms(std::string_view bytes);
/// Lexicons and a text: the matcher finds what the reference matcher finds.
void matching(std::string_view bytes);
/// CSV as such, and as a coding.
void csv(std::string_view bytes);
/// People as JSON Lines, read whole and as a stream.
void json_lines(std::string_view bytes);
/// A data package in a bundle: datapackage.json and its tables.
void package(std::string_view bytes);
/// gzip and zstd.
void compressed(std::string_view bytes);
/// Dates, periods, and dates as biographies write them.
void dates(std::string_view bytes);
/// A run file, or changes to the bytes of a good one.
void run(std::string_view bytes);
/// SQL asked of a run.
void sql(std::string_view bytes);
/// A biography in any encoding, or in a bundle with the layout to read it by.
void import(std::string_view bytes);

struct Target {
  std::string_view name;  ///< also of its folder in corpus/
  void (*run)(std::string_view bytes);
};

/// All of them.
std::span<const Target> targets();

}  // namespace cadre::fuzz
