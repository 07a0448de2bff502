// The view post_eras: which eras a post is listed in, and where that is certain.
#include <fmt/format.h>

#include "tests/catch.hpp"
#include "tests/support/hand_made.hpp"

namespace cadre {
namespace {

using testing::HandMade;
using testing::table_text;
using testing::TemporaryFolder;

/// Three Central Committees; nothing after 2022-04-30.
void add_committees(HandMade& made) {
  EraScheme& scheme =
      made.eras("cc", {{"cc17", "2007-10-21"}, {"cc18", "2012-11-08"}, {"cc19", "2017-10-24"}});
  scheme.as_of = Date::parse("2022-04-30");
}

/// The eras of one governor's post, separated by blanks: those in which `condition` holds.
std::string eras_of(const std::string& start, const std::string& end,
                    const std::string& condition = "certain") {
  HandMade made;
  add_committees(made);
  made.post("li", "hunan", "governor", start, end);
  const TemporaryFolder folder;
  const Run run = made.written(folder);
  const std::string eras =
      table_text(run, fmt::format("SELECT coalesce(group_concat(era, ' '), '') FROM "
                                  "(SELECT era FROM post_eras WHERE {} ORDER BY era)",
                                  condition));
  return eras.substr(0, eras.size() - 1);
}

/// The eras in which the post is listed, certain or not.
std::string listed(const std::string& start, const std::string& end) {
  return eras_of(start, end, "true");
}

TEST_CASE("a post counts in every era that it overlaps") {
  CHECK(eras_of("2008-03-01", "2010-05-20") == "cc17");
  CHECK(eras_of("2008-03-01", "2013-05-20") == "cc17 cc18");
  CHECK(eras_of("2008-03-01", "2018-05-20") == "cc17 cc18 cc19");
  CHECK(eras_of("1990", "2000") == "");
}

TEST_CASE("days on the boundary: eras begin with their first day") {
  CHECK(eras_of("2010-01-01", "2012-11-08") == "cc17");  // in charge until the 8th
  CHECK(eras_of("2010-01-01", "2012-11-09") == "cc17 cc18");
  CHECK(eras_of("2012-11-07", "2013-01-01") == "cc17 cc18");
  CHECK(eras_of("2012-11-08", "2013-01-01") == "cc18");
}

TEST_CASE("a post is certain only in eras that it overlaps in every reading") {
  CHECK(eras_of("2010-01", "2012-11") == "cc17");  // it may have ended on the 1st
  CHECK(eras_of("2010-01", "2012-12") == "cc17 cc18");
  CHECK(eras_of("2012-11", "2013-06") == "cc18");  // it may have begun on the 30th
  CHECK(eras_of("2012-10", "2013-06") == "cc17 cc18");
  CHECK(eras_of("2012-11", "2012-11") == "");
  CHECK(eras_of("2012", "2014-06") == "cc18");
  CHECK(eras_of("2010-06", "2012") == "cc17");
  CHECK(eras_of("2012", "2012") == "");
}

TEST_CASE("a post is listed in every era that it overlaps in some reading") {
  CHECK(listed("2008-03-01", "2010-05-20") == "cc17");
  CHECK(listed("2010-01", "2012-11") == "cc17 cc18");
  CHECK(listed("2010-01", "2012-11-08") == "cc17");
  CHECK(listed("2012-11", "2013-06") == "cc17 cc18");
  CHECK(listed("2012-11-08", "2013-06") == "cc18");
  CHECK(listed("2012-11", "2012-11") == "cc17 cc18");
  CHECK(listed("2012", "2017") == "cc17 cc18 cc19");
  CHECK(listed("2012-11-20", "2012") == "cc18");  // it began in cc18
  CHECK(listed("1990", "2000") == "");
  CHECK(listed("2022", "..") == "cc19");  // it may have begun before as_of
  CHECK(listed("2022-05-01", "..") == "");
  CHECK(listed("2012-11-08", "") == "cc18 cc19");  // nobody knows how long
  CHECK(listed("", "2010-01") == "");
}

TEST_CASE("where a post is not certain, the longest part that it may have is told") {
  HandMade made;
  add_committees(made);
  made.post("li", "hunan", "governor", "2010-01", "2012-11");
  made.post("wu", "hubei", "governor", "2012-11", "2013");
  const TemporaryFolder folder;
  CHECK(table_text(made.written(folder),
                   "SELECT person, era, certain, from_date, to_date FROM post_eras "
                   "ORDER BY person, era") ==
        "li | cc17 | 1 | 2010-01-01 | 2012-11-01\n"
        "li | cc18 | 0 | 2012-11-08 | 2012-11-30\n"
        "wu | cc17 | 0 | 2012-11-01 | 2012-11-08\n"
        "wu | cc18 | 1 | 2012-11-08 | 2013-01-01\n");
}

TEST_CASE("the end that is known better tells about the other") {
  CHECK(eras_of("2012", "2012-03") == "cc17");        // it began before that
  CHECK(eras_of("2012-11-20", "2012") == "cc18");     // it ended after that
  CHECK(eras_of("2012", "2012-11-08") == "cc17");     // at the latest on the 7th
  CHECK(eras_of("2012-11-08", "2012-11") == "cc18");  // it ended on the 9th or later
  CHECK(eras_of("2012-11-07", "2012-11") == "cc17");  // on the 8th, or later
  CHECK(eras_of("2012", "2012-12") == "cc18");        // it may have begun in November
  CHECK(eras_of("2017", "2017-09") == "cc18");        // it began in September at the latest
  CHECK(eras_of("2017", "2017-10") == "");            // it may have begun on the 25th
}

TEST_CASE("a post that ends on the day on which it began counts on that day") {
  CHECK(eras_of("2012-11-07", "2012-11-07") == "cc17");
  CHECK(eras_of("2012-11-08", "2012-11-08") == "cc18");
  CHECK(eras_of("2012-11-30", "2012-11") == "cc18");
}

TEST_CASE("nothing after the scheme's as_of counts") {
  CHECK(eras_of("2017-12", "..") == "cc19");
  CHECK(eras_of("2022-04", "..") == "cc19");
  CHECK(eras_of("2022-04-30", "..") == "cc19");
  CHECK(eras_of("2022-05-01", "..") == "");
  CHECK(eras_of("2022-05", "2022-12") == "");
  CHECK(eras_of("2022", "..") == "");  // it may have begun after as_of
}

TEST_CASE("an open post that begins after the data do is in no row") {
  HandMade made;
  made.eras("cc", {{"cc20", "2022-10-22"}});
  made.post("li", "hunan", "governor", "2023-02", "..");  // the data are of 2022-12-31
  made.post("wu", "hubei", "governor", "2022", "..");
  const TemporaryFolder folder;
  CHECK(table_text(made.written(folder), "SELECT person, start_last, end_first FROM tenures") ==
        "wu | 2022-12-31 | 2023-01-01\n");
}

TEST_CASE("an era that begins after as_of is in no row") {
  HandMade made;
  EraScheme& scheme = made.eras("cc", {{"cc19", "2017-10-24"}, {"cc20", "2022-10-22"}});
  scheme.as_of = Date::parse("2022-04-30");
  made.post("li", "hunan", "governor", "2018-01", "2022-12");
  const TemporaryFolder folder;
  const Run run = made.written(folder);
  CHECK(table_text(run, "SELECT era, from_date, to_date FROM post_eras") ==
        "cc19 | 2018-01-01 | 2022-05-01\n");
}

TEST_CASE("an open end lasts until the dataset's as_of when the scheme has none") {
  HandMade made;
  made.eras("cc", {{"cc19", "2017-10-24"}, {"cc20", "2022-12-31"}, {"cc21", "2023-01-01"}});
  made.post("li", "hunan", "governor", "2018-01", "..");
  const TemporaryFolder folder;
  const Run run = made.written(folder);
  CHECK(table_text(run, "SELECT era FROM post_eras ORDER BY era") == "cc19\ncc20\n");
}

TEST_CASE("an open end of a dataset without as_of lasts") {
  HandMade made;
  made.dataset.schema.as_of.reset();
  made.eras("cc", {{"cc19", "2017-10-24"}, {"cc20", "2022-10-22"}});
  made.post("li", "hunan", "governor", "2018-01", "..");
  const TemporaryFolder folder;
  const Run run = made.written(folder);
  CHECK(table_text(run, "SELECT era, to_date FROM post_eras ORDER BY era") ==
        "cc19 | 2022-10-22\ncc20 | 9999-12-31\n");
}

TEST_CASE("a missing end is the start of the next holder of the office") {
  HandMade made;
  add_committees(made);
  made.post("li", "hunan", "governor", "2010-01", "");
  made.post("wu", "hunan", "governor", "2013-04", "2014-01");
  made.post("qi", "hunan", "party_secretary", "2010-02", "2010-03");  // another office
  made.post("xu", "hubei", "governor", "2010-02", "2010-03");         // another province
  const TemporaryFolder folder;
  const Run run = made.written(folder);
  CHECK(table_text(run, "SELECT era FROM post_eras WHERE person = 'li' ORDER BY era") ==
        "cc17\ncc18\n");
  CHECK(table_text(run, "SELECT end_first, end_last FROM tenures WHERE person = 'li'") ==
        "2013-04-01 | 2013-04-30\n");
}

TEST_CASE("posts of unknown province or office do not end each other") {
  HandMade made;
  add_committees(made);
  made.post("li", "", "governor", "2008-01", "");
  made.post("wu", "", "governor", "2013-01", "2014-01");
  made.post("xu", "hunan", "", "2008-02", "");
  made.post("yi", "hunan", "", "2013-02", "2014-01");
  const TemporaryFolder folder;
  CHECK(table_text(made.written(folder),
                   "SELECT person, era, from_date, to_date FROM post_eras "
                   "WHERE certain AND person IN ('li', 'xu') ORDER BY person") ==
        "li | cc17 | 2008-01-01 | 2008-01-02\n"
        "xu | cc17 | 2008-02-01 | 2008-02-02\n");
}

TEST_CASE("of a missing end without a successor only the first day is sure") {
  CHECK(eras_of("2010-01", "") == "cc17");
  CHECK(eras_of("2012-11-07", "") == "cc17");
  CHECK(eras_of("2012-11-08", "") == "cc18");
  CHECK(eras_of("2012-12", "") == "cc18");
  CHECK(eras_of("2012-11", "") == "");
}

TEST_CASE("a post without a start is in no era") {
  CHECK(eras_of("", "2010-01") == "");
}

TEST_CASE("two posts of one person in an era are two rows, of one person") {
  HandMade made;
  add_committees(made);
  made.post("li", "hunan", "governor", "2008-01", "2010-01");
  made.post("li", "hunan", "party_secretary", "2010-01", "2011-01");
  made.post("li", "hunan", "governor", "2011-01", "2012-01");  // and back
  const TemporaryFolder folder;
  const Run run = made.written(folder);
  CHECK(table_text(run, "SELECT count(*), count(DISTINCT person) FROM post_eras") == "3 | 1\n");
}

TEST_CASE("every scheme of eras has rows of its own") {
  HandMade made;
  add_committees(made);
  made.eras("leaders", {{"hu", "2002-11-15"}, {"xi", "2012-11-15"}});
  made.post("li", "hunan", "governor", "2011-01", "2014-01");
  const TemporaryFolder folder;
  const Run run = made.written(folder);
  CHECK(table_text(run,
                   "SELECT scheme, era, era_label, leader, era_position, start, \"end\" "
                   "FROM post_eras ORDER BY scheme, era") ==
        "cc | cc17 | label of cc17 | leader of cc17 | 0 | 2011-01 | 2014-01\n"
        "cc | cc18 | label of cc18 | leader of cc18 | 1 | 2011-01 | 2014-01\n"
        "leaders | hu | label of hu | leader of hu | 0 | 2011-01 | 2014-01\n"
        "leaders | xi | label of xi | leader of xi | 1 | 2011-01 | 2014-01\n");
}

}  // namespace
}  // namespace cadre
