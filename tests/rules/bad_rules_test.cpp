// Everything that can be wrong in a rule file, and exactly what is said about it.
//
// Besides what a case gives, the files below are there. Texts begin after the first line end of the
// raw string, so that they stand in the first column.
#include <string>
#include <utility>
#include <vector>

#include "cadre/rules/render.hpp"
#include "tests/catch.hpp"
#include "tests/rules/memory_files.hpp"

namespace cadre::test {
namespace {

struct Case {
  std::string name;
  std::string rules;     // rules.yaml
  std::string expected;  // the text form of all diagnostics
  Files more = {};
  std::vector<std::pair<std::string, std::string>> settings = {};
};

// clang-format off

const Files kCommon = {
{"fields.yaml", R"(
lexicon: fields
categories:
  engineering:
    group: hard
    terms: {zh: [机械], en: [mechanical engineering]}
    categories:
      nuclear: {terms: {zh: [核物理]}}
  law:
    group: soft
    terms: {en: [law]}
)"},

{"eras.yaml", R"(
eras: reigns
list:
  - {id: first, from: 1949-10-01, to: 1976-09-09}
  - {id: second, from: 1976-09-09}
)"},

{"base.yaml", R"(
ruleset: base
include: [fields.yaml, eras.yaml]
params: {degree: bachelor}
labels:
  trained: {title: Trained, education: {field: {in: fields}, degree: {at_least: $degree}}}
  worked: {title: Worked, career: {org: {in: fields}}}
)"},

};

const std::vector<Case> kBytes = {

{"an empty file", "",
R"(
rules.yaml:1:1: error[empty-file]: the file is empty
      = hint: a rule file starts with `ruleset: NAME`, `lexicon: NAME`, `eras: NAME` or `figure: NAME`
)"},

{"only comments", R"(
# nothing yet
)",
R"(
rules.yaml:1:1: error[empty-file]: the file is empty
    1 | # nothing yet
      | ^
      = hint: a rule file starts with `ruleset: NAME`, `lexicon: NAME`, `eras: NAME` or `figure: NAME`
)"},

{"UTF-16", std::string("\xff\xfer\x00u\x00", 6),
R"(
rules.yaml:1:1: error[not-utf8]: the file is in UTF-16 or UTF-32, rule files are in UTF-8
      = hint: save it again with the encoding UTF-8
)"},

{"GB 18030", std::string("ruleset: r\ntitle: \xbb\xfa\xd0\xb5\n", 23),
R"(
rules.yaml:2:8: error[invalid-utf8]: byte 19 of the file (0xBB) is not valid UTF-8
    2 | title: ��е
      |        ^
      = hint: save it again with the encoding UTF-8; Chinese files from Windows are often in GB 18030
)"},

{"a NUL byte", std::string("ruleset: r\x00\n", 12),
R"(
rules.yaml:1:11: error[nul-byte]: byte 11 of the file is a NUL byte
    1 | ruleset: r\u0000
      |           ^
      = hint: is this a text file in UTF-8?
)"},

{"a control character", std::string("ruleset: r\ntitle: a\x07" "b\n", 22),
R"(
rules.yaml:2:9: error[control-character]: the control character U+0007 is not allowed in YAML
    2 | title: a\u0007b
      |         ^^^^^^
      = hint: delete it; inside double quotes it can be written \x..
)"},

{"a carriage return alone", std::string("ruleset: r\rtitle: a\r", 20),
R"(
rules.yaml:1:11: error[carriage-return]: a carriage return (CR) without a line feed (LF) is not the end of a line
    1 | ruleset: r\u000dtitle: a
      |           ^
      = hint: save the file again with the line ends of Linux or Windows
)"},

};

const std::vector<Case> kYaml = {

{"a tab for indentation", R"(
ruleset: r
labels:
	a: b
)",
R"(
rules.yaml:3:1: error[tab]: a tab in the indentation, YAML is indented with spaces
    3 |  a: b
      | ^
      = hint: set your editor to insert spaces
)"},

{"entries out of line", R"(
ruleset: r
labels:
  a: {any: [b]}
 b: c
)",
R"(
rules.yaml:4:2: error[yaml-syntax]: this does not fit the indentation of the lines above
    4 |  b: c
      |  ^^
      = hint: entries of one map start in the same column; put text with ': ' or ' #' in quotes
)"},

{"a list after a map", R"(
ruleset: r
labels:
  a: b
  - c
)",
R"(
rules.yaml:4:3: error[yaml-syntax]: this does not fit the indentation of the lines above
    4 |   - c
      |   ^
      = hint: entries of one map start in the same column; put text with ': ' or ' #' in quotes
)"},

{"a colon in text", R"(
ruleset: r
title: Technocrats: a definition
)",
R"(
rules.yaml:2:19: error[yaml-syntax]: a ': ' cannot stand here
    2 | title: Technocrats: a definition
      |                   ^
      = hint: put text that holds ': ' in quotes
)"},

{"no space after a colon", R"(
ruleset: r
labels:
  a:
    title:A
    posts: {office: governor}
)",
R"(
rules.yaml:4:10: error[yaml-syntax]: a space is missing after this colon
    4 |     title:A
      |          ^
      = hint: write `title: A`, or put text that is meant so in quotes
)"},

{"no space after a colon, in the last line", R"(
ruleset: r
labels:
  a:
    posts: {office: governor}

    # a comment
    title:A
)",
R"(
rules.yaml:7:10: error[yaml-syntax]: a space is missing after this colon
    7 |     title:A
      |          ^
      = hint: write `title: A`, or put text that is meant so in quotes
)"},

{"no space after a colon, with a comment between", R"(
ruleset:r

# a comment: with a colon
title: A
)",
R"(
rules.yaml:1:8: error[yaml-syntax]: a space is missing after this colon
    1 | ruleset:r
      |        ^
      = hint: write `ruleset: r`, or put text that is meant so in quotes
)"},

{"no space before a bracket", R"(
ruleset: r
labels:
  a:
    title: A
    posts:{office: governor}
)",
R"(
rules.yaml:5:10: error[yaml-syntax]: a space is missing after this colon
    5 |     posts:{office: governor}
      |          ^
      = hint: write `posts: {...}`, or put text that is meant so in quotes
)"},

{"no space after a colon in brackets", R"(
ruleset: r
labels:
  a: {title:A, posts: {office: governor}}
)",
R"(
rules.yaml:3:12: error[yaml-syntax]: a space is missing after this colon
    3 |   a: {title:A, posts: {office: governor}}
      |            ^
      = hint: write `title: A`, or put text that is meant so in quotes
)"},

{"no space after the only colon", R"(
ruleset: r
labels:
  a:
    title:A
)",
R"(
rules.yaml:4:5: error[unknown-label]: no label named 'title:A'
    4 |     title:A
      |     ^^^^^^^
      = hint: a space is missing after the colon: write `title: A`
)"},

{"no space after the colon of a map's only entry", R"(
lexicon: l
categories:
  engineering: {terms: {en: [engineer]}}
  law:
    group:soft
)",
R"(
rules.yaml:5:5: error[wrong-type]: the category 'law' must be a map, not 'group:soft'
    5 |     group:soft
      |     ^^^^^^^^^^
      = hint: a space is missing after the colon: write `group: soft`
)"},

{"no space after a dash", R"(
ruleset: r
include:
  - fields.yaml
  -eras.yaml
labels: {}
)",
R"(
rules.yaml:4:3: error[yaml-syntax]: a space is missing after this dash
    4 |   -eras.yaml
      |   ^
      = hint: a list item is written `- item`
)"},

{"no colon", R"(
ruleset: r
labels:
  a:
    title A
    posts: {office: governor}
)",
R"(
rules.yaml:4:5: error[yaml-syntax]: a ': ' is missing here
    4 |     title A
      |     ^^^^^^^
      = hint: an entry is written `key: value`
)"},

{"a full-width colon", R"(
ruleset: r
labels:
  a:
    title：A
    posts: {office: governor}
)",
R"(
rules.yaml:4:10: error[yaml-syntax]: this full-width colon does not end a key
    4 |     title：A
      |          ^^
      = hint: write ': ' after a key
)"},

{"an entry indented too deeply", R"(
ruleset: r
labels:
  a:
    title: A
      posts: {office: governor}
)",
R"(
rules.yaml:5:7: error[yaml-syntax]: this does not fit the indentation of the lines above
    5 |       posts: {office: governor}
      |       ^^^^^
      = hint: entries of one map start in the same column; the one above starts in column 5
)"},

{"a bracket left open", R"(
ruleset: r
include: [a.yaml, b.yaml
labels: {}
)",
R"(
rules.yaml:3:7: error[yaml-syntax]: a ']' or ',' is missing before this
    3 | labels: {}
      |       ^
rules.yaml:2:10: note: the bracket opens here
    2 | include: [a.yaml, b.yaml
      |          ^
)"},

{"a bracket too many", R"(
ruleset: r
include: [a.yaml]]
)",
R"(
rules.yaml:2:18: error[yaml-syntax]: this bracket closes nothing
    2 | include: [a.yaml]]
      |                  ^
)"},

{"a quote left open", R"(
ruleset: r
title: "Technocrats
)",
R"(
rules.yaml:2:8: error[yaml-syntax]: this quote is not closed
    2 | title: "Technocrats
      |        ^
)"},

{"an unknown escape", R"(
ruleset: r
title: "a\d"
)",
R"(
rules.yaml:2:12: error[yaml-syntax]: this escape does not exist in double quotes
    2 | title: "a\d"
      |            ^
      = hint: use single quotes, in which \ is an ordinary character
)"},

{"a term that looks like an alias", R"(
lexicon: l
categories:
  a: {terms: {en: [*engineer]}}
)",
R"(
rules.yaml:3:20: error[yaml-syntax]: no anchor of this name stands above
    3 |   a: {terms: {en: [*engineer]}}
      |                    ^^^^^^^^^^^^
      = hint: put text that starts with * in quotes
)"},

