#!/usr/bin/env python3
"""The same docx files through other libraries, in one run: time, and whether the tables are
those that were printed.

    python benches/peers/peers.py FOLDER PROGRAM

FOLDER as `peers_files` writes it; PROGRAM is the Rust part, which prints JSON lines. Python
libraries are given the bytes of a file and visit every cell. The least time of each counts.
Prints a table in Markdown.
"""

from __future__ import annotations

import asyncio
import importlib
import io
import json
import subprocess
import sys
import time
import zipfile
from collections.abc import Callable
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

Grid = list[list[str]]
BUDGET = 1.0


def main() -> None:
    folder, program = Path(sys.argv[1]), sys.argv[2]
    lines = subprocess.run(
        [program, folder], check=True, capture_output=True, text=True
    ).stdout.splitlines()
    found = [json.loads(line) for line in lines]
    files = sorted(folder.glob("*.docx"), key=lambda path: path.stat().st_size)
    for path in files:
        known = json.loads(path.with_suffix(".json").read_text(encoding="utf-8"))
        for name, (module, read) in PEERS.items():
            try:
                library = importlib.import_module(module)
            except ImportError:
                print(f"{name} is not installed", file=sys.stderr)
                continue
            found.append(
                {
                    "peer": name,
                    "file": path.stem,
                    **measure(read, library, path.read_bytes(), known),
                }
            )
    show(found, [path.stem for path in files])


def measure(
    read: Callable[[Any, bytes], list[Grid]], library: Any, data: bytes, known: list[Grid]
) -> dict[str, Any]:
    try:
        grids = read(library, data)
    except Exception as error:  # whatever a library says, the others go on
        print(f"{library.__name__}: {error!r}", file=sys.stderr)
        return {"ms": None, "right": None}
    bare = [[["".join(cell.split()) for cell in row] for row in grid] for grid in grids]
    start, least = time.perf_counter(), float("inf")
    while True:
        before = time.perf_counter()
        read(library, data)
        after = time.perf_counter()
        least = min(least, after - before)
        if after - start > BUDGET:
            return {"ms": least * 1000, "right": bare == known}


def show(found: list[dict[str, Any]], files: list[str]) -> None:
    figures = {(one["peer"], one["file"]): one for one in found}
    peers = list(dict.fromkeys(one["peer"] for one in found))
    own = peers[0]
    # A library that does not get through may miss parts that these plain packages lack, or be
    # called wrongly here; no time is told of it and no judgement.
    left_out = [peer for peer in peers if any(figures[peer, file]["ms"] is None for file in files)]
    peers = [peer for peer in peers if peer not in left_out]
    peers.sort(key=lambda peer: figures[peer, files[0]]["ms"] or float("inf"))
    print("| ms a file | " + " | ".join(files) + " | × gongkai | tables right |")
    print("|---|" + "--:|" * (len(files) + 1) + "---|")
    for peer in peers:
        ones = [figures[peer, file] for file in files]
        times = [f"{one['ms']:.2f}" for one in ones]
        ratios = [
            one["ms"] / figures[own, file]["ms"]
            for one, file in zip(ones, files, strict=True)
            if one["ms"]
        ]
        right = [file for one, file in zip(ones, files, strict=True) if one["right"]]
        verdict = "all" if len(right) == len(files) else "; ".join(right) or "none"
        spread = f"{min(ratios):.1f} to {max(ratios):.1f}" if ratios else ""
        name = f"**{peer}**" if peer == own else peer
        print(f"| {name} | {' | '.join(times)} | {'' if peer == own else spread} | {verdict} |")
    if left_out:
        print("\nNot compared, since these files could not be read as called here: ", end="")
        print(", ".join(left_out) + ".")


def python_docx(docx: Any, data: bytes) -> list[Grid]:
    tables = docx.Document(io.BytesIO(data)).tables
    return [[[cell.text for cell in row.cells] for row in table.rows] for table in tables]


def docx2python(library: Any, data: bytes) -> list[Grid]:
    with library.docx2python(io.BytesIO(data), duplicate_merged_cells=True) as content:
        # Text between tables is given as a table of one cell.
        tables = [
            table for table in content.body if len(table) > 1 or any(len(row) > 1 for row in table)
        ]
    return [[["".join(cell) for cell in row] for row in table] for table in tables]


