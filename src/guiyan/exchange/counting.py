"""Calls of the API as lines of the log: one a day, key, register and direction."""

from __future__ import annotations

from django.db import connection

from guiyan.kernel.calendar import today
from guiyan.kernel.scope import Scope, entered

COUNT = """
    INSERT INTO exchange_apitraffic (day, key_prefix, name, holder, register, direction, calls, entries, region)
    VALUES (%s, %s, %s, %s, %s, %s, 1, %s, %s)
    ON CONFLICT (day, key_prefix, register, direction)
    DO UPDATE SET calls = exchange_apitraffic.calls + 1, entries = exchange_apitraffic.entries + excluded.entries"""


def count_call(
    *, key_prefix: str, name: str, holder: str, register: str, direction: str, entries: int, region: int
) -> None:
    """One call of the API that read (`states.OUT`) or reported (`states.IN`) so many entries. Two at once count."""
    with entered(Scope.system()), connection.cursor() as cursor:
        cursor.execute(COUNT, [today(), key_prefix, name[:80], holder[:80], register, direction, entries, region])
