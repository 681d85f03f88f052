"""Loans and the requests for them, with the filters they know."""

from __future__ import annotations

from guiyan.desk.lists.registry import Filter, Key, OfficerList, fixed
from guiyan.kernel.actors import Actor
from guiyan.lending import queries, states

READERS = frozenset({"loan.view"})


def bank_words(actor: Actor, key: Key, value: str) -> str:
    """A bank of the loans the actor may see, by its short name."""
    return next((unit.short_name for unit in queries.banks_seen(actor) if unit.code == value), "")


LISTS = (
    OfficerList(
        "loans:list",
        "贷款台账",
        READERS,
        (
            Filter("standing", "还款情况", fixed(tuple(states.STANDINGS.items()))),
            Filter("bank", "银行", bank_words),
        ),
        {"amount": "本金", "due": "下次应还", "from": "放款日"},
    ),
    OfficerList(
        "loans:requests",
        "送审的贷款",
        READERS,
        (Filter("view", "分栏", fixed(tuple(queries.REQUEST_VIEWS.items()))),),
    ),
)