{"an alias inside its anchor", R"(
ruleset: r
include: &a [*a]
)",
R"(
rules.yaml:2:14: error[alias-cycle]: the alias *a stands inside its own anchor
    2 | include: &a [*a]
      |              ^^
)"},

{"two documents", R"(
ruleset: r
---
labels: {}
)",
R"(
rules.yaml:2:1: error[several-documents]: a rule file holds one document
    2 | ---
      | ^^^
      = hint: take the line --- out, or put the rest in a file of its own
)"},

{"a tag", R"(
ruleset: r
title: !!str 5
)",
R"(
rules.yaml:2:8: error[yaml-tag]: rule files have no tags
    2 | title: !!str 5
      |        ^^^^^
      = hint: put a value in quotes to make it text
)"},

{"a key twice", R"(
ruleset: r
title: A
note: n
title: B
)",
R"(
rules.yaml:4:1: error[duplicate-key]: the key 'title' is here for the second time
    4 | title: B
      | ^^^^^
rules.yaml:2:1: note: it is here for the first time
    2 | title: A
      | ^^^^^
)"},

{"a list as a key", R"(
ruleset: r
labels: {[a, b]: c}
)",
R"(
rules.yaml:2:10: error[bad-key]: a key must be a word, not a list or a map
    2 | labels: {[a, b]: c}
      |          ^^^^^^
)"},

{"nested too deep", R"(
ruleset: r
labels: {a: {a: {a: {a: {a: {a: {a: {a: {a: {a: {a: {a: {a: {a: {a: {a: {a: {a: {a: {a: {a: {a: {a: {a: {a: {a: {a: {a: {a: {a: {a: {a: {a: {a: {a: {a: {a: {a: {a: {a: {a: {a: {a: {a: {a: {a: {a: {a: {a: {a: {a: {a: {a: {a: {a: {a: {a: {a: {a: {a: {a: {a: {a: {a: {a: {a: {a: {a: {a: {a: 1}}}}}}}}}}}}}}}}}}}}}}}}}}}}}}}}}}}}}}}}}}}}}}}}}}}}}}}}}}}}}}}}}}}}}}
)",
R"(
rules.yaml:2:261: error[too-deep]: nested more than 64 levels deep
    2 | ... {a: {a: {a: {a: {a: {a: {a: {a: {a: {a: {a: {a: {a: {a: {a: 1}}}}}}}}}}}}}}}}}}}}}}}}}}}}}}}}}}}}}}...
      |                                     ^
)"},

{"a billion laughs", R"(
ruleset: r
include:
  - &a [x, x, x, x, x, x, x, x, x, x]
  - &b [*a, *a, *a, *a, *a, *a, *a, *a, *a, *a]
  - &c [*b, *b, *b, *b, *b, *b, *b, *b, *b, *b]
  - &d [*c, *c, *c, *c, *c, *c, *c, *c, *c, *c]
  - &e [*d, *d, *d, *d, *d, *d, *d, *d, *d, *d]
  - &f [*e, *e, *e, *e, *e, *e, *e, *e, *e, *e]
  - &g [*f, *f, *f, *f, *f, *f, *f, *f, *f, *f]
  - &h [*g, *g, *g, *g, *g, *g, *g, *g, *g, *g]
)",
R"(
rules.yaml:9:9: error[too-large]: the rule files hold more values than `yaml-nodes` allows, aliases written out
    9 |   - &g [*f, *f, *f, *f, *f, *f, *f, *f, *f, *f]
      |         ^^
)"},

};

const std::vector<Case> kFiles = {

{"a list instead of a map", R"(
- a
- b
)",
R"(
rules.yaml:1:1: error[wrong-type]: a rule file must be a map, not a list
    1 | - a
      | ^^^
      = hint: it starts with a line such as `ruleset: NAME`
)"},

{"an unknown kind", R"(
rulset: r
)",
R"(
rules.yaml:1:1: error[unknown-file-kind]: a rule file cannot start with 'rulset'; did you mean 'ruleset'?
    1 | rulset: r
      | ^^^^^^
      = hint: the first key tells what the file is: ruleset, lexicon, eras, figure, figures, sweep, layout
)"},

{"the kind not first", R"(
title: t
ruleset: r
)",
R"(
rules.yaml:1:1: error[unknown-file-kind]: the key 'ruleset' must come first, it tells what the file is
    1 | title: t
      | ^^^^^
)"},

{"an unknown key", R"(
ruleset: r
lables: {}
)",
R"(
rules.yaml:2:1: error[unknown-key]: a rule set has no key 'lables'; did you mean 'labels'?
    2 | lables: {}
      | ^^^^^^
)"},

{"a key of no kind", R"(
ruleset: r
colour: red
)",
R"(
rules.yaml:2:1: error[unknown-key]: a rule set has no key 'colour'
    2 | colour: red
      | ^^^^^^
      = hint: its keys are ruleset, cadre, title, note, source, extends, include, params, columns, labels, lexicons, eras, tests
)"},

{"a name with a space", R"(
ruleset: My rules
)",
R"(
rules.yaml:1:10: error[bad-name]: 'My rules' is not a name
    1 | ruleset: My rules
      |          ^^^^^^^^
      = hint: names are made of a-z, 0-9, _ and -, and start with a letter
)"},

{"a newer language", R"(
ruleset: r
cadre: 2
)",
R"(
rules.yaml:2:8: error[newer-language]: the rule set is written in version 2 of the language, and this cadre reads version 1
    2 | cadre: 2
      |        ^
      = hint: install a newer cadre
)"},

{"a missing file", R"(
ruleset: r
include: [lexicons/none.yaml]
)",
R"(
rules.yaml:2:11: error[missing-file]: the file to include is not there: lexicons/none.yaml
    2 | include: [lexicons/none.yaml]
      |           ^^^^^^^^^^^^^^^^^^
)"},

{"a file outside", R"(
ruleset: r
include: [../secret.yaml]
)",
R"(
rules.yaml:2:11: error[outside-folder]: the file '../secret.yaml' lies outside the folder of the rule set
    2 | include: [../secret.yaml]
      |           ^^^^^^^^^^^^^^
      = hint: a rule set includes files of its own folder and the folders below it
)"},

{"files in a circle", R"(
ruleset: r
include: [more.yaml]
)",
R"(
more.yaml:2:11: error[include-cycle]: the files lead in a circle: rules.yaml -> more.yaml -> rules.yaml
    2 | include: [rules.yaml]
      |           ^^^^^^^^^^
)", {{"more.yaml", R"(
ruleset: more
include: [rules.yaml]
)"}}},

{"a broken include does not cause others", R"(
ruleset: r
include: [broken.yaml]
labels:
  a: {title: A, career: {org: {in: industries}}}
)",
R"(
broken.yaml:3:1: error[yaml-syntax]: a ']' or ',' is missing before this
broken.yaml:2:13: note: the bracket opens here
    2 | categories: [
      |             ^
)", {{"broken.yaml", R"(
lexicon: industries
categories: [
)"}}},

{"two lexicons of one name", R"(
ruleset: r
include: [fields.yaml, more.yaml]
)",
R"(
more.yaml:1:10: error[duplicate-lexicon]: a lexicon named 'fields' is already there
    1 | lexicon: fields
      |          ^^^^^^
fields.yaml:1:10: note: it is here
    1 | lexicon: fields
      |          ^^^^^^
)", {{"more.yaml", R"(
lexicon: fields
categories: {a: {terms: {en: [b]}}}
)"}}},

};

const std::vector<Case> kLexicons = {

{"near that is wrong in many ways", R"(
lexicon: l
near: {within: 2}
categories:
  a: {terms: [x], not_near: {en: [never]}}
  b: {terms: [y], not_near: [never]}
  c: {terms: [z], not_near: {terms: never, within: far, side: left, word: [x]}}
  d: {terms: [v], near: []}
  e: {terms: [u], near: {terms: {}}}
  f: {terms: [t], near: {terms: [""]}}
  g: {terms: [s], near: {in: l}}
  h: {terms: [r], not_near: {terms: [q, q], within: 1.5}}
  i: {terms: [p], not_near: }
)",
R"(
rules.yaml:2:8: error[missing-key]: 'near' needs the key 'terms'
    2 | near: {within: 2}
      |        ^^^^^^

rules.yaml:4:29: error[missing-key]: 'not_near' needs the key 'terms'
    4 |   a: {terms: [x], not_near: {en: [never]}}
      |                             ^^^^^^^^^^^^^
      = hint: not_near: {terms: {en: [never]}, within: 6, side: before}

rules.yaml:5:30: error[wrong-type]: 'not_near' must be a map such as {terms: {en: [never]}, within: 6, side: before}, not 'never'
    5 |   b: {terms: [y], not_near: [never]}
      |                              ^^^^^
      = hint: words inside which a term does not count are an `except`

rules.yaml:6:37: error[wrong-type]: 'terms' must be a map such as {zh: [...], en: [...]}, not 'never'
    6 |   c: {terms: [z], not_near: {terms: never, within: far, side: left, word: [x]}}
      |                                     ^^^^^

rules.yaml:6:52: error[wrong-type]: 'within' must be a number, not 'far'
    6 |   c: {terms: [z], not_near: {terms: never, within: far, side: left, word: [x]}}
      |                                                    ^^^

rules.yaml:6:63: error[unknown-value]: 'side' cannot be 'left'
    6 |   c: {terms: [z], not_near: {terms: never, within: far, side: left, word: [x]}}
      |                                                               ^^^^
      = hint: it is one of either, before, after

rules.yaml:6:69: error[unknown-key]: 'not_near' has no key 'word'
    6 |   c: {terms: [z], not_near: {terms: never, within: far, side: left, word: [x]}}
      |                                                                     ^^^^
      = hint: its keys are terms, within, side, note

rules.yaml:7:25: error[empty-list]: 'near' names nothing
    7 |   d: {terms: [v], near: []}
      |                         ^^

rules.yaml:8:33: error[empty-list]: 'near' has no words
    8 |   e: {terms: [u], near: {terms: {}}}
      |                                 ^^
      = hint: without any no match would count

rules.yaml:9:34: error[empty-term]: an empty term, it matches nothing
    9 |   f: {terms: [t], near: {terms: [""]}}
      |                                  ^^
      = hint: a term has a letter, a digit or another sign that is neither blank nor dash

rules.yaml:10:26: error[unknown-key]: 'near' has no key 'in'
   10 |   g: {terms: [s], near: {in: l}}
      |                          ^^
      = hint: its keys are terms, within, side, note

rules.yaml:10:26: error[missing-key]: 'near' needs the key 'terms'
   10 |   g: {terms: [s], near: {in: l}}
      |                          ^^

rules.yaml:11:41: warning[duplicate-term]: the term 'q' is already in this list
   11 |   h: {terms: [r], not_near: {terms: [q, q], within: 1.5}}
      |                                         ^
rules.yaml:11:38: note: it is here
   11 |   h: {terms: [r], not_near: {terms: [q, q], within: 1.5}}
      |                                      ^

rules.yaml:11:53: error[bad-number]: 'within' must be a whole number of at least 0, not 1.5
   11 |   h: {terms: [r], not_near: {terms: [q, q], within: 1.5}}
      |                                                     ^^^

rules.yaml:12:29: error[wrong-type]: 'not_near' must be a map such as {terms: {en: [never]}, within: 6, side: before}, not nothing
   12 |   i: {terms: [p], not_near: }
      |                             ^
)"},

