#include "cadre/rules/syntax.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>
#include <yaml-cpp/eventhandler.h>
#include <yaml-cpp/exceptions.h>
#include <yaml-cpp/parser.h>

#include <algorithm>
#include <array>
#include <optional>
#include <ranges>
#include <sstream>
#include <unordered_map>

#include "cadre/base/seeded_hash.hpp"
#include "cadre/rules/diagnostic_sink.hpp"
#include "cadre/rules/yaml_slips.hpp"
#include "cadre/text/utf8.hpp"

namespace cadre {

const Node* Node::find(std::string_view key) const {
  for (std::size_t i = 0; i < keys.size(); ++i) {
    if (keys[i]->text == key) return items[i];
  }
  return nullptr;
}

namespace {

/// A mistake that ends the parse. Offsets are bytes of the text as it was read.
struct Stop {
  std::size_t begin = 0;
  std::size_t end = 0;
  std::string code;
  std::string message;
  std::string hint;
  std::optional<std::size_t> opened = std::nullopt;  // the bracket that is not closed
};

struct Mistake {
  Stop stop;
  std::optional<std::size_t> first;  // where the first of two stands
};

bool is_blank(char c) {
  return c == ' ' || c == '\t';
}
bool is_space(char c) {
  return is_blank(c) || c == '\n' || c == '\r';
}

/// The text that yaml-cpp is given, and the way back. A byte order mark and the carriage returns
/// before line feeds are left out, and tabs on empty lines are made spaces, for yaml-cpp trips over
/// them or treats them differently from version to version.
struct Input {
  std::string text;
  std::vector<std::size_t> line_starts;  // in the text as it was read

  explicit Input(std::string_view read) {
    std::size_t i = read.starts_with(kByteOrderMark) ? kByteOrderMark.size() : 0;
    text.reserve(read.size());
    line_starts.push_back(i);
    std::size_t line_begin = 0;
    for (; i < read.size(); ++i) {
      if (read[i] == '\r') continue;
      text += read[i];
      if (read[i] != '\n') continue;
      line_starts.push_back(i + 1);
      clear_if_empty(line_begin);
      line_begin = text.size();
    }
  }

  void clear_if_empty(std::size_t line) {
    if (std::all_of(text.begin() + static_cast<std::ptrdiff_t>(line), text.end(), is_space)) {
      std::replace(text.begin() + static_cast<std::ptrdiff_t>(line), text.end(), '\t', ' ');
    }
  }

