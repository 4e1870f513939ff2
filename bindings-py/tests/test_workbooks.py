"""Workbooks of independent writers."""

from __future__ import annotations

import datetime
import io
from typing import Any

import pytest

import gongkai

TITLE = "青禾镇人民政府2021年政府信息公开工作年度报告"
HEADER = ["信息内容", "本年制发件数", "本年废止件数", "现行有效件数"]

# The label, and of each value what is written, its number format, and what must come of it.
Value = tuple[Any, str, "int | str"]
ROWS: list[tuple[str, list[Value]]] = [
    ("规章", [(12, "General", 12), (3.0, "0", 3), (1037, "#,##0", 1037)]),
    ("行政规范性文件", [("14", "@", 14), (-0.0, "General", 0), (0, "0;-0;;@", "blank")]),
]


def facts(report: gongkai.Report) -> list[int | str]:
    ids = [
        f"proactive.{row}.{column}"
        for row in ("government_rules", "normative_documents")
        for column in ("issued", "repealed", "in_force")
    ]
    found = [report[id] for id in ids]
    return [int(fact.value) if fact.value is not None else str(fact.status) for fact in found]


def expected() -> list[int | str]:
    return [value[2] for _, values in ROWS for value in values]


def test_xlwt() -> None:
    xlwt = pytest.importorskip("xlwt")
    book = xlwt.Workbook()
    sheet = book.add_sheet("年报")
    sheet.write_merge(0, 0, 0, 3, TITLE)
    sheet.write(1, 0, "二、主动公开政府信息情况")
    for column, label in enumerate(HEADER):
        sheet.write(
            2, column, label, xlwt.easyxf("borders: left thin, right thin, top thin, bottom thin")
        )
    for row, (label, values) in enumerate(ROWS, 3):
        sheet.write(row, 0, label)
        for column, (value, form, _) in enumerate(values, 1):
            borders = "borders: left thin, right thin, top thin, bottom thin"
            sheet.write(row, column, value, xlwt.easyxf(borders, num_format_str=form))
    sheet.write(5, 0, "行政许可", xlwt.easyxf("borders: left thin, right thin"))
    # Nobody has computed it.
    sheet.write(5, 1, xlwt.Formula("B4+B5"), xlwt.easyxf("borders: left thin, right thin"))
    sheet.write(6, 0, "行政处罚", xlwt.easyxf("borders: left thin, right thin"))
    sheet.write(6, 1, datetime.date(2021, 12, 31), xlwt.easyxf(num_format_str="yyyy/m/d"))
    book.add_sheet("旧").visibility = 1
    file = io.BytesIO()
    book.save(file)
    report = gongkai.read(file.getvalue())
    assert (report.format, report.year) == ("xls", 2021)
    assert facts(report) == expected()
    assert "DOC-FORMULA" in {finding.code for finding in report.findings}


def test_openpyxl() -> None:
    openpyxl = pytest.importorskip("openpyxl")
    side = openpyxl.styles.Side(style="thin")
    lines = openpyxl.styles.Border(left=side, right=side, top=side, bottom=side)
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.append([TITLE])
    sheet.merge_cells("A1:D1")
    sheet.append(["二、主动公开政府信息情况"])
    sheet.append(HEADER)
    for label, values in ROWS:
        sheet.append([label, *(value[0] for value in values)])
        for cell, (_, form, _) in zip(sheet[sheet.max_row][1:], values, strict=True):
            cell.number_format = form
    for cells in sheet.iter_rows(min_row=3):
        for cell in cells:
            cell.border = lines
    file = io.BytesIO()
    book.save(file)
    report = gongkai.read(file.getvalue())
    assert (report.format, report.year) == ("xlsx", 2021)
    assert facts(report) == expected()
