"""Offices by code, and the office an actor acts from."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from guiyan.accounts.models import Grant, Unit
from guiyan.accounts.queries import valid_on
from guiyan.kernel import calendar, releases
from guiyan.kernel.actors import Actor
from guiyan.kernel.errors import NotAllowed
from guiyan.kernel.regions import parent


@dataclass(frozen=True, slots=True)
class Office:
    """Where somebody acts from: the unit of the post and the root of its region."""

    unit_id: int
    region: int


def find_unit(code: str) -> Unit | None:
    """The unit with this code, None when there is none."""
    return Unit.objects.filter(code=code).first()


def unit_by_id(unit_id: int) -> Unit:
    """Raises Unit.DoesNotExist: ids come from rows that name a unit."""
    return Unit.objects.get(pk=unit_id)


def unit_ids(codes: Iterable[str]) -> dict[str, int]:
    """Unit code -> id, in one query."""
    return dict(Unit.objects.filter(code__in=set(codes)).values_list("code", "id"))


def unit_names(codes: Iterable[str]) -> dict[str, str]:
    """Unit code -> short name, in one query."""
    return dict(Unit.objects.filter(code__in=set(codes)).values_list("code", "short_name"))


def units_by_code(codes: Iterable[str]) -> dict[str, Unit]:
    """Unit code -> unit, in one query."""
    return {unit.code: unit for unit in Unit.objects.filter(code__in=set(codes))}


def offices_holding(permission: str, regions: Iterable[int]) -> list[Unit]:
    """The standing units of these very regions in which some post holds the permission today."""
    today = calendar.today()
    roles = [name for name, role in releases.current().roles.items() if permission in role.permissions]
    holding = Grant.objects.filter(
        valid_on(today), valid_on(today, "post__"), role__in=roles, post__user__is_active=True
    )
    return list(Unit.objects.filter(valid_on(today), region__in=set(regions), pk__in=holding.values("post__unit_id")))


def nearest_office(permission: str, region: int, kind: str) -> Unit | None:
    """Who answers for a place: of the units upward from it in which a post holds the permission, one of that kind.

    Where none of the kind does, the first that holds it at all; None where nobody does.
    """
    places: list[int] = []
    here: int | None = region
    while here is not None:
        places.append(here)
        here = parent(here)
    holding = sorted(offices_holding(permission, places), key=lambda unit: (places.index(unit.region), unit.code))
    return next((unit for unit in holding if unit.kind == kind), holding[0] if holding else None)


def office_of(actor: Actor, permission: str) -> Office:
    """The office through which the actor holds a permission, the widest first."""
    held = [g for g in actor.grants if permission in g.permissions and g.unit_id is not None and g.regions]
    if not held:
        raise NotAllowed
    widest = max(held, key=lambda grant: max(high - low for low, high in grant.regions))
    assert widest.unit_id is not None
    return Office(widest.unit_id, widest.regions[0][0])


def acts_for_unit(actor: Actor, permission: str, unit_id: int) -> bool:
    """Whether a post of the actor in that very unit holds the permission."""
    return actor.kind == "system" or any(
        permission in grant.permissions and grant.unit_id == unit_id for grant in actor.grants
    )
