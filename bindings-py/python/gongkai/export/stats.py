"""Stata and SPSS, by pyreadstat.

Both programs know no numbers but doubles. A number that a double does not hold is an
error; up to 15 digits always survive.
"""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import Any

from gongkai._gongkai import Table, __version__
from gongkai.errors import CallerError
from gongkai.export.panel import STATUSES, Mark, exact_float, label, statuses
from gongkai.extras import needed

__all__ = ["write_spss", "write_stata"]

LABEL = 80
"""Characters of a label in Stata; SPSS takes 256 bytes, which is more."""
SPSS_TEXT = 32767
"""Bytes of a text in SPSS."""

STATA_118 = 14
"""The release that brought format 118."""

CODES = {mark.spss for mark in STATUSES.values() if mark.spss}

YES_OR_NO = {0: "否", 1: "是"}


def write_stata(table: Table, path: str) -> None:
    """Format 118."""
    pandas, pyreadstat = needed("pandas", "stats"), needed("pyreadstat", "stats")
    columns = collect(table, lambda mark: mark.stata)
    numbers = marked(table)
    marks = {mark.stata: mark.label for mark in STATUSES.values() if mark.stata}
    pyreadstat.write_dta(
        # Numbers and letters of missing values stand in one column.
        pandas.DataFrame(
            {n: pandas.Series(c, dtype=object) if n in numbers else c for n, c in columns.items()}
        ),
        path,
        version=STATA_118,
        file_label=f"gongkai {__version__} {table.name}",
        column_labels=labels(table),
        missing_user_values={name: list(marks) for name in numbers},
        variable_value_labels=flags(table) | dict.fromkeys(numbers, marks),
    )


def write_spss(table: Table, path: str) -> None:
    """A .sav file in UTF-8."""
    pandas, pyreadstat = needed("pandas", "stats"), needed("pyreadstat", "stats")
    columns = collect(table, lambda mark: mark.spss)
    numbers = marked(table)
    marks = {float(mark.spss): mark.label for mark in STATUSES.values() if mark.spss}
    for name, values in columns.items():
        if any(isinstance(v, str) and len(v.encode()) > SPSS_TEXT for v in values):
            raise CallerError(
                f"SPSS holds {SPSS_TEXT} bytes of text, {name} has more",
                code="too-long",
                message_zh=f"SPSS 文本至多 {SPSS_TEXT} 字节，{name} 超出",
            )
    pyreadstat.write_sav(
        pandas.DataFrame(columns),
        path,
        file_label=f"gongkai {__version__} {table.name}",
        column_labels=labels(table),
        missing_ranges={name: [{"lo": min(marks), "hi": max(marks)}] for name in numbers},
        variable_value_labels=flags(table) | dict.fromkeys(numbers, marks),
        variable_format={f["name"]: "F14.0" for f in table.fields if f["type"] == "int64"},
    )


def marked(table: Table) -> list[str]:
    """The columns whose cells have a status."""
    if table.name != "panel":
        return []
    return [field["name"] for field in table.fields if "editions" in field]


def labels(table: Table) -> dict[str, str]:
    return {field["name"]: label(field, LABEL) for field in table.fields}


def flags(table: Table) -> dict[str, dict[int, str]]:
    return {field["name"]: YES_OR_NO for field in table.fields if field["type"] == "bool"}


def collect(table: Table, mark: Callable[[Mark], str | int | None]) -> dict[str, list[Any]]:
    """The table's columns: text, and doubles; what is absent is empty or NaN."""
    columns: dict[str, list[Any]] = {field["name"]: [] for field in table.fields}
    text = {field["name"] for field in table.fields if field["type"] == "utf8"}
    numbers = set(marked(table))
    cells = statuses(table) if numbers else None
    for record in table:
        status = next(cells) if cells is not None else {}
        for name, value in record.items():
            if name in text:
                value = value or ""
            elif value is not None:
                value = double(name, value, record["source"])
            elif name in numbers:
                value = mark(STATUSES[status[name]])
            columns[name].append(float("nan") if value is None else value)
    return columns


def double(name: str, value: int | Decimal, source: str) -> float:
    found = exact_float(value)
    # The codes of missing values must stay theirs.
    if found is None or min(CODES) <= found <= max(CODES):
        raise CallerError(
            f"{name} is {value}, which a double does not hold",
            code="inexact",
            message_zh=f"{name} 为 {value}，双精度浮点数无法准确表示",
            source=source or None,
        )
    return found
