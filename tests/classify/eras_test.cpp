#include "cadre/classify/eras.hpp"

#include <string>

#include "tests/catch.hpp"

namespace cadre {
namespace {

Date date(const std::string& text) {
  return *Date::parse(text);
}

EraScheme committees() {
  EraScheme scheme;
  scheme.as_of = date("2022-04-30");
  scheme.transition_opens_before = Period::parse("P6M");
  const auto add = [&scheme](const std::string& id, const std::string& from,
                             const std::string& to) {
    Era era;
    era.id = id;
    era.from = date(from);
    era.to = Date::parse(to);
    scheme.eras.push_back(era);
  };
  add("cc17", "2007-10-21", "2012-11-14");
  add("cc18", "2012-11-14", "2017-10-24");
  add("cc19", "2017-10-24", "");
  return scheme;
}

std::string id(const EraScheme& scheme, std::optional<std::uint32_t> era) {
  return era ? scheme.eras[*era].id : "none";
}

TEST_CASE("the era of a date") {
  const EraScheme scheme = committees();
  const auto era = [&](const std::string& text) { return id(scheme, era_of(scheme, date(text))); };
  CHECK(era("2007-10-20") == "none");
  CHECK(era("2007-10-21") == "cc17");
  CHECK(era("2012-11-13") == "cc17");
  CHECK(era("2012-11-14") == "cc18");
  CHECK(era("2013") == "cc18");
  CHECK(era("2012-11") == "none");  // straddles the boundary
  CHECK(era("2020-01") == "cc19");
  CHECK(era("2022-05-01") == "cc19");  // as_of says what is looked at, not when eras are
}

TEST_CASE("promotions in a transition count to the incoming era") {
  EraScheme scheme = committees();
  const auto era = [&](const std::string& text) {
    return id(scheme, era_of_promotion(scheme, date(text)));
  };
  CHECK(era("2012-05-13") == "cc17");
  CHECK(era("2012-05-14") == "cc18");
  CHECK(era("2012-05") == "cc18");  // a month that holds the opening day
  CHECK(era("2012-08") == "cc18");
  CHECK(era("2017-03") == "cc18");
  CHECK(era("2017-05") == "cc19");
  CHECK(era("2022-04-30") == "cc19");  // the last day that is looked at
  CHECK(era("2022-05-01") == "none");

  scheme.promotions_count_to_incoming = false;
  CHECK(era("2012-08") == "cc17");
  CHECK(era("2012-11-14") == "cc18");
}

TEST_CASE("a promotion after the last era belongs to none") {
  EraScheme scheme = committees();
  scheme.eras.pop_back();
  scheme.as_of.reset();
  CHECK(id(scheme, era_of_promotion(scheme, date("2017-10-23"))) == "cc18");
  CHECK_FALSE(era_of_promotion(scheme, date("2017-10-24")).has_value());
  CHECK_FALSE(era_of_promotion(scheme, date("2019-01")).has_value());
}

}  // namespace
}  // namespace cadre
