"""The engine for every day: Polars, streaming over Parquet. Counts, verdict bits, or a row a match; bounded memory."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

import polars as pl

from guiyan.engine.population.facts_file import SUBJECT, FactsFile
from guiyan.engine.population.plan import Plan, PlannedMeasure
from guiyan.engine.population.polars_columns import Columns
from guiyan.engine.population.polars_keys import AMOUNT, DECIDED, MISSING, VERDICT, Settler
from guiyan.engine.population.results import Counted, Told, out_schema, untold, whole_or_nothing

ROWS_IN_GROUP = 100_000


def count(plan: Plan, file: FactsFile) -> list[Counted]:
    """How many meet each measure and how many may, with the money of those who do; no row is written."""
    plan = plan.of_kind(file.kind)
    if not plan.measures:
        return []
    columns = Columns(plan, file)
    exprs = [each for place, measure in enumerate(plan.measures) for each in outcome_exprs(place, measure, columns)]
    sums = [each for place, measure in enumerate(plan.measures) for each in sum_exprs(place, measure)]
    found = columns.frame().select(exprs).select(sums).collect(engine="streaming").row(0, named=True)
    return [
        Counted.of(measure, found[f"yes{place}"] or 0, found[f"unknown{place}"] or 0, found.get(f"fen{place}"))
        for place, measure in enumerate(plan.measures)
    ]


def outcome_exprs(place: int, measure: PlannedMeasure, columns: Columns) -> Iterator[pl.Expr]:
    """m0: the verdict; p0: the amount of those who meet the measure, where it differs between people."""
    if measure.plain_amount:
        yield exact_verdict(measure, columns).alias(f"m{place}")
    else:
        settled = settled_expr(measure, columns)
        yield settled.struct.field(DECIDED).alias(f"m{place}")
        yield settled.struct.field(AMOUNT).alias(f"p{place}")


def sum_exprs(place: int, measure: PlannedMeasure) -> Iterator[pl.Expr]:
    verdict = pl.col(f"m{place}")
    yield verdict.sum().cast(pl.Int64).alias(f"yes{place}")
    yield verdict.null_count().cast(pl.Int64).alias(f"unknown{place}")
    if not measure.plain_amount:
        yield pl.when(verdict).then(pl.col(f"p{place}")).sum().alias(f"fen{place}")


def bitmaps(plan: Plan, file: FactsFile) -> pl.DataFrame:
    """One column a measure, in the order of the file's rows: two bits a subject, verdict and whether it is known."""
    plan = plan.of_kind(file.kind)
    columns = Columns(plan, file)
    verdicts = [exact_verdict(measure, columns).alias(measure.id) for measure in plan.measures]
    return columns.frame().select(verdicts).collect(engine="streaming")


def exact_verdict(measure: PlannedMeasure, columns: Columns) -> pl.Expr:
    return columns.verdict(measure) if measure.exact else settled_expr(measure, columns).struct.field(DECIDED)


def settled_expr(measure: PlannedMeasure, columns: Columns) -> pl.Expr:
    """decided and amount of every row, by key where columns don't tell them."""
    settler = Settler(measure, columns)
    names = [VERDICT, *settler.needs]

    def settled(series: Sequence[pl.Series]) -> pl.Series:
        rows = pl.DataFrame([each.alias(name) for each, name in zip(series, names, strict=True)]).with_row_index()
        verdict = pl.col(VERDICT)
        open_ = rows.filter(verdict.is_null() if measure.plain_amount else verdict.fill_null(True))
        found = settler.settled(open_).select("index", DECIDED, AMOUNT)
        whole = rows.select("index", VERDICT).join(found, on="index", how="left", maintain_order="left")
        return whole.select(verdict.fill_null(pl.col(DECIDED)).alias(DECIDED), AMOUNT).to_struct()

    dtype = pl.Struct({DECIDED: pl.Boolean, AMOUNT: pl.Int64})
    inputs = [columns.verdict(measure), *map(pl.col, settler.needs)]
    return pl.map_batches(inputs, settled, return_dtype=dtype, is_elementwise=True)


def write_rows(plan: Plan, file: FactsFile, out: Path, told: Told = untold) -> None:
    """One row for every measure that a subject meets or may meet. `out` appears when it is whole."""
    plan = plan.of_kind(file.kind)
    columns = Columns(plan, file)
    settlers = [Settler(measure, columns) for measure in plan.measures]
    kinds = [] if file.kind is not None else [f"is_{kind}" for kind in {measure.kind for measure in plan.measures}]
    needed = dict.fromkeys([SUBJECT, *kinds, *(name for settler in settlers for name in settler.needs)])

    def matched(batch: pl.DataFrame) -> pl.DataFrame:
        told(batch.height)
        nobody = pl.DataFrame(schema=out_schema(file.subject))
        return pl.concat([nobody, *(each for settler in settlers for each in rows_of(batch, settler))])

    with whole_or_nothing(out) as part:
        columns.frame().select(list(needed)).map_batches(
            matched, streamable=True, schema=out_schema(file.subject)
        ).sink_parquet(part, row_group_size=ROWS_IN_GROUP, maintain_order=False)


def rows_of(batch: pl.DataFrame, settler: Settler) -> Iterator[pl.DataFrame]:
    measure = settler.measure
    own = batch.select(SUBJECT, *settler.needs, settler.columns.verdict(measure).alias(VERDICT))
    found = own.filter(pl.col(VERDICT).fill_null(True))
    if measure.plain_amount:
        sure = found.filter(pl.col(VERDICT)).select(SUBJECT)
        none = pl.lit([], pl.List(pl.String))
        yield shaped(
            sure.with_columns(pl.lit(measure.amount_fen, pl.Int64).alias(AMOUNT), none.alias(MISSING)), measure, "yes"
        )
        found = found.filter(pl.col(VERDICT).is_null())
    settled = settler.settled(found)
    yield shaped(settled.filter(pl.col(DECIDED)), measure, "yes")
    yield shaped(settled.filter(pl.col(DECIDED).is_null()), measure, "unknown")


def shaped(rows: pl.DataFrame, measure: PlannedMeasure, verdict: str) -> pl.DataFrame:
    named = [pl.lit(measure.id).alias("measure_id"), pl.lit(verdict).alias("verdict")]
    return rows.select(SUBJECT, *named, AMOUNT, MISSING)
