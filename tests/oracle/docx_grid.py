"""Compares the docx reader's grids with python-docx, position by position.

    cargo run -p gongkai --example dump -- FILE.docx ... > dump.jsonl
    python tests/oracle/docx_grid.py dump.jsonl

Needs python-docx. It repeats a merged cell at every position it covers, so both sides
are spread out to one text per position. Body paragraphs are compared as well.
"""

import json
import sys

import docx
from docx.table import Table
from docx.text.paragraph import Paragraph


def text_of(blocks):
    """Lines of a cell, nested tables left out as python-docx does."""
    return "\n".join(block["text"] for block in blocks if "text" in block)


def our_grid(table):
    grid = {}
    for number, row in enumerate(table["rows"]):
        for column, span, cell, _ in row:
            for at in range(column, column + span):
                grid[number, at] = text_of(table["cells"][cell])
    return grid


def their_grid(table):
    grid = {}
    for number, row in enumerate(table.rows):
        for at, cell in enumerate(row.cells, start=row.grid_cols_before):
            grid[number, at] = cell.text
    return grid


def compare(dump):
    """Yields differences, and says at the end how much was compared."""
    theirs = list(docx.Document(dump["file"]).iter_inner_content())
    ours = [block for block in dump["blocks"] if "picture" not in block]
    if len(ours) != len(theirs):
        yield f"{len(ours)} blocks, python-docx has {len(theirs)}"
    positions = paragraphs = 0
    for number, (mine, other) in enumerate(zip(ours, theirs), start=1):
        if isinstance(other, Paragraph) and "text" in mine:
            paragraphs += 1
            if mine["text"] != other.text:
                yield f"block {number}: {mine['text']!r} != {other.text!r}"
        elif isinstance(other, Table) and "rows" in mine:
            left, right = our_grid(mine), their_grid(other)
            positions += len(right)
            for place in sorted(left.keys() | right.keys()):
                if left.get(place) != right.get(place):
                    yield f"block {number}, {place}: {left.get(place)!r} != {right.get(place)!r}"
        else:
            yield f"block {number}: of another kind"
    print(f"{dump['file']}: {paragraphs} paragraphs, {positions} positions compared")


def main():
    failures = 0
    with open(sys.argv[1], encoding="utf-8") as lines:
        for line in lines:
            for difference in compare(json.loads(line)):
                failures += 1
                print(f"  {difference}")
    print(f"{failures} differences")
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
