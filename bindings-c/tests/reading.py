"""What the Python package tells, and what stands beside the fixtures, in the words of
`programs/dump.h`.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import gongkai
from conftest import TOP

STATUSES = ("reported", "blank", "not_applicable", "unreadable")
SEVERITIES = ("info", "warning", "error")
VERDICTS = ("failed", "unknown")
ERRORS = ("ok", "absent", "input", "limit", "unsupported", "caller", "io", "internal")

Json = dict[str, Any]


def location(place: gongkai.Location) -> Json:
    start, end = place.range or (None, None)
    names = ("part", "block", "table", "row", "column", "page", "line")
    return {name: getattr(place, name) for name in names} | {
        "start": start,
        "end": end,
        "text": str(place),
    }


def fact(fact: gongkai.Fact) -> Json:
    names = ("id", "table", "row", "column", "edition", "unit", "form_unit", "text")
    value = fact.value
    integer: object = "absent"
    if value is not None:
        whole = value == value.to_integral_value() and -(2**63) <= value < 2**63
        integer = int(value) if whole else "inexact"
    return {name: getattr(fact, name) for name in names} | {
        "value": None if value is None else format(value, "f"),
        "status": STATUSES.index(fact.status),
        "int64": integer,
        "double": "absent" if value is None else float(value),
        "location": location(fact.location),
    }


def suggestion(suggestion: gongkai.Suggestion) -> Json:
    least, greatest = suggestion.range or (None, None)
    return {
        "fact": suggestion.fact,
        "value": suggestion.value,
        "least": least,
        "greatest": greatest,
        "code": suggestion.code,
        "zh": suggestion.reason.zh,
        "en": suggestion.reason.en,
    }


def finding(finding: gongkai.Finding) -> Json:
    names = ("code", "fingerprint", "expected", "actual", "quote", "group", "baseline", "report")
    waiver, regraded = finding.waiver, finding.regraded
    return {name: getattr(finding, name) for name in names} | {
        "waived_by": waiver and waiver.by,
        "waived_when": waiver and waiver.when.isoformat(),
        "waived_why": waiver and waiver.why,
        "regraded_from": regraded and regraded.severity,
        "regraded_why": regraded and regraded.why,
        "zh": finding.message.zh,
        "en": finding.message.en,
        "severity": SEVERITIES.index(finding.severity),
        "verdict": VERDICTS.index(finding.verdict),
        "as_zero": None if finding.as_zero is None else int(finding.as_zero),
        "facts": list(finding.facts),
        "locations": [location(place) for place in finding.locations],
        "suggestions": [suggestion(one) for one in finding.suggestions],
    }


def findings(found: Iterable[gongkai.Finding]) -> list[Json]:
    return [finding(one) for one in found]


def text(text: gongkai.Text) -> Json:
    return {"text": text.text, "location": location(text.location)}


def error(error: gongkai.GongkaiError) -> Json:
    return {
        "status": ERRORS.index(error.kind),
        "code": error.code,
        "zh": error.message_zh,
        "en": error.message,
        "location": error.location and location(error.location),
    }


def report(report: gongkai.Report) -> Json:
    """What Python has attributes for; `evidence` below is in its JSON alone."""
    period = report.period
    days = {
        "period_start": period and period.start,
        "period_end": period and period.end,
        "published": report.published,
        "signed": report.signed,
    }
    names = ("title", "agency", "agency_level", "edition", "format", "encoding", "document_number")
    return {name: getattr(report, name) for name in names} | {
        "year": None if report.year is None else str(report.year),
        "year number": "absent" if report.year is None else report.year,
        **{name: day and day.isoformat() for name, day in days.items()},
        "preamble": [text(one) for one in report.preamble],
        "sections": [
            {
                "heading": section.heading,
                "location": location(section.location),
                "roles": list(section.roles),
                "paragraphs": [text(one) for one in section.paragraphs],
            }
            for section in report.sections
        ],
        "closing": [text(one) for one in report.closing],
        "editions": [
            {name: getattr(block, name) for name in ("table", "block", "edition", "evidence")}
            | {"location": location(block.location)}
            for block in report.editions
        ],
        "facts": [fact(one) for one in report.facts],
        "findings": findings(report.findings),
        "checked": findings(report.check()),
        "json": report.to_json(),
    }


def facts_csv(facts: Iterable[Json]) -> str:
    """The facts as `*.facts.csv` has them."""
    out = io.StringIO()
    out.write("table,row,column,value,unit,status,text\n")
    for fact in facts:
        fields = [fact["table"], fact["row"], fact["column"], fact["value"], fact["unit"]]
        fields += [STATUSES[fact["status"]], fact["text"]]
        cells = ["" if field is None else field for field in fields]
        quoted = ['"' + c.replace('"', '""') + '"' if set(c) & set('",\n\r') else c for c in cells]
        out.write(",".join(quoted) + "\n")
    return out.getvalue()


def verdict(finding: Json) -> str:
    if VERDICTS[finding["verdict"]] == "failed":
        return "failed"
    blank = {None: "", 0: ", fails if blank is zero", 1: ", holds if blank is zero"}
    return "unknown" + blank[finding["as_zero"]]


def findings_lines(found: Iterable[Json]) -> str:
    """The findings as `*.findings.txt` beside a document has them."""
    lines = []
    for one in found:
        facts = one["facts"]
        more = f" +{len(facts) - 1}" if len(facts) > 1 else ""
        about = f" [{facts[0]}{more}]" if facts else ""
        message = one["en"].replace("\n", "¶")
        lines.append(f"{one['code']} {verdict(one)}{about}: {message}\n")
    return "".join(lines) or "none\n"


def findings_in_full(code: str, found: list[Json], read: list[Json]) -> str:
    """The findings as `*.findings.txt` beside a case of a check has them, their facts left out."""
    lines = []
    for one in found:
        if one["code"] != code:
            continue
        of = "" if one["report"] is None else f", report {one['report']}"
        lines.append(f"{code} {SEVERITIES[one['severity']]} {verdict(one)}{of}")
        lines += [f"  zh {one['zh']}", f"  en {one['en']}"]
        if one["expected"] is not None or one["actual"] is not None:
            sides = ["-" if s is None else s or "nothing" for s in (one["expected"], one["actual"])]
            lines.append(f"  expected {sides[0]} actual {sides[1]}")
        lines += [f"  {name} {one[name]}" for name in ("quote", "group") if one[name] is not None]
        for cell in one["suggestions"]:
            value = ""
            if cell["value"] is not None:
                value = f" = {cell['value']}"
            elif cell["least"] is not None:
                to = "or more" if cell["greatest"] is None else f"to {cell['greatest']}"
                value = f" = {cell['least']} {to}"
            slip = f" {cell['code']}" if cell["code"] else ""
            lines.append(f"  look at {cell['fact']}{value}{slip}: {cell['zh']} / {cell['en']}")
    lines = [line.replace("\n", "¶") for line in lines]
    lines.append(f"other checks: {_codes(one for one in found if one['code'] != code)}")
    lines.append(f"reading: {_codes(read)}")
    return "".join(f"{line}\n" for line in lines)


def _codes(found: Iterable[Json]) -> str:
    counts: dict[tuple[str, str], int] = {}
    for one in found:
        key = (one["code"], "" if VERDICTS[one["verdict"]] == "failed" else "?")
        counts[key] = counts.get(key, 0) + 1
    shown = [
        f"{code}{mark}" + (f" ×{n}" if n > 1 else "") for (code, mark), n in sorted(counts.items())
    ]
    return ", ".join(shown) or "none"


def expected(document: Path, ending: str) -> str | None:
    """What is committed beside the fixture that a document was made of."""
    stem = document.name.split(".")[0]
    path = TOP / "tests/fixtures" / document.parent.name / f"{stem}.{ending}"
    return path.read_bytes().decode() if path.is_file() else None


def answer_key(path: Path) -> list[tuple[str, str, str]]:
    """Id, value and unit of the cells of a published report, as a person read them."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = csv.DictReader(file)
        return [(f"{r['table']}.{r['row']}.{r['column']}", r["value"], r["unit"]) for r in rows]
