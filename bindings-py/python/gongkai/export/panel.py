"""The panel with what its empty cells are."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from itertools import islice
from typing import Any, NamedTuple

from gongkai._gongkai import Table

__all__ = ["STATUSES", "exact_float", "label", "statuses", "texts"]


class Mark(NamedTuple):
    """How statistics programs keep a cell without number."""

    stata: str | None
    """Letter of the extended missing value; None for the plain one."""
    spss: int | None
    """User-missing value; None for the system's."""
    label: str


STATUSES: dict[str, Mark] = {
    "blank": Mark("a", -99999999991, "空白"),
    "not_applicable": Mark("b", -99999999992, "“/”等不适用标记"),
    "unreadable": Mark("c", -99999999993, "无法辨认"),
    "divided": Mark("d", -99999999994, "另行分列"),
    "inexact": Mark("e", -99999999995, "不是整数，或位数过多"),
    "missing": Mark(None, None, "未列出"),
}
"""Every status of a panel's cell but `reported`."""


def statuses(panel: Table) -> Iterator[dict[str, Any]]:
    """For each record of the panel, what its cells are."""
    return iter(panel._sibling("panel_status"))


def texts(panel: Table) -> Iterator[dict[str, str]]:
    """For each record of the panel, the printed text of its cells by their ids."""
    facts = iter(panel._sibling("facts"))
    for report in panel._sibling("reports"):
        if report["status"] == "read":
            own = islice(facts, report["facts"])
            yield {f"{f['table']}.{f['row']}.{f['column']}": f["text"] for f in own}


def label(field: dict[str, Any], most: int | None = None) -> str:
    """A field's Chinese label with its unit; groups are left out from the front where it
    would be longer than `most` characters."""
    unit = f"（{field['unit']}）" if "unit" in field else ""
    parts: list[str] = field["zh"].split("·")
    while most is not None and len("·".join(parts) + unit) > most and len(parts) > 1:
        parts = ["…", *parts[2:]] if parts[0] == "…" else ["…", *parts[1:]]
    return ("·".join(parts) + unit)[:most]


def exact_float(value: int | Decimal) -> float | None:
    """The number as a double, if that holds it: if the shortest way to write the double
    is the number itself."""
    try:
        double = float(value)
    except OverflowError:
        return None
    return double if Decimal(repr(double)) == value else None
