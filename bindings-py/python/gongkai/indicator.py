"""The cells of the form, whatever a document prints."""

from __future__ import annotations

from typing import NamedTuple

from gongkai import _gongkai

__all__ = ["Indicator", "indicators"]


class Indicator(NamedTuple):
    """A cell of an edition of the form."""

    edition: str
    table: str
    row: str
    column: str
    row_labels: tuple[str, ...]
    """Labels of the row, groups first."""
    column_labels: tuple[str, ...]
    """Labels of the column, groups first."""
    unit: str | None
    """The unit the form means."""
    clause: str
    """Article of the Regulations the row rests on; empty where none does."""

    @property
    def id(self) -> str:
        """`table.row.column`."""
        return f"{self.table}.{self.row}.{self.column}"


Indicator.__module__ = "gongkai"


def indicators() -> list[Indicator]:
    """Every cell of every edition, in the order of the form."""
    return [
        Indicator(edition, table, row, column, tuple(row_labels), tuple(labels), unit, clause)
        for edition, table, row, column, row_labels, labels, unit, clause in _gongkai.indicators()
    ]
