"""Connections to DuckDB, which is loaded by the first that is made.

Importing it starts threads. The web server imports the application and then forks; the forked processes would have none
of these threads, and wait for them when they end.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection


def connect(path: Path | None = None, **settings: str) -> DuckDBPyConnection:
    """A connection to the database in this file, or to one in memory; settings are DuckDB's own."""
    import duckdb  # deferred: see above

    return duckdb.connect(str(path) if path else ":memory:", config=dict(settings))
