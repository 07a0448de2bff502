#include "cadre/base/json.hpp"

#include <algorithm>
#include <charconv>
#include <nlohmann/json.hpp>
#include <utility>

#include "cadre/text/utf8.hpp"

namespace cadre {
namespace {

using Library = nlohmann::json;

/// Whether a text is written between its quotes as it is.
bool is_plain(std::string_view text) {
  const bool escaped = std::any_of(text.begin(), text.end(), [](char c) {
    return static_cast<unsigned char>(c) < 0x20 || c == '"' || c == '\\';
  });
  return !escaped && !find_invalid_utf8(text);
}

class Writer {
 public:
  explicit Writer(bool indented) : indented_(indented) {}

  void write(const Json& json) {
    if (json.is_array()) {
      write_all('[', json.items(), ']', [&](const Json& item) { write(item); });
    } else if (json.is_object()) {
      write_all('{', json.members(), '}', [&](const Json::Member& member) {
        write(member.name);
        out_ += indented_ ? ": " : ":";
        write(member.value);
      });
    } else if (json.is_string()) {
      write(json.string());
    } else if (json.is_bool()) {
      out_ += json.boolean() ? "true" : "false";
    } else if (json.is_null()) {
      out_ += "null";
    } else {
      write_number(json);
    }
  }

  std::string take() { return std::move(out_); }

 private:
  template <typename Items, typename Write>
  void write_all(char open, const Items& items, char close, const Write& write_one) {
    out_ += open;
    ++depth_;
    bool first = true;
    for (const auto& item : items) {
      if (!first) out_ += ',';
      first = false;
      break_line();
      write_one(item);
    }
    --depth_;
    if (!first) break_line();
    out_ += close;
  }

  void break_line() {
    if (indented_) (out_ += '\n').append(2 * depth_, ' ');
  }

  void write(const std::string& text) {
    if (is_plain(text)) {
      ((out_ += '"') += text) += '"';
    } else {
      out_ += Library(text).dump(-1, ' ', false, Library::error_handler_t::replace);
    }
  }

  void write_number(const Json& json) {
    if (json.is_integer()) {
      out_ += json.is_negative() ? std::to_string(json.integer()) : std::to_string(json.count());
    } else {
      out_ += Library(json.number()).dump();
    }
  }

  bool indented_;
  std::size_t depth_ = 0;
  std::string out_;
};

/// Builds a value from what the library's parser tells.
class Builder : public nlohmann::json_sax<Library> {
 public:
  bool null() override { return put(Json()); }
  bool boolean(bool value) override { return put(Json(value)); }
  bool number_integer(std::int64_t value) override { return put(Json(value)); }
  bool number_unsigned(std::uint64_t value) override { return put(Json(value)); }
  bool number_float(double value, const std::string& /*text*/) override { return put(Json(value)); }
  bool string(std::string& value) override { return put(Json(std::move(value))); }
  bool binary(Library::binary_t& /*value*/) override { return false; }
  bool start_object(std::size_t /*size*/) override { return open(Json::object()); }
  bool start_array(std::size_t /*size*/) override { return open(Json::array()); }
  bool end_object() override { return close(); }
  bool end_array() override { return close(); }
  bool key(std::string& name) override {
    open_.back().key = std::move(name);
    return open_.back().value.size() < Json::kMostMembers;
  }
  bool parse_error(std::size_t /*at*/, const std::string& /*token*/,
                   const nlohmann::detail::exception& /*error*/) override {
    return false;
  }

  Json take() { return std::move(done_); }

 private:
  struct Open {
    Json value;
    std::string key;  ///< of the member that comes next
  };

  bool put(Json value) {
    if (open_.empty()) {
      done_ = std::move(value);
    } else if (open_.back().value.is_array()) {
      open_.back().value.push_back(std::move(value));
    } else {
      open_.back().value[open_.back().key] = std::move(value);
    }
    return true;
  }

  bool open(Json value) {
    if (open_.size() == Json::kDeepest) return false;
    open_.push_back({std::move(value), {}});
    return true;
  }

  bool close() {
    Json value = std::move(open_.back().value);
    open_.pop_back();
    return put(std::move(value));
  }

