// JSON values: built in memory, written as text, and read back.
//
//   Json person = {{"id", "p1"}, {"posts", Json::array()}};   // braces always make an object
//   person["posts"].push_back("governor");
//   person.compact();    // {"id":"p1","posts":["governor"]}
//
// The library that reads and writes the text stays in json.cpp: it is slow to compile.
#pragma once

#include <concepts>
#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

namespace cadre {

/// A value. Members of an object keep the order in which they were added; each name stands once.
/// A reference to an item or a member lasts until its array or object grows.
class Json {
 public:
  /// A value is not of the type that was asked for, or has no such item or member.
  class Mismatch : public std::runtime_error {
   public:
    using std::runtime_error::runtime_error;
  };

  struct Member;

  /// parse() takes nothing that is nested deeper, and no object with more members: finding a member
  /// looks at all of them, and destroying a value recurses.
  static constexpr std::size_t kDeepest = 16;
  static constexpr std::size_t kMostMembers = 4096;

  // Values of C++ are JSON values as they are.
  // NOLINTBEGIN(google-explicit-constructor)
  Json() noexcept;  ///< null
  Json(std::nullptr_t) noexcept;
  template <std::same_as<bool> T>
  Json(T value) : Json(Exact(), value) {}
  template <std::signed_integral T>
  Json(T value) : Json(Exact(), static_cast<std::int64_t>(value)) {}
  template <std::unsigned_integral T>
    requires(!std::same_as<T, bool>)
  Json(T value) : Json(Exact(), static_cast<std::uint64_t>(value)) {}
  Json(double value);  ///< NaN and infinities are written as null
  template <std::convertible_to<std::string_view> T>
  Json(T&& text) : Json(Exact(), std::string(std::forward<T>(text))) {}
  /// An array.
  template <typename T>
  Json(const std::vector<T>& items) : Json(std::vector<Json>(items.begin(), items.end())) {}
  Json(std::vector<Json> items);
  /// An object; of two members with one name the last counts.
  Json(std::initializer_list<Member> members);
  // NOLINTEND(google-explicit-constructor)

  Json(const Json& other);
  Json(Json&& other) noexcept;
  Json& operator=(const Json& other);
  Json& operator=(Json&& other) noexcept;
  ~Json();

  static Json array(std::initializer_list<Json> items = {});
  static Json object();

  /// Reads a text; nothing when it is not JSON, or more than kDeepest and kMostMembers allow.
  static std::optional<Json> parse(std::string_view text);

  /// On one line without blanks.
  std::string compact() const;
  /// On many lines, each level indented by two blanks. Both write bytes that are not UTF-8 as
  /// U+FFFD, escape control characters below U+0020, and write other characters as they are.
  std::string indented() const;

  bool is_null() const { return std::holds_alternative<std::monostate>(value_); }
  bool is_bool() const { return std::holds_alternative<bool>(value_); }
  bool is_integer() const;
  bool is_negative() const;  ///< an integer below 0
  bool is_string() const { return std::holds_alternative<std::string>(value_); }
  bool is_array() const { return std::holds_alternative<Array>(value_); }
  bool is_object() const { return std::holds_alternative<Object>(value_); }

  // The value, where it is of that type; these throw Mismatch where it is of another.

  bool boolean() const;
  std::int64_t integer() const;
  std::size_t count() const;  ///< an integer that is not negative
  double number() const;      ///< integers too
  const std::string& string() const;
  std::vector<std::string> strings() const;  ///< of an array of nothing else

  // Arrays. Others have no items; push_back makes an array of null.

  const std::vector<Json>& items() const;
  std::vector<Json>& items();
  auto begin() const { return items().begin(); }
  auto end() const { return items().end(); }
  auto begin() { return items().begin(); }
  auto end() { return items().end(); }
  Json& push_back(Json item);
  Json& operator[](std::size_t index);
  const Json& at(std::size_t index) const;

  // Objects.

  const std::vector<Member>& members() const;
  /// Adds the member, null, where there is none. Makes an object of null.
  Json& operator[](std::string_view name);
  const Json& at(std::string_view name) const;
  const Json* find(std::string_view name) const;  ///< nullptr: no such member, or no object
  bool contains(std::string_view name) const { return find(name) != nullptr; }
  /// The text of a member, or `otherwise` where there is none that is a text.
  std::string text_or(std::string_view name, std::string_view otherwise) const;
  void erase(std::string_view name);

  /// Items of an array, members of an object; 0 for null, 1 for others.
  std::size_t size() const;
  bool empty() const { return size() == 0; }

 private:
  using Array = std::vector<Json>;
  using Object = std::vector<Member>;

  // Without a conversion. Not in the class: Member is not complete here.
  struct Exact {};
  Json(Exact, bool value);
  Json(Exact, std::int64_t value);
  Json(Exact, std::uint64_t value);
  Json(Exact, std::string value);

  std::variant<std::monostate, bool, std::int64_t, std::uint64_t, double, std::string, Array,
               Object>
      value_;
};

struct Json::Member {
  std::string name;
  Json value;
};

}  // namespace cadre
