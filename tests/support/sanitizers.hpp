// Whether the tests, and with them the program under test, were built with a sanitizer, which makes
// them several times as slow and take memory of its own.
#pragma once

namespace cadre::testing {

#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)  // as GCC tells
inline constexpr bool kSanitized = true;
#elif defined(__has_feature)  // as Clang does
inline constexpr bool kSanitized =
    __has_feature(address_sanitizer) || __has_feature(thread_sanitizer);
#else
inline constexpr bool kSanitized = false;
#endif

}  // namespace cadre::testing
