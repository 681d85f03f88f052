"""What if: two plans side by side over one scan: people in and out, and money before and after, by groups of people.

The plans may differ in anything: a parameter, a version, a ceiling, the day. `missing` facts count on neither side:
whoever is unknown under one plan is in neither its people nor its money, and is counted as unknown.

    compare   the tables                         whatif_groups   by county, age and month
    added     tables of parts of the people      together        money of several measures after caps and excludes
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import reduce

import polars as pl
from polars.lazyframe.group_by import LazyGroupBy

from guiyan.engine.population.facts_file import FactsFile
from guiyan.engine.population.plan import Plan
from guiyan.engine.population.polars_columns import Columns
from guiyan.engine.population.polars_engine import exact_verdict, settled_expr
from guiyan.engine.population.polars_keys import AMOUNT, DECIDED
from guiyan.engine.population.together import ALL, NOT_TOGETHER, Together, in_all

TABLE = {
    "measure_id": pl.String(),
    "group": pl.String(),
    "before_people": pl.Int64(),
    "after_people": pl.Int64(),
    "people_in": pl.Int64(),
    "people_out": pl.Int64(),
    "before_unknown": pl.Int64(),
    "after_unknown": pl.Int64(),
    "before_fen": pl.Int64(),
    "after_fen": pl.Int64(),
}
SUMS = tuple(name for name in TABLE if name not in ("measure_id", "group"))
NO_GROUP = pl.lit(0, pl.Int8).alias("nothing")  # so that there is something to group by
Group = pl.Expr | Mapping[str, pl.Expr]
Groups = Mapping[str, Group]
Tables = dict[str, pl.DataFrame]


def compare(before: Plan, after: Plan, file: FactsFile, groups: Groups, together: Together = NOT_TOGETHER) -> Tables:
    """A table for each way of grouping, and one for all together ("all"): one row a measure and group.

    before, after: of a measure that only one of them has, nobody is in the other. groups: name → the group of a row
    as text, over the columns of the file, or one for each measure; null is a group of its own. Money is the most that
    those who are in can get. together: adds rows of measure "" (`ALL`), of whoever meets any of its measures, with the
    money of all of them.
    """
    before, after = before.of_kind(file.kind), after.of_kind(file.kind)
    columns = Columns(joined(before, after), file)
    ids = list(dict.fromkeys(measure.id for measure in (*before.measures, *after.measures)))
    sides = (("before", before, together.before), ("after", after, together.after))
    exprs = [each for which, plan, _ in sides for each in outcomes(which, plan, columns)]
    sums = [in_all(which, plan, together.measures, apart, columns) for which, plan, apart in sides]
    frame = columns.frame().select(*named(groups), *exprs, *(each for one in sums for each in one.needs))
    frame = frame.with_columns(each for one in sums for each in one.exprs)
    ids += [ALL] if together.measures else []
    present = set(frame.collect_schema().names())
    asked = [grouped(frame, name, groups).agg(sums_of(name, present)) for name in ids]
    found = dict(zip(ids, pl.collect_all(asked, engine="streaming"), strict=True))
    keys = {"all": pl.lit(None, pl.String), **{name: pl.col(f"by {name}") for name in groups}}
    return {
        way: pl.concat([pl.DataFrame(schema=TABLE), *(rolled_up(each, name, key, way) for name, each in found.items())])
        for way, key in keys.items()
    }


def grouped(frame: pl.LazyFrame, measure: str, groups: Groups) -> LazyGroupBy:
    """By all the ways at once: each measure is asked once, and every table is made of what comes of it."""
    own = {
        name: f"by {name}" if isinstance(group, pl.Expr) else f"by {name}|{measure}"
        for name, group in groups.items()
        if isinstance(group, pl.Expr) or measure in group
    }
    return frame.group_by([NO_GROUP, *(pl.col(column).alias(f"by {name}") for name, column in own.items())])


def rolled_up(found: pl.DataFrame, measure: str, key: pl.Expr, way: str) -> pl.DataFrame:
    """Of one measure, the rows of one table, by group; a measure without months has none in that table."""
    if way == "all":
        return found.select(pl.lit(measure).alias("measure_id"), key.alias("group"), pl.col(SUMS).sum())
    if f"by {way}" not in found.columns:
        return pl.DataFrame(schema=TABLE)
    rows = found.group_by(key.alias("group")).agg(pl.col(SUMS).sum()).sort("group", nulls_last=True)
    return rows.select(pl.lit(measure).alias("measure_id"), "group", *SUMS)


def joined(before: Plan, after: Plan) -> Plan:
    """One plan whose questions are those of both, each asked once."""
    return Plan(before.on, (*before.measures, *after.measures), {})


def named(groups: Groups) -> Iterator[pl.Expr]:
    """by county; by month|id, where each measure has its own."""
    for name, group in groups.items():
        own = {"": group} if isinstance(group, pl.Expr) else {f"|{each}": expr for each, expr in group.items()}
        yield from (expr.cast(pl.String).alias(f"by {name}{suffix}") for suffix, expr in own.items())


def outcomes(which: str, plan: Plan, columns: Columns) -> Iterator[pl.Expr]:
    """before|m|id: the verdict; before|p|id: the money of those who are in."""
    for measure in plan.measures:
        if measure.plain_amount:
            verdict, amount = exact_verdict(measure, columns), pl.lit(measure.amount_fen, pl.Int64)
        else:
            settled = settled_expr(measure, columns)
            verdict, amount = settled.struct.field(DECIDED), settled.struct.field(AMOUNT)
        yield verdict.alias(f"{which}|m|{measure.id}")
        yield pl.when(verdict).then(amount).otherwise(0).fill_null(0).alias(f"{which}|p|{measure.id}")


def sums_of(name: str, present: set[str]) -> list[pl.Expr]:
    """The columns of `TABLE`, over the rows of a group."""
    in_: dict[str, pl.Expr] = {}
    sums: dict[str, pl.Expr] = {}
    for which in ("before", "after"):
        has = f"{which}|m|{name}" in present
        verdict = pl.col(f"{which}|m|{name}") if has else pl.lit(False)
        in_[which] = verdict.fill_null(False)
        sums[f"{which}_people"] = in_[which].sum()
        sums[f"{which}_unknown"] = verdict.null_count() if has else pl.lit(0)
        sums[f"{which}_fen"] = pl.col(f"{which}|p|{name}").sum() if has else pl.lit(0)
    sums["people_in"] = (~in_["before"] & in_["after"]).sum()
    sums["people_out"] = (in_["before"] & ~in_["after"]).sum()
    return [sums[each].cast(pl.Int64).alias(each) for each in SUMS]


def added(parts: Iterable[Tables]) -> Tables:
    """The tables of people who were compared in parts, as if all had been compared at once. At least one part."""
    return reduce(lambda one, other: {name: sum_of(one[name], other[name]) for name in one}, parts)


def sum_of(one: pl.DataFrame, other: pl.DataFrame) -> pl.DataFrame:
    both = pl.concat([one, other])
    order = both.select("measure_id").unique(maintain_order=True).with_row_index("place")
    summed = both.group_by("measure_id", "group").agg(pl.col(name).sum() for name in SUMS)
    placed = summed.join(order, on="measure_id").sort("place", "group", nulls_last=True)
    return placed.select(list(TABLE))
