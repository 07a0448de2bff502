// Where the loader's parts put what they find wrong.
#pragma once

#include <cstddef>
#include <string>
#include <utility>
#include <vector>

#include "cadre/base/diagnostic.hpp"
#include "cadre/base/source.hpp"
#include "cadre/rules/places.hpp"

namespace cadre {

class DiagnosticSink {
 public:
  /// After this many diagnostics the rest are only counted: a broken generated file must not fill
  /// the memory with messages that nobody reads.
  static constexpr std::size_t kMaxDiagnostics = 1000;

  /// Bytes of a message, and of a hint.
  static constexpr std::size_t kLongestMessage = 4000;

  explicit DiagnosticSink(const Sources& sources) : places_(sources) {}

  const Sources& sources() const { return places_.sources(); }

  /// The returned diagnostic may be given notes and a hint until the next call.
  Diagnostic& error(Range range, std::string code, std::string message, std::string hint = {}) {
    return add(Severity::kError, range, std::move(code), std::move(message), std::move(hint));
  }
  Diagnostic& warning(Range range, std::string code, std::string message, std::string hint = {}) {
    return add(Severity::kWarning, range, std::move(code), std::move(message), std::move(hint));
  }

  /// A note for a diagnostic.
  Diagnostic::Note note(Range range, std::string message) const {
    return {place(range), std::move(message)};
  }

  /// An unknown range is that of a value from the command line.
  Place place(Range range) const;

  bool has_errors() const { return errors_ != 0; }
  std::size_t errors() const { return errors_; }

  /// An error and the bytes that it is about; an unknown range is that of a value from outside.
  struct ErrorAt {
    Range range;
    Diagnostic diagnostic;
  };
  /// The errors that are listed, as they came; to be asked before take().
  std::vector<ErrorAt> errors_at() const;

  /// All diagnostics in the order of files and places, the same one only once.
  Diagnostics take();

 private:
  Diagnostic& add(Severity severity, Range range, std::string code, std::string message,
                  std::string hint);

  Places places_;
  Diagnostics diagnostics_;
  std::vector<Range> ranges_;  // parallel to diagnostics_
  Diagnostic overflow_;
  std::size_t errors_ = 0;
  std::size_t dropped_ = 0;
};

}  // namespace cadre
