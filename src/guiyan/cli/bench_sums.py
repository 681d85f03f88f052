"""The plain pass beside which populations are measured: a column of facts scanned and summed."""

from __future__ import annotations

import polars as pl


def summed(name: str, dtype: pl.DataType) -> pl.Expr:
    column = pl.col(name)
    if isinstance(dtype, pl.String):
        return column.str.len_bytes().sum()
    if isinstance(dtype, pl.List):
        return column.list.len().cast(pl.Int64).sum()
    if isinstance(dtype, pl.Date | pl.Enum):
        return column.to_physical().cast(pl.Int64).sum()
    return column.sum() if isinstance(dtype, pl.Boolean) else column.cast(pl.Int64).sum()
