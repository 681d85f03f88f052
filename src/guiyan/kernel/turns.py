"""Taking turns: whoever counts something on (the next number of a year) waits until the one before has committed."""

from __future__ import annotations

from django.db import connection


def take_turn(series: str) -> None:
    """Hold the series until the transaction ends. Read what was counted so far only afterwards."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [series])
