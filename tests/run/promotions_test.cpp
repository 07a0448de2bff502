// The view promotions: governors who became party secretary, and the era that counts them.
#include "cadre/classify/eras.hpp"
#include "tests/catch.hpp"
#include "tests/support/hand_made.hpp"
#include "tests/support/tables.hpp"

namespace cadre {
namespace {

using testing::HandMade;
using testing::table_text;
using testing::TemporaryFolder;

EraScheme& add_committees(HandMade& made) {
  EraScheme& scheme =
      made.eras("cc", {{"cc17", "2007-10-21"}, {"cc18", "2012-11-08"}, {"cc19", "2017-10-24"}});
  scheme.as_of = Date::parse("2022-04-30");
  scheme.transition_opens_before = Period::parse("P6M");
  return scheme;
}

std::string promotions(const HandMade& made) {
  const TemporaryFolder folder;
  const Run run = made.written(folder);
  return table_text(run,
                    "SELECT person, from_province, province, date, era FROM promotions "
                    "ORDER BY person, date");
}

TEST_CASE("a governor who becomes secretary of the same province is promoted") {
  HandMade made;
  add_committees(made);
  made.post("li", "hunan", "governor", "2008-01", "2010-01");
  made.post("li", "hunan", "party_secretary", "2010-01", "2012-01");
  CHECK(promotions(made) == "li | hunan | hunan | 2010-01 | cc17\n");
  const TemporaryFolder folder;
  CHECK(table_text(made.written(folder),
                   "SELECT from_post, to_post, era_label, leader, scheme "
                   "FROM promotions") ==
        "hunan/governor/li | hunan/party_secretary/li | label of cc17 | leader of cc17 | cc\n");
}

TEST_CASE("so is one who becomes secretary of another province, at once or years later") {
  HandMade made;
  add_committees(made);
  made.post("li", "hunan", "governor", "2008-01", "2010-01");
  made.post("li", "hubei", "party_secretary", "2010-01", "2012-01");
  made.post("wu", "gansu", "governor", "2008-01", "2009-01");  // then a minister
  made.post("wu", "jilin", "party_secretary", "2013-05", "2014-01");
  CHECK(promotions(made) ==
        "li | hunan | hubei | 2010-01 | cc17\n"
        "wu | gansu | jilin | 2013-05 | cc18\n");
}

TEST_CASE(
    "a secretary who was never governor is not promoted, nor is one who was it before another "
    "post") {
  HandMade made;
  add_committees(made);
  made.post("direct", "hunan", "party_secretary", "2008-01", "2010-01");
  made.post("twice", "hunan", "party_secretary", "2010-01", "2011-01");
  made.post("twice", "hubei", "party_secretary", "2011-01", "2012-01");
  made.post("down", "gansu", "party_secretary", "2008-01", "2009-01");
  made.post("down", "jilin", "governor", "2009-01", "2010-01");
  made.post("other", "anhui", "governor", "2008-01", "2009-01");
  made.post("other", "henan", "governor", "2009-01", "2010-01");
  CHECK(promotions(made).empty());
}

TEST_CASE("only the last governorship is promoted, and a second rise counts again") {
  HandMade made;
  add_committees(made);
  made.post("li", "hunan", "governor", "2008-01", "2009-01");
  made.post("li", "hubei", "governor", "2009-01", "2010-01");
  made.post("li", "hubei", "party_secretary", "2010-01", "2011-01");
  made.post("li", "jilin", "party_secretary", "2011-01", "2013-01");
  made.post("li", "jilin", "governor", "2013-01", "2014-01");
  made.post("li", "anhui", "party_secretary", "2014-01", "2015-01");
  CHECK(promotions(made) ==
        "li | hubei | hubei | 2010-01 | cc17\n"
        "li | jilin | anhui | 2014-01 | cc18\n");
}

TEST_CASE("the order of rows in the data does not matter, the dates do") {
  HandMade made;
  add_committees(made);
  made.post("li", "hunan", "party_secretary", "2010-01", "2012-01");
  made.post("li", "hunan", "governor", "2008-01", "2010-01");
  CHECK(promotions(made) == "li | hunan | hunan | 2010-01 | cc17\n");
}

/// The era of a promotion of that date, or an empty text.
std::string era_of(const std::string& date, bool incoming = true, const char* opens = "P6M") {
  HandMade made;
  EraScheme& scheme = add_committees(made);
  scheme.transition_opens_before = Period::parse(opens);
  scheme.promotions_count_to_incoming = incoming;
  made.post("li", "hunan", "governor", "2000-01", "2001-01");
  made.post("li", "hunan", "party_secretary", date, "..");
  const TemporaryFolder folder;
  const std::string era = table_text(made.written(folder), "SELECT era FROM promotions");
  return era.empty() ? era : era.substr(0, era.size() - 1);
}

TEST_CASE("promotions in the months before an era count to it") {
  CHECK(era_of("2012-05-07") == "cc17");
  CHECK(era_of("2012-05-08") == "cc18");  // six months before 2012-11-08
  CHECK(era_of("2012-04") == "cc17");
  CHECK(era_of("2012-05") == "cc18");  // by its end the transition had opened
  CHECK(era_of("2012-11-08") == "cc18");
  CHECK(era_of("2017-04-23") == "cc18");
  CHECK(era_of("2017-04-24") == "cc19");
}

TEST_CASE("or to the outgoing one, where the rules say so") {
  CHECK(era_of("2012-05-08", false) == "cc17");
  CHECK(era_of("2012-11-07", false) == "cc17");
  CHECK(era_of("2012-11-08", false) == "cc18");
}

TEST_CASE("promotions before the first era opens or after as_of count nowhere") {
  CHECK(era_of("2007-04-20") == "");
  CHECK(era_of("2007-04-21") == "cc17");
  CHECK(era_of("2022-04-30") == "cc19");
  CHECK(era_of("2022-05-01") == "");
  CHECK(era_of("2022-05") == "");
  CHECK(era_of("2022-04") == "cc19");
  CHECK(era_of("2022") == "");  // it may have been in May
}

TEST_CASE("a promotion that the end of the post dates before as_of counts") {
  HandMade made;
  add_committees(made);
  made.post("li", "hunan", "governor", "2018-01", "2022");
  made.post("li", "hunan", "party_secretary", "2022", "2022-04");
  CHECK(promotions(made) == "li | hunan | hunan | 2022 | cc19\n");
}

TEST_CASE("the view counts promotions as era_of_promotion does") {
  HandMade made;
  EraScheme& scheme = add_committees(made);
  scheme.eras[0].to = Date::parse("2011-06-15");  // a gap until the transition of cc18
  scheme.eras[2].to = Date::parse("2021-01-01");  // and an end
  made.post("li", "hunan", "governor", "1990", "1991");
  made.post("li", "hunan", "party_secretary", "1992", "..");
  const std::string date =
      GENERATE(as<std::string>(), "2006", "2007", "2007-04", "2007-10-21", "2010", "2011",
               "2011-06", "2011-06-14", "2011-06-15", "2011-09", "2012", "2012-05", "2012-05-07",
               "2012-11", "2017", "2017-04", "2017-10", "2020", "2021", "2020-12-31", "2021-01-01",
               "2022", "2022-04", "2022-05");
  CAPTURE(date);
  Row& post = made.dataset.people[0].rows_to_edit(kPosts)[1];
  post.span.start = Date::parse(date);
  post.cells[*made.dataset.schema.table(kPosts).find("start")] = date;

  const auto expected = era_of_promotion(scheme, *post.span.start);
  const TemporaryFolder folder;
  CHECK(table_text(made.written(folder), "SELECT era FROM promotions") ==
        (expected ? scheme.eras[*expected].id + "\n" : ""));
}

}  // namespace
}  // namespace cadre
