"""Checks, waivers, comparison with earlier findings, and the forms of findings."""

from __future__ import annotations

import copy
import datetime
import json
import pickle
import subprocess
from pathlib import Path
from typing import Any, Literal

import pytest
from jsonschema import Draft7Validator, Draft202012Validator

import gongkai
from conftest import TOP, written

VIEWS = TOP / "tests/views"
SCHEMAS = TOP / "core/schema"
LANGUAGES: tuple[Literal["zh", "en"], ...] = ("zh", "en")


def wrong() -> gongkai.Report:
    """A report whose granted requests do not add up."""
    return gongkai.read(VIEWS / "sums-wrong.txt")


def checked(report: gongkai.Report, **options: Any) -> gongkai.Checked:
    evaluation = gongkai.evaluate(report, reading=True, **options)
    return gongkai.Checked("a/报告 1.txt", report, evaluation.findings, evaluation.outcomes)


def schema(name: str) -> dict[str, Any]:
    text = (SCHEMAS / f"{name}.schema.json").read_text(encoding="utf-8")
    return json.loads(text)  # type: ignore[no-any-return]


def errors(schema: dict[str, Any], text: str) -> list[str]:
    found = Draft202012Validator(schema).iter_errors(json.loads(text))
    return [f"{error.json_path}: {error.message}" for error in found]


def test_check() -> None:
    report = wrong()
    findings = report.check()
    total = next(f for f in findings if f.code == "REQ-ROW-TOTAL")
    assert (total.severity, total.verdict, total.expected, total.actual) == (
        "error",
        "failed",
        "2",
        "4",
    )
    assert total.facts[-1] == "requests.granted.total"
    assert (total.waiver, total.baseline, total.regraded) == (None,) * 3
    assert total.group == next(f for f in findings if f.code == "LOC-CELLS").group
    evaluation = gongkai.evaluate(report)
    assert evaluation.findings == findings
    holding = {outcome.code for outcome in evaluation.outcomes if outcome.holds}
    assert {"REQ-ROW-TOTAL", "REV-TOTAL"} <= holding
    for outcome in evaluation.outcomes:
        if outcome.finding is not None:
            assert findings[outcome.finding].code == outcome.code


def test_nothing_stands_twice() -> None:
    """What a check passes on from the reader is not listed again."""
    report = gongkai.read(written(received="约3").encode())
    own = gongkai.evaluate(report).findings
    both = gongkai.evaluate(report, reading=True).findings
    assert both[: len(own)] == own and len(both) > len(own)
    prints = [finding.fingerprint for finding in both]
    assert len(set(prints)) == len(prints)
    assert {f.fingerprint for f in report.findings} <= set(prints)


def test_catalogue() -> None:
    checks = {check.code: check for check in gongkai.checks()}
    balance = checks["REQ-BALANCE"]
    assert (balance.severity, balance.level, balance.editions) == ("error", 1, ("2019", "2021"))
    assert balance.title.zh and balance.title.en and balance.clause


def test_options() -> None:
    report = wrong()
    why = "核对中"
    findings = report.check(severities={"REQ-BALANCE": ("warning", why)})
    changed = next(f for f in findings if f.code == "REQ-BALANCE")
    assert changed.severity == "warning" and changed.regraded is not None
    assert (changed.regraded.severity, changed.regraded.why) == ("error", why)
    assert len(report.check(findings=1)) == 2
    for options in (
        {"severities": {"REQ-BALANCE": ("fatal", "")}},
        {"severities": {"REQ-NONE": ("error", "")}},
    ):
        with pytest.raises(gongkai.CallerError):
            report.check(**options)  # type: ignore[arg-type]
    wrong_types: list[dict[str, Any]] = [{"severity": 1}, {"jump": "x"}, {"trusted": 3}]
    for wrong_type in [*wrong_types, {"waivers": []}]:
        with pytest.raises(TypeError):
            report.check(**wrong_type)


def test_waivers() -> None:
    report = wrong()
    finding = report.check()[0]
    day = datetime.date(2024, 1, 31)
    waivers = gongkai.Waivers().waive(finding, by="王某", when=day, why="已更正")
    assert errors(schema("waivers"), waivers.to_json()) == []
    assert gongkai.Waivers.from_json(waivers.to_json()) == waivers
    waived = report.check(waivers=waivers)[0]
    assert waived.waiver is not None and waived.fingerprint == finding.fingerprint
    assert (waived.waiver.by, waived.waiver.when, waived.waiver.why) == ("王某", day, "已更正")
    assert waivers.unused([waived]) == [] and waivers.unused([]) == list(waivers.list)
    again = waivers.waive(finding, by="李某", when=day, why="复核")
    assert [w.waiver.by for w in again.list] == ["李某"]
    with pytest.raises(gongkai.CallerError):
        waivers.waive(finding, by="", when=day, why="x")
    with pytest.raises(gongkai.CallerError):
        gongkai.Waivers.from_json("{}")


