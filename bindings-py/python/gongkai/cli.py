"""The command `gongkai`."""

from __future__ import annotations

import argparse
import os
import sys
import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from typing import BinaryIO, NamedTuple, TypeVar

from gongkai._gongkai import (
    CSV_HEADER,
    Limits,
    Report,
    __version__,
    csv_records,
    jsonl_records,
    parse,
)
from gongkai.errors import FileError, GongkaiError
from gongkai.source import read
from gongkai.walk import STANDARD_INPUT, find

__all__ = ["main"]

OK = 0
UNREADABLE = 2
"""Exit code when a file could not be read."""

MOMENT = 1.0
"""Seconds of work after which progress is shown."""

A = TypeVar("A")
B = TypeVar("B")


def main(arguments: list[str] | None = None) -> int:
    """Runs the command; returns its exit code."""
    options = parser().parse_args(arguments)
    try:
        code: int = options.run(options)
        sys.stdout.flush()
        return code
    except BrokenPipeError:
        # The reader of the output has seen enough. What is still buffered has nowhere to go.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return OK
    except KeyboardInterrupt:
        return 130
    except OSError as error:
        print(f"gongkai: {error}", file=sys.stderr)
        return UNREADABLE


def parser() -> argparse.ArgumentParser:
    """The command line."""
    from gongkai import facts_command

    top = argparse.ArgumentParser(
        prog="gongkai", description="Reads 政府信息公开工作年度报告 into exact facts."
    )
    top.add_argument("--version", action="version", version=f"gongkai {__version__}")
    commands = top.add_subparsers(required=True, metavar="COMMAND")

    facts = commands.add_parser("facts", help="one record for each cell of the statutory tables")
    add_paths(facts)
    facts_command.add_arguments(facts)

    show = commands.add_parser("show", help="the report as a person reads it")
    add_paths(show)
    show.set_defaults(run=run_show, jobs=1)
    return top


def add_paths(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "paths", nargs="+", metavar="PATH", help="a file, a folder, or - for standard input"
    )


def positive(text: str) -> int:
    number = int(text)
    if number < 1:
        raise argparse.ArgumentTypeError(f"expected a number from 1, found {number}")
    return number


def run_show(options: argparse.Namespace) -> int:
    """`gongkai show`."""
    # A terminal that lacks a character shows its escape; files and pipes get UTF-8.
    encoding = (sys.stdout.encoding or "utf-8") if sys.stdout.isatty() else "utf-8"
    first = True

    def page(source: str) -> bytes:
        return read_source(source).text().encode(encoding, "backslashreplace")

    def write(text: bytes) -> None:
        nonlocal first
        sys.stdout.buffer.write(text if first else b"\n" + text)
        first = False

    return each(options, page, write)


def each(
    options: argparse.Namespace, work: Callable[[str], bytes], write: Callable[[bytes], object]
) -> int:
    """Works on every source; what fails is named on standard error, the others go on."""
    failures: list[GongkaiError] = []
    sources = list(find(options.paths, failures.append))
    progress = Progress(len(sources))

    def attempt(source: str) -> bytes | GongkaiError:
        try:
            return work(source)
        except GongkaiError as error:
            return error

    for failure in failures:
        progress.say(f"gongkai: {failure}")
    for source, result in zip(sources, in_order(attempt, sources, options.jobs), strict=True):
        if isinstance(result, GongkaiError):
            failures.append(result)
            named = str(result) if result.source else f"{source}: {result}"
            progress.say(f"gongkai: {named}")
        else:
            write(result)
        progress.step()
    progress.clear()
    return UNREADABLE if failures else OK


def read_source(source: str) -> Report:
    """The report of a path, or of standard input."""
    if source == STANDARD_INPUT:
        limits = Limits()
        return parse(sys.stdin.buffer.read(limits.input_bytes + 1), limits=limits, source=source)
    return read(source)


def in_order(work: Callable[[A], B], items: Iterable[A], jobs: int) -> Iterator[B]:
    """Results in the order of the items; never more than a few wait in memory."""
    if jobs == 1:
        yield from map(work, items)
        return
    with ThreadPoolExecutor(jobs) as pool:
        waiting: deque[Future[B]] = deque()
        try:
            for item in items:
                waiting.append(pool.submit(work, item))
                if len(waiting) > 2 * jobs:
                    yield waiting.popleft().result()
            while waiting:
                yield waiting.popleft().result()
        finally:
            pool.shutdown(wait=False, cancel_futures=True)


@contextmanager
def output(path: str | None) -> Iterator[BinaryIO]:
    """The file to write to, or standard output."""
    if path is None:
        yield sys.stdout.buffer
        return
    with open(path, "wb") as file:
        yield file


class Progress:
    """One line on a terminal's standard error, once the work takes more than a moment."""

    def __init__(self, total: int) -> None:
        self.total = total
        self.done = 0
        self.shown = False
        self.next = time.monotonic() + MOMENT if sys.stderr.isatty() else float("inf")

    def step(self) -> None:
        self.reach(self.done + 1)

    def reach(self, done: int) -> None:
        self.done = done
        now = time.monotonic()
        if now >= self.next:
            sys.stderr.write(f"\r{self.done}/{self.total} files")
            sys.stderr.flush()
            self.shown, self.next = True, now + 0.2

    def say(self, line: str) -> None:
        """A line of its own."""
        self.clear()
        print(line, file=sys.stderr)

    def clear(self) -> None:
        if self.shown:
            sys.stderr.write("\r\033[K")
            self.shown = False
