"""The adapter for Spark on two local workers."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pyarrow
import pytest
from pyspark.sql import SparkSession
from pyspark.sql.pandas.types import from_arrow_schema
from pyspark.sql.types import StructType

import gongkai.spark
from gongkai._gongkai import TABLES
from gongkai.arrow import schema, spark_ddl
from many import BROKEN, expected, records, write_folder


@pytest.fixture(scope="module")
def spark() -> Iterator[SparkSession]:
    os.environ["PYSPARK_PYTHON"] = sys.executable
    session = (
        SparkSession.builder.master("local[2]")
        .config("spark.ui.enabled", "false")
        .config("spark.sql.files.openCostInBytes", "65536")
        .config("spark.sql.execution.arrow.maxRecordsPerBatch", "16")
        .getOrCreate()
    )
    yield session
    session.stop()


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_folder(tmp_path_factory.mktemp("many") / "reports")


@pytest.mark.parametrize("table", TABLES)
def test_records_are_those_of_read_many(spark: SparkSession, folder: Path, table: str) -> None:
    frame = gongkai.spark.parse_folder(spark, str(folder), table=table)
    rows = [row.asDict() for row in frame.collect()]
    assert records(rows) == expected(folder, table)


@pytest.mark.parametrize("table", TABLES)
def test_the_ddl_is_the_arrow_schema(table: str) -> None:
    declared = StructType.fromDDL(spark_ddl(table))
    given = from_arrow_schema(pyarrow.schema(schema(table)))
    fields = [(field.name, field.dataType, field.nullable) for field in declared]
    assert fields == [(field.name, field.dataType, field.nullable) for field in given]
    labels = [field.metadata["comment"] for field in declared]
    arrow = pyarrow.schema(schema(table))
    assert labels == [field.metadata[b"zh"].decode() for field in arrow]


def test_broken_files_do_not_fail_the_job(spark: SparkSession, folder: Path) -> None:
    frame = gongkai.spark.parse_folder(spark, str(folder), table="reports")
    failed = frame.where("status = 'failed'").collect()
    assert sorted(Path(row.source).name for row in failed) == sorted(BROKEN)
    assert all(row.error_kind and row.error_code and row.error for row in failed)


def test_parquet_keeps_values_exact(spark: SparkSession, folder: Path, tmp_path: Path) -> None:
    out = str(tmp_path / "facts.parquet")
    gongkai.spark.parse_folder(spark, str(folder)).write.parquet(out)
    read: list[dict[str, Any]] = pyarrow.parquet.read_table(out).to_pylist()
    assert records(read) == expected(folder, "facts")


def test_frames_of_files_and_options(spark: SparkSession) -> None:
    files = spark.createDataFrame(
        [("a.txt", bytearray(b"nothing")), ("b.txt", None)], "path string, content binary"
    )
    frame = gongkai.spark.parse_files(files, table="reports", limits={"input_bytes": 3})
    assert sorted(row.error_code for row in frame.collect()) == ["limit", "no-content"]
    with pytest.raises(gongkai.CallerError):
        gongkai.spark.parse_files(files, table="cells")
