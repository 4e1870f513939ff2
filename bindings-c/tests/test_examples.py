"""The examples: built from the installed tree alone by their own Makefile and CMake file, run,
and compared with what the Python package gives."""

from __future__ import annotations

import csv
import ctypes
import io
import json
import os
import pty
import shutil
import signal
import sqlite3
import subprocess
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any, NamedTuple

import pytest

import gongkai
from conftest import (
    DOCUMENTS,
    PREFIX,
    REPORTS,
    SANITIZERS,
    STRICT,
    TOP,
    VALGRIND,
    WRONG,
    all_documents,
)
from gongkai._gongkai import CSV_HEADER, csv_records, encode_gb18030
from gongkai.walk import find
from reading import place_of

EXAMPLES = TOP / "bindings-c/examples"
SOURCES = sorted(path for path in EXAMPLES.iterdir() if path.suffix in (".c", ".cpp"))
SAMPLE = TOP / "examples/reports/qinghe-2021.txt"
COUNTY = TOP / "examples/county"
SUMS_WRONG = TOP / "tests/views/sums-wrong.txt"
UNREADABLE = TOP / "tests/fixtures/text/value-units.txt"
NO_REPORT = TOP / "tests/fixtures/bad/empty.txt"
TABLES = ["facts", "findings", "reports", "panel", "panel_status"]
JNA = Path("/usr/share/java/jna.jar")

ENVIRONMENT = os.environ | {"LD_LIBRARY_PATH": str(PREFIX / "lib"), "LC_ALL": "C.UTF-8"}
ENVIRONMENT |= {"ASAN_OPTIONS": f"detect_leaks=1:exitcode={WRONG}"}


class Done(NamedTuple):
    status: int
    out: bytes
    err: str


def needs(tool: str) -> str:
    found = shutil.which(tool)
    if found is None:
        pytest.skip(f"{tool} is not installed: bindings-c/tests/tools installs it")
    return found


def run(*command: Path | str | bytes, cwd: Path = TOP) -> Done:
    done = subprocess.run(command, capture_output=True, env=ENVIRONMENT, cwd=cwd, timeout=300)
    return Done(done.returncode, done.stdout, done.stderr.decode())


