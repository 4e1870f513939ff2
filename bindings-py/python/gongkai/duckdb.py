"""Reports in DuckDB: `read_blob` lists and opens the files, functions read them.

Needs DuckDB and pyarrow (the extra `duckdb`).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from itertools import accumulate
from typing import TYPE_CHECKING, Any

from gongkai._gongkai import TABLES
from gongkai.arrow import duckdb_type, parse_batch
from gongkai.extras import needed

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

__all__ = ["register"]


def register(connection: DuckDBPyConnection, **options: Any) -> None:
    """Gives the connection, for each table such as `facts`,

    - a table function: `SELECT * FROM gongkai_facts('reports/**')`, which takes what
      DuckDB's `read_blob` takes;
    - a function of a name and a blob, `gongkai_parse_facts(filename, content)`, which
      gives the list of their records.

    Options are those of `gongkai.arrow.parse_batch` but `table`. DuckDB calls the functions
    on one thread: `gongkai.read_many` is faster, and DuckDB reads the tables of its batch
    by the name of their variable.
    """
    # Said here, an error of the caller's does not wait for a query.
    parse_batch([], [], **options)
    # Its types name the words of Python's own functions only.
    create: Any = connection.create_function
    for table in TABLES:
        parse = f"gongkai_parse_{table}"
        create(
            parse,
            _parser(table, options),
            ["VARCHAR", "BLOB"],
            f"{duckdb_type(table)}[]",
            type="arrow",
            null_handling="special",
        )
        connection.execute(
            f"CREATE OR REPLACE TEMP MACRO gongkai_{table}(files) AS TABLE "
            f"SELECT unnest({parse}(filename, content), max_depth := 2) FROM read_blob(files)"
        )


def _parser(table: str, options: Mapping[str, Any]) -> Callable[[Any, Any], Any]:
    """From arrays of names and blobs to an array of lists of records."""

    pyarrow = needed("pyarrow", "duckdb")

    # A function of two parameters and no more: DuckDB counts them.
    def parsed(names: Any, blobs: Any) -> Any:
        records = [
            pyarrow.record_batch(parse_batch([name], [blob], table=table, **options))
            for name, blob in zip(names.to_pylist(), blobs.to_pylist(), strict=True)
        ]
        ends = pyarrow.array(accumulate(map(len, records), initial=0), pyarrow.int32())
        flat = pyarrow.concat_arrays([batch.to_struct_array() for batch in records])
        return pyarrow.ListArray.from_arrays(ends, flat)

    return parsed