{"terms without brackets", R"(
lexicon: l
categories:
  a: {terms: {zh: 机械}}
)",
R"(
rules.yaml:3:19: error[wrong-type]: 'zh' of 'terms' must be a list of words, not '机械'
    3 |   a: {terms: {zh: 机械}}
      |                   ^^^^
      = hint: put it in brackets: [...]
)"},

{"terms that are a word", R"(
lexicon: l
categories:
  a: {terms: steel}
)",
R"(
rules.yaml:3:14: error[wrong-type]: 'terms' must be a map such as {zh: [...], en: [...]}, not 'steel'
    3 |   a: {terms: steel}
      |              ^^^^^
)"},

{"an unknown language", R"(
lexicon: l
categories:
  a: {terms: {cn: [机械]}}
)",
R"(
rules.yaml:3:15: error[unknown-language]: 'cn' is not the code of a language
    3 |   a: {terms: {cn: [机械]}}
      |               ^^
      = hint: codes are those of ISO 639-1: zh is Chinese, en English
)"},

{"a misspelt key", R"(
lexicon: l
categories:
  a: {term: {zh: [机械]}}
)",
R"(
rules.yaml:3:7: error[unknown-key]: the category 'a' has no key 'term'; did you mean 'terms'?
    3 |   a: {term: {zh: [机械]}}
      |       ^^^^
)"},

{"null as a term", R"(
lexicon: l
categories:
  a: {terms: {en: [null]}}
)",
R"(
rules.yaml:3:20: error[wrong-type]: an item of 'terms' must be text, not nothing
    3 |   a: {terms: {en: [null]}}
      |                    ^^^^
      = hint: put it in quotes if it is meant as a word
)"},

{"a bad name of a category", R"(
lexicon: l
categories:
  Coal Mining: {terms: {en: [coal]}}
)",
R"(
rules.yaml:3:3: error[bad-name]: 'Coal Mining' is not a name
    3 |   Coal Mining: {terms: {en: [coal]}}
      |   ^^^^^^^^^^^
      = hint: names are made of a-z, 0-9, _ and -, and start with a letter
)"},

{"no categories", R"(
lexicon: l
)",
R"(
rules.yaml:1:1: error[missing-key]: a lexicon needs the key 'categories'
    1 | lexicon: l
      | ^^^^^^^
)"},

{"a regex with an open bracket", R"(
lexicon: l
categories:
  a: {regex: {zh: ['航空(航天.{0,6}院']}}
)",
R"(
rules.yaml:3:20: error[bad-regex]: bad regular expression: a ')' is missing
    3 |   a: {regex: {zh: ['航空(航天.{0,6}院']}}
      |                    ^^^^^^^^^^^^^^^^^^^
      = hint: a bracket that stands for itself is written \( or \)
)"},

{"a regex with look-ahead", R"(
lexicon: l
categories:
  a: {regex: {en: ['space(?!man)']}}
)",
R"(
rules.yaml:3:26: error[bad-regex]: bad regular expression: RE2 does not know this group: (?!
    3 |   a: {regex: {en: ['space(?!man)']}}
      |                          ^^^
      = hint: look-ahead, look-behind and back references do not exist in RE2; use `except` to rule out what stands around
)"},

{"a regex that needs too much memory", R"(
lexicon: l
categories:
  a: {regex: {en: ['\pL{1000}']}}
)",
R"(
rules.yaml:3:20: error[bad-regex]: bad regular expression: the pattern needs too much memory
    3 |   a: {regex: {en: ['\pL{1000}']}}
      |                    ^^^^^^^^^^^
      = hint: shorten it, or write smaller repeats
)"},

{"a regex that matches bytes", R"(
lexicon: l
categories:
  a: {regex: {en: ['a\C']}}
)",
R"(
rules.yaml:3:20: error[bad-regex]: bad regular expression: \C would match a part of a character
    3 |   a: {regex: {en: ['a\C']}}
      |                    ^^^^^
      = hint: use . for any character
)"},

{"a test with an unknown category", R"(
lexicon: fields
categories:
  engineering:
    group: hard
    terms: {zh: [机械], en: [mechanical engineering]}
    categories:
      nuclear: {terms: {zh: [核物理]}}
  law:
    group: soft
    terms: {en: [law]}
tests:
  - {text: 核物理, expect: [nuclear]}
)",
R"(
rules.yaml:12:26: error[unknown-category]: the lexicon 'fields' has no category 'nuclear'; did you mean 'engineering/nuclear'?
   12 |   - {text: 核物理, expect: [nuclear]}
      |                             ^^^^^^^
)"},

{"an overlap that does not exist", R"(
lexicon: l
overlap: shortest
categories: {a: {terms: {en: [b]}}}
)",
R"(
rules.yaml:2:10: error[unknown-value]: 'overlap' cannot be 'shortest'
    2 | overlap: shortest
      |          ^^^^^^^^
      = hint: it is one of longest, all
)"},

};

const std::vector<Case> kEras = {

{"a month 13", R"(
eras: e
list:
  - {id: a, from: 1982-13, to: 1990}
)",
R"(
rules.yaml:3:19: error[bad-date]: '1982-13' is not a date: there is no month 13
    3 |   - {id: a, from: 1982-13, to: 1990}
      |                   ^^^^^^^
      = hint: dates are written 1982, 1982-03 or 1982-03-15
)"},

{"a day that does not exist", R"(
eras: e
list:
  - {id: a, from: 1982-02-30}
)",
R"(
rules.yaml:3:19: error[bad-date]: '1982-02-30' is not a date: 1982-02 has no day 30
    3 |   - {id: a, from: 1982-02-30}
      |                   ^^^^^^^^^^
      = hint: dates are written 1982, 1982-03 or 1982-03-15
)"},

{"an era without a start", R"(
eras: e
list:
  - {id: a, to: 1990}
)",
R"(
rules.yaml:3:6: error[missing-key]: an era needs the key 'from'
    3 |   - {id: a, to: 1990}
      |      ^^
)"},

{"eras out of order", R"(
eras: e
list:
  - {id: b, from: 1990}
  - {id: a, from: 1980, to: 1990}
)",
R"(
rules.yaml:4:5: error[era-order]: the era 'a' does not begin after 'b', which stands before it
    4 |   - {id: a, from: 1980, to: 1990}
      |     ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
      = hint: eras are listed from the earliest
rules.yaml:3:5: note: 'b' is here
    3 |   - {id: b, from: 1990}
      |     ^^^^^^^^^^^^^^^^^^^
)"},

{"an era twice", R"(
eras: e
list:
  - {id: a, from: 1980, to: 1990}
  - {id: a, from: 1990}
)",
R"(
rules.yaml:4:10: error[duplicate-era]: an era 'a' is already there
    4 |   - {id: a, from: 1990}
      |          ^
rules.yaml:3:5: note: it is here
    3 |   - {id: a, from: 1980, to: 1990}
      |     ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
)"},

{"an era that ends before it begins", R"(
eras: e
list:
  - {id: a, from: 1990-05-01, to: 1989-05-01}
)",
R"(
rules.yaml:3:35: error[empty-era]: the era 'a' ends before it begins
    3 |   - {id: a, from: 1990-05-01, to: 1989-05-01}
      |                                   ^^^^^^^^^^
      = hint: `to` is the first day after it
)"},

{"a bad period", R"(
eras: e
transition: {opens_before: 6 months}
list:
  - {id: a, from: 1990}
)",
R"(
rules.yaml:2:28: error[bad-period]: '6 months' is not a period of time
    2 | transition: {opens_before: 6 months}
      |                            ^^^^^^^^
      = hint: periods are written as in ISO 8601: P6M, P1Y, P90D
)"},

{"a test with an unknown era", R"(
eras: e
list:
  - {id: cc18, from: 1990}
tests:
  - {date: 1991, expect: cc8}
)",
R"(
rules.yaml:5:26: error[unknown-era]: no era 'cc8'; did you mean 'cc18'?
    5 |   - {date: 1991, expect: cc8}
      |                          ^^^
)"},

};