def built(*command: Path | str) -> None:
    environment = os.environ | {"PKG_CONFIG_PATH": str(PREFIX / "lib/pkgconfig")}
    done = subprocess.run(command, capture_output=True, text=True, env=environment)
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.fixture(scope="session", params=["make", "cmake"])
def ways(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The programs, built both ways from a copy of the folder, away from this one."""
    folder = tmp_path_factory.mktemp(request.param)
    copy = shutil.copytree(EXAMPLES, folder / "examples")
    strict = " ".join(("-O1", "-g", *STRICT))
    if request.param == "make":
        built("make", "-C", copy, f"CFLAGS={strict}", f"CXXFLAGS={strict}")
        return copy
    needs("cmake")
    flags = [f"-DCMAKE_C_FLAGS={strict}", f"-DCMAKE_CXX_FLAGS={strict}"]
    built("cmake", "-S", copy, "-B", folder / "built", f"-DCMAKE_PREFIX_PATH={PREFIX}", *flags)
    built("cmake", "--build", folder / "built")
    return folder / "built"


@pytest.fixture(scope="session")
def programs(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The programs, built by the Makefile."""
    folder = tmp_path_factory.mktemp("programs")
    built("make", "-C", EXAMPLES, f"OUT={folder}")
    return folder


def sources() -> list[str]:
    """All documents, by their names."""
    return [str(path) for path in all_documents()]


def attempt(source: str) -> gongkai.Report | gongkai.GongkaiError:
    try:
        return gongkai.read(source)
    except gongkai.GongkaiError as error:
        return error


# How they are built


def test_all_are_built(ways: Path) -> None:
    assert len(SOURCES) == 5
    for source in SOURCES:
        assert os.access(ways / source.stem, os.X_OK), source.name
    done = run(ways / "report_to_csv", SAMPLE)
    assert (done.status, done.out) == (0, csv_of(str(SAMPLE)))


@pytest.mark.parametrize("source", SOURCES, ids=lambda path: path.stem)
def test_a_wrong_call_says_how_it_is_called(programs: Path, source: Path) -> None:
    done = run(programs / source.stem)
    assert done.status != 0 and done.out == b"" and done.err.startswith(f"用法：{source.stem} ")


# One report to CSV


def csv_of(source: str) -> bytes:
    text = f"{CSV_HEADER}\n{csv_records(gongkai.read(source), source)}"
    return encode_gb18030(text)


def test_csv_is_what_the_package_writes(programs: Path) -> None:
    read = 0
    for source in sources():
        done = run(programs / "report_to_csv", source)
        report = attempt(source)
        if isinstance(report, gongkai.GongkaiError):
            assert (done.status, done.out) == (2, b"")
            assert done.err.startswith(f"{source}：{report.message_zh}")
            continue
        read += 1
        assert (done.status, done.err) == (0, "")
        assert done.out == csv_of(source)
        records = list(csv.DictReader(io.StringIO(done.out.decode("gb18030"))))
        assert [(r["value"], r["status"], r["text"]) for r in records] == [
            ("" if f.value is None else str(f.value), f.status, f.text) for f in report.facts
        ]
    assert read > 50


def test_csv_into_a_file(programs: Path, tmp_path: Path) -> None:
    path = tmp_path / "事实.csv"
    assert run(programs / "report_to_csv", SAMPLE, path) == (0, b"", "")
    assert path.read_bytes() == csv_of(str(SAMPLE))


@pytest.mark.parametrize("out", ["missing/facts.csv", "/dev/full"])
def test_csv_that_cannot_be_written(programs: Path, tmp_path: Path, out: str) -> None:
    done = run(programs / "report_to_csv", SAMPLE, tmp_path / out)
    assert (done.status, done.out) == (3, b"")
    assert f"{tmp_path / out}：无法写入：" in done.err


def test_a_full_disk_behind_standard_output_shows(programs: Path) -> None:
    with open("/dev/full", "wb") as full:
        done = subprocess.run(
            [programs / "report_to_csv", SAMPLE],
            stdout=full,
            stderr=subprocess.PIPE,
            env=ENVIRONMENT,
        )
    assert done.returncode == 3 and "标准输出：无法写入：" in done.stderr.decode()


def test_a_character_without_bytes_of_its_own_is_an_error(programs: Path, tmp_path: Path) -> None:
    path = tmp_path / "report.txt"
    path.write_text(SAMPLE.read_text("utf-8").replace("青禾", "青\ue81e"), encoding="utf-8")
    assert "\ue81e" in str(gongkai.read(path).agency)
    done = run(programs / "report_to_csv", path, tmp_path / "facts.csv")
    assert done.status == 3 and "U+E81E" in done.err
    assert not (tmp_path / "facts.csv").exists()


def test_a_path_that_is_not_utf_8_is_shown_as_far_as_it_can_be(
    programs: Path, tmp_path: Path
) -> None:
    path = os.fsencode(tmp_path) + b"/\xc4\xea\xb1\xa8.txt"
    with open(path, "wb") as file:
        file.write(SAMPLE.read_bytes())
    command: list[Path | bytes] = [programs / "report_to_csv", path]
    done = subprocess.run(command, capture_output=True, env=ENVIRONMENT)
    assert done.returncode == 0, done.stderr
    _, record, *_ = done.stdout.decode("gb18030").splitlines()
    assert record.startswith(f"{tmp_path}/\N{REPLACEMENT CHARACTER}")


# A folder checked


def place_of_finding(finding: gongkai.Finding) -> str:
    return f"{place_of(finding.locations[0], 'zh')}：" if finding.locations else ""


def documents(folder: Path | str) -> Iterator[tuple[str, gongkai.Report | gongkai.GongkaiError]]:
    """What is read of a folder, those in archives each by itself."""
    for source in find([str(folder)], lambda error: None):
        if not source.lower().endswith(".zip"):
            yield source, attempt(source)
            continue
        batch = gongkai.read_many(source, check=False)
        failed, reports = {error.source: error for error in batch.errors}, iter(batch.reports)
        for name in batch.sources:
            yield name, failed.get(name) or next(reports)


def listed(folder: Path | str) -> tuple[int, str, str]:
    """What the program must say of a folder."""
    code, out, err = 0, "", ""
    for source, report in documents(folder):
        if isinstance(report, gongkai.GongkaiError):
            code, err = 2, f"{err}{source}：{report.message_zh}\n"
            continue
        for finding in gongkai.evaluate(report, reading=True).findings:
            if not finding.stands:
                continue
            code = max(code, 1)
            out += f"{source}：{finding.code}：{place_of_finding(finding)}{finding.message.zh}\n"
            for s in finding.suggestions:
                value = "?" if s.value is None else s.value
                out += f"    建议：{s.fact} → {value}：{s.reason.zh}\n"
    return code, out, err


@pytest.mark.parametrize(
    ("folder", "code"),
    [
        pytest.param(COUNTY, 2, id="county"),
        pytest.param(TOP / "examples/reports", 0, id="samples"),
        pytest.param(TOP / "tests/views", 1, id="views"),
        pytest.param(DOCUMENTS, 2, id="fixtures"),
        pytest.param(REPORTS, None, id="published"),
    ],
)
def test_a_folder_is_checked_as_the_package_checks_it(
    programs: Path, folder: Path, code: int | None
) -> None:
    if folder == REPORTS and not folder.is_dir():
        pytest.skip(f"the published reports are not at {folder}")
    done = run(programs / "check_folder", folder)
    assert (done.status, done.out.decode(), done.err) == listed(folder)
    command = run(shutil.which("gongkai") or TOP / ".venv/bin/gongkai", "check", folder)
    assert done.status == command.status and code in (None, done.status)


def test_what_is_hidden_and_links_to_folders_are_left_out(programs: Path, tmp_path: Path) -> None:
    folder = tmp_path / "年报"
    for place in ["b", "a/c", ".hidden"]:
        (folder / place).mkdir(parents=True)
        shutil.copy(SUMS_WRONG, folder / place / "报告.txt")
    for name in ["~$报告.txt", ".报告.txt", "notes.unknown", "z.TXT"]:
        shutil.copy(SUMS_WRONG, folder / name)
    (folder / "a/c/loop").symlink_to(folder)
    (folder / "gone.txt").symlink_to(folder / "nowhere.txt")
    done = run(programs / "check_folder", folder)
    assert (done.status, done.out.decode(), done.err) == listed(folder)
    assert "gone.txt：文件不存在" in done.err
    named = dict.fromkeys(
        line.split("：")[0] for line in done.out.decode().splitlines() if line[0] != " "
    )
    assert [str(Path(name).relative_to(folder)) for name in named] == [
        "z.TXT",
        "a/c/报告.txt",
        "b/报告.txt",
    ]


def test_a_folder_that_is_missing(programs: Path, tmp_path: Path) -> None:
    done = run(programs / "check_folder", tmp_path / "missing")
    assert (done.status, done.out) == (2, b"") and "missing：无法读取文件夹：" in done.err


def test_ctrl_c_ends_the_work(programs: Path, tmp_path: Path) -> None:
    for number in range(20_000):
        (tmp_path / f"{number}.docx").symlink_to(TOP / "examples/reports/qinghe-2022.docx")
    ours, theirs = pty.openpty()
    command = [programs / "check_folder", tmp_path]
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=theirs, env=ENVIRONMENT
    ) as process:
        os.close(theirs)
        told = b""
        for piece in terminal(ours):
            told += piece
            if b"/20000" in told and process.poll() is None:
                process.send_signal(signal.SIGINT)
        out, _ = process.communicate(timeout=60)
    os.close(ours)
    assert process.returncode == 130 and out == b""
    assert told.decode().rstrip().endswith("已取消")


