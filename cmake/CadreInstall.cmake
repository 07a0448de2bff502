# What `cmake --install` puts where:
#   bin/cadre, lib/libcadre.*, include/cadre/**.hpp, lib/cmake/cadre/,
#   share/cadre/rules/, share/cadre/datasets/, share/cadre/schemas/.

include(CMakePackageConfigHelpers)
set(package_dir ${CMAKE_INSTALL_LIBDIR}/cmake/cadre)

install(TARGETS cadre EXPORT cadreTargets)
# Not the headers of cadre itself that need those of a library it is built with.
file(GLOB_RECURSE headers RELATIVE ${PROJECT_SOURCE_DIR}/engine engine/*.hpp)
foreach(header IN LISTS headers)
  file(STRINGS engine/${header} of_library LIMIT_COUNT 1
       REGEX "^#include <(sqlite3|re2/|unicode/|yaml-cpp/|simdjson|fmt/)")
  if(NOT of_library)
    get_filename_component(folder ${header} DIRECTORY)
    install(FILES engine/${header} DESTINATION ${CMAKE_INSTALL_INCLUDEDIR}/cadre/${folder})
  endif()
endforeach()
install(FILES ${PROJECT_BINARY_DIR}/generated/cadre/base/version.hpp
        DESTINATION ${CMAKE_INSTALL_INCLUDEDIR}/cadre/base)
if(TARGET cadre_cli)
  if(BUILD_SHARED_LIBS)
    file(RELATIVE_PATH to_lib /${CMAKE_INSTALL_BINDIR} /${CMAKE_INSTALL_LIBDIR})
    set_target_properties(cadre_cli PROPERTIES INSTALL_RPATH "$ORIGIN/${to_lib}")
  endif()
  install(TARGETS cadre_cli)
endif()
install(FILES LICENSE DESTINATION ${CMAKE_INSTALL_DOCDIR})
foreach(folder IN ITEMS rules datasets schemas)
  if(EXISTS ${PROJECT_SOURCE_DIR}/${folder})
    install(DIRECTORY ${folder} DESTINATION ${CMAKE_INSTALL_DATADIR}/cadre)
  endif()
endforeach()

install(EXPORT cadreTargets NAMESPACE cadre:: DESTINATION ${package_dir})
configure_package_config_file(
  cmake/cadreConfig.cmake.in ${PROJECT_BINARY_DIR}/cadreConfig.cmake
  INSTALL_DESTINATION ${package_dir})
write_basic_package_version_file(
  ${PROJECT_BINARY_DIR}/cadreConfigVersion.cmake COMPATIBILITY SameMinorVersion)
install(FILES
  ${PROJECT_BINARY_DIR}/cadreConfig.cmake
  ${PROJECT_BINARY_DIR}/cadreConfigVersion.cmake
  cmake/CadreDependencies.cmake
  DESTINATION ${package_dir})
