"""cadre beside engines that are other programs, or libraries of other languages.

Each of them has a driver, a program which compiles terms, matches texts once, prints what it found,
and then matches again whenever it is asked to; bench/peers/driver.hpp has the whole of it. All stay
alive and take turns, so that what else the machine does meets all of them alike.
"""

import contextlib
import dataclasses
import json
import os
import shutil
import statistics
import subprocess
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
SIZES = ("small", "medium", "large")
PEOPLE = 10_000     # some 30 MB of text
TURN_SECONDS = 0.2  # quick engines match several times in a turn
SLOW_TURN = 5       # one turn of so many seconds is enough

# The kinds of what an engine finds, in words.
FINDS = {
    "spans": "all spans",
    "anywhere": "all spans, inside of words too",
    "leftmost": "leftmost longest spans",
    "lines": "texts that hold a term",
    "tokens": "spans of whole tokens",
}


@dataclasses.dataclass
class Peer:
    name: str
    driver: str  # "cadre", "yara", "rust" or "python"
    arguments: tuple = ()
    program: str = ""  # what a driver in Python needs: a program,
    module: str = ""   # or a module of Python
    slow: bool = False  # has the first tenth of the texts only


PEERS = [
    Peer("cadre", "cadre"),
    Peer("cadre, inside words too", "cadre", ("--anywhere",)),
    Peer("daachorse, by character", "rust", ("daachorse-charwise",)),
    Peer("daachorse, by byte", "rust", ("daachorse",)),
    Peer("aho-corasick", "rust", ("aho-corasick",)),
    Peer("aho-corasick, DFA", "rust", ("aho-corasick-dfa",)),
    Peer("aho-corasick, leftmost", "rust", ("aho-corasick-leftmost",)),
    Peer("YARA", "yara"),
    Peer("ripgrep --count", "python", ("ripgrep-lines",), program="rg"),
    Peer("ripgrep --count-matches", "python", ("ripgrep",), program="rg"),
    Peer("pyahocorasick", "python", ("pyahocorasick",), module="ahocorasick"),
    Peer("spaCy PhraseMatcher", "python", ("spacy",), module="spacy", slow=True),
    Peer("Python re", "python", ("re",), slow=True),
]

# What there is to say where a driver, program or module is missing; --install-peers does all of it.
MISSING = {
    "rust": "daachorse and aho-corasick: not installed; they need cargo",
    "yara": "YARA: not installed; apt install libyara-dev",
    "rg": "ripgrep: not installed; apt install ripgrep",
    "ahocorasick": "pyahocorasick: not installed; pip install pyahocorasick",
    "spacy": "spaCy: not installed; pip install spacy",
}


def folder_of(build):
    """What belongs to the benchmarks and to no one build: build/bench."""
    return os.path.join(os.path.dirname(os.path.abspath(build)), "bench")


def install(build):
    """Packages of Python and of Rust, below build/bench; ./dev sees to those of the system."""
    venv = os.path.join(folder_of(build), "venv")
    python = os.path.join(venv, "bin", "python")
    if not os.path.exists(python):
        subprocess.run([sys.executable, "-m", "venv", venv], check=True)
    subprocess.run([python, "-m", "pip", "install", "--quiet", "--disable-pip-version-check",
                    "-r", os.path.join(HERE, "requirements.txt")], check=True)
    if not shutil.which("cargo"):
        print("There is no cargo: without the engines of Rust")
        return
    subprocess.run(["cargo", "build", "--quiet", "--release", "--locked",
                    "--manifest-path", os.path.join(HERE, "rust", "Cargo.toml"),
                    "--target-dir", os.path.join(folder_of(build), "rust")], check=True)


class Drivers:
    """The drivers that there are for a build."""

    def __init__(self, build):
        folder = folder_of(build)
        python = os.path.join(folder, "venv", "bin", "python")
        self.python = python if os.path.exists(python) else sys.executable
        self.commands = {
            "cadre": [os.path.join(build, "bench", "peer_cadre")],
            "yara": [os.path.join(build, "bench", "peer_yara")],
            "rust": [os.path.join(folder, "rust", "release", "cadre-bench-peers")],
            "python": [self.python, os.path.join(HERE, "peers.py")],
        }

    def missing(self, peer):
        """What a peer needs and is not there, or nothing."""
        if not os.path.exists(self.commands[peer.driver][0]):
            return peer.driver
        if peer.program and not shutil.which(peer.program):
            return peer.program
        if peer.module:
            has = subprocess.run([self.python, "-c", f"import {peer.module}"], check=False,
                                 stderr=subprocess.DEVNULL)
            return peer.module if has.returncode else None
        return None

    def start(self, peer, terms, texts):
        return Driver(peer, [*self.commands[peer.driver], *peer.arguments, terms, texts],
                      os.path.getsize(texts) / 1e6)


