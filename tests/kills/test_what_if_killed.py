"""The worker is killed while a what-if is computed: the next one goes on at that part, and counts nobody twice."""

from __future__ import annotations

from datetime import date

import psycopg
import pytest

from guiyan.insights import whatif
from guiyan.insights.snapshot.kept import latest
from guiyan.kernel import releases
from guiyan.kernel.audit.models import AuditEntry
from guiyan.kernel.scope import Scope, entered
from guiyan.outreach.models import WhatIfRun
from guiyan.packs import Pack
from guiyan.registers.sample.fill import fill
from tests.kills.processes import Worker, until
from tests.kills.stage import Stage
from tests.outreach import stage as outreach
from tests.outreach.tried import facts_kept, tried

pytestmark = [pytest.mark.kills, pytest.mark.commits]
LOAN = "guarantee-loan-person"


def test_a_what_if_killed_in_the_middle_counts_everybody_once(stage: Stage, workers: list[Worker]) -> None:
    fill(pack_in_force(), count=60, seed=7, until=date(2026, 6, 8))
    with entered(Scope.system()):
        outreach.in_force(LOAN)
        facts_kept()
        run = tried(LOAN, "benefit.amount_max_yuan", "400000")
    stage.arm("part_compared")
    workers.append(Worker(stage.database))
    until(workers[-1].was_killed, "the worker is killed with a part compared and nothing kept")
    with entered(Scope.system()):
        left = WhatIfRun.objects.get(pk=run.pk)
        assert (left.rows_done, left.tables, left.computed_at) == (0, {}, None)
    with psycopg.connect(stage.database.url("owner"), autocommit=True) as connection:
        connection.execute("UPDATE procrastinate_workers SET last_heartbeat = now() - interval '1 hour'")
    workers.append(Worker(stage.database))
    until(lambda: is_computed(run), "the next worker computes it")
    with entered(Scope.system()):
        done = WhatIfRun.objects.get(pk=run.pk)
        kept = latest(releases.current(), "person")
        assert kept is not None and done.rows_done == done.rows == kept.rows == done.people_after
        (one,) = whatif.answer_of(done, exact=True).measures
        assert sum(row.after for row in one.counties) == kept.rows
        assert one.total.fen_more == 100_000_00 * kept.rows
        assert AuditEntry.objects.filter(action="whatif.compute", target=done.ref).count() == 1


def pack_in_force() -> Pack:
    with entered(Scope.system()):
        return releases.current()


def is_computed(run: WhatIfRun) -> bool:
    with entered(Scope.system()):
        return WhatIfRun.objects.get(pk=run.pk).computed_at is not None
