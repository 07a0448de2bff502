// Hash of texts that strangers wrote: seeded at random for each process, so that nobody can make a
// file whose texts all fall into one bucket of a hash table.
//
//     std::unordered_map<std::string_view, std::size_t, SeededHash> rows;
//
// Tables that use it iterate in another order each time: no output may depend on that order.
#pragma once

#include <cstddef>
#include <string_view>

namespace cadre {

struct SeededHash {
  using is_transparent = void;  // NOLINT(readability-identifier-naming): of the standard library

  /// SipHash-1-3 under a key drawn from std::random_device once per process.
  std::size_t operator()(std::string_view text) const;
};

}  // namespace cadre