def test_comparison_with_an_earlier_run() -> None:
    now = checked(wrong())
    kept, gone = now.findings[0], copy.copy(now.findings[1])
    earlier = gongkai.read_findings(gongkai.write_findings([now], "json"))
    assert {f.baseline for f in gongkai.compare(now, earlier).findings} == {"unchanged"}
    assert {f.baseline for f in gongkai.compare(now, []).findings} == {"new"}
    fewer = now._replace(findings=[kept], source="renamed.txt")
    compared = gongkai.compare(fewer, earlier)
    assert compared.findings[0].baseline == "unchanged"
    assert compared.findings[1].fingerprint == gone.fingerprint
    assert {f.baseline for f in compared.findings[1:]} == {"gone"}
    # What was gone then is not gone again.
    later = gongkai.read_findings(gongkai.write_findings([compared], "json"))
    assert len(gongkai.compare(fewer, later).findings) == 1


def test_series_and_rollup() -> None:
    first = gongkai.read(TOP / "examples/reports/qinghe-2021.txt")
    second = gongkai.read(TOP / "examples/reports/qinghe-2022.docx")
    found = gongkai.check_series([second, first])
    assert {f.report for f in found} == {0} and any(f.code.startswith("XY-") for f in found)
    found = gongkai.check_rollup(first, [second], members=["白鹭镇人民政府"])
    assert any(f.code == "RU-MEMBER" for f in found)


def test_json_follows_the_schema_and_comes_back() -> None:
    runs = [checked(wrong()), checked(gongkai.read(written(received="约3").encode()))]
    text = gongkai.write_findings(runs, "json")
    assert errors(schema("findings"), text) == []
    back = gongkai.read_findings(text)
    assert [list(found.findings) for found in back] == [list(run.findings) for run in runs]
    assert (back[0].source, back[0].agency, back[0].year) == (
        runs[0].source,
        "青禾镇人民政府",
        2021,
    )
    for path in VIEWS.glob("*.json"):
        if not path.name.endswith((".waivers.json", ".ess.json")):
            text = path.read_text(encoding="utf-8")
            assert errors(schema("findings"), text) == [], path
            gongkai.read_findings(text)


def test_schemas_agree() -> None:
    report, findings = schema("report"), schema("findings")
    for name, definition in findings["$defs"].items():
        if name != "report":
            assert definition == report["$defs"][name], name
    for one in (findings, schema("waivers")):
        Draft202012Validator.check_schema(one)


@pytest.fixture(scope="session")
def sarif_schema() -> dict[str, Any]:
    """The schema of SARIF 2.1.0 as the locked crate `serde-sarif` ships it."""
    command = ["cargo", "metadata", "--format-version=1", "--locked", "--features=serde-sarif"]
    command += ["--filter-platform=x86_64-unknown-linux-gnu"]
    done = subprocess.run(command, cwd=TOP / "tests", capture_output=True, timeout=300, check=False)
    if done.returncode != 0:
        pytest.skip(f"the crate serde-sarif cannot be had: {done.stderr.decode()[-200:]}")
    packages = json.loads(done.stdout)["packages"]
    (manifest,) = (p["manifest_path"] for p in packages if p["name"] == "serde-sarif")
    text = Path(manifest).parent.joinpath("src/schema.json").read_text(encoding="utf-8")
    return json.loads(text)  # type: ignore[no-any-return]


def test_sarif_follows_its_schema(sarif_schema: dict[str, Any]) -> None:
    logs = [path.read_text(encoding="utf-8") for path in VIEWS.glob("*.sarif")]
    assert logs
    docx = gongkai.read(TOP / "examples/reports/qinghe-2022.docx")
    for lang in LANGUAGES:
        logs.append(gongkai.write_findings([checked(wrong()), checked(docx)], "sarif", lang=lang))
    for log in logs:
        found = Draft7Validator(sarif_schema).iter_errors(json.loads(log))
        assert [f"{error.json_path}: {error.message}" for error in found] == []


