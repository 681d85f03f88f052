"""Verdicts with the day until which they stand, as Parquet: what a table of verdicts keeps.

Rows for yes and unknown as `write_rows` gives them, and for each no that a passing day alone may turn.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import polars as pl

from guiyan.engine.population.facts_file import SUBJECT, FactsFile
from guiyan.engine.population.plan import plan_of
from guiyan.engine.population.polars_columns import ALWAYS, Columns
from guiyan.engine.population.polars_engine import ROWS_IN_GROUP
from guiyan.engine.population.polars_keys import AMOUNT, DECIDED, JUDGED, MISSING, VERDICT, Settler
from guiyan.engine.population.polars_terms import condition, term
from guiyan.engine.population.polars_values import value_of
from guiyan.engine.population.results import out_schema, whole_or_nothing
from guiyan.engine.population.until import Validity, stand_until, validity_of
from guiyan.engine.rules.compiled import CompiledMeasure
from guiyan.engine.rules.core import Core, Test, Variable

UNTIL, NOTHING = "valid_until", "nothing"


def verdict_schema(subject: pl.DataType) -> dict[str, pl.DataType]:
    return {**out_schema(subject), UNTIL: pl.Date()}


def write_verdicts(measures: Sequence[CompiledMeasure], file: FactsFile, on: dt.date, out: Path) -> None:
    """`out` appears when it is whole. All rows of the file are of one kind."""
    run = Run(tuple(measures), file, on)
    needed = dict.fromkeys(
        [SUBJECT, NOTHING, *run.until_names, *(name for each in run.settlers for name in each.needs)]
    )

    def judged(batch: pl.DataFrame) -> pl.DataFrame:
        nobody = pl.DataFrame(schema=verdict_schema(file.subject))
        return pl.concat([nobody, *(each for settler in run.settlers for each in run.rows_of(batch, settler))])

    with whole_or_nothing(out) as part:
        run.frame().select(list(needed)).map_batches(
            judged, streamable=True, schema=verdict_schema(file.subject)
        ).sink_parquet(part, row_group_size=ROWS_IN_GROUP, maintain_order=False)


@dataclass(frozen=True, eq=False)
class Run:
    measures: tuple[CompiledMeasure, ...]
    file: FactsFile
    on: dt.date

    @cached_property
    def columns(self) -> Columns:
        return Columns(plan_of(self.measures, self.on).of_kind(self.file.kind), self.file)

    @cached_property
    def settlers(self) -> list[Settler]:
        return [Settler(measure, self.columns) for measure in self.columns.plan.measures]

    @cached_property
    def validities(self) -> dict[str, Validity]:
        planned = {measure.id for measure in self.columns.plan.measures}
        own = [each for each in self.measures if each.measure.id in planned]
        return {each.measure.id: validity_of(each, self.on) for each in own}

    @cached_property
    def turning(self) -> dict[tuple[Test, Variable], str]:
        """u0, u1…: per comparison with the day, until when it comes out the same for the row."""
        distinct = dict.fromkeys(each for validity in self.validities.values() for each in validity.turning)
        return {each: f"u{place}" for place, each in enumerate(distinct)}

    @property
    def until_names(self) -> list[str]:
        variables = [variable for _, variable in self.turning]
        return [*self.turning.values(), *(f"x{place}" for place, _ in enumerate(dict.fromkeys(variables)))]

    @cached_property
    def unknown_names(self) -> dict[Variable, str]:
        """x0, x1…: whether the fact is unknown."""
        return {each: f"x{place}" for place, each in enumerate(dict.fromkeys(fact for _, fact in self.turning))}

    def frame(self) -> pl.LazyFrame:
        frame = self.columns.frame().with_columns(pl.lit(None, pl.Boolean).alias(NOTHING))
        for variable, name in self.unknown_names.items():
            value = term(variable, {variable: value_of(variable, self.file)}).alias("value")
            values = self.file.scan().select(value).drop_nulls().unique().collect(engine="streaming")["value"]
            frame = frame.with_columns(value)
            for (test, own), until in self.turning.items():
                if own == variable:
                    days = stand_until(test, own, values, self.on).rename({"until": until})
                    frame = frame.join(days.lazy(), on="value", how="left")
            frame = frame.with_columns(pl.col("value").is_null().alias(name)).drop("value")
        return frame

    def until(self, validity: Validity) -> pl.Expr:
        """Null where nothing that the day brings changes the row."""
        if validity.daily:
            return pl.lit(self.on)
        today = [
            pl.when(pl.col(self.unknown_names[variable])).then(pl.lit(self.on)) for variable in validity.daily_unknown
        ]
        days = [*(pl.col(self.turning[each]) for each in validity.turning), *today]
        return pl.min_horizontal(days) if days else pl.lit(None, pl.Date)

    def rows_of(self, batch: pl.DataFrame, settler: Settler) -> Iterator[pl.DataFrame]:
        measure = settler.measure
        validity = self.validities[measure.id]
        names = self.columns.names(measure.questions)
        timeless: dict[Core, str] = {**names, **{atom: NOTHING for atom in validity.timed if atom in names}}
        whatever_the_day = condition(measure.core, timeless, ALWAYS)
        own = pl.when(whatever_the_day.fill_null(True)).then(self.until(validity))
        by_columns = self.columns.verdict(measure).alias(VERDICT)
        asked = batch.select(SUBJECT, *settler.needs, by_columns, own.alias(UNTIL))
        settled = settler.settled(asked.filter(pl.col(VERDICT).fill_null(True)))
        for verdict, decided in (("yes", pl.col(DECIDED)), ("unknown", pl.col(DECIDED).is_null())):
            bounded = pl.min_horizontal(UNTIL, pl.lit(validity.whole, pl.Date))
            yield shaped(settled.filter(decided).with_columns(bounded), measure.id, verdict)
        nothing = [pl.lit(None, JUDGED[AMOUNT]).alias(AMOUNT), pl.lit([], JUDGED[MISSING]).alias(MISSING)]
        for no in (asked.filter(~pl.col(VERDICT)), settled.filter(~pl.col(DECIDED))):
            yield shaped(no.filter(pl.col(UNTIL).is_not_null()).with_columns(nothing), measure.id, "no")


def shaped(rows: pl.DataFrame, measure: str, verdict: str) -> pl.DataFrame:
    named = [pl.lit(measure).alias("measure_id"), pl.lit(verdict).alias(VERDICT)]
    return rows.select(SUBJECT, *named, AMOUNT, MISSING, UNTIL)
