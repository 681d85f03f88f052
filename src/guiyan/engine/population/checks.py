"""Values that no rule may see: codes outside their list, numbers outside their bounds, impossible regions, no subject.

What a Parquet file's own statistics tell (the smallest and largest of a column) is not read again. The first row that
is wrong is named by its number, its subject and its column.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

import polars as pl

from guiyan.engine.population.column_types import is_pairs, is_text, made
from guiyan.engine.population.errors import PopulationError
from guiyan.engine.population.facts_file import KIND, KINDS, SUBJECT, FactsFile
from guiyan.engine.population.polars_values import EPOCH, LIMITS
from guiyan.engine.rules.catalogue import bounds
from guiyan.engine.rules.dates import LAST_DAY
from guiyan.engine.rules.model import Fact

REGION = r"^[1-9](\d|\d{3}|\d{5}|\d{8}|\d{11})$"
REGION_LENGTHS = ((10, 99), (1000, 9999), (100_000, 999_999), (10**8, 10**9 - 1), (10**11, 10**12 - 1))


def check(file: FactsFile) -> None:
    """Raises PopulationError for the first row with an impossible value."""
    doubtful = {name: wrong for name, wrong in wrong_values(file) if not shown_right(file, name)}
    if not doubtful:
        return
    found = file.scan().select(wrong.any().alias(name) for name, wrong in doubtful.items())
    first = found.collect(engine="streaming").row(0, named=True)
    for name, wrong in doubtful.items():
        if first[name]:
            raise PopulationError(first_wrong(file, name, wrong))


def shown_right(file: FactsFile, name: str) -> bool:
    """Whether the statistics show that every value is possible."""
    told = file.told.get(name)
    if told is None:
        return False
    if name == SUBJECT:
        return told.nulls == 0
    fact = file.catalogue.facts.get(name)
    if fact is None or fact.type not in ("int", "date", "region") or is_text(file.columns[name]):
        return False
    if told.least is None or told.most is None:
        return told.empty
    ranges = REGION_LENGTHS if fact.type == "region" else (limits(fact),)
    return any(low <= told.least and told.most <= high for low, high in ranges)


def limits(fact: Fact) -> tuple[int, int]:
    return (1, LAST_DAY) if fact.type == "date" else bounds(fact)


def wrong_values(file: FactsFile) -> Iterator[tuple[str, pl.Expr]]:
    """Per column, where it is wrong; columns that can't be are left out."""
    yield SUBJECT, pl.col(SUBJECT).is_null()
    if file.tells_kind:
        yield KIND, ~pl.col(KIND).cast(pl.String).is_in(KINDS).fill_null(False)
    elif file.kind is None:
        several = pl.sum_horizontal(
            pl.any_horizontal(pl.col(name).is_not_null() for name in file.facts_only_of(kind))
            for kind in KINDS
            if file.facts_only_of(kind)
        )
        yield KIND, several != 1
    for name, dtype in file.columns.items():
        wrong = wrong_value(file.catalogue.facts[name], pl.col(name), dtype)
        if wrong is not None:
            yield name, wrong.fill_null(False)


def wrong_value(fact: Fact, column: pl.Expr, dtype: pl.DataType) -> pl.Expr | None:
    match fact.type:
        case "int":
            low, high = bounds(fact)
            return ~(column if type(dtype) in LIMITS else column.cast(pl.Int128)).is_between(low, high)
        case "date":
            return ~(column.to_physical().cast(pl.Int64) + EPOCH).is_between(1, LAST_DAY)
        case "code":
            known = isinstance(dtype, pl.Enum) and set(dtype.categories) <= set(fact.codes)
            return None if known else ~column.cast(pl.String).is_in(list(fact.codes))
        case "region":
            if is_text(dtype):
                return ~column.cast(pl.String).str.contains(REGION)
            return ~pl.any_horizontal(column.is_between(low, high) for low, high in REGION_LENGTHS)
        case "list":
            assert isinstance(dtype, pl.List)
            return (
                None if isinstance(made(dtype.inner), pl.Null) else column.list.eval(pl.element().is_null()).list.any()
            )
        case "map":
            return wrong_amounts(column, dtype, bounds(fact))
        case _:
            return None


def wrong_amounts(column: pl.Expr, dtype: pl.DataType, limits: tuple[int, int]) -> pl.Expr | None:
    low, high = limits
    if is_pairs(dtype):
        assert isinstance(dtype, pl.List) and isinstance(dtype.inner, pl.Struct)
        key, amount = (pl.element().struct.field(field.name) for field in dtype.inner.fields)
        return column.list.eval(key.is_null() | ~amount.is_between(low, high).fill_null(False)).list.any()
    assert isinstance(dtype, pl.Struct)
    fields = [field.name for field in dtype.fields if not isinstance(made(field.dtype), pl.Null)]
    if not fields:
        return None
    return pl.any_horizontal(~column.struct.field(name).is_between(low, high) for name in fields)


def first_wrong(file: FactsFile, name: str, wrong: pl.Expr) -> str:
    """In words, with the number of the row in the whole file (from 1), the subject and what stands there."""
    before = 0
    for path in file.paths:
        frame = pl.scan_parquet(path)
        row = frame.with_row_index("row").filter(wrong).head(1).collect(engine="streaming")
        if row.height:
            found = row.row(0, named=True)
            where = f"{path}: row {found['row'] + 1 + before}, subject {found[SUBJECT]!r}: column `{name}`"
            return f"{where} {words(file, name, found.get(name))}"
        before += frame.select(pl.len()).collect().item()
    return f"{file.paths[0]}: column `{name}` has an impossible value"


def words(file: FactsFile, name: str, value: object) -> str:
    if name == SUBJECT:
        return "is empty; every row has its subject"
    if name == KIND:
        if file.tells_kind:
            return f"is {value!r}; one of {', '.join(KINDS)} is needed"
        return "can't be told: the row has facts of no kind of subject or of several; give --kind or a column `kind`"
    fact = file.catalogue.facts[name]
    return f"({fact.label}) is {shown(value)}; {needed(fact)} is needed"


def shown(value: object) -> str:
    text = value.isoformat() if isinstance(value, dt.date) else repr(value)
    return text if len(text) <= 80 else text[:80] + "…"


def needed(fact: Fact) -> str:
    if fact.type == "code":
        return f"one of {', '.join(fact.codes)}"
    if fact.type == "region":
        return "a region code of 2, 4, 6, 9 or 12 digits"
    if fact.type == "list":
        return "a list of texts without gaps"
    low, high = bounds(fact)
    if fact.type == "date":
        return "a day from 0001-01-01 to 9999-12-31"
    return f"a whole number from {low} to {high}" if fact.type == "int" else f"amounts from {low} to {high}"
