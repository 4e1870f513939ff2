"""Options, limits, JSON, forms, GB18030, batches and Arrow streams from C."""

from __future__ import annotations

import ctypes
import json
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pyarrow
import pytest

import gongkai
import reading
from conftest import DOCUMENTS, HERE, PREFIX, all_documents, compile_program, run_program

LIMIT, CALLER, IO, CANCELLED, INEXACT = 3, 5, 6, 8, 9

REPORT = DOCUMENTS / "checks/REQ-GROUP/unknown/0.html"
RARE = "㙟𠮷䶮鿴龴€\n"


@pytest.fixture(scope="module")
def parse() -> Callable[..., Any]:
    program = compile_program(HERE / "programs/parse.c", sanitize=True)

    def parsed(*words: str | Path) -> Any:
        return json.loads(run_program(program, *words))

    return parsed


def test_the_format_is_as_told(parse: Callable[..., Any], tmp_path: Path) -> None:
    path = tmp_path / "a"
    path.write_bytes((DOCUMENTS / "text/lines.txt").read_bytes())
    assert parse(path) == gongkai.read(path.read_bytes()).to_dict()
    assert parse("format", "txt", path) == parse(path)
    for other in ("html", "docx"):
        with pytest.raises(gongkai.GongkaiError) as told:
            gongkai.read(path.read_bytes(), format=other)
        assert parse("format", other, path) == reading.error(told.value)
    assert parse("format", "none", path)["status"] == CALLER


def test_the_encoding_is_as_told(parse: Callable[..., Any]) -> None:
    path = DOCUMENTS / "text/encoding-gb18030.gb18030.txt"
    report = parse("encoding", "gbk", path)
    assert report == gongkai.read(path.read_bytes(), encoding="gbk").to_dict()
    for label in ("utf-8", "no-such"):
        with pytest.raises(gongkai.GongkaiError) as told:
            gongkai.read(path.read_bytes(), encoding=label)
        assert parse("encoding", label, path) == reading.error(told.value)


@pytest.mark.parametrize(
    "limit",
    ["input_bytes", "entries", "part_bytes", "total_bytes", "depth", "elements", "text_bytes"],
)
def test_limits(parse: Callable[..., Any], limit: str) -> None:
    path = sorted((DOCUMENTS / "docx").iterdir())[0]
    got = parse("limit", limit, "1", path)
    with pytest.raises(gongkai.LimitError) as told:
        gongkai.read(path.read_bytes(), limits={limit: 1})
    assert got == reading.error(told.value)
    assert got["status"] == LIMIT
    assert parse("limit", "no_such", "1", path)["status"] == CALLER


def test_a_bomb_is_stopped(parse: Callable[..., Any], tmp_path: Path) -> None:
    path = tmp_path / "bomb.docx"
    sound = zipfile.ZipFile(sorted((DOCUMENTS / "docx").iterdir())[0])
    with sound, zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as package:
        for name in sound.namelist():
            bomb = name == "word/document.xml"
            package.writestr(name, b" " * (200 << 20) if bomb else sound.read(name))
    got = parse(path)
    with pytest.raises(gongkai.GongkaiError) as told:
        gongkai.read(path)
    assert got == reading.error(told.value)
    assert got["status"] == LIMIT


def test_json_is_read_back(parse: Callable[..., Any], tmp_path: Path) -> None:
    path = tmp_path / "report.json"
    for document in (REPORT, *sorted((DOCUMENTS / "docx").iterdir())):
        text = gongkai.read(document).to_json()
        path.write_text(text, encoding="utf-8")
        assert parse("json", path) == json.loads(text)
    for broken in (b"", b"{}", b"[]", text.encode()[:-1], text.encode() + b"x"):
        path.write_bytes(broken)
        error = parse("json", path)
        assert (error["status"], error["code"]) == (CALLER, "json")
    path.write_bytes(b'"\xff"')
    assert parse("json", path)["status"] == CALLER