  std::size_t offset(const YAML::Mark& mark) const {
    if (mark.line < 0 || mark.column < 0) return line_starts.front();
    const std::size_t line = std::min(static_cast<std::size_t>(mark.line), line_starts.size() - 1);
    return line_starts[line] + static_cast<std::size_t>(mark.column);
  }
};

/// What no YAML reader may see: other encodings, and characters that YAML forbids.
std::optional<Stop> check_characters(std::string_view text) {
  const std::string_view two = text.substr(0, 2);
  if (two == "\xFF\xFE" || two == "\xFE\xFF" ||
      text.substr(0, 4) == std::string_view("\0\0\xFE\xFF", 4)) {
    return Stop{0, 0, "not-utf8", "the file is in UTF-16 or UTF-32, rule files are in UTF-8",
                "save it again with the encoding UTF-8"};
  }
  if (const auto bad = find_invalid_utf8(text)) {
    return Stop{*bad, *bad, "invalid-utf8",
                fmt::format("byte {} of the file (0x{:02X}) is not valid UTF-8", *bad + 1,
                            static_cast<unsigned char>(text[*bad])),
                "save it again with the encoding UTF-8; Chinese files from Windows are often in GB "
                "18030"};
  }
  const bool marked = text.starts_with(kByteOrderMark);
  for (std::size_t i = 0; i < text.size(); ++i) {
    const auto byte = static_cast<unsigned char>(text[i]);
    const bool second = marked && i == kByteOrderMark.size();
    const bool begins_line = second || (i > 0 && text[i - 1] == '\n');
    if (begins_line && text.substr(i).starts_with(kByteOrderMark)) {
      return Stop{i, i + kByteOrderMark.size(), "byte-order-mark",
                  second ? "a second byte order mark at the beginning of the file"
                         : "a byte order mark in the middle of the file",
                  "one may stand at the very beginning only: delete this one"};
    }
    if (byte == 0) {
      return Stop{i, i, "nul-byte", fmt::format("byte {} of the file is a NUL byte", i + 1),
                  "is this a text file in UTF-8?"};
    }
    if (byte == '\r' && (i + 1 == text.size() || text[i + 1] != '\n')) {
      return Stop{i, i, "carriage-return",
                  "a carriage return (CR) without a line feed (LF) is not the end of a line",
                  "save the file again with the line ends of Linux or Windows"};
    }
    const bool control =
        (byte < 0x20 && byte != '\t' && byte != '\n' && byte != '\r') || byte == 0x7F;
    const bool c1 = byte == 0xC2 && static_cast<unsigned char>(text[i + 1]) < 0xA0;
    if (control || c1) {
      return Stop{i, i + 1, "control-character",
                  fmt::format("the control character U+{:04X} is not allowed in YAML",
                              c1 ? static_cast<unsigned char>(text[i + 1]) : byte),
                  "delete it; inside double quotes it can be written \\x.."};
    }
  }
  return std::nullopt;
}

// ---------------------------------------------------------------------------------------------
// Where nodes end. yaml-cpp tells where they begin; the rest is read off the text.

/// Past white space, line ends and comments.
std::size_t skip_space(std::string_view text, std::size_t at) {
  while (at < text.size()) {
    if (is_space(text[at])) {
      ++at;
    } else if (text[at] == '#' && (at == 0 || is_space(text[at - 1]))) {
      while (at < text.size() && text[at] != '\n') ++at;
    } else {
      break;
    }
  }
  return at;
}

/// Past the anchor and tag that may stand before a node.
std::size_t skip_properties(std::string_view text, std::size_t at) {
  while (at < text.size() && (text[at] == '&' || text[at] == '!')) {
    while (at < text.size() && !is_space(text[at])) ++at;
    at = skip_space(text, at);
  }
  return at;
}

std::size_t quoted_end(std::string_view text, std::size_t at) {
  const char quote = text[at++];
  while (at < text.size()) {
    if (text[at] == '\\' && quote == '"') {
      at += 2;
    } else if (text[at] == quote) {
      if (quote == '\'' && at + 1 < text.size() && text[at + 1] == '\'') {
        at += 2;
      } else {
        return at + 1;
      }
    } else {
      ++at;
    }
  }
  return text.size();
}

/// The end of a block scalar (| or >): the last line that is indented as its first.
std::size_t block_end(std::string_view text, std::size_t at) {
  std::size_t line = text.find('\n', at);
  std::size_t end = std::min(line, text.size());
  std::size_t indent = 0;
  while (line < text.size()) {
    const std::size_t begin = line + 1;
    line = std::min(text.find('\n', begin), text.size());
    const std::size_t first = text.find_first_not_of(" \r", begin);
    if (first == std::string_view::npos) break;
    if (first >= line) continue;  // an empty line
    if (indent == 0) indent = first - begin;
    if (indent == 0 || first - begin < indent) break;
    end = line;
  }
  while (end > at && is_space(text[end - 1])) --end;
  return end;
}

/// The end of a plain scalar: its value laid beside the text, where line ends became spaces.
std::size_t plain_end(std::string_view text, std::size_t at, std::string_view value) {
  std::size_t i = 0;
  while (i < value.size() && at < text.size()) {
    if (is_space(value[i]) && is_space(text[at])) {
      while (i < value.size() && is_space(value[i])) ++i;
      while (at < text.size() && is_space(text[at])) ++at;
    } else if (value[i] == text[at]) {
      ++i;
      ++at;
    } else {
      break;
    }
  }
  return at;
}

// ---------------------------------------------------------------------------------------------

/// Makes the tree out of yaml-cpp's events.
class Builder : public YAML::EventHandler {
 public:
  Builder(std::string_view text, const Input& input, std::uint32_t file, SyntaxLimits& limits,
          NodeStore& store)
      : text_(text), input_(input), file_(file), limits_(limits), store_(store) {}

  const Node* root() const { return root_; }

