"""Rows of people made comparable: every column becomes a number, the same for one row and for a million.

In: `id` and any of COLUMNS (polars types as `files.opened` lets through). Out: PREPARED beside `id`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import polars as pl

from guiyan.engine.linkage.affiliations import employer_names, phone_number, school_name
from guiyan.engine.linkage.names import NameParts, name_parts
from guiyan.engine.linkage.texts import folded, hashed, hashed_or_none
from guiyan.engine.values.id_numbers import verified_id_number

TEXTS = ("name", "former_name", "gender", "school", "native_region", "employer", "phone", "id_number")
YEARS = ("birth_year", "graduation_year")
COLUMNS = (*TEXTS, *YEARS)
REGION = {"province": 2, "city": 4, "county": 6, "town": 9}  # digits of each level
PREPARED: dict[str, pl.DataType] = {
    **dict.fromkeys(NameParts._fields, pl.Int64()),
    "gender": pl.Int8(),
    "birth_year": pl.Int16(),
    **dict.fromkeys(REGION, pl.Int64()),
    "school": pl.Int64(),
    "graduation_year": pl.Int16(),
    "employer": pl.Int64(),
    "employer_own": pl.Int64(),
    "phone": pl.Int64(),
    "id_number": pl.Int64(),
}
_GENDERS = {"男": 1, "男性": 1, "m": 1, "male": 1, "1": 1, "女": 2, "女性": 2, "f": 2, "female": 2, "2": 2}
Reading = Callable[..., Sequence[Any]]


def prepared(frame: pl.DataFrame, *, by_number: bool = True) -> pl.DataFrame:
    """`id` (if it is there) and the columns of PREPARED; a column that is missing is null of everybody.

    by_number: a verified number tells gender and region where nothing is written, and the year of birth in any case.
    """
    absent = [pl.lit(None, pl.String).alias(name) for name in TEXTS if name not in frame.columns]
    absent += [pl.lit(None, pl.Int32).alias(name) for name in YEARS if name not in frame.columns]
    frame = frame.with_columns(absent).with_columns(
        pl.col(TEXTS).cast(pl.String), _year("birth_year"), _year("graduation_year")
    )
    read = _read(frame.select("id_number"), ID, _id_number)
    if not by_number:
        read = read.with_columns(
            pl.lit(None).cast(dtype).alias(name) for name, dtype in ID.items() if name != "id_number"
        )
    frame = (
        frame.drop("id_number")
        .hstack(read)
        .with_columns(
            native_region=pl.col("native_region").fill_null(pl.col("id_region")),
            birth_year=pl.coalesce("id_year", "birth_year"),
        )
    )
    return pl.DataFrame(
        [
            *([frame["id"]] if "id" in frame.columns else []),
            *_read(frame.select("name", "former_name"), dict.fromkeys(NameParts._fields, pl.Int64()), name_parts),
            _read(frame.select("gender"), {"gender": pl.Int8()}, _gender)["gender"].fill_null(frame["id_gender"]),
            frame["birth_year"],
            *_read(frame.select("native_region"), dict.fromkeys(REGION, pl.Int64()), _region),
            *_read(frame.select("school"), {"school": pl.Int64()}, _school),
            frame["graduation_year"],
            *_read(frame.select("employer"), {"employer": pl.Int64(), "employer_own": pl.Int64()}, _employer),
            *_read(frame.select("phone"), {"phone": pl.Int64()}, _phone),
            frame["id_number"],
        ]
    )


ID: Mapping[str, pl.DataType] = {
    "id_number": pl.Int64(), "id_year": pl.Int16(), "id_gender": pl.Int8(), "id_region": pl.String(),
}  # fmt: skip


def _year(name: str) -> pl.Expr:
    year = pl.col(name).cast(pl.Int64, strict=False)
    return pl.when(year.is_between(1900, 2100)).then(year).cast(pl.Int16).alias(name)


def _read(frame: pl.DataFrame, fields: Mapping[str, pl.DataType], reading: Reading) -> pl.DataFrame:
    """Each distinct value is read once."""
    distinct = frame.unique(maintain_order=True)
    rows = [tuple(reading(*values)) for values in distinct.iter_rows()]
    inside = [f"_{name}" for name in frame.columns]
    table = distinct.rename(dict(zip(frame.columns, inside, strict=True))).hstack(
        pl.DataFrame(rows, schema=dict(fields), orient="row")
    )
    joined = frame.join(
        table,
        left_on=frame.columns,
        right_on=inside,
        how="left",
        nulls_equal=True,
        maintain_order="left",
        suffix="_read",
    )
    return joined.select(pl.col(name + "_read" if name in frame.columns else name).alias(name) for name in fields)


def _gender(written: str | None) -> tuple[int | None]:
    return (_GENDERS.get(folded(written).strip()) if written else None,)


def _region(written: str | None) -> tuple[int | None, ...]:
    """Codes of province, city, county and town; None from where the code says no more (trailing zeros)."""
    digits = (written or "").strip().rstrip("0")
    if not (digits.isascii() and digits.isdigit()) or len(digits) > 12 or len(digits) < 2:
        return (None,) * len(REGION)
    reach = next(length for length in (2, 4, 6, 9, 12) if length >= len(digits))
    digits = digits.ljust(reach, "0")
    return tuple(int(digits[:length]) if length <= reach else None for length in REGION.values())


def _school(written: str | None) -> tuple[int | None]:
    return (hashed_or_none(school_name(written)),)


def _employer(written: str | None) -> tuple[int | None, int | None]:
    whole, own = employer_names(written)
    return hashed_or_none(whole), hashed_or_none(own)


def _phone(written: str | None) -> tuple[int | None]:
    return (phone_number(written),)


def _id_number(written: str | None) -> tuple[int | None, int | None, int | None, str | None]:
    """A verified number, and what it tells: year of birth, gender, where it was given out."""
    number = verified_id_number(written) if written else None
    if number is None:
        return None, None, None, None
    return hashed(number), int(number[6:10]), 2 - int(number[16]) % 2, number[:6]
