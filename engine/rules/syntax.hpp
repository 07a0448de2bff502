// The syntax tree of a rule file: YAML as it was written, with the place of every node. What keys
// mean is not known here.
//
// Only what every YAML 1.2 reader agrees on is let through, and the same with every version of
// yaml-cpp: tabs for indentation, tags, several documents, duplicate and compound keys are
// mistakes. Aliases share the nodes of their anchor, so that a file of aliases to aliases costs no
// memory; max_nodes counts them as if they were written out.
#pragma once

#include <cstddef>
#include <cstdint>
#include <deque>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "cadre/base/source.hpp"

namespace cadre {

class DiagnosticSink;

struct Node {
  enum class Kind : std::uint8_t { kNull, kText, kList, kMap };

  Kind kind = Kind::kNull;
  bool plain = false;              ///< text that stands without quotes, so that 5 may be a number
  std::uint32_t parameter = 0;     ///< if not 0: the value of parameter number n - 1, used here
  Range range;                     ///< from the first byte to the end of the last
  std::string text;                ///< kText
  std::vector<const Node*> items;  ///< kList: the items; kMap: the values
  std::vector<const Node*> keys;   ///< kMap: the keys, one for each item, all of kind kText

  bool is_text() const { return kind == Kind::kText; }
  bool is_list() const { return kind == Kind::kList; }
  bool is_map() const { return kind == Kind::kMap; }
  bool is_null() const { return kind == Kind::kNull; }

  /// The value of a key of a map, or nullptr.
  const Node* find(std::string_view key) const;
};

/// The syntax tree of one file.
struct SyntaxTree {
  /// nullptr when the file is empty, or not made of characters that YAML may have.
  const Node* root = nullptr;
  /// False after a syntax error. Then the tree holds what stands before it: the lists and maps that
  /// were open there reach to the end of the file, and the last key may have no value.
  bool whole = true;
  std::uint32_t stopped = 0;  ///< the offset of that error
};

/// Owns nodes; they stay where they are and are not changed once they are part of a tree.
class NodeStore {
 public:
  Node* add(Node node) { return &nodes_.emplace_back(std::move(node)); }

  /// What parse_yaml made of each file, by its number.
  const std::vector<SyntaxTree>& trees() const { return trees_; }
  void keep(std::uint32_t file, SyntaxTree tree) {
    if (trees_.size() <= file) trees_.resize(file + std::size_t{1});
    trees_[file] = tree;
  }

 private:
  std::deque<Node> nodes_;
  std::vector<SyntaxTree> trees_;
};

struct SyntaxLimits {
  std::size_t max_depth = 64;
  std::size_t max_nodes = 2'000'000;  ///< aliases counted as written out
};

/// Parses file number `file` of the sink's sources. Returns the root, or nullptr when the file
/// is empty or not YAML, with the reason in `sink`; the store keeps what was read of it
/// (NodeStore::trees). `limits.max_nodes` is lessened by the nodes that the file took.
const Node* parse_yaml(std::uint32_t file, SyntaxLimits& limits, NodeStore& store,
                       DiagnosticSink& sink);

/// Parses a value given on its own, such as that of --set. Its ranges are unknown. Returns nullptr
/// and sets `error` when it is not YAML.
const Node* parse_value(std::string_view text, SyntaxLimits& limits, NodeStore& store,
                        std::string& error);

}  // namespace cadre
