"""Money of several measures for the same people: after caps and excludes, not each measure alone.

Measures are given one after the other, the largest sum first (equal ones in the plan's order). Each takes what the
caps that name it have left, and whoever was given one of an exclusion is given none of its others. So it is the most
that people who ask first for what is worth most to them would cost.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import polars as pl

from guiyan.engine.population.plan import Plan
from guiyan.engine.population.polars_columns import Columns
from guiyan.engine.population.polars_terms import term
from guiyan.engine.rules.amounts import Ceiling

ALL = ""
Apart = Sequence[frozenset[str]]


@dataclass(frozen=True)
class Together:
    """measures: whose money may be added up. before, after: the exclusions of either side, each the ids it names."""

    measures: tuple[str, ...] = ()
    before: tuple[frozenset[str], ...] = ()
    after: tuple[frozenset[str], ...] = ()


NOT_TOGETHER = Together()


@dataclass(frozen=True)
class InAll:
    """needs: further columns of the first pass. exprs: before|m| and before|p|, over the columns of that pass."""

    needs: Sequence[pl.Expr] = ()
    exprs: Sequence[pl.Expr] = ()


def in_all(which: str, plan: Plan, measures: Sequence[str], apart: Apart, columns: Columns) -> InAll:
    ids = [measure.id for measure in plan.measures if measure.id in measures]
    if not ids:
        return InAll()
    verdict = pl.any_horizontal([f"{which}|m|{each}" for each in ids])
    sums, caps = [f"{which}|p|{each}" for each in ids], caps_of(plan, ids)
    apart = [each & set(ids) for each in apart if len(each & set(ids)) > 1]
    shared = {cap: named for cap, named in caps.items() if len(named) > 1}
    if not apart and not shared:
        return InAll((), [verdict.alias(f"{which}|m|{ALL}"), pl.sum_horizontal(sums).alias(f"{which}|p|{ALL}")])
    needs = [left_of(cap, columns).alias(f"{which}|c|{cap.id}") for cap in shared]
    names = [f"{which}|c|{cap.id}" for cap in shared]
    limits = [frozenset(named) for named in shared.values()]

    def summed(series: Sequence[pl.Series]) -> pl.Series:
        rows = pl.DataFrame([each.alias(f"k{place}") for place, each in enumerate(series)])
        keys = rows.unique()
        found = [given(ids, row[: len(ids)], limits, row[len(ids) :], apart) for row in keys.iter_rows()]
        priced = keys.with_columns(pl.Series("fen", found, pl.Int64))
        return rows.join(priced, on=rows.columns, how="left", nulls_equal=True, maintain_order="left")["fen"]

    money = pl.map_batches(
        [pl.col(each) for each in (*sums, *names)], summed, return_dtype=pl.Int64(), is_elementwise=True
    )
    return InAll(needs, [verdict.alias(f"{which}|m|{ALL}"), money.alias(f"{which}|p|{ALL}")])


def caps_of(plan: Plan, ids: Sequence[str]) -> Mapping[Ceiling, list[str]]:
    """Each cap of the day with those of the measures that it names."""
    found: dict[Ceiling, list[str]] = {}
    for measure in plan.measures:
        for cap in measure.amounts.ceilings if measure.id in ids else ():
            found.setdefault(cap, []).append(measure.id)
    return found


def left_of(cap: Ceiling, columns: Columns) -> pl.Expr:
    """What of a cap is left to somebody, in fen; all of it where it is unknown what was received."""
    received = [term(variable, columns.values).cast(pl.Int64) * 100 for variable in cap.received]
    left = pl.lit(cap.most_fen, pl.Int64) - pl.sum_horizontal(received, ignore_nulls=False)
    return left.clip(0, cap.most_fen).fill_null(cap.most_fen)


def given(
    ids: Sequence[str], sums: Sequence[int], limits: Sequence[frozenset[str]], left: Sequence[int], apart: Apart
) -> int:
    """What one person is given in all, in fen, of whom these are the sums measure by measure."""
    rest, had, total = list(left), set[str](), 0
    for name, fen in sorted(zip(ids, sums, strict=True), key=lambda one: -one[1]):
        capped = [place for place, named in enumerate(limits) if name in named]
        paid = min([fen, *(rest[place] for place in capped)])
        if paid <= 0 or any(name in one and had & one for one in apart):
            continue
        for place in capped:
            rest[place] -= paid
        had.add(name)
        total += paid
    return total
