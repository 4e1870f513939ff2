"""Read by `mypy --strict`, not run: the types a user sees."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

from typing_extensions import assert_type

import gongkai


def total(path: Path) -> Decimal:
    report = gongkai.read(path, limits={"tables": 100})
    assert_type(report.year, "int | None")
    assert_type(report.facts[0], gongkai.Fact)
    assert_type(report.facts[0:2], "list[gongkai.Fact]")
    assert_type(report.get("requests.received.total", 0), "gongkai.Fact | int")
    received = report["requests.received.total"]
    return received.value if received.value is not None else Decimal(0)


def codes(report: gongkai.Report) -> dict[str, list[gongkai.Location]]:
    return {finding.code: list(finding.locations) for finding in report.findings}
