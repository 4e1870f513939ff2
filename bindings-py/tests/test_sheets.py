"""Comma-separated values of independent writers."""

from __future__ import annotations

import csv
import io
from typing import Any

import pytest

import gongkai

TITLE = "青禾镇人民政府2021年政府信息公开工作年度报告"
ROWS = [
    [TITLE],
    ["二、主动公开政府信息情况"],
    ["第二十条第（一）项"],
    ["信息内容", "本年制发件数", "本年废止件数", "现行有效件数"],
    ["规章", "1,037", "0", "12"],
    ["行政规范性\n文件", "14", "", "3"],
    ["第二十条第（六）项"],
    ["信息内容", "本年处理决定数量"],
    ["行政处罚", "7"],
    ["行政强制", ""],
]
# The last value of a row that ends with a blank may have moved away.
EXPECTED = {
    "proactive.government_rules.issued": 1037,
    "proactive.government_rules.repealed": 0,
    "proactive.government_rules.in_force": 12,
    "proactive.normative_documents.issued": 14,
    "proactive.normative_documents.repealed": "blank",
    "proactive.normative_documents.in_force": 3,
    "proactive.penalties.decisions": 7,
}
WIDTH = 6
PADDED = [row + [""] * (WIDTH - len(row)) for row in ROWS]


def facts(report: gongkai.Report) -> dict[str, int | str]:
    told = [fact for fact in report.facts if fact.status != "unreadable"]
    return {
        fact.id: int(fact.value) if fact.value is not None else str(fact.status) for fact in told
    }


def written(rows: list[list[str]], **form: Any) -> str:
    file = io.StringIO(newline="")
    csv.writer(file, **form).writerows(rows)
    return file.getvalue()


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "gb18030"])
@pytest.mark.parametrize(
    "form",
    [
        {},
        {"lineterminator": "\n"},
        {"delimiter": ";", "quoting": csv.QUOTE_ALL},
        {"dialect": "excel-tab"},
        {"dialect": "unix"},
    ],
)
def test_csv(form: dict[str, Any], encoding: str) -> None:
    report = gongkai.read(written(PADDED, **form).encode(encoding))
    assert (report.format, report.year) == ("csv", 2021)
    assert facts(report) == EXPECTED


def test_rows_end_with_their_last_cell() -> None:
    report = gongkai.read(written(ROWS).encode(), format="csv")
    assert facts(report) == EXPECTED


def test_a_cell_that_moved() -> None:
    lost = [row[:1] + row[2:] + [""] if row[0] == "规章" else row for row in PADDED]
    twice = [row[:2] + row[1:-1] if row[0] == "规章" else row for row in PADDED]
    others = {id: value for id, value in EXPECTED.items() if "government_rules" not in id}
    for rows in (lost, twice):
        report = gongkai.read(written(rows).encode())
        assert facts(report) == others
        assert "STR-ROW-SHAPE" in {finding.code for finding in report.findings}


def test_pandas() -> None:
    pandas = pytest.importorskip("pandas")
    frame = pandas.DataFrame(PADDED)
    for form in ({}, {"sep": "\t", "encoding": "utf-16"}, {"encoding": "gb18030"}):
        file = io.BytesIO()
        frame.to_csv(file, index=False, header=False, **form)
        report = gongkai.read(file.getvalue())
        assert report.format == "csv"
        assert facts(report) == EXPECTED
