"""Officers who write at the same moment take turns at whom their records are about."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connections

from guiyan.kernel.actors import SYSTEM
from guiyan.kernel.scope import Scope, entered
from guiyan.registers import queries
from tests.fixtures import TestDatabase
from tests.registers.test_totals import deal, deals, investor


@pytest.mark.commits
def test_two_officers_who_record_at_once_are_both_counted(committed_db: TestDatabase) -> None:
    """The first entry of whom it is about comes at the same moment."""

    def write(number: int, start: Barrier) -> None:
        start.wait()
        with entered(Scope.system()):
            investor() if number == 0 else deal(0, number)
        connections.close_all()

    with ThreadPoolExecutor(3) as threads:
        start = Barrier(3)
        list(threads.map(write, range(3), [start] * 3))
    with entered(Scope.system()):
        (who,) = queries.entry_list(SYSTEM, "investor").lines
        assert deals(who.subject_id) == (2, 300)
