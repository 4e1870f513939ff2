"""The adapter for Ray Data on two local workers."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pyarrow
import pytest
import ray
import ray.data

import gongkai.ray
from gongkai._gongkai import TABLES
from many import BROKEN, expected, records, write_folder


@pytest.fixture(scope="module", autouse=True)
def engine() -> Iterator[None]:
    ray.init(num_cpus=2, include_dashboard=False, log_to_driver=False, logging_level="error")
    ray.data.DataContext.get_current().enable_progress_bars = False
    yield
    ray.shutdown()


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_folder(tmp_path_factory.mktemp("many") / "reports")


@pytest.mark.parametrize("table", TABLES)
def test_records_are_those_of_read_many(folder: Path, table: str) -> None:
    dataset = gongkai.ray.parse_folder(str(folder), table=table)
    pieces = ray.get(dataset.to_arrow_refs())
    found = [record for piece in pieces for record in piece.to_pylist()]
    assert records(found) == expected(folder, table)


def test_broken_files_do_not_fail_the_job(folder: Path) -> None:
    dataset = gongkai.ray.parse_folder(str(folder), table="reports")
    failed = [row for row in dataset.take_all() if row["status"] == "failed"]
    assert sorted(Path(row["source"]).name for row in failed) == sorted(BROKEN)
    assert all(row["error_kind"] and row["error_code"] and row["error"] for row in failed)


def test_parquet_keeps_values_exact(folder: Path, tmp_path: Path) -> None:
    gongkai.ray.parse_folder(str(folder)).write_parquet(str(tmp_path / "facts"))
    read = pyarrow.parquet.read_table(tmp_path / "facts").to_pylist()
    assert records(read) == expected(folder, "facts")


def test_datasets_of_files_and_options() -> None:
    files = ray.data.from_items([{"path": "a.txt", "bytes": b"nothing"}])
    dataset = gongkai.ray.parse_dataset(files, table="reports", limits={"input_bytes": 3})
    assert [row["error_code"] for row in dataset.take_all()] == ["limit"]
    with pytest.raises(gongkai.CallerError):
        gongkai.ray.parse_dataset(files, table="cells")
