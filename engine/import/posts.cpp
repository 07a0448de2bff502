#include "cadre/import/posts.hpp"

#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace cadre {
namespace {

/// The rows that a post was derived from lie in order, so their number is kept in a cell until the
/// dates of all rows are known.
constexpr const char* kRow = " row";

std::string province_of(const LayoutMatcher& layout, const LayoutMatch& match) {
  const auto words = match.groups.find("province");
  if (words == match.groups.end() || words->second.empty()) return {};
  const auto values = layout.layout().values.find("province");
  if (values == layout.layout().values.end()) return {};
  const auto value = values->second.find(std::string(words->second));
  return value == values->second.end() ? std::string() : value->second;
}

std::string cell(const ImportedRow& row, const std::string& column) {
  const auto found = row.cells.find(column);
  return found == row.cells.end() ? std::string() : found->second;
}

/// Whether a tenure that ended so may go on with one that starts so.
bool follows(const ImportedRow& one, const ImportedRow& next) {
  if (one.open || !one.end || !next.start) return true;
  // A month between the two is a handover told in whole months.
  return next.start->first() - one.end->last() <= 31;
}

}  // namespace

void derive_posts(const LayoutMatcher& layout, std::size_t first, std::string& place,
                  Biography& biography) {
  const std::string& language = layout.layout().language;
  for (std::size_t i = first; i < biography.career.size(); ++i) {
    const ImportedRow& row = biography.career[i];
    const std::string org = cell(row, "org_" + language);
    if (const auto match = layout.first(LayoutPart::kPlaces, org)) {
      if (match->pattern->is == "province") place = province_of(layout, *match);
      if (match->pattern->is == "elsewhere") place.clear();
    } else if (!org.empty()) {
      place.clear();
    }
    std::string roles = cell(row, "role_" + language);
    std::set<std::pair<std::string, std::string>> told;  // of this row: said twice is said once
    for (const auto& [begin, end] : layout.items(roles)) {
      const std::string text = org + "|" + roles.substr(begin, end - begin);
      const auto match = layout.first(LayoutPart::kOffices, text);
      if (!match) continue;
      std::string province = province_of(layout, *match);
      if (province.empty()) province = place;
      if (province.empty() || !told.emplace(province, match->pattern->is).second) continue;
      ImportedRow post;
      post.cells["province"] = province;
      post.cells["office"] = match->pattern->is;
      post.cells[kRow] = std::to_string(i);
      if (match->pattern->guessed) post.cells["acting_from"] = "acting";
      post.source = row.source;
      post.text = row.text;
      post.guesses = {match->pattern->name};
      biography.posts.push_back(std::move(post));
    }
  }
}

void derive_post_spans(Biography& biography) {
  std::vector<ImportedRow> tenures;
  std::map<std::pair<std::string, std::string>, std::size_t> last;  // by province and office
  for (ImportedRow& post : biography.posts) {
    const ImportedRow& row = biography.career[std::stoul(post.cells[kRow])];
    post.cells.erase(kRow);
    post.start = row.start;
    post.end = row.end;
    post.open = row.open;
    const bool acting = post.cells.erase("acting_from") > 0;
    if (acting && post.start) post.cells["acting_from"] = post.start->text();
    const auto [known, is_new] = last.try_emplace(
        std::pair(post.cells.at("province"), post.cells.at("office")), tenures.size());
    if (is_new || !follows(tenures[known->second], post)) {
      known->second = tenures.size();
      tenures.push_back(std::move(post));
      continue;
    }
    ImportedRow* const same = &tenures[known->second];
    if (!same->start) same->start = post.start;
    if (post.open) {
      same->open = true;
      same->end.reset();
    } else if (!same->open) {
      const bool later = post.end && (!same->end || before(*same->end, *post.end) == Truth::kTrue);
      if (later || !post.end) same->end = post.end;
    }
  }
  biography.posts = std::move(tenures);
}

}  // namespace cadre
