"""Those who have nobody yet are in the work of whoever gives helpers, on the day they are registered."""

from __future__ import annotations

from django.urls import reverse

from guiyan.cases.queries import Lights
from guiyan.desk.todos import Todo
from guiyan.kernel import releases
from guiyan.kernel.actors import Actor, holds
from guiyan.registers import queries as registers

WORKING = ("relation.assign",)


def todos(actor: Actor) -> list[Todo]:
    """One line a kind of helper, with how many wait. One query a kind."""
    if not holds(actor, "relation.assign"):
        return []
    lights, pack, found = Lights(), releases.current(), []
    for kind, declared in pack.relations_for_all.items():
        waiting = registers.count_unserved(actor, kind)
        if waiting:
            found.append(
                Todo(
                    href=reverse("pairing:list", args=[kind]),
                    todo="指派",
                    title=f"还没有{declared.label}",
                    who=f"{waiting:,}人",
                    light=lights.of(None),
                    note=pack.registers[declared.of].label,
                    entry="对接",
                )
            )
    return found
