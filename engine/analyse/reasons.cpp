#include "cadre/analyse/reasons.hpp"

#include <algorithm>
#include <set>
#include <utility>

namespace cadre {
namespace {

class Collector {
 public:
  Collector(const std::vector<ExplainedLabel>& labels, std::size_t max_rows)
      : labels_(labels), max_rows_(max_rows) {}

  std::vector<Reason> collect() {
    if (!labels_.empty()) of_label(labels_.front());
    return std::move(reasons_);
  }

 private:
  void of_label(const ExplainedLabel& label) {
    if (!seen_.insert(label.name).second || label.steps.empty()) return;
    const ExplainedStep& own = label.steps.front();
    if (!own.rows.empty()) {
      add(label, own, "");
      return;
    }
    of_parts(label, 0);
  }

  void of_parts(const ExplainedLabel& label, std::size_t parent) {
    const ExplainedStep& step = label.steps[parent];
    std::vector<std::size_t> parts;
    for (std::size_t i = parent + 1; i < label.steps.size() && label.steps[i].depth > step.depth;
         ++i) {
      if (label.steps[i].depth == step.depth + 1) parts.push_back(i);
    }
    if (parts.empty()) {
      of_leaf(label, step);
      return;
    }
    // Parts with the value of the whole decided it; where none has it (a `none`), all did.
    const auto decides = [&](std::size_t i) { return label.steps[i].value == step.value; };
    const bool some_decide = std::any_of(parts.begin(), parts.end(), decides);
    for (const std::size_t i : parts) {
      if (!some_decide || decides(i)) of_parts(label, i);
    }
  }

  void of_leaf(const ExplainedLabel& label, const ExplainedStep& step) {
    const auto other = std::find_if(labels_.begin(), labels_.end(), [&](const ExplainedLabel& one) {
      return one.name == step.refers_to;
    });
    if (!step.rows.empty() || other == labels_.end()) {
      add(label, step, step.text);
    } else if (!seen_.contains(other->name)) {
      const std::size_t before = reasons_.size();
      constexpr std::size_t kDeepest = 100;  // labels that refer to labels
      ++depth_;
      if (depth_ <= kDeepest) of_label(*other);
      --depth_;
      // A label that has nothing to show for its value is itself the reason.
      if (reasons_.size() == before) add(label, step, step.text);
    }
  }

  void add(const ExplainedLabel& label, const ExplainedStep& step, const std::string& text) {
    Reason reason{label.name, text, step.measured, step.place, step.rows, 0};
    if (reason.rows.size() > max_rows_) {
      reason.more_rows = reason.rows.size() - max_rows_;
      reason.rows.resize(max_rows_);
    }
    reasons_.push_back(std::move(reason));
  }

  const std::vector<ExplainedLabel>& labels_;
  std::size_t max_rows_;
  std::set<std::string> seen_;
  std::size_t depth_ = 0;
  std::vector<Reason> reasons_;
};

}  // namespace

std::vector<Reason> reasons(const std::vector<ExplainedLabel>& labels, std::size_t max_rows) {
  return Collector(labels, max_rows).collect();
}

}  // namespace cadre
