#include "cadre/import/markup.hpp"

#include <algorithm>
#include <array>
#include <cctype>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "cadre/text/utf8.hpp"

namespace cadre {
namespace {

constexpr std::array<std::string_view, 24> kBlocks = {
    "p",  "br", "div",     "li",     "ul",     "ol",      "tr",    "table",
    "h1", "h2", "h3",      "h4",     "h5",     "h6",      "dd",    "dt",
    "dl", "hr", "section", "header", "footer", "article", "title", "option"};
constexpr std::array<std::string_view, 20> kInline = {
    "a",    "b",    "i",    "u",    "em",   "strong", "span", "font", "sup",   "sub",
    "html", "body", "head", "meta", "link", "img",    "td",   "th",   "tbody", "center"};
constexpr std::array<std::string_view, 4> kHidden = {"script", "style", "noscript", "template"};

constexpr std::array<std::pair<std::string_view, char32_t>, 16> kEntities = {{
    {"amp", U'&'},
    {"lt", U'<'},
    {"gt", U'>'},
    {"quot", U'"'},
    {"apos", U'\''},
    {"nbsp", U' '},
    {"ensp", U' '},
    {"emsp", U' '},
    {"mdash", U'—'},
    {"ndash", U'–'},
    {"middot", U'·'},
    {"hellip", U'…'},
    {"ldquo", U'“'},
    {"rdquo", U'”'},
    {"lsquo", U'‘'},
    {"rsquo", U'’'},
}};

template <typename List>
bool contains(const List& list, std::string_view name) {
  return std::find(list.begin(), list.end(), name) != list.end();
}

struct Tag {
  std::string name;  // in lower case
  bool closing = false;
  std::size_t end = 0;  // one past the >
};

class Stripper {
 public:
  explicit Stripper(const std::string& text) : text_(text) {}

  MappedText strip() {
    out_.reserve(text_.size());
    while (at_ < text_.size()) step();
    out_.set_source_size(text_.size());
    return std::move(out_);
  }

 private:
  void step() {
    const std::size_t begin = at_;
    const char c = text_[at_];
    if (c == '<' && markup()) return;
    if (c == '&') {
      if (const auto letter = entity()) {
        put(*letter, begin);
        return;
      }
    }
    if (c == '[' && footnote()) return;
    put(next_code_point(text_, at_), begin);
  }

  void put(char32_t letter, std::size_t origin) {
    // The usual forms of full-width ASCII that stands in dates.
    if ((letter >= U'０' && letter <= U'９') || letter == U'．' || letter == U'－')
      letter -= 0xFEE0;
    if (letter == U'\n' || letter == 0x2028 || letter == 0x2029 || letter == 0x85) {
      out_.append("\n", origin);
      return;
    }
    const bool blank = letter == U' ' || letter == U'\t' || letter == 0xA0 || letter == 0x3000 ||
                       (letter >= 0x2000 && letter <= 0x200A) || letter == 0x202F ||
                       letter == 0x205F;
    if (blank) {
      out_.append(" ", origin);
      return;
    }
    const bool control = letter < 0x20 || (letter >= 0x7F && letter < 0xA0) || letter == 0xFEFF ||
                         (letter >= 0x200B && letter <= 0x200F) || letter == 0xAD;
    if (control) return;
    std::string bytes;
    append_utf8(letter, bytes);
    out_.append(bytes, origin);
  }

  /// Passes a tag or comment, if one begins here.
  bool markup() {
    const std::size_t begin = at_;
    if (text_.compare(at_, 4, "<!--") == 0) {
      if (at_ >= unclosed_comment_) return false;
      const std::size_t end = text_.find("-->", at_ + 4);
      if (end == std::string::npos) {
        unclosed_comment_ = at_;
        return false;
      }
      at_ = end + 3;
      return true;
    }
    const std::optional<Tag> tag = read_tag();
    if (!tag) return false;
    at_ = tag->end;
    if (contains(kHidden, tag->name) && !tag->closing) {
      at_ = end_of_hidden(tag->name);
    } else if (contains(kBlocks, tag->name)) {
      out_.append("\n", begin);
    } else if (tag->name == "td" || tag->name == "th") {
      if (!tag->closing) out_.append(" | ", begin);
    }
    return true;
  }

