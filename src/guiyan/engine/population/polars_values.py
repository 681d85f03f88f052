"""Variables as Polars columns: a fact's column or one key of a list or map, as the whole numbers that rules compare."""

from __future__ import annotations

from dataclasses import dataclass

import polars as pl

from guiyan.engine.population.column_types import is_pairs, is_text, made
from guiyan.engine.population.facts_file import FactsFile
from guiyan.engine.population.statistics import Told
from guiyan.engine.rules.core import Variable
from guiyan.engine.rules.model import Fact

EPOCH = 719_163  # the ordinal of 1970-01-01, from which Parquet and Polars count days
SHORT_CODES = ((10**2, 10**10), (10**4, 10**8), (10**6, 10**6), (10**9, 10**3))
LIMITS: dict[type[pl.DataType], tuple[int, int]] = {
    **{
        size: (-(2 ** (bits - 1)), 2 ** (bits - 1) - 1)
        for bits, size in ((8, pl.Int8), (16, pl.Int16), (32, pl.Int32), (64, pl.Int64))
    },
    **{size: (0, 2**bits - 1) for bits, size in ((8, pl.UInt8), (16, pl.UInt16), (32, pl.UInt32))},
}


@dataclass(frozen=True)
class Value:
    """expr + shift is what the rule compares. dtype: the column's own, so that literals need no wider one."""

    expr: pl.Expr
    dtype: pl.DataType
    shift: int = 0


def value_of(variable: Variable, file: FactsFile) -> Value:
    """Null for whoever's fact is unknown; a fact without column is unknown of everybody."""
    fact = file.catalogue.facts[variable.fact]
    dtype = file.columns.get(variable.fact)
    if dtype is None:
        return nothing(variable)
    column = pl.col(variable.fact)
    match fact.type:
        case "bool":
            return Value(column, pl.Boolean())
        case "int":
            return whole(column, dtype)
        case "date":
            return Value(column.to_physical(), pl.Int32(), EPOCH)
        case "text":
            return Value(column.cast(pl.String), pl.String())
        case "code":
            return Value(in_order(column, dtype, fact), pl.UInt8() if len(fact.codes) < 256 else pl.UInt16())
        case "region":
            return Value(region(column, dtype, file.told.get(variable.fact)), pl.Int64())
        case "list":
            return Value(holds(column, dtype, variable.key or ""), pl.Boolean())
        case "map":
            return Value(amount(column, dtype, variable.key or ""), pl.Int64())


def nothing(variable: Variable) -> Value:
    dtype: pl.DataType = pl.Boolean() if variable.is_bool else pl.String() if variable.bounds is None else pl.Int64()
    return Value(pl.lit(None, dtype), dtype)


def whole(column: pl.Expr, dtype: pl.DataType) -> Value:
    if type(dtype) in LIMITS:
        return Value(column, dtype)
    return Value(column.cast(pl.Int64, strict=False), pl.Int64())


def in_order(column: pl.Expr, dtype: pl.DataType, fact: Fact) -> pl.Expr:
    """Places in the declared order; a text that is no code becomes null here and is refused by `checks`."""
    codes = list(fact.codes)
    if isinstance(dtype, pl.Enum) and dtype.categories.to_list() == codes:
        return column.to_physical()
    return column.cast(pl.String).cast(pl.Enum(codes), strict=False).to_physical()


def region(column: pl.Expr, dtype: pl.DataType, told: Told | None) -> pl.Expr:
    if is_text(dtype):
        return full_code(column.cast(pl.String))
    if isinstance(dtype, pl.Int64) and told is not None and told.least is not None and told.least >= 10**11:
        return column
    return full_code(column)


def full_code(column: pl.Expr) -> pl.Expr:
    """12 digits: `421224` is 421224000000."""
    code = column.cast(pl.Int64, strict=False)
    full = code
    for below, factor in reversed(SHORT_CODES):
        full = pl.when(code < below).then(code * factor).otherwise(full)
    return full


def holds(column: pl.Expr, dtype: pl.DataType, key: str) -> pl.Expr:
    assert isinstance(dtype, pl.List)
    if isinstance(made(dtype.inner), pl.Null):
        return column.list.len() > pl.lit(2**31)  # empty lists only: no, and null where the list is
    texts = column if isinstance(made(dtype.inner), pl.String) else column.cast(pl.List(pl.String))
    return texts.list.contains(pl.lit(key))


def amount(column: pl.Expr, dtype: pl.DataType, key: str) -> pl.Expr:
    """What the map holds for the key: 0 where it holds nothing, null where there is no map."""
    zero = pl.lit(0, pl.Int64)
    if is_pairs(dtype):
        assert isinstance(dtype, pl.List) and isinstance(dtype.inner, pl.Struct)
        name, amounts = (field.name for field in dtype.inner.fields)
        own = pl.element().struct.field(amounts).filter(pl.element().struct.field(name).cast(pl.String) == key)
        found = column.list.eval(own).list.first().cast(pl.Int64, strict=False)
    elif isinstance(dtype, pl.Struct) and key in [field.name for field in dtype.fields]:
        found = column.struct.field(key).cast(pl.Int64, strict=False)
    else:
        found = zero
    return pl.when(column.is_not_null()).then(found.fill_null(zero))
