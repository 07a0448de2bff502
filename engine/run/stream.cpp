#include "cadre/run/stream.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <condition_variable>
#include <deque>
#include <exception>
#include <map>
#include <mutex>
#include <thread>
#include <utility>

#include "cadre/base/error.hpp"
#include "cadre/base/parallel.hpp"
#include "cadre/classify/classifier.hpp"
#include "cadre/data/compressed.hpp"
#include "cadre/data/encoding.hpp"
#include "cadre/data/jsonl.hpp"
#include "cadre/data/problems.hpp"
#include "cadre/run/person_json.hpp"
#include "cadre/run/rule_places.hpp"

namespace cadre {
namespace {

/// Some whole lines of the input.
struct Portion {
  std::size_t number = 0;
  std::size_t first_line = 1;
  std::string text;
};

/// What became of a portion.
struct Outcome {
  std::string lines;
  StreamReport report;
};

/// Cuts the input into portions that end with a line.
class Cutter {
 public:
  Cutter(const std::string& name, const std::function<std::size_t(std::span<char>)>& read,
         const StreamOptions& options)
      : name_(name), read_(read), options_(options), mender_(options.data.invalid_utf8, name) {}

  /// What was not UTF-8.
  const Utf8Mender& mender() const { return mender_; }

  /// The next portion, or false at the end. The first one may be empty.
  bool next(Portion& portion) {
    if (ended_ && rest_.empty() && number_ > 0) return false;
    std::string text = std::move(rest_);
    rest_.clear();
    std::size_t searched = 0;
    while (!ended_) {
      if (text.size() >= options_.portion_bytes && cut(text, searched)) break;
      searched = text.size();
      if (searched > options_.portion_bytes + options_.data.max_line_bytes) too_long();
      fill(text);
      if (number_ == 0 && searched == 0 && compression_of(text) != Compression::kNone) {
        while (!ended_ && text.size() <= options_.data.max_file_bytes) fill(text);
        text = decompress(std::move(text), name_, options_.data.max_file_bytes);
      }
    }
    if (ended_ && text.size() > options_.portion_bytes) cut(text, 0);
    portion.number = number_++;
    portion.first_line = line_;
    const std::size_t bytes = text.size();
    mender_.mend(text, begin_, line_);
    begin_ += bytes;
    line_ += static_cast<std::size_t>(std::count(text.begin(), text.end(), '\n'));
    portion.text = std::move(text);
    return true;
  }

 private:
  void fill(std::string& text) {
    constexpr std::size_t kChunk = std::size_t{64} << 10;
    const std::size_t size = text.size();
    text.resize(size + kChunk);
    const std::size_t got = read_(std::span(text).subspan(size));
    text.resize(size + got);
    ended_ = got == 0;
  }

  [[noreturn]] void too_long() const {
    throw Error(Error::Kind::kLimit, name_,
                fmt::format("cannot read '{}': line {} has more than {} bytes", name_, line_,
                            options_.data.max_line_bytes));
  }

  /// Keeps what follows the first line end behind a portion's size, or, short of that, behind
  /// `from`, for the next portion.
  bool cut(std::string& text, std::size_t from) {
    // The first portion holds somebody: an empty file is a mistake, empty lines at its start are
    // none.
    const std::size_t first = number_ == 0 ? text.find_first_not_of(" \t\r\n\xEF\xBB\xBF") : 0;
    if (first == std::string::npos) return false;
    std::size_t end = text.rfind('\n', options_.portion_bytes);
    if (end == std::string::npos || end < first) {
      end = text.find('\n', std::max({from, options_.portion_bytes, first}));
      if (end == std::string::npos) return false;
    }
    rest_.assign(text, end + 1);
    text.resize(end + 1);
    return true;
  }

  const std::string& name_;
  const std::function<std::size_t(std::span<char>)>& read_;
  const StreamOptions& options_;
  std::string rest_;
  bool ended_ = false;
  std::size_t number_ = 0;
  std::size_t line_ = 1;
  std::size_t begin_ = 0;  // of the next portion: bytes of the file
  Utf8Mender mender_;
};

class Stream {
 public:
  Stream(const Rules& rules, const std::string& name,
         const std::function<void(std::string_view)>& write, const StreamOptions& options)
      : rules_(rules),
        name_(name),
        write_(write),
        options_(options),
        schema_(Schema::standard()),
        classifier_(rules, schema_),
        places_(rules),
        json_(rules, schema_, places_) {
    report_.labels.resize(rules.labels.size());
  }

