"""Tables as files for other programs.

A format is one function and one line in `FORMATS`. The function takes a table and a path
to write to; libraries it needs are extras of the package, imported when it is called.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from typing import Any, TypeAlias

from gongkai._gongkai import Batch, Table
from gongkai.errors import CallerError
from gongkai.export import excel, parquet, stats, text
from gongkai.export.destination import destination

__all__ = ["FORMATS", "write", "write_workbook"]

Writer: TypeAlias = Callable[..., None]
"""Called with a table, a path, and options of the format's own."""

FORMATS: dict[str, Writer] = {
    "csv": text.write_csv,
    "jsonl": text.write_jsonl,
    "parquet": parquet.write_parquet,
    "xlsx": excel.write_sheet,
    "dta": stats.write_stata,
    "sav": stats.write_spss,
}


def write(table: Table, format: str, path: str | os.PathLike[str], **options: Any) -> None:
    """Writes a table to a file; what stands there is replaced when all is written."""
    if format not in FORMATS:
        known = ", ".join(FORMATS)
        raise CallerError(
            f"expected a format of {known}, found {format!r}",
            code="format",
            message_zh=f"格式应为 {known}，实为{format!r}",
        )
    with destination(path) as place:
        FORMATS[format](table, place, **options)


def write_workbook(batch: Batch, path: str | os.PathLike[str], forms: bool | None = None) -> None:
    """Writes the workbook of `Batch.to_excel`."""
    with destination(path) as place:
        excel.write_workbook(batch, place, forms)
