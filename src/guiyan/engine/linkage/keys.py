"""Blocking keys: two people are compared only if they share one. A key is a hash of some prepared columns together.

A key that more than `most` known people share says too little: it is not followed, so pairs never grow with the square
of a common name. What such people have besides their name gives them other keys.
"""

from __future__ import annotations

from collections.abc import Sequence

import polars as pl

_ODD = (0x9E3779B97F4A7C15, 0xBF58476D1CE4E5B9, 0x94D049BB133111EB, 0xD6E8FEB86659FD93, 0xA0761D6478BD642F)


def key_lists(rules: Sequence[Sequence[str]]) -> pl.Expr:
    """`keys`: sorted 64-bit numbers, signed so that they fit a bigint. `near` is also asked of the former name."""
    keys = [key for place, rule in enumerate(rules) for key in _of_rule(place, rule)]
    return pl.concat_list(keys).list.drop_nulls().list.unique().list.sort().alias("keys")


def _of_rule(place: int, rule: Sequence[str]) -> list[pl.Expr]:
    found = [_mixed(place, rule)]
    if "near" in rule:
        found.append(_mixed(place, ["former_near" if column == "near" else column for column in rule]))
    return found


def _mixed(place: int, columns: Sequence[str]) -> pl.Expr:
    """A sum of products that wraps at 64 bits; what is summed are hashes. Null where one of the columns is null."""
    first, *odds = _ODD
    total = pl.lit((place + 1) * first % 2**64, pl.UInt64)
    for column, odd in zip(columns, odds, strict=False):
        total = total + pl.col(column).cast(pl.Int64).cast(pl.UInt64) * pl.lit(odd, pl.UInt64)
    return total.reinterpret(signed=True)
