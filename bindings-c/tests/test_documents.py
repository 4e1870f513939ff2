"""Every document, read by a C program, says what Python and the committed files say."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

import gongkai
import reading
from conftest import HERE, REPORTS, all_documents, compile_program, run_program

NAMES = ("title", "agency", "year", "published", "signed", "document_number")


@pytest.fixture(scope="module")
def dumped(documents: list[Path]) -> dict[Path, dict[str, Any]]:
    lines = run_program(compile_program(HERE / "programs/dump.c"), *documents).splitlines()
    return dict(zip(documents, map(json.loads, lines), strict=True))


def test_as_python(dumped: dict[Path, dict[str, Any]]) -> None:
    kinds = set()
    for path, got in dumped.items():
        try:
            report = gongkai.read(path)
        except gongkai.GongkaiError as error:
            assert got == {"error": reading.error(error)}, path
            kinds.add(error.kind)
            continue
        kinds.add("ok")
        wanted = reading.report(report)
        for name, value in wanted.items():
            assert got[name] == value, f"{path}: {name}"
        # Where Python has no attribute, its JSON has the answer.
        written = json.loads(wanted["json"])
        assert [one["text"] for one in got["subtotals"]] == [
            one["text"] for one in written.get("subtotals", [])
        ]
        for name in NAMES:
            inferred = written.get(name)
            assert got[f"{name} evidence"] == (inferred and inferred["text"]), f"{path}: {name}"
        spare = {name for name in got if " " not in name} - set(wanted)
        assert spare == {"subtotals"}
    assert kinds >= {"ok", "input", "unsupported"}


def test_as_the_committed_expectations(dumped: dict[Path, dict[str, Any]]) -> None:
    seen = dict.fromkeys(("facts.csv", "findings.txt", "error.txt"), 0)
    for path, got in dumped.items():
        if path.parent == REPORTS:
            continue
        if "error" in got:
            error = got["error"]
            status = reading.ERRORS[error["status"]]
            results = {"error.txt": f"{status}\n{error['code']}\n{error['en']}\n"}
        else:
            results = {
                "facts.csv": reading.facts_csv(got["facts"]),
                "findings.txt": reading.findings_lines(got["checked"]),
            }
        for ending, text in results.items():
            assert text == reading.expected(path, ending), f"{path} {ending}"
            seen[ending] += 1
    assert all(seen.values()), seen


def test_as_the_answer_keys(published: list[Path], dumped: dict[Path, dict[str, Any]]) -> None:
    read = 0
    for path in published:
        if "error" in dumped[path]:
            continue
        facts = {fact["id"]: fact for fact in dumped[path]["facts"]}
        key = reading.answer_key(REPORTS / f"{path.name.split('.')[0]}.facts.csv")
        for id, value, unit in key:
            if facts[id]["status"] == 0:
                assert (facts[id]["value"], facts[id]["unit"] or "") in (
                    (value, unit),
                    (value, ""),
                ), id
        read += 1
    assert read


def test_the_documents_are_those_of_the_tests(documents: list[Path]) -> None:
    assert documents == all_documents()
    folders = {path.parent.name for path in documents}
    assert folders >= {"docx", "html", "text", "bad"}
