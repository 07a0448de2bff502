#include "cadre/import/biography_input.hpp"

#include <fmt/format.h>
#include <simdjson.h>

#include <algorithm>
#include <filesystem>
#include <system_error>

#include "cadre/base/error.hpp"
#include "cadre/base/files.hpp"
#include "cadre/data/column_name.hpp"
#include "cadre/data/ondemand.hpp"
#include "cadre/text/utf8.hpp"

namespace cadre {
namespace {

namespace fs = std::filesystem;

/// The lines of a file.
class Lines {
 public:
  Lines(const std::string& path, const std::string& shown, const InputOptions& options)
      : file_(path, options.files_read, shown), longest_(options.max_text_bytes) {}

  /// The next line, of which no more is kept than what tells that it is too long. False at the end.
  bool next(std::string& line) {
    line.clear();
    bool any = false;
    while (at_ < rest_.size() || fill()) {
      any = true;
      const std::string_view piece = rest_.substr(at_);
      const std::size_t end = std::min(piece.find('\n'), piece.size());
      if (line.size() <= longest_) {
        line.append(piece.substr(0, std::min(end, longest_ + 1 - line.size())));
      }
      at_ += end + 1;
      if (end < piece.size()) return true;
    }
    return any;
  }

 private:
  bool fill() {
    rest_ = std::string_view(bytes_.data(), file_.read(bytes_));
    at_ = 0;
    return !rest_.empty();
  }

  FileReader file_;
  std::size_t longest_;
  std::vector<char> bytes_ = std::vector<char>(std::size_t{64} << 10);
  std::string_view rest_;  // of bytes_
  std::size_t at_ = 0;     // in it; past its end when a piece had no line end
};

/// What is wrong with a line that is no JSON. The parser does not tell where.
std::string why_no_json(std::string_view line, simdjson::error_code error) {
  if (line.starts_with(kByteOrderMark)) line.remove_prefix(kByteOrderMark.size());
  line.remove_prefix(std::min(line.find_first_not_of(" \t\r"), line.size()));
  if (line.starts_with(kByteOrderMark)) {
    return "a byte order mark, which may stand at the very beginning of the file only";
  }
  if (!line.starts_with('{')) return "not JSON: the line does not begin with {";
  const std::string_view known = json_error_in_words(error);
  return fmt::format("not JSON: {}", known == json_error_in_words(simdjson::TAPE_ERROR)
                                         ? "is a quote, a comma or a bracket missing?"
                                         : known);
}

std::string why_no_biography(const simdjson::dom::element& element) {
  simdjson::dom::object object;
  if (element.get(object) == simdjson::SUCCESS) {
    for (const auto field : object) {
      const std::string_view shown = shown_name(field.key);
      if (shown != "id" && shown != "text") continue;
      if (const auto problem = check_column_name(field.key, "key")) return problem->message;
    }
  }
  return "not an object with the texts \"id\" and \"text\"";
}

class Input {
 public:
  Input(const InputOptions& options, const std::function<void(const BiographyText&)>& take,
        const std::function<void(BadInput)>& refuse)
      : options_(options), take_(take), refuse_(refuse) {}

  void read(const std::string& path) {
    std::error_code failed;
    const fs::path file(path);
    if (path == "-") {
      json_lines("/dev/stdin", "<standard input>");
    } else if (fs::is_directory(file, failed)) {
      folder(file);
    } else if (file.extension() == ".jsonl" || file.extension() == ".ndjson") {
      json_lines(path, path);
    } else {
      text_file(file);
    }
  }

 private:
  void folder(const fs::path& path) {
    std::vector<fs::path> inside;
    for (const auto& entry : fs::directory_iterator(path)) {
      if (!entry.path().filename().string().starts_with(".")) inside.push_back(entry.path());
    }
    std::sort(inside.begin(), inside.end());
    for (const fs::path& one : inside) {
      std::error_code failed;
      if (fs::is_directory(one, failed)) {
        folder(one);
      } else if (fs::is_regular_file(one, failed)) {
        read(one.string());
      } else {
        refuse_({one.string(), 0, "not a regular file"});
      }
    }
  }

  void text_file(const fs::path& path) {
    std::string bytes;
    try {
      bytes = read_file(path, options_.max_text_bytes, options_.files_read);
    } catch (const Error& error) {
      if (error.kind() != Error::Kind::kLimit) throw;
      refuse_({path.string(), 0,
               fmt::format("longer than the limit of {} bytes", options_.max_text_bytes)});
      return;
    }
    give(path.stem().string(), path.string(), 0, bytes);
  }

  void json_lines(const std::string& path, const std::string& shown) {
    Lines lines(path, shown, options_);
    simdjson::dom::parser parser;
    std::string line;
    for (std::size_t number = 1; lines.next(line); ++number) {
      if (line.find_first_not_of(" \t\r\xEF\xBB\xBF") == std::string::npos) continue;
      if (line.size() > options_.max_text_bytes) {
        refuse_({shown, number,
                 fmt::format("longer than the limit of {} bytes", options_.max_text_bytes)});
        continue;
      }
      simdjson::dom::element element;
      if (const auto error = parser.parse(line).get(element)) {
        refuse_({shown, number, why_no_json(line, error)});
        continue;
      }
      std::string_view id;
      std::string_view text;
      if (element["id"].get(id) != simdjson::SUCCESS || id.empty() ||
          element["text"].get(text) != simdjson::SUCCESS) {
        refuse_({shown, number, why_no_biography(element)});
        continue;
      }
      give(std::string(id), shown, number, text);
    }
  }

  void give(const std::string& id, const std::string& file, std::size_t line,
            std::string_view bytes) {
    if (bytes.find_first_not_of(" \t\r\n\xEF\xBB\xBF") == std::string_view::npos) {
      refuse_({file, line, "the text is empty"});
      return;
    }
    take_({id, file, line, bytes});
  }

  const InputOptions& options_;
  const std::function<void(const BiographyText&)>& take_;
  const std::function<void(BadInput)>& refuse_;
};

}  // namespace

void read_biographies(const std::vector<std::string>& paths, const InputOptions& options,
                      const std::function<void(const BiographyText&)>& take,
                      const std::function<void(BadInput)>& refuse) {
  Input input(options, take, refuse);
  for (const std::string& path : paths) input.read(path);
}

}  // namespace cadre