class Driver:
    """A driver that has compiled its terms and waits."""

    def __init__(self, peer, command, megabytes):
        self.peer = peer
        self.megabytes = megabytes
        self.turns = []  # seconds that matching all texts took
        self.process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE,
                                        text=True)
        self.answer = self.read()

    def read(self):
        line = self.process.stdout.readline()
        if not line:
            raise SystemExit(f"{self.peer.name}: its driver has ended")
        return json.loads(line)

    def take_turn(self):
        if self.turns and self.turns[0] > SLOW_TURN:
            return
        times = []
        while sum(times) < TURN_SECONDS:
            self.process.stdin.write("\n")
            self.process.stdin.flush()
            times.append(self.read()["seconds"])
        self.turns.append(statistics.mean(times))

    def speed(self):
        return self.megabytes / statistics.median(self.turns)

    def close(self):
        self.process.stdin.close()
        self.process.wait()


def measure(peers, drivers, folder, size, rounds):
    """A row for each of `peers`, cadre first."""
    terms = os.path.join(folder, f"{size}.txt")
    all_texts = os.path.join(folder, "texts.txt")
    some_texts = os.path.join(folder, "some-texts.txt")
    with contextlib.ExitStack() as stack:
        def start(peer, texts):
            return stack.enter_context(contextlib.closing(drivers.start(peer, terms, texts)))

        running = [start(peer, some_texts if peer.slow else all_texts) for peer in peers]
        cadre = running[0]
        expected = {False: cadre.answer["expected"],
                    True: start(cadre.peer, some_texts).answer["expected"]}
        for _ in range(rounds):
            for driver in running:
                driver.take_turn()
        return [row_of(driver, size, cadre, expected[driver.peer.slow]) for driver in running]


def row_of(driver, size, cadre, expected):
    answer = driver.answer
    # What goes by a rule of its own is held against all spans, and may differ.
    own_rule = answer["finds"] not in expected
    wanted = expected["spans" if own_rule else answer["finds"]]
    same = all(answer[key] == value for key, value in wanted.items())
    return {
        "terms": size,
        "engine": driver.peer.name,
        "version": answer["version"],
        "megabytes": driver.megabytes,
        "mb_per_s": driver.speed(),
        "compile_s": answer["compile_seconds"],
        "cadre_is": cadre.speed() / driver.speed(),
        "finds": answer["finds"],
        "count": answer["count"],
        "count_expected": wanted["count"],
        "found": "as expected" if same else "other spans" if own_rule else "WRONG",
    }


def show(row):
    speed = row["mb_per_s"]
    times = row["cadre_is"]
    ratio = "" if row["engine"] == "cadre" else f"{times:.{2 if times < 10 else 0}f} times"
    found = f"{FINDS[row['finds']]}: {row['count']:,}"
    if row["found"] != "as expected":
        found += f" ({row['found']}; {row['count_expected']:,} expected)"
    print(f"{row['engine']:<24} {row['version']:>8} {speed:>7.{0 if speed >= 10 else 2}f}"
          f" {row['compile_s']:>10.3f} {ratio:>11}  {found}", flush=True)


def all_agree(rows):
    return all(row["found"] != "WRONG" for row in rows)


def compare(build, dataset, rounds):
    """Prints a table for each set of terms; gives their rows."""
    drivers = Drivers(build)
    missing = {peer.name: drivers.missing(peer) for peer in PEERS}
    peers = [peer for peer in PEERS if missing[peer.name] is None]
    folder = os.path.join(folder_of(build), "texts")
    subprocess.run([os.path.join(build, "bench", "cadre_bench"), dataset, "--people", str(PEOPLE),
                    "--export", folder], check=True)
    rows = []
    for size in SIZES:
        with open(os.path.join(folder, f"{size}.txt"), "rb") as file:
            count = sum(1 for _ in file)
        print(f"\n{f'beside others, {count:,} terms':<24} {'version':>8} {'MB/s':>7}"
              f" {'compile s':>10} {'cadre is':>11}  finds")
        of_size = measure(peers, drivers, folder, size, rounds)
        for row in of_size:
            show(row)
        rows += of_size
    print("\nAll engines found what was expected of their kind" if all_agree(rows)
          else "\nENGINES DISAGREE on what they found", end=";\n")
    print(f"{' and '.join(peer.name for peer in peers if peer.slow)}: in the first tenth of the texts")
    for need in dict.fromkeys(missing.values()):
        if need is not None:
            print(f"{MISSING[need]}, or ./dev bench --install-peers")
    return rows