const std::vector<Case> kFigures = {

{"a figure without SQL", R"(
figure: f
chart: {mark: bar, x: era, y: n}
)",
R"(
rules.yaml:1:1: error[missing-key]: a figure needs the key 'sql'
    1 | figure: f
      | ^^^^^^
)"},

{"a mark that does not exist", R"(
figure: f
sql: SELECT 1
chart: {mark: pie, x: era, y: n}
)",
R"(
rules.yaml:3:15: error[unknown-value]: 'mark' cannot be 'pie'
    3 | chart: {mark: pie, x: era, y: n}
      |               ^^^
      = hint: it is one of bar, line, area, point, table
)"},

{"a published row without its key", R"(
figure: f
sql: SELECT 1
key: [era]
published: {source: S, rows: [{n: 5}]}
)",
R"(
rules.yaml:4:31: error[missing-key]: the published row has no 'era', which tells rows apart
    4 | published: {source: S, rows: [{n: 5}]}
      |                               ^^^^^^
)"},

{"two figures of one name", R"(
figures:
  - {figure: f, sql: SELECT 1}
  - {figure: f, sql: SELECT 2}
)",
R"(
rules.yaml:3:14: error[duplicate-figure]: a figure named 'f' is already there
    3 |   - {figure: f, sql: SELECT 2}
      |              ^
rules.yaml:2:14: note: it is here
    2 |   - {figure: f, sql: SELECT 1}
      |              ^
)"},

};

const std::vector<Case> kLabels = {

{"an unknown lexicon", R"(
ruleset: r
include: [fields.yaml, eras.yaml]
labels:
  a: {education: {field: {in: feilds}}}
)",
R"(
rules.yaml:4:31: error[unknown-lexicon]: no lexicon named 'feilds'; did you mean 'fields'?
    4 |   a: {education: {field: {in: feilds}}}
      |                               ^^^^^^
)"},

{"an unknown category", R"(
ruleset: r
include: [fields.yaml, eras.yaml]
labels:
  a: {education: {field: {in: fields/nuclear}}}
)",
R"(
rules.yaml:4:31: error[unknown-category]: the lexicon 'fields' has no category 'nuclear'; did you mean 'fields/engineering/nuclear'?
    4 |   a: {education: {field: {in: fields/nuclear}}}
      |                               ^^^^^^^^^^^^^^
)"},

{"an unknown label", R"(
ruleset: r
include: [fields.yaml, eras.yaml]
labels:
  trained: {education: {field: {in: fields}}}
  both: {all: [traind]}
)",
R"(
rules.yaml:5:16: error[unknown-label]: no label named 'traind'; did you mean 'trained'?
    5 |   both: {all: [traind]}
      |                ^^^^^^
)"},

{"labels in a circle", R"(
ruleset: r
include: [fields.yaml, eras.yaml]
labels:
  a: {all: [b]}
  b: {any: [c]}
  c: {not: a}
)",
R"(
rules.yaml:6:12: error[label-cycle]: labels that depend on themselves: a -> b -> c -> a
    6 |   c: {not: a}
      |            ^
)"},

{"a label of itself", R"(
ruleset: r
include: [fields.yaml, eras.yaml]
labels:
  a: {all: [a]}
)",
R"(
rules.yaml:4:13: error[label-cycle]: labels that depend on themselves: a -> a
    4 |   a: {all: [a]}
      |             ^
)"},

{"a number without a test", R"(
ruleset: r
include: [fields.yaml, eras.yaml]
labels:
  years: {years_of: {career: {org: {in: fields}}}}
  a: {all: [years]}
)",
R"(
rules.yaml:5:13: error[wrong-label-kind]: 'years' is a number and is not true or false
    5 |   a: {all: [years]}
      |             ^^^^^
      = hint: say how much: {years: {at_least: 1}}
)"},

{"a number test of a plain label", R"(
ruleset: r
include: [fields.yaml, eras.yaml]
labels:
  a: {career: {org: {in: fields}}}
  b: {a: {at_least: 5}}
)",
R"(
rules.yaml:5:10: error[wrong-label-kind]: 'a' is true or false, so its test is true, false or unknown
    5 |   b: {a: {at_least: 5}}
      |          ^^^^^^^^^^^^^
)"},

{"the group of a plain label", R"(
ruleset: r
include: [fields.yaml, eras.yaml]
labels:
  a: {career: {org: {in: fields}}}
  b: {a.group: hard}
)",
R"(
rules.yaml:5:7: error[wrong-label-kind]: 'a' is true or false and has no group
    5 |   b: {a.group: hard}
      |       ^^^^^^^
      = hint: only labels with `category_of` have groups
)"},

{"an unknown group", R"(
ruleset: r
include: [fields.yaml, eras.yaml]
labels:
  kind: {category_of: fields, where: {career: {org: {in: fields}}}}
  b: {kind.group: hrad}
)",
R"(
rules.yaml:5:19: error[unknown-group]: no category has the group 'hrad'; did you mean 'hard'?
    5 |   b: {kind.group: hrad}
      |                   ^^^^
      = hint: the groups are hard, soft
)"},

{"rows of a number", R"(
ruleset: r
include: [fields.yaml, eras.yaml]
labels:
  years: {years_of: {career: {org: {in: fields}}}}
  b: {category_of: fields, where: years}
)",
R"(
rules.yaml:5:35: error[wrong-label-kind]: 'years' is a number, and 'where' needs a label that is true or false
    5 |   b: {category_of: fields, where: years}
      |                                   ^^^^^
)"},

{"two conditions side by side", R"(
ruleset: r
include: [fields.yaml, eras.yaml]
labels:
  a: {career: {org: {in: fields}}}
  b: {any: [a], not: a}
)",
R"(
rules.yaml:5:17: error[several-conditions]: 'not' cannot stand beside 'any'
    5 |   b: {any: [a], not: a}
      |                 ^^^
      = hint: put the two under `all: [{...}, {...}]` or `any: [...]`
)"},

{"two tables side by side", R"(
ruleset: r
include: [fields.yaml, eras.yaml]
labels:
  a: {education: {field: {in: fields}}, career: {org: {in: fields}}}
)",
R"(
rules.yaml:4:41: error[several-conditions]: a condition on rows has one table, and 'education' is already here
    4 |   a: {education: {field: {in: fields}}, career: {org: {in: fields}}}
      |                                         ^^^^^^
      = hint: put the two under `all: [{...}, {...}]` or `any: [...]`
)"},

{"a list as a condition", R"(
ruleset: r
include: [fields.yaml, eras.yaml]
labels:
  a: {career: {org: {in: fields}}}
  b: [a]
)",
R"(
rules.yaml:5:6: error[wrong-type]: a condition must be the name of a label or a map, not a list
    5 |   b: [a]
      |      ^^^
      = hint: say whether `all: [...]` or `any: [...]` of the list must hold
)"},

{"an unknown condition", R"(
ruleset: r
include: [fields.yaml, eras.yaml]
labels:
  a: {every: [b]}
)",
R"(
rules.yaml:4:7: error[unknown-condition]: 'every' is neither a condition nor a label
    4 |   a: {every: [b]}
      |       ^^^^^
      = hint: conditions are any, all, none, not, at_least, person, education, career, posts
)"},

{"a label that says nothing", R"(
ruleset: r
include: [fields.yaml, eras.yaml]
labels:
  a: {title: Nothing}
)",
R"(
rules.yaml:4:3: error[empty-label]: the label 'a' says nothing
    4 |   a: {title: Nothing}
      |   ^
      = hint: give it a condition such as any: [...], or category_of, years_of, count_of, first_date_of
)"},

{"a name that is taken", R"(
ruleset: r
include: [fields.yaml, eras.yaml]
labels:
  career: {education: {field: {in: fields}}}
)",
R"(
rules.yaml:4:3: error[reserved-name]: 'career' means something else in conditions and cannot be the name of a label
    4 |   career: {education: {field: {in: fields}}}
      |   ^^^^^^
)"},

{"more than there are", R"(
ruleset: r
include: [fields.yaml, eras.yaml]
labels:
  a: {career: {org: {in: fields}}}
  b: {at_least: {count: 3, of: [a, {not: a}]}}
)",
R"(
rules.yaml:5:25: error[never-true]: at least 3 of 2 can never hold
    5 |   b: {at_least: {count: 3, of: [a, {not: a}]}}
      |                         ^
)"},

{"a pick that does not exist", R"(
ruleset: r
include: [fields.yaml, eras.yaml]
labels:
  a: {category_of: fields, where: {career: {org: {in: fields}}}, pick: longest}
)",
R"(
rules.yaml:4:72: error[unknown-value]: 'pick' cannot be 'longest'
    4 |   a: {category_of: fields, where: {career: {org: {in: fields}}}, pick: longest}
      |                                                                        ^^^^^^^
      = hint: it is one of most_years, most_rows, first, last
)"},

{"an empty list", R"(
ruleset: r
include: [fields.yaml, eras.yaml]
labels:
  a: {any: []}
)",
R"(
rules.yaml:4:12: error[empty-list]: 'any' has no conditions
    4 |   a: {any: []}
      |            ^^
)"},

{"a bad unknown_as", R"(
ruleset: r
include: [fields.yaml, eras.yaml]
labels:
  a: {career: {org: {in: fields}}, unknown_as: no}
)",
R"(
rules.yaml:4:48: error[wrong-type]: 'unknown_as' must be true or false, not 'no'
    4 |   a: {career: {org: {in: fields}}, unknown_as: no}
      |                                                ^^
)"},

};

