#include "cadre/base/error.hpp"
#include "cadre/base/files.hpp"
#include "cadre/run/build.hpp"
#include "cadre/run/sqlite.hpp"
#include "cadre/run/writer.hpp"

namespace cadre {

void write_run_sqlite(const RunContents& run, const std::filesystem::path& target,
                      const FilesRead& read) {
  const auto write = [&](const std::filesystem::path& aside) {
    try {
      const sqlite::Database database = sqlite::open(aside.string(), SQLITE_OPEN_READWRITE);
      build_run(database.get(), run);
    } catch (const Error& error) {
      throw Error(error.kind(), target.string(),
                  "cannot write '" + target.string() + "': " + error.what());
    }
  };
  write_whole(target, write, read);
}

}  // namespace cadre
