"""What changed between two rounds of a survey: answers before and after, of those whom both visited."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import connection

from guiyan.kernel.actors import Actor
from guiyan.kernel.regions import subtree
from guiyan.kernel.scope import Scope, entered
from guiyan.packs.register import Field
from guiyan.registers import states
from guiyan.registers.models import Subject, SurveyRound
from guiyan.registers.queries.rounds import LOOK, ranges_of

YES_NO = {"true": "是", "false": "否"}
NOT_SAID = "没有说"
PIECE = 2_000
PAIRS = """
    FROM registers_surveyvisit later
    JOIN registers_surveyvisit earlier ON earlier.subject_id = later.subject_id AND earlier.round_id = %(before)s
         AND earlier.standing = %(done)s
    WHERE later.round_id = %(after)s AND later.standing = %(done)s
      AND later.region >= %(low)s AND later.region < %(high)s
      AND EXISTS (SELECT FROM unnest(%(lows)s::bigint[], %(highs)s::bigint[]) mine (low, high)
                  WHERE later.region >= mine.low AND later.region < mine.high)"""


@dataclass(frozen=True)
class Matrix:
    """One field: how many answered `before` and then `after`. began, stopped: of a yes-or-no field."""

    field: Field
    counts: dict[tuple[str, str], int]

    @property
    def answers(self) -> list[tuple[str, str]]:
        """(answer as kept, in words), in declared order, then not said."""
        words = YES_NO if self.field.type == "bool" else self.field.codes
        return [*words.items(), ("", NOT_SAID)]

    @property
    def both(self) -> int:
        return sum(self.counts.values())

    @property
    def changed(self) -> int:
        return sum(number for (before, after), number in self.counts.items() if before != after)

    @property
    def began(self) -> int:
        return sum(number for (before, after), number in self.counts.items() if after == "true" and before != "true")

    @property
    def stopped(self) -> int:
        return sum(number for (before, after), number in self.counts.items() if before == "true" and after != "true")


def matrix(actor: Actor, field: Field, before: SurveyRound, after: SurveyRound, place: int) -> Matrix:
    """Of those visited in both, in the actor's places; one statement."""
    query = f"""SELECT coalesce(earlier.answers ->> %(field)s, ''), coalesce(later.answers ->> %(field)s, ''), count(*)
        {PAIRS} GROUP BY 1, 2"""
    with connection.cursor() as cursor:
        cursor.execute(query, parameters(actor, field, before, after, place))
        return Matrix(field, {(was, now): number for was, now, number in cursor.fetchall()})


@dataclass(frozen=True)
class Turned:
    subject_id: int
    region: int
    name: str
    before: str
    after: str


def turned(
    actor: Actor, field: Field, before: SurveyRound, after: SurveyRound, place: int, *, was: str | None, now: str | None
) -> Iterator[Turned]:
    """Those who answered otherwise (or as `was` and `now` say), streamed by place."""
    query = f"""SELECT later.subject_id, later.region, coalesce(earlier.answers ->> %(field)s, '') AS was,
        coalesce(later.answers ->> %(field)s, '') AS said
        {PAIRS} AND (earlier.answers ->> %(field)s) IS DISTINCT FROM (later.answers ->> %(field)s)
          AND (%(was)s::text IS NULL OR coalesce(earlier.answers ->> %(field)s, '') = %(was)s)
          AND (%(now)s::text IS NULL OR coalesce(later.answers ->> %(field)s, '') = %(now)s)
        ORDER BY later.region, later.id"""
    words = dict(Matrix(field, {}).answers)
    with connection.cursor() as cursor:
        cursor.execute(query, {**parameters(actor, field, before, after, place), "was": was, "now": now})
        found = cursor.fetchall()
    for start in range(0, len(found), PIECE):
        piece = found[start : start + PIECE]
        names = names_of(piece)
        for subject_id, region, was_said, said in piece:
            yield Turned(
                subject_id, region, names.get(subject_id, ""), words.get(was_said, was_said), words.get(said, said)
            )


def names_of(piece: Sequence[tuple[Any, ...]]) -> dict[int, str]:
    with entered(Scope.system()):
        rows = Subject.objects.filter(pk__in=[one[0] for one in piece])
        return dict(rows.values_list("pk", "display_name"))


def parameters(actor: Actor, field: Field, before: SurveyRound, after: SurveyRound, place: int) -> dict[str, Any]:
    low, high = subtree(place)
    mine = ranges_of(actor, LOOK)
    return {
        "field": field.id,
        "before": before.pk,
        "after": after.pk,
        "done": states.VISIT_DONE,
        "low": low,
        "high": high,
        "lows": [one for one, _ in mine],
        "highs": [one for _, one in mine],
    }


def rounds_before(found: SurveyRound) -> list[SurveyRound]:
    """Earlier rounds of the same survey whose place meets this one's, the last one first."""
    low, high = subtree(found.region)
    with entered(Scope.system()):
        rows = SurveyRound.objects.filter(survey=found.survey, pk__lt=found.pk).order_by("-pk")
        return [one for one in rows if one.region < high and low < subtree(one.region)[1]]