const std::vector<Case> kRows = {

{"near that is wrong in many ways", R"(
ruleset: r
include: [fields.yaml]
labels:
  a: {title: A, career: {org: {near: {in: fields}}}}
  b: {title: B, career: {org: {in: fields, not_in: fields/law, not_near: {in: fields}}}}
  c: {title: C, career: {org: {in: fields, near: fields/law}}}
  d: {title: D, career: {org: {in: fields, near: {within: 2.5}}}}
  e: {title: E, career: {org: {in: fields, near: {in: laws, within: -1, side: left, words: [x]}}}}
  f: {title: F, career: {org: {in: fields, near: []}}}
  g: {title: G, career: {start: {near: {in: fields}}}}
)",
R"(
rules.yaml:4:32: error[missing-key]: 'near' needs 'in' or 'not_in' beside it
    4 |   a: {title: A, career: {org: {near: {in: fields}}}}
      |                                ^^^^
      = hint: it says which of the terms that are found count

rules.yaml:5:64: error[several-conditions]: 'not_near' cannot stand beside both 'in' and 'not_in'
    5 |   b: {title: B, career: {org: {in: fields, not_in: fields/law, not_near: {in: fields}}}}
      |                                                                ^^^^^^^^
      = hint: put the two under `all: [{org: {in: ...}}, {org: {not_in: ...}}]`

rules.yaml:6:50: error[wrong-type]: 'near' must be a map such as {in: negations, within: 6, side: before}, not 'fields/law'
    6 |   c: {title: C, career: {org: {in: fields, near: fields/law}}}
      |                                                  ^^^^^^^^^^

rules.yaml:7:51: error[missing-key]: 'near' needs the key 'in'
    7 |   d: {title: D, career: {org: {in: fields, near: {within: 2.5}}}}
      |                                                   ^^^^^^

rules.yaml:7:59: error[bad-number]: 'within' must be a whole number of at least 0, not 2.5
    7 |   d: {title: D, career: {org: {in: fields, near: {within: 2.5}}}}
      |                                                           ^^^

rules.yaml:8:55: error[unknown-lexicon]: no lexicon named 'laws'
    8 |   e: {title: E, career: {org: {in: fields, near: {in: laws, within: -1, side: left, words: [x]}}}}
      |                                                       ^^^^

rules.yaml:8:69: error[bad-number]: 'within' must be a whole number of at least 0, not -1
    8 |   e: {title: E, career: {org: {in: fields, near: {in: laws, within: -1, side: left, words: [x]}}}}
      |                                                                     ^^

rules.yaml:8:79: error[unknown-value]: 'side' cannot be 'left'
    8 |   e: {title: E, career: {org: {in: fields, near: {in: laws, within: -1, side: left, words: [x]}}}}
      |                                                                               ^^^^
      = hint: it is one of either, before, after

rules.yaml:8:85: error[unknown-key]: 'near' has no key 'words'
    8 |   e: {title: E, career: {org: {in: fields, near: {in: laws, within: -1, side: left, words: [x]}}}}
      |                                                                                     ^^^^^
      = hint: its keys are in, within, side

rules.yaml:9:50: error[empty-list]: 'near' names nothing
    9 |   f: {title: F, career: {org: {in: fields, near: []}}}
      |                                                  ^^

rules.yaml:10:34: error[missing-key]: 'near' needs 'in' or 'not_in' beside it
   10 |   g: {title: G, career: {start: {near: {in: fields}}}}
      |                                  ^^^^
      = hint: it says which of the terms that are found count
)"},

{"an unknown column", R"(
ruleset: r
include: [fields.yaml, eras.yaml]
labels:
  a: {education: {feild: {in: fields}}}
)",
R"(
rules.yaml:4:19: error[unknown-column]: the table 'education' has no column 'feild'; did you mean 'field'?
    4 |   a: {education: {feild: {in: fields}}}
      |                   ^^^^^
)"},

{"a column with its language", R"(
ruleset: r
include: [fields.yaml, eras.yaml]
labels:
  a: {education: {field_zh: {in: fields}}}
)",
R"(
rules.yaml:4:19: error[column-with-language]: rules name the column without its language: 'field_zh'; did you mean 'field'?
    4 |   a: {education: {field_zh: {in: fields}}}
      |                   ^^^^^^^^
)"},

{"an unknown degree", R"(
ruleset: r
include: [fields.yaml, eras.yaml]
labels:
  a: {education: {degree: {at_least: bachelors}}}
)",
R"(
rules.yaml:4:38: error[unknown-value]: 'degree' cannot be 'bachelors'; did you mean 'bachelor'?
    4 |   a: {education: {degree: {at_least: bachelors}}}
      |                                      ^^^^^^^^^
)"},

{"an order on a column without one", R"(
ruleset: r
include: [fields.yaml, eras.yaml]
labels:
  a: {education: {mode: {at_least: full-time}}}
)",
R"(
rules.yaml:4:26: error[wrong-test]: 'mode' is a value out of a list and has no test 'at_least'
    4 |   a: {education: {mode: {at_least: full-time}}}
      |                          ^^^^^^^^
      = hint: its tests are is, not, one_of, known
)"},

{"terms in a column without text", R"(
ruleset: r
include: [fields.yaml, eras.yaml]
labels:
  a: {posts: {province: {in: fields}}}
)",
R"(
rules.yaml:4:26: error[wrong-test]: 'province' is a name and has no test 'in'
    4 |   a: {posts: {province: {in: fields}}}
      |                          ^^
      = hint: its tests are is, not, one_of, matches, known
)"},

{"an unknown test", R"(
ruleset: r
include: [fields.yaml, eras.yaml]
labels:
  a: {education: {degree: {atleast: bachelor}}}
)",
R"(
rules.yaml:4:28: error[unknown-key]: a test of 'degree' has no key 'atleast'; did you mean 'at_least'?
    4 |   a: {education: {degree: {atleast: bachelor}}}
      |                            ^^^^^^^
)"},

{"a bad date", R"(
ruleset: r
include: [fields.yaml, eras.yaml]
labels:
  a: {career: {before: 1982-13}}
)",
R"(
rules.yaml:4:24: error[bad-date]: '1982-13' is not a date: there is no month 13
    4 |   a: {career: {before: 1982-13}}
      |                        ^^^^^^^
      = hint: dates are written 1982, 1982-03 or 1982-03-15
)"},

{"an unknown era", R"(
ruleset: r
include: [fields.yaml, eras.yaml]
labels:
  a: {posts: {during: secnd}}
)",
R"(
rules.yaml:4:23: error[unknown-era]: no era 'secnd'; did you mean 'second'?
    4 |   a: {posts: {during: secnd}}
      |                       ^^^^^
)"},

{"a date that is no date label", R"(
ruleset: r
include: [fields.yaml, eras.yaml]
labels:
  a: {career: {org: {in: fields}}}
  b: {career: {before: a}}
)",
R"(
rules.yaml:5:24: error[wrong-label-kind]: 'a' is a plain label, and 'before' needs one that is a date
    5 |   b: {career: {before: a}}
      |                        ^
      = hint: labels with `first_date_of` or `last_date_of` are dates
)"},

{"years as text", R"(
ruleset: r
include: [fields.yaml, eras.yaml]
labels:
  a: {career: {org: {in: fields}}, total_years: {at_least: "5"}}
)",
R"(
rules.yaml:4:60: error[wrong-type]: 'at_least' must be a number, not '5'
    4 |   a: {career: {org: {in: fields}}, total_years: {at_least: "5"}}
      |                                                            ^^^
      = hint: take the quotes away
)"},

{"years inside the table", R"(
ruleset: r
include: [fields.yaml, eras.yaml]
labels:
  a: {career: {org: {in: fields}, total_years: {at_least: 5}}}
)",
R"(
rules.yaml:4:35: error[misplaced-key]: 'total_years' speaks of all rows and stands beside 'career', not inside it
    4 |   a: {career: {org: {in: fields}, total_years: {at_least: 5}}}
      |                                   ^^^^^^^^^^^
)"},

{"years without a table", R"(
ruleset: r
include: [fields.yaml, eras.yaml]
labels:
  a: {total_years: {at_least: 5}}
)",
R"(
rules.yaml:4:7: error[no-table]: 'total_years' needs a table beside it
    4 |   a: {total_years: {at_least: 5}}
      |       ^^^^^^^^^^^
      = hint: such as {career: {org: {in: industries}}, total_years: {at_least: 5}}
)"},

{"a range that holds nothing", R"(
ruleset: r
include: [fields.yaml, eras.yaml]
labels:
  a: {career: {org: {in: fields}}, count: {at_least: 5, at_most: 2}}
)",
R"(
rules.yaml:4:43: error[empty-range]: no number is at least 5 and at most 2
    4 |   a: {career: {org: {in: fields}}, count: {at_least: 5, at_most: 2}}
      |                                           ^^^^^^^^^^^^^^^^^^^^^^^^^
)"},

{"the span of a person", R"(
ruleset: r
include: [fields.yaml, eras.yaml]
labels:
  a: {person: {before: 1990}}
)",
R"(
rules.yaml:4:16: error[no-span]: a person is no row with a start and an end, so 'before' has no meaning here
    4 |   a: {person: {before: 1990}}
      |                ^^^^^^
)"},

{"a bad regex", R"(
ruleset: r
include: [fields.yaml, eras.yaml]
labels:
  a: {career: {org: {matches: '[部'}}}
)",
R"(
rules.yaml:4:31: error[bad-regex]: bad regular expression: a ']' is missing
    4 |   a: {career: {org: {matches: '[部'}}}
      |                               ^^^^^
)"},

{"not of a list", R"(
ruleset: r
include: [fields.yaml, eras.yaml]
labels:
  a: {career: {not: [{org: {in: fields}}]}}
)",
R"(
rules.yaml:4:21: error[wrong-type]: 'not' must be a map of tests, not a list
    4 |   a: {career: {not: [{org: {in: fields}}]}}
      |                     ^^^^^^^^^^^^^^^^^^^^^
      = hint: use `none` for a list
)"},

