// Eras: divisions of time.
#include <fmt/format.h>

#include <unordered_map>

#include "cadre/base/seeded_hash.hpp"
#include "cadre/rules/loading.hpp"

namespace cadre {

namespace {

class EraLoader {
 public:
  EraLoader(EraScheme& scheme, Loading& loading) : scheme_(scheme), reader_(loading.reader) {}

  void load(const RuleFile& file) {
    const Fields fields = reader_.fields(file.root, MapKind::kEras, "an era file");
    const Node* name = fields.get("eras");
    scheme_.name = reader_.name(name, "the name of an era file").value_or("");
    scheme_.range = name == nullptr ? file.root->range : name->range;
    scheme_.title = reader_.title(fields);
    reader_.note(fields);
    reader_.check_source(fields);
    scheme_.as_of = reader_.date(fields.get("as_of"), "'as_of'");
    load_transition(fields.get("transition"));
    static const std::vector<std::string> kGaps = {"intended"};
    gaps_intended_ = reader_.choice(fields.get("gaps"), "'gaps'", kGaps).has_value();
    if (const auto list = reader_.list(reader_.require(fields, "list", "an era file"), "'list'")) {
      for (const Node* era : *list) load_era(*era);
      if (list->empty()) {
        reader_.error(*fields.get("list"), "no-eras", "the list of eras is empty");
      }
    }
    check_order();
    if (file.tests_apply) load_tests(fields.get("tests"));
  }

 private:
  void load_transition(const Node* node) {
    if (node == nullptr) return;
    const Fields fields = reader_.fields(node, MapKind::kTransition, "'transition'");
    if (!fields) return;
    reader_.note(fields);
    const Node* opens = reader_.value(fields.get("opens_before"));
    if (const auto text = reader_.text(opens, "'opens_before'")) {
      scheme_.transition_opens_before = Period::parse(*text);
      if (!scheme_.transition_opens_before) {
        reader_.error(*opens, "bad-period", fmt::format("'{}' is not a period of time", *text),
                      "periods are written as in ISO 8601: P6M, P1Y, P90D");
      }
    }
    static const std::vector<std::string> kSides = {"incoming", "outgoing"};
    if (const auto side =
            reader_.choice(fields.get("promotions_count_to"), "'promotions_count_to'", kSides)) {
      scheme_.promotions_count_to_incoming = *side == 0;
    }
  }

  void load_era(const Node& node) {
    const Fields fields = reader_.fields(&node, MapKind::kEra, "an era");
    if (!fields) {
      broken_ = true;
      return;
    }
    reader_.note(fields);
    reader_.check_source(fields);
    Era era;
    era.range = node.range;
    const Node* id = reader_.require(fields, "id", "an era");
    era.id = reader_.name(id, "'id'").value_or("");
    const auto [first, is_new] =
        by_id_.emplace(era.id, static_cast<std::uint32_t>(scheme_.eras.size()));
    if (!is_new && !era.id.empty()) {
      reader_.error(*id, "duplicate-era", fmt::format("an era '{}' is already there", era.id))
          .notes.push_back(reader_.sink().note(scheme_.eras[first->second].range, "it is here"));
    }
    era.label = reader_.text(fields.get("label"), "'label'").value_or(era.id);
    era.leader = reader_.text(fields.get("leader"), "'leader'").value_or("");
    if (const Node* term = fields.get("term"); term != nullptr && !term->is_null()) {
      era.term = reader_.whole(term, "'term'", 1);
    }
    const auto from = reader_.date(reader_.require(fields, "from", "an era"), "'from'");
    if (from) {
      era.from = *from;
    } else {
      broken_ = true;
    }
    const Node* to = fields.get("to");
    if (to != nullptr && !to->is_null()) {
      era.to = reader_.date(to, "'to'");
      if (!era.to) broken_ = true;
      if (from && era.to && era.to->first() <= from->first()) {
        reader_.error(*to, "empty-era", fmt::format("the era '{}' ends before it begins", era.id),
                      "`to` is the first day after it");
      }
    }
    scheme_.eras.push_back(std::move(era));
  }