def mammoth(library: Any, data: bytes) -> list[Grid]:
    return grids_of_html(library.convert_to_html(io.BytesIO(data)).value)


def markitdown(library: Any, data: bytes) -> list[Grid]:
    reader = library.MarkItDown(enable_plugins=False)
    text: str = reader.convert_stream(io.BytesIO(data), file_extension=".docx").text_content
    return grids_of_markdown(text)


def lxml(etree: Any, data: bytes) -> list[Grid]:
    """What many scripts do: the cells of each row, and no look at merges."""
    word = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        root = etree.fromstring(package.read("word/document.xml"))
    return [
        [
            [
                "".join(text.text or "" for text in cell.iter(word + "t"))
                for cell in row.iter(word + "tc")
            ]
            for row in table.iter(word + "tr")
        ]
        for table in root.iter(word + "tbl")
    ]


def kreuzberg(library: Any, data: bytes) -> list[Grid]:
    kind = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
    tables = library.extract_bytes_sync(data, kind).tables
    return [[list(row) for row in table.cells] for table in tables]


def xberg(library: Any, data: bytes) -> list[Grid]:
    kind = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
    source = library.ExtractInput(kind="bytes", bytes=data, mime_type=kind)
    result = asyncio.run(library.extract(source))
    return [[list(row) for row in table.cells] for one in result.results for table in one.tables]


PEERS: dict[str, tuple[str, Callable[[Any, bytes], list[Grid]]]] = {
    "kreuzberg 4.10.4 (Python)": ("kreuzberg", kreuzberg),
    "xberg 1.3.9 (Python)": ("xberg", xberg),
    "lxml 6.1.3, bare walk (Python)": ("lxml.etree", lxml),
    "python-docx 1.2.0 (Python)": ("docx", python_docx),
    "mammoth 1.11.0 (Python)": ("mammoth", mammoth),
    "docx2python 3.7.1 (Python)": ("docx2python", docx2python),
    "markitdown 0.1.8 (Python)": ("markitdown", markitdown),
}


def grids_of_markdown(text: str) -> list[Grid]:
    grids: list[Grid] = []
    inside = False
    for line in text.splitlines():
        if not line.startswith("|"):
            inside = False
            continue
        if not inside:
            grids.append([])
        inside = True
        cells = [cell.strip() for cell in line.strip().strip("|").split("|")]
        if not all(cell and not cell.strip("-: ") for cell in cells):
            grids[-1].append(cells)
    return grids


def grids_of_html(html: str) -> list[Grid]:
    reader = Tables()
    reader.feed(html)
    return [grid(table) for table in reader.tables]


def grid(rows: list[list[Cell]]) -> Grid:
    lines: list[dict[int, str]] = [{} for _ in rows]
    for at, row in enumerate(rows):
        column = 0
        for cell in row:
            while column in lines[at]:
                column += 1
            for line in lines[at : at + cell.rows]:
                line.update(dict.fromkeys(range(column, column + cell.columns), cell.text))
            column += cell.columns
    return [[line[column] for column in sorted(line)] for line in lines]


class Cell:
    def __init__(self, attributes: dict[str, str | None]) -> None:
        self.text = ""
        self.columns = int(attributes.get("colspan") or 1)
        self.rows = int(attributes.get("rowspan") or 1)


class Tables(HTMLParser):
    """The tables of a page without nested ones."""

    def __init__(self) -> None:
        super().__init__()
        self.tables: list[list[list[Cell]]] = []
        self.open: Cell | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "table":
            self.tables.append([])
        elif tag == "tr":
            self.tables[-1].append([])
        elif tag in ("td", "th"):
            self.open = Cell(dict(attrs))
            self.tables[-1][-1].append(self.open)

    def handle_endtag(self, tag: str) -> None:
        if tag in ("td", "th"):
            self.open = None

    def handle_data(self, data: str) -> None:
        if self.open is not None:
            self.open.text += data


if __name__ == "__main__":
    main()