def terminal(descriptor: int) -> Iterator[bytes]:
    """What is written to a terminal until nobody has it open any more."""
    while True:
        try:
            piece = os.read(descriptor, 4096)
        except OSError:
            return
        if not piece:
            return
        yield piece


# Facts into SQLite


def rows(path: Path, table: str) -> list[dict[str, Any]]:
    connection = sqlite3.connect(path)
    connection.row_factory = sqlite3.Row
    try:
        assert connection.execute("PRAGMA integrity_check").fetchall()[0][0] == "ok"
        return [dict(row) for row in connection.execute(f"SELECT * FROM {table} ORDER BY rowid")]
    finally:
        connection.close()


def expected_rows(names: list[str]) -> dict[str, list[dict[str, Any]]]:
    """What the tables must hold."""
    tables: dict[str, list[dict[str, Any]]] = {"reports": [], "facts": [], "findings": []}
    for source in names:
        record: dict[str, Any] = {"source": source, "agency": None, "year": None, "edition": None}
        report = attempt(source)
        if isinstance(report, gongkai.GongkaiError):
            tables["reports"].append(
                record | {"error_code": report.code, "error": report.message_zh}
            )
            continue
        about = {"agency": report.agency, "year": report.year, "edition": report.edition}
        tables["reports"].append(record | about | {"error_code": None, "error": None})
        for number, fact in enumerate(report.facts):
            names_of = {name: getattr(fact, name) for name in ("id", "table", "row", "column")}
            value = None if fact.value is None else str(fact.value)
            tables["facts"].append(
                {"source": source, "number": number}
                | names_of
                | {"value": value, "integer": integer(fact.value), "unit": fact.unit}
                | {"status": fact.status, "text": fact.text}
            )
        for number, finding in enumerate(gongkai.evaluate(report, reading=True).findings):
            place = place_of(finding.locations[0], "zh") if finding.locations else None
            tables["findings"].append(
                {"source": source, "number": number}
                | {name: getattr(finding, name) for name in ("code", "severity", "verdict")}
                | {name: getattr(finding, name) for name in ("expected", "actual")}
                | {"message": finding.message.zh, "place": place}
                | {"fingerprint": finding.fingerprint}
            )
    return tables


