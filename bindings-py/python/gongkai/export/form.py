"""The statutory tables of a report as the form lays them out.

The layout comes from the labels of `gongkai.indicators()` alone, so that a new edition of
the form needs nothing here.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from gongkai._gongkai import Fact, Report
from gongkai.indicator import Indicator, indicators

__all__ = ["Cell", "StatutoryTable", "statutory_tables"]

TABLES = {
    "proactive": "主动公开政府信息情况",
    "requests": "收到和处理政府信息公开申请情况",
    "review": "政府信息公开行政复议、行政诉讼情况",
}
OTHERS = "其他单元格"

Path = tuple[str, ...]
"""Labels of a row or a column, groups first."""


class Cell(NamedTuple):
    """A cell, or several merged ones: a label, a fact, or nothing where the document prints
    no such cell."""

    row: int
    column: int
    height: int
    width: int
    content: str | Fact | None


class StatutoryTable(NamedTuple):
    title: str
    cells: list[Cell]
    height: int
    width: int


class Block(NamedTuple):
    """Rows of the form under one set of columns."""

    title: str | None
    rows: list[tuple[Path, str]]
    """Labels and row ids; a row whose cells are told apart by columns alone has several."""
    columns: list[Path]
    ids: dict[tuple[Path, Path], str]
    """The cells' ids by row and column."""


def statutory_tables(report: Report) -> list[StatutoryTable]:
    """The three tables, every fact of the report in one of them."""
    return [laid_out(report, table, title) for table, title in TABLES.items()]


def laid_out(report: Report, table: str, title: str) -> StatutoryTable:
    facts = {fact.id: fact for fact in report.facts if fact.table == table}
    headings = [section.heading for section in report.sections if table in section.roles]
    cells: list[Cell] = []
    row = 0
    for edition in editions(report, table):
        for block in blocks(edition, table):
            own = {
                id: facts.pop(id)
                for id in [id for id, fact in facts.items() if fact.edition in (edition, None)]
                if belongs(id, block)
            }
            if own or len(editions(report, table)) == 1:
                placed = list(block_cells(block, own, row))
                cells += placed
                row = max(cell.row + cell.height for cell in placed)
    for id, fact in facts.items():
        cells += [Cell(row, 0, 1, 1, f"{OTHERS}：{id}"), Cell(row, 1, 1, 1, fact)]
        row += 1
    width = max(cell.column + cell.width for cell in cells)
    return StatutoryTable(headings[0] if headings else title, cells, row, width)


def editions(report: Report, table: str) -> list[str]:
    """The editions the table's facts follow; without any, the report's, or the newest."""
    known = list(dict.fromkeys(indicator.edition for indicator in indicators()))
    found = {fact.edition for fact in report.facts if fact.table == table}
    return [edition for edition in known if edition in found] or [report.edition or known[-1]]


@cache
def blocks(edition: str, table: str) -> list[Block]:
    cells = [i for i in indicators() if (i.edition, i.table) == (edition, table)]
    sets: dict[Path, list[Path]] = {}
    for cell in cells:
        sets.setdefault(cell.row_labels, []).append(cell.column_labels)
    # Where columns differ from row to row, the form gives each block a title and a header.
    titled = len({tuple(columns) for columns in sets.values()}) > 1
    grouped: dict[str | None, list[Indicator]] = {}
    for cell in cells:
        grouped.setdefault(cell.row_labels[0] if titled else None, []).append(cell)
    return [block_of(title, members) for title, members in grouped.items()]


def block_of(title: str | None, cells: list[Indicator]) -> Block:
    skipped = 0 if title is None else 1
    ids = {(cell.row_labels[skipped:], cell.column_labels): cell.id for cell in cells}
    return Block(
        title,
        list(
            dict.fromkeys((cell.row_labels[skipped:], f"{cell.table}.{cell.row}") for cell in cells)
        ),
        list(dict.fromkeys(cell.column_labels for cell in cells)),
        ids,
    )


def belongs(id: str, block: Block) -> bool:
    """Whether the block has the cell, or has the row that the cell's is a part of."""
    return id in block.ids.values() or any(id.startswith(f"{row}/") for _, row in block.rows)


def block_cells(block: Block, facts: dict[str, Fact], top: int) -> Iterator[Cell]:
    rows = list(block_rows(block, facts))
    deep = max(len(path) for path, _ in rows)
    high = max(map(len, block.columns))
    if block.title is not None:
        yield Cell(top, 0, 1, deep + len(block.columns), block.title)
        top += 1
    if deep:
        yield Cell(top, 0, high, deep, "信息内容" if block.title is not None else "")
    for start, level, count, length, label in spans(block.columns, high):
        yield Cell(top + level, deep + start, length, count, label)
    top += high
    for start, level, count, length, label in spans([path for path, _ in rows], deep):
        yield Cell(top + start, level, count, length, label)
    for at, (_, ids) in enumerate(rows):
        for column, id in enumerate(ids):
            yield Cell(top + at, deep + column, 1, 1, None if id is None else facts.get(id))


def block_rows(block: Block, facts: dict[str, Fact]) -> Iterator[tuple[Path, list[str | None]]]:
    """The rows to print, as labels and ids: those of the form, each followed by the report's
    own parts of it, which stand in its place where it is not printed itself."""
    for path in dict.fromkeys(path for path, _ in block.rows):
        ids = [block.ids.get((path, column)) for column in block.columns]
        rows = [row for other, row in block.rows if other == path]
        parts = [(row, part) for row in rows for part in parts_of(row, facts)]
        if not parts or any(id in facts for id in ids):
            yield path, ids
        for row, part in parts:
            label = f"{path[-1] if path else ''}/{part}"
            yield (*path[:-1], label), [part_id(id, row, part) for id in ids]


def parts_of(row: str, facts: dict[str, Fact]) -> list[str]:
    """The names of the report's own rows that stand under a row of the form."""
    own = [f"{fact.table}.{fact.row}" for fact in facts.values()]
    return list(dict.fromkeys(r[len(row) + 1 :] for r in own if r.startswith(f"{row}/")))


def part_id(id: str | None, row: str, part: str) -> str | None:
    if id is None or not id.startswith(f"{row}."):
        return None
    return f"{row}/{part}{id.removeprefix(row)}"


def spans(paths: list[Path], depth: int) -> Iterator[tuple[int, int, int, int, str]]:
    """Merged labels of a row or a column of headers: where each begins, its level, how many
    paths it covers, how many levels, and its text."""
    for level in range(depth):
        start = 0
        while start < len(paths):
            path = paths[start]
            end = start + 1
            while (
                end < len(paths)
                and level + 1 < len(path)
                and paths[end][: level + 1] == path[: level + 1]
            ):
                end += 1
            if level < len(path):
                last = level + 1 == len(path)
                yield start, level, end - start, depth - level if last else 1, path[level]
            start = end
