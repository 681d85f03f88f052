"""Which Parquet types a fact's column may have; another type is refused by the name of the column."""

from __future__ import annotations

from collections.abc import Callable

import polars as pl
from polars.datatypes import DataTypeClass

from guiyan.engine.rules.model import Fact, FactType

TEXTS = (pl.String, pl.Enum, pl.Categorical)


def is_text(dtype: pl.DataType) -> bool:
    return isinstance(dtype, TEXTS)


def is_whole(dtype: pl.DataType) -> bool:
    return dtype.is_integer() and not isinstance(dtype, pl.Int128 | pl.UInt128)


def is_list_of_text(dtype: pl.DataType) -> bool:
    return isinstance(dtype, pl.List) and isinstance(dtype.inner, (*TEXTS, pl.Null))


def is_pairs(dtype: pl.DataType) -> bool:
    """A Parquet MAP, or a list of two-field structs: key, then amount."""
    if not (isinstance(dtype, pl.List) and isinstance(dtype.inner, pl.Struct) and len(dtype.inner.fields) == 2):
        return False
    key, amount = (made(field.dtype) for field in dtype.inner.fields)
    return is_text(key) and is_whole(amount)


def is_struct(dtype: pl.DataType) -> bool:
    """One field a key; a field that is null says that the key is not there."""
    return isinstance(dtype, pl.Struct) and all(
        is_whole(made(field.dtype)) or isinstance(made(field.dtype), pl.Null) for field in dtype.fields
    )


def made(dtype: DataTypeClass | pl.DataType) -> pl.DataType:
    """The inner type of a list or struct may be given as a class."""
    return dtype if isinstance(dtype, pl.DataType) else dtype()


ACCEPTED: dict[FactType, tuple[Callable[[pl.DataType], bool], str]] = {
    "bool": (lambda dtype: isinstance(dtype, pl.Boolean), "bool"),
    "int": (is_whole, "a whole number"),
    "date": (lambda dtype: isinstance(dtype, pl.Date), "date"),
    "text": (is_text, "text"),
    "code": (is_text, "text"),
    "region": (lambda dtype: is_whole(dtype) or is_text(dtype), "a region code, as a whole number or text"),
    "list": (is_list_of_text, "list of text"),
    "map": (lambda dtype: is_pairs(dtype) or is_struct(dtype), "map of text to whole numbers, or a struct of them"),
}


def wrong_type(fact: Fact, dtype: pl.DataType) -> str | None:
    """What is wrong with the column's type, or None. A column of nothing but nulls has no type and is fine."""
    fits, words = ACCEPTED[fact.type]
    if isinstance(dtype, pl.Null) or fits(dtype):
        return None
    return f"column `{fact.id}` ({fact.label}) is {dtype}; {words} is needed"
