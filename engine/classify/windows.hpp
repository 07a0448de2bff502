// The part of a row that counts in years: a set of windows of time.
//
// A test of time (`before`, `after`, `during`) lets a part of a row through, its window. Where
// tests are combined, windows are: `all` intersects them, `any` joins them. The set is kept as
// disjoint windows in order, so that equal sets compare equal however they were made.
#pragma once

#include <cstddef>
#include <limits>
#include <vector>

namespace cadre {

inline constexpr double kForever = std::numeric_limits<double>::infinity();

/// The time from `from` until just before `to`, in calendar years (classify/years.hpp).
struct Window {
  double from = -kForever;
  double to = kForever;

  bool empty() const { return !(from < to); }
  friend bool operator==(const Window&, const Window&) = default;
};

/// Disjoint windows in order, none empty, none touching the next. One window takes no memory of its
/// own.
class Windows {
 public:
  Windows() = default;  ///< all of time
  /// A window is the set of itself.
  Windows(Window window)  // NOLINT(google-explicit-constructor)
      : first_(window.empty() ? kNone : window) {}
  static Windows none() { return Windows(kNone); }

  bool empty() const { return first_.empty(); }
  bool all_of_time() const { return first_ == Window(); }

  std::size_t size() const { return empty() ? 0 : 1 + rest_.size(); }
  const Window& operator[](std::size_t at) const { return at == 0 ? first_ : rest_[at - 1]; }

  void join(const Windows& other);
  void intersect(const Windows& other);
  double length() const;  ///< in calendar years; kForever where it has no end

  friend bool operator==(const Windows&, const Windows&) = default;

 private:
  static constexpr Window kNone{0, 0};

  void append(const Window& window);  // one that begins after all the others begin

  Window first_;
  std::vector<Window> rest_;
};

/// Windows of a row of which not all is known: however what is missing is filled in, the part that
/// counts holds all of `certain` and lies within `possible`.
struct RowWindows {
  Windows certain;
  Windows possible;

  static RowWindows none() { return {Windows::none(), Windows::none()}; }
  void join(const RowWindows& other);
  void intersect(const RowWindows& other);

  friend bool operator==(const RowWindows&, const RowWindows&) = default;
};

}  // namespace cadre
