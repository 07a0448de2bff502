// The loader of schema files.
#pragma once

#include "cadre/rules/declared_schema.hpp"
#include "cadre/rules/reader.hpp"

namespace cadre {

/// The most tables that a schema may declare, and columns of one of them.
inline constexpr std::size_t kMostSchemaTables = 100;
inline constexpr std::size_t kMostSchemaColumns = 1000;

/// The newest version of the rule language.
inline constexpr int kLanguageVersion = 2;
/// The version that has schemas.
inline constexpr int kSchemaVersion = 2;

/// Reads `cadre: N`. Tells of a version that this cadre does not read. Returns 1 without one.
int read_language_version(const Node* node, std::string_view what, Reader& reader);

/// What the file with this root says. What is wrong goes to the reader's sink; the part that is
/// wrong is left out.
DeclaredSchema read_schema(const Node& root, Reader& reader);

}  // namespace cadre
