"""What if: two plans side by side over one scan: people in and out, and money before and after, by groups of people.

The plans may differ in anything: a parameter, a version, a ceiling, the day. `missing` facts count on neither side:
whoever is unknown under one plan is in neither its people nor its money, and is counted as unknown.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise

import polars as pl

from guiyan.engine.population.errors import PopulationError
from guiyan.engine.population.facts_file import FactsFile
from guiyan.engine.population.plan import Plan
from guiyan.engine.population.polars_columns import Columns
from guiyan.engine.population.polars_engine import exact_verdict, settled_expr
from guiyan.engine.population.polars_keys import AMOUNT, DECIDED
from guiyan.engine.population.polars_values import value_of
from guiyan.engine.rules.core import Variable

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
COUNTY = 10**6
Groups = Mapping[str, pl.Expr]


def compare(before: Plan, after: Plan, file: FactsFile, groups: Groups) -> dict[str, pl.DataFrame]:
    """A table for each way of grouping, and one for all together ("all"): one row a measure and group.

    before, after: of a measure that only one of them has, nobody is in the other. groups: name → the group of a row
    as text, over the columns of the file; null is a group of its own. Money is the most that those who are in can get.
    """
    before, after = before.of_kind(file.kind), after.of_kind(file.kind)
    both = joined(before, after)
    columns = Columns(both, file)
    ids = list(dict.fromkeys(measure.id for measure in (*before.measures, *after.measures)))
    exprs = [each for which, plan in (("before", before), ("after", after)) for each in outcomes(which, plan, columns)]
    named = [expr.cast(pl.String).alias(f"by {name}") for name, expr in groups.items()]
    frame = columns.frame().select(*named, *exprs)
    present = set(frame.collect_schema().names())
    sums = [each for place, _ in enumerate(ids) for each in sums_of(ids[place], present)]
    if not sums:
        return {name: pl.DataFrame(schema=TABLE) for name in ("all", *groups)}
    queries = [frame.select(sums).with_columns(pl.lit(None, pl.String).alias("group"))]
    queries += [frame.group_by(pl.col(f"by {name}").alias("group")).agg(sums) for name in groups]
    found = pl.collect_all(queries, engine="streaming")
    return {name: table(each, ids) for name, each in zip(("all", *groups), found, strict=True)}


def joined(before: Plan, after: Plan) -> Plan:
    """One plan whose questions are those of both, each asked once."""
    return Plan(before.on, (*before.measures, *after.measures), {})


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


def sums_of(name: str, present: set[str]) -> Iterator[pl.Expr]:
    in_: dict[str, pl.Expr] = {}
    for which in ("before", "after"):
        has = f"{which}|m|{name}" in present
        verdict = pl.col(f"{which}|m|{name}") if has else pl.lit(False)
        in_[which] = verdict.fill_null(False)
        yield whole(in_[which].sum(), f"{which}_people|{name}")
        yield whole(verdict.null_count() if has else pl.lit(0), f"{which}_unknown|{name}")
        yield whole(pl.col(f"{which}|p|{name}").sum() if has else pl.lit(0), f"{which}_fen|{name}")
    yield whole((~in_["before"] & in_["after"]).sum(), f"people_in|{name}")
    yield whole((in_["before"] & ~in_["after"]).sum(), f"people_out|{name}")


def whole(expr: pl.Expr, name: str) -> pl.Expr:
    return expr.cast(pl.Int64).alias(name)


def table(found: pl.DataFrame, ids: Sequence[str]) -> pl.DataFrame:
    """From one wide row a group to one row a measure and group, in the order of measures and groups."""
    sums = [name for name in TABLE if name not in ("measure_id", "group")]
    frames = [
        found.select(
            pl.lit(each).alias("measure_id"), "group", *(pl.col(f"{name}|{each}").alias(name) for name in sums)
        )
        for each in ids
    ]
    return pl.concat([pl.DataFrame(schema=TABLE), *(each.sort("group", nulls_last=True) for each in frames)])


def by_county(file: FactsFile, fact: str) -> pl.Expr:
    """Groups by the county in which the region of a fact lies, as its 12 digits."""
    if file.catalogue.facts[fact].type != "region":
        raise PopulationError(f"`{fact}` is no region")
    return value_of(Variable(fact, bounds=(0, 0)), file).expr // COUNTY * COUNTY


def by_age(years: pl.Expr, limits: Sequence[int]) -> pl.Expr:
    """Groups such as 18–34: `limits` are the first years of all groups but the lowest."""
    found: pl.Expr = pl.when(years >= limits[-1]).then(pl.lit(f"{limits[-1]}–"))
    for low, after in reversed(list(pairwise(limits))):
        found = pl.when(years < after).then(pl.when(years >= low).then(pl.lit(f"{low}–{after - 1}"))).otherwise(found)
    return pl.when(years < limits[0]).then(pl.lit(f"–{limits[0] - 1}")).otherwise(found)
