"""Splink on DuckDB: pairs of one part in, those above the review threshold out."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from typing import TYPE_CHECKING

import polars as pl

from guiyan.engine.linkage.blocking import pairs_of
from guiyan.engine.linkage.frequencies import Frequencies
from guiyan.engine.linkage.settings import Settings

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection


def quieten() -> None:
    """Splink switches its messages on whenever a linker is made."""
    logging.getLogger("splink").setLevel(logging.ERROR)


def of_interest() -> pl.Expr:
    return pl.col("^(row_l|row_r|match_weight|match_probability|gamma_.*|mw_.*)$")


def scored(
    connection: DuckDBPyConnection, settings: Settings, frequencies: Frequencies, parts: int
) -> Iterator[pl.DataFrame]:
    """Frames of `row_l`, `row_r`, `match_weight`, `match_probability`, and `gamma_…`, `mw_…` of each comparison."""
    from splink import DuckDBAPI, Linker

    api = DuckDBAPI(connection)
    linker = Linker([api.register("people", dataset_display_name="people")], settings.splink)
    quieten()
    for column in settings.frequencies:
        table = api.register(frequencies.table(column).to_arrow(), dataset_display_name=f"shares_{column}")
        linker.table_management.register_term_frequency_lookup(table, column)
    for part in range(parts):
        connection.execute(f"CREATE OR REPLACE TABLE blocked AS {pairs_of(part)}")
        blocked = api.register("blocked", dataset_display_name=f"blocked_{part}")
        linker.table_management.register_blocked_pairs_for_predict(blocked)
        found = linker.inference.predict(threshold_match_probability=settings.review, warning_mode="never")
        yield found.as_duckdbpyrelation().pl().select(of_interest())
        found.drop_table_from_database_and_remove_from_cache()
