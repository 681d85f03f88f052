"""Variables as SQL: a fact's column, or one key of a list or map, as the whole numbers and texts that rules compare."""

from __future__ import annotations

import polars as pl

from guiyan.engine.population.column_types import is_pairs, made
from guiyan.engine.population.facts_file import KIND, FactsFile
from guiyan.engine.population.sql_dialects import Dialect
from guiyan.engine.rules.core import Variable

SHORT_CODES = ((100, 10**10), (10**4, 10**8), (10**6, 10**6), (10**9, 10**3))


def value_of(variable: Variable, file: FactsFile, dialect: Dialect, maps: frozenset[str]) -> str:
    """maps: the columns that the engine sees as MAP rather than as a list of entries."""
    fact = file.catalogue.facts[variable.fact]
    dtype = file.columns.get(variable.fact)
    if dtype is None:
        return f"CAST(NULL AS {sql_type(variable, dialect)})"
    column = dialect.name(variable.fact)
    match fact.type:
        case "bool":
            return column
        case "int":
            return f"CAST({column} AS BIGINT)"
        case "date":
            return f"CAST({dialect.ordinal(column)} AS BIGINT)"
        case "text":
            return f"CAST({column} AS {dialect.text})"
        case "code":
            whens = " ".join(f"WHEN {dialect.quoted(code)} THEN {place}" for place, code in enumerate(fact.codes))
            return f"CASE CAST({column} AS {dialect.text}) {whens} END"
        case "region":
            code = f"CAST({column} AS BIGINT)"
            shorter = " ".join(f"WHEN {code} < {below} THEN {code} * {factor}" for below, factor in SHORT_CODES)
            return f"CASE {shorter} ELSE {code} END"
        case "list":
            return holds(column, dtype, variable.key or "", dialect)
        case "map":
            return amount(column, dtype, variable, dialect, variable.fact in maps)


def sql_type(variable: Variable, dialect: Dialect) -> str:
    return "BOOLEAN" if variable.is_bool else dialect.text if variable.bounds is None else "BIGINT"


def holds(column: str, dtype: pl.DataType, key: str, dialect: Dialect) -> str:
    assert isinstance(dtype, pl.List)
    if isinstance(made(dtype.inner), pl.Null):
        return f"CASE WHEN {column} IS NOT NULL THEN FALSE END"
    return dialect.holds(column, key)


def amount(column: str, dtype: pl.DataType, variable: Variable, dialect: Dialect, is_map: bool) -> str:
    key = variable.key or ""
    if is_map:
        found = dialect.first_amount(f"map_entries({column})", "key", "value", key)
    elif is_pairs(dtype):
        assert isinstance(dtype, pl.List) and isinstance(dtype.inner, pl.Struct)
        key_field, amount_field = (field.name for field in dtype.inner.fields)
        found = dialect.first_amount(column, key_field, amount_field, key)
    elif isinstance(dtype, pl.Struct) and key in [field.name for field in dtype.fields]:
        found = dialect.field(column, key)
    else:
        found = "0"
    return f"CASE WHEN {column} IS NOT NULL THEN coalesce(CAST({found} AS BIGINT), 0) END"


def is_of(kind: str, file: FactsFile, dialect: Dialect) -> str:
    """Whether a row is of a kind, in a file that has several."""
    if file.tells_kind:
        return f"CAST({dialect.name(KIND)} AS {dialect.text}) = {dialect.quoted(kind)}"
    own = [f"{dialect.name(name)} IS NOT NULL" for name in file.facts_only_of(kind)]
    return f"({' OR '.join(own)})" if own else "FALSE"
