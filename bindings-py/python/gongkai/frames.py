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
    frame: polars.DataFrame = needed("polars", "polars").DataFrame(table)
    return frame


def to_pandas(table: Any) -> pandas.DataFrame:
    """A pandas.DataFrame: whole numbers as Int64, text as string, decimals as exact
    Arrow decimals; what is absent is NA. Labels and units are in `attrs`."""
    pd = needed("pandas", "pandas")
    pyarrow = needed("pyarrow", "pandas")
    arrow = pyarrow.table(table)
    kinds = {
        pyarrow.int64(): pd.Int64Dtype(),
        pyarrow.utf8(): pd.StringDtype(),
        pyarrow.bool_(): pd.BooleanDtype(),
    }

    def kind(type: Any) -> Any:
        return kinds.get(type) or pd.ArrowDtype(type)

    frame: pandas.DataFrame = arrow.to_pandas(types_mapper=kind)
    frame.attrs["labels"] = {
        field.name: {name.decode(): text.decode() for name, text in (field.metadata or {}).items()}
        for field in arrow.schema
    }
    return frame