def integer(value: Decimal | None) -> int | None:
    whole = value is not None and value == value.to_integral_value() and abs(value) < 2**63
    return int(value) if whole and value is not None else None


def test_the_database_has_what_the_package_reads(programs: Path, tmp_path: Path) -> None:
    names, path = sources(), tmp_path / "事实.db"
    wanted = expected_rows(names)
    assert {fact["status"] for fact in wanted["facts"]} == {
        "reported",
        "blank",
        "not_applicable",
        "unreadable",
    }
    for _ in range(2):  # Running again replaces.
        done = run(programs / "facts_into_sqlite", path, *names)
        assert done.status == 2
        for table, records in wanted.items():
            found = rows(path, table)
            assert [tuple(map(plain, row.values())) for row in found] == [
                tuple(map(plain, record.values())) for record in records
            ]


def plain(value: object) -> object:
    return value if value is None or isinstance(value, (int, str)) else str(value)


def test_a_report_that_was_mended_replaces_its_error(programs: Path, tmp_path: Path) -> None:
    path, report = tmp_path / "facts.db", tmp_path / "report.txt"
    for content, code in [(NO_REPORT, 2), (SUMS_WRONG, 0), (SAMPLE, 0), (NO_REPORT, 2)]:
        shutil.copy(content, report)
        assert run(programs / "facts_into_sqlite", path, report).status == code
        for table, records in expected_rows([str(report)]).items():
            assert len(rows(path, table)) == len(records)
        assert [row["error_code"] for row in rows(path, "reports")] == ["empty" if code else None]


