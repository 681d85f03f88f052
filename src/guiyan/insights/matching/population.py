"""The engine over a folder of facts, behind one function: which measures fit whom, and what is not known of whom."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path

from guiyan.engine.population import check, engine, open_facts, plan_of
from guiyan.engine.rules import Catalogue, CompiledMeasure

ENGINE = "polars"


def match_folder(
    measures: Sequence[CompiledMeasure], catalogue: Catalogue, kind: str, on: date, facts: Path, out: Path
) -> None:
    """Write a row for each yes and each unknown, as a Parquet file in the new folder `out`.

    Columns: subject_id, measure_id, verdict, amount_max_fen, missing. Raises PopulationError for facts that no rule
    could be asked about: a wrong type, a value out of bounds.
    """
    file = open_facts(facts, catalogue, kind)
    check(file)
    out.mkdir(parents=True)
    engine(ENGINE).write_rows(plan_of(measures, on), file, out / "verdicts.parquet")
