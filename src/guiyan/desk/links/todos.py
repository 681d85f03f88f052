"""Pairs that may be one person, as a pile: how many wait for a decision, and how many have to be looked at again."""

from __future__ import annotations

from collections.abc import Mapping

from django.urls import reverse

from guiyan.cases.queries import Light
from guiyan.desk.links.nav import LINK
from guiyan.desk.todos import Todo
from guiyan.kernel.actors import Actor, holds
from guiyan.registers import queries, states

WORKING = (LINK,)
PILES: Mapping[str, tuple[str, str, str]] = {
    states.LINK_WAITING: ("核对", "可能是同一人的登记", "等核对"),
    queries.LINK_FINDING: ("再看一遍", "合成一个档案后有问题的登记", "有问题"),
}


def todos(actor: Actor) -> list[Todo]:
    """Not one a pair: a file of alumni brings hundreds, and they are decided one after the other."""
    if not holds(actor, LINK):
        return []
    piles = {view: queries.links_piled(actor, view) for view in PILES}
    return [
        Todo(
            href=f"{reverse('links:list')}?view={view}",
            todo=PILES[view][0],
            title=PILES[view][1],
            who=f"{pile}对",
            light=Light("ok", PILES[view][2]),
            entry="同人核对",
        )
        for view, pile in piles.items()
        if pile
    ]
