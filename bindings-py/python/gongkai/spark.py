"""Reports on Apache Spark: `binaryFile` lists and opens the files, `mapInArrow` reads them.

Needs PySpark (the extra `spark`) on the driver, and gongkai with pyarrow on every worker.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import partial
from typing import TYPE_CHECKING, Any

from gongkai.arrow import glob, parse_batch, spark_ddl
from gongkai.extras import needed

if TYPE_CHECKING:
    import pyarrow
    from pyspark.sql import DataFrame, SparkSession

__all__ = ["parse_files", "parse_folder"]


def parse_folder(
    spark: SparkSession, path: str | list[str], *, table: str = "facts", **options: Any
) -> DataFrame:
    """The records of all reports below a folder, or below several.

    `path` is what Spark takes: a local path, `hdfs://`, `s3a://`. Files whose extension no
    reader knows are left out. `table` and the other options are those of
    `gongkai.arrow.parse_batch`. Nothing runs before an action asks for records.
    """
    files = (
        spark.read.format("binaryFile")
        .option("recursiveFileLookup", "true")
        .option("pathGlobFilter", glob())
        .load(path)
    )
    return parse_files(files, table=table, **options)


def parse_files(files: DataFrame, *, table: str = "facts", **options: Any) -> DataFrame:
    """The records of a frame of files with the columns `path` and `content`, however it
    came to be. The options are those of `parse_folder`."""
    # Functions of a module and plain data: what is pickled holds nothing of the extension.
    work = partial(_parsed, options=_plain(table, options))
    return files.select("path", "content").mapInArrow(work, spark_ddl(table))


def _plain(table: str, options: Mapping[str, Any]) -> dict[str, Any]:
    # Said here, an error of the caller's does not wait for a worker.
    parse_batch([], [], table=table, **options)
    return {"table": table, **options}


def _parsed(
    batches: Iterator[pyarrow.RecordBatch], *, options: Mapping[str, Any]
) -> Iterator[pyarrow.RecordBatch]:
    pyarrow: Any = needed("pyarrow", "spark")
    for batch in batches:
        records = parse_batch(*(batch.column(at).to_pylist() for at in (0, 1)), **options)
        yield from pyarrow.RecordBatchReader.from_stream(records)
