// A run in memory on which nothing but figures is computed, for many rule sets in turn that have
// the same eras, over the same data. What did not change since the last one stays in place, and
// what a figure does not read is not written for it.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "cadre/classify/study.hpp"
#include "cadre/data/dataset.hpp"
#include "cadre/rules/model.hpp"
#include "cadre/run/run.hpp"

namespace cadre {

/// What decides the rows of eras and era_schemes: equal texts, equal rows.
std::string describe_eras(const Rules& rules);

/// Not to be shared between threads. Keeps a reference to the dataset.
class MemoryRun {
 public:
  /// The eras are those of `rules`.
  MemoryRun(const Dataset& dataset, const Rules& rules);
  ~MemoryRun();
  MemoryRun(const MemoryRun&) = delete;
  MemoryRun& operator=(const MemoryRun&) = delete;

  /// From now on these rules, which have the same eras (describe_eras), and what they came to
  /// count. `columns` must stay until the next call.
  void use(const Rules& rules, const Study::Columns& columns);

  struct Inputs {
    bool eras = false;                  ///< it reads the eras, or a view on them
    std::vector<std::uint32_t> labels;  ///< whose columns it reads, by their indices in the rules
  };
  /// What the answer to this SQL depends on besides the dataset; nothing when it reads evidence or
  /// something else that is not kept here, so that it cannot be asked. Throws Error kUsage when the
  /// SQL is wrong.
  std::optional<Inputs> inputs(const std::string& sql);

  /// The answer that a run of the rules gives. Only for SQL that has inputs. Throws as Run::query.
  Result query(const std::string& sql, const QueryLimits& limits = {});

  /// The answer to SQL that reads the dataset alone, with `arguments` for ?1, ?2, ... Throws as
  /// Run::query.
  Result query_dataset(const std::string& sql, const std::vector<std::string>& arguments,
                       const QueryLimits& limits = {});

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace cadre