  StreamReport run(Cutter& cutter) {
    const unsigned threads = thread_count(options_.threads);
    {
      std::vector<std::jthread> workers;
      workers.reserve(threads);
      try {
        for (unsigned i = 0; i < threads; ++i) workers.emplace_back([this] { work(); });
        Portion portion;
        while (cutter.next(portion) && hand_out(portion, std::size_t{2} * threads)) {
        }
      } catch (...) {
        fail(std::current_exception());
      }
      const std::lock_guard lock(mutex_);
      no_more_ = true;
      changed_.notify_all();
    }
    if (failure_) std::rethrow_exception(failure_);
    Problems problems(report_.diagnostics, report_.diagnostics.size() + 1);
    cutter.mender().tell(problems);
    return std::move(report_);
  }

 private:
  /// Waits until few enough portions are under way. False when nothing more is wanted.
  bool hand_out(Portion& portion, std::size_t most) {
    std::unique_lock lock(mutex_);
    changed_.wait(lock, [&] { return stopped_ || under_way_ < most; });
    if (stopped_) return false;
    ++under_way_;
    waiting_.push_back(std::move(portion));
    changed_.notify_all();
    return true;
  }

  void work() {
    try {
      for (;;) {
        Portion portion;
        {
          std::unique_lock lock(mutex_);
          changed_.wait(lock, [&] { return stopped_ || no_more_ || !waiting_.empty(); });
          if (stopped_ || waiting_.empty()) return;
          portion = std::move(waiting_.front());
          waiting_.pop_front();
        }
        finish(portion.number, classify(portion));
      }
    } catch (...) {
      fail(std::current_exception());
    }
  }

  Outcome classify(const Portion& portion) const {
    Outcome outcome;
    Problems problems(outcome.report.diagnostics, options_.data.max_diagnostics);
    const std::optional<Dataset> data =
        read_json_lines(portion.text, name_, options_.data, problems, portion.first_line);
    problems.close();
    if (!data) return outcome;
    outcome.report.people = data->people.size();
    outcome.report.labels.resize(rules_.labels.size());
    const std::vector<Classification> results = classifier_.classify(data->people, 1);
    for (std::size_t i = 0; i < results.size(); ++i) {
      const std::vector<LabelValue>& values = results[i].labels;
      for (std::size_t label = 0; label < values.size(); ++label) {
        ++outcome.report.labels[label][static_cast<std::size_t>(values[label].truth)];
      }
      json_.write(data->people[i], values, outcome.lines);
    }
    return outcome;
  }

  /// Writes what is finished, in order.
  void finish(std::size_t number, Outcome outcome) {
    std::unique_lock lock(mutex_);
    finished_.emplace(number, std::move(outcome));
    if (writing_) return;  // whoever writes now comes to this one too
    writing_ = true;
    while (!stopped_ && !finished_.empty() && finished_.begin()->first == next_) {
      Outcome next = std::move(finished_.begin()->second);
      finished_.erase(finished_.begin());
      ++next_;
      --under_way_;
      take(next.report);
      if (!stopped_) {
        lock.unlock();
        write_(next.lines);
        lock.lock();
      }
      changed_.notify_all();
    }
    writing_ = false;
  }

  void take(StreamReport& part) {
    const bool errors = has_errors(part.diagnostics);
    // Warnings of every portion would fill the memory.
    if (errors || report_.diagnostics.size() < options_.data.max_diagnostics) {
      report_.diagnostics.insert(report_.diagnostics.end(), part.diagnostics.begin(),
                                 part.diagnostics.end());
    }
    if (errors) {
      stopped_ = true;
      return;
    }
    report_.people += part.people;
    for (std::size_t label = 0; label < part.labels.size(); ++label) {
      for (std::size_t truth = 0; truth < 3; ++truth) {
        report_.labels[label][truth] += part.labels[label][truth];
      }
    }
  }

  void fail(std::exception_ptr failure) {
    const std::lock_guard lock(mutex_);
    if (!failure_) failure_ = std::move(failure);
    stopped_ = true;
    changed_.notify_all();
  }

  const Rules& rules_;
  const std::string& name_;
  const std::function<void(std::string_view)>& write_;
  const StreamOptions& options_;
  const Schema schema_;
  const Classifier classifier_;
  const RulePlaces places_;
  const PersonJson json_;

  std::mutex mutex_;  // over all that follows
  std::condition_variable changed_;
  std::deque<Portion> waiting_;
  std::map<std::size_t, Outcome> finished_;  // and not yet written
  std::size_t under_way_ = 0;                // handed out and not yet written
  std::size_t next_ = 0;                     // to be written
  bool writing_ = false;
  bool no_more_ = false;
  bool stopped_ = false;
  std::exception_ptr failure_;
  StreamReport report_;
};

}  // namespace

StreamReport classify_stream(const Rules& rules, const std::string& name,
                             const std::function<std::size_t(std::span<char>)>& read,
                             const std::function<void(std::string_view)>& write,
                             const StreamOptions& options) {
  Cutter cutter(name, read, options);
  return Stream(rules, name, write, options).run(cutter);
}

}  // namespace cadre
