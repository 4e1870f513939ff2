"""Arrow record batches of documents that somebody else opened: the ground that the
adapters for Spark, Ray and DuckDB stand on. Nothing here imports an Arrow library; every
one takes what is here through the Arrow PyCapsule interface.

The tables are those of `gongkai.Batch`: `facts`, `findings`, `reports`, `panel` and
`panel_status`, with one schema on every route. Their columns are utf8, int64, bool and
decimal128 only, which every engine reads.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping

from gongkai._gongkai import Limits, Records, Schema, extensions, fields, read_records
from gongkai.errors import CallerError
from gongkai.source import limits_of, name_of

__all__ = ["Records", "Schema", "duckdb_type", "glob", "parse_batch", "schema", "spark_ddl"]

# Only these show findings of checks: others need not pay for them.
_CHECKED = ("findings", "reports")


def parse_batch(
    paths: Iterable[str | os.PathLike[str]],
    contents: Iterable[bytes | bytearray | memoryview | None],
    *,
    table: str = "facts",
    format: str | None = None,
    encoding: str | None = None,
    limits: Limits | Mapping[str, int] | None = None,
    check: bool = True,
) -> Records:
    """The records of documents in memory, as one Arrow record batch of `table`.

    `paths` name the documents: they stand in the column `source` as given, and their
    extensions settle formats that the content leaves open. A document that gives no report
    never fails the batch: it is a record of the table `reports` with status `failed`,
    `error_kind`, `error_code` and `error`, and has no record in the other tables. So is one
    whose content is None.

    Works on the calling thread alone, with the interpreter lock released: engines run one
    task a processor already. On one machine `gongkai.read_many` is the better choice.

    The other options are those of `gongkai.read_many`. CallerError if there are not as
    many contents as paths, or no such table.
    """
    names = [name_of(os.fsdecode(path)) or "" for path in paths]
    data = [bytes(c) if isinstance(c, (bytearray, memoryview)) else c for c in contents]
    if len(names) != len(data):
        raise CallerError(
            f"expected as many contents as paths, found {len(data)} for {len(names)}",
            code="contents",
            message_zh=f"内容与路径的数目应相同，实为{len(data)}与{len(names)}",
        )
    return read_records(
        names,
        data,
        table=table,
        format=format,
        encoding=encoding,
        limits=limits_of(limits),
        check=check and table in _CHECKED,
    )


def schema(table: str = "facts") -> Schema:
    """The schema of a table, for `pyarrow.schema` and others that take `__arrow_c_schema__`."""
    return Schema(table)


def spark_ddl(table: str = "facts") -> str:
    """The same schema in the words of Spark SQL, with the Chinese labels as comments."""

    def column(field: Mapping[str, object]) -> str:
        absent = "" if field["nullable"] else " NOT NULL"
        label = str(field["zh"]).replace("\\", "\\\\").replace("'", "\\'")
        return f"`{field['name']}` {field['sql']}{absent} COMMENT '{label}'"

    return ", ".join(map(column, fields(table)))


def duckdb_type(table: str = "facts") -> str:
    """The same schema as DuckDB's type of one record."""
    columns = (f'"{field["name"]}" {field["sql"]}' for field in fields(table))
    return f"STRUCT({', '.join(columns)})"


def glob() -> str:
    """A pattern of the names of files that are read, for engines that list files. Case
    does not matter, as on disks of other systems."""
    either = ("".join(f"[{c}{c.upper()}]" for c in name) for name in extensions())
    return f"*.{{{','.join(either)}}}"
