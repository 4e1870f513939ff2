"""Agencies over years: what a batch has of them, and what it lacks."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator
from typing import Any, NamedTuple, TypeAlias

from gongkai._gongkai import Batch, Finding, Report
from gongkai.checking import check_series

__all__ = ["Gap", "Key", "Panel", "YearFinding"]

Key: TypeAlias = Callable[[str, Report], str | None]
"""Names the agency of a source and its report; None where it cannot be told."""


class Gap(NamedTuple):
    """Years of the panel for which an agency has no report."""

    agency: str
    years: tuple[int, ...]


class YearFinding(NamedTuple):
    """What a report says of the year before against that year's own report."""

    source: str
    """The later report."""
    finding: Finding


class Panel:
    """The reports of a batch by agency and year. `batch.panel()` makes it.

    Two bodies may bear one name: where that can be, `key` tells them apart.
    """

    __module__ = "gongkai"

    def __init__(self, batch: Batch, key: Key | None = None) -> None:
        self.batch: Batch = batch
        failed = {error.source for error in batch.errors}
        read = [source for source in batch.sources if source not in failed]
        found: dict[tuple[str, int], list[str]] = defaultdict(list)
        reports: dict[str, list[tuple[str, Report]]] = defaultdict(list)
        unplaced: list[str] = []
        for source, report in zip(read, batch.reports, strict=True):
            agency = key(source, report) if key is not None else report.agency
            if agency is None or report.year is None:
                unplaced.append(source)
                continue
            found[agency, report.year].append(source)
            reports[agency].append((source, report))
        self.agencies: tuple[str, ...] = tuple(sorted(reports))
        """The agencies, sorted by name."""
        self.years: tuple[int, ...] = tuple(range(*_span([year for _, year in found])))
        """From the first year of any agency to the last."""
        self.unplaced: tuple[str, ...] = tuple(unplaced)
        """Sources whose report names no agency or no year."""
        self.repeated: tuple[tuple[str, ...], ...] = tuple(
            tuple(sources) for sources in found.values() if len(sources) > 1
        )
        """Sources that report on one agency's same year: which one counts is open."""
        self.gaps: tuple[Gap, ...] = tuple(
            Gap(agency, missing)
            for agency in self.agencies
            if (missing := tuple(year for year in self.years if (agency, year) not in found))
        )
        """What is missing, agency by agency."""
        self.findings: tuple[YearFinding, ...] = tuple(self._across_years(reports))
        """The checks across years: carried forward against brought forward, stocks, copies,
        jumps. Agencies with a repeated year are checked without it."""
        self._agency = {source: agency for agency, own in reports.items() for source, _ in own}

    def _across_years(self, reports: dict[str, list[tuple[str, Report]]]) -> Iterator[YearFinding]:
        doubtful = {source for sources in self.repeated for source in sources}
        for agency in self.agencies:
            own = [(source, report) for source, report in reports[agency] if source not in doubtful]
            for finding in check_series([report for _, report in own]):
                yield YearFinding(own[finding.report or 0][0], finding)

    @property
    def balanced(self) -> tuple[str, ...]:
        """The agencies that have exactly one report for every year."""
        doubtful = {source for sources in self.repeated for source in sources}
        lacking = {gap.agency for gap in self.gaps}
        lacking |= {agency for source, agency in self._agency.items() if source in doubtful}
        return tuple(agency for agency in self.agencies if agency not in lacking)

    def records(self, *, balanced: bool = False) -> Iterator[dict[str, Any]]:
        """The records of the table `panel`, those of placed reports; with `balanced` only
        of agencies that have every year. `agency` is as the key names it."""
        wanted = set(self.balanced if balanced else self.agencies)
        for record in self.batch.table("panel"):
            agency = self._agency.get(record["source"])
            if agency in wanted:
                yield record | {"agency": agency}

    def __repr__(self) -> str:
        span = f"{self.years[0]}–{self.years[-1]}" if self.years else "no years"
        return (
            f"<gongkai.Panel {len(self.agencies)} agencies, {span}: {len(self.balanced)} balanced, "
            f"{len(self.gaps)} with gaps, {len(self.findings)} findings across years>"
        )


def _span(years: list[int]) -> tuple[int, int]:
    return (min(years), max(years) + 1) if years else (0, 0)
