"""What the checks of this folder share: the list of files, and how to report."""

import pathlib
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent


def files(*patterns):
    """Paths, relative to the root, of tracked and new files that match git's patterns."""
    listing = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard", "--", *patterns],
        cwd=ROOT, check=True, capture_output=True).stdout
    paths = sorted({pathlib.Path(name) for name in listing.decode().split("\0") if name})
    return [path for path in paths if (ROOT / path).is_file()]


def sources(*folders):
    """The C++ files below some folders."""
    return files(*(f"{folder}/*.{suffix}" for folder in folders for suffix in ("cpp", "hpp")))


def report(name, problems, checked):
    """Prints the problems, or one line to say that there are none; ends the program."""
    for problem in problems:
        print(problem, file=sys.stderr)
    if problems:
        print(f"{name}: {len(problems)} problem(s)", file=sys.stderr)
        sys.exit(1)
    print(f"{name}: {checked}")
    sys.exit(0)
