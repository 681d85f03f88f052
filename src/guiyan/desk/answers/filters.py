"""The list of answers, with the filters it knows."""

from __future__ import annotations

from guiyan.desk.answers.nav import HANDLE
from guiyan.desk.lists.registry import Filter, Key, OfficerList, fixed, region_words
from guiyan.kernel.actors import Actor
from guiyan.registers import queries


def kind_words(actor: Actor, key: Key, value: str) -> str:
    return next((one.label for one in queries.answer_registers() if one.id == value), "")


FILTERS = (
    Filter("view", "分栏", fixed(queries.ANSWER_VIEWS)),
    Filter("kind", "哪一类", kind_words),
    Filter("region", "区划", region_words),
)
LISTS = (OfficerList("answers:list", "供需对接", frozenset({HANDLE}), FILTERS),)