  /// Order, gaps and overlaps; an era without an end lasts until the next.
  void check_order() {
    if (broken_) return;
    for (std::size_t i = 0; i + 1 < scheme_.eras.size(); ++i) {
      Era& era = scheme_.eras[i];
      const Era& next = scheme_.eras[i + 1];
      if (next.from.first() <= era.from.first()) {
        reader_.sink()
            .error(next.range, "era-order",
                   fmt::format("the era '{}' does not begin after '{}', which stands before it",
                               next.id, era.id),
                   "eras are listed from the earliest")
            .notes.push_back(reader_.sink().note(era.range, fmt::format("'{}' is here", era.id)));
        continue;
      }
      if (!era.to) {
        era.to = next.from;
        continue;
      }
      const Day end = era.to->first();
      const Day begin = next.from.first();
      if (end < begin && !gaps_intended_) {
        reader_.sink().warning(
            next.range, "era-gap",
            fmt::format("the days from {} to {} lie in no era: '{}' ends before '{}' begins",
                        iso_date(end), iso_date(begin - 1), era.id, next.id),
            "`to` is the first day after an era, the same as the next one's `from`; where days "
            "between eras are meant, write gaps: intended");
      } else if (end > begin) {
        reader_.sink().warning(
            next.range, "era-overlap",
            fmt::format("the days from {} to {} lie in two eras, '{}' and '{}'", iso_date(begin),
                        iso_date(end - 1), era.id, next.id),
            "`to` is the first day after an era, the same as the next one's `from`");
      }
    }
  }

  void load_tests(const Node* node) {
    const auto tests = reader_.list(node, "'tests'");
    if (!tests) return;
    for (const Node* item : *tests) load_test(*item);
  }

  void load_test(const Node& node) {
    const Fields fields = reader_.fields(&node, MapKind::kEraTest, "a test of eras");
    if (!fields) return;
    reader_.free_text(fields.get("name"), "'name'");
    reader_.note(fields);
    EraTest test;
    test.range = node.range;
    const Node* day = fields.get("date");
    const Node* promotion = fields.get("promotion");
    if ((day == nullptr) == (promotion == nullptr)) {
      reader_.error(node, "bad-test", "a test of eras asks for one `date` or one `promotion`");
      return;
    }
    test.asks = day != nullptr ? EraTest::Asks::kEraOfDay : EraTest::Asks::kEraOfPromotion;
    if (const auto date = reader_.date(day != nullptr ? day : promotion, "the date of a test")) {
      test.date = *date;
    }
    const Node* expect = fields.get("expect");
    if (expect == nullptr) {
      reader_.sink().warning(node.range, "test-without-expectations", "the test expects nothing",
                             "say which era must come out with `expect`, none for no era");
      return;
    }
    if (!expect->is_null()) {
      const auto id = reader_.free_text(expect, "'expect'");
      if (!id) return;
      if (*id != "none") test.expected = find_era(*expect, *id);
    }
    scheme_.tests.push_back(std::move(test));
  }

  std::optional<std::uint32_t> find_era(const Node& node, const std::string& id) {
    if (const auto found = by_id_.find(id); found != by_id_.end()) return found->second;
    const std::string guess = reader_.guess(id, scheme_.eras.size(), [&] {
      std::vector<std::string> ids;
      for (const Era& era : scheme_.eras) ids.push_back(era.id);
      return ids;
    });
    reader_.error(node, "unknown-era", fmt::format("no era '{}'{}", id, guess));
    return std::nullopt;
  }

  EraScheme& scheme_;
  Reader& reader_;
  std::unordered_map<std::string, std::uint32_t, SeededHash> by_id_;  // the first of each id
  bool gaps_intended_ = false;
  bool broken_ = false;  // some era has no good dates: then nothing is said of their order
};

}  // namespace

void load_eras(const RuleFile& file, Loading& loading) {
  for (const EraScheme& scheme : loading.rules.eras) {
    if (scheme.name.empty() || scheme.name != declared_name(file)) continue;
    loading.reader
        .error(*file.root->find("eras"), "duplicate-eras",
               fmt::format("an era file named '{}' is already there", scheme.name))
        .notes.push_back(loading.sink().note(scheme.range, "it is here"));
    return;
  }
  loading.rules.eras.emplace_back();
  EraLoader(loading.rules.eras.back(), loading).load(file);
}

}  // namespace cadre
