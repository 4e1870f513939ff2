"""Many files at once."""

from __future__ import annotations

import builtins
import copy
import io
import os
import pickle
import signal
import subprocess
import sys
import zipfile
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pytest

import gongkai
from conftest import RECEIVED, TOP, written

MANY = "GONGKAI_TEST_MANY"
"""Number of files of the long test; it runs where this is set, as by `make test-many`."""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Two readable files, two that are not, and one nobody asked for."""
    folder = tmp_path / "年报"
    (folder / "a").mkdir(parents=True)
    (folder / "a" / "一.txt").write_text(written(received="1"), encoding="utf-8")
    (folder / "二.txt").write_text(written(received="2"), encoding="utf-8")
    (folder / "坏.docx").write_bytes(b"no zip archive")
    (folder / "空.txt").write_bytes(b"")
    (folder / "notes.gif").write_bytes(b"GIF89a")
    return folder


def zipped(
    text: str, names: Sequence[str] = ("年报/甲.txt", "乙.docx", "丙.zip", "x.jpg")
) -> bytes:
    """An archive: a report, a file that is none, an archive, and one nobody asked for."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in names:
            inner = zipped(text, ["甲.txt"]) if name.endswith(".zip") else b"no report"
            archive.writestr(name, text.encode() if name.endswith(".txt") else inner)
    return packed.getvalue()


@pytest.fixture
def batch(folder: Path) -> gongkai.Batch:
    return gongkai.read_many([folder, folder / "none.txt"], jobs=2)


def test_folders_are_walked_in_order(folder: Path, batch: gongkai.Batch) -> None:
    names = ["二.txt", "坏.docx", "空.txt", "a/一.txt", "none.txt"]
    assert batch.sources == tuple(str(folder / name) for name in names)
    assert len(batch) == 5 and len(batch.reports) == 2
    assert [report[RECEIVED].text for report in batch.reports] == ["2", "1"]
    assert repr(batch) == "<gongkai.Batch: 2 reports, 3 errors>"
    assert repr(batch.reports) == "<gongkai.Reports: 2>"


def test_errors_are_those_of_reading_one_file(folder: Path, batch: gongkai.Batch) -> None:
    assert [error.source for error in batch.errors] == [
        str(folder / name) for name in ("坏.docx", "空.txt", "none.txt")
    ]
    for error in batch.errors:
        assert error.source is not None
        with pytest.raises(type(error)) as alone:
            gongkai.read(error.source)
        assert str(error) == str(alone.value) and error.message_zh == alone.value.message_zh
        assert (error.kind, error.code) == (alone.value.kind, alone.value.code)
    assert isinstance(batch.errors[-1], gongkai.MissingFileError)
    assert isinstance(batch.errors[-1], FileNotFoundError)
    read = [r for r in batch.table("reports") if r["status"] == "failed"]
    assert [(r["source"], r["error_kind"], r["error_code"], r["error"]) for r in read] == [
        (e.source, e.kind, e.code, e.message) for e in batch.errors
    ]


def test_every_kind_of_source(folder: Path, text: str, tmp_path: Path) -> None:
    data = text.encode()
    named = tmp_path / "r.txt"
    named.write_bytes(data)
    with open(named, "rb") as file:
        batch = gongkai.read_many(
            [data, bytearray(data), memoryview(data), io.BytesIO(data), file, str(named), named]
        )
    alone = gongkai.read(data)
    assert not batch.errors and set(batch.reports) == {alone}
    assert batch.sources == ("#1", "#2", "#3", "#4", *[str(named)] * 3)
    for one in (data, str(named), named, io.BytesIO(data), folder):
        assert gongkai.read_many(one).reports[0] is not None
    assert len(gongkai.read_many([])) == 0 and len(gongkai.read_many([]).table("panel")) == 0


