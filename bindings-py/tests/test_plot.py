"""The plots draw the facts' numbers, and nothing for what has none."""

from __future__ import annotations

import math
import subprocess
import sys
import warnings
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import pytest

import gongkai
from conftest import TOP
from gongkai import plot

if TYPE_CHECKING:
    from matplotlib.axes import Axes

matplotlib = pytest.importorskip("matplotlib")

COUNTY = TOP / "examples/county"


@pytest.fixture(autouse=True)
def no_screen() -> Iterator[None]:
    matplotlib.use("Agg")
    import matplotlib.pyplot as plt

    yield
    plt.close("all")


def draw(ax: Axes) -> None:
    """Draws; where a font with Chinese characters is installed, none may be missing."""
    with warnings.catch_warnings():
        if len(plot._font()) == 1:
            warnings.filterwarnings("ignore", message="Glyph")
        ax.figure.canvas.draw()


def test_outcomes_stack_to_the_totals() -> None:
    report = gongkai.read(COUNTY / "yunling-2024.html")
    ax = plot.outcomes(report)
    names = [label.get_text() for label in ax.get_xticklabels()]
    assert names == ["自然人", "商业企业", "科研机构", "社会公益组织", "法律服务机构", "其他"]
    heights = [0.0] * len(names)
    for bars in ax.containers:
        for at, bar in enumerate(bars):
            heights[at] += bar.get_height()
    for column, height in (("natural_person", heights[0]), ("enterprise", heights[1])):
        assert height == report[f"requests.total.{column}"].value
    assert heights[2:] == [0.0] * 4
    legend = ax.get_legend()
    assert legend is not None
    assert [text.get_text() for text in legend.get_texts()] == [
        *("予以公开", "不予公开", "无法提供", "不予处理")
    ]
    draw(ax)


def test_years_leave_gaps() -> None:
    panel = gongkai.read_many(COUNTY).table("panel").to_pandas()
    ax = plot.years(panel, "柳湾镇人民政府")
    lines: list[Any] = list(ax.lines)
    received, carried = (
        dict(zip(line.get_xdata(), line.get_ydata(), strict=True)) for line in lines
    )
    reports = {r.year: r for r in gongkai.read_many(COUNTY).reports if r.agency == "柳湾镇人民政府"}
    assert set(received) == set(reports) == {2020, 2021, 2022, 2023, 2024}
    for year, report in reports.items():
        assert received[year] == report["requests.received.total"].value
        blank = report["requests.carried_forward.total"].status == "blank"
        assert math.isnan(carried[year]) if blank else carried[year] >= 0
    assert math.isnan(carried[2022])
    draw(ax)


def test_a_font_without_chinese_does_not_crash(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(plot, "FONTS", ["No Such Font"])
    ax = plot.outcomes(gongkai.read(COUNTY / "yunling-2024.html"))
    with pytest.warns(UserWarning, match="missing from"):
        ax.figure.canvas.draw()


def test_without_matplotlib_the_error_names_the_extra() -> None:
    code = (
        "import sys\n"
        "class Absent:\n"
        "    def find_spec(self, name, *rest):\n"
        "        if name.partition('.')[0] == 'matplotlib':\n"
        "            raise ModuleNotFoundError(f'No module named {name}', name='matplotlib')\n"
        "sys.meta_path.insert(0, Absent())\n"
        "import gongkai, gongkai.plot\n"
        f"r = gongkai.read({str(COUNTY / 'yunling-2024.html')!r})\n"
        "try: gongkai.plot.outcomes(r)\n"
        "except ImportError as e: assert 'gongkai[plot]' in str(e), e\n"
        "else: raise SystemExit('no error')\n"
    )
    subprocess.run([sys.executable, "-c", code], check=True)
