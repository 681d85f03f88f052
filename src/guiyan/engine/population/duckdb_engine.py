"""DuckDB: an independent engine that checks the first one, and SQL for whoever asks questions by hand."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from guiyan.engine import duck
from guiyan.engine.population.facts_file import FactsFile
from guiyan.engine.population.plan import Plan, PlannedMeasure
from guiyan.engine.population.results import Counted, Told, untold, whole_or_nothing
from guiyan.engine.population.sql_columns import SqlPlan, literal_row, outcome_of
from guiyan.engine.population.sql_dialects import DuckDB

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

MEMORY = "400MB"
AT_ONCE = 1000  # literal rows in one statement
DIALECT = DuckDB()


@contextmanager
def connected(memory: str = MEMORY) -> Iterator[DuckDBPyConnection]:
    """A private database in memory that spills to a folder of its own."""
    with (
        tempfile.TemporaryDirectory(prefix="guiyan-duckdb-") as spill,
        duck.connect(memory_limit=memory, temp_directory=spill) as connection,
    ):
        connection.execute("SET enable_progress_bar = false; SET preserve_insertion_order = false")
        yield connection


def source_of(file: FactsFile) -> str:
    return f"read_parquet([{', '.join(DIALECT.quoted(str(path)) for path in file.paths)}])"


def sql_plan(connection: DuckDBPyConnection, plan: Plan, file: FactsFile) -> SqlPlan:
    source = source_of(file)
    described = connection.execute(f"DESCRIBE SELECT * FROM {source}").fetchall()
    maps = frozenset(name for name, type_, *_ in described if type_.startswith("MAP("))
    return SqlPlan(plan.of_kind(file.kind), file, DIALECT, source, maps)


def count(plan: Plan, file: FactsFile) -> list[Counted]:
    with connected() as connection:
        made = sql_plan(connection, plan, file)
        if not made.plan.measures:
            return []
        found = connection.execute(made.counts()).fetchone()
        assert found is not None
        return [
            Counted.of(measure, found[2 * place], found[2 * place + 1])
            if measure.exact and measure.plain_amount
            else counted_by_key(connection, made, measure)
            for place, measure in enumerate(made.plan.measures)
        ]


def counted_by_key(connection: DuckDBPyConnection, made: SqlPlan, measure: PlannedMeasure) -> Counted:
    found = connection.execute(made.keys(measure)).fetchall()
    return Counted.by_key(measure, ((outcome_of(measure, row[:-1]), row[-1]) for row in found))


def write_rows(plan: Plan, file: FactsFile, out: Path, told: Told = untold) -> None:
    """`out` appears when it is whole. DuckDB does not say how far it is."""
    with whole_or_nothing(out) as part, connected() as connection:
        made = sql_plan(connection, plan, file)
        for place, measure in enumerate(made.plan.measures):
            keep_judged(connection, made, measure, f"judged{place}")
        queries = [made.rows(measure, f"judged{place}") for place, measure in enumerate(made.plan.measures)]
        query = " UNION ALL ".join(queries) or made.no_rows()
        connection.execute(f"COPY ({query}) TO {DIALECT.quoted(str(part))} (FORMAT parquet, COMPRESSION zstd)")


def keep_judged(connection: DuckDBPyConnection, made: SqlPlan, measure: PlannedMeasure, table: str) -> None:
    """The outcome of every key that somebody has, in a table of its own."""
    columns = [f"{name} {type_}" for name, type_ in made.key_columns(measure)]
    outcome = ["decided BOOLEAN", "amount_max_fen BIGINT", "missing VARCHAR[]"]
    connection.execute(f"CREATE TABLE {table} ({', '.join([*columns, *outcome])})")
    found = connection.execute(made.keys(measure)).fetchall()
    for start in range(0, len(found), AT_ONCE):
        rows = [literal_row(DIALECT, measure, row[:-1]) for row in found[start : start + AT_ONCE]]
        connection.execute(f"INSERT INTO {table} VALUES {', '.join(rows)}")