def test_forms_of_a_report(prefix: Path) -> None:
    program = compile_program(HERE / "programs/parse.c")
    report = gongkai.read(REPORT)
    wanted = {
        "csv": gongkai._gongkai.CSV_HEADER + gongkai._gongkai.csv_records(report, "年报.docx"),
        "jsonl": gongkai._gongkai.jsonl_records(report, "年报.docx"),
        "text": report.text(),
        "html": report.to_html(findings=report.findings),
    }
    for form, text in wanted.items():
        got = run_program(program, "write", form, REPORT).decode()
        assert "".join(got.split()) == "".join(text.split()), form


def test_gb18030(prefix: Path) -> None:
    program = compile_program(HERE / "programs/charset.c", sanitize=True)

    def converted(way: str, data: bytes) -> bytes:
        return run_program(program, way, stdin=data)

    def refused(way: str, data: bytes) -> dict[str, Any]:
        told = converted(way, data)
        assert told.startswith(b"!")
        error: dict[str, Any] = json.loads(told[1:])
        return error

    for text in (RARE, "", "年报", "a\0b", "".join(map(chr, range(0x4E00, 0xA000)))):
        packed = converted("encode", text.encode())
        assert converted("decode", packed).decode() == text
    # What CPython's older mapping and the edition of 2022 agree on.
    assert converted("encode", "㙟𠮷䶮鿴".encode()) == "㙟𠮷䶮鿴".encode("gb18030")
    # Characters for private use whose bytes the edition of 2022 gave to others.
    for private in ("\ue78d", "\ue81e", "\ue5e5"):
        error = refused("encode", ("年" + private).encode())
        assert (error["status"], error["code"]) == (INEXACT, "gb18030")
        assert f"U+{ord(private):04X}" in error["en"] and "1" in error["zh"]
    for malformed in (b"ab\xff", b"ab\x81", b"ab\x81\x20"):
        error = refused("decode", malformed)
        assert (error["status"], error["code"]) == (INEXACT, "gb18030")
        assert "2" in error["en"]
    assert refused("encode", b"a\xff")["status"] == CALLER


@pytest.fixture(scope="module")
def batch_program() -> Path:
    return compile_program(HERE / "programs/batch.c", sanitize=True)


@pytest.mark.parametrize(("threads", "checked"), [(1, True), (4, True), (0, False)])
def test_a_batch(batch_program: Path, threads: int, checked: bool) -> None:
    paths = [path for path in all_documents()[:120] if path.suffix != ".zip"]
    told = json.loads(run_program(batch_program, str(threads), str(int(checked)), "0", *paths))
    failed = 0
    for path, item in zip(paths, told["items"], strict=True):
        assert item["source"] == str(path)
        try:
            report = gongkai.read(path)
        except gongkai.GongkaiError as error:
            assert item["error"] == reading.error(error)
            failed += 1
            continue
        assert item["json"] == report.to_json()
        wanted = gongkai.evaluate(report, reading=True).findings if checked else report.findings
        assert item["findings"] == reading.findings(wanted), path
    assert (told["done"], told["total"], told["failed"]) == (len(paths), len(paths), failed)
    assert told["calls"] >= 1 and not told["backwards"] and failed


def test_documents_in_an_archive(batch_program: Path, tmp_path: Path) -> None:
    archive = tmp_path / "年报.zip"
    bad, good = DOCUMENTS / "bad/empty.txt", sorted((DOCUMENTS / "checks").glob("*/*/*.*"))[:30]
    names = [str(path.relative_to(DOCUMENTS)) for path in (bad, *good)]
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED) as file:
        for name in names:
            file.write(DOCUMENTS / name, name)
    told = json.loads(run_program(batch_program, "3", "1", "0", archive))
    batch = gongkai.read_many(archive)
    assert [item["source"] for item in told["items"]] == list(batch.sources)
    assert list(batch.sources) == [f"{archive}!/{name}" for name in names]
    reports = [item["json"] for item in told["items"] if "json" in item]
    assert reports == [report.to_json() for report in batch.reports] and reports
    assert (told["done"], told["total"], told["failed"]) == (31, 31, len(batch.errors))


