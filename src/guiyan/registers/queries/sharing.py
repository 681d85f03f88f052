"""The catalogue of other bureaus' data, and who may use what of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Count, F, Sum, Window
from django.db.models.functions import RowNumber

from guiyan.accounts.models import Unit
from guiyan.kernel.actors import Actor, holds
from guiyan.kernel.errors import NotAllowed
from guiyan.kernel.scope import Scope, entered
from guiyan.packs.comparison import Sharing
from guiyan.registers.models import DataTaking, DataUse
from guiyan.registers.sharing.binding import MATCH, closed
from guiyan.registers.sharing.offered import Shared, offered
from guiyan.registers.sharing.using import APPLY, AUTHORISE

MOST, LATEST = 100, 3


@dataclass(frozen=True)
class Offer:
    """One thing in the catalogue. holder: the unit's name."""

    item: Shared
    holder: str

    @property
    def sharing(self) -> Sharing:
        return self.item.sharing


def may_open(actor: Actor) -> bool:
    return holds(actor, APPLY) or holds(actor, AUTHORISE)


def catalogue(actor: Actor) -> list[Offer]:
    """What other bureaus hold, as the pack declares it. Names no person, so everybody who may apply sees all."""
    if not may_open(actor):
        raise NotAllowed
    shared = offered().values()
    with entered(Scope.system()):
        names = dict(Unit.objects.filter(code__in=[one.sharing.holder for one in shared]).values_list("code", "name"))
    return [Offer(one, names.get(one.sharing.holder, "")) for one in shared]


def uses_for(actor: Actor) -> Sequence[DataUse]:
    """Those the actor's units asked for, or hold the data of; the newest first."""
    units = {
        grant.unit_id for grant in actor.grants if grant.unit_id is not None and {APPLY, AUTHORISE} & grant.permissions
    }
    with entered(Scope.system()):
        rows = DataUse.objects.filter(unit_id__in=units) | DataUse.objects.filter(holder_id__in=units)
        return list(rows.order_by("-pk")[:MOST])


@dataclass(frozen=True)
class Taken:
    """What came in under one authorisation: how often, how many rows, and the latest of them."""

    times: int
    rows: int
    latest: tuple[DataTaking, ...]


def takings_of(uses: Sequence[DataUse]) -> dict[int, Taken]:
    """Authorisation → what was done under it. Two queries; for uses that were looked up."""
    ids = [use.pk for use in uses]
    with entered(Scope.system()):
        sums = DataTaking.objects.filter(use__in=ids).values("use_id").annotate(n=Count("pk"), rows=Sum("row_count"))
        counted = {row["use_id"]: (row["n"], row["rows"]) for row in sums}
        place = Window(RowNumber(), partition_by=F("use_id"), order_by=F("pk").desc())
        newest = DataTaking.objects.filter(use__in=ids).annotate(place=place).filter(place__lte=LATEST).order_by("-pk")
        latest: dict[int, list[DataTaking]] = {}
        for one in newest:
            latest.setdefault(one.use_id, []).append(one)
    return {pk: Taken(n, rows, tuple(latest.get(pk, ()))) for pk, (n, rows) in counted.items()}


def uses_to_answer(actor: Actor) -> list[DataUse]:
    """What waits for an officer of the holder: not what she asked or agreed to herself."""
    units = {grant.unit_id for grant in actor.grants if AUTHORISE in grant.permissions}
    return [
        use
        for use in uses_for(actor)
        if use.state in (DataUse.ASKED, DataUse.AGREED)
        and use.holder_id in units
        and use.asked_by not in actor.persons
        and use.agreed_by not in actor.persons
    ]


def label_of(item_id: str) -> str:
    """What it is called; its id once it stands in the catalogue no longer."""
    found = offered().get(item_id)
    return found.label if found is not None else item_id


def purpose_of(item_id: str, purpose: str) -> str:
    found = offered().get(item_id)
    words: dict[str, str] = {str(name): told for name, told in found.sharing.purposes.items()} if found else {}
    return words.get(purpose, purpose)


__all__ = ["MATCH", "Offer", "catalogue", "closed", "may_open", "takings_of", "uses_for", "uses_to_answer"]
