"""Reports on Ray Data: `read_binary_files` lists and opens the files, `map_batches` reads
them.

Needs Ray (the extra `ray`) on the driver, and gongkai with pyarrow on every worker.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import TYPE_CHECKING, Any

from gongkai._gongkai import extensions
from gongkai.arrow import parse_batch
from gongkai.extras import needed

if TYPE_CHECKING:
    import pyarrow
    from ray.data import Dataset

__all__ = ["parse_dataset", "parse_folder"]


def parse_folder(path: str | list[str], *, table: str = "facts", **options: Any) -> Dataset:
    """The records of all reports below a folder, or below several.

    `path` is what Ray takes: a local path, `s3://`, `gs://`. Files whose extension no
    reader knows are left out. `table` and the other options are those of
    `gongkai.arrow.parse_batch`. Nothing runs before records are asked for.
    """
    data = needed("ray.data", "ray")
    files = data.read_binary_files(path, include_paths=True, file_extensions=extensions())
    return parse_dataset(files, table=table, **options)


def parse_dataset(
    files: Dataset, *, table: str = "facts", batch_size: int = 256, **options: Any
) -> Dataset:
    """The records of a dataset of files with the columns `path` and `bytes`, however it
    came to be. `batch_size` is the number of files that one call reads."""
    # Said here, an error of the caller's does not wait for a worker.
    parse_batch([], [], table=table, **options)
    work = partial(_parsed, options={"table": table, **options})
    return files.map_batches(work, batch_format="pyarrow", batch_size=batch_size)


def _parsed(files: pyarrow.Table, *, options: Mapping[str, Any]) -> pyarrow.Table:
    pyarrow = needed("pyarrow", "ray")
    records = parse_batch(
        *(files.column(name).to_pylist() for name in ("path", "bytes")), **options
    )
    return pyarrow.table(records)