def test_a_batch_is_cancelled(batch_program: Path) -> None:
    told = json.loads(run_program(batch_program, "2", "1", "1", *all_documents()))
    assert (told["status"], told["code"]) == (CANCELLED, "cancelled")


def test_an_empty_batch_and_files_that_are_none(batch_program: Path, tmp_path: Path) -> None:
    assert json.loads(run_program(batch_program, "2", "1", "0"))["items"] == []
    told = json.loads(run_program(batch_program, "2", "1", "0", tmp_path / "missing.docx"))
    (item,) = told["items"]
    assert (item["error"]["status"], item["error"]["code"]) == (IO, "missing")


class Arrow:
    """The library as another consumer has it: in this process, by its C interface alone."""

    def __init__(self) -> None:
        self.library = ctypes.CDLL(str(PREFIX / "lib/libgongkai.so"))

    def handle(self, function: str, *arguments: object) -> ctypes.c_void_p:
        made = ctypes.c_void_p()
        status = getattr(self.library, function)(*arguments, ctypes.byref(made), None)
        assert status == 0, function
        return made

    def table(self, function: str, *arguments: object) -> pyarrow.Table:
        # Five pointers.
        stream = (ctypes.c_void_p * 5)()
        status = getattr(self.library, function)(*arguments, stream, None)
        assert status == 0, function
        reader = pyarrow.RecordBatchReader._import_from_c(ctypes.addressof(stream))
        table = reader.read_all()
        table.validate(full=True)
        return table


TABLES = ("facts", "findings", "reports", "panel", "panel_status")


def test_the_arrow_stream_of_a_report() -> None:
    arrow = Arrow()
    options: Any = None
    report = arrow.handle("gongkai_parse_file", str(REPORT).encode(), options)
    found = arrow.handle("gongkai_check_all", report, options)
    batch = gongkai.read_many([REPORT], jobs=1)
    streams = {
        name: arrow.table(
            "gongkai_report_export_arrow", report, found, name.encode(), str(REPORT).encode()
        )
        for name in TABLES
    }
    arrow.library.gongkai_findings_free(found)
    arrow.library.gongkai_report_free(report)
    for name, table in streams.items():
        wanted = batch.table(name).to_arrow()
        assert table.schema.equals(wanted.schema, check_metadata=True), name
        assert table.equals(wanted), name
        assert table.num_rows > 0


def test_the_arrow_stream_of_a_batch() -> None:
    arrow = Arrow()
    paths = all_documents()[:120]
    sources = ctypes.c_void_p(_pointer(arrow.library.gongkai_sources_new))
    for path in paths:
        assert arrow.library.gongkai_sources_add_file(sources, str(path).encode(), None) == 0
    checks = ctypes.c_void_p(_pointer(arrow.library.gongkai_check_options_new))
    batch = arrow.handle(
        "gongkai_parse_many", sources, None, checks, ctypes.c_size_t(2), None, None
    )
    arrow.library.gongkai_sources_free(sources)
    arrow.library.gongkai_check_options_free(checks)
    streams = {}
    for name in TABLES:
        streams[name] = arrow.table("gongkai_batch_export_arrow", batch, name.encode())
    arrow.library.gongkai_batch_free(batch)
    python = gongkai.read_many(paths, jobs=2)
    for name, table in streams.items():
        wanted = python.table(name).to_arrow()
        assert table.schema.equals(wanted.schema, check_metadata=True), name
        assert table.equals(wanted), name


def _pointer(function: Any) -> int:
    function.restype = ctypes.c_void_p
    made: int = function()
    return made
