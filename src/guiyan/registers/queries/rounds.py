"""Survey rounds as officers read them: which there are, how much is done by place, whom that is."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import BigIntegerField, Count, Expression, F, Func, Max, Q, QuerySet

from guiyan.accounts.permissions import decide, require, visible
from guiyan.kernel.actors import Actor
from guiyan.kernel.errors import NotFound
from guiyan.kernel.regions import Interval, level, subtree, within
from guiyan.kernel.scope import Scope, entered
from guiyan.registers import states
from guiyan.registers.models import Subject, SurveyReminder, SurveyRound, SurveyVisit

LOOK, RECORD = "survey.view", "visit.record"
BELOW = {"city": 10**6, "county": 10**3, "township": 1, "village": 1}
"""How much of a code the places one level below share with their entries."""


class At:
    """A place to ask permission for."""

    def __init__(self, region: int) -> None:
        self.region = region


@dataclass(frozen=True)
class Done:
    """How far a place is. own: what lies at the place itself, with no village or town named."""

    place: int
    total: int
    done: int
    unreached: int
    due: int
    missed: int
    added: int
    own: bool = False

    @property
    def share(self) -> float:
        return self.done / self.total if self.total else 0.0

    @property
    def percent(self) -> float:
        return 100 * self.share


NUMBERS = ("total", "done", "unreached", "due", "missed", "added")
COUNTS = {
    "total": Count("pk"),
    "done": Count("pk", filter=Q(standing=states.VISIT_DONE)),
    "unreached": Count("pk", filter=Q(standing=states.VISIT_UNREACHED)),
    "due": Count("pk", filter=Q(standing=states.VISIT_DUE)),
    "missed": Count("pk", filter=Q(standing=states.VISIT_MISSED)),
    "added": Count("pk", filter=Q(added=True)),
}


def ranges_of(actor: Actor, permission: str) -> tuple[Interval, ...]:
    """The places in which the actor holds a permission."""
    if actor.kind == "system":
        return ((0, 10**12),)
    return tuple({one for grant in actor.grants if permission in grant.permissions for one in grant.regions})


def rounds_touching(intervals: Iterable[Interval], *, open_only: bool = False) -> list[SurveyRound]:
    """Rounds whose place lies in, around or below any of these, newest first. A village's officer sees the county's."""
    wanted = list(intervals)
    with entered(Scope.system()):
        rows = SurveyRound.objects.order_by("-pk")
        found = list(rows.filter(closed_at=None) if open_only else rows[:200])
    return [one for one in found if any(meets(subtree(one.region), each) for each in wanted)]


def meets(one: Interval, other: Interval) -> bool:
    return one[0] < other[1] and other[0] < one[1]


def rounds_for(actor: Actor) -> list[SurveyRound]:
    return rounds_touching(ranges_of(actor, LOOK))


def round_for(actor: Actor, round_id: int) -> SurveyRound:
    """Raises NotFound for one that touches none of the actor's places."""
    with entered(Scope.system()):
        found = SurveyRound.objects.filter(pk=round_id).first()
    if found is None or not any(meets(subtree(found.region), one) for one in ranges_of(actor, LOOK)):
        require(actor, LOOK)
        raise NotFound
    return found


def place_in(actor: Actor, found: SurveyRound, wanted: int | None) -> int:
    """The place to show: the one asked for if the actor reaches it and the round does, else the widest of hers."""
    inside = subtree(found.region)
    if wanted is not None:
        if not (inside[0] <= wanted < inside[1]) or not decide(actor, LOOK, At(wanted), unit=None):
            raise NotFound
        return wanted
    if decide(actor, LOOK, At(found.region), unit=None):
        return found.region
    own = sorted(low for low, _ in ranges_of(actor, LOOK) if within([inside], low))
    if not own:
        raise NotFound
    return own[0]


def child_of(step: int) -> Expression:
    """The place one level down in which a row lies, as SQL."""
    return Func(F("region"), template=f"(%(expressions)s / {step} * {step})", output_field=BigIntegerField())


