"""Many files at once."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable, Iterable, Mapping
from typing import TYPE_CHECKING, TypeAlias

from gongkai._gongkai import Batch, Limits, read_sources
from gongkai.source import Source, limits_of, name_of, read_file
from gongkai.walk import find

if TYPE_CHECKING:
    from gongkai.errors import GongkaiError

__all__ = ["Progress", "read_many"]

Progress: TypeAlias = Callable[[int, int, int], object]
"""Called with the number of sources done, in all, and failed."""


def read_many(
    sources: Source | Iterable[Source],
    *,
    format: str | None = None,
    encoding: str | None = None,
    limits: Limits | Mapping[str, int] | None = None,
    check: bool = True,
    jobs: int | None = None,
    progress: bool | Progress = False,
) -> Batch:
    """Reads and checks many reports, on all processors.

    `sources` are what `gongkai.read` takes, folders, which are walked in sorted order, and
    .zip archives: each document in one is a source of its own, named `archive.zip!/member`.
    A source that gives no report never stops the others: it is in the batch's `errors`.
    Reports are kept compressed, some six kilobytes each. Ctrl-C ends the work at once.

    `jobs` is the number of threads; by default one for each processor this process may use.
    `progress=True` shows a bar in notebooks and terminals, with tqdm where it is installed;
    a function is called several times a second.
    """
    listed: Iterable[Source] = [sources] if _is_one(sources) else sources  # type: ignore[assignment, list-item]
    pairs: list[tuple[str, str | bytes]] = []
    failures: list[GongkaiError] = []
    bounds = limits_of(limits)
    for source in listed:
        if isinstance(source, (str, os.PathLike)):
            path = os.fsdecode(source)
            found = find([path], failures.append) if os.path.isdir(path) else [path]
            pairs.extend((name_of(path), path) for path in found)
        elif isinstance(source, (bytes, bytearray, memoryview)):
            pairs.append((f"#{len(pairs) + 1}", bytes(source)))
        else:
            given = getattr(source, "name", None)
            name = given if isinstance(given, str) else f"#{len(pairs) + 1}"
            pairs.append((name_of(name), read_file(source, bounds.input_bytes)))
    if failures:
        # A folder that cannot be walked: what is missing from it cannot be told.
        raise failures[0]
    with _shown(progress, len(pairs)) as watch:
        return read_sources(
            pairs,
            jobs=jobs if jobs is not None else _processors(),
            format=format,
            encoding=encoding,
            limits=bounds,
            check=check,
            watch=watch,
        )


def _is_one(sources: object) -> bool:
    return isinstance(sources, (str, bytes, bytearray, memoryview, os.PathLike)) or hasattr(
        sources, "read"
    )


def _processors() -> int:
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


class _shown:
    """Shows progress in the way asked for."""

    def __init__(self, progress: bool | Progress, total: int) -> None:
        self.progress = progress
        self.total = total
        self.close: Callable[[], object] = lambda: None

    def __enter__(self) -> Progress | None:
        if not self.progress:
            return None
        if callable(self.progress):
            return self.progress
        try:
            from tqdm.auto import tqdm
        except ImportError:
            return _Line().show
        bar = tqdm(total=self.total, unit="file")
        self.close = bar.close

        def show(done: int, total: int, failed: int) -> None:
            if failed:
                bar.set_postfix(failed=failed, refresh=False)
            bar.update(done - bar.n)

        return show

    def __exit__(self, *error: object) -> None:
        self.close()


class _Line:
    """One line on standard error, where tqdm is not installed."""

    def __init__(self) -> None:
        self.next: float = 0.0

    def show(self, done: int, total: int, failed: int) -> None:
        now = time.monotonic()
        if now >= self.next or done == total:
            self.next = now + (0.2 if sys.stderr.isatty() else 2.0)
            end = "\n" if done == total or not sys.stderr.isatty() else ""
            start = "\r" if sys.stderr.isatty() else ""
            words = f", {failed} failed" if failed else ""
            sys.stderr.write(f"{start}{done}/{total} files{words}{end}")
            sys.stderr.flush()
