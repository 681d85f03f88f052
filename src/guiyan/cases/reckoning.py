"""How much a case comes to, where that depends on facts: its tier, which payment, less what was given before.

Reckoned when a case is sent and again when it is passed, then under the lock of whose benefit it is; kept with the
verdict, so that the page and the paper can say how the amount came about.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from typing import Any

from guiyan.cases import declared
from guiyan.cases.models import Case, CaseComparison
from guiyan.engine.rules import reckon
from guiyan.kernel.scope import Scope, entered
from guiyan.ledger import queries as ledger

Received = dict[str, int | None]
"""Measure → what was received of it in fen; None where a list says that it was, and not how much."""


def is_reckoned(case: Case) -> bool:
    """Whether facts decide the amount; else it is one sum, or a range that the reviewer decides within."""
    if not case.measure or declared.item_of(case).outcome != "payment":
        return False
    version = declared.pack_of(case).compiled[case.measure].version_on(declared.day_of(case))
    return version is not None and not version.amounts.plain


def received_fen(case: Case, compared: Sequence[CaseComparison]) -> Received:
    """What the ledger gave, this case's own aside, and what the lists of earlier payments say."""
    with entered(Scope.system()):
        found: Received = dict(ledger.given_by_measure(case.beneficiary_id, besides=case.ref))
    lists = declared.pack_of(case).lists
    for one in compared:
        measure = lists[one.list_id].measure
        if not one.matched or not measure:
            continue
        sums = [row.get("amount_fen") for row in one.rows]
        before = found.get(measure, 0)
        unknown = before is None or None in sums
        found[measure] = None if unknown else (before or 0) + sum(int(each) for each in sums if each is not None)
    return found


def in_whole_yuan(received: Received | None) -> dict[str, int] | None:
    """As rules ask it; a part of a yuan counts as one, so that never more is paid than is due.

    None where one sum is not known: then no rule is told how much was received.
    """
    if received is None or None in received.values():
        return None
    return {name: -(-fen // 100) for name, fen in received.items() if fen is not None}


def reckoning_of(case: Case, facts: Mapping[str, object], received: Received | None) -> dict[str, Any]:
    """For the verdict to keep; empty where the amount is no matter of facts, or can't be told yet."""
    if not is_reckoned(case) or received is None:
        return {}
    pack = declared.pack_of(case)
    known = {name: value for name, value in facts.items() if name in pack.facts and pack.facts[name].derive is None}
    found = reckon(pack.compiled[case.measure], known, declared.day_of(case))
    if found is None:
        return {}
    with entered(Scope.system()):
        given = ledger.given_by_measure(case.beneficiary_id, besides=case.ref)
    less = tuple(dict.fromkeys(declared.version_of(case).benefit.less_received))
    rows = [
        {"measure": one, "title": pack.measures[one].title, "fen": received[one]} for one in less if received.get(one)
    ]
    return {**asdict(found), "less": list(less), "given_fen": sum(given.get(one, 0) for one in less), "received": rows}


def step_of(case: Case, reckoning: Mapping[str, Any]) -> str:
    """Which payment of a chain it is, where each is given once; empty where the measure is given once or at will."""
    chain = case.measure in declared.version_of(case).benefit.less_received
    return str(reckoning.get("step", "")) if chain else ""


def bounds_of(reckoning: Mapping[str, Any]) -> tuple[int, int] | None:
    """Between which two amounts the reviewer decides; None where the facts leave one, or none at all."""
    least, most = reckoning.get("paid_least_fen"), reckoning.get("paid_most_fen")
    if most is None or least == most:
        return None
    return max(100, least or 0), most