  /// After an error: the root with all that was read. What is open reaches to the end of the text.
  const Node* recover() {
    const Node* child = nullptr;
    for (Open& level : std::ranges::reverse_view(open_)) {
      Node& node = *level.node;
      if (child == nullptr && level.key != nullptr) {
        Node missing;
        missing.range = range(level.key_end, text_.size());
        child = store_.add(std::move(missing));
      }
      if (child != nullptr && node.is_list()) node.items.push_back(child);
      if (child != nullptr && node.is_map() && level.key != nullptr) {
        node.keys.push_back(level.key);
        node.items.push_back(child);
      }
      node.range = range(level.begin, text_.size());
      child = &node;
    }
    open_.clear();
    return child != nullptr ? child : root_;
  }
  std::size_t documents() const { return documents_; }
  std::size_t document_start() const { return document_start_; }
  std::vector<Mistake>& mistakes() { return mistakes_; }
  /// The scalars that run over several lines, where tabs may stand at the start of a line.
  const std::vector<std::pair<std::size_t, std::size_t>>& blocks() const { return blocks_; }

  /// Whether a list or map in brackets is open. Maps without braces may stand in one.
  bool in_brackets() const {
    return std::any_of(open_.begin(), open_.end(), [](const Open& level) { return level.flow; });
  }

  /// Where the innermost list or map in brackets begins that is still open.
  std::optional<std::size_t> open_bracket() const {
    if (open_.empty() || !open_.back().flow) return std::nullopt;
    return open_.back().begin;
  }

  void OnDocumentStart(const YAML::Mark& mark) override {
    ++documents_;
    document_start_ = input_.offset(mark);
    // The rest of the text is not needed to say that there is too much of it.
    if (documents_ == 2) throw Stop{};
  }
  void OnDocumentEnd() override {}

  void OnNull(const YAML::Mark& mark, YAML::anchor_t anchor) override {
    const std::size_t begin = begin_of(mark);
    std::size_t end = begin;
    for (const std::string_view word : {"~", "null", "Null", "NULL"}) {
      if (text_.substr(begin, word.size()) == word) end = begin + word.size();
    }
    Node node;
    node.range = range(begin, end);
    add_leaf(std::move(node), anchor);
  }

  void OnScalar(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                const std::string& value) override {
    const std::size_t begin = begin_of(mark);
    refuse_tag(tag, mark);
    Node node;
    node.kind = Node::Kind::kText;
    node.plain = tag == "?";
    node.text = value;
    const char first = begin < text_.size() ? text_[begin] : ' ';
    std::size_t end = begin;
    if (node.plain) {
      end = plain_end(text_, begin, value);
    } else if (first == '"' || first == '\'') {
      end = quoted_end(text_, begin);
      // yaml-cpp lets a quote stay open if the last line is.
      if (end == begin + 1 || text_[end - 1] != first) {
        throw Stop{begin, begin + 1, "yaml-syntax", "this quote is not closed", ""};
      }
    } else if (first == '|' || first == '>') {
      end = block_end(text_, begin);
    }
    if (text_.substr(begin, end - begin).find('\n') != std::string_view::npos) {
      blocks_.emplace_back(begin, end);
    }
    node.range = range(begin, end);
    add_leaf(std::move(node), anchor);
  }

  void OnAlias(const YAML::Mark& mark, YAML::anchor_t anchor) override {
    const std::size_t begin = input_.offset(mark);
    std::size_t end = begin;
    while (end < text_.size() && !is_space(text_[end]) &&
           std::string_view(",[]{}").find(text_[end]) == std::string_view::npos) {
      ++end;
    }
    const auto found = anchors_.find(anchor);
    if (found == anchors_.end() || found->second.node == nullptr) {
      throw Stop{begin, end, "alias-cycle",
                 fmt::format("the alias {} stands inside its own anchor",
                             text_.substr(begin, end - begin)),
                 ""};
    }
    const Anchor& target = found->second;
    if (target.depth + open_.size() > limits_.max_depth) too_deep(begin);
    if (target.nodes > limits_.max_nodes) too_large(begin, end);
    limits_.max_nodes -= target.nodes;
    last_end_ = end;
    attach(target.node, {target.nodes, target.depth}, begin, end);
  }

  void OnSequenceStart(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                       YAML::EmitterStyle::value) override {
    open(mark, tag, anchor, Node::Kind::kList, '[');
  }
  void OnMapStart(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                  YAML::EmitterStyle::value) override {
    open(mark, tag, anchor, Node::Kind::kMap, '{');
  }
  void OnSequenceEnd() override { close(']'); }
  void OnMapEnd() override { close('}'); }

