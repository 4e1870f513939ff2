"""Workbooks, by XlsxWriter.

Text is always text, and a cell without number stays empty: its colour says why. A number
of more than 15 digits is written as text, since spreadsheet programs keep no more.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from decimal import Decimal
from typing import Any

from gongkai._gongkai import Batch, Fact, Report, Table, __version__
from gongkai.errors import CallerError
from gongkai.export.form import Cell, statutory_tables
from gongkai.export.panel import STATUSES, exact_float, label, statuses, texts
from gongkai.export.text import plain
from gongkai.extras import needed

__all__ = ["write_sheet", "write_workbook"]

FEW = 100
"""Reports up to which a workbook has their statutory tables by default."""
ROWS = 1 << 20
"""Rows of a sheet."""
DIGITS = 15
"""Digits that spreadsheet programs keep."""
TEXT = 32767
"""Characters of a cell."""

FORMATS: dict[str, dict[str, Any]] = {
    "": {},
    "title": {"bold": True, "font_size": 14},
    "label": {"border": 1, "text_wrap": True, "valign": "vcenter"},
    "header": {
        "border": 1,
        "text_wrap": True,
        "valign": "vcenter",
        "align": "center",
        "bold": True,
    },
    "name": {"bold": True},
    "about": {"italic": True, "font_color": "#606060"},
    "blank": {"border": 1},
    "reported": {"border": 1, "align": "right"},
    "not_applicable": {"border": 1, "align": "center"},
    "unreadable": {"border": 1, "bg_color": "#FFC7CE"},
    "inexact": {"border": 1, "bg_color": "#FFEB9C"},
    "divided": {"border": 1, "bg_color": "#DDEBF7"},
    "missing": {"border": 1, "bg_color": "#D9D9D9"},
}
SHOWN = ("not_applicable", "unreadable", "inexact")
"""Statuses whose cells have a text to show."""


class Book:
    """A workbook with its formats, made as they are needed."""

    def __init__(self, path: str, small: bool) -> None:
        # A sheet of many rows is written row by row; merged cells need it whole.
        options = {"constant_memory": not small, "strings_to_urls": False}
        self.book: Any = needed("xlsxwriter", "excel").Workbook(path, options)
        self.formats: dict[tuple[str, str], Any] = {}
        self.names: set[str] = set()

    def __enter__(self) -> Book:
        return self

    def __exit__(self, *error: object) -> None:
        self.book.close()

    def sheet(self, wanted: str) -> Any:
        """A sheet of that name, as near to it as the program allows."""
        clean = "".join("_" if c in "[]:*?/\\" or ord(c) < 32 else c for c in wanted).strip("'")
        name, number = clean[:31] or "_", 1
        while name.lower() in self.names:
            number += 1
            end = f" {number}"
            name = clean[: 31 - len(end)] + end
        self.names.add(name.lower())
        return self.book.add_worksheet(name)

    def format(self, name: str, number: str = "") -> Any:
        if (name, number) not in self.formats:
            made = FORMATS[name] | ({"num_format": number} if number else {})
            self.formats[name, number] = self.book.add_format(made)
        return self.formats[name, number]

    def put(
        self, sheet: Any, row: int, column: int, value: Any, name: str = "", unit: str = ""
    ) -> None:
        """A value in a cell; `unit` is shown behind a number."""
        if row >= ROWS:
            raise CallerError(
                f"a sheet holds {ROWS} rows, there are more: write Parquet or CSV",
                code="rows",
                message_zh=f"工作表至多 {ROWS} 行，请改用 Parquet 或 CSV",
            )
        if isinstance(value, bool):
            sheet.write_boolean(row, column, value, self.format(name))
        elif isinstance(value, (int, Decimal)):
            number = double(value)
            if number is None:
                sheet.write_string(row, column, plain(value) + unit, self.format(name))
            else:
                sheet.write_number(
                    row, column, number, self.format(name, number_format(value, unit))
                )
        elif value:
            if len(value) > TEXT:
                raise CallerError(
                    f"a cell holds {TEXT} characters, found {len(value)}",
                    code="too-long",
                    message_zh=f"单元格至多 {TEXT} 字符，实有 {len(value)}",
                )
            sheet.write_string(row, column, value, self.format(name))
        elif name:
            sheet.write_blank(row, column, None, self.format(name))


def double(value: int | Decimal) -> float | None:
    """The number as the program keeps it, if it keeps it whole."""
    digits = Decimal(value).normalize().as_tuple().digits
    return exact_float(value) if len(digits) <= DIGITS else None


def number_format(value: int | Decimal, unit: str) -> str:
    exponent = Decimal(value).as_tuple().exponent
    places = -exponent if isinstance(exponent, int) and exponent < 0 else 0
    shown = "0." + "0" * places if places else "0"
    return f'{shown}"{unit}"' if unit else shown


def write_sheet(table: Table, path: str) -> None:
    """One sheet of the table's records."""
    with Book(path, small=False) as book:
        put_table(book, table, table.name)


