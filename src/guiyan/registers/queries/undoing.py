"""What taking an import back would do, before anybody decides it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from django.db import connection

from guiyan.registers import states
from guiyan.registers.models import Assertion, ImportRun, PersonLink

EFFECTS = """
    SELECT count(*) FILTER (WHERE NOT others), count(*) FILTER (WHERE others) FROM (
      SELECT EXISTS (
        SELECT FROM registers_assertion a LEFT JOIN registers_importrun i ON i.id = a.import_id
        WHERE a.subject_id = t.subject_id AND a.register = %(register)s AND i.undone_at IS NULL
          AND (a.import_id IS NULL OR a.import_id <> %(run)s)) AS others
      FROM (SELECT DISTINCT subject_id FROM registers_assertion WHERE import_id = %(run)s) t) x"""

# A layer above that keeps something about subjects: how many of its things stand on those of an import, in words.
Standing = Callable[[list[int]], tuple[str, int]]
_standing: list[Standing] = []
MOST_ASKED = 50_000


def stands_on_subjects(count: Standing) -> None:
    """Layers above tell what of theirs stands on subjects; called when Django is ready."""
    if count not in _standing:
        _standing.append(count)


@dataclass(frozen=True)
class UndoEffects:
    """leaving: entries only this file speaks for; staying: entries that go back to what the others say.

    linked: people of the file who were found to be known ones; those who leave every register come apart again.
    standing: (what, how many) of other parts of the system that are about the people and firms of the file.
    """

    leaving: int
    staying: int
    linked: int
    standing: tuple[tuple[str, int], ...]


def effects_of_undoing(run: ImportRun) -> UndoEffects:
    """Call in the system's scope, after the run was found by somebody who may see it."""
    with connection.cursor() as cursor:
        cursor.execute(EFFECTS, {"run": run.pk, "register": run.register})
        leaving, staying = cursor.fetchone()
    subjects = Assertion.objects.filter(import_id=run.pk).values_list("subject_id", flat=True).distinct()
    asked = list(subjects[:MOST_ASKED])
    told = tuple(count(asked) for count in _standing)
    linked = PersonLink.objects.filter(import_id=run.pk, verdict=states.LINK_SAME).count()
    return UndoEffects(leaving, staying, linked, tuple((what, number) for what, number in told if number))
