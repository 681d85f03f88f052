"""Populations: measures over a whole Parquet file of facts, the same verdicts as for one person. No database.

    open_facts      a Parquet file or folder, its columns checked    check           its values checked
    plan_of         measures on one day, each question found once    engine          Polars, DuckDB or Spark by name
    engine.count    yes, unknown and money per measure               engine.write_rows   one row a match, as Parquet

`exactness` says when three-valued columns are exact; `keys` what is judged by `rules.exact` once for many people.
"""

from guiyan.engine.population.checks import check
from guiyan.engine.population.engines import ENGINES, Engine, engine
from guiyan.engine.population.errors import PopulationError
from guiyan.engine.population.facts_file import FactsFile, open_facts
from guiyan.engine.population.plan import Plan, PlannedMeasure, plan_of
from guiyan.engine.population.results import Counted
from guiyan.engine.population.subjects import check_subjects

__all__ = [
    "ENGINES",
    "Counted",
    "Engine",
    "FactsFile",
    "Plan",
    "PlannedMeasure",
    "PopulationError",
    "check",
    "check_subjects",
    "engine",
    "open_facts",
    "plan_of",
]
