"""Made-up people as Parquet for `bench match`: 26 facts each, 5 to 20 % unknown, the same for one seed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

import polars as pl

from guiyan.engine.rules import Catalogue

PART = 1_000_000
ROWS_IN_GROUP = 250_000
BYTES_EACH = 40  # on disk, with room to spare
COUNTY = 10**6
FIRST_COUNTY, COUNTIES = 421_200_000_000, 14
WHOLE = {
    "age_years": (16, 75),
    "business_registrations": (0, 4),
    "months_in_operation": (0, 121),
    "jobs_led": (0, 31),
    "jobs_led_excluding_founder": (0, 30),
    "guarantee_loan_yuan": (0, 5_000_000),
}
DAYS = {
    "return_date": (14_000, 20_600),
    "graduation_date": (12_000, 20_600),
    "business_registered_on": (14_000, 20_600),
}
REGIONS = ("hukou_region", "residence_region")
TEXTS = {"gender": ("female", "male")}
CODES = ("degree", "founded_entity")
YES_OR_NO = (
    "is_migrant_worker",
    "is_returnee",
    "is_graduate",
    "is_campus_student",
    "is_veteran",
    "is_disabled",
    "is_out_of_poverty",
    "is_registered_unemployed",
    "credit_ok",
    "operation_stable",
    "is_second_startup",
    "recommended_by_incubator",
)
FACTS = (*WHOLE, *DAYS, *REGIONS, *TEXTS, *CODES, *YES_OR_NO)
MIX = 0x9E3779B97F4A7C15


def write_people(folder: Path, people: int, catalogue: Catalogue, seed: int = 1) -> None:
    """Part files of a million people each; memory holds one at a time."""
    columns = list(column_exprs(catalogue, seed))
    for number, start in enumerate(range(0, people, PART)):
        ids = pl.int_range(start, min(start + PART, people), dtype=pl.Int64, eager=True).alias("subject_id")
        part = pl.DataFrame([ids]).select("subject_id", *columns)
        part.write_parquet(folder / f"part-{number:05}.parquet", row_group_size=ROWS_IN_GROUP)


def column_exprs(catalogue: Catalogue, seed: int) -> Iterator[pl.Expr]:
    for place, name in enumerate(FACTS):
        draw = drawn(seed, place)
        known = draw % 2**32 % 100 >= 5 + place % 16
        yield pl.when(known).then(value(name, draw // 2**32, catalogue)).alias(name)


def drawn(seed: int, stream: int) -> pl.Expr:
    """64 bits that look random, from the subject's own number: multiply and shift, both halves used by the caller."""
    mixed = pl.col("subject_id").cast(pl.UInt64) + pl.lit((seed * 1_000 + stream) * MIX % 2**64, pl.UInt64)
    for shift, factor in ((30, 0xBF58476D1CE4E5B9), (27, 0x94D049BB133111EB)):
        mixed = mixed.xor(mixed // 2**shift) * pl.lit(factor, pl.UInt64)
    return mixed.xor(mixed // 2**31)


def value(name: str, draw: pl.Expr, catalogue: Catalogue) -> pl.Expr:
    if name in WHOLE:
        low, high = WHOLE[name]
        return (draw % (high - low) + low).cast(pl.Int32)
    if name in DAYS:
        low, high = DAYS[name]
        return (draw % (high - low) + low).cast(pl.Int32).cast(pl.Date)
    if name in REGIONS:
        return (draw % COUNTIES).cast(pl.Int64) * COUNTY + FIRST_COUNTY
    if name in CODES:
        codes = list(catalogue.facts[name].codes)
        return one_of(codes, draw).cast(pl.Enum(codes))
    if name in TEXTS:
        return one_of(TEXTS[name], draw)
    return draw % 2 == 0


def one_of(texts: Sequence[str], draw: pl.Expr) -> pl.Expr:
    return pl.lit(pl.Series(list(texts))).gather(draw % len(texts))
