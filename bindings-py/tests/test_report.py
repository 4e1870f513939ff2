"""What a report gives."""

from __future__ import annotations

import copy
import datetime
import pickle
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

import gongkai
from conftest import RECEIVED, TOP, written


def test_metadata(report: gongkai.Report) -> None:
    assert report.title == "青禾镇人民政府2021年政府信息公开工作年度报告"
    assert (report.agency, report.agency_level) == ("青禾镇人民政府", "township")
    assert (report.year, report.edition, report.format) == (2021, "2021", "text")
    assert report.signed == datetime.date(2022, 1, 20)
    assert report.published is None and report.document_number is None
    assert report.period is not None
    assert report.period.start == datetime.date(2021, 1, 1)
    assert report.period.end == datetime.date(2021, 12, 31)
    assert {block.table for block in report.editions} <= {"proactive", "requests"}
    assert repr(report).startswith("<gongkai.Report 青禾镇人民政府 2021 (text): ")


def test_narrative(report: gongkai.Report) -> None:
    overview = report.sections[0]
    assert overview.roles == ("overview",) and overview.heading == "一、总体情况"
    assert [str(text) for text in overview.paragraphs] == ["本镇按时公开各项信息。"]
    assert overview.paragraphs[0].location.line == 4
    assert "统计期限" in report.preamble[0].text
    assert report.closing


def test_values_are_exact(report: gongkai.Report) -> None:
    fees = report["proactive.fees.amount"]
    assert isinstance(fees.value, Decimal) and str(fees.value) == fees.text == "0.50"
    assert fees.unit == "万元" and fees.edition == "2021"
    digits = "1234567890123456.789012345"
    exact = gongkai.read(written(fees=digits).encode())["proactive.fees.amount"]
    assert str(exact.value) == digits


def test_statuses(report: gongkai.Report) -> None:
    row = {fact.column: fact for fact in report.facts if fact.row == "received"}
    assert (row["total"].status, row["total"].value) == ("reported", Decimal(3))
    assert (row["research"].status, row["research"].value) == ("blank", None)
    assert (row["legal_services"].status, row["legal_services"].text) == ("not_applicable", "—")
    odd = gongkai.read(written(received="约3").encode())[RECEIVED]
    assert (odd.status, odd.value, odd.text) == ("unreadable", None, "约3")


def test_unit_of_the_form(report: gongkai.Report) -> None:
    fact = report[RECEIVED]
    assert fact.unit is None and fact.form_unit == "件"
    assert (fact.table, fact.row, fact.column) == ("requests", "received", "total")
    assert fact.location.line is not None and "line" in str(fact.location)


def test_lookup(report: gongkai.Report) -> None:
    fact = report[RECEIVED]
    assert fact == report.get(RECEIVED) == report.facts[RECEIVED] == report.facts.get(RECEIVED)
    assert RECEIVED in report and RECEIVED in report.facts and fact in report.facts
    assert "no.such.cell" not in report and 3 not in report.facts
    assert report.get("no.such.cell") is None and report.get("no.such.cell", 0) == 0
    with pytest.raises(KeyError, match=r"no\.such\.cell"):
        report["no.such.cell"]
    with pytest.raises(KeyError):
        report.facts["no.such.cell"]


def test_facts_are_a_sequence(report: gongkai.Report) -> None:
    facts = report.facts
    as_list = list(facts)
    assert len(facts) == len(as_list) > 0
    assert facts[0] == as_list[0] and facts[-1] == as_list[-1] and facts[1:3] == as_list[1:3]
    assert list(reversed(facts)) == as_list[::-1]
    for index in (len(facts), -len(facts) - 1):
        with pytest.raises(IndexError):
            facts[index]
    with pytest.raises(TypeError):
        facts[1.5]  # type: ignore[call-overload]


def test_findings() -> None:
    report = gongkai.read(written(received="约3").encode())
    finding = next(f for f in report.findings if RECEIVED in f.facts)
    assert finding.severity in ("error", "warning", "info")
    assert finding.verdict in ("failed", "unknown")
    assert finding.message.zh and finding.message.en == str(finding.message)
    assert len(finding.fingerprint) == 16
    assert finding.code in repr(finding)


def every_value(report: gongkai.Report) -> list[Any]:
    odd = gongkai.read(written(received="约3").encode())
    suggestions = [s for f in odd.findings for s in f.suggestions]
    return [
        report,
        report.facts,
        report.facts[0],
        report.facts[0].location,
        report.sections[0],
        report.preamble[0],
        report.period,
        report.editions[0],
        odd.findings[0],
        odd.findings[0].message,
        gongkai.Limits(),
        gongkai.indicators()[0],
        *suggestions,
    ]


def test_every_class_compares_hashes_copies_and_pickles(report: gongkai.Report) -> None:
    again = gongkai.read(written().encode())
    for value, twin in zip(every_value(report), every_value(again), strict=True):
        for same in (
            twin,
            copy.copy(value),
            copy.deepcopy(value),
            pickle.loads(pickle.dumps(value)),
            pickle.loads(pickle.dumps(value, protocol=2)),
        ):
            assert same == value and hash(same) == hash(value)
        assert value != "other" and type(value).__module__ == "gongkai"
        assert type(value).__name__ in repr(value)
    assert gongkai.read(written(received="4").encode()) != report


def test_json_comes_back_equal(report: gongkai.Report) -> None:
    back = gongkai.Report.from_json(report.to_json())
    assert back == report and back.to_json() == report.to_json()
    assert report.to_dict()["schema_version"] == gongkai.SCHEMA_VERSION
    for wrong in ("", "{}", report.to_json().replace('"schema_version":1', '"schema_version":9')):
        with pytest.raises(gongkai.CallerError):
            gongkai.Report.from_json(wrong)


def test_text_page(report: gongkai.Report) -> None:
    page = report.text()
    assert "青禾镇人民政府" in page and "0.50万元" in page and "□" in page


def test_nothing_can_be_changed(report: gongkai.Report) -> None:
    for value in (report, report.facts[0], report.facts[0].location, gongkai.Limits()):
        with pytest.raises((AttributeError, TypeError)):
            setattr(value, "table", "other")  # noqa: B010


def test_indicators() -> None:
    indicators = gongkai.indicators()
    by_id = {(i.edition, i.id): i for i in indicators}
    assert len(by_id) == len(indicators) == 398
    state_secret = by_id["2021", "requests.denied.state_secret.natural_person"]
    assert state_secret.row_labels[-1] == "1.属于国家秘密"
    assert (state_secret.column_labels, state_secret.unit) == (("自然人",), "件")


def test_version() -> None:
    manifest = (TOP / "Cargo.toml").read_text(encoding="utf-8")
    assert f'version = "{gongkai.__version__}"' in manifest


def test_samples() -> None:
    for path in sorted((TOP / "examples/reports").iterdir()):
        report = gongkai.read(path)
        assert report.year is not None and report.edition is not None, path
        assert all(fact.status != "unreadable" for fact in report.facts), path
        assert len(report.facts) == {"2019": 198, "2021": 200}[report.edition], path


def test_published(published: Path) -> None:
    import sys

    sys.path.insert(0, str(TOP / "examples"))
    import demo

    scores = list(demo.scores(published))
    assert len(scores) == 5 * len(demo.CARRIERS)
    assert [score for score in scores if score[1:] != (score[3], 0, score[3])] == []