{"no tests", R"(
ruleset: r
include: [fields.yaml, eras.yaml]
labels:
  a: {career: {}}
)",
R"(
rules.yaml:4:15: error[no-tests]: there are no tests here
    4 |   a: {career: {}}
      |               ^^
      = hint: a test names a column: {org: {in: industries}}; to take every row write {id: {known: true}}
)"},

};

const std::vector<Case> kParameters = {

{"an unknown parameter", R"(
ruleset: r
include: [fields.yaml, eras.yaml]
params: {min_years: 1}
labels:
  a: {career: {org: {in: fields}}, total_years: {at_least: $min_year}}
)",
R"(
rules.yaml:5:60: error[unknown-parameter]: no parameter named 'min_year'; did you mean 'min_years'?
    5 |   a: {career: {org: {in: fields}}, total_years: {at_least: $min_year}}
      |                                                            ^^^^^^^^^
      = hint: parameters are declared under `params` of the rule set; text that starts with $ stands in quotes
)"},

{"the wrong type", R"(
ruleset: r
include: [fields.yaml, eras.yaml]
params: {min_years: five}
labels:
  a: {career: {org: {in: fields}}, total_years: {at_least: $min_years}}
)",
R"(
rules.yaml:5:60: error[wrong-type]: 'at_least' must be a number, not 'five'
    5 |   a: {career: {org: {in: fields}}, total_years: {at_least: $min_years}}
      |                                                            ^^^^^^^^^^
rules.yaml:3:10: note: this is the value of the parameter 'min_years'
    3 | params: {min_years: five}
      |          ^^^^^^^^^
)"},

{"an unknown value", R"(
ruleset: r
include: [fields.yaml, eras.yaml]
params: {degree: batchelor}
labels:
  a: {education: {degree: {at_least: $degree}}}
)",
R"(
rules.yaml:5:38: error[unknown-value]: 'degree' cannot be 'batchelor'; did you mean 'bachelor'?
    5 |   a: {education: {degree: {at_least: $degree}}}
      |                                      ^^^^^^^
rules.yaml:3:10: note: this is the value of the parameter 'degree'
    3 | params: {degree: batchelor}
      |          ^^^^^^
)"},

{"a map", R"(
ruleset: r
params: {p: {a: b}}
)",
R"(
rules.yaml:2:13: error[wrong-type]: the parameter 'p' must be a word, a number or a list such as [a, b], not a map
    2 | params: {p: {a: b}}
      |             ^^^^^^
)"},

{"an unknown name in --set", R"(
ruleset: r
include: [fields.yaml, eras.yaml]
params: {min_years: 1}
labels:
  a: {title: A, career: {org: {in: fields}}, total_years: {at_least: $min_years}}
)",
R"(
--set: error[unknown-parameter]: no parameter named 'min_year'; did you mean 'min_years'?
      = hint: its parameters are min_years
)", {}, {{"min_year", "5"}}},

{"a bad value in --set", R"(
ruleset: r
include: [fields.yaml, eras.yaml]
params: {min_years: 1}
labels:
  a: {title: A, career: {org: {in: fields}}, total_years: {at_least: $min_years}}
)",
R"(
--set: error[bad-setting]: the value of 'min_years' is not YAML: a ']' or ',' is missing before this
)", {}, {{"min_years", "[1"}}},

{"the wrong type in --set", R"(
ruleset: r
include: [fields.yaml, eras.yaml]
params: {min_years: 1}
labels:
  a: {title: A, career: {org: {in: fields}}, total_years: {at_least: $min_years}}
)",
R"(
rules.yaml:5:70: error[wrong-type]: 'at_least' must be a number, not 'five'
    5 |   a: {title: A, career: {org: {in: fields}}, total_years: {at_least: $min_years}}
      |                                                                      ^^^^^^^^^^
--set: note: this is the value of the parameter 'min_years'
)", {}, {{"min_years", "five"}}},

};

const std::vector<Case> kColumns = {

{"an unknown table", R"(
ruleset: r
columns: {carer: {rank: {order: [low, high]}}}
)",
R"(
rules.yaml:2:11: error[unknown-table]: no table named 'carer'; did you mean 'career'?
    2 | columns: {carer: {rank: {order: [low, high]}}}
      |           ^^^^^
      = hint: the tables are person, education, career, posts
)"},

{"a standard column", R"(
ruleset: r
columns: {career: {org: {}}}
)",
R"(
rules.yaml:2:20: error[duplicate-column]: the table 'career' has the column 'org' already
    2 | columns: {career: {org: {}}}
      |                    ^^^
      = hint: only columns that are not among the standard ones are declared
)"},

{"a value out of a declared order", R"(
ruleset: r
columns: {career: {rank: {order: [low, high]}}}
labels:
  a: {career: {rank: {at_least: hihg}}}
)",
R"(
rules.yaml:4:33: error[unknown-value]: 'rank' cannot be 'hihg'; did you mean 'high'?
    4 |   a: {career: {rank: {at_least: hihg}}}
      |                                 ^^^^
)"},

};

const std::vector<Case> kTests = {

{"an unknown label", R"(
ruleset: r
include: [fields.yaml, eras.yaml]
labels:
  trained: {title: T, education: {field: {in: fields}}}
  kind: {title: K, category_of: fields, where: trained}
tests:
  - expect: {traind: true}
)",
R"(
rules.yaml:7:14: error[unknown-label]: no label named 'traind'; did you mean 'trained'?
    7 |   - expect: {traind: true}
      |              ^^^^^^
)"},

{"an unknown column", R"(
ruleset: r
include: [fields.yaml, eras.yaml]
labels:
  trained: {title: T, education: {field: {in: fields}}}
  kind: {title: K, category_of: fields, where: trained}
tests:
  - {education: [{feild_en: law}], expect: {trained: false}}
)",
R"(
rules.yaml:7:19: error[unknown-column]: the table 'education' has no column 'feild_en'; did you mean 'field_en'?
    7 |   - {education: [{feild_en: law}], expect: {trained: false}}
      |                   ^^^^^^^^
)"},

{"an unknown value", R"(
ruleset: r
include: [fields.yaml, eras.yaml]
labels:
  trained: {title: T, education: {field: {in: fields}}}
  kind: {title: K, category_of: fields, where: trained}
tests:
  - {education: [{degree: bachelors}], expect: {trained: false}}
)",
R"(
rules.yaml:7:27: error[unknown-value]: 'degree' cannot be 'bachelors'; did you mean 'bachelor'?
    7 |   - {education: [{degree: bachelors}], expect: {trained: false}}
      |                           ^^^^^^^^^
)"},

{"a bad date", R"(
ruleset: r
include: [fields.yaml, eras.yaml]
labels:
  trained: {title: T, education: {field: {in: fields}}}
  kind: {title: K, category_of: fields, where: trained}
tests:
  - {education: [{start: 1982-13}], expect: {trained: false}}
)",
R"(
rules.yaml:7:26: error[bad-date]: '1982-13' is not a date: there is no month 13
    7 |   - {education: [{start: 1982-13}], expect: {trained: false}}
      |                          ^^^^^^^
      = hint: dates are written 1982, 1982-03 or 1982-03-15
)"},

{"a value of the wrong kind", R"(
ruleset: r
include: [fields.yaml, eras.yaml]
labels:
  trained: {title: T, education: {field: {in: fields}}}
  kind: {title: K, category_of: fields, where: trained}
tests:
  - expect: {trained: maybe}
)",
R"(
rules.yaml:7:23: error[wrong-type]: 'trained' must be true, false or unknown, not 'maybe'
    7 |   - expect: {trained: maybe}
      |                       ^^^^^
)"},

{"an unknown category", R"(
ruleset: r
include: [fields.yaml, eras.yaml]
labels:
  trained: {title: T, education: {field: {in: fields}}}
  kind: {title: K, category_of: fields, where: trained}
tests:
  - expect: {kind: engineering/nuclaer}
)",
R"(
rules.yaml:7:20: error[unknown-category]: the lexicon 'fields' has no category 'engineering/nuclaer'; did you mean 'engineering/nuclear'?
    7 |   - expect: {kind: engineering/nuclaer}
      |                    ^^^^^^^^^^^^^^^^^^^
)"},

};

const std::vector<Case> kVariants = {
{"a parameter that the base has not and nothing uses", R"(
ruleset: r
extends: base.yaml
params: {min_year: 3, spare: 2}
)",
R"(
rules.yaml:3:10: error[unknown-parameter]: the base has no parameter 'min_year', and no rule uses it; did you mean 'min_years'?
    3 | params: {min_year: 3, spare: 2}
      |          ^^^^^^^^
      = hint: its parameters are min_years

rules.yaml:3:23: error[unknown-parameter]: the base has no parameter 'spare', and no rule uses it
    3 | params: {min_year: 3, spare: 2}
      |                       ^^^^^
      = hint: its parameters are min_years
)",
{{"base.yaml", R"(
ruleset: base
params: {min_years: 1}
labels:
  a: {title: A, career: {role: {known: true}}, count: {at_least: $min_years}}
)"}}},

{"a new parameter that the variant uses", R"(
ruleset: r
extends: base.yaml
params: {less: 3}
labels:
  b: {title: B, career: {role: {known: true}}, count: {at_least: $less}}
)",
R"(
)",
{{"base.yaml", R"(
ruleset: base
labels:
  a: {title: A, career: {role: {known: true}}}
)"}}},


{"changes of near that do not fit", R"(
ruleset: r
extends: base.yaml
lexicons:
  fields:
    set:
      engineering: {near: [{terms: [x]}, {terms: [y]}]}
    add:
      engineering: {near: {terms: [z]}}
      law: {not_near: [x]}
    remove:
      engineering/nuclear: {near: {terms: [x]}}
)",
R"(
rules.yaml:8:21: error[already-there]: the category has several 'near', and it is not said which is meant
    8 |       engineering: {near: {terms: [z]}}
      |                     ^^^^
      = hint: use `set` to replace them

rules.yaml:9:24: error[wrong-type]: 'not_near' must be a map such as {terms: {en: [never]}, within: 6, side: before}, not 'x'
    9 |       law: {not_near: [x]}
      |                        ^
      = hint: words inside which a term does not count are an `except`

rules.yaml:11:29: error[nothing-to-remove]: the category 'engineering/nuclear' has no 'near'
   11 |       engineering/nuclear: {near: {terms: [x]}}
      |                             ^^^^
)"},

