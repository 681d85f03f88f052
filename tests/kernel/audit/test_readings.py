"""Watching readings: by officer and kind, and the hours that are unusual."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from django.db import connection

from guiyan.kernel.actors import FixedActor
from guiyan.kernel.audit import record_read
from guiyan.kernel.audit.readings import MANY_IN_AN_HOUR, hours_of, readings
from guiyan.kernel.scope import Scope, entered

pytestmark = pytest.mark.usefixtures("scoped_db")
SHANGHAI = "Asia/Shanghai"
BEGINS, ENDS = datetime(2026, 6, 1, tzinfo=UTC), datetime(2026, 7, 1, tzinfo=UTC)


def look(actor_id: int, at: datetime, times: int = 1, what: str = "person.phone") -> None:
    """Readings of one person each, at that moment of the business clock."""
    with entered(Scope.system()), pytest.MonkeyPatch.context() as patch:
        patch.setattr("guiyan.kernel.audit.log.now", lambda: at)
        for number in range(times):
            record_read(FixedActor("user", "某人", actor_id), what, [f"subject:{number}"], "核对")


def unusual(*residents: int) -> list[tuple[int, int, int]]:
    with entered(Scope.system()):
        return sorted((who, hour, times) for who, _, hour, times in hours_of(BEGINS, ENDS, SHANGHAI, residents))


def test_many_in_an_hour_and_looks_out_of_hours_are_unusual() -> None:
    look(1, datetime(2026, 6, 10, 2, 5, tzinfo=UTC), MANY_IN_AN_HOUR)  # Wednesday, ten in the morning
    look(2, datetime(2026, 6, 10, 2, 5, tzinfo=UTC), MANY_IN_AN_HOUR - 1)
    look(3, datetime(2026, 6, 10, 13, 30, tzinfo=UTC))  # half past nine in the evening
    look(4, datetime(2026, 6, 13, 2, 0, tzinfo=UTC))  # Saturday
    assert unusual() == [(1, 10, MANY_IN_AN_HOUR), (3, 21, 1), (4, 10, 1)]


def test_a_resident_who_reads_her_own_at_night_is_not() -> None:
    look(7, datetime(2026, 6, 10, 14, 0, tzinfo=UTC))
    assert unusual(7) == []


def test_readings_are_found_by_officer_and_kind() -> None:
    look(1, datetime(2026, 6, 10, 2, 0, tzinfo=UTC))
    look(1, datetime(2026, 6, 11, 2, 0, tzinfo=UTC), what="dossier.print")
    look(2, datetime(2026, 6, 12, 2, 0, tzinfo=UTC))
    look(1, datetime(2026, 7, 2, 2, 0, tzinfo=UTC))
    with entered(Scope.system()):
        assert readings(BEGINS, ENDS, actor_ids=[1]).count() == 2
        assert readings(BEGINS, ENDS, actions=["read:person.phone"]).count() == 2
        assert readings(BEGINS, ENDS, actions=[], stem="read:dossier").count() == 1


def test_the_log_of_readings_is_asked_by_its_own_index() -> None:
    with entered(Scope.system()), connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
        cursor.execute(
            "EXPLAIN SELECT * FROM audit_entry WHERE action LIKE 'read:%%' AND at >= %s AND at < %s", [BEGINS, ENDS]
        )
        plan = "\n".join(row[0] for row in cursor.fetchall())
    assert "audit_entry_readings" in plan
