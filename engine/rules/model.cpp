#include "cadre/rules/model.hpp"

namespace cadre {

std::string_view name(const ContextWindow& window) {
  return window.near ? "near" : "not_near";
}

std::string_view name(Label::Kind kind) {
  switch (kind) {
    case Label::Kind::kPlain:
      return "plain";
    case Label::Kind::kCategory:
      return "category";
    case Label::Kind::kNumber:
      return "number";
    case Label::Kind::kDate:
      return "date";
  }
  return {};
}

namespace {

template <typename Named>
std::optional<std::uint32_t> find(const std::vector<Named>& all, std::string_view name) {
  for (std::size_t i = 0; i < all.size(); ++i) {
    if (all[i].name == name) return static_cast<std::uint32_t>(i);
  }
  return std::nullopt;
}

}  // namespace

std::optional<std::uint32_t> Rules::find_label(std::string_view label) const {
  return find(labels, label);
}

std::optional<std::uint32_t> Rules::find_lexicon(std::string_view lexicon) const {
  return find(lexicons, lexicon);
}

std::string Rules::branch_name(Branch branch) const {
  const Lexicon& lexicon = lexicons[branch.lexicon];
  const std::string& path = lexicon.categories[branch.category].path;
  return path.empty() ? lexicon.name : lexicon.name + "/" + path;
}

}  // namespace cadre
