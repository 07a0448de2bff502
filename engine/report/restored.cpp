#include "cadre/report/restored.hpp"

#include <utility>

#include "cadre/base/error.hpp"
#include "cadre/run/restore.hpp"

namespace cadre {

Rules restored_rules(const Run& run) {
  Loaded loaded = restore_rules(run, restore_settings(run));
  if (!loaded.rules) {
    throw Error(Error::Kind::kCorrupt, "",
                "the rules that the run holds cannot be read; classify again");
  }
  return std::move(*loaded.rules);
}

}  // namespace cadre
