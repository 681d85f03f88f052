"""A table for papers, and a business day to work on."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

import pytest

from guiyan.kernel.scope import Scope
from tests.fixtures import TestDatabase
from tests.kernel.workflow.papers import make_table


@pytest.fixture
def monday(test_database: TestDatabase, scoped_db: Scope, at: Callable[[str], datetime]) -> Callable[[str], datetime]:
    """Monday, 8 June 2026, 9:00; give another moment to go there."""
    make_table(test_database)
    at("2026-06-08 09:00")
    return at