 private:
  struct Size {
    std::size_t nodes = 1;
    std::size_t depth = 0;
  };
  struct Anchor {
    const Node* node = nullptr;  // nullptr while it is being read
    std::size_t nodes = 0;
    std::size_t depth = 0;
  };
  struct Open {
    Node* node = nullptr;
    YAML::anchor_t anchor = 0;
    std::size_t begin = 0;
    bool flow = false;
    const Node* key = nullptr;  // of a map: a key whose value is still to come
    std::size_t key_begin = 0;
    std::size_t key_end = 0;
    bool skip_value = false;  // the key was a mistake
    Size size;
    std::unordered_map<std::string_view, std::size_t, SeededHash>
        seen;  // keys, and where they stand
  };

  std::size_t begin_of(const YAML::Mark& mark) const {
    return skip_properties(text_, std::min(input_.offset(mark), text_.size()));
  }

  Range range(std::size_t begin, std::size_t end) const {
    return {file_, static_cast<std::uint32_t>(std::min(begin, text_.size())),
            static_cast<std::uint32_t>(std::min(end, text_.size()))};
  }

  [[noreturn]] void too_deep(std::size_t at) const {
    throw Stop{at, at + 1, "too-deep",
               fmt::format("nested more than {} levels deep", limits_.max_depth), ""};
  }
  [[noreturn]] void too_large(std::size_t begin, std::size_t end) const {
    throw Stop{begin, end, "too-large",
               "the rule files hold more values than `yaml-nodes` allows, aliases written out", ""};
  }

  void take_node(std::size_t begin, std::size_t end) {
    if (limits_.max_nodes == 0) too_large(begin, end);
    --limits_.max_nodes;
  }

  void refuse_tag(const std::string& tag, const YAML::Mark& mark) {
    if (tag == "?" || tag == "!" || tag.empty()) return;
    const std::size_t begin = std::min(input_.offset(mark), text_.size());
    std::size_t end = begin;
    while (end < text_.size() && !is_space(text_[end])) ++end;
    mistakes_.push_back({{begin, end, "yaml-tag", "rule files have no tags",
                          "put a value in quotes to make it text"},
                         std::nullopt});
  }

  void add_leaf(Node node, YAML::anchor_t anchor) {
    const std::size_t begin = node.range.begin;
    const std::size_t end = node.range.end;
    take_node(begin, end);
    last_end_ = end;
    const Node* added = store_.add(std::move(node));
    // An alias of a long text is copied where it is used, so it costs as much as it is long.
    constexpr std::size_t kBytesOfNode = 256;
    const std::size_t nodes = 1 + added->text.size() / kBytesOfNode;
    if (anchor != 0) anchors_[anchor] = {added, nodes, 0};
    attach(added, {nodes, 0}, begin, end);
  }

  void open(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor, Node::Kind kind,
            char bracket) {
    refuse_tag(tag, mark);
    const std::size_t begin = begin_of(mark);
    take_node(begin, begin + 1);
    if (open_.size() >= limits_.max_depth) too_deep(begin);
    Node node;
    node.kind = kind;
    Open level;
    level.node = store_.add(std::move(node));
    level.anchor = anchor;
    level.begin = begin;
    level.flow = begin < text_.size() && text_[begin] == bracket;
    if (anchor != 0) anchors_[anchor] = {};
    open_.push_back(std::move(level));
    last_end_ = begin;
  }

  void close(char bracket) {
    Open level = std::move(open_.back());
    open_.pop_back();
    std::size_t end = last_end_;
    if (level.flow) {
      if (end == level.begin) ++end;
      end = skip_space(text_, end);
      while (end < text_.size() && text_[end] != bracket &&
             (text_[end] == ',' || text_[end] == ':' || text_[end] == '?')) {
        end = skip_space(text_, end + 1);
      }
      if (end < text_.size() && text_[end] == bracket) ++end;
    }
    last_end_ = end;
    level.node->range = range(level.begin, end);
    level.size.depth += 1;
    if (level.anchor != 0) {
      anchors_[level.anchor] = {level.node, level.size.nodes, level.size.depth};
    }
    attach(level.node, level.size, level.begin, end);
  }

