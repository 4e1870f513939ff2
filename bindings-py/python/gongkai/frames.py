"""Tables as data frames. The libraries are imported only when they are asked for."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from gongkai.extras import needed

if TYPE_CHECKING:
    import pandas
    import polars
    import pyarrow

__all__ = ["to_arrow", "to_pandas", "to_polars"]


def to_arrow(table: Any) -> pyarrow.Table:
    """A pyarrow.Table of all records."""
    return needed("pyarrow", "arrow").table(table)


def to_polars(table: Any) -> polars.DataFrame:
    """A polars.DataFrame of all records."""
    return needed("polars", "polars").DataFrame(table)


def to_pandas(table: Any) -> pandas.DataFrame:
    """A pandas.DataFrame: whole numbers as Int64, text as string, decimals as exact
    Arrow decimals; what is absent is NA. Labels and units are in `attrs`."""
    pandas = needed("pandas", "pandas")
    pyarrow = needed("pyarrow", "pandas")
    arrow = pyarrow.table(table)
    kinds = {
        pyarrow.int64(): pandas.Int64Dtype(),
        pyarrow.utf8(): pandas.StringDtype(),
        pyarrow.bool_(): pandas.BooleanDtype(),
    }

    def kind(type: Any) -> Any:
        return kinds.get(type) or pandas.ArrowDtype(type)

    frame = arrow.to_pandas(types_mapper=kind)
    frame.attrs["labels"] = {
        field.name: {name.decode(): text.decode() for name, text in (field.metadata or {}).items()}
        for field in arrow.schema
    }
    return frame
