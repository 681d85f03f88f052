"""Spark SQL, for populations beyond one machine. An extra: `pip install guiyan[spark]`, and Java 17 or later.

Reads and writes through Spark; at the end the parts are joined into the one file that was asked for.
"""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
from pathlib import Path
from typing import Any

import polars as pl

from guiyan.engine.population.errors import PopulationError
from guiyan.engine.population.facts_file import FactsFile
from guiyan.engine.population.plan import Plan, PlannedMeasure
from guiyan.engine.population.results import Counted, Told, out_schema, untold, whole_or_nothing
from guiyan.engine.population.sql_columns import SqlPlan, literal_row, outcome_of
from guiyan.engine.population.sql_dialects import Spark

DIALECT = Spark()
FACTS = "guiyan_facts"
OUTCOME = (("decided", "BOOLEAN"), ("amount_max_fen", "BIGINT"), ("missing", "ARRAY<STRING>"))


def session() -> Any:
    """The one session of this process. Raises PopulationError where Spark or Java is missing."""
    try:
        from pyspark.sql import SparkSession
    except ImportError:
        raise PopulationError("Spark is not installed here: pip install 'guiyan[spark]'") from None
    if shutil.which("java") is None:
        raise PopulationError("Spark needs Java 17 or later, and there is no `java` on this machine's PATH")
    # Workers on this machine run the Python that runs this; elsewhere it is for whoever set the cluster up to say.
    os.environ.setdefault("PYSPARK_PYTHON", sys.executable)
    builder = SparkSession.builder.appName("guiyan").config("spark.ui.enabled", "false")
    builder = builder.config("spark.sql.session.timeZone", "UTC").config("spark.sql.ansi.enabled", "true")
    if not SparkSession.getActiveSession():
        builder = builder.config("spark.sql.shuffle.partitions", "4").config("spark.log.level", "ERROR")
        builder = builder.config("spark.ui.showConsoleProgress", "false")
    return builder.getOrCreate()


def sql_plan(spark: Any, plan: Plan, file: FactsFile) -> SqlPlan:
    facts = spark.read.parquet(*map(str, file.paths))
    facts.createOrReplaceTempView(FACTS)
    maps = frozenset(field.name for field in facts.schema.fields if field.dataType.typeName() == "map")
    return SqlPlan(plan.of_kind(file.kind), file, DIALECT, FACTS, maps)


def count(plan: Plan, file: FactsFile) -> list[Counted]:
    spark = session()
    made = sql_plan(spark, plan, file)
    if not made.plan.measures:
        return []
    found = spark.sql(made.counts()).first()
    return [
        Counted.of(measure, found[2 * place], found[2 * place + 1])
        if measure.exact and measure.plain_amount
        else Counted.by_key(measure, ((outcome_of(measure, row[:-1]), row[-1]) for row in keys(spark, made, measure)))
        for place, measure in enumerate(made.plan.measures)
    ]


def keys(spark: Any, made: SqlPlan, measure: PlannedMeasure) -> list[Any]:
    return [tuple(row) for row in spark.sql(made.keys(measure)).collect()]


def write_rows(plan: Plan, file: FactsFile, out: Path, told: Told = untold) -> None:
    """`out` appears when it is whole. Spark does not say how far it is."""
    spark = session()
    made = sql_plan(spark, plan, file)
    for place, measure in enumerate(made.plan.measures):
        keep_judged(spark, made, measure, f"guiyan_judged{place}")
    queries = [made.rows(measure, f"guiyan_judged{place}") for place, measure in enumerate(made.plan.measures)]
    with tempfile.TemporaryDirectory(prefix=".guiyan-spark-", dir=out.parent) as folder, whole_or_nothing(out) as part:
        spark.sql(" UNION ALL ".join(queries) or made.no_rows()).write.parquet(f"{folder}/rows")
        found = pl.scan_parquet(f"{folder}/rows/*.parquet")
        typed = found.select(pl.col(name).cast(dtype) for name, dtype in out_schema(file.subject).items())
        typed.sink_parquet(part, maintain_order=False)


def keep_judged(spark: Any, made: SqlPlan, measure: PlannedMeasure, view: str) -> None:
    """The outcome of every key that somebody has, as a view of literals."""
    columns = made.key_columns(measure)
    names = ", ".join([*(name for name, _ in columns), *(name for name, _ in OUTCOME)])
    typed = ", ".join(f"CAST({name} AS {type_}) AS {name}" for name, type_ in [*columns, *OUTCOME])
    rows = [literal_row(DIALECT, measure, row[:-1]) for row in keys(spark, made, measure)]
    none = f"({', '.join('NULL' for _ in [*columns, *OUTCOME])})"
    values = ", ".join(rows or [none])
    kept = f"SELECT {typed} FROM VALUES {values} AS judged({names})" + ("" if rows else " WHERE FALSE")
    spark.sql(kept).createOrReplaceTempView(view)
