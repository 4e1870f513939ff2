"""Small reports of invented agencies, written here."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

import gongkai

TOP = Path(__file__).parents[2]

RECEIVED = "requests.received.total"


def rows_of_cells(rows: list[list[str]]) -> str:
    """One cell a line behind a tab, an empty line after each row."""
    return "\n" + "".join("".join(f"\t{cell}\n" for cell in row) + "\n" for row in rows)


def written(town: str = "青禾镇", year: int = 2021, received: str = "3", fees: str = "0.50") -> str:
    """A short report: two tables of the form and a few sentences."""
    return (
        f"{town}人民政府{year}年政府信息公开工作年度报告\n"
        f"统计期限自{year}年1月1日起至{year}年12月31日止。\n"
        "一、总体情况\n本镇按时公开各项信息。\n"
        "二、主动公开政府信息情况\n"
        + rows_of_cells(
            [
                ["第二十条第（八）项"],
                ["信息内容", "本年收费金额（单位：万元）"],
                ["行政事业性收费", fees],
            ]
        )
        + "三、收到和处理政府信息公开申请情况\n"
        + rows_of_cells(
            [
                [
                    "（本列数据的勾稽关系为：第一项加第二项之和，等于第三项加第四项之和）",
                    "申请人情况",
                ],
                ["", "自然人", "法人或其他组织", "总计"],
                ["", "", "商业企业", "科研机构", "社会公益组织", "法律服务机构", "其他", ""],
                ["一、本年新收政府信息公开申请数量", received, "0", "", "0", "—", "0", received],
                ["二、上年结转政府信息公开申请数量", "0", "0", "0", "0", "0", "0", "0"],
            ]
        )
        + f"六、其他需要报告的事项\n无。\n{town}人民政府\n{year + 1}年1月20日\n"
    )


@pytest.fixture
def text() -> str:
    return written()


@pytest.fixture
def report(text: str) -> gongkai.Report:
    return gongkai.read(text.encode())


@pytest.fixture
def path(tmp_path: Path, text: str) -> Path:
    path = tmp_path / "青禾镇 2021.txt"
    path.write_text(text, encoding="utf-8")
    return path


@pytest.fixture
def published() -> Path:
    folder = Path(os.environ.get("GONGKAI_REPORTS", TOP / "../shared/reports"))
    if not folder.is_dir():
        pytest.skip(f"the published reports are not at {folder}")
    return folder
