"""Parquet, by pyarrow."""

from __future__ import annotations

from gongkai._gongkai import Table
from gongkai.extras import needed

__all__ = ["write_parquet"]


def write_parquet(table: Table, path: str) -> None:
    """Piece by piece; the fields keep their labels and units as metadata."""
    reader = needed("pyarrow", "arrow").RecordBatchReader.from_stream(table)
    with needed("pyarrow.parquet", "arrow").ParquetWriter(
        path, reader.schema, compression="zstd"
    ) as writer:
        for batch in reader:
            writer.write_batch(batch)
