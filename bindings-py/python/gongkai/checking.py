"""Checks, their findings, and what is written of them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Literal, NamedTuple, TypedDict

from gongkai import _gongkai
from gongkai._gongkai import Finding, Message, Report, ReportFindings, Waivers

if TYPE_CHECKING:
    from typing_extensions import Unpack

__all__ = [
    "CheckInfo",
    "CheckOptions",
    "Checked",
    "Evaluation",
    "Outcome",
    "check_rollup",
    "check_series",
    "checks",
    "compare",
    "evaluate",
    "read_findings",
    "write_findings",
]


class CheckOptions(TypedDict, total=False):
    """How to check, as keywords. What is not given is as the catalogue has it."""

    severities: Mapping[str, tuple[Literal["error", "warning", "info"], str]]
    """Severities other than the catalogue's, by code, each with the reason."""
    waivers: Waivers
    """Findings that a person accepted. They stay listed, with their waiver."""
    trusted: Iterable[str]
    """Ids of facts that are known to be right: never suspected."""
    jump: int
    """Factor by which a cell may change in a year before XY-JUMP asks. Default: 10."""
    search_steps: int
    """Steps that the search for wrong cells may take in one table. Default: 20 000."""
    alternatives: int
    """Options listed where several sets of cells explain the differences. Default: 3."""
    members: Iterable[str]
    """Names of the members that a roll-up must have a report of."""
    findings: int
    """Findings kept; one more says how many were dropped. Default: 1 000."""


class CheckInfo(NamedTuple):
    """A check as the catalogue has it."""

    code: str
    version: int
    severity: Literal["error", "warning", "info"]
    level: int
    """What it looks at (ESS validation levels): 0 structure and single values, 1 the
    report, 2 its other years, 3 other reports."""
    title: Message
    clause: str
    """What it rests on; empty where it is a matter of experience."""
    editions: tuple[str, ...]


class Outcome(NamedTuple):
    """What one check says about one place."""

    code: str
    instance: str
    """The row, column, cell or table it looked at; empty for the report as a whole."""
    holds: bool | None
    """None where a blank or missing cell forbids an answer."""
    as_zero: bool | None
    """Where it cannot be told: whether it would hold if blanks were zero."""
    finding: int | None
    """The finding that tells more, by its position."""


class Evaluation(NamedTuple):
    """Findings, and every answer beside them."""

    findings: list[Finding]
    outcomes: list[Outcome]


class Checked(NamedTuple):
    """A report with what was found in it."""

    source: str
    """The report's file, as it is to be named."""
    report: Report
    findings: Sequence[Finding]
    outcomes: Sequence[Outcome] = ()
    """Needed for the form "ess" only."""


for _class in (CheckInfo, Outcome, Evaluation, Checked):
    _class.__module__ = "gongkai"


def checks() -> list[CheckInfo]:
    """Every check, in the order of their findings."""
    return [
        CheckInfo(code, version, severity, level, title, clause, tuple(editions))
        for code, version, severity, level, title, clause, editions in _gongkai.checks()
    ]


def evaluate(
    report: Report, *, reading: bool = False, **options: Unpack[CheckOptions]
) -> Evaluation:
    """As `Report.check`, with every answer, those that all is well included.

    With `reading`, what the reader found and no check passes on stands among the findings.
    """
    findings, outcomes = _gongkai.evaluate(report, reading, dict(options))
    return Evaluation(findings, [Outcome(*outcome) for outcome in outcomes])


def check_series(reports: Sequence[Report], /, **options: Unpack[CheckOptions]) -> list[Finding]:
    """Checks one agency's reports for several years against each other.

    `Finding.report` is the position of the later report.
    """
    return _gongkai.check_series(list(reports), dict(options))


def check_rollup(
    parent: Report, members: Sequence[Report], /, **options: Unpack[CheckOptions]
) -> list[Finding]:
    """Checks that a report's cells are the sums of its members' cells.

    `Finding.report` is 0 for the parent, and the position plus 1 for a member.
    """
    return _gongkai.check_rollup(parent, list(members), dict(options))


def compare(checked: Checked, earlier: Sequence[ReportFindings]) -> Checked:
    """Marks each finding as new or unchanged; the earlier ones that are gone follow."""
    marked, gone = _gongkai.compare(
        checked.source, checked.report, list(checked.findings), list(earlier)
    )
    return checked._replace(findings=marked + gone)


def read_findings(json: str) -> list[ReportFindings]:
    """Reads back what `write_findings` wrote as JSON."""
    return _gongkai.findings_from_json(json)


def write_findings(
    checked: Iterable[Checked],
    format: Literal["text", "json", "sarif", "ess", "summary"] = "text",
    *,
    lang: Literal["zh", "en"] = "zh",
    time: str | None = None,
) -> str:
    """The findings of a run: for people, as JSON, as SARIF 2.1.0, or as the validation
    report of the European Statistical System, which needs the `time` of the checks
    (ISO 8601)."""
    fields = [(one.source, one.report, list(one.findings), list(one.outcomes)) for one in checked]
    return _gongkai.findings_view(fields, format, lang, time)
