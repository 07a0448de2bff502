// One field of a Table Schema: what column it makes, and what its cells must be.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "cadre/data/cell_rules.hpp"
#include "cadre/data/property_reader.hpp"
#include "cadre/data/schema.hpp"

namespace cadre {

/// Cells that mean "not known", as the nearest level that names them has it.
using MissingValues = std::shared_ptr<const TextSet>;

/// How many values lists may have, all of a package together (DataOptions::max_values).
class ValueBudget {
 public:
  explicit ValueBudget(std::size_t most) : most_(most), left_(most) {}

  /// Takes the values of a list; an error when there are too many.
  bool take(const JsonNode& list, PropertyReader& reader);

 private:
  std::size_t most_;
  std::size_t left_;
};

/// `missingValues` of a package, resource, schema or field, where it has them; otherwise `outer`.
MissingValues read_missing_values(const JsonNode& json, const MissingValues& outer,
                                  PropertyReader& reader, ValueBudget& budget);

struct FieldContext {
  const std::vector<std::string>& languages;
  MissingValues missing;
  bool is_key = false;       ///< part of a primary or foreign key
  bool is_span_end = false;  ///< `start` or `end` of a table whose rows have years: a date
};

struct Field {
  Column column;
  CellRules rules;
};

/// Reads a field that has a `name`. What cadre cannot apply is an error.
Field read_field(const JsonNode& json, const FieldContext& context, PropertyReader& reader,
                 ValueBudget& budget);

}  // namespace cadre
