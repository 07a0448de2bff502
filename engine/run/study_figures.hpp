// The answers to the SQL of figures over a study, without writing a run for each rule set.
//
// An answer is memoized by its SQL, the content of the label columns that the SQL reads, and the
// eras if it reads these: rule sets that agree on them share it. All answers are forgotten when
// they take more than kMaxBytes.
#pragma once

#include <cstddef>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "cadre/classify/study.hpp"
#include "cadre/rules/key.hpp"
#include "cadre/rules/model.hpp"
#include "cadre/run/memory_run.hpp"
#include "cadre/run/run.hpp"

namespace cadre {

/// Safe to share between threads. Keeps a reference to the study.
class StudyFigures {
 public:
  /// Bytes that memoized answers may take, roughly.
  static constexpr std::size_t kMaxBytes = std::size_t{64} << 20;

  explicit StudyFigures(const Study& study, const QueryLimits& limits = {})
      : study_(study), limits_(limits) {}

  const Study& study() const { return study_; }

  using RunOptions = std::vector<std::pair<std::string, std::string>>;

  /// One rule set over the study, asked as its run would be. Belongs to one thread.
  class Answers {
   public:
    /// `columns` are what Study::labels gives for the rules. Keeps references to both. `options`
    /// are those of the run (RunContents::options).
    Answers(StudyFigures& figures, const Rules& rules, const Study::Columns& columns,
            RunOptions options = {});
    ~Answers();

    const Rules& rules() const { return rules_; }

    /// What a run of the rules answers. Throws as Run::query.
    std::shared_ptr<const Result> query(const std::string& sql);

   private:
    StudyFigures& figures_;
    const Rules& rules_;
    const Study::Columns& columns_;
    const RunOptions options_;
    const std::string eras_;
    std::unique_ptr<const Run> whole_;  // with evidence; made for SQL that reads it
  };

  /// The answer from the dataset alone. Throws as Run::query; kUsage where the SQL reads more.
  Result query_dataset(const Rules& rules, const std::string& sql,
                       const std::vector<std::string>& arguments = {});

 private:
  using Runs = std::vector<std::unique_ptr<MemoryRun>>;

  /// Takes a run that no other thread uses, or makes one.
  std::unique_ptr<MemoryRun> take(const std::string& eras, const Rules& rules);
  void give_back(const std::string& eras, std::unique_ptr<MemoryRun> run);

  std::shared_ptr<const Result> known(const Key& key);
  /// Memoizes an answer, unless another thread was first; gives the one that stays.
  std::shared_ptr<const Result> keep(const Key& key, Result answer);

  const Study& study_;
  const QueryLimits limits_;
  std::mutex mutex_;
  std::map<std::string, Runs> idle_;  // by eras
  std::map<Key, std::shared_ptr<const Result>> known_;
  std::size_t known_bytes_ = 0;
};

}  // namespace cadre