@pytest.mark.parametrize("jobs", [1, 3])
def test_each_document_in_an_archive_is_a_source(folder: Path, text: str, jobs: int) -> None:
    archive = folder / "b.zip"
    archive.write_bytes(zipped(text))
    (folder / "c.zip").write_bytes(zipped(text, names=["读我.gif"]))
    totals: list[tuple[int, int, int]] = []
    batch = gongkai.read_many(folder, jobs=jobs, progress=lambda *counts: totals.append(counts))
    names = [f"b.zip!/{name}" for name in ("年报/甲.txt", "乙.docx", "丙.zip")]
    wanted = [*names, "c.zip", "二.txt", "坏.docx", "空.txt", "a/一.txt"]
    assert batch.sources == tuple(str(folder / name) for name in wanted)
    assert batch.reports[0] == gongkai.read(text.encode())
    assert [(error.source, error.code) for error in batch.errors[:3]] == [
        (str(folder / "b.zip!/乙.docx"), "not-a-report"),
        (str(folder / "b.zip!/丙.zip"), "archive"),
        (str(folder / "c.zip"), "no-documents"),
    ]
    assert totals[-1] == (8, 8, 5)
    assert gongkai.read_many(zipped(text)).sources[0] == "#1!/年报/甲.txt"
    limited = gongkai.read_many(archive, limits={"archive_bytes": 10})
    assert [error.code for error in limited.errors] == ["limit"]
    with pytest.raises(gongkai.UnsupportedError) as refused:
        gongkai.read(archive)
    assert refused.value.code == "archive"


def test_options_reach_every_file(folder: Path, text: str) -> None:
    limited = gongkai.read_many(folder, limits={"input_bytes": 10})
    assert {error.kind for error in limited.errors} == {"limit", "input"}
    chinese = gongkai.read_many([text.encode("gb18030")], encoding="gb18030")
    assert chinese.reports[0].encoding == "gb18030"
    assert gongkai.read_many([text.encode()], format="docx").errors
    with pytest.raises(gongkai.CallerError):
        gongkai.read_many([text.encode()], format="tiff")
    with pytest.raises(TypeError):
        gongkai.read_many([3])  # type: ignore[list-item]


def test_findings_are_those_of_the_checks(text: str) -> None:
    wrong = text.replace(
        "一、本年新收政府信息公开申请数量\n\t3\n", "一、本年新收政府信息公开申请数量\n\t4\n"
    )
    assert wrong != text
    checked = gongkai.read_many([wrong.encode()])
    codes = [record["code"] for record in checked.findings]
    assert "REQ-COLUMNS" in codes or any(code.startswith("REQ-") for code in codes)
    unchecked = gongkai.read_many([wrong.encode()], check=False)
    assert len(unchecked.findings) == len(unchecked.reports[0].findings) < len(codes)


@pytest.mark.parametrize("jobs", [1, 2, 7])
def test_the_order_does_not_depend_on_the_threads(jobs: int) -> None:
    sources = [written(received=str(number)).encode() for number in range(60)]
    batch = gongkai.read_many(sources, jobs=jobs)
    assert [int(report[RECEIVED].text) for report in batch.reports] == list(range(60))


def test_classes_compare_hash_copy_and_pickle(batch: gongkai.Batch, folder: Path) -> None:
    again = gongkai.read_many([folder, folder / "none.txt"], jobs=1)
    other = gongkai.read_many([written(received="9").encode()])
    pick: list[Callable[[gongkai.Batch], Any]] = [
        lambda batch: batch,
        lambda batch: batch.reports,
        lambda batch: batch.facts,
        lambda batch: batch.table("panel_status"),
    ]
    for of in pick:
        value = of(batch)
        for same in (
            of(again),
            copy.copy(value),
            copy.deepcopy(value),
            pickle.loads(pickle.dumps(value)),
            pickle.loads(pickle.dumps(value, protocol=2)),
        ):
            assert same == value and hash(same) == hash(value)
        assert value != of(other) and value != "other"
        assert type(value).__module__ == "gongkai" and type(value).__name__ in repr(value)
    back = pickle.loads(pickle.dumps(batch))
    assert list(back.facts) == list(batch.facts) and list(back.reports) == list(batch.reports)
    assert [str(e) for e in back.errors] == [str(e) for e in batch.errors]
    with pytest.raises(gongkai.CallerError):
        gongkai.Batch._from_state([("x", b"no", b"no")])  # type: ignore[attr-defined]


def test_reports_are_a_sequence(batch: gongkai.Batch) -> None:
    reports = batch.reports
    assert reports[-1] == reports[1] == list(reports)[1]
    for index in (2, -3):
        with pytest.raises(IndexError):
            reports[index]


