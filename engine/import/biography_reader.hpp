// Reading one biography: text in, rows and facts out, each with its place.
//
// The text is read line by line. The first layout that reads a line takes it apart: furniture is
// set aside; a line is parted into sentences, a sentence into entries, each of which begins where a
// period of the layout does (brackets hold entries of their own: 其间). An entry is a fact, an
// event, a course of study or a job, tried in this order; what it is not goes to `unparsed`. Each
// byte of a line that is not blank lies in the span of exactly these.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "cadre/import/biography.hpp"
#include "cadre/import/layout_matcher.hpp"

namespace cadre {

class BiographyReader {
 public:
  /// Tries the layouts in this order; they must outlive it.
  explicit BiographyReader(const std::vector<Layout>& layouts);

  /// `bytes` in any of the encodings of import/decode.hpp. A text that cannot be decoded has one
  /// unparsed span, the whole of it.
  Biography read(std::string id, std::string_view bytes) const;

 private:
  std::vector<LayoutMatcher> layouts_;
};

}  // namespace cadre
