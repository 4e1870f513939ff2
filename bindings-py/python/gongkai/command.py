"""From paths to reports: what the commands have in common."""

from __future__ import annotations

import argparse
import sys
import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from typing import BinaryIO, TypeVar

from gongkai._gongkai import Limits, Report, parse
from gongkai.errors import FileError, GongkaiError
from gongkai.source import read
from gongkai.walk import STANDARD_INPUT, find

OK = 0
WRONG = 1
"""Exit code when an error stands."""
UNREADABLE = 2
"""Exit code when a file could not be read."""

MOMENT = 1.0
"""Seconds of work after which progress is shown."""

A = TypeVar("A")
B = TypeVar("B")


def each(options: argparse.Namespace, work: Callable[[str], A], take: Callable[[A], object]) -> int:
    """Works on every source; what fails is named on standard error, the others go on."""
    failures: list[GongkaiError] = []
    sources = list(find(options.paths, failures.append))
    progress = Progress(len(sources))

    def attempt(source: str) -> A | GongkaiError:
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
            take(result)
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
        self.done += 1
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


def terminal_encoding() -> str:
    """A terminal that lacks a character shows its escape; files and pipes get UTF-8."""
    return (sys.stdout.encoding or "utf-8") if sys.stdout.isatty() else "utf-8"


def unwritable(error: UnicodeEncodeError, encoding: str) -> FileError:
    character = ascii(error.object[error.start])
    return FileError(
        f"{encoding} cannot write {character}",
        code="encoding",
        message_zh=f"{encoding} 无法表示 {character}",
    )
