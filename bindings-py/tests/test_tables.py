"""Tables as other libraries read them: always the facts, exactly."""

from __future__ import annotations

import csv
import subprocess
import sys
from collections.abc import Callable, Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

import gongkai
from conftest import TOP, written

NAMES = ("facts", "findings", "reports", "panel", "panel_status")
FIXTURES = sorted(
    path
    for folder in (TOP / "tests/fixtures", TOP / "examples/reports")
    for path in folder.rglob("*")
    if path.suffix in (".txt", ".html", ".docx")
    and ".d/" not in str(path)
    and not path.name.endswith((".outline.txt", ".error.txt", ".findings.txt"))
)


def expected(source: str, report: gongkai.Report) -> Iterator[dict[str, Any]]:
    """The records of the table of facts, from the report itself."""
    for fact in report.facts:
        yield {
            "source": source,
            "agency": report.agency,
            "year": report.year,
            "edition": fact.edition,
            "table": fact.table,
            "row": fact.row,
            "column": fact.column,
            "value": fact.value,
            "unit": fact.unit,
            "status": fact.status,
            "text": fact.text,
            "place": str(fact.location),
        }


@pytest.fixture
def batch() -> gongkai.Batch:
    odd = [written(received="约3"), written(fees="1234567890123456.789012345"), "no report"]
    return gongkai.read_many([TOP / "examples/reports", *map(str.encode, odd)])


def test_fixtures_give_the_same_facts_in_a_table() -> None:
    pa = pytest.importorskip("pyarrow")
    batch = gongkai.read_many(FIXTURES)
    failed = {error.source for error in batch.errors}
    assert len(FIXTURES) > 100 and len(batch.reports) > 80
    assert all("/bad/" in str(source) for source in failed)
    read = [source for source in batch.sources if source not in failed]
    facts = []
    for source, report in zip(read, batch.reports, strict=True):
        assert report == gongkai.read(source)
        facts += list(expected(source, report))
        own = pa.table(report.table("facts")).to_pylist()
        assert own == [record | {"source": ""} for record in expected(source, report)]
    assert pa.table(batch.facts).to_pylist() == facts == list(batch.facts)
    assert len(batch.facts) == len(facts)


def test_facts_are_those_of_the_rust_tests() -> None:
    """The expectations beside the fixtures are written and compared by the Rust tests."""
    compared = 0
    for path in FIXTURES:
        keys = path.with_suffix(".facts.csv")
        if not keys.is_file():
            continue
        compared += 1
        with open(keys, encoding="utf-8", newline="") as file:
            wanted = list(csv.reader(file))[1:]
        found = [
            [f.table, f.row, f.column, f.value, f.unit, f.status, f.text]
            for f in gongkai.read(path).facts
        ]
        assert [[str(v) if v is not None else "" for v in row] for row in found] == wanted, path
    assert compared > 60


@pytest.mark.parametrize("name", NAMES)
def test_arrow_is_valid_and_says_what_iteration_says(name: Any, batch: gongkai.Batch) -> None:
    pa = pytest.importorskip("pyarrow")
    table = batch.table(name)
    arrow = pa.table(table)
    arrow.validate(full=True)
    assert arrow.schema == pa.schema(table) == table.to_arrow().schema
    assert arrow.to_pylist() == list(table) and arrow.num_rows == len(table)
    assert [(f["name"], f["type"], f["nullable"]) for f in table.fields] == [
        (f.name, {"string": "utf8"}.get(str(f.type), str(f.type)), f.nullable) for f in arrow.schema
    ]
    for field, spec in zip(arrow.schema, table.fields, strict=True):
        assert field.metadata[b"zh"].decode() == spec["zh"] and spec["en"]
    assert (
        repr(table) == f"<gongkai.Table {name}: {len(table)} records, {len(table.fields)} fields>"
    )
    assert type(table).__module__ == "gongkai" and table.name == name


def test_panel_keeps_blank_zero_mark_and_unreadable_apart() -> None:
    report = gongkai.read(written(received="约3").encode())
    (numbers,), (statuses,) = report.table("panel"), report.table("panel_status")
    ids = {f["name"]: f["en"] for f in report.table("panel").fields if "editions" in f}
    seen = set()
    for name, id in ids.items():
        fact = report.get(id)
        seen.add(statuses[name])
        assert statuses[name] == ("missing" if fact is None else fact.status)
        if fact is not None and fact.value is not None and fact.unit == "万元":
            assert numbers[name] == fact.value * 10_000
        else:
            assert numbers[name] == (None if fact is None else fact.value)
    assert seen == {"reported", "blank", "not_applicable", "unreadable", "missing"}


def test_iteration_needs_no_other_package(batch: gongkai.Batch) -> None:
    record = next(iter(batch.facts))
    assert list(record) == [field["name"] for field in batch.facts.fields]
    assert {type(value) for r in batch.facts for value in r.values()} == {
        str,
        int,
        Decimal,
        type(None),
    }
    amounts = [r["value"] for r in batch.facts if r["row"] == "fees" and r["value"] is not None]
    assert Decimal("1234567890123456.789012345") in amounts
    program = (
        "import sys, gongkai\n"
        "report = gongkai.read(sys.stdin.buffer.read())\n"
        "assert len(list(report.table('panel'))) == 1 and list(report.table('facts'))\n"
        "print([name for name in ('pyarrow', 'pandas', 'polars', 'numpy') if name in sys.modules])"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], input=written().encode(), capture_output=True, check=True
    )
    assert done.stdout == b"[]\n"