  std::size_t end_of_hidden(const std::string& name) {
    std::size_t& unclosed = unclosed_hidden_.try_emplace(name, text_.size()).first->second;
    if (at_ >= unclosed) return at_;
    for (std::size_t at = text_.find("</", at_); at != std::string::npos;
         at = text_.find("</", at + 2)) {
      if (ascii_lower_case(text_.substr(at + 2, name.size())) == name) {
        const std::size_t end = text_.find('>', at);
        return end == std::string::npos ? text_.size() : end + 1;
      }
    }
    unclosed = at_;
    return at_;  // never closed: what follows is not hidden
  }

  std::optional<Tag> read_tag() const {
    Tag tag;
    std::size_t at = at_ + 1;
    if (at < text_.size() && text_[at] == '!') {  // <!DOCTYPE html>
      constexpr std::size_t kLongestDeclaration = 200;
      const std::size_t end = std::string_view(text_).substr(at, kLongestDeclaration + 1).find('>');
      if (end == std::string::npos) return std::nullopt;
      tag.end = at + end + 1;
      return tag;
    }
    if (at < text_.size() && text_[at] == '/') {
      tag.closing = true;
      ++at;
    }
    while (at < text_.size() && std::isalnum(static_cast<unsigned char>(text_[at])) != 0) {
      tag.name += text_[at++];
    }
    tag.name = ascii_lower_case(tag.name);
    if (!contains(kBlocks, tag.name) && !contains(kInline, tag.name) &&
        !contains(kHidden, tag.name)) {
      return std::nullopt;
    }
    // A tag is short; what runs on is a < that stands for itself.
    constexpr std::size_t kLongest = 4096;
    const std::size_t end = text_.find_first_of("<>", at);
    if (end == std::string::npos || text_[end] != '>' || end - at > kLongest) return std::nullopt;
    tag.end = end + 1;
    return tag;
  }

  std::optional<char32_t> entity() {
    constexpr std::size_t kLongest = 10;
    const std::size_t length = std::string_view(text_).substr(at_, kLongest + 1).find(';');
    if (length == std::string::npos || length == 1) return std::nullopt;
    const std::size_t end = at_ + length;
    const std::string_view name = std::string_view(text_).substr(at_ + 1, end - at_ - 1);
    for (const auto& [known, letter] : kEntities) {
      if (name != known) continue;
      at_ = end + 1;
      return letter;
    }
    if (name[0] != '#' || name.size() < 2) return std::nullopt;
    const bool hex = name[1] == 'x' || name[1] == 'X';
    const std::string_view digits = name.substr(hex ? 2 : 1);
    char32_t letter = 0;
    for (const char c : digits) {
      const auto byte = static_cast<unsigned char>(c);
      if (hex ? std::isxdigit(byte) == 0 : std::isdigit(byte) == 0) return std::nullopt;
      const int digit = std::isdigit(byte) != 0 ? c - '0' : std::tolower(byte) - 'a' + 10;
      letter = letter * (hex ? 16 : 10) + static_cast<char32_t>(digit);
      if (letter > 0x10FFFF) return std::nullopt;
    }
    if (digits.empty() || letter == 0 || (letter >= 0xD800 && letter < 0xE000)) return std::nullopt;
    at_ = end + 1;
    return letter;
  }

  /// Passes [4], [1-2].
  bool footnote() {
    std::size_t at = at_ + 1;
    while (at < text_.size() && at - at_ < 8 &&
           (std::isdigit(static_cast<unsigned char>(text_[at])) != 0 || text_[at] == '-' ||
            text_[at] == ',')) {
      ++at;
    }
    if (at == at_ + 1 || at >= text_.size() || text_[at] != ']') return false;
    at_ = at + 1;
    return true;
  }

  const std::string& text_;
  std::size_t at_ = 0;
  // From these places on nothing closes a comment, or an element of that name: a text of nothing
  // but their beginnings is searched once.
  std::size_t unclosed_comment_ = std::string::npos;
  std::map<std::string, std::size_t> unclosed_hidden_;
  MappedText out_;
};

}  // namespace

MappedText strip_markup(const std::string& text) {
  return Stripper(text).strip();
}

}  // namespace cadre
