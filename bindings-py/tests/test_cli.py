"""The command, as a user runs it."""

from __future__ import annotations

import csv
import io
import json
import os
import pty
import select
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

import gongkai
from conftest import written
from gongkai import command

HEADER = "source,agency,year,edition,table,row,column,value,unit,status,text"


def run(*arguments: str | Path, stdin: bytes = b"") -> subprocess.CompletedProcess[bytes]:
    command = [sys.executable, "-m", "gongkai", *map(str, arguments)]
    return subprocess.run(command, input=stdin, capture_output=True, timeout=60, check=False)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Three readable files, one that is not, and others that nobody asked for."""
    folder = tmp_path / "年报"
    for name, received in (("b/二.txt", "2"), ("a/一.txt", "1"), ("三.TXT", "3")):
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(written(received=received), encoding="utf-8")
    (folder / "b" / "坏.docx").write_bytes(b"no zip archive")
    (folder / "b" / "~$二.docx").write_bytes(b"lock file")
    (folder / "b" / "notes.gif").write_bytes(b"GIF89a")
    (folder / ".hidden").mkdir()
    (folder / ".hidden" / "x.txt").write_text(written(), encoding="utf-8")
    return folder


def records(output: bytes, encoding: str = "utf-8") -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(output.decode(encoding), newline="")))


def test_facts_of_a_file(path: Path, report: gongkai.Report) -> None:
    done = run("facts", path)
    assert (done.returncode, done.stderr) == (0, b"")
    lines = done.stdout.decode().split("\n")
    assert lines[0] == HEADER and lines[-1] == "" and "\r" not in done.stdout.decode()
    rows = records(done.stdout)
    assert len(rows) == len(report.facts)
    for row, fact in zip(rows, report.facts, strict=True):
        assert row == {
            "source": str(path),
            "agency": "青禾镇人民政府",
            "year": "2021",
            "edition": "2021",
            "table": fact.table,
            "row": fact.row,
            "column": fact.column,
            "value": "" if fact.value is None else str(fact.value),
            "unit": fact.unit or "",
            "status": fact.status,
            "text": fact.text,
        }


@pytest.mark.parametrize("jobs", ["1", "4"])
def test_folders_are_walked_and_failures_named(folder: Path, jobs: str) -> None:
    done = run("facts", folder, folder / "none.txt", "--jobs", jobs)
    assert done.returncode == 2
    sources = list(dict.fromkeys(row["source"] for row in records(done.stdout)))
    assert sources == [str(folder / name) for name in ("三.TXT", "a/一.txt", "b/二.txt")]
    complaints = done.stderr.decode().splitlines()
    assert [str(folder / "b/坏.docx") in complaints[0], "none.txt" in complaints[1]] == [True, True]
    assert len(complaints) == 2


@pytest.mark.parametrize("jobs", ["1", "4"])
def test_archives_are_opened(folder: Path, jobs: str) -> None:
    inner = folder / "a" / "一.txt"
    with zipfile.ZipFile(folder / "c.zip", "w") as archive:
        archive.write(inner, "年报/一.txt")
        archive.writestr("坏.docx", b"no report")
    done = run("facts", folder / "c.zip", inner, "--jobs", jobs)
    (complaint,) = done.stderr.decode().splitlines()
    assert done.returncode == 2 and complaint.startswith(f"gongkai: {folder / 'c.zip!/坏.docx'}: ")
    found: dict[str, list[str]] = {}
    for row in records(done.stdout):
        found.setdefault(row["source"], []).append(row["value"])
    assert list(found) == [str(folder / "c.zip!/年报/一.txt"), str(inner)]
    assert len(set(map(tuple, found.values()))) == 1
    sources = {row["source"] for row in records(run("facts", folder, "--jobs", jobs).stdout)}
    assert set(found) <= sources
    same = run("facts", "-", "--jobs", jobs, stdin=(folder / "c.zip").read_bytes())
    assert {row["source"] for row in records(same.stdout)} == {"-!/年报/一.txt"}


def test_json_lines(path: Path, report: gongkai.Report) -> None:
    done = run("facts", "--format", "jsonl", path)
    objects = [json.loads(line) for line in done.stdout.decode().splitlines()]
    assert list(objects[0]) == HEADER.split(",")
    assert [o["text"] for o in objects] == [fact.text for fact in report.facts]
    assert objects[0]["year"] == 2021
    assert run("facts", "--format", "jsonl", "--bom", path).returncode == 2


def test_standard_input(text: str) -> None:
    done = run("facts", "-", stdin=text.encode())
    assert done.returncode == 0 and records(done.stdout)[0]["source"] == "-"
    assert run("facts", "-").returncode == 2


def test_output_file(path: Path, tmp_path: Path) -> None:
    out = tmp_path / "facts.csv"
    assert run("facts", path, "-o", out).stdout == b""
    assert out.read_bytes() == run("facts", path).stdout
    done = run("facts", path, "-o", tmp_path / "none" / "facts.csv")
    assert done.returncode == 2 and b"Traceback" not in done.stderr


def test_files_of_other_programs(folder: Path, tmp_path: Path) -> None:
    parquet, out = pytest.importorskip("pyarrow.parquet"), tmp_path / "facts.parquet"
    done = run("facts", folder, folder / "none.txt", "--format", "parquet", "-o", out)
    assert (done.returncode, done.stdout) == (2, b"")
    assert done.stderr == run("facts", folder, folder / "none.txt", "-o", os.devnull).stderr
    own = gongkai.read_many(folder)
    assert parquet.read_table(out).to_pylist() == list(own.facts)
    xlsx = tmp_path / "facts.xlsx"
    done = run("facts", "-", "--format", "xlsx", "-o", xlsx, stdin=written().encode())
    assert (done.returncode, done.stderr) == (0, b"")
    sheets = pytest.importorskip("openpyxl").load_workbook(xlsx).sheetnames
    assert sheets[-1] == "青禾镇人民政府 2021"


def test_patterns_are_expanded(folder: Path) -> None:
    (folder / "[1].txt").write_text(written(received="4"), encoding="utf-8")
    for pattern, names in (
        ("*.txt", ["[1].txt"]),
        ("**/?.txt", ["a/一.txt", "b/二.txt"]),
        ("[1].txt", ["[1].txt"]),
        ("[ab]", ["a/一.txt", "b/二.txt"]),
    ):
        done = run("facts", folder / pattern)
        sources = list(dict.fromkeys(row["source"] for row in records(done.stdout)))
        assert sources == [str(folder / name) for name in names]
    done = run("facts", folder / "*.htm")
    assert done.returncode == 2 and "*.htm: no such file" in done.stderr.decode()


def test_encodings(tmp_path: Path) -> None:
    path = tmp_path / "r.txt"
    path.write_text(written(town="𠮷祥镇"), encoding="utf-8")
    plain = run("facts", path).stdout
    assert "𠮷祥镇".encode() in plain
    assert run("facts", path, "--bom").stdout == b"\xef\xbb\xbf" + plain
    chinese = run("facts", path, "--encoding", "gb18030")
    assert chinese.stdout.decode("gb18030") == plain.decode()
    marked = run("facts", path, "--encoding", "gb18030", "--bom").stdout
    assert marked == b"\x84\x31\x95\x33" + chinese.stdout
    path.write_text(written(town="龴镇"), encoding="utf-8")
    # The bytes of 2022; in earlier editions they were another character's.
    assert b"\xfe\x59" in run("facts", path, "--encoding", "gb18030").stdout
    path.write_text(written(town="\ue81e镇"), encoding="utf-8")
    assert run("facts", path, "--encoding", "gb18030").returncode == 2


@pytest.mark.skipif(sys.platform != "linux", reason="file names are Unicode elsewhere")
def test_a_name_that_is_no_text_fails_its_own_file(path: Path, text: str) -> None:
    odd = os.fsencode(path.parent) + b"/\xff.txt"
    with open(odd, "wb") as file:
        file.write(text.encode())
    for encoding in ("utf-8", "gb18030"):
        done = run("facts", os.fsdecode(odd), path, "--encoding", encoding)
        assert done.returncode == 2
        assert {row["source"] for row in records(done.stdout, encoding)} == {str(path)}
        assert b"cannot write" in done.stderr and b"Traceback" not in done.stderr
    os.rename(odd, os.fsencode(path.parent) + b"/b.\xff")
    assert run("facts", path.parent).stdout == run("facts", path).stdout


def test_show(path: Path, report: gongkai.Report) -> None:
    done = run("show", path, path)
    assert (done.returncode, done.stderr) == (0, b"")
    assert done.stdout.decode() == report.text() + "\n" + report.text()
    assert run("show", path, path.parent / "none").returncode == 2


def test_broken_pipe_is_quiet(folder: Path) -> None:
    command = [sys.executable, "-m", "gongkai", "facts", *[str(folder / "三.TXT")] * 500]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        assert process.stdout is not None and process.stderr is not None
        process.stdout.read(10)
        process.stdout.close()
        assert process.stderr.read() == b""


def test_version_and_usage(path: Path) -> None:
    assert run("--version").stdout.decode() == f"gongkai {gongkai.__version__}\n"
    for wrong in (
        [],
        ["facts"],
        ["facts", path, "--format", "xlsx"],
        ["facts", path, "--format", "parquet"],
        ["facts", path, "--format", "sav"],
        ["facts", path, "--jobs", "0"],
    ):
        done = run(*wrong)
        assert done.returncode == 2 and done.stderr.startswith(b"usage: gongkai")


def test_console_script(path: Path) -> None:
    script = Path(sys.executable).parent / "gongkai"
    done = subprocess.run([script, "facts", path], capture_output=True, timeout=60, check=False)
    assert done.stdout == run("facts", path).stdout


def test_order_holds_and_few_results_wait() -> None:
    begun: list[int] = []

    def work(number: int) -> int:
        begun.append(number)
        return number

    results = command.in_order(work, range(1000), jobs=2)
    assert next(results) == 0 and len(begun) < 20
    assert list(results) == list(range(1, 1000))


def test_progress_on_a_terminal_only(
    monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    quiet = command.Progress(2)
    quiet.step()
    assert capfd.readouterr().err == ""
    ours, theirs = pty.openpty()
    with open(theirs, "w") as terminal:
        monkeypatch.setattr(command, "MOMENT", 0.0)
        monkeypatch.setattr(sys, "stderr", terminal)
        progress = command.Progress(2)
        progress.step()
        progress.say("gongkai: a.txt: no")
        terminal.flush()
        # A terminal hands over what has arrived so far, perhaps in pieces.
        seen = ""
        while not seen.endswith("\n") and select.select([ours], [], [], 10)[0]:
            seen += os.read(ours, 1000).decode()
    os.close(ours)
    assert seen == "\r1/2 files\r\033[Kgongkai: a.txt: no\r\n"
