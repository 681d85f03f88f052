"""A table of verdicts kept up: one person changed, one measure changed, or a day passed, and only that is judged anew.

It is one DuckDB file. `verdict` has a row for each yes and unknown, and for each no that a passing day alone may turn,
with the last day on which it stands (null: for ever); `measure` says the same of a measure's versions and decisions.
After any history it says what a full run on that day's facts says.
"""

from __future__ import annotations

import datetime as dt
import tempfile
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import polars as pl

from guiyan.engine import duck
from guiyan.engine.population.errors import PopulationError
from guiyan.engine.population.facts_file import SUBJECT, FactsFile
from guiyan.engine.population.polars_verdicts import write_verdicts
from guiyan.engine.population.until import validity_of
from guiyan.engine.rules import CompiledMeasure, screen

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

TABLES = """
    CREATE TABLE IF NOT EXISTS measure(measure_id VARCHAR PRIMARY KEY, valid_until DATE);
    CREATE TABLE IF NOT EXISTS day(day DATE);
    CREATE TABLE IF NOT EXISTS verdict(subject_id {}, measure_id VARCHAR, verdict VARCHAR, amount_max_fen BIGINT,
                                       missing VARCHAR[], valid_until DATE);"""
MEMORY = "400MB"
Subject = int | str


class VerdictTable:
    """The verdicts of one kind of subject. Every change is one transaction; a file is open in one process at a time."""

    def __init__(self, path: Path, *, text_subjects: bool = False) -> None:
        self.folder = path.parent
        self.subject: pl.DataType = pl.String() if text_subjects else pl.Int64()
        self.connection = duck.connect(path, memory_limit=MEMORY)
        self.connection.execute("SET enable_progress_bar = false")
        self.connection.execute(TABLES.format("VARCHAR" if text_subjects else "BIGINT"))

    def close(self) -> None:
        self.connection.close()

    @property
    def day(self) -> dt.date | None:
        """The day on which the table stands."""
        found = self.connection.execute("SELECT day FROM day").fetchone()
        return None if found is None else found[0]

    def run_measures(self, measures: Sequence[CompiledMeasure], file: FactsFile, on: dt.date) -> None:
        """These measures for everybody: a first run, or a measure changed. Other measures stay as they are."""
        if self.day not in (None, on):
            raise PopulationError(f"the table stands on {self.day}; pass it to {on} first")
        with Transaction(self.connection):
            self.stand_on(on)
            self.replace_measures(measures, file, on)

    def drop_measures(self, ids: Iterable[str]) -> None:
        """Measures that are no more."""
        with Transaction(self.connection):
            for table in ("verdict", "measure"):
                self.connection.execute(f"DELETE FROM {table} WHERE list_contains(?, measure_id)", [list(ids)])

    def run_subject(
        self, measures: Iterable[CompiledMeasure], subject: Subject, kind: str, facts: Mapping[str, Any] | None
    ) -> None:
        """One subject changed, or is gone (facts: None): its verdicts by the closures of one person."""
        on = self.day
        if on is None:
            raise PopulationError("the table of verdicts is empty: run the measures for everybody first")
        found = [] if facts is None else screen(measures, facts, on=on, kind=kind)
        rows: list[tuple[Any, ...]] = [
            (subject, each.id, each.verdict, each.amount_max_fen, list(each.missing), each.valid_until)
            for each in found
            if each.verdict in ("yes", "unknown")
        ]
        rows += [
            (subject, each.id, "no", None, [], each.valid_until)
            for each in found
            if each.verdict == "no" and each.valid_until is not None
        ]
        with Transaction(self.connection):
            self.connection.execute("DELETE FROM verdict WHERE subject_id = ?", [subject])
            if rows:
                marks = ", ".join(["(?, ?, ?, ?, ?, ?)"] * len(rows))
                self.connection.execute(f"INSERT INTO verdict VALUES {marks}", [value for row in rows for value in row])

    def due(self, on: dt.date) -> pl.DataFrame:
        """Who must be judged anew for which measure on that day."""
        query = "SELECT subject_id, measure_id FROM verdict WHERE valid_until < ? ORDER BY measure_id, subject_id"
        found = self.connection.execute(query, [on]).fetchall()
        return pl.DataFrame(found, schema={SUBJECT: self.subject, "measure_id": pl.String}, orient="row")

    def pass_to(self, measures: Sequence[CompiledMeasure], file: FactsFile, on: dt.date) -> int:
        """The table as it stands on a later day; how many verdicts were judged anew.

        file: everybody's facts as they are now, or at least those of whom `due` names; of measures whose version
        changes, everybody's.
        """
        if (stands := self.day) is None or on < stands:
            raise PopulationError(f"the table stands on {stands}; it can't go back to {on}")
        ended, due = self.changed_measures(on), self.due(on)
        with Transaction(self.connection):
            self.stand_on(on)
            self.replace_measures([each for each in measures if each.measure.id in ended], file, on)
            for measure in measures:
                subjects = due.filter(pl.col("measure_id") == measure.measure.id)[SUBJECT]
                if measure.measure.id not in ended and len(subjects):
                    self.replace_subjects(measure, subjects, file, on)
        return due.height

    def changed_measures(self, on: dt.date) -> list[str]:
        """Measures of which a version or a decision begins or ends by that day."""
        found = self.connection.execute("SELECT measure_id FROM measure WHERE valid_until < ?", [on]).fetchall()
        return [name for (name,) in found]

    def stand_on(self, on: dt.date) -> None:
        self.connection.execute("DELETE FROM day")
        self.connection.execute("INSERT INTO day VALUES (?)", [on])

    def replace_measures(self, measures: Sequence[CompiledMeasure], file: FactsFile, on: dt.date) -> None:
        if not measures:
            return
        with tempfile.TemporaryDirectory(dir=self.folder) as folder:
            out = Path(folder, "verdicts.parquet")
            write_verdicts(measures, file, on, out)
            ids = [each.measure.id for each in measures]
            self.connection.execute("DELETE FROM verdict WHERE list_contains(?, measure_id)", [ids])
            self.connection.execute("INSERT INTO verdict SELECT * FROM read_parquet(?)", [str(out)])
        for each in measures:
            until = validity_of(each, on).whole
            self.connection.execute("INSERT OR REPLACE INTO measure VALUES (?, ?)", [each.measure.id, until])

    def replace_subjects(self, measure: CompiledMeasure, subjects: pl.Series, file: FactsFile, on: dt.date) -> None:
        """One measure for some subjects; who has no facts any more is gone."""
        with tempfile.TemporaryDirectory(dir=self.folder) as folder:
            ids, facts, out = (Path(folder, f"{name}.parquet") for name in ("ids", "facts", "verdicts"))
            pl.DataFrame({SUBJECT: subjects.cast(file.subject)}).write_parquet(ids)
            file.scan().join(pl.scan_parquet(ids), on=SUBJECT, how="semi").sink_parquet(facts)
            write_verdicts([measure], file.at(facts), on, out)
            gone = "SELECT subject_id FROM read_parquet($ids)"
            self.connection.execute(
                f"DELETE FROM verdict WHERE measure_id = $measure AND subject_id IN ({gone})",
                {"ids": str(ids), "measure": measure.measure.id},
            )
            self.connection.execute("INSERT INTO verdict SELECT * FROM read_parquet(?)", [str(out)])


class Transaction:
    """All of it, or nothing."""

    def __init__(self, connection: DuckDBPyConnection) -> None:
        self.connection = connection

    def __enter__(self) -> None:
        self.connection.execute("BEGIN")

    def __exit__(self, kind: object, *_: object) -> None:
        self.connection.execute("COMMIT" if kind is None else "ROLLBACK")