def test_a_number_that_is_no_integer_of_64_bits_stays_text(programs: Path, tmp_path: Path) -> None:
    texts = ["9223372036854775807", "9223372036854775808", "0.50", "12.0"]
    reports = [tmp_path / f"{number}.txt" for number in range(len(texts))]
    for path, text in zip(reports, texts, strict=True):
        path.write_text(SAMPLE.read_text("utf-8").replace("0.52", text), encoding="utf-8")
    assert run(programs / "facts_into_sqlite", tmp_path / "facts.db", *reports) == (0, b"", "")
    amounts = [
        (fact["value"], fact["integer"])
        for fact in rows(tmp_path / "facts.db", "facts")
        if fact["id"] == "proactive.fees.amount"
    ]
    assert amounts == [(texts[0], 2**63 - 1), (texts[1], None), ("0.50", None), ("12.0", 12)]


@pytest.mark.parametrize("kind", ["folder", "no-database"])
def test_a_database_that_fails(programs: Path, tmp_path: Path, kind: str) -> None:
    path = tmp_path / kind
    path.mkdir() if kind == "folder" else path.write_bytes(b"this is no database " * 100)
    done = run(programs / "facts_into_sqlite", path, SAMPLE)
    assert done.status == 3 and "无法打开数据库：" in done.err


# Arrow streams


@pytest.mark.parametrize("table", TABLES)
def test_the_stream_is_the_table_of_the_package(programs: Path, table: str) -> None:
    pa = pytest.importorskip("pyarrow")
    names = sources()
    done = run(programs / "arrow_to_consumer", table, *names)
    batch = gongkai.read_many(names, check=False)
    assert done.status == 2 and len(done.err.splitlines()) == len(batch.errors)
    wanted = [
        {key: format(v, "f") if isinstance(v, Decimal) else v for key, v in record.items()}
        for record in pa.table(batch.table(table)).to_pylist()
    ]
    assert [json.loads(line) for line in done.out.splitlines()] == wanted


def test_a_table_that_does_not_exist(programs: Path) -> None:
    done = run(programs / "arrow_to_consumer", "fact", SAMPLE)
    assert (done.status, done.out) == (3, b"") and done.err.startswith("fact：")


class Stream:
    """A stream that C filled, handed on by the protocol of Python's Arrow libraries."""

    def __init__(self, names: list[str], table: str) -> None:
        self.library = ctypes.CDLL(str(PREFIX / "lib/libgongkai.so"))
        self.memory = ctypes.create_string_buffer(5 * ctypes.sizeof(ctypes.c_void_p))
        self.batch = ctypes.c_void_p()
        make, free = self.library.gongkai_sources_new, self.library.gongkai_sources_free
        make.restype = ctypes.c_void_p
        documents = ctypes.c_void_p(make())
        for name in names:
            assert self.library.gongkai_sources_add_file(documents, name.encode(), None) == 0
        parse = self.library.gongkai_parse_many
        threads = ctypes.c_size_t(2)
        assert (
            parse(documents, None, None, threads, None, None, ctypes.byref(self.batch), None) == 0
        )
        free(documents)
        export = self.library.gongkai_batch_export_arrow
        assert export(self.batch, table.encode(), self.memory, None) == 0
        # The stream keeps what it needs.
        self.library.gongkai_batch_free(self.batch)

    def address(self) -> int:
        return ctypes.addressof(self.memory)

    def __arrow_c_stream__(self, requested_schema: object = None) -> object:
        make = ctypes.pythonapi.PyCapsule_New
        make.restype = ctypes.py_object
        make.argtypes = [ctypes.c_void_p, ctypes.c_char_p, ctypes.c_void_p]
        return make(self.address(), b"arrow_array_stream", None)