def visits_of(actor: Actor, found: SurveyRound, place: int) -> QuerySet[SurveyVisit]:
    low, high = subtree(place)
    rows = SurveyVisit.objects.filter(round=found, region__gte=low, region__lt=high)
    return visible(actor, LOOK, rows, unit=None, subject=None)


def completion(actor: Actor, found: SurveyRound, place: int) -> list[Done]:
    """The places one level below, those that lag first; one statement."""
    rows = visits_of(actor, found, place).annotate(place=child_of(BELOW.get(level(place), 10**6)))
    counted = rows.values("place").annotate(**COUNTS).order_by("place")
    lines = [done_of(row["place"], row, own=row["place"] == place and level(place) != "village") for row in counted]
    return sorted(lines, key=lambda one: (one.share, -one.due, one.place))


def done_of(place: int, row: Mapping[str, Any], *, own: bool = False) -> Done:
    total, done, unreached, due, missed, added = (row[name] for name in NUMBERS)
    return Done(place, total, done, unreached, due, missed, added, own)


def total_of(lines: Sequence[Done], place: int) -> Done:
    """The sum of what lies below."""
    return done_of(place, {name: sum(getattr(one, name) for one in lines) for name in NUMBERS})


def totals(rounds: Sequence[SurveyRound], actor: Actor) -> dict[int, Done]:
    """How far each round is in the actor's places. One statement for all."""
    rows = visible(
        actor, LOOK, SurveyVisit.objects.filter(round__in=[one.pk for one in rounds]), unit=None, subject=None
    )
    counted = rows.values("round_id").annotate(**COUNTS).order_by("round_id")
    return {row["round_id"]: done_of(0, row) for row in counted}


@dataclass(frozen=True)
class Visited:
    visit: SurveyVisit
    name: str


def people(
    actor: Actor, found: SurveyRound, place: int, *, state: str = "", added: bool = False
) -> QuerySet[SurveyVisit]:
    """Who that is, by place; `named` puts names to a page of them."""
    rows = visits_of(actor, found, place)
    if state in dict(SurveyVisit.STATES):
        rows = rows.filter(standing=state)
    return (rows.filter(added=True) if added else rows).order_by("region", "pk")


def named(visits: Sequence[SurveyVisit]) -> list[Visited]:
    subjects = Subject.objects.filter(pk__in=[one.subject_id for one in visits])
    with entered(Scope.system()):
        names = dict(subjects.values_list("pk", "display_name"))
    return [Visited(one, names.get(one.subject_id, "")) for one in visits]


def reminded(found: SurveyRound, places: Iterable[int]) -> dict[int, datetime]:
    """When officers of these places were last reminded."""
    rows = SurveyReminder.objects.filter(round=found, region__in=list(places))
    with entered(Scope.system()):
        return dict(rows.values("region").annotate(last=Max("at")).values_list("region", "last"))


@dataclass(frozen=True)
class Waiting:
    """What waits for an officer who visits: so many of a round, and since when she is asked to hurry."""

    round: SurveyRound
    due: int
    reminded_at: datetime | None


def waiting_for(actor: Actor) -> list[Waiting]:
    """Open rounds with visits due in the places where the actor visits."""
    own = ranges_of(actor, RECORD)
    rounds = rounds_touching(own, open_only=True)
    if not rounds:
        return []
    rows = SurveyVisit.objects.filter(round__in=[one.pk for one in rounds], standing=states.VISIT_DUE)
    counted = visible(actor, RECORD, rows, unit=None, subject=None).values("round_id").annotate(n=Count("pk"))
    due = dict(counted.values_list("round_id", "n"))
    with entered(Scope.system()):
        said = SurveyReminder.objects.filter(round__in=list(due)).order_by("at").values_list("round_id", "region", "at")
        last = {one: at for one, region, at in said if any(meets(subtree(region), each) for each in own)}
    return [Waiting(one, due[one.pk], last.get(one.pk)) for one in rounds if due.get(one.pk)]


def to_close(actor: Actor, today: date) -> list[SurveyRound]:
    """Open rounds of the actor's places whose last day has passed."""
    rounds = rounds_touching(ranges_of(actor, "survey.run"), open_only=True)
    return [one for one in rounds if one.to_on < today and decide(actor, "survey.run", one, unit=None, subject=None)]
