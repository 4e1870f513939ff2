"""`gongkai check`."""

from __future__ import annotations

import argparse
import datetime
import os
import sys
from collections.abc import Iterable, Iterator

from gongkai._gongkai import Finding, Report, Waivers
from gongkai.checking import (
    Checked,
    check_rollup,
    check_series,
    compare,
    evaluate,
    read_findings,
    write_findings,
)
from gongkai.command import (
    OK,
    WRONG,
    each,
    output,
    terminal_encoding,
)
from gongkai.errors import CallerError, unwritable
from gongkai.source import file_error

SHORT = 8
"""Digits of a fingerprint that name a finding, at least."""


def add_arguments(command: argparse.ArgumentParser) -> None:
    command.add_argument("-o", "--output", metavar="FILE", help="default: standard output")
    command.add_argument(
        "--format", choices=["text", "json", "sarif", "ess"], default="text", help="default: text"
    )
    command.add_argument("--lang", choices=["zh", "en"], default="zh", help="default: zh")
    command.add_argument(
        "--encoding", choices=["utf-8", "gb18030"], default="utf-8", help="of text"
    )
    command.add_argument(
        "--series", action="store_true", help="also check each agency's years against each other"
    )
    command.add_argument(
        "--parent", metavar="FILE", help="also check this report against the sum of the others"
    )
    command.add_argument(
        "--baseline", metavar="FILE", help="JSON of an earlier run to compare with"
    )
    command.add_argument("--time", help="time of the checks, for ess; default: now")
    waivers = command.add_argument_group("accepted findings")
    waivers.add_argument("--waivers", metavar="FILE", help="findings that may stand")
    waivers.add_argument(
        "--waive",
        action="append",
        default=[],
        metavar="FINGERPRINT",
        help="accept a finding of this run: adds it to the file of waivers",
    )
    waivers.add_argument("--by", metavar="NAME", help="who accepts it")
    waivers.add_argument("--why", metavar="TEXT", help="why")


def run(options: argparse.Namespace) -> int:
    """Checks the reports, and writes what was found."""
    refuse_what_does_not_fit(options)
    waivers = read_waivers(options)
    earlier = read_findings(read_text(options.baseline)) if options.baseline else None
    reports: list[tuple[str, Report]] = []

    def keep(report: Report, source: str) -> tuple[str, Report]:
        try:
            source.encode()
        except UnicodeEncodeError as error:
            raise unwritable(error, "utf-8") from error
        return source, report

    code = each(options, keep, reports.append)
    has_parent = bool(reports) and reports[0][0] == options.parent
    checked = check(reports, waivers, options.series, has_parent)
    if options.waive:
        waivers = waive(options, waivers, checked)
        checked = check(reports, waivers, options.series, has_parent)
    if earlier is not None:
        checked = [compare(one, earlier) for one in checked]
    write(options, checked)
    for unused in waivers.unused(list(findings(checked))):
        named = f"{unused.fingerprint} ({unused.code or '?'}, {unused.waiver.by})"
        print(f"gongkai: waiver {named} matches no finding", file=sys.stderr)
    if code != OK:
        return code
    return WRONG if any(finding.stands for finding in findings(checked)) else OK


def refuse_what_does_not_fit(options: argparse.Namespace) -> None:
    if options.format != "text" and options.encoding != "utf-8":
        options.refuse(f"{options.format} is UTF-8")
    if options.waive and not (options.waivers and options.by and options.why):
        options.refuse("--waive needs --waivers, --by and --why")
    if options.parent:
        options.paths = [options.parent, *options.paths]
    options.jobs = 1


def check(
    reports: list[tuple[str, Report]], waivers: Waivers, series: bool, has_parent: bool
) -> list[Checked]:
    """Each report with all that was found in it, what concerns several reports included."""
    checked: list[Checked] = []
    for source, report in reports:
        evaluation = evaluate(report, reading=True, waivers=waivers)
        checked.append(Checked(source, report, evaluation.findings, evaluation.outcomes))

    def add(found: Iterable[Finding], places: list[int]) -> None:
        for finding in found:
            at = places[finding.report or 0]
            checked[at] = checked[at]._replace(findings=[*checked[at].findings, finding])

    if series:
        for places in agencies(reports):
            add(check_series([reports[at][1] for at in places], waivers=waivers), places)
    if has_parent:
        parent, *members = (report for _, report in reports)
        add(check_rollup(parent, members, waivers=waivers), list(range(len(reports))))
    return checked


def agencies(reports: list[tuple[str, Report]]) -> Iterator[list[int]]:
    """The places of the reports of each agency that has several."""
    places: dict[str, list[int]] = {}
    for at, (_, report) in enumerate(reports):
        if report.agency is not None:
            places.setdefault(report.agency, []).append(at)
    yield from (own for own in places.values() if len(own) > 1)


def findings(checked: Iterable[Checked]) -> Iterator[Finding]:
    for one in checked:
        yield from one.findings


def read_text(path: str) -> str:
    try:
        with open(path, encoding="utf-8-sig") as file:
            return file.read()
    except OSError as error:
        raise file_error(error, path) from error
    except UnicodeDecodeError as error:
        raise CallerError(
            "expected UTF-8", code="encoding", message_zh="应为 UTF-8", source=path
        ) from error


def read_waivers(options: argparse.Namespace) -> Waivers:
    # The first waiver makes the file.
    if options.waivers is None or (options.waive and not os.path.exists(options.waivers)):
        return Waivers()
    return Waivers.from_json(read_text(options.waivers))


def waive(options: argparse.Namespace, waivers: Waivers, checked: list[Checked]) -> Waivers:
    """The waivers and those asked for, also written to their file."""
    for name in options.waive:
        named = [f for f in findings(checked) if f.fingerprint.startswith(name)]
        if len(name) < SHORT or len(named) != 1:
            raise CallerError(
                f"{name!r} does not name one finding of this run: give its fingerprint, "
                f"or the first {SHORT} digits of it",
                code="waivers",
                message_zh=f"{name!r}未能指明本次检查中的一条结果，请给出其编号（至少前{SHORT}位）",
            )
        today = datetime.date.today()
        waivers = waivers.waive(named[0], by=options.by, when=today, why=options.why)
    with open(options.waivers, "w", encoding="utf-8", newline="") as file:
        file.write(waivers.to_json())
    return waivers


def write(options: argparse.Namespace, checked: list[Checked]) -> None:
    time = options.time or datetime.datetime.now(datetime.timezone.utc).strftime(
        "%Y%m%dT%H%M%S+0000"
    )
    text = write_findings(checked, options.format, lang=options.lang, time=time)
    encoding, errors = options.encoding, "strict"
    if options.format == "text" and options.output is None and encoding == "utf-8":
        encoding, errors = terminal_encoding(), "backslashreplace"
    with output(options.output) as out:
        out.write(text.encode(encoding, errors))
    if options.format != "text" or options.output is not None:
        print(write_findings(checked, "summary", lang=options.lang), file=sys.stderr)
