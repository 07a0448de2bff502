#include "cadre/run/portion_work.hpp"

#include <memory>

#include "cadre/base/parallel.hpp"
#include "cadre/data/problems.hpp"

namespace cadre {

Diagnostics work_on_portions(PortionReader& reader, unsigned threads, std::size_t max_diagnostics,
                             const std::function<PortionResult(const Portion&)>& work) {
  Diagnostics all;
  Findings findings;
  const auto finish = [&](const PortionResult& result) {
    const bool errors = has_errors(result.diagnostics);
    if (errors || all.size() < max_diagnostics) {
      all.insert(all.end(), result.diagnostics.begin(), result.diagnostics.end());
    }
    if (errors) return false;
    result.finish();
    findings.add(result.findings);
    return true;
  };
  in_order(thread_count(threads), [&]() -> Task {
    auto portion = std::make_shared<Portion>();
    if (!reader.next(*portion)) return {};
    return [&, portion]() -> Finish {
      auto result = std::make_shared<const PortionResult>(work(*portion));
      return [&, result] { return finish(*result); };
    };
  });
  Problems problems(all, all.size() + 1 + Findings::kKinds);
  reader.mender().tell(problems);
  findings.tell(problems);
  return all;
}

}  // namespace cadre