  /// Puts a finished node under the one that is open. [begin, end) is where it is used.
  void attach(const Node* node, Size size, std::size_t begin, std::size_t end) {
    if (open_.empty()) {
      root_ = node;
      return;
    }
    Open& parent = open_.back();
    parent.size.nodes += size.nodes;
    parent.size.depth = std::max(parent.size.depth, size.depth);
    if (parent.node->is_list()) {
      parent.node->items.push_back(node);
    } else if (parent.skip_value) {
      parent.skip_value = false;
    } else if (parent.key == nullptr) {
      parent.skip_value = !check_key(parent, *node, begin, end);
      if (parent.skip_value) return;
      parent.key = node;
      parent.key_begin = begin;
      parent.key_end = end;
    } else {
      if (!in_brackets() || (node->is_null() && begin == end)) check_colon(parent);
      parent.node->keys.push_back(parent.key);
      parent.node->items.push_back(node);
      parent.key = nullptr;
    }
  }

  /// yaml-cpp takes words without a colon for a key without a value, and `posts:{a` for a key.
  void check_colon(const Open& parent) const {
    if (auto slip = explain_key(text_, parent.key_begin, parent.key_end, in_brackets())) {
      throw Stop{slip->begin, slip->end, "yaml-syntax", std::move(slip->message),
                 std::move(slip->hint)};
    }
  }

  /// Whether a node can be a key here; says so if not.
  bool check_key(Open& parent, const Node& key, std::size_t begin, std::size_t end) {
    if (!key.is_text()) {
      const std::size_t line_end = std::min(text_.find('\n', begin), end);
      mistakes_.push_back({{begin, std::max(line_end, std::min(begin + 1, text_.size())), "bad-key",
                            key.is_null() ? "a key is missing before the colon"
                                          : "a key must be a word, not a list or a map",
                            key.is_null() ? "write null in quotes if it is meant as a word" : ""},
                           std::nullopt});
      return false;
    }
    const auto [place, is_new] = parent.seen.emplace(key.text, begin);
    if (is_new) return true;
    mistakes_.push_back({{begin, end, "duplicate-key",
                          fmt::format("the key '{}' is here for the second time", key.text), ""},
                         place->second});
    return false;
  }

  std::string_view text_;
  const Input& input_;
  std::uint32_t file_;
  SyntaxLimits& limits_;
  NodeStore& store_;