{"a base that is not there", R"(
ruleset: r
extends: bace
)",
R"(
rules.yaml:2:10: error[missing-file]: the rule set to extend is not there: bace.yaml
    2 | extends: bace
      |          ^^^^
)"},

{"a base that is no rule set", R"(
ruleset: r
extends: fields
)",
R"(
rules.yaml:2:10: error[not-a-ruleset]: fields.yaml is not a rule set but starts with 'lexicon'
    2 | extends: fields
      |          ^^^^^^
      = hint: use `include` for it
)"},

{"a circle", R"(
ruleset: r
extends: other
)",
R"(
other.yaml:2:10: error[extends-cycle]: the files lead in a circle: rules.yaml -> other.yaml -> rules.yaml
    2 | extends: rules
      |          ^^^^^
)", {{"other.yaml", R"(
ruleset: other
extends: rules
)"}}},

{"a term that is not there", R"(
ruleset: r
extends: base
lexicons:
  fields:
    remove: {engineering: {terms: {zh: [机器]}}}
)",
R"(
rules.yaml:5:41: error[nothing-to-remove]: the category 'engineering' has no term '机器'; did you mean '机械'?
    5 |     remove: {engineering: {terms: {zh: [机器]}}}
      |                                         ^^^^
)"},

{"a category that is not there", R"(
ruleset: r
extends: base
lexicons:
  fields:
    remove: {engineering/nuclaer: all}
)",
R"(
rules.yaml:5:14: error[unknown-category]: the lexicon 'fields' has no category 'engineering/nuclaer'; did you mean 'engineering/nuclear'?
    5 |     remove: {engineering/nuclaer: all}
      |              ^^^^^^^^^^^^^^^^^^^
)"},

{"a new category with almost an old name", R"(
ruleset: r
extends: base
lexicons:
  fields:
    add: {enginering: {terms: {zh: [机器]}}}
)",
R"(
rules.yaml:5:11: error[unknown-category]: the lexicon 'fields' has no category 'enginering'; did you mean 'engineering'?
    5 |     add: {enginering: {terms: {zh: [机器]}}}
      |           ^^^^^^^^^^
      = hint: a new category needs a name less like those that are there
)"},

{"a lexicon that is not there", R"(
ruleset: r
extends: base
lexicons:
  feilds:
    add: {law: {terms: {zh: [法律]}}}
)",
R"(
rules.yaml:4:3: error[unknown-lexicon]: the base has no lexicon named 'feilds'; did you mean 'fields'?
    4 |   feilds:
      |   ^^^^^^
)"},

{"a label that is not there", R"(
ruleset: r
extends: base
labels: {traned: null}
)",
R"(
rules.yaml:3:10: error[unknown-label]: the base has no label 'traned' to remove; did you mean 'trained'?
    3 | labels: {traned: null}
      |          ^^^^^^
)"},

{"a label that others need", R"(
ruleset: r
extends: base
labels: {trained: null, both: {title: B, all: [trained, worked]}}
)",
R"(
rules.yaml:3:48: error[unknown-label]: no label named 'trained'
    3 | labels: {trained: null, both: {title: B, all: [trained, worked]}}
      |                                                ^^^^^^^
rules.yaml:3:10: note: the variant removes it here
    3 | labels: {trained: null, both: {title: B, all: [trained, worked]}}
      |          ^^^^^^^
)"},

{"an era that is not there", R"(
ruleset: r
extends: base
eras: {reigns: {third: {from: 1980}}}
)",
R"(
rules.yaml:3:17: error[unknown-era]: the base has no era 'third'
    3 | eras: {reigns: {third: {from: 1980}}}
      |                 ^^^^^
)"},

{"changes without a base", R"(
ruleset: r
lexicons: {fields: {remove: {law: all}}}
)",
R"(
rules.yaml:2:1: error[no-base]: 'lexicons' changes what a base says, and this rule set extends none
    2 | lexicons: {fields: {remove: {law: all}}}
      | ^^^^^^^^
      = hint: to use lexicons of a file, name the file under `include`
)"},

};

const std::vector<Case> kWarnings = {

{"a needless term", R"(
lexicon: l
categories:
  a: {terms: {zh: [机械, 机械制造], en: [engineer*, engineering]}}
)",
R"(
rules.yaml:3:24: warning[needless-term]: '机械制造' is needless: '机械' of this category matches wherever it does
    3 |   a: {terms: {zh: [机械, 机械制造], en: [engineer*, engineering]}}
      |                          ^^^^^^^^
rules.yaml:3:20: note: it is here
    3 |   a: {terms: {zh: [机械, 机械制造], en: [engineer*, engineering]}}
      |                    ^^^^

rules.yaml:3:47: warning[needless-term]: 'engineering' is needless: 'engineer*' of this category matches wherever it does
    3 |   a: {terms: {zh: [机械, 机械制造], en: [engineer*, engineering]}}
      |                                                     ^^^^^^^^^^^
rules.yaml:3:36: note: it is here
    3 |   a: {terms: {zh: [机械, 机械制造], en: [engineer*, engineering]}}
      |                                          ^^^^^^^^^
)"},

{"a term twice", R"(
lexicon: l
categories:
  a: {terms: {zh: [機械, 机械]}}
)",
R"(
rules.yaml:3:24: warning[duplicate-term]: the term '机械' is already in this category
    3 |   a: {terms: {zh: [機械, 机械]}}
      |                          ^^^^
rules.yaml:3:20: note: it is here
    3 |   a: {terms: {zh: [機械, 机械]}}
      |                    ^^^^
)"},

{"a term in two categories", R"(
lexicon: l
categories:
  a: {terms: {zh: [机械]}}
  b: {terms: {zh: [机械]}}
)",
R"(
rules.yaml:4:20: warning[term-in-two-categories]: the term '机械' is also in the category 'a'
    4 |   b: {terms: {zh: [机械]}}
      |                    ^^^^
      = hint: text with this word falls into both
rules.yaml:3:20: note: it is here
    3 |   a: {terms: {zh: [机械]}}
      |                    ^^^^
)"},

{"a term of which nothing is left", R"(
lexicon: l
categories:
  a: {terms: {en: ["--", coal]}}
)",
R"(
rules.yaml:3:20: error[empty-term]: nothing of '--' is left when text is compared, it matches nothing
    3 |   a: {terms: {en: ["--", coal]}}
      |                    ^^^^
      = hint: a term has a letter, a digit or another sign that is neither blank nor dash
)"},

{"a star inside a term", R"(
lexicon: l
categories:
  a: {terms: {en: [eng*neer]}}
)",
R"(
rules.yaml:3:20: warning[star-in-term]: a * inside 'eng*neer' is looked for as it stands
    3 |   a: {terms: {en: [eng*neer]}}
      |                    ^^^^^^^^
      = hint: only a * at the end stands for the rest of a word; use `regex` for more
)"},

{"a question mark inside a term", R"(
lexicon: l
categories:
  a: {terms: {en: ["technici?n", "who?"]}}
)",
R"(
rules.yaml:3:20: warning[question-mark-in-term]: a ? in 'technici?n' is looked for as it stands
    3 |   a: {terms: {en: ["technici?n", "who?"]}}
      |                    ^^^^^^^^^^^^
      = hint: it stands for no letter; list both spellings, or use `regex`

rules.yaml:3:34: warning[question-mark-in-term]: a ? in 'who?' is looked for as it stands
    3 |   a: {terms: {en: ["technici?n", "who?"]}}
      |                                  ^^^^^^
      = hint: it stands for no letter; list both spellings, or use `regex`
)"},

{"a regex that can never match", R"(
lexicon: l
categories:
  a: {regex: {zh: ['\b党委', '机\x{6A5F}'], en: ['(?-i)CPC', 'a  b', 'x\ty']}}
)",
R"(
rules.yaml:3:21: error[regex-never-matches]: the pattern '\b党委' can never match: \b is the edge of a word of ASCII letters and digits, and a Chinese character has none
    3 |   a: {regex: {zh: ['\b党委', '机\x{6A5F}'], en: ['(?-i)CPC', 'a  b', 'x\ty']}}
      |                     ^^
      = hint: leave out the \b beside the Chinese character

rules.yaml:3:30: error[regex-never-matches]: the pattern '机\x{6A5F}' can never match: texts are folded before they are compared, and none has '\x{6A5F}' then
    3 |   a: {regex: {zh: ['\b党委', '机\x{6A5F}'], en: ['(?-i)CPC', 'a  b', 'x\ty']}}
      |                                 ^^^^^^^^
      = hint: write the character itself, which is folded too, not its code: Traditional characters become Simplified ones, full-width ones ASCII

rules.yaml:3:53: error[regex-never-matches]: the pattern '(?-i)CPC' can never match: texts are compared in lower case, and 'C' is not
    3 |   a: {regex: {zh: ['\b党委', '机\x{6A5F}'], en: ['(?-i)CPC', 'a  b', 'x\ty']}}
      |                                                        ^
      = hint: leave out (?-i), or write it in lower case

rules.yaml:3:59: error[regex-never-matches]: the pattern 'a  b' can never match: when texts are compared they never have two spaces in a row
    3 |   a: {regex: {zh: ['\b党委', '机\x{6A5F}'], en: ['(?-i)CPC', 'a  b', 'x\ty']}}
      |                                                              ^^^^^^
      = hint: write one space for any run of white space, hyphens and dashes

