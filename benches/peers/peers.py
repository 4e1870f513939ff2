"""The same files through other libraries, in one run: time, and whether the tables are those
that were printed.

    python benches/peers/peers.py FOLDER PROGRAM

FOLDER as `peers_files` writes it; PROGRAM is the Rust part, which prints JSON lines. Python
libraries are given the bytes of a file and visit every cell. The least time of each counts.
Prints a table in Markdown for each carrier.
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
Read = Callable[[Any, bytes, str], list[Grid]]
BUDGET = 1.0
CARRIERS = ["docx", "doc", "rtf", "odt", "html", "pdf", "xlsx"]


def main() -> None:
    folder, program = Path(sys.argv[1]), sys.argv[2]
    lines = subprocess.run(
        [program, folder], check=True, capture_output=True, text=True
    ).stdout.splitlines()
    found = [json.loads(line) for line in lines]
    for carrier in CARRIERS:
        paths = (folder / carrier).glob(f"*.{carrier}")
        files = sorted(paths, key=lambda path: path.stat().st_size)
        own = [one for one in found if one["carrier"] == carrier]
        for path in files:
            known = json.loads(path.with_suffix(".json").read_text(encoding="utf-8"))
            for name, (module, carriers, read) in PEERS.items():
                if carrier not in carriers:
                    continue
                try:
                    library = importlib.import_module(module)
                except ImportError:
                    print(f"{name} is not installed", file=sys.stderr)
                    continue
                measured = measure(read, library, path.read_bytes(), carrier, known)
                own.append({"peer": name, "file": path.stem, **measured})
        show(carrier, own, [path.stem for path in files])


def measure(
    read: Read, library: Any, data: bytes, carrier: str, known: list[Grid]
) -> dict[str, Any]:
    try:
        grids = read(library, data, carrier)
    except Exception as error:  # whatever a library says, the others go on
        print(f"{library.__name__}: {error!r}", file=sys.stderr)
        return {"ms": None, "right": None}
    grids = [[["".join(cell.split()) for cell in row] for row in grid] for grid in grids]
    start, least = time.perf_counter(), float("inf")
    while True:
        before = time.perf_counter()
        read(library, data, carrier)
        after = time.perf_counter()
        least = min(least, after - before)
        if after - start > BUDGET:
            right = are_among(known, grids) if carrier == "xlsx" else grids == known
            return {"ms": least * 1000, "right": right}


def are_among(known: list[Grid], found: list[Grid]) -> bool:
    """Sheets do not say where tables are: the rows of each must stand somewhere together."""
    sheets = [[bare(row) for row in grid] for grid in found]
    tables = [[bare(row) for row in grid] for grid in known]
    return all(
        any(
            sheet[at : at + len(table)] == table
            for sheet in sheets
            for at in range(len(sheet) - len(table) + 1)
        )
        for table in tables
    )


def bare(row: list[str]) -> list[str]:
    filled = len(row)
    while filled and not row[filled - 1]:
        filled -= 1
    return row[:filled]


def show(carrier: str, found: list[dict[str, Any]], files: list[str]) -> None:
    figures = {(one["peer"], one["file"]): one for one in found}
    peers = list(dict.fromkeys(one["peer"] for one in found))
    own = peers[0]
    # A library that does not get through may miss parts that these plain packages lack, or be
    # called wrongly here; no time is told of it and no judgement.
    left_out = [peer for peer in peers if any(figures[peer, file]["ms"] is None for file in files)]
    peers = [peer for peer in peers if peer not in left_out]
    peers.sort(key=lambda peer: figures[peer, files[0]]["ms"] or float("inf"))
    print(f"| {carrier}, ms a file | " + " | ".join(files) + " | × gongkai | tables right |")
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
    print()


def python_docx(docx: Any, data: bytes, _: str) -> list[Grid]:
    tables = docx.Document(io.BytesIO(data)).tables
    return [[[cell.text for cell in row.cells] for row in table.rows] for table in tables]


def docx2python(library: Any, data: bytes, _: str) -> list[Grid]:
    with library.docx2python(io.BytesIO(data), duplicate_merged_cells=True) as content:
        # Text between tables is given as a table of one cell.
        tables = [
            table for table in content.body if len(table) > 1 or any(len(row) > 1 for row in table)
        ]
    return [[["".join(cell) for cell in row] for row in table] for table in tables]


def mammoth(library: Any, data: bytes, _: str) -> list[Grid]:
    return grids_of_html(library.convert_to_html(io.BytesIO(data)).value)


def markitdown(library: Any, data: bytes, carrier: str) -> list[Grid]:
    reader = library.MarkItDown(enable_plugins=False)
    text: str = reader.convert_stream(io.BytesIO(data), file_extension=f".{carrier}").text_content
    return grids_of_markdown(text)


def lxml(etree: Any, data: bytes, _: str) -> list[Grid]:
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


def kreuzberg(library: Any, data: bytes, carrier: str) -> list[Grid]:
    tables = library.extract_bytes_sync(data, MEDIA_TYPES[carrier]).tables
    return [[list(row) for row in table.cells] for table in tables]


def xberg(library: Any, data: bytes, carrier: str) -> list[Grid]:
    source = library.ExtractInput(kind="bytes", bytes=data, mime_type=MEDIA_TYPES[carrier])
    result = asyncio.run(library.extract(source))
    return [[list(row) for row in table.cells] for one in result.results for table in one.tables]


def openpyxl(library: Any, data: bytes, _: str) -> list[Grid]:
    """Each sheet as one grid, with merged cells written out."""
    grids = []
    for sheet in library.load_workbook(io.BytesIO(data), data_only=True).worksheets:
        rows = [
            ["" if value is None else str(value) for value in row]
            for row in sheet.iter_rows(values_only=True)
        ]
        for area in sheet.merged_cells.ranges:
            text = rows[area.min_row - 1][area.min_col - 1]
            for row in rows[area.min_row - 1 : area.max_row]:
                row[area.min_col - 1 : area.max_col] = [text] * (area.max_col - area.min_col + 1)
        grids.append(rows)
    return grids


def pdfplumber(library: Any, data: bytes, _: str) -> list[Grid]:
    with library.open(io.BytesIO(data)) as document:
        return [
            [["" if cell is None else cell for cell in row] for row in table]
            for page in document.pages
            for table in page.extract_tables()
        ]


def lxml_html(html: Any, data: bytes, _: str) -> list[Grid]:
    """The same for web pages, with their spans."""
    page = html.document_fromstring(data)
    return [
        grid(
            [
                [Cell(dict(cell.attrib), cell.text_content()) for cell in row.iter("td", "th")]
                for row in table.iter("tr")
            ]
        )
        for table in page.iter("table")
    ]


MEDIA_TYPES = {
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "doc": "application/msword",
    "rtf": "application/rtf",
    "odt": "application/vnd.oasis.opendocument.text",
    "html": "text/html",
    "pdf": "application/pdf",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}

# Name, the module, the carriers it is tried with, and how.
PEERS: dict[str, tuple[str, list[str], Read]] = {
    "kreuzberg 4.10.4 (Python)": ("kreuzberg", CARRIERS, kreuzberg),
    "xberg 1.3.9 (Python)": ("xberg", CARRIERS, xberg),
    "lxml 6.1.3, bare walk (Python)": ("lxml.etree", ["docx"], lxml),
    "lxml 6.1.3 (Python)": ("lxml.html", ["html"], lxml_html),
    "python-docx 1.2.0 (Python)": ("docx", ["docx"], python_docx),
    "mammoth 1.11.0 (Python)": ("mammoth", ["docx"], mammoth),
    "docx2python 3.7.1 (Python)": ("docx2python", ["docx"], docx2python),
    "markitdown 0.1.8 (Python)": ("markitdown", ["docx"], markitdown),
    "openpyxl 3.1.5 (Python)": ("openpyxl", ["xlsx"], openpyxl),
    "pdfplumber 0.11.10 (Python)": ("pdfplumber", ["pdf"], pdfplumber),
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
    def __init__(self, attributes: dict[str, str | None], text: str = "") -> None:
        self.text = text
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