def write_workbook(batch: Batch, path: str, forms: bool | None) -> None:
    """The workbook of `Batch.to_excel`."""
    if forms is None:
        forms = len(batch.reports) <= FEW
    with Book(path, small=forms) as book:
        put_notes(book)
        put_table(book, batch.table("reports"), "报告")
        put_table(book, batch.table("panel"), "面板")
        put_table(book, batch.findings, "问题")
        if forms:
            for report in batch.reports:
                put_forms(book, report)


def put_notes(book: Book) -> None:
    sheet = book.sheet("说明")
    sheet.set_column(0, 0, 24)
    lines: list[tuple[str, str]] = [(f"gongkai {__version__}", "title"), ("单元格", "name")]
    lines += [(mark.label, status) for status, mark in STATUSES.items()]
    for row, (text, format) in enumerate(lines):
        book.put(sheet, row, 0, text, format)


def put_table(book: Book, table: Table, title: str) -> None:
    """Names in the first row, labels in the second, then the records."""
    sheet = book.sheet(title)
    sheet.freeze_panes(2, 0)
    for column, field in enumerate(table.fields):
        book.put(sheet, 0, column, field["name"], "name")
    for column, field in enumerate(table.fields):
        book.put(sheet, 1, column, label(field), "about")
    records: Iterable[list[tuple[Any, str]]]
    if table.name == "panel":
        records = panel_cells(table)
    else:
        records = ([(value, "") for value in record.values()] for record in table)
    for row, record in enumerate(records, 2):
        for column, (value, format) in enumerate(record):
            book.put(sheet, row, column, value, format)


def panel_cells(panel: Table) -> Iterator[list[tuple[Any, str]]]:
    """Each record of the panel: numbers, and in the other cells what is printed there."""
    ids = {field["name"]: field["en"] for field in panel.fields if "editions" in field}
    for record, status, printed in zip(panel, statuses(panel), texts(panel), strict=True):
        cells: list[tuple[Any, str]] = []
        for name, value in record.items():
            if name not in ids or value is not None:
                cells.append((value, ""))
            elif status[name] in SHOWN:
                cells.append((printed[ids[name]], status[name]))
            else:
                cells.append((None, "" if status[name] == "blank" else status[name]))
        yield cells


def put_forms(book: Book, report: Report) -> None:
    """A sheet of the report's statutory tables, one below the other."""
    name = f"{report.agency or '_'} {report.year or ''}".strip()
    sheet = book.sheet(name)
    sheet.set_column(0, 2, 22)
    sheet.set_column(3, 20, 12)
    if report.title:
        book.put(sheet, 0, 0, report.title, "title")
    top = 2
    for table in statutory_tables(report):
        book.put(sheet, top, 0, table.title, "name")
        for cell in table.cells:
            put_cell(book, sheet, cell, top + 1)
        top += table.height + 3


def put_cell(book: Book, sheet: Any, cell: Cell, top: int) -> None:
    row, column = top + cell.row, cell.column
    content = cell.content
    if isinstance(content, Fact):
        put_fact(book, sheet, row, column, content)
    elif content is None:
        book.put(sheet, row, column, None, "missing")
    elif cell.height * cell.width == 1:
        book.put(sheet, row, column, content, "label")
    else:
        last = row + cell.height - 1, column + cell.width - 1
        sheet.merge_range(row, column, *last, content, book.format("label"))


def put_fact(book: Book, sheet: Any, row: int, column: int, fact: Fact) -> None:
    """A number with its unit, where that is another than the form's; else the text."""
    unit = fact.unit if fact.unit and fact.unit != fact.form_unit else ""
    value = fact.text if fact.value is None else fact.value
    book.put(sheet, row, column, value, fact.status, unit)
