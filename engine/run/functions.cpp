#include "cadre/run/functions.hpp"

#include <algorithm>
#include <array>
#include <cstring>
#include <exception>
#include <string>
#include <string_view>
#include <unordered_set>
#include <utility>

#include "cadre/base/error.hpp"
#include "cadre/base/seeded_hash.hpp"
#include "cadre/text/utf8.hpp"

namespace cadre {
namespace {

bool any_null(int count, sqlite3_value** values) {
  return std::any_of(values, values + count,
                     [](sqlite3_value* value) { return sqlite3_value_type(value) == SQLITE_NULL; });
}

std::string_view text_of(sqlite3_value* value) {
  const auto* text = reinterpret_cast<const char*>(sqlite3_value_text(value));
  return {text, text ? static_cast<std::size_t>(sqlite3_value_bytes(value)) : 0};
}

std::string_view blob_of(sqlite3_value* value) {
  const auto* bytes = static_cast<const char*>(sqlite3_value_blob(value));
  return {bytes, bytes ? static_cast<std::size_t>(sqlite3_value_bytes(value)) : 0};
}

/// As std::string_view::find, in time that grows with the sum of the lengths (two-way matching:
/// Crochemore and Perrin 1991).
std::size_t find_part(std::string_view text, std::string_view part, std::size_t from) {
  if (part.size() > text.size() - from) return std::string_view::npos;
  const void* found = ::memmem(text.data() + from, text.size() - from, part.data(), part.size());
  return found ? static_cast<std::size_t>(static_cast<const char*>(found) - text.data())
               : std::string_view::npos;
}

void give(sqlite3_context* context, std::string_view text) {
  sqlite3_result_text64(context, text.data(), text.size(), SQLITE_TRANSIENT, SQLITE_UTF8);
}

void instr(sqlite3_context* context, int count, sqlite3_value** values) {
  if (any_null(count, values)) return;
  const bool blobs =
      sqlite3_value_type(values[0]) == SQLITE_BLOB && sqlite3_value_type(values[1]) == SQLITE_BLOB;
  const std::string_view text = blobs ? blob_of(values[0]) : text_of(values[0]);
  const std::string_view part = blobs ? blob_of(values[1]) : text_of(values[1]);
  const std::size_t at = part.empty() ? 0 : find_part(text, part, 0);
  if (at == std::string_view::npos) return sqlite3_result_int64(context, 0);
  const std::string_view before = text.substr(0, at);
  const auto inside = blobs ? 0 : std::count_if(before.begin(), before.end(), continues_character);
  sqlite3_result_int64(context, static_cast<sqlite3_int64>(at) - inside + 1);
}

void replace(sqlite3_context* context, int count, sqlite3_value** values) {
  if (any_null(count, values)) return;
  const std::string_view part = text_of(values[1]);
  if (part.empty()) return sqlite3_result_value(context, values[0]);
  const std::string_view text = text_of(values[0]);
  const std::string_view other = text_of(values[2]);
  const auto most = static_cast<std::size_t>(
      sqlite3_limit(sqlite3_context_db_handle(context), SQLITE_LIMIT_LENGTH, -1));
  std::string out;
  std::size_t from = 0;
  while (out.size() <= most) {
    const std::size_t at = std::min(find_part(text, part, from), text.size());
    out.append(text, from, at - from);
    if (at == text.size()) return give(context, out);
    out.append(other);
    from = at + part.size();
  }
  sqlite3_result_error_toobig(context);
}

/// The first character of a text that is not empty, or its last.
std::string_view first_character(std::string_view text) {
  std::size_t size = 1;
  while (size < 4 && size < text.size() && continues_character(text[size])) ++size;
  return text.substr(0, size);
}
std::string_view last_character(std::string_view text) {
  std::size_t size = 1;
  while (size < 4 && size < text.size() && continues_character(text[text.size() - size])) ++size;
  return text.substr(text.size() - size);
}

enum Side : unsigned { kLeft = 1, kRight = 2 };

template <unsigned Sides>
void trim(sqlite3_context* context, int count, sqlite3_value** values) {
  if (any_null(count, values)) return;
  std::string_view text = text_of(values[0]);
  std::unordered_set<std::string_view, SeededHash> taken;
  for (std::string_view rest = text_of(values[1]); !rest.empty();) {
    const std::string_view character = first_character(rest);
    taken.insert(character);
    rest.remove_prefix(character.size());
  }
  while ((Sides & kLeft) != 0 && !text.empty() && taken.contains(first_character(text))) {
    text.remove_prefix(first_character(text).size());
  }
  while ((Sides & kRight) != 0 && !text.empty() && taken.contains(last_character(text))) {
    text.remove_suffix(last_character(text).size());
  }
  give(context, text);
}

/// Functions of SQLite that take time in the product of two lengths, and that no figure needs.
constexpr std::array<std::pair<const char*, int>, 3> kRefused = {{
    {"json_patch", 2},
    {"jsonb_patch", 2},
    {"unhex", 2},
}};

void refuse(sqlite3_context* context, int, sqlite3_value**) {
  const auto* name = static_cast<const char*>(sqlite3_user_data(context));
  const std::string message =
      std::string(name) + "() is not to be had here, for nothing bounds the time that it takes";
  sqlite3_result_error(context, message.c_str(), -1);
}

using Function = void (*)(sqlite3_context*, int, sqlite3_value**);

/// No exception may pass through SQLite.
template <Function Guarded>
void guarded(sqlite3_context* context, int count, sqlite3_value** values) {
  try {
    Guarded(context, count, values);
  } catch (const std::exception&) {  // only memory can fail
    sqlite3_result_error_nomem(context);
  }
}

void define(sqlite3* database, const char* name, int arguments, Function function) {
  constexpr int kFlags = SQLITE_UTF8 | SQLITE_DETERMINISTIC | SQLITE_INNOCUOUS;
  if (sqlite3_create_function_v2(database, name, arguments, kFlags, nullptr, function, nullptr,
                                 nullptr, nullptr) != SQLITE_OK) {
    throw Error(Error::Kind::kIo, "", std::string("SQLite: ") + sqlite3_errmsg(database));
  }
}

}  // namespace

void define_functions(sqlite3* database) {
  for (const auto& [name, arguments] : kRefused) {
    constexpr int kFlags = SQLITE_UTF8 | SQLITE_INNOCUOUS;
    if (sqlite3_create_function_v2(database, name, arguments, kFlags, const_cast<char*>(name),
                                   guarded<refuse>, nullptr, nullptr, nullptr) != SQLITE_OK) {
      throw Error(Error::Kind::kIo, "", std::string("SQLite: ") + sqlite3_errmsg(database));
    }
  }
  define(database, "instr", 2, guarded<instr>);
  define(database, "replace", 3, guarded<replace>);
  define(database, "trim", 2, guarded<trim<kLeft | kRight>>);
  define(database, "ltrim", 2, guarded<trim<kLeft>>);
  define(database, "rtrim", 2, guarded<trim<kRight>>);
}

}  // namespace cadre