@pytest.mark.parametrize("table", TABLES)
def test_libraries_of_arrow_take_the_stream(table: str) -> None:
    pa = pytest.importorskip("pyarrow")
    duckdb = pytest.importorskip("duckdb")
    nanoarrow = pytest.importorskip("nanoarrow")
    names = sources()
    wanted = pa.table(gongkai.read_many(names, check=False).table(table))

    # An importer moves what is in the memory, and the memory itself must live until then.
    stream = Stream(names, table)
    taken = pa.RecordBatchReader._import_from_c(stream.address()).read_all()
    taken.validate(full=True)
    assert taken.schema.equals(wanted.schema, check_metadata=True) and taken.equals(wanted)

    stream = Stream(names, table)
    reader = pa.RecordBatchReader._import_from_c(stream.address())
    assert duckdb.from_arrow(reader).aggregate("count(*), count(source)").fetchall() == [
        (wanted.num_rows, wanted.num_rows)
    ]

    stream = Stream(names, table)
    with nanoarrow.c_array_stream(stream) as pieces:
        assert pieces.get_schema().n_children == wanted.num_columns
        assert sum(piece.length for piece in pieces) == wanted.num_rows


# The years of one agency


@pytest.mark.parametrize("town", ["songlin", "shiqiao", "yunling"])
def test_the_years_of_an_agency(programs: Path, town: str) -> None:
    paths = sorted(COUNTY.glob(f"{town}-*"))
    reports = [gongkai.read(path) for path in paths]
    done = run(programs / "series", *reversed(paths))
    lines = done.out.decode().splitlines()
    assert lines[0] == reports[0].agency
    assert lines[1].split() == [*(str(report.year) for report in reports), "年度"]
    received = [str(report["requests.received.total"].value) for report in reports]
    assert lines[3].split() == [*received, "本年新收"]
    found = [finding for finding in gongkai.check_series(reports) if finding.verdict == "failed"]
    assert lines[8:] == [
        f"{finding.code}：{reports[finding.report or 0].year}年：{finding.message.zh}"
        for finding in found
    ]
    assert done.status == int(any(finding.severity == "error" for finding in found))
    assert done.err == ""


def test_what_is_no_series(programs: Path) -> None:
    songlin, yunling = COUNTY / "songlin-2021.html", COUNTY / "yunling-2021.html"
    for pair in [(songlin, yunling), (songlin, songlin)]:
        done = run(programs / "series", *pair)
        assert (done.status, done.out) == (3, b"") and "不是同一机关" in done.err
    done = run(programs / "series", songlin, NO_REPORT)
    assert (done.status, done.out, done.err) == (2, b"", f"{NO_REPORT}：文件为空\n")


# Memory

RUNS: list[tuple[str, list[Path | str], int]] = [
    ("report_to_csv", [SAMPLE], 0),
    ("report_to_csv", [NO_REPORT], 2),
    ("report_to_csv", [SAMPLE, "/missing/facts.csv"], 3),
    ("check_folder", [TOP / "tests/views"], 1),
    ("check_folder", [COUNTY], 2),
    ("facts_into_sqlite", ["DATABASE", SAMPLE], 0),
    ("facts_into_sqlite", ["DATABASE", NO_REPORT, SUMS_WRONG], 2),
    ("facts_into_sqlite", ["/missing/facts.db", SAMPLE], 3),
    ("arrow_to_consumer", ["panel", SAMPLE], 0),
    ("arrow_to_consumer", ["facts", SAMPLE, NO_REPORT], 2),
    ("arrow_to_consumer", ["fact", SAMPLE], 3),
    ("series", sorted(COUNTY.glob("shiqiao-*")), 1),
    ("series", [SAMPLE, NO_REPORT], 2),
]
"""A program, what it is given, and how it ends: success and errors."""


def placed(arguments: list[Path | str], folder: Path) -> list[Path | str]:
    return [folder / "facts.db" if part == "DATABASE" else part for part in arguments]


@pytest.mark.parametrize(("name", "arguments", "status"), RUNS)
def test_valgrind_finds_nothing(
    programs: Path, tmp_path: Path, name: str, arguments: list[Path | str], status: int
) -> None:
    done = run(*VALGRIND, programs / name, *placed(arguments, tmp_path))
    assert done.status == status and "==" not in done.err, done.err


