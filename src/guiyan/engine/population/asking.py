"""Which fact is wanting of how many people: what would have to be asked before a measure can be decided."""

from __future__ import annotations

import polars as pl

from guiyan.engine.population.facts_file import FactsFile
from guiyan.engine.population.plan import Plan
from guiyan.engine.population.polars_columns import Columns
from guiyan.engine.population.polars_keys import DECIDED, MISSING, VERDICT, Settler

PEOPLE = "people"


def missing_facts(plan: Plan, file: FactsFile) -> dict[str, list[tuple[str, int]]]:
    """Measure → (fact, of how many undecided people it is wanting), the most wanted first.

    Each distinct set of answers is judged once; somebody of whom two facts are wanting counts for both.
    """
    plan = plan.of_kind(file.kind)
    columns = Columns(plan, file)
    settlers = [Settler(measure, columns) for measure in plan.measures]
    found = pl.collect_all([undecided(each) for each in settlers], engine="streaming")
    return {each.measure.id: wanted(each, keys) for each, keys in zip(settlers, found, strict=True)}


def undecided(settler: Settler) -> pl.LazyFrame:
    """The distinct keys of those whom three-valued columns leave open, each with how many people have it."""
    verdict = settler.columns.verdict(settler.measure).alias(VERDICT)
    rows = settler.columns.frame().select(*settler.needs, verdict).filter(pl.col(VERDICT).is_null())
    return rows.with_columns(settler.exprs).group_by(settler.keys).agg(pl.len().cast(pl.Int64).alias(PEOPLE))


def wanted(settler: Settler, keys: pl.DataFrame) -> list[tuple[str, int]]:
    judged = settler.table(keys.select(settler.keys)).with_columns(keys[PEOPLE])
    open_ = judged.filter(pl.col(DECIDED).is_null()).explode(MISSING).drop_nulls(MISSING)
    counted = open_.group_by(MISSING).agg(pl.col(PEOPLE).sum()).sort(PEOPLE, MISSING, descending=[True, False])
    return [(fact, people) for fact, people in counted.iter_rows()]
