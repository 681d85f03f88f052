"""Groups of people for a what-if: by county, by age, and by the month from which a measure is for somebody."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

import polars as pl

from guiyan.engine.population.errors import PopulationError
from guiyan.engine.population.facts_file import FactsFile
from guiyan.engine.population.plan import Plan
from guiyan.engine.population.polars_values import value_of
from guiyan.engine.rules.core import Variable, variables

COUNTY = 10**6


def region(file: FactsFile, fact: str) -> pl.Expr:
    """The 12 digits of a region fact."""
    if file.catalogue.facts[fact].type != "region":
        raise PopulationError(f"`{fact}` is no region")
    return value_of(Variable(fact, bounds=(0, 0)), file).expr


def by_county(file: FactsFile, fact: str) -> pl.Expr:
    """Groups by the county in which the region of a fact lies, as its 12 digits."""
    return region(file, fact) // COUNTY * COUNTY


def by_age(years: pl.Expr, limits: Sequence[int]) -> pl.Expr:
    """Groups such as 18–34: `limits` are the first years of all groups but the lowest."""
    found: pl.Expr = pl.when(years >= limits[-1]).then(pl.lit(f"{limits[-1]}–"))
    for low, after in reversed(list(pairwise(limits))):
        found = pl.when(years < after).then(pl.when(years >= low).then(pl.lit(f"{low}–{after - 1}"))).otherwise(found)
    return pl.when(years < limits[0]).then(pl.lit(f"–{limits[0] - 1}")).otherwise(found)


def by_month(before: Plan, after: Plan, file: FactsFile) -> dict[str, pl.Expr]:
    """Per measure the month, as 202603, of the latest of the days that its conditions ask for.

    That is the month from which a measure is for somebody as far as facts tell it: the day a business was registered,
    of a graduate's subsidy. Null where one of those days is unknown, and for everybody where conditions ask for none.
    """
    days: dict[str, list[pl.Expr]] = {}
    for measure in (*before.measures, *after.measures):
        asked = {variable.fact for variable in variables(measure.core)}
        own = days.setdefault(measure.id, [])
        own += [day(file, fact) for fact in sorted(asked) if file.catalogue.facts[fact].type == "date"]
    return {name: month_of(own) for name, own in days.items()}


def day(file: FactsFile, fact: str) -> pl.Expr:
    return pl.col(fact) if fact in file.columns else pl.lit(None, pl.Date)


def month_of(days: Sequence[pl.Expr]) -> pl.Expr:
    if not days:
        return pl.lit(None, pl.Int32)
    known = pl.all_horizontal(each.is_not_null() for each in days)
    latest = pl.max_horizontal(days)
    return pl.when(known).then(latest.dt.year().cast(pl.Int32) * 100 + latest.dt.month())
