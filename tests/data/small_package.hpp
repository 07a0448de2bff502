// A data package with two people, which tests change and then load.
#pragma once

#include <string>
#include <vector>

#include "cadre/data/dataset.hpp"
#include "tests/support/command.hpp"

namespace cadre::testing {

class SmallPackage {
 public:
  SmallPackage();  ///< writes it to a folder of its own

  /// With the table `extra` before the others: properties of its resource, and its file.
  SmallPackage(const std::string& properties, const std::string& csv);

  /// Replaces the first `from` in a file by `to`; an empty `from` stands for the whole file.
  void change(const std::string& file, const std::string& from, const std::string& to);
  void remove(const std::string& file);

  LoadedDataset load(const DataOptions& options = {}) const;

  std::string folder() const { return folder_.path().string(); }

 private:
  TemporaryFolder folder_;
};

/// Diagnostics as lines: "people.csv:2:5-12 error[bad-date] message | hint + people.csv:1:1 note".
/// Paths are given below `folder`; a place without a line is the path alone.
std::vector<std::string> told(const Diagnostics& diagnostics, const std::string& folder);

/// What is told of a package when it is loaded.
std::vector<std::string> told_of(const SmallPackage& package);

/// The message of the Error that `load` throws, with `folder` left out.
std::string error_of(const SmallPackage& package, const DataOptions& options = {});

}  // namespace cadre::testing
