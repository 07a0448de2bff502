// Collecting what is wrong in a dataset, up to a limit: beyond it mistakes are only counted.
#pragma once

#include <cstddef>
#include <string>

#include "cadre/base/diagnostic.hpp"

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

  /// Sorts the list by place and says at its end how many problems it leaves out.
  void close();

 private:
  Diagnostics& list_;
  std::size_t limit_;
  std::size_t errors_ = 0;
  std::size_t left_out_ = 0;
  bool left_out_errors_ = false;
};

}  // namespace cadre