@pytest.fixture(scope="session")
def sanitized(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The programs, built with sanitizers."""
    folder = tmp_path_factory.mktemp("sanitized")
    flags = " ".join(SANITIZERS)
    built("make", "-C", EXAMPLES, f"OUT={folder}", f"CFLAGS={flags}", f"CXXFLAGS={flags}")
    return folder


@pytest.mark.parametrize(("name", "arguments", "status"), RUNS)
def test_sanitizers_find_nothing(
    sanitized: Path, tmp_path: Path, name: str, arguments: list[Path | str], status: int
) -> None:
    done = run(sanitized / name, *placed(arguments, tmp_path))
    assert done.status == status and "Sanitizer" not in done.err, done.err
    assert "runtime error" not in done.err, done.err


# Other languages


class Language(NamedTuple):
    command: list[str]
    status: dict[str, str]
    severity: dict[str, str]


@pytest.fixture(scope="session", params=["csharp", "java"])
def other(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Language:
    """A program in another language, and the names it has for the library's numbers."""
    folder = tmp_path_factory.mktemp(request.param)
    states = ["reported", "blank", "not_applicable", "unreadable"]
    severities = ["info", "warning", "error"]
    if request.param == "csharp":
        files = sorted((EXAMPLES / "csharp").glob("*.cs"))
        program = folder / "facts.exe"
        built(needs("mcs"), "-warn:4", "-warnaserror", f"-out:{program}", *files)
        pascal = {state: state.title().replace("_", "") for state in states}
        return Language([needs("mono"), str(program)], pascal, {s: s.title() for s in severities})
    if not JNA.exists():
        pytest.skip(f"{JNA} is not installed: bindings-c/tests/tools installs it")
    files = sorted((EXAMPLES / "java").glob("*.java"))
    lint = ["--release", "8", "-encoding", "UTF-8", "-Xlint:all,-options", "-Werror"]
    built(needs("javac"), *lint, "-cp", JNA, "-d", folder, *files)
    command = [needs("java"), "-cp", f"{JNA}:{folder}", f"-Djna.library.path={PREFIX / 'lib'}"]
    upper = [{name: name.upper() for name in names} for names in (states, severities)]
    return Language([*command, "PrintFacts"], *upper)


def test_another_language_gives_the_same_facts(other: Language, tmp_path: Path) -> None:
    rich = tmp_path / "年报 二〇二一.txt"
    shutil.copy(TOP / "tests/forms/states-and-named-rows.txt", rich)
    names = [rich, SAMPLE, SUMS_WRONG, TOP / "examples/reports/qinghe-2022.docx", UNREADABLE]
    names += sorted(REPORTS.glob("*.word.docx"))
    seen: set[str] = set()
    for name in names:
        report = gongkai.read(name)
        done = run(*other.command, name)
        assert (done.status, done.err) == (0, "")
        wanted = [[report.agency or "", str(report.year)]]
        for fact in report.facts:
            seen.add(fact.status)
            value = "" if fact.value is None else format(fact.value, "f")
            wanted.append([fact.id, other.status[fact.status], value, fact.unit or ""])
        for finding in gongkai.evaluate(report, reading=True).findings:
            severity = other.severity[finding.severity]
            wanted.append([finding.code, severity, finding.message.zh])
        assert [line.split("\t") for line in done.out.decode().splitlines()] == wanted
    assert seen == set(other.status)


def test_another_language_tells_why_there_is_no_report(other: Language) -> None:
    done = run(*other.command, NO_REPORT)
    assert (done.status, done.out, done.err) == (2, b"", f"{NO_REPORT}：文件为空 (empty)\n")
    done = run(*other.command, TOP / "missing.txt")
    assert done.status == 2 and done.err.startswith(f"{TOP / 'missing.txt'}：")


def test_wrappers_are_short() -> None:
    for path in [EXAMPLES / "csharp/Gongkai.cs", EXAMPLES / "java/Gongkai.java"]:
        assert len(path.read_text("utf-8").splitlines()) < 200
