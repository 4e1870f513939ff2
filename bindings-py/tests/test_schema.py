"""The JSON form follows the committed schema, which leaves no field unnamed."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

import gongkai
from conftest import TOP, written

SCHEMA: dict[str, Any] = json.loads(
    (TOP / "core/schema/report.schema.json").read_text(encoding="utf-8")
)
VALIDATOR = Draft202012Validator(SCHEMA)


def check(report: gongkai.Report) -> None:
    errors = [f"{e.json_path}: {e.message}" for e in VALIDATOR.iter_errors(report.to_dict())]
    assert errors == []
    assert gongkai.Report.from_json(report.to_json()) == report


def test_the_schema_is_one() -> None:
    Draft202012Validator.check_schema(SCHEMA)
    assert SCHEMA["properties"]["schema_version"]["const"] == gongkai.SCHEMA_VERSION


def test_written_reports(report: gongkai.Report) -> None:
    check(report)
    for received in ("", "/", "约3", "1 2", "-1", "1,000"):
        check(gongkai.read(written(received=received).encode()))


def test_samples() -> None:
    for path in (TOP / "examples/reports").iterdir():
        check(gongkai.read(path))


def test_published_reports(published: Path) -> None:
    for suffix in ("txt", "html", "docx"):
        for path in published.glob(f"*.{suffix}"):
            check(gongkai.read(path))


def test_golden_files() -> None:
    paths = [
        path
        for path in sorted((TOP / "tests/fixtures").glob("**/*"))
        if path.suffix in (".txt", ".html", ".docx")
    ]
    if not paths:
        pytest.skip("there are no fixtures")
    for path in paths:
        try:
            report = gongkai.read(path)
        except gongkai.GongkaiError:
            continue
        check(report)


def test_a_new_field_would_fail(report: gongkai.Report) -> None:
    data = report.to_dict()
    for place in (data, data["facts"][0], data["facts"][0]["location"], data["sections"][0]):
        place["new"] = 1
        assert not VALIDATOR.is_valid(data)
        del place["new"]
    assert VALIDATOR.is_valid(data)
