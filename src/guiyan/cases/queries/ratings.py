"""Reading ratings: the list with what still waits for a call, one, and how each office stands."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Count, F, Q, QuerySet

from guiyan.accounts.permissions import decide, visible
from guiyan.cases.models import Case, Rating
from guiyan.cases.models.rating import BAD
from guiyan.cases.permissions import require_applicant
from guiyan.cases.rateable import is_decided, rating_of, refuse_unless
from guiyan.kernel import releases
from guiyan.kernel.actors import Actor
from guiyan.kernel.errors import NotFound

CONTENT = 3
"""From this grade on somebody counts as satisfied (基本满意 included), as the national rating does."""
LEAST_FOR_SHARE = 10
"""Of fewer judgements a percentage would say more than is known."""
VIEWS = ("to_call", "bad", "all")


@dataclass(frozen=True)
class OfficeStanding:
    """How one office was judged: how many rated, how many were satisfied, how many wait for a call."""

    unit: str
    rated: int
    content: int
    waiting: int

    @property
    def share(self) -> float:
        return self.content / self.rated

    @property
    def is_telling(self) -> bool:
        """Whether a percentage says more than the two counts do."""
        return self.rated >= LEAST_FOR_SHARE


def ratings_for(actor: Actor, *, view: str = "all", words: str = "") -> QuerySet[Rating]:
    """The ratings of cases the actor watches, newest first; those to call by the day they are due."""
    rows = visible(actor, "rating.view", Rating.objects.select_related("case", "unit"), unit=None, subject=None)
    if words:
        rows = rows.filter(Q(case__number__startswith=words.upper()) | Q(case__applicant__startswith=words))
    if view == "to_call":
        return rows.filter(grade__lte=BAD, called_at=None).order_by("call_due_on", "id")
    return (rows.filter(grade__lte=BAD) if view == "bad" else rows).order_by("-id")


def rating_counts(actor: Actor) -> dict[str, int]:
    """view -> how many."""
    rows = visible(actor, "rating.view", Rating.objects.all(), unit=None, subject=None)
    waiting = Count("id", filter=Q(grade__lte=BAD, called_at=None))
    found = rows.aggregate(to_call=waiting, bad=Count("id", filter=Q(grade__lte=BAD)), all=Count("id"))
    return {view: found[view] for view in VIEWS}


def office_standings(actor: Actor) -> list[OfficeStanding]:
    """Each office with ratings, most rated first."""
    rows = visible(actor, "rating.view", Rating.objects.all(), unit=None, subject=None)
    found = (
        rows.values(name=F("unit__name"))
        .annotate(
            rated=Count("id"),
            content=Count("id", filter=Q(grade__gte=CONTENT)),
            waiting=Count("id", filter=Q(grade__lte=BAD, called_at=None)),
        )
        .order_by("-rated", "name")
    )
    return [OfficeStanding(row["name"], row["rated"], row["content"], row["waiting"]) for row in found]


def rating_by_id(actor: Actor, rating_id: int) -> Rating:
    """One rating with its case; not found where the actor watches nothing."""
    row = Rating.objects.select_related("case", "case__unit", "unit").filter(pk=rating_id).first()
    if row is None or not decide(actor, "rating.view", row, unit=None, subject=None).allowed:
        raise NotFound("没有找到这条评价。")
    return row


def require_rater(actor: Actor, case: Case) -> None:
    """Raise unless the actor may judge the case now: the applicant, or the counter or helper for her."""
    require_applicant(actor, case)
    refuse_unless(case)


def may_be_rated(case: Case) -> bool:
    """Whether its applicant may judge it now."""
    return releases.current().city.rating is not None and is_decided(case) and rating_of(case) is None
