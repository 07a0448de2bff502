#include "cadre/import/jobs.hpp"

#include <utility>

#include "cadre/import/marks.hpp"

namespace cadre {
namespace {

ToldJob job_of(const LayoutMatch& match, std::string_view text) {
  const auto words = [&](const char* called) -> std::string {
    const auto group = match.groups.find(called);
    return group == match.groups.end() ? "" : std::string(trimmed_marks(group->second));
  };
  const std::string guessed = match.pattern->guessed ? match.pattern->name : "";
  if (!match.groups.empty()) return {words("org"), words("role"), guessed, words("of")};
  // The match is the role, and what stands before it the organisation.
  return {std::string(trimmed_marks(text.substr(0, match.begin))),
          std::string(trimmed_marks(text.substr(match.begin, match.end - match.begin))), guessed,
          ""};
}

/// 副书记 and 书记.
bool same_rank(std::string_view one, std::string_view other) {
  constexpr std::size_t kLastTwo = 6;  // bytes of two characters
  return one.size() >= kLastTwo && other.ends_with(one.substr(one.size() - kLastTwo));
}

}  // namespace

std::string without_lead(const LayoutMatcher& layout, std::string_view text) {
  text = trimmed_marks(text);
  for (int i = 0; i < 6; ++i) {
    const auto match = layout.first(LayoutPart::kLeads, text, 0, true);
    if (!match || match->end == 0 || match->pattern->is == "none") break;
    text = trimmed_marks(text.substr(match->end));
  }
  return std::string(text);
}

ToldJobs jobs_of_clauses(const LayoutMatcher& layout, const std::string& body, bool moment,
                         const std::string& name) {
  ToldJobs out;
  for (const auto& [clause_begin, clause_end] : layout.clauses(body)) {
    if (moment) out.pending.clear();
    const std::string clause = without_lead(
        layout, std::string_view(body).substr(clause_begin, clause_end - clause_begin));
    for (const auto& [begin, end] : layout.items(clause)) {
      const std::string item =
          without_lead(layout, std::string_view(clause).substr(begin, end - begin));
      // The name alone is the caption of a picture.
      if (item.empty() || item == name) continue;
      const auto match = layout.first(LayoutPart::kJobs, item);
      if (!match) {
        out.pending += (out.pending.empty() ? "" : "、") + item;
        continue;
      }
      ToldJob job = job_of(*match, item);
      if (!out.pending.empty()) {
        job.org = out.pending + (job.org.empty() ? "" : "、" + job.org);
        out.pending.clear();
      }
      constexpr std::size_t kLongestOf = 180;  // bytes; what is longer is no organisation
      if (job.org.empty() && !out.found.empty() && !out.found.back().of.empty() &&
          out.found.back().of.size() <= kLongestOf && !same_rank(job.role, out.found.back().role)) {
        job.org = out.found.back().of;  // 厂党委书记、厂长: the second is of the plant
      }
      if (job.org.empty() && !out.found.empty()) {
        out.found.back().role += (out.found.back().role.empty() ? "" : "、") + job.role;
      } else {
        out.found.push_back(std::move(job));
      }
    }
  }
  return out;
}

ToldJobs jobs_of_sentence(const LayoutMatcher& layout, const std::string& body) {
  ToldJobs out;
  const auto verb = layout.first(LayoutPart::kVerbs, body);
  const std::string rest =
      std::string(trimmed_marks(std::string_view(body).substr(verb ? verb->end : 0)));
  const LayoutMatcher::Pieces pieces = layout.items(rest);
  std::vector<std::pair<std::size_t, std::size_t>> posts;
  for (const auto& [begin, end] : pieces) {
    const std::string_view piece = trimmed_marks(std::string_view(rest).substr(begin, end - begin));
    const auto post = layout.first(LayoutPart::kJobs, piece);
    const bool begins = post && post->begin == 0 && !post->pattern->guessed;
    if (posts.empty() || begins) {
      posts.emplace_back(begin, end);
    } else {
      posts.back().second = end;
    }
  }
  std::string roles;  // that wait for their organisation
  for (const auto& one : posts) {
    const std::string piece =
        without_lead(layout, std::string_view(rest).substr(one.first, one.second - one.first));
    std::string_view text = piece;
    auto match = layout.first(LayoutPart::kJobs, piece);
    if (!match && posts.size() == 1) {  // "was assigned to the institute, where he worked as"
      text = body;
      match = layout.first(LayoutPart::kJobs, body);
    }
    if (!match) {
      out.pending += (out.pending.empty() ? "" : "; ") + piece;
      continue;
    }
    ToldJob job = job_of(*match, text);
    if (!roles.empty()) job.role = roles + (job.role.empty() ? "" : ", " + job.role);
    roles.clear();
    if (job.org.empty() && &one != &posts.back()) {
      roles = job.role;
    } else if (job.org.empty() && !out.found.empty()) {
      out.found.back().role += (out.found.back().role.empty() ? "" : ", ") + job.role;
    } else {
      out.found.push_back(std::move(job));
    }
  }
  return out;
}

}  // namespace cadre
