"""Draws that look random and depend on a number and a stream only: the same people on every machine, in any order."""

from __future__ import annotations

import bisect
import itertools
from collections.abc import Mapping, Sequence

import polars as pl

MIX = 0x9E3779B97F4A7C15


def draw(number: pl.Expr, stream: int, seed: int) -> pl.Expr:
    """64 bits."""
    mixed = number.cast(pl.UInt64) + pl.lit((seed * 1_000 + stream) * MIX % 2**64, pl.UInt64)
    for shift, factor in ((30, 0xBF58476D1CE4E5B9), (27, 0x94D049BB133111EB)):
        mixed = mixed.xor(mixed // 2**shift) * pl.lit(factor, pl.UInt64)
    return mixed.xor(mixed // 2**31)


def below(number: pl.Expr, stream: int, seed: int, bound: int) -> pl.Expr:
    return (draw(number, stream, seed) // 2**20 % bound).cast(pl.Int64)


def chance(number: pl.Expr, stream: int, seed: int, of_ten_thousand: int) -> pl.Expr:
    return below(number, stream, seed, 10_000) < of_ten_thousand


def weighted(choices: Mapping[str, int], steps: int = 20_000) -> list[str]:
    """A table to draw from evenly: each choice stands in it as often as its weight says."""
    names, sums = list(choices), list(itertools.accumulate(choices.values()))
    return [names[bisect.bisect_right(sums, sums[-1] * step / steps)] for step in range(steps)]


def falling(signs: str) -> dict[str, int]:
    """The commonest first: weights fall with the place."""
    found: dict[str, int] = {}
    for place, sign in enumerate(signs):
        found.setdefault(sign, round(10_000 / (place + 8) ** 0.8))
    return found


def one_of(choices: Sequence[str], at: pl.Expr) -> pl.Expr:
    return pl.lit(pl.Series(list(choices))).gather(at)