def test_sarif_says_what_was_found() -> None:
    waivers = gongkai.Waivers()
    run = checked(wrong())
    day = datetime.date(2024, 1, 31)
    waivers = waivers.waive(run.findings[0], by="王某", when=day, why="已更正")
    run = gongkai.compare(checked(wrong(), waivers=waivers), [])
    (log,) = json.loads(gongkai.write_findings([run], "sarif", lang="en"))["runs"]
    descriptors = log["tool"]["driver"]["rules"]
    assert [d["id"] for d in descriptors] == [c.code for c in gongkai.checks()]
    (translation,) = log["translations"]
    assert translation["language"] == "zh-CN" and len(translation["rules"]) == len(descriptors)
    assert log["artifacts"][0]["location"]["uri"] == "a/%E6%8A%A5%E5%91%8A%201.txt"
    for result, finding in zip(log["results"], run.findings, strict=True):
        assert descriptors[result["ruleIndex"]]["id"] == result["ruleId"] == finding.code
        assert result["message"]["text"] == finding.message.en
        assert result["partialFingerprints"] == {"gongkai/v1": finding.fingerprint}
        level = {"error": "error", "info": "note"}[finding.severity]
        assert (result["kind"], result["level"]) == ("fail", level)
        assert result["baselineState"] == "new"
        (place,) = result["locations"]
        name = place["logicalLocations"][0]["fullyQualifiedName"]
        line = run.report[name].location.line
        assert place["physicalLocation"]["region"]["startLine"] == line
    suppressed = [result.get("suppressions") for result in log["results"]]
    assert suppressed[0][0]["justification"] == "已更正" and not any(suppressed[1:])


def test_ess_report() -> None:
    text = (Path(__file__).parent / "schemas/ess-validation-report.schema.json").read_text("utf-8")
    time = "20240131T101530+0800"
    waivers = gongkai.Waivers().waive(
        wrong().check()[0], by="王某", when=datetime.date(2024, 1, 31), why="已更正"
    )
    run = checked(wrong(), waivers=waivers, severities={"REQ-BALANCE": ("info", "试点")})
    out = gongkai.write_findings([run, run._replace(source="b")], "ess", lang="en", time=time)
    assert errors(json.loads(text), out) == []
    validations = json.loads(out)
    assert len({v["id"] for v in validations}) == len(validations)
    own = [v for v in validations if v["id"].startswith(run.source)]
    assert len(own) == len(run.outcomes)
    for validation, outcome in zip(own, run.outcomes, strict=True):
        assert validation["value"] == {True: "1", False: "0", None: "NA"}[outcome.holds]
    changed = {v["rule"].get("explanation") for v in own if v["rule"].get("change") == "down"}
    assert changed == {"已更正 (王某, 2024-01-31)", "试点"}
    with pytest.raises(gongkai.CallerError):
        gongkai.write_findings([run], "ess")


def test_text_in_two_languages() -> None:
    run = checked(wrong())
    chinese, english = (gongkai.write_findings([run], lang=lang) for lang in LANGUAGES)
    assert "各类申请人合计2，总计栏4，差-2" in chinese
    assert "applicant columns add up to 2" in english
    summary = gongkai.write_findings([run], "summary", lang="en")
    assert english.endswith(summary + "\n") and "with errors" in summary
    for wrong_call in ({"format": "xml"}, {"lang": "fr"}):
        with pytest.raises(gongkai.CallerError):
            gongkai.write_findings([run], **wrong_call)  # type: ignore[arg-type]


def test_classes_compare_hash_copy_and_pickle() -> None:
    finding = wrong().check()[0]
    day = datetime.date(2024, 1, 31)
    waivers = gongkai.Waivers().waive(finding, by="王某", when=day, why="已更正")
    options: gongkai.CheckOptions = {
        "waivers": waivers,
        "severities": {finding.code: ("warning", "试点")},
    }
    full = wrong().check(**options)[0]
    run = checked(wrong())
    for value in (
        full,
        full.waiver,
        full.regraded,
        waivers,
        waivers.list[0],
        gongkai.read_findings(gongkai.write_findings([run], "json"))[0],
        gongkai.checks()[0],
        run.outcomes[0],
    ):
        for same in (copy.copy(value), copy.deepcopy(value), pickle.loads(pickle.dumps(value))):
            assert same == value and hash(same) == hash(value)
        assert value != "other" and type(value).__module__ == "gongkai"
        assert type(value).__name__ in repr(value)


def test_suggestions_keep_their_range() -> None:
    text = (VIEWS / "cell-suspect.found.json").read_text(encoding="utf-8")
    data = json.loads(text)
    found = data["reports"][0]
    found["findings"] = [f for f in found["findings"] if f["code"] == "LOC-CELLS"][1:]
    suggestion = found["findings"][0]["suggestions"][0]
    del suggestion["value"]
    suggestion["range"] = ["3", None]
    (kept,) = gongkai.read_findings(json.dumps(data))
    own = kept.findings[0].suggestions[0]
    assert (own.value, own.range, own.code) == (None, ("3", None), "WRONG_DIGIT")
    report = gongkai.read(VIEWS / "cell-suspect.txt")
    page = gongkai.write_findings([gongkai.Checked("x", report, kept.findings)])
    assert "36→3..?" in page and "requests.granted.natural_person 36 → 3..：" in page
