#!/usr/bin/env python3
"""The drivers (bench/peers/driver.hpp) of Python's engines and of ripgrep.

    peers.py ENGINE TERMS TEXTS

All texts are searched at once where that is quickest. Finding out which text a span is in would
take Python longer than finding the span: it is done apart from what is timed.
"""

import collections
import dataclasses
import importlib.metadata
import itertools
import json
import re
import resource
import subprocess
import sys
import tempfile
import time
import typing


@dataclasses.dataclass
class Engine:
    version: str
    finds: str
    compile: typing.Callable  # () -> what match and found are given
    match: typing.Callable    # what is timed
    found: typing.Callable    # (line, term, begin in bytes) of all spans, or the number of lines
    idle: typing.Callable = None  # takes the part of match's time that is not matching


def drain(iterator):
    """Uses up an iterator in the quickest way that there is."""
    collections.deque(iterator, maxlen=0)


def starts_of(lines):
    return list(itertools.accumulate(map(len, lines), initial=0))


def in_lines(texts, spans):
    """(line, term, begin in bytes) of (begin in all texts, term)."""
    starts = starts_of(texts.splitlines(keepends=True))
    line = 0
    for begin, term in sorted(spans):
        while starts[line + 1] <= begin:
            line += 1
        yield line, term, len(texts[starts[line]:begin].encode())


def python_re(terms, path):
    """An alternation, the longest terms first, so that of those that begin at a place the longest
    is found."""
    texts = read(path)
    numbers = {term: i for i, term in enumerate(terms)}

    def compile_terms():
        return re.compile("|".join(map(re.escape, sorted(terms, key=len, reverse=True))))

    def found(pattern):
        return in_lines(texts, ((m.start(), numbers[m[0]]) for m in pattern.finditer(texts)))

    return Engine(sys.version.split()[0], "leftmost", compile_terms,
                  lambda pattern: drain(pattern.finditer(texts)), found)


def pyahocorasick(terms, path):
    import ahocorasick

    texts = read(path)

    def compile_terms():
        automaton = ahocorasick.Automaton()
        for i, term in enumerate(terms):
            automaton.add_word(term, i)
        automaton.make_automaton()
        return automaton

    def found(automaton):
        return in_lines(texts, ((last + 1 - len(terms[i]), i) for last, i in automaton.iter(texts)))

    return Engine(importlib.metadata.version("pyahocorasick"), "anywhere", compile_terms,
                  lambda automaton: drain(automaton.iter(texts)), found)


def spacy_matcher(terms, path):
    """Texts in ASCII are tokenised as English is, others (Chinese) into characters. Tokenising is
    part of the work: a PhraseMatcher is given documents."""
    import spacy
    import spacy.matcher

    lines = read(path).splitlines()

    def compile_terms():
        matchers = {}
        for is_ascii, language in ((True, "en"), (False, "zh")):
            nlp = spacy.blank(language)
            matcher = spacy.matcher.PhraseMatcher(nlp.vocab)
            for i, term in enumerate(terms):
                if term.isascii() == is_ascii:
                    matcher.add(str(i), [nlp.make_doc(term)])
            matchers[is_ascii] = nlp, matcher
        return matchers

    def match(matchers):
        for line in lines:
            nlp, matcher = matchers[line.isascii()]
            matcher(nlp.make_doc(line))

    def found(matchers):
        for number, line in enumerate(lines):
            nlp, matcher = matchers[line.isascii()]
            doc = nlp.make_doc(line)
            for key, first, _ in matcher(doc):
                yield number, int(nlp.vocab.strings[key]), len(line[:doc[first].idx].encode())

    return Engine(spacy.__version__, "tokens", compile_terms, match, found)


def ripgrep(terms, path, *, finds):
    """A program that reads and compiles whenever it runs: how long that takes is seen from a run
    with nothing to search."""
    numbers = {term: i for i, term in enumerate(terms)}
    sorted_terms = tempfile.NamedTemporaryFile("w", encoding="utf-8")
    # Of terms that begin at one place the first is found, as in an alternation.
    sorted_terms.writelines(term + "\n" for term in sorted(terms, key=len, reverse=True))
    sorted_terms.flush()
    count = "--count" if finds == "lines" else "--count-matches"

    def run(*options):
        process = subprocess.run(
            ["rg", "--no-config", "--threads=1", "--no-filename", "--text", "--fixed-strings",
             "-f", sorted_terms.name, *options], stdout=subprocess.PIPE, check=False)
        if process.returncode > 1:  # 1: nothing found
            raise SystemExit(f"rg: exit status {process.returncode}")
        return process.stdout.decode()

    def found(_):
        if finds == "lines":
            return int(run(count, path) or 0)
        matches = run("--only-matching", "--line-number", "--byte-offset", path).splitlines()
        with open(path, "rb") as file:
            starts = starts_of(file)
        fields = (match.split(":", 2) for match in matches)
        return [(int(line) - 1, numbers[term], int(begin) - starts[int(line) - 1])
                for line, begin, term in fields]

    version = subprocess.run(["rg", "--version"], stdout=subprocess.PIPE, check=True).stdout
    return Engine(version.decode().split()[1], finds, lambda: run("/dev/null"),
                  lambda _: run(count, path), found, lambda _: run(count, "/dev/null"))


ENGINES = {
    "re": python_re,
    "pyahocorasick": pyahocorasick,
    "spacy": spacy_matcher,
    "ripgrep": lambda terms, path: ripgrep(terms, path, finds="leftmost"),
    "ripgrep-lines": lambda terms, path: ripgrep(terms, path, finds="lines"),
}


def read(path):
    with open(path, encoding="utf-8", newline="\n") as file:
        return file.read()


def checksum(spans):
    """The sum of `mix` of bench/measure.cpp."""
    mask = (1 << 64) - 1
    total = 0
    for line, term, begin in spans:
        h = ((line << 40) ^ (term << 20) ^ begin) * 0x9E3779B97F4A7C15 & mask
        total += h ^ (h >> 29)
    return total & mask


def cpu_seconds(work, *arguments):
    """The seconds of CPU time of this process and those that it ran, and what `work` came to."""
    def now():
        children = resource.getrusage(resource.RUSAGE_CHILDREN)
        return time.process_time() + children.ru_utime + children.ru_stime
    start = now()
    result = work(*arguments)
    return now() - start, result


def main():
    name, terms, texts = sys.argv[1:]
    engine = ENGINES[name](read(terms).splitlines(), texts)
    seconds, compiled = cpu_seconds(engine.compile)
    found = engine.found(compiled)
    answer = {"version": engine.version, "finds": engine.finds, "compile_seconds": seconds}
    if engine.finds == "lines":
        answer["count"] = found
    else:
        found = list(found)
        answer["count"] = len(found)
        answer["checksum"] = checksum(found)
    print(json.dumps(answer), flush=True)
    for _ in sys.stdin:
        seconds = cpu_seconds(engine.match, compiled)[0]
        if engine.idle:
            seconds -= cpu_seconds(engine.idle, compiled)[0]
        print(json.dumps({"seconds": seconds}), flush=True)


if __name__ == "__main__":
    main()
