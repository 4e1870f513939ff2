"""The checks from C: every case of `tests/fixtures/checks`, and the options."""

from __future__ import annotations

import datetime
import json
from pathlib import Path
from typing import Any, Literal

import pytest

import gongkai
import reading
from conftest import DOCUMENTS, HERE, TOP, compile_program, run_program

CASES = sorted((TOP / "tests/fixtures/checks").glob("*/*.case"))
WRONG = DOCUMENTS / "checks/REQ-BALANCE/fail/0.html"


@pytest.fixture(scope="module")
def program() -> Path:
    return compile_program(HERE / "programs/checks.c")


def found(program: Path, *arguments: str | Path) -> dict[str, Any]:
    told: dict[str, Any] = json.loads(run_program(program, *arguments))
    return told


def test_every_case(program: Path) -> None:
    assert len(CASES) > 150
    for case in CASES:
        lines = [line.strip() for line in case.read_text("utf-8").splitlines()]
        words: list[str] = []
        python: dict[str, Any] = {}
        for line in lines:
            if line.startswith("option "):
                name, value = (part.strip() for part in line.removeprefix("option ").split("="))
                if name in ("members", "trusted"):
                    words += [name.removesuffix("s"), value]
                    python.setdefault(name, []).append(value)
                else:
                    words += ["number", name, value]
                    python[name] = int(value)
        firsts = [line.split()[0] for line in lines if line]
        kind = "rollup" if "parent" in firsts else "series" if "report" in firsts else "single"
        code = case.parent.name
        documents = sorted((DOCUMENTS / "checks" / code / case.stem).iterdir())
        got = found(program, kind, *words, "--", *documents)

        reports = [gongkai.read(path) for path in documents]
        if kind == "single":
            wanted = reports[0].check(**python)
        elif kind == "series":
            wanted = gongkai.check_series(reports, **python)
        else:
            wanted = gongkai.check_rollup(reports[0], reports[1:], **python)
        assert got["found"] == reading.findings(wanted), case
        assert got["read"] == [reading.findings(report.findings) for report in reports], case

        committed = case.with_suffix(".findings.txt").read_text("utf-8")
        # Which facts a finding is about, and how often a check answered, are not printed here.
        apart = ("  facts ", "answers: ")
        told = "".join(
            line for line in committed.splitlines(keepends=True) if not line.startswith(apart)
        )
        read = [one for report in got["read"] for one in report]
        assert reading.findings_in_full(code, got["found"], read) == told, case


def test_all_that_is_to_be_said(program: Path) -> None:
    paths = [path for path in sorted(DOCUMENTS.glob("text/*.txt"))]
    both = 0
    for path in paths[:40]:
        got = found(program, "all", "--", path)
        report = gongkai.read(path)
        assert got["found"] == reading.findings(gongkai.evaluate(report, reading=True).findings), (
            path
        )
        both += bool(report.findings)
    assert both


def test_severities_and_waivers(program: Path) -> None:
    report = gongkai.read(WRONG)
    (first, *_) = [one for one in report.check() if one.code == "REQ-BALANCE"]
    waivers = gongkai.Waivers().waive(
        first, by="王芳", when=datetime.date(2024, 2, 1), why="原件如此"
    )
    options = ["severity", "REQ-BALANCE", "0", "本局另有核对", "waivers", waivers.to_json()]
    got = found(program, "single", *options, "--", WRONG)["found"]
    severities = {"REQ-BALANCE": ("info", "本局另有核对")}
    wanted = report.check(severities=severities, waivers=waivers)  # type: ignore[arg-type]
    assert got == reading.findings(wanted)
    assert [one["waived_by"] for one in got].count("王芳") == 1
    assert {one["regraded_from"] for one in got if one["code"] == "REQ-BALANCE"} == {"error"}


def test_a_file_that_is_none_of_waivers(program: Path) -> None:
    for text in ("", "[]", "{", '{"waivers":1}'):
        assert found(program, "single", "waivers", text, "--", WRONG)["status"] == 5


@pytest.mark.parametrize("form", ["json", "sarif", "text"])
def test_what_is_written_of_findings(program: Path, form: Literal["json", "sarif", "text"]) -> None:
    got = run_program(program, "all", "write", form, "--", WRONG).decode()
    report = gongkai.read(WRONG)
    found = gongkai.evaluate(report, reading=True).findings
    wanted = gongkai.write_findings([gongkai.Checked("年报.docx", report, found)], form, lang="en")
    assert got == wanted