rules.yaml:3:69: error[regex-never-matches]: the pattern 'x\ty' can never match: '\t' is read as a space when texts are compared
    3 |   a: {regex: {zh: ['\b党委', '机\x{6A5F}'], en: ['(?-i)CPC', 'a  b', 'x\ty']}}
      |                                                                        ^^
      = hint: write one space for any run of white space, hyphens and dashes
)"},

{"a regex that is likely not meant", R"(
lexicon: l
categories:
  a: {regex: {zh: ['党委|\b支部', '(省|市) 长'], en: ['\bécole', '[A-Z]{3}', '(?-i)cpc']}}
)",
R"(
rules.yaml:3:24: warning[regex-part-never-matches]: '\b支部' in the pattern '党委|\b支部' can never match: \b is the edge of a word of ASCII letters and digits, and a Chinese character has none
    3 |   a: {regex: {zh: ['党委|\b支部', '(省|市) 长'], en: ['\bécole', '[A-Z]{3}', '(?-i)cpc']}}
      |                          ^^^^^^
      = hint: leave out the \b beside the Chinese character

rules.yaml:3:31: warning[regex-blank-in-han]: the pattern '(省|市) 长' matches only with a dash between Chinese characters: blanks there are left out when texts are compared
    3 |   a: {regex: {zh: ['党委|\b支部', '(省|市) 长'], en: ['\bécole', '[A-Z]{3}', '(?-i)cpc']}}
      |                                   ^^^^^^^^^^^^
      = hint: leave out the space, or write a dash if one is meant; `blanks: keep` at the top of a lexicon keeps blanks

rules.yaml:3:49: warning[regex-word-boundary]: the pattern '\bécole' matches only where a letter beyond ASCII touches an ASCII one: \b knows no other letters
    3 |   a: {regex: {zh: ['党委|\b支部', '(省|市) 长'], en: ['\bécole', '[A-Z]{3}', '(?-i)cpc']}}
      |                                                        ^^
      = hint: leave out the \b beside such a letter, or list the words under `terms`, which begin and end at words of any script

rules.yaml:3:60: warning[regex-capitals]: '[A-Z]' in the pattern '[A-Z]{3}' finds small letters too: texts are compared in lower case
    3 |   a: {regex: {zh: ['党委|\b支部', '(省|市) 长'], en: ['\bécole', '[A-Z]{3}', '(?-i)cpc']}}
      |                                                                   ^^^^^
      = hint: list the words that are meant, or say what stands around them

rules.yaml:3:72: warning[regex-case]: (?-i) in the pattern '(?-i)cpc' changes nothing: texts are compared in lower case
    3 |   a: {regex: {zh: ['党委|\b支部', '(省|市) 长'], en: ['\bécole', '[A-Z]{3}', '(?-i)cpc']}}
      |                                                                               ^^^^^
      = hint: leave it out
)"},

{"a regex that can match nothing", R"(
lexicon: l
categories:
  a: {regex: {zh: ['(航天)*']}}
)",
R"(
rules.yaml:3:20: warning[regex-matches-empty]: the pattern '(航天)*' can match nothing at all
    3 |   a: {regex: {zh: ['(航天)*']}}
      |                    ^^^^^^^^^
      = hint: such matches do not count; use + in place of *
)"},

{"a lexicon without terms", R"(
lexicon: l
categories:
  a: {title: A}
)",
R"(
rules.yaml:1:10: warning[lexicon-without-terms]: the lexicon 'l' has no terms
    1 | lexicon: l
      |          ^
)"},

{"a gap between eras", R"(
eras: e
list:
  - {id: a, from: 1980-01-01, to: 1990-01-01}
  - {id: b, from: 1990-01-03}
)",
R"(
rules.yaml:4:5: warning[era-gap]: the days from 1990-01-01 to 1990-01-02 lie in no era: 'a' ends before 'b' begins
    4 |   - {id: b, from: 1990-01-03}
      |     ^^^^^^^^^^^^^^^^^^^^^^^^^
      = hint: `to` is the first day after an era, the same as the next one's `from`
)"},

{"eras that overlap", R"(
eras: e
list:
  - {id: a, from: 1980-01-01, to: 1990-01-03}
  - {id: b, from: 1990-01-01}
)",
R"(
rules.yaml:4:5: warning[era-overlap]: the days from 1990-01-01 to 1990-01-02 lie in two eras, 'a' and 'b'
    4 |   - {id: b, from: 1990-01-01}
      |     ^^^^^^^^^^^^^^^^^^^^^^^^^
      = hint: `to` is the first day after an era, the same as the next one's `from`
)"},

{"a test without expectations", R"(
ruleset: r
include: [fields.yaml, eras.yaml]
labels:
  trained: {title: T, education: {field: {in: fields}}}
  kind: {title: K, category_of: fields, where: trained}
tests:
  - {name: nothing, education: [{field_en: law}]}
)",
R"(
rules.yaml:7:5: warning[test-without-expectations]: the test expects nothing
    7 |   - {name: nothing, education: [{field_en: law}]}
      |     ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
      = hint: say what must come out: expect: {LABEL: true}
)"},

{"what is not used", R"(
ruleset: r
include: [fields.yaml, eras.yaml]
params: {spare: 1}
labels:
  a: {education: {degree: {at_least: bachelor}}}
)",
R"(
rules.yaml:2:11: warning[unused-lexicon]: no label uses the lexicon 'fields'
    2 | include: [fields.yaml, eras.yaml]
      |           ^^^^^^^^^^^

rules.yaml:3:10: warning[unused-parameter]: the parameter 'spare' is not used
    3 | params: {spare: 1}
      |          ^^^^^
      = hint: a rule uses it as $spare

rules.yaml:5:3: warning[unused-label]: no label, figure or test uses 'a', and it has no title
    5 |   a: {education: {degree: {at_least: bachelor}}}
      |   ^
      = hint: a label that is a result of the rule set has a title
)"},

};

const std::vector<Case> kSeveralAtOnce = {

{"all mistakes of all files", R"(
ruleset: r
cadre: one
include: [bad.yaml, fields.yaml]
labels:
  a: {education: {field: {in: feilds}, degree: {at_least: $none}}}
  b: {all: [a, c]}
)",
R"(
rules.yaml:2:8: error[wrong-type]: 'cadre' must be a number, not 'one'
    2 | cadre: one
      |        ^^^

rules.yaml:5:31: error[unknown-lexicon]: no lexicon named 'feilds'; did you mean 'fields'?
    5 |   a: {education: {field: {in: feilds}, degree: {at_least: $none}}}
      |                               ^^^^^^

rules.yaml:5:59: error[unknown-parameter]: no parameter named 'none'
    5 |   a: {education: {field: {in: feilds}, degree: {at_least: $none}}}
      |                                                           ^^^^^
      = hint: parameters are declared under `params` of the rule set; text that starts with $ stands in quotes

rules.yaml:6:16: error[unknown-label]: no label named 'c'
    6 |   b: {all: [a, c]}
      |                ^

bad.yaml:1:1: error[missing-key]: a lexicon needs the key 'categories'
    1 | lexicon: bad
      | ^^^^^^^

bad.yaml:2:1: error[unknown-key]: a lexicon has no key 'categorys'; did you mean 'categories'?
    2 | categorys: {}
      | ^^^^^^^^^
)", {{"bad.yaml", R"(
lexicon: bad
categorys: {}
)"}}},

{"a broken label is known by its name", R"(
ruleset: r
include: [fields.yaml, eras.yaml]
labels:
  a: {education: {feild: {in: fields}}}
  b: {title: B, all: [a]}
)",
R"(
rules.yaml:4:19: error[unknown-column]: the table 'education' has no column 'feild'; did you mean 'field'?
    4 |   a: {education: {feild: {in: fields}}}
      |                   ^^^^^
)"},

};

// clang-format on

/// The text of a raw string without the line end that it begins with.
std::string body(const std::string& raw) {
  return !raw.empty() && raw.front() == '\n' ? raw.substr(1) : raw;
}

void check(const std::vector<Case>& cases) {
  for (const Case& one : cases) {
    INFO(one.name);
    Files files;
    for (const auto& [path, text] : kCommon) files[path] = body(text);
    for (const auto& [path, text] : one.more) files[path] = body(text);
    files["rules.yaml"] = body(one.rules);
    LoadOptions options;
    options.settings = one.settings;
    const Loaded loaded = load(files, "rules.yaml", options);
    CHECK(render_text(loaded.diagnostics) == body(one.expected));
    CHECK(loaded.rules.has_value() == !has_errors(loaded.diagnostics));
  }
}

TEST_CASE("bad rules: bytes") {
  check(kBytes);
}
TEST_CASE("bad rules: yaml") {
  check(kYaml);
}
TEST_CASE("bad rules: files") {
  check(kFiles);
}
TEST_CASE("bad rules: lexicons") {
  check(kLexicons);
}
TEST_CASE("bad rules: eras") {
  check(kEras);
}
TEST_CASE("bad rules: figures") {
  check(kFigures);
}
TEST_CASE("bad rules: labels") {
  check(kLabels);
}
TEST_CASE("bad rules: rows") {
  check(kRows);
}
TEST_CASE("bad rules: parameters") {
  check(kParameters);
}
TEST_CASE("bad rules: columns") {
  check(kColumns);
}
TEST_CASE("bad rules: tests") {
  check(kTests);
}
TEST_CASE("bad rules: variants") {
  check(kVariants);
}
TEST_CASE("bad rules: warnings") {
  check(kWarnings);
}
TEST_CASE("bad rules: several at once") {
  check(kSeveralAtOnce);
}

}  // namespace
}  // namespace cadre::test
