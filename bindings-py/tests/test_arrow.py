"""Documents in memory as record batches, and DuckDB, which needs no cluster."""

from __future__ import annotations

import io
import os
import pickle
import subprocess
import sys
import zipfile
from functools import partial
from pathlib import Path
from typing import Any

import pytest

import gongkai
import gongkai.arrow
from conftest import written
from gongkai._gongkai import TABLES
from many import BROKEN, expected, records, write_folder

pyarrow: Any = pytest.importorskip("pyarrow")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_folder(tmp_path_factory.mktemp("many") / "reports")


def parsed(folder: Path, table: str) -> gongkai.arrow.Records:
    paths = [path for path in sorted(folder.rglob("*.*")) if path.suffix != ".log"]
    return gongkai.arrow.parse_batch(paths, [path.read_bytes() for path in paths], table=table)


def test_archives_are_opened() -> None:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("b.txt", written())
        archive.writestr("c.docx", b"none")
    own = gongkai.arrow.parse_batch(
        ["a.zip", "d.txt"], [packed.getvalue(), written().encode()], table="reports"
    )
    assert [(record["source"], record["status"]) for record in pyarrow.table(own).to_pylist()] == [
        ("a.zip!/b.txt", "read"),
        ("a.zip!/c.docx", "failed"),
        ("d.txt", "read"),
    ]


@pytest.mark.parametrize("table", TABLES)
def test_records_are_those_of_read_many(folder: Path, table: str) -> None:
    own = parsed(folder, table)
    assert (own.name, len(own) > 0) == (table, True)
    assert records(pyarrow.table(own).to_pylist()) == expected(folder, table)


def test_every_broken_file_is_a_record_of_reports(folder: Path) -> None:
    reports = pyarrow.table(parsed(folder, "reports")).to_pylist()
    failed = {r["source"]: r for r in reports if r["status"] == "failed"}
    assert sorted(Path(source).name for source in failed) == sorted(BROKEN)
    for error in gongkai.read_many(folder).errors:
        record = failed[str(error.source)]
        assert record["error_kind"] == error.kind
        assert record["error_code"] == error.code
        assert record["error"] == error.message
    facts = pyarrow.table(parsed(folder, "facts")).column("source").to_pylist()
    assert not failed.keys() & set(facts)


def test_a_document_without_content_fails_alone() -> None:
    contents = [None, written().encode(), memoryview(written().encode()), b""]
    own = gongkai.arrow.parse_batch(["a.txt", "b.txt", "c.txt", "d.txt"], contents, table="reports")
    codes = pyarrow.table(own).column("error_code").to_pylist()
    assert codes == ["no-content", None, None, "empty"]


def test_the_path_settles_what_the_content_leaves_open() -> None:
    """As in `read_many`: a finding says where extension and content disagree."""
    own = gongkai.arrow.parse_batch(["a.html"], [written().encode()], table="findings")
    assert "DOC-EXTENSION" in pyarrow.table(own).column("code").to_pylist()


def test_options_reach_the_reader() -> None:
    content = written().encode("gb18030")
    for options, status in (
        ({"encoding": "gb18030"}, "read"),
        ({"limits": {"input_bytes": 10}}, "failed"),
        ({"format": "docx"}, "failed"),
    ):
        own: Any = gongkai.arrow.parse_batch(["a.txt"], [content], table="reports", **options)
        assert pyarrow.table(own).column("status").to_pylist() == [status]


def test_what_callers_do_wrong() -> None:
    with pytest.raises(gongkai.CallerError, match="as many contents"):
        gongkai.arrow.parse_batch(["a", "b"], [b""])
    with pytest.raises(gongkai.CallerError, match="expected a table"):
        gongkai.arrow.parse_batch([], [], table="cells")
    with pytest.raises(gongkai.CallerError, match="expected a table"):
        gongkai.arrow.schema("cells")


@pytest.mark.parametrize("table", TABLES)
def test_one_schema_on_every_route(folder: Path, table: str) -> None:
    own = parsed(folder, table)
    schema = pyarrow.schema(gongkai.arrow.schema(table))
    batch = pyarrow.record_batch(own)
    batch.validate(full=True)
    assert batch.equals(pyarrow.record_batch(own)), "an array can be taken more than once"
    assert pyarrow.table(own).to_batches() == [batch]
    whole = pyarrow.table(gongkai.read_many(folder).table(table)).schema
    for other in (batch.schema, pyarrow.schema(own), whole):
        assert schema.equals(other, check_metadata=True)
    # Spark and others refuse unsigned numbers, narrow ones and dictionaries.
    exact = pyarrow.decimal128(38, 10)
    assert set(schema.types) <= {pyarrow.utf8(), pyarrow.int64(), pyarrow.bool_(), exact}