  const Node* root_ = nullptr;
  std::size_t documents_ = 0;
  std::size_t document_start_ = 0;
  std::size_t last_end_ = 0;
  std::vector<Open> open_;
  std::unordered_map<YAML::anchor_t, Anchor> anchors_;
  std::vector<Mistake> mistakes_;
  std::vector<std::pair<std::size_t, std::size_t>> blocks_;
};

// ---------------------------------------------------------------------------------------------

/// yaml-cpp's messages in our words. They name what the reader found, not what it is called inside.
struct Translation {
  std::string_view theirs;
  std::string_view ours;
  std::string_view hint;
};
constexpr std::array kTranslations = {
    Translation{
        "end of map not found", "this does not fit the indentation of the lines above",
        "entries of one map start in the same column; put text with ': ' or ' #' in quotes"},
    Translation{"end of sequence not found", "this does not fit the indentation of the list above",
                "items of one list start with '- ' in the same column"},
    Translation{"end of map flow not found", "a '}' or ',' is missing before this", ""},
    Translation{"end of sequence flow not found", "a ']' or ',' is missing before this", ""},
    Translation{"illegal map value", "a ': ' cannot stand here",
                "put text that holds ': ' in quotes"},
    Translation{"illegal map key", "a key cannot stand here", ""},
    Translation{"illegal block entry", "a list item '- ' cannot stand here",
                "start the list on a line of its own"},
    Translation{"illegal flow end", "this bracket closes nothing", ""},
    Translation{"illegal EOF in scalar", "the file ends inside quotes",
                "a closing quote is missing"},
    Translation{"illegal document indicator in scalar", "a line of --- or ... inside quotes",
                "a closing quote is missing"},
    Translation{"unknown escape character", "this escape does not exist in double quotes",
                "use single quotes, in which \\ is an ordinary character"},
    Translation{"bad character found while scanning hex number",
                "this escape needs hexadecimal digits", ""},
    Translation{"invalid unicode", "this escape is not a Unicode character", ""},
    Translation{"the referenced anchor is not defined", "no anchor of this name stands above",
                "put text that starts with * in quotes"},
    Translation{"alias not found after *", "a name is missing after *",
                "put text that starts with * in quotes"},
    Translation{"anchor not found after &", "a name is missing after &",
                "put text that starts with & in quotes"},
    Translation{"illegal character found while scanning alias", "a bad character in an alias",
                "put text that starts with * in quotes"},
    Translation{"illegal character found while scanning anchor", "a bad character in an anchor",
                "put text that starts with & in quotes"},
    Translation{"unexpected character in block scalar", "nothing may follow | or > on its line",
                ""},
    Translation{"cannot set zero indentation for a block scalar",
                "the indentation of a block cannot be 0", ""},
    Translation{"illegal tab when looking for indentation", "a tab in the indentation", ""},
    Translation{"unknown token", "this character cannot start a value",
                "put text that starts with it in quotes"},
};

Stop translate(const YAML::ParserException& error, const Input& input, std::string_view text,
               const Builder& builder) {
  const std::size_t begin = std::min(input.offset(error.mark), text.size());
  std::size_t end = begin;
  while (end < text.size() && !is_space(text[end])) ++end;
  Stop stop{begin, end, "yaml-syntax", "this is not YAML", ""};
  for (const Translation& translation : kTranslations) {
    if (std::string_view(error.msg).substr(0, translation.theirs.size()) == translation.theirs) {
      stop.message = translation.ours;
      stop.hint = translation.hint;
      break;
    }
  }
  const auto slip = builder.in_brackets()                        ? explain_bracket(text, begin)
                    : error.msg.starts_with("illegal map value") ? explain_colon(text, begin)
                                                                 : explain_dash(text, begin);
  if (slip) return Stop{slip->begin, slip->end, stop.code, slip->message, slip->hint};
  if (error.msg.find("flow not found") != std::string::npos) stop.opened = builder.open_bracket();
  return stop;
}

/// The first line that is indented with a tab, outside the scalars that `blocks` names.
std::optional<Stop> find_tab(std::string_view text,
                             const std::vector<std::pair<std::size_t, std::size_t>>& blocks) {
  auto block = blocks.begin();
  for (std::size_t line = 0; line < text.size(); line = text.find('\n', line) + 1) {
    std::size_t at = line;
    std::size_t tab = text.size();
    while (at < text.size() && is_blank(text[at])) {
      if (text[at] == '\t') tab = std::min(tab, at);
      ++at;
    }
    while (block != blocks.end() && block->second <= line) ++block;
    const bool inside = block != blocks.end() && block->first < line;
    const bool empty = at >= text.size() || text[at] == '\n' || text[at] == '\r' || text[at] == '#';
    if (tab != text.size() && !inside && !empty) {
      return Stop{tab, at, "tab", "a tab in the indentation, YAML is indented with spaces",
                  "set your editor to insert spaces"};
    }
    if (text.find('\n', line) == std::string_view::npos) break;
  }
  return std::nullopt;
}

/// Whether a line of the text from `at` on is the mark between documents.
bool has_document_mark(std::string_view text, std::size_t at) {
  const std::string_view rest = text.substr(at, 3);
  return rest == "---" || rest == "...";
}

struct Parsed {
  const Node* root = nullptr;
  const Node* rest = nullptr;  // after an error: what was read before it
  std::optional<Stop> stop;
  std::vector<Mistake> mistakes;
};

Parsed parse(std::string_view text, std::uint32_t file, SyntaxLimits& limits, NodeStore& store) {
  Parsed parsed;
  parsed.stop = check_characters(text);
  if (parsed.stop) return parsed;

  const Input input(text);
  Builder builder(text, input, file, limits, store);
  try {
    std::istringstream stream(input.text);
    YAML::Parser parser(stream);
    while (parser.HandleNextDocument(builder)) {
    }
    parsed.root = builder.root();
  } catch (const Stop& stop) {
    parsed.stop = stop;
    if (builder.documents() > 1) {
      const std::size_t at = std::min(builder.document_start(), text.size());
      std::size_t end = at;
      while (end < text.size() && !is_space(text[end])) ++end;
      parsed.stop =
          has_document_mark(text, at)
              ? Stop{at, end, "several-documents", "a rule file holds one document",
                     "take the line --- out, or put the rest in a file of its own"}
              : Stop{at, end, "yaml-syntax", "this does not fit the indentation of the lines above",
                     "entries of one map start in the same column, items of one list too"};
      const auto slip = explain_colon(text, std::min(text.find(':', at), text.size()));
      if (slip && !has_document_mark(text, at))
        *parsed.stop = {slip->begin, slip->end, "yaml-syntax", slip->message, slip->hint};
    }
  } catch (const YAML::ParserException& error) {
    parsed.stop = translate(error, input, text, builder);
  }
  // A tab explains what yaml-cpp says of the lines after it, and it says different things in
  // different versions.
  if (auto tab = find_tab(text, builder.blocks())) {
    if (!parsed.stop || parsed.stop->code == "yaml-syntax") parsed.stop = std::move(tab);
  }
  if (parsed.stop) {
    parsed.root = nullptr;
    parsed.rest = builder.recover();
  }
  parsed.mistakes = std::move(builder.mistakes());
  return parsed;
}

/// Says of a file without any rules what is in it.
std::string describe_empty(std::string_view text) {
  bool comments = false;
  bool directives = false;
  bool marks = false;
  bool value = false;
  if (text.starts_with(kByteOrderMark)) text.remove_prefix(kByteOrderMark.size());
  while (!text.empty()) {
    const std::string_view line = text.substr(0, text.find('\n'));
    text.remove_prefix(std::min(line.size() + 1, text.size()));
    const std::size_t at = line.find_first_not_of(" \t\r");
    if (at == std::string_view::npos) continue;
    const std::string_view rest = line.substr(at);
    if (rest.front() == '#') {
      comments = true;
    } else if (line.front() == '%') {
      directives = true;
    } else if (line.starts_with("---") || line.starts_with("...")) {
      marks = true;
    } else {
      value = true;
    }
  }
  if (value) return "the file holds only an empty value";
  std::vector<std::string_view> parts;
  if (directives) parts.emplace_back("a YAML directive (a line that begins with %)");
  if (marks) parts.emplace_back("a line --- or ...");
  if (comments) parts.emplace_back("comments");
  if (parts.empty()) return "the file is empty";
  return fmt::format("the file holds only {}", fmt::join(parts, ", "));
}

}  // namespace

const Node* parse_yaml(std::uint32_t file, SyntaxLimits& limits, NodeStore& store,
                       DiagnosticSink& sink) {
  const std::string_view text = sink.sources().text(file);
  const auto range = [&](std::size_t begin, std::size_t end) {
    return Range{file, static_cast<std::uint32_t>(begin), static_cast<std::uint32_t>(end)};
  };

  const Parsed parsed = parse(text, file, limits, store);
  if (parsed.stop) {
    const auto stopped = static_cast<std::uint32_t>(std::min(parsed.stop->begin, text.size()));
    store.keep(file, {parsed.rest, false, stopped});
  } else {
    store.keep(file, {parsed.root, true, 0});
  }
  for (const Mistake& mistake : parsed.mistakes) {
    const Stop& stop = mistake.stop;
    Diagnostic& diagnostic =
        sink.error(range(stop.begin, stop.end), stop.code, stop.message, stop.hint);
    if (mistake.first) {
      diagnostic.notes.push_back(
          sink.note(range(*mistake.first, *mistake.first + (stop.end - stop.begin)),
                    "it is here for the first time"));
    }
  }
  if (parsed.stop) {
    const Stop& stop = *parsed.stop;
    Diagnostic& diagnostic =
        sink.error(range(stop.begin, stop.end), stop.code, stop.message, stop.hint);
    if (stop.code == "not-utf8") diagnostic.place.excerpt.clear();
    if (stop.opened) {
      diagnostic.notes.push_back(
          sink.note(range(*stop.opened, *stop.opened + 1), "the bracket opens here"));
    }
  } else if (parsed.root == nullptr || parsed.root->is_null()) {
    sink.error(range(0, 0), "empty-file", describe_empty(text),
               "a rule file starts with `ruleset: NAME`, `lexicon: NAME`, `eras: NAME` or "
               "`figure: NAME`");
    return nullptr;
  }
  return parsed.root;
}

const Node* parse_value(std::string_view text, SyntaxLimits& limits, NodeStore& store,
                        std::string& error) {
  const Parsed parsed = parse(text, Range::kNoFile, limits, store);
  if (parsed.stop) {
    error = parsed.stop->message;
    return nullptr;
  }
  if (!parsed.mistakes.empty()) {
    error = parsed.mistakes.front().stop.message;
    return nullptr;
  }
  return parsed.root;
}

}  // namespace cadre
