#!/usr/bin/env python3
"""A generated national year through `read_many` and through the C batch: time, memory, facts
and findings, and how they grow with the number of files.

    python benches/scale/scale.py --files N --generator PROGRAM --batch PROGRAM

Files are generated, read by both and removed in slices, so that the disk holds one slice at a
time. What each had taken is told after 1,000 files, ten times as many, and so on up to N;
so is its peak memory. Writing, counting and removing files is not timed. CPU time is that of
all threads, and hardly disturbed by other programs. Prints a table in Markdown.
"""

from __future__ import annotations

import argparse
import json
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any, NamedTuple

HEADER = (
    "| way | files | s | CPU s | CPU ms a file | peak, MB | facts | findings | refused |\n"
    "|---|--:|--:|--:|--:|--:|--:|--:|--:|"
)


class Way(NamedTuple):
    """A program that reads folders, and answers with what it took."""

    name: str
    ask: IO[str]
    answer: IO[str]

    def read(self, folder: Path) -> dict[str, Any]:
        print(folder, file=self.ask, flush=True)
        told = self.answer.readline()
        if not told:
            raise SystemExit(f"{self.name} gave no answer")
        return dict(json.loads(told))


def main() -> None:
    arguments = argparse.ArgumentParser(description="Reads a generated national year.")
    arguments.add_argument("--files", type=int, default=10_000, metavar="N")
    arguments.add_argument("--slice", type=int, default=10_000, metavar="N", help="files at a time")
    arguments.add_argument("--jobs", type=int, default=2, metavar="N")
    arguments.add_argument("--generator", required=True, metavar="PROGRAM")
    arguments.add_argument("--batch", required=True, metavar="PROGRAM")
    options = arguments.parse_args()
    jobs = str(options.jobs)
    own = [sys.executable, str(Path(__file__).with_name("read_many.py")), jobs]
    with (
        started(f"Python `read_many`, {jobs} threads", own) as python,
        started(f"C `gongkai_parse_many`, {jobs} threads", [options.batch, jobs]) as c,
    ):
        rows: list[tuple[str, dict[str, Any], int]] = []
        for done, folder in slices(options.files, options.slice, options.generator, options.jobs):
            for way in (python, c):
                rows.append((way.name, way.read(folder), done))
    told = milestones(options.files)
    print(HEADER)
    for way in (python, c):
        for name, took, files in rows:
            if name == way.name and files in told:
                print(line(name, took, files))
    last = [took for _, took, files in rows if files == options.files]
    counted = [[took[what] for what in ("facts", "findings", "refused")] for took in last]
    if counted[0] != counted[1]:
        raise SystemExit(f"the two ways do not count the same: {counted}")
    reasons = ", ".join(f"{code} {count:,}" for code, count in sorted(last[0]["refused"].items()))
    print(f"\nRefused: {reasons}.")


def line(name: str, took: dict[str, Any], files: int) -> str:
    cells = (
        name,
        f"{files:,}",
        f"{took['seconds']:.1f}",
        f"{took['cpu']:.1f}",
        f"{took['cpu'] / files * 1000:.2f}",
        took["peak"],
        f"{took['facts']:,}",
        f"{took['findings']:,}",
        f"{sum(took['refused'].values()):,}",
    )
    return "| " + " | ".join(map(str, cells)) + " |"


def milestones(files: int) -> list[int]:
    """1,000, ten times as many, and so on, and all."""
    told = [1_000]
    while told[-1] * 10 < files:
        told.append(told[-1] * 10)
    return [size for size in told if size < files] + [files]


def slices(files: int, size: int, generator: str, jobs: int) -> Iterator[tuple[int, Path]]:
    """How many files there were at the end of each slice, and its folder; none is longer than
    asked for, and one ends at each milestone."""
    done = 0
    for end in milestones(files):
        while done < end:
            count = min(size, end - done)
            folder = Path(tempfile.mkdtemp(prefix="gongkai-"))
            try:
                generate(generator, folder, done + 1, count, jobs)
                done += count
                yield done, folder
            finally:
                shutil.rmtree(folder)


def generate(generator: str, folder: Path, first: int, count: int, jobs: int) -> None:
    share = -(-count // jobs)
    parts = [(at, min(share, count - at)) for at in range(0, count, share)]
    running = [subprocess.Popen([generator, folder, str(first + at), str(n)]) for at, n in parts]
    if any([one.wait() for one in running]):
        raise SystemExit("the files could not be generated")


@contextmanager
def started(name: str, command: list[str]) -> Iterator[Way]:
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as running:
        assert running.stdin is not None and running.stdout is not None
        yield Way(name, running.stdin, running.stdout)


if __name__ == "__main__":
    main()
