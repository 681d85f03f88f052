"""The book of loans, with the filters it knows."""

from __future__ import annotations

from guiyan.desk.lists.registry import Filter, Key, OfficerList, fixed
from guiyan.kernel.actors import Actor
from guiyan.lending import queries, states


def bank_words(actor: Actor, key: Key, value: str) -> str:
    return next((unit.short_name for unit in queries.banks_seen(actor) if unit.code == value), "")


LISTS = (
    OfficerList(
        "loans:list",
        "贷款台账",
        frozenset({"loan.view"}),
        (Filter("standing", "还款情况", fixed(states.STANDINGS)), Filter("bank", "银行", bank_words)),
        {"due": "下次应还", "amount": "本金", "from": "放款日"},
    ),
)
