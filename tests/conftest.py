"""The test database: one server, one migrated template with the city pack, one clone for each worker.

Tests connect as the application's role. `scoped_db` rolls back; `committed_db` gets a clone of its own and commits.
The server lives in a temporary home, or in GUIYAN_TEST_HOME, which is kept and reused while nothing it was made from
has changed.
"""

from __future__ import annotations

from hypothesis import HealthCheck, settings

from tests.database import pytest_configure, pytest_unconfigure
from tests.fixtures import (
    actor,
    at,
    client_as,
    committed_db,
    django_db_setup,
    lent_db,
    max_queries,
    pack,
    scoped_db,
    standing,
    test_database,
)

__all__ = [
    "actor",
    "at",
    "client_as",
    "committed_db",
    "django_db_setup",
    "lent_db",
    "max_queries",
    "pack",
    "pytest_configure",
    "pytest_unconfigure",
    "scoped_db",
    "standing",
    "test_database",
]

# Property tests are measured by nobody's clock: a busy machine is not a fault of what they test.
settings.register_profile("untimed", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("untimed")
