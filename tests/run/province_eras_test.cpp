// The view province_eras: the pair that leads a province, stretch by stretch.
#include "tests/catch.hpp"
#include "tests/support/hand_made.hpp"

namespace cadre {
namespace {

using testing::HandMade;
using testing::table_text;
using testing::TemporaryFolder;

std::string stretches(const HandMade& made, const std::string& where = "true") {
  const TemporaryFolder folder;
  return table_text(made.written(folder),
                    "SELECT province, era, from_date, to_date, party_secretary, governor "
                    "FROM province_eras WHERE " +
                        where + " ORDER BY province, from_date");
}

void add_committees(HandMade& made) {
  EraScheme& scheme = made.eras("cc", {{"cc17", "2007-10-21"}, {"cc18", "2012-11-08"}});
  scheme.as_of = Date::parse("2014-12-31");
}

TEST_CASE("a stretch ends when one of the two leaders or the era changes") {
  HandMade made;
  add_committees(made);
  made.post("sec", "hunan", "party_secretary", "2006-01", "2013-04");
  made.post("sec2", "hunan", "party_secretary", "2013-04", "..");
  made.post("gov", "hunan", "governor", "2006-06", "2010-06");
  made.post("gov2", "hunan", "governor", "2010-06", "2014-01");
  CHECK(stretches(made) ==
        "hunan | cc17 | 2007-10-21 | 2010-06-01 | sec | gov\n"
        "hunan | cc17 | 2010-06-01 | 2012-11-08 | sec | gov2\n"
        "hunan | cc18 | 2012-11-08 | 2013-04-01 | sec | gov2\n"
        "hunan | cc18 | 2013-04-01 | 2014-01-01 | sec2 | gov2\n"
        "hunan | cc18 | 2014-01-01 | 2015-01-01 | sec2 | -\n");
}

TEST_CASE("a vacancy is an empty name, and a province without any leader has no row") {
  HandMade made;
  add_committees(made);
  made.post("sec", "hunan", "party_secretary", "2008-01", "2010-01");
  made.post("gov", "hunan", "governor", "2008-03", "2009-01");
  made.post("sec2", "hunan", "party_secretary", "2011-01", "2012-01");
  CHECK(stretches(made) ==
        "hunan | cc17 | 2008-01-01 | 2008-03-01 | sec | -\n"
        "hunan | cc17 | 2008-03-01 | 2009-01-01 | sec | gov\n"
        "hunan | cc17 | 2009-01-01 | 2010-01-01 | sec | -\n"
        "hunan | cc17 | 2011-01-01 | 2012-01-01 | sec2 | -\n");
}

TEST_CASE("where holders overlap the later one counts, without a stretch too many") {
  HandMade made;
  add_committees(made);
  made.post("gov", "hunan", "governor", "2008-01", "2010-03");
  made.post("gov2", "hunan", "governor", "2010-02", "2011-01");
  CHECK(stretches(made) ==
        "hunan | cc17 | 2008-01-01 | 2010-02-01 | - | gov\n"
        "hunan | cc17 | 2010-02-01 | 2011-01-01 | - | gov2\n");
}

TEST_CASE("after an inner tenure the earlier holder counts again") {
  HandMade made;
  add_committees(made);
  made.post("gov", "hunan", "governor", "2008-01", "2012-01");
  made.post("gov2", "hunan", "governor", "2009-01", "2010-01");
  CHECK(stretches(made) ==
        "hunan | cc17 | 2008-01-01 | 2009-01-01 | - | gov\n"
        "hunan | cc17 | 2009-01-01 | 2010-01-01 | - | gov2\n"
        "hunan | cc17 | 2010-01-01 | 2012-01-01 | - | gov\n");
}

TEST_CASE("so does the one of two inner tenures that began later, over the boundary of eras too") {
  HandMade made;
  add_committees(made);
  made.post("sec", "hunan", "party_secretary", "2008-01", "2014-06");
  made.post("sec2", "hunan", "party_secretary", "2010-01", "2013-06");
  made.post("sec3", "hunan", "party_secretary", "2011-01", "2012-01");
  CHECK(stretches(made) ==
        "hunan | cc17 | 2008-01-01 | 2010-01-01 | sec | -\n"
        "hunan | cc17 | 2010-01-01 | 2011-01-01 | sec2 | -\n"
        "hunan | cc17 | 2011-01-01 | 2012-01-01 | sec3 | -\n"
        "hunan | cc17 | 2012-01-01 | 2012-11-08 | sec2 | -\n"
        "hunan | cc18 | 2012-11-08 | 2013-06-01 | sec2 | -\n"
        "hunan | cc18 | 2013-06-01 | 2014-06-01 | sec | -\n");
}

TEST_CASE("a change that leaves both leaders where they are begins no stretch") {
  HandMade made;
  add_committees(made);
  made.post("gov", "hunan", "governor", "2008-01", "2010-06");  // hidden from 2009-01 on
  made.post("gov2", "hunan", "governor", "2009-01", "2011-01");
  made.post("gov2", "hunan", "governor", "2011-01", "2012-01");  // the same person goes on
  CHECK(stretches(made) ==
        "hunan | cc17 | 2008-01-01 | 2009-01-01 | - | gov\n"
        "hunan | cc17 | 2009-01-01 | 2012-01-01 | - | gov2\n");
}

TEST_CASE("posts of unknown province lead none") {
  HandMade made;
  add_committees(made);
  made.post("sec", "", "party_secretary", "2008-01", "2010-01");
  made.post("gov", "", "governor", "2008-01", "2010-01");
  CHECK(stretches(made).empty());
}

TEST_CASE("a successor in the month of the boundary leads from the first day of the era") {
  HandMade made;
  add_committees(made);
  made.post("sec", "hunan", "party_secretary", "2008-01", "2012-11");
  made.post("sec2", "hunan", "party_secretary", "2012-11", "2014-01");
  CHECK(stretches(made, "era = 'cc18'") == "hunan | cc18 | 2012-11-08 | 2014-01-01 | sec2 | -\n");
  CHECK(stretches(made, "era = 'cc17'") == "hunan | cc17 | 2008-01-01 | 2012-11-01 | sec | -\n");
}

TEST_CASE("an overlap with a predecessor who leaves after the boundary") {
  HandMade made;
  add_committees(made);
  made.post("sec", "hunan", "party_secretary", "2008-01", "2012-12");
  made.post("sec2", "hunan", "party_secretary", "2012-11", "2014-01");
  CHECK(stretches(made, "era = 'cc18'") == "hunan | cc18 | 2012-11-08 | 2014-01-01 | sec2 | -\n");
}

TEST_CASE("one person in both offices, and posts of other kinds") {
  HandMade made;
  add_committees(made);
  made.post("li", "hunan", "governor", "2008-01", "2009-01");
  made.post("li", "hunan", "party_secretary", "2008-06", "2009-01");
  made.post("wu", "hunan", "deputy", "2008-01", "2009-01");
  CHECK(stretches(made) ==
        "hunan | cc17 | 2008-01-01 | 2008-06-01 | - | li\n"
        "hunan | cc17 | 2008-06-01 | 2009-01-01 | li | li\n");
}

}  // namespace
}  // namespace cadre
