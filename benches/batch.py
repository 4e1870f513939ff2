#!/usr/bin/env python3
"""Many files: one worker against two, and other libraries that only get the cells out.

    python benches/batch.py [--files N] [--rounds N] [--others N] [--sample FILE]

Copies of a docx are read. Ways take turns and the least time of each counts, since
other programs on the machine only ever add time. Needs the wheel, and for the others
`benches/requirements.txt`.
"""

from __future__ import annotations

import argparse
import importlib
import tempfile
import time
from collections.abc import Callable, Iterator
from functools import partial
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import gongkai

SAMPLE = Path(__file__).parents[1] / "examples/reports/qinghe-2022.docx"


def main() -> None:
    arguments = argparse.ArgumentParser(description="Measures reading many files.")
    arguments.add_argument("--files", type=int, default=5000)
    arguments.add_argument("--rounds", type=int, default=3)
    arguments.add_argument("--others", type=int, default=50, metavar="N", help="files for others")
    arguments.add_argument("--sample", type=Path, default=SAMPLE, metavar="FILE", help="a docx")
    options = arguments.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        paths = list(copies(Path(folder), options.sample, options.files))
        workers(paths, options.rounds)
        others(paths[: options.others], options.rounds)


def copies(folder: Path, sample: Path, number: int) -> Iterator[Path]:
    data = sample.read_bytes()
    for index in range(number):
        path = folder / f"{index:06}.docx"
        path.write_bytes(data)
        yield path


def least(ways: dict[str, Callable[[], Any]], rounds: int) -> dict[str, float]:
    """The least time of each way, in seconds."""
    times: dict[str, float] = {}
    for _ in range(rounds):
        for name, way in ways.items():
            begun = time.perf_counter()
            way()
            taken = time.perf_counter() - begun
            times[name] = min(taken, times.get(name, taken))
    return times


def workers(paths: list[Path], rounds: int) -> None:
    """How much two workers gain."""
    ways = {
        "read_many, one worker": lambda: gongkai.read_many(paths, jobs=1),
        "read_many, two workers": lambda: gongkai.read_many(paths, jobs=2),
    }
    times = least(ways, rounds)
    show(times, len(paths))
    one, two = times.values()
    print(f"two workers are {one / two:.2f} times as fast as one\n")


def others(paths: list[Path], rounds: int) -> None:
    """The same cells by other libraries: those of tables, as text, and nothing else."""
    facts = len(gongkai.read(paths[0]).facts)
    ways: dict[str, Callable[[], Any]] = {
        "gongkai.read: cells, facts": lambda: [gongkai.read(path).facts for path in paths],
        "gongkai.read_many: and checks": lambda: gongkai.read_many(paths, jobs=1),
    }
    for name, (module, cells) in OTHERS.items():
        try:
            library = importlib.import_module(module)
        except ImportError:
            print(f"{name} is not installed: pip install -r benches/requirements.txt")
            continue
        try:
            found = len(cells(library, paths[0]))
        except Exception as error:
            # Whatever a library says, the others go on.
            print(f"{name} cannot read the file: {error!r}\n")
            continue
        if found < facts:
            print(f"{name}: {found} cells, fewer than the {facts} with numbers\n")
        ways[name] = partial(each, cells, library, paths)
    show(least(ways, rounds), len(paths))


def each(cells: Callable[[Any, Path], list[str]], library: Any, paths: list[Path]) -> None:
    for path in paths:
        cells(library, path)


def show(times: dict[str, float], files: int) -> None:
    print("| way | ms a file | files a second |\n|---|---|---|")
    for name, seconds in times.items():
        print(f"| {name} | {seconds / files * 1000:.2f} | {files / seconds:.0f} |")
    print()


def python_docx(docx: Any, path: Path) -> list[str]:
    tables = docx.Document(str(path)).tables
    return [cell.text for table in tables for row in table.rows for cell in row.cells]


def docx2python(library: Any, path: Path) -> list[str]:
    with library.docx2python(path) as content:
        return ["\n".join(cell) for table in content.body for row in table for cell in row]


def mammoth(library: Any, path: Path) -> list[str]:
    with open(path, "rb") as file:
        return cells_of_html(library.convert_to_html(file).value)


def markitdown(library: Any, path: Path) -> list[str]:
    text: str = library.MarkItDown(enable_plugins=False).convert(str(path)).text_content
    rows = [line for line in text.splitlines() if line.startswith("|")]
    return [cell.strip() for row in rows for cell in row.strip("|").split("|")]


OTHERS: dict[str, tuple[str, Callable[[Any, Path], list[str]]]] = {
    "python-docx: cells": ("docx", python_docx),
    "docx2python: cells": ("docx2python", docx2python),
    "mammoth: cells": ("mammoth", mammoth),
    "markitdown: cells": ("markitdown", markitdown),
}


def cells_of_html(html: str) -> list[str]:
    reader = Cells()
    reader.feed(html)
    return reader.cells


class Cells(HTMLParser):
    """The text of the cells of a page."""

    def __init__(self) -> None:
        super().__init__()
        self.cells: list[str] = []
        self.inside = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in ("td", "th"):
            self.cells.append("")
            self.inside = True

    def handle_endtag(self, tag: str) -> None:
        if tag in ("td", "th"):
            self.inside = False

    def handle_data(self, data: str) -> None:
        if self.inside:
            self.cells[-1] += data


if __name__ == "__main__":
    main()