@pytest.mark.parametrize("table", TABLES)
def test_sql_types_are_those_of_arrow(table: str) -> None:
    words = {"string": "STRING", "int64": "BIGINT", "bool": "BOOLEAN"}
    schema = pyarrow.schema(gongkai.arrow.schema(table))
    sql = [words.get(str(field.type), "DECIMAL(38,10)") for field in schema]
    columns = [f'"{field.name}" {kind}' for field, kind in zip(schema, sql, strict=True)]
    assert gongkai.arrow.duckdb_type(table) == f"STRUCT({', '.join(columns)})"
    ddl = gongkai.arrow.spark_ddl(table)
    assert [part.split(" COMMENT ")[0] for part in ddl.split(", `")] == [
        f"{'`' if at == 0 else ''}{field.name}` {kind}{'' if field.nullable else ' NOT NULL'}"
        for at, (field, kind) in enumerate(zip(schema, sql, strict=True))
    ]


def test_arrays_that_nobody_takes_are_freed() -> None:
    own = gongkai.arrow.parse_batch(["a.txt"], [written().encode()])

    def resident() -> int:
        return int(Path("/proc/self/statm").read_text().split()[1]) * os.sysconf("SC_PAGESIZE")

    if not Path("/proc/self/statm").exists():
        pytest.skip("memory is measured on Linux")
    for _ in range(1000):
        own.__arrow_c_array__()
    before = resident()
    for _ in range(20_000):
        own.__arrow_c_array__()
    assert resident() - before < 5 << 20


def test_the_work_of_a_cluster_pickles() -> None:
    options: dict[str, Any] = {"table": "reports", "limits": {"input_bytes": 10}}
    work = pickle.loads(pickle.dumps(partial(gongkai.arrow.parse_batch, **options)))
    codes = pyarrow.table(work(["a.txt"], [written().encode()])).column("error_kind")
    assert codes.to_pylist() == ["limit"]


def test_adapters_import_no_engine_before_they_are_called() -> None:
    script = (
        "import sys; known = set(sys.modules)\n"
        "import gongkai.arrow, gongkai.duckdb, gongkai.ray, gongkai.spark\n"
        "new = {name.partition('.')[0] for name in set(sys.modules) - known}\n"
        "print(*sorted(new - set(sys.stdlib_module_names)))"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=True
    )
    assert done.stdout.split() == ["gongkai"]


@pytest.mark.parametrize("table", TABLES)
def test_duckdb_reads_folders(folder: Path, table: str) -> None:
    duckdb: Any = pytest.importorskip("duckdb")
    import gongkai.duckdb

    with duckdb.connect() as connection:
        gongkai.duckdb.register(connection)
        found = connection.sql(
            f"SELECT * FROM gongkai_{table}($files) WHERE source NOT LIKE '%.log'",
            params={"files": f"{folder}/**"},
        )
        assert records(found.to_arrow_table().to_pylist()) == expected(folder, table)


def test_duckdb_reads_blobs_from_anywhere() -> None:
    duckdb: Any = pytest.importorskip("duckdb")
    import gongkai.duckdb

    with duckdb.connect() as connection:
        gongkai.duckdb.register(connection, limits={"input_bytes": 1 << 20})
        connection.execute("CREATE TABLE archive (name VARCHAR, content BLOB)")
        documents = [("a.txt", written().encode()), ("b.txt", None), ("c.txt", b"nothing")]
        connection.executemany("INSERT INTO archive VALUES (?, ?)", documents)
        found = connection.sql(
            "SELECT name, list_transform(gongkai_parse_reports(name, content),"
            " lambda report: report.error_code) FROM archive ORDER BY name"
        )
        assert found.fetchall() == [
            ("a.txt", [None]),
            ("b.txt", ["no-content"]),
            ("c.txt", ["not-a-report"]),
        ]
        with pytest.raises(gongkai.CallerError):
            gongkai.duckdb.register(connection, format="cells")