def test_pandas_has_nullable_types_and_exact_decimals(batch: gongkai.Batch) -> None:
    pytest.importorskip("pandas")
    frame = batch.facts.to_pandas()
    types = {name: str(type) for name, type in frame.dtypes.items()}
    assert types.pop("year") == "Int64"
    assert types.pop("value") == "decimal128(38, 10)[pyarrow]"
    assert set(types.values()) == {"string"}
    found = [value if isinstance(value, Decimal) else None for value in frame["value"]]
    assert found == [fact.value for report in batch.reports for fact in report.facts]
    assert frame.attrs["labels"]["value"]["zh"] == "数值"
    panel = batch.table("panel").to_pandas()
    numbers = {str(panel[f["name"]].dtype) for f in panel_fields(batch)}
    assert numbers == {"Int64", "decimal128(38, 10)[pyarrow]"}


def panel_fields(batch: gongkai.Batch) -> list[dict[str, Any]]:
    return [field for field in batch.table("panel").fields if "editions" in field]


def test_polars_reads_every_table(batch: gongkai.Batch) -> None:
    pl = pytest.importorskip("polars")
    for name in NAMES:
        frame = batch.table(name).to_polars()
        assert frame.to_dicts() == list(batch.table(name))
    assert batch.facts.to_polars().schema["value"] == pl.Decimal(38, 10)
    report = batch.reports[0]
    assert report.facts.to_polars().equals(report.table("facts").to_polars())


def test_duckdb_reads_a_table_by_its_name(batch: gongkai.Batch) -> None:
    duckdb = pytest.importorskip("duckdb")
    facts = batch.facts
    query = "select status, count(*), sum(value) from facts group by status order by status"
    found = {status: (count, total) for status, count, total in duckdb.sql(query).fetchall()}
    for status, (count, total) in found.items():
        own = [f for report in batch.reports for f in report.facts if f.status == status]
        values = [f.value for f in own if f.value is not None]
        assert count == len(own) and total == (sum(values) if values else None)
    assert set(found) == {record["status"] for record in facts}


def test_nanoarrow_reads_a_table(batch: gongkai.Batch) -> None:
    na: Any = pytest.importorskip("nanoarrow")
    stream = na.ArrayStream(batch.facts)
    assert [r["text"] for r in stream.read_all().iter_py()] == [r["text"] for r in batch.facts]


def test_a_stream_may_be_asked_for_again(report: gongkai.Report) -> None:
    pa = pytest.importorskip("pyarrow")
    table = report.table("facts")
    assert pa.table(table).equals(pa.table(table)) and pa.table(report.facts).equals(
        pa.table(table)
    )
    first, second = iter(table), iter(table)
    assert next(first) == next(second) and next(first) == next(second)


@pytest.mark.skipif(sys.platform != "linux", reason="reads /proc")
def test_capsules_that_nobody_reads_are_released(report: gongkai.Report) -> None:
    def resident() -> int:
        return int(Path("/proc/self/statm").read_text().split()[1]) * 4096

    table = report.table("facts")

    def make(times: int) -> None:
        for _ in range(times):
            table.__arrow_c_stream__()
            table.__arrow_c_schema__()

    make(1000)
    before = resident()
    make(100_000)
    assert resident() - before < 5_000_000


def test_unknown_names_and_missing_libraries(
    batch: gongkai.Batch, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    with pytest.raises(gongkai.CallerError, match="panel_status"):
        batch.table("pannel")
    missing: dict[str, tuple[str, Callable[[], object]]] = {
        "pyarrow": ("arrow", lambda: batch.facts.to_arrow()),
        "polars": ("polars", lambda: batch.facts.to_polars()),
        "pandas": ("pandas", lambda: batch.facts.to_pandas()),
        "xlsxwriter": ("excel", lambda: batch.to_excel(tmp_path / "x.xlsx")),
        "pyreadstat": ("stats", lambda: batch.facts.to_spss(tmp_path / "x.sav")),
    }
    for package, (extra, ask) in missing.items():
        with monkeypatch.context() as without:
            without.setitem(sys.modules, package, None)
            with pytest.raises(ImportError, match=rf"gongkai\[{extra}\]"):
                ask()
    assert list(tmp_path.iterdir()) == []


def test_import_is_quick_and_alone() -> None:
    program = (
        # Processor time: other programs do not count.
        "import sys, time; begun = time.process_time(); import gongkai\n"
        "print(time.process_time() - begun)\n"
        "own = {name.partition('.')[0] for name in sys.modules} - set(sys.stdlib_module_names)\n"
        "print(sorted(name for name in own if not name.startswith('_')))"
    )
    runs = [
        subprocess.run([sys.executable, "-I", "-c", program], capture_output=True, check=True)
        .stdout.decode()
        .splitlines()
        for _ in range(5)
    ]
    assert min(float(seconds) for seconds, _ in runs) < 0.05
    assert runs[0][1] in ("['gongkai']", "['distutils', 'gongkai']")
