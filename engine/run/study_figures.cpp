#include "cadre/run/study_figures.hpp"

#include <cstring>
#include <utility>

#include "cadre/run/query.hpp"
#include "cadre/run/writer.hpp"

namespace cadre {
namespace {

void append(std::string& out, const Key& key) {
  char bytes[sizeof key];
  std::memcpy(bytes, &key, sizeof key);
  out.append(bytes, sizeof bytes);
}

/// Bytes of memory, roughly.
std::size_t size_of(const Result& result) {
  std::size_t bytes = sizeof result;
  for (const std::vector<Cell>& row : result.rows) {
    for (const Cell& cell : row) bytes += cadre::size_of(cell);
  }
  return bytes;
}

}  // namespace

std::unique_ptr<MemoryRun> StudyFigures::take(const std::string& eras, const Rules& rules) {
  {
    const std::lock_guard lock(mutex_);
    const auto at = idle_.find(eras);
    if (at != idle_.end() && !at->second.empty()) {
      std::unique_ptr<MemoryRun> run = std::move(at->second.back());
      at->second.pop_back();
      return run;
    }
  }
  return std::make_unique<MemoryRun>(study_.dataset(), rules);
}

void StudyFigures::give_back(const std::string& eras, std::unique_ptr<MemoryRun> run) {
  constexpr std::size_t kMostEras = 16;  // few sweeps have more than a handful
  const std::lock_guard lock(mutex_);
  if (idle_.size() >= kMostEras && !idle_.contains(eras)) idle_.clear();
  idle_[eras].push_back(std::move(run));
}

std::shared_ptr<const Result> StudyFigures::known(const Key& key) {
  const std::lock_guard lock(mutex_);
  const auto at = known_.find(key);
  return at == known_.end() ? nullptr : at->second;
}

std::shared_ptr<const Result> StudyFigures::keep(const Key& key, Result answer) {
  auto shared = std::make_shared<const Result>(std::move(answer));
  const std::size_t bytes = size_of(*shared);
  const std::lock_guard lock(mutex_);
  if (known_bytes_ + bytes > kMaxBytes) {
    known_.clear();
    known_bytes_ = 0;
  }
  const auto [at, is_new] = known_.emplace(key, std::move(shared));
  if (is_new) known_bytes_ += bytes;
  return at->second;
}

Result StudyFigures::query_dataset(const Rules& rules, const std::string& sql,
                                   const std::vector<std::string>& arguments) {
  const std::string eras = describe_eras(rules);
  std::unique_ptr<MemoryRun> run = take(eras, rules);
  Result result = run->query_dataset(sql, arguments, limits_);
  give_back(eras, std::move(run));
  return result;
}

StudyFigures::Answers::Answers(StudyFigures& figures, const Rules& rules,
                               const Study::Columns& columns, RunOptions options)
    : figures_(figures),
      rules_(rules),
      columns_(columns),
      options_(std::move(options)),
      eras_(describe_eras(rules)) {}

StudyFigures::Answers::~Answers() = default;

std::shared_ptr<const Result> StudyFigures::Answers::query(const std::string& sql) {
  std::unique_ptr<MemoryRun> run = figures_.take(eras_, rules_);
  run->use(rules_, columns_);
  const std::optional<MemoryRun::Inputs> inputs = run->inputs(sql);
  if (!inputs) {
    figures_.give_back(eras_, std::move(run));
    if (!whole_) {
      const std::vector<Classification> people = figures_.study_.classify(rules_);
      whole_ = std::make_unique<const Run>(
          Run::in_memory({rules_, figures_.study_.dataset(), people, options_}));
    }
    return std::make_shared<const Result>(whole_->query(sql, {}, figures_.limits_));
  }
  std::string reads = sql;
  reads += '\0';
  // A column of the answer has a name, so that the names count, too.
  for (const std::uint32_t label : inputs->labels) {
    reads += rules_.labels[label].name + '\0';
    append(reads, columns_[label]->content());
  }
  if (inputs->eras) reads += eras_;
  const Key key = key_of(reads);
  std::shared_ptr<const Result> answer = figures_.known(key);
  if (!answer) answer = figures_.keep(key, run->query(sql, figures_.limits_));
  figures_.give_back(eras_, std::move(run));
  return answer;
}

}  // namespace cadre
