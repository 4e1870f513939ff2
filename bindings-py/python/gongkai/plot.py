"""Small plots, with matplotlib: `pip install gongkai[plot]`.

Values become floats here, for drawing only. What has no number is not drawn; it is never
drawn as zero.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from gongkai._gongkai import Report
from gongkai.extras import needed
from gongkai.indicator import indicators

if TYPE_CHECKING:
    import pandas
    from matplotlib.axes import Axes

__all__ = ["outcomes", "years"]

FONTS = [
    "Noto Sans CJK SC",
    "Noto Sans SC",
    "Source Han Sans SC",
    "Microsoft YaHei",
    "PingFang SC",
    "WenQuanYi Zen Hei",
    "WenQuanYi Micro Hei",
    "SimHei",
    "Droid Sans Fallback",
    "Noto Sans CJK JP",
]
"""Fonts with Chinese characters, in the order of preference."""

TOTALS = {"received", "brought_forward", "total", "carried_forward"}
"""Rows of the requests table that are no outcome."""

YEARS = {
    "received": ("req_received_total", "本年新收 received"),
    "carried_forward": ("req_carried_total", "结转下年 carried forward"),
}


def outcomes(report: Report, ax: Axes | None = None) -> Axes:
    """Outcomes of a report's requests, one bar a kind of applicant, stacked by outcome.

    Outcomes are put together as the form groups them (予以公开, 不予公开, …). `ax` is where to
    draw; by default on a figure of its own. Returns the axes.
    """
    groups: dict[str, dict[str, float]] = {}
    applicants: dict[str, str] = {}
    edition = report.edition
    for cell in indicators():
        if cell.table != "requests" or cell.edition != edition or cell.row in TOTALS:
            continue
        if cell.column == "total":
            continue
        applicant = applicants.setdefault(cell.column, cell.column_labels[-1])
        fact = report.get(cell.id)
        if fact is not None and fact.value:
            # The label below 三、本年度办理结果: the outcome, or its group.
            group = groups.setdefault(_short(cell.row_labels[1]), {})
            group[applicant] = group.get(applicant, 0.0) + float(fact.value)
    names = list(applicants.values())
    ax = _axes(ax)
    above = [0.0] * len(names)
    if not groups:
        ax.bar(names, above)
    for at, (label, values) in enumerate(groups.items()):
        heights = [values.get(name, 0.0) for name in names]
        ax.bar(names, heights, bottom=above, label=label, color=_color(at))
        above = [low + height for low, height in zip(above, heights, strict=True)]
    title = f"{report.agency or ''} {report.year or ''}".strip()
    _words(ax, title, "申请人 applicant", "办理结果（件） outcomes")
    return ax


def years(panel: pandas.DataFrame, agency: str | None = None, ax: Axes | None = None) -> Axes:
    """Requests received and carried forward over the years, from a panel in pandas
    (`batch.table("panel").to_pandas()`), of one agency or of all together.

    A year in which any of the agencies has no number shows no point: a sum without it would
    look like a fall. `ax` is where to draw; by default on a figure of its own.
    """
    if agency is not None:
        panel = panel[panel["agency"] == agency]
    ax = _axes(ax)
    known = panel.dropna(subset=["year"])
    # Years between without a number leave a gap in the line.
    span = range(int(known["year"].min()), int(known["year"].max()) + 1) if len(known) else range(0)
    for at, (column, label) in enumerate(YEARS.values()):
        sums = {
            int(year): float(sum(values))
            for year, values in known.groupby("year")[column]
            if not values.isna().any()
        }
        heights = [sums.get(year, float("nan")) for year in span]
        ax.plot(list(span), heights, marker="os"[at], color=_color(at), label=label)
    ax.locator_params(axis="x", integer=True)
    ax.set_ylim(bottom=0)
    _words(ax, agency or "", "年度 year", "件 requests")
    return ax


def _short(label: str) -> str:
    """A label without its number and its note: （三）不予公开 as 不予公开."""
    _, _, after = label.partition("）")
    return (after or label).partition("（")[0]


def _axes(ax: Axes | None) -> Axes:
    if ax is None:
        plt = needed("matplotlib.pyplot", "plot")
        _, ax = plt.subplots(figsize=(8, 4), layout="constrained")
    for side in ("top", "right"):
        ax.spines[side].set_visible(False)
    return ax


def _color(at: int) -> str:
    """From a palette that people who see few colours can tell apart."""
    palette = ["#0072b2", "#e69f00", "#009e73", "#cc79a7", "#56b4e9", "#d55e00", "#999999"]
    return palette[at % len(palette)]


def _font() -> list[str]:
    """The first of the fonts with Chinese characters that is installed, then the usual
    one. None is no error: the characters then show as boxes, and matplotlib warns."""
    manager = needed("matplotlib.font_manager", "plot").fontManager
    installed = {font.name for font in manager.ttflist}
    return [*[font for font in FONTS if font in installed][:1], "sans-serif"]


def _words(ax: Axes, title: str, x: str, y: str) -> None:
    # Each text gets its font itself: settings of matplotlib hold only while they are set,
    # and figures are drawn later.
    font = _font()
    ax.set_title(title, fontfamily=font)
    ax.set_xlabel(x, fontfamily=font)
    ax.set_ylabel(y, fontfamily=font)
    ax.tick_params(labelfontfamily=font)
    if ax.get_legend_handles_labels()[1]:
        ax.legend(frameon=False, prop={"family": font})