  std::vector<Open> open_;
  Json done_;
};

template <typename T, typename Variant>
auto& get(Variant& value, const char* type) {
  auto* found = std::get_if<T>(&value);
  if (found == nullptr) throw Json::Mismatch(std::string("the JSON value is not ") + type);
  return *found;
}

}  // namespace

Json::Json(std::initializer_list<Member> members) : value_(Object()) {
  for (const Member& member : members) (*this)[member.name] = member.value;
}

Json::Json() noexcept = default;
Json::Json(std::nullptr_t) noexcept {}
Json::Json(double value) : value_(value) {}
Json::Json(Exact /*tag*/, bool value) : value_(value) {}
Json::Json(Exact /*tag*/, std::int64_t value) : value_(value) {}
Json::Json(Exact /*tag*/, std::uint64_t value) : value_(value) {}
Json::Json(Exact /*tag*/, std::string value) : value_(std::move(value)) {}
Json::Json(std::vector<Json> items) : value_(std::move(items)) {}

Json::Json(const Json& other) = default;
Json::Json(Json&& other) noexcept = default;
Json& Json::operator=(const Json& other) = default;
Json& Json::operator=(Json&& other) noexcept = default;
Json::~Json() = default;

Json Json::array(std::initializer_list<Json> items) {
  return Array(items);
}

Json Json::object() {
  Json out;
  out.value_ = Object();
  return out;
}

std::optional<Json> Json::parse(std::string_view text) {
  Builder builder;
  if (!Library::sax_parse(text, &builder)) return std::nullopt;
  return builder.take();
}

std::string Json::compact() const {
  Writer writer(false);
  writer.write(*this);
  return writer.take();
}

std::string Json::indented() const {
  Writer writer(true);
  writer.write(*this);
  return writer.take();
}

bool Json::is_integer() const {
  return std::holds_alternative<std::int64_t>(value_) ||
         std::holds_alternative<std::uint64_t>(value_);
}

bool Json::is_negative() const {
  const auto* whole = std::get_if<std::int64_t>(&value_);
  return whole != nullptr && *whole < 0;
}

bool Json::boolean() const {
  return get<bool>(value_, "true or false");
}

std::int64_t Json::integer() const {
  if (const auto* whole = std::get_if<std::uint64_t>(&value_)) {
    if (!std::in_range<std::int64_t>(*whole)) throw Mismatch("the JSON number is too large");
    return static_cast<std::int64_t>(*whole);
  }
  return get<std::int64_t>(value_, "an integer");
}

std::size_t Json::count() const {
  if (const auto* whole = std::get_if<std::uint64_t>(&value_)) return *whole;
  const std::int64_t whole = get<std::int64_t>(value_, "an integer");
  if (whole < 0) throw Mismatch("the JSON number is negative");
  return static_cast<std::size_t>(whole);
}

double Json::number() const {
  if (const auto* whole = std::get_if<std::int64_t>(&value_)) return static_cast<double>(*whole);
  if (const auto* whole = std::get_if<std::uint64_t>(&value_)) return static_cast<double>(*whole);
  return get<double>(value_, "a number");
}

const std::string& Json::string() const {
  return get<std::string>(value_, "a text");
}

std::vector<std::string> Json::strings() const {
  std::vector<std::string> out;
  for (const Json& item : items()) out.push_back(item.string());
  return out;
}

const std::vector<Json>& Json::items() const {
  return get<Array>(value_, "an array");
}

std::vector<Json>& Json::items() {
  return get<Array>(value_, "an array");
}

Json& Json::push_back(Json item) {
  if (is_null()) value_ = Array();
  return items().emplace_back(std::move(item));
}

Json& Json::operator[](std::size_t index) {
  return const_cast<Json&>(std::as_const(*this).at(index));
}

const Json& Json::at(std::size_t index) const {
  if (index >= items().size()) throw Mismatch("the JSON array has too few items");
  return items()[index];
}

const std::vector<Json::Member>& Json::members() const {
  return get<Object>(value_, "an object");
}

Json& Json::operator[](std::string_view name) {
  if (is_null()) value_ = Object();
  Object& members = get<Object>(value_, "an object");
  if (const Json* found = find(name)) return const_cast<Json&>(*found);
  return members.emplace_back(Member{std::string(name), Json()}).value;
}

const Json& Json::at(std::string_view name) const {
  const Json* found = find(name);
  if (found == nullptr) throw Mismatch("the JSON object lacks '" + std::string(name) + "'");
  return *found;
}

const Json* Json::find(std::string_view name) const {
  const auto* members = std::get_if<Object>(&value_);
  if (members == nullptr) return nullptr;
  // From the end: what is looked for is mostly what was added last.
  const auto found = std::find_if(members->rbegin(), members->rend(),
                                  [&](const Member& member) { return member.name == name; });
  return found == members->rend() ? nullptr : &found->value;
}

std::string Json::text_or(std::string_view name, std::string_view otherwise) const {
  const Json* found = find(name);
  return found != nullptr && found->is_string() ? found->string() : std::string(otherwise);
}

void Json::erase(std::string_view name) {
  std::erase_if(get<Object>(value_, "an object"),
                [&](const Member& member) { return member.name == name; });
}

std::size_t Json::size() const {
  if (is_null()) return 0;
  if (is_array()) return items().size();
  return is_object() ? members().size() : 1;
}

}  // namespace cadre
