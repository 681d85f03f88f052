"""What people and firms have asked for, for many at once."""

from __future__ import annotations

from collections.abc import Sequence

from django.db import connection

from guiyan.cases.states import MAY_ASK_AGAIN

UNDER_WAY = """
SELECT mine.id, c.measure FROM registers_subject mine
JOIN registers_subject same ON same.canonical_id = mine.canonical_id
JOIN cases_case c ON c.beneficiary_id = same.id AND c.submitted_at IS NOT NULL AND NOT c.state = ANY(%s)
WHERE mine.id = ANY(%s) AND c.measure <> ''
"""


def measures_asked_for(subject_ids: Sequence[int]) -> set[tuple[int, str]]:
    """(subject, measure) of requests that stand in the way of another one; under whatever ids somebody is known."""
    with connection.cursor() as cursor:
        cursor.execute(UNDER_WAY, [list(MAY_ASK_AGAIN), list(subject_ids)])
        return set(cursor.fetchall())