def test_progress_is_called(text: str) -> None:
    seen: list[tuple[int, int, int]] = []
    gongkai.read_many([text.encode()] * 200 + [b""], progress=lambda *counts: seen.append(counts))
    assert len(seen) > 1 and seen == sorted(seen) and seen[-1] == (201, 201, 1)

    def fail(*counts: int) -> None:
        raise LookupError("enough")

    with pytest.raises(LookupError, match="enough"):
        gongkai.read_many([text.encode()] * 200, progress=fail)


def test_progress_is_shown(
    text: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    gongkai.read_many([text.encode()] * 100, progress=True)
    assert "100/100" in capsys.readouterr().err
    real = builtins.__import__

    def without_tqdm(name: str, *rest: Any, **keywords: Any) -> Any:
        if name.startswith("tqdm"):
            raise ImportError(name)
        return real(name, *rest, **keywords)

    monkeypatch.setattr(builtins, "__import__", without_tqdm)
    gongkai.read_many([text.encode()] * 3 + [b""], progress=True)
    assert capsys.readouterr().err.endswith("4/4 files, 1 failed\n")
    gongkai.read_many([text.encode()] * 3)
    assert capsys.readouterr().err == ""


def script(*lines: str) -> list[str]:
    return [sys.executable, "-c", "\n".join(lines)]


def test_interrupt_ends_the_work_before_it_is_done(tmp_path: Path) -> None:
    sample = TOP / "examples/reports/qinghe-2022.docx"
    program = script(
        "import gongkai",
        "def told(*counts): print(counts[0], flush=True)",
        f"gongkai.read_many([{str(sample)!r}] * 1_000_000, progress=told)",
    )
    with subprocess.Popen(program, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        assert process.stdout is not None and process.stderr is not None
        assert process.stdout.readline()
        process.send_signal(signal.SIGINT)
        output, error = process.communicate(timeout=60)
    told = [int(line) for line in output.split()]
    assert max(told, default=0) < 1_000_000
    assert b"KeyboardInterrupt" in error and process.returncode == -signal.SIGINT


@pytest.mark.skipif(not hasattr(os, "fork"), reason="there is no fork here")
def test_a_forked_child_reads_too() -> None:
    sample = TOP / "examples/reports/qinghe-2022.docx"
    program = script(
        "import os, gongkai",
        f"sources = [{str(sample)!r}] * 50",
        "first = gongkai.read_many(sources, jobs=2)",
        "child = os.fork()",
        "same = gongkai.read_many(sources, jobs=2) == first",
        "if child == 0: os._exit(0 if same else 3)",
        "assert same and os.waitpid(child, 0)[1] == 0",
    )
    subprocess.run(program, check=True, timeout=60)


@pytest.mark.skipif(MANY not in os.environ, reason=f"{MANY} is not set")
def test_memory_stays_flat(tmp_path: Path) -> None:
    """`read_many` and its tables, and the command, over thousands of files."""
    sample = (TOP / "examples/reports/qinghe-2022.docx").read_bytes()
    number = int(os.environ[MANY])
    for index in range(number):
        path = tmp_path / f"{index // 100:04}" / f"{index:06}.docx"
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(sample)
    measured = (
        "import resource, sys, time, gongkai.cli",
        "begun = time.perf_counter()",
        "{work}",
        "seconds = time.perf_counter() - begun",
        "print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024, round(seconds, 1))",
    )
    out = tmp_path / "out"
    folder = str(tmp_path)
    for work in (
        f"gongkai.read_many({folder!r})",
        f"batch = gongkai.read_many({folder!r}); assert sum(1 for _ in batch.facts) > {number}",
        f"gongkai.read_many({folder!r}).facts.to_parquet({str(out)!r})",
        f"gongkai.cli.main(['facts', {folder!r}, '-o', {str(out)!r}, '--jobs', '2'])",
        f"gongkai.cli.main(['facts', {folder!r}, '-o', {str(out)!r}, '--format', 'parquet'])",
    ):
        lines = [line.format(work=work) for line in measured]
        done = subprocess.run(script(*lines), check=True, capture_output=True, text=True)
        megabytes, seconds = done.stdout.split()
        print(f"{work[:60]}: {megabytes} MB, {number / float(seconds):.0f} files/s")
        assert int(megabytes) < 300, work
