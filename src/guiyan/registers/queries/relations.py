"""Who has whom: what officers gave one person, now and before; who has nobody yet, by place."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, F, Model, QuerySet
from django.db.models.functions import Floor

from guiyan.accounts.permissions import visible
from guiyan.kernel import releases
from guiyan.kernel.actors import Actor
from guiyan.kernel.errors import NotFound
from guiyan.kernel.regions import subtree
from guiyan.kernel.scope import Scope, entered
from guiyan.packs.relation import StandingRelation
from guiyan.registers import states
from guiyan.registers.models import AssignmentRun, Relation, Subject
from guiyan.registers.models.relation import CURRENT
from guiyan.registers.queries.subjects import same_as
from guiyan.registers.relations.helpers import Helper, helpers_for, relation_of
from guiyan.registers.tables import attribute, table_of

TOWN = 1_000
MOST_HISTORY = 100


@dataclass(frozen=True)
class Standing:
    """One declared relation of one person: who it is now (several after a merge, until one is chosen)."""

    declared: StandingRelation
    helpers: tuple[Helper, ...]
    since: date | None


@dataclass(frozen=True)
class PastHelper:
    """One row of the history: who, from when to when, and why."""

    kind: str
    label: str
    name: str
    relation: Relation


def standing_of(subject_id: int) -> list[Standing]:
    """Every declared relation of one person, with who it is now. Within the entered scope; bounded by the kinds.

    Of those that a trigger gives, only what she has.
    """
    rows = list(Relation.objects.filter(CURRENT, to_subject_id__in=same_as(subject_id)).order_by("pk"))
    found = []
    for kind, declared in releases.current().relations_in_order.items():
        mine = [row for row in rows if row.kind == kind]
        if declared.by_trigger and not mine:
            continue
        helpers = helpers_for(declared, only=[row.from_subject_id for row in mine]) if mine else []
        found.append(Standing(declared, tuple(helpers), mine[-1].valid_from if mine else None))
    return found


def helper_history(subject_id: int) -> list[PastHelper]:
    """All that was ever given to this person, under whichever id, the newest first."""
    declared = releases.current().relations
    given = Relation.objects.filter(to_subject_id__in=same_as(subject_id), assigned_at__isnull=False)
    rows = list(given.order_by("-assigned_at", "-pk")[:MOST_HISTORY])
    with entered(Scope.system()):
        names = dict(
            Subject.objects.filter(pk__in=[row.from_subject_id for row in rows]).values_list("pk", "display_name")
        )
    return [
        PastHelper(row.kind, declared[row.kind].label, names.get(row.from_subject_id, ""), row)
        for row in rows
        if row.kind in declared
    ]


def unserved(actor: Actor, declared: StandingRelation, permission: str = "relation.assign") -> QuerySet[Model]:
    """The entries of those who have nobody of this kind, where the actor holds the permission.

    Raises NotFound for a kind that only a trigger gives: nobody is without one.
    """
    if declared.by_trigger:
        raise NotFound(f"{declared.label}由系统按首次登记指派，没有未配对名单。")
    rows = visible(actor, permission, table_of(releases.current(), declared.of)._default_manager.all(), subject=None)
    with_one = Relation.objects.filter(CURRENT, kind=declared.id).values("to_subject_id")
    served = Subject.objects.filter(pk__in=with_one).values("canonical_id")
    open_ones = Subject.objects.filter(kind=states.PERSON).exclude(canonical_id__in=served)
    return rows.filter(subject_id__in=open_ones.values("pk"))


@dataclass(frozen=True)
class PlaceCount:
    region: int
    total: int
    unserved: int


def unserved_by_town(actor: Actor, kind: str) -> list[PlaceCount]:
    """Town by town: how many there are, how many of them have nobody. Two queries."""
    declared = relation_of(kind)
    everybody = visible(
        actor, "relation.assign", table_of(releases.current(), declared.of)._default_manager.all(), subject=None
    )
    totals, missing = by_town(everybody), by_town(unserved(actor, declared))
    return [PlaceCount(town, total, missing.get(town, 0)) for town, total in sorted(totals.items())]


def by_town(rows: QuerySet[Model]) -> dict[int, int]:
    """Entries counted by the town that holds them (a county's own entries under the county)."""
    counted = rows.order_by().annotate(town=Floor(F("region") / TOWN)).values("town").annotate(n=Count("pk"))
    return {int(row["town"]) * TOWN: row["n"] for row in counted}


@dataclass(frozen=True)
class Unserved:
    subject_id: int
    name: str
    region: int


def unserved_people(actor: Actor, kind: str, region: int, *, most: int = 50) -> list[Unserved]:
    """The first of those who have nobody, at a place and below, by name."""
    declared = relation_of(kind)
    title = attribute(releases.current().registers[declared.of].title_field)
    low, high = subtree(region)
    rows = unserved(actor, declared).filter(region__gte=low, region__lt=high).order_by("region", "id")[:most]
    return [Unserved(row.subject_id, getattr(row, title) or "", row.region) for row in rows]  # type: ignore[attr-defined]


def count_unserved(actor: Actor, kind: str, *, most: int = 10_000) -> int:
    """How many have nobody, up to `most`."""
    return unserved(actor, relation_of(kind)).values("pk")[:most].count()


def people_served(kind: str, region: int, *, most: int = 500) -> list[int]:
    """Who of a place has somebody of this kind now, by id; within the entered scope."""
    low, high = subtree(region)
    rows = Relation.objects.filter(CURRENT, kind=kind, region__gte=low, region__lt=high)
    return list(rows.order_by("to_subject_id").values_list("to_subject_id", flat=True)[:most])


def helpers_there(kind: str) -> bool:
    """Whether anybody at all may be chosen for this kind."""
    return table_of(releases.current(), relation_of(kind).by)._default_manager.exists()


def choosable(kind: str, region: int) -> list[Helper]:
    """Who serves a place, those with room first, the nearest first."""
    found = [helper for helper in helpers_for(relation_of(kind)) if helper.serves(region)]
    return sorted(found, key=lambda one: (not one.room, -one.area, one.load, one.subject_id))


def run_by_id(actor: Actor, run_id: int) -> AssignmentRun:
    """A round of giving that lies in the actor's range."""
    found = visible(actor, "relation.assign", AssignmentRun.objects.filter(pk=run_id), unit=None, subject=None).first()
    if found is None:
        raise NotFound("没有找到这次批量指派。")
    return found


def runs_of(actor: Actor, kind: str, *, most: int = 5) -> list[AssignmentRun]:
    """The latest rounds of one kind."""
    rows = visible(actor, "relation.assign", AssignmentRun.objects.filter(kind=kind), unit=None, subject=None)
    return list(rows.order_by("-pk")[:most])


def account_of_helper(kind: str, subject_id: int) -> str:
    """The user name of who helps this person now; empty when there is none or no account."""
    ids: Sequence[int] = same_as(subject_id)
    with entered(Scope.system()):
        row = Relation.objects.filter(CURRENT, kind=kind, to_subject_id__in=ids).order_by("-pk").first()
        if row is None:
            return ""
        found = helpers_for(relation_of(kind), only=[row.from_subject_id])
    return found[0].account if found else ""
