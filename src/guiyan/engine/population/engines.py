"""The engines by name. Each is loaded when it is asked for: Spark is an extra, and takes seconds."""

from __future__ import annotations

import importlib
from pathlib import Path
from typing import Protocol, cast

from guiyan.engine.population.facts_file import FactsFile
from guiyan.engine.population.plan import Plan
from guiyan.engine.population.results import Counted, Told, untold

ENGINES = ("polars", "duckdb", "spark")


class Engine(Protocol):
    def count(self, plan: Plan, file: FactsFile) -> list[Counted]:
        """Yes, unknown and money per measure."""

    def write_rows(self, plan: Plan, file: FactsFile, out: Path, told: Told = untold) -> None:
        """A Parquet file with a row for each yes and unknown; it appears when it is whole.

        told: called, perhaps from several threads, with how many more subjects are done.
        """


def engine(name: str) -> Engine:
    assert name in ENGINES
    return cast(Engine, importlib.import_module(f"guiyan.engine.population.{name}_engine"))
