"""One row a subject: an id that stands twice is found without holding all ids in memory."""

from __future__ import annotations

import polars as pl

from guiyan.engine.population.duckdb_engine import connected, source_of
from guiyan.engine.population.errors import PopulationError
from guiyan.engine.population.facts_file import SUBJECT, FactsFile


def check_subjects(file: FactsFile) -> int:
    """How many subjects there are. Raises PopulationError naming one that stands twice."""
    rising = pl.col(SUBJECT).gt(pl.col(SUBJECT).shift(1)).all()
    rows, sorted_ = file.scan().select(pl.len(), rising).collect(engine="streaming").row(0)
    if not sorted_:
        query = f"SELECT {SUBJECT}, count(*) FROM {source_of(file)} GROUP BY {SUBJECT} HAVING count(*) > 1 LIMIT 1"
        with connected("200MB") as connection:
            twice = connection.execute(query).fetchone()
        if twice is not None:
            raise PopulationError(
                f"{file.paths[0]}: subject {twice[0]!r} stands in {twice[1]} rows; every subject has one row"
            )
    return int(rows)
