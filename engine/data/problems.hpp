// Collecting what is wrong in a dataset, up to a limit: beyond it mistakes are only counted. The
// same mistake in many rows of a file is told once, with its first places and its count.
#pragma once

#include <cstddef>
#include <string>
#include <unordered_map>

#include "cadre/base/diagnostic.hpp"
#include "cadre/base/seeded_hash.hpp"

namespace cadre {

class Problems {
 public:
  /// Appends to `list`, which must outlive it, until `list` holds `limit` diagnostics.
  Problems(Diagnostics& list, std::size_t limit) : list_(list), limit_(limit) {}

  /// Whether the next problem will only be counted, so that it needs no place and no suggestion.
  bool full() const { return list_.size() >= limit_; }

  void add(Diagnostic diagnostic);

  /// When full, counts an error and returns true, so that the caller need not describe it: finding
  /// the place of every mistake in a long line would take time with the square of its length.
  bool skip_error();

  void error(std::string code, std::string message, Place place, std::string hint = {});
  void warning(std::string code, std::string message, Place place, std::string hint = {});

  /// Errors so far, those that were only counted included.
  std::size_t errors() const { return errors_; }

  /// Sorts the list by place, says of repeated problems how often they come, and at its end how
  /// many it leaves out.
  void close();

 private:
  struct Repeated {
    std::size_t at = 0;  ///< in the list
    std::size_t count = 0;
  };

  /// Whether the problem is one of the list at another place; then it is counted there.
  bool is_repeated(const Diagnostic& diagnostic);

  Diagnostics& list_;
  std::size_t limit_;
  std::size_t errors_ = 0;
  std::size_t left_out_ = 0;
  bool left_out_errors_ = false;
  std::unordered_map<std::string, Repeated, SeededHash> told_;  // by file, code, message and hint
};

}  // namespace cadre
