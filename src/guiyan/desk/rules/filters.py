"""The list of measures and their rules, with the filters it knows."""

from __future__ import annotations

from guiyan.desk.lists.registry import Filter, OfficerList, fixed
from guiyan.desk.rules.standing import STANDINGS
from guiyan.policies import states
from guiyan.policies.permissions import VIEW

LISTS = (
    OfficerList(
        "rules:list",
        "规则台",
        frozenset({VIEW}),
        (Filter("state", "规则", fixed(STANDINGS)), Filter("for", "对象", fixed(states.KINDS))),
    ),
)
