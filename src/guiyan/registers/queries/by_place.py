"""How many entries lie in each place: what maps of a register show. One query, whatever their number."""

from __future__ import annotations

from collections.abc import Mapping

from django.db.models import Count, F, QuerySet
from django.db.models.functions import Mod

from guiyan.kernel import releases
from guiyan.kernel.actors import Actor
from guiyan.kernel.regions import STEPS, level, subtree
from guiyan.registers.queries.lists import entries_for
from guiyan.registers.queries.published import narrowed, published_rule, released
from guiyan.registers.tables import register_of

BELOW = {"city": "county", "county": "township", "township": "village"}


def entries_by_place(actor: Actor, register_id: str, query: Mapping[str, str], *, below: int) -> dict[int, int]:
    """Place one level below `below` → entries that the actor may see and the list's address would show."""
    pack = releases.current()
    rows = entries_for(actor, pack, register_of(pack, register_id), {**query, "region": ""})
    return counted(rows, below)


def published_by_place(register_id: str, *, below: int, filters: Mapping[str, str]) -> dict[int, int]:
    """Place → entries that are out; within the system's scope. Raises NotFound."""
    register, rule = published_rule(register_id)
    return counted(narrowed(released(register, rule), register, rule, "", None, filters), below)


def counted(rows: QuerySet, below: int) -> dict[int, int]:  # type: ignore[type-arg]
    """What is kept of the place itself and of none below it counts under the place's own code."""
    step = dict(STEPS)[BELOW.get(level(below), "village")]  # type: ignore[index]
    low, high = subtree(below)
    inside = rows.filter(region__gte=low, region__lt=high)
    found = inside.annotate(place=F("region") - Mod(F("region"), step)).values("place").order_by("place")
    return dict(found.annotate(count=Count("pk")).values_list("place", "count"))
