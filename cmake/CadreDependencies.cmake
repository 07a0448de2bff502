# The libraries that libcadre links. Read by our own build and, installed beside the package
# configuration, by projects that call find_package(cadre): a static libcadre needs them as well.
#
# Names that differ between distributions end up the same here: yaml-cpp::yaml-cpp,
# PkgConfig::re2, PkgConfig::zstd.

include(CMakeFindDependencyMacro)

find_dependency(PkgConfig)
find_dependency(Threads)
find_dependency(yaml-cpp)
find_dependency(fmt)
find_dependency(simdjson)
find_dependency(SQLite3)
find_dependency(ICU COMPONENTS uc i18n)
find_dependency(ZLIB)
find_dependency(OpenSSL COMPONENTS Crypto)

# Not every version of these two ships a CMake configuration; all ship a pkg-config file.
pkg_check_modules(re2 REQUIRED QUIET IMPORTED_TARGET re2)
pkg_check_modules(zstd REQUIRED QUIET IMPORTED_TARGET libzstd)

# yaml-cpp put its target in a namespace with version 0.8.
if(NOT TARGET yaml-cpp::yaml-cpp)
  add_library(yaml-cpp::yaml-cpp INTERFACE IMPORTED)
  target_link_libraries(yaml-cpp::yaml-cpp INTERFACE yaml-cpp)
endif()
