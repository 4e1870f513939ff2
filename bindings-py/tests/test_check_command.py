"""`gongkai check`, as a user runs it."""

from __future__ import annotations

import datetime
import json
from pathlib import Path

import pytest
from test_cli import run

import gongkai
from conftest import TOP

VIEWS = TOP / "tests/views"
WRONG = VIEWS / "sums-wrong.txt"
RIGHT = TOP / "examples/reports/qinghe-2021.txt"


def test_exit_codes(tmp_path: Path) -> None:
    assert run("check", RIGHT).returncode == 0
    done = run("check", WRONG, RIGHT)
    assert (done.returncode, done.stderr) == (1, b"")
    done = run("check", tmp_path / "none.txt", WRONG)
    assert done.returncode == 2 and b"none.txt" in done.stderr
    assert "REQ-ROW-TOTAL" in done.stdout.decode()
    # What cannot be decided is no error.
    blank = tmp_path / "blank.txt"
    blank.write_text(RIGHT.read_text("utf-8").replace("\t2\n\t0\n", "\t\n\t0\n", 1), "utf-8")
    done = run("check", blank)
    assert done.returncode == 0 and "待定" in done.stdout.decode()


def test_folders_are_walked(tmp_path: Path) -> None:
    for name in ("b/二.txt", "a/一.txt"):
        (tmp_path / name).parent.mkdir()
        (tmp_path / name).write_bytes(WRONG.read_bytes())
    done = run("check", tmp_path, "--format", "json")
    sources = [found["source"] for found in json.loads(done.stdout)["reports"]]
    assert sources == [str(tmp_path / "a/一.txt"), str(tmp_path / "b/二.txt")]
    assert done.stderr.decode().startswith("共2份报告，2份有错误")


def test_text(tmp_path: Path) -> None:
    done = run("check", WRONG, "--lang", "en")
    report = gongkai.read(WRONG)
    evaluation = gongkai.evaluate(report, reading=True)
    checked = gongkai.Checked(str(WRONG), report, *evaluation)
    assert done.stdout.decode() == gongkai.write_findings([checked], lang="en")
    out = tmp_path / "out.txt"
    done = run("check", WRONG, "-o", out, "--encoding", "gb18030")
    assert done.stdout == b"" and "3份" not in done.stderr.decode()
    assert out.read_bytes().decode("gb18030") == gongkai.write_findings([checked])


def test_reading_and_checks_are_one_list() -> None:
    done = run("check", "-", "--format", "json", stdin=WRONG.read_bytes())
    (found,) = gongkai.read_findings(done.stdout.decode())
    assert found.source == "-"
    assert list(found.findings) == gongkai.evaluate(gongkai.read(WRONG), reading=True).findings


def test_sarif_and_ess() -> None:
    done = run("check", WRONG, "--format", "sarif", "--lang", "en")
    log = json.loads(done.stdout)
    assert (done.returncode, log["version"]) == (1, "2.1.0")
    time = "20240131T101530+0800"
    done = run("check", WRONG, "--format", "ess", "--time", time)
    assert {v["event"]["time"] for v in json.loads(done.stdout)} == {time}
    now = json.loads(run("check", WRONG, "--format", "ess").stdout)[0]["event"]["time"]
    datetime.datetime.strptime(now, "%Y%m%dT%H%M%S%z")


def test_waivers(tmp_path: Path) -> None:
    file = tmp_path / "waivers.json"
    found = gongkai.evaluate(gongkai.read(WRONG), reading=True).findings
    given = ["--waivers", str(file), "--by", "王某", "--why", "机构合并"]
    done = run("check", WRONG, *given, "--waive", found[0].fingerprint[:8])
    assert done.returncode == 1 and "已豁免1条" in done.stdout.decode()
    rest = [part for f in found[1:] for part in ("--waive", f.fingerprint)]
    assert run("check", WRONG, *given, *rest).returncode == 0
    waivers = gongkai.Waivers.from_json(file.read_text("utf-8"))
    assert [w.fingerprint for w in waivers.list] == [f.fingerprint for f in found]
    done = run("check", RIGHT, "--waivers", file)
    assert done.returncode == 0
    complaints = done.stderr.decode().splitlines()
    assert len(complaints) == len(found) and "matches no finding" in complaints[0]
    for wrong in ("00000000", found[0].fingerprint[:4]):
        done = run("check", WRONG, *given, "--waive", wrong)
        assert done.returncode == 2 and b"does not name one finding" in done.stderr
    file.write_text('{"schema_version": 1, "waivers": [{"fingerprint": "x"}]}')
    done = run("check", WRONG, "--waivers", file)
    assert done.returncode == 2 and done.stderr.startswith(b"gongkai: ")


def test_baseline(tmp_path: Path) -> None:
    file = tmp_path / "earlier.json"
    run("check", WRONG, "--format", "json", "-o", file)
    done = run("check", WRONG, "--baseline", file, "--format", "json")
    (found,) = gongkai.read_findings(done.stdout.decode())
    assert done.returncode == 1 and {f.baseline for f in found.findings} == {"unchanged"}
    mended = tmp_path / WRONG.name
    mended.write_bytes(RIGHT.read_bytes())
    done = run("check", mended, "--baseline", file)
    assert done.returncode == 0 and "已消除6条" in done.stdout.decode()
    done = run("check", WRONG, "--baseline", tmp_path / "none.json")
    assert done.returncode == 2 and b"none.json" in done.stderr


def test_series_and_parent(tmp_path: Path) -> None:
    done = run("check", TOP / "examples/reports", "--series", "--format", "json")
    codes = {
        found.source.rsplit("/", 1)[-1]: {f.code for f in found.findings}
        for found in gongkai.read_findings(done.stdout.decode())
    }
    assert any(code.startswith("XY-") for code in codes["qinghe-2022.docx"])
    assert not any(code.startswith("XY-") for code in codes["qinghe-2021.txt"])
    done = run("check", "--parent", RIGHT, WRONG, WRONG, "--format", "json")
    parent, *members = gongkai.read_findings(done.stdout.decode())
    assert parent.source == str(RIGHT) and len(members) == 2
    assert any(f.code.startswith("RU-") for f in parent.findings)
    assert not any(f.code.startswith("RU-") for found in members for f in found.findings)


@pytest.mark.parametrize(
    "wrong",
    [
        [],
        [WRONG, "--format", "xml"],
        [WRONG, "--format", "json", "--encoding", "gb18030"],
        [WRONG, "--waive", "00000000"],
        [WRONG, "--lang", "fr"],
    ],
)
def test_usage(wrong: list[str | Path]) -> None:
    done = run("check", *wrong)
    assert done.returncode == 2 and done.stderr.startswith(b"usage: gongkai")
