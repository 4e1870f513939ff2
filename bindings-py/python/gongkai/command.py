"""From paths to reports: what the commands have in common."""

from __future__ import annotations

import argparse
import sys
import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from functools import partial
from typing import BinaryIO, NamedTuple, TypeVar

from gongkai._gongkai import Limits, Report, open_archive, parse
from gongkai.errors import GongkaiError
from gongkai.source import name_of, read_path
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


def each(
    options: argparse.Namespace, work: Callable[[Report, str], A], take: Callable[[A], object]
) -> int:
    """Works on every report and its source; what fails is named on standard error, the others
    go on."""
    failures: list[GongkaiError] = []
    sources = list(find(options.paths, failures.append))
    progress = Progress(len(sources))

    def attempt(document: Document) -> A | GongkaiError:
        try:
            name = None if document.source == STANDARD_INPUT else name_of(document.source)
            data = document.read()
            report = parse(data, limits=LIMITS, file_name=name, source=name_of(document.source))
            return work(report, document.source)
        except GongkaiError as error:
            return error

    for failure in failures:
        progress.say(f"gongkai: {failure}")
    for result in in_order(attempt, documents(sources, progress), options.jobs):
        if isinstance(result, GongkaiError):
            failures.append(result)
            progress.say(f"gongkai: {result}")
        else:
            take(result)
        progress.step()
    progress.clear()
    return UNREADABLE if failures else OK


LIMITS = Limits()


class Document(NamedTuple):
    """What one report is read from."""

    source: str
    read: Callable[[], bytes]


def documents(sources: Iterable[str], progress: Progress) -> Iterator[Document]:
    """The documents of the sources, those in archives each by itself."""
    for source in sources:
        try:
            if source == STANDARD_INPUT:
                data = sys.stdin.buffer.read(LIMITS.input_bytes + 1)
            else:
                data = read_path(source, LIMITS.input_bytes)
            archive = open_archive(data, LIMITS, name_of(source))
        except GongkaiError as error:
            yield Document(source, partial(fail, error))
            continue
        if archive is None:
            yield Document(source, partial(bytes, data))
            continue
        progress.total += len(archive.names) - 1
        for index, name in enumerate(archive.names):
            member = f"{source}!/{name}"
            yield Document(member, partial(archive.read, index, name_of(member)))


def fail(error: GongkaiError) -> bytes:
    raise error


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
        self.done: int = 0
        self.shown: bool = False
        self.next: float = time.monotonic() + MOMENT if sys.stderr.isatty() else float("inf")

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


def terminal_encoding() -> str:
    """A terminal that lacks a character shows its escape; files and pipes get UTF-8."""
    return (sys.stdout.encoding or "utf-8") if sys.stdout.isatty() else "utf-8"
