"""What a target of the audit log or of an event is called, where the reader may see it: one query for each kind."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from django.db.models import QuerySet

from guiyan.accounts.permissions import visible
from guiyan.accounts.queries import names_of
from guiyan.cases import queries as cases
from guiyan.cases.queries import Case
from guiyan.cases.queries.numbers import batch_titles
from guiyan.desk.ops.words import noun_of, one_of, several_of
from guiyan.kernel import releases
from guiyan.kernel.actors import Actor
from guiyan.ledger import queries as ledger
from guiyan.notices import queries as notices
from guiyan.plans import queries as plans
from guiyan.plans.queries import supervision

Ids = set[int]
MOST_LOOKED_AT = 3
"""Targets of one entry that are looked up: one name stands for a whole list."""


def names_for(actor: Actor, targets: Iterable[Sequence[str]]) -> dict[str, str]:
    """`case:12` → 周龙涛，XN421224-2026-000001, for the first targets of every entry. What is not found has no name."""
    wanted: dict[str, set[str]] = defaultdict(set)
    for some in targets:
        for target in some[:MOST_LOOKED_AT]:
            kind, _, key = target.partition(":")
            wanted[kind].add(key)
    names = {f"measure:{key}": _measure(key) for key in wanted.get("measure", ())}
    for kind, look_up in LOOK_UPS.items():
        ids = {int(key) for key in wanted.get(kind, ()) if key.isdigit()}
        if ids:
            names |= {f"{kind}:{pk}": name for pk, name in look_up(actor, ids).items()}
    return {target: name for target, name in names.items() if name}


def listed(targets: Sequence[str], names: Mapping[str, str], unit: str = "") -> str:
    """金林林等20人; 周龙涛，XN…; what the reader may not see is counted: 20人, 3件办件."""
    if not targets:
        return ""
    known = [names[target] for target in targets if target in names]
    kinds = {noun_of(target) for target in targets}
    kind = kinds.pop() if len(kinds) == 1 else ""
    if known and len(known) == len(targets):
        return "、".join(known)
    if known:
        return f"{known[0]}等{several_of(kind, len(targets), unit)}"
    return one_of(kind) if len(targets) == 1 else several_of(kind, len(targets), unit)


def _visible_cases(actor: Actor) -> QuerySet[Case]:
    return visible(actor, "case.view", cases.dataset("cases"))


def _cases(actor: Actor, ids: Ids) -> dict[int, str]:
    rows = _visible_cases(actor).filter(pk__in=ids).values_list("pk", "applicant", "number")
    return {pk: f"{name}，{number}" for pk, name, number in rows}


def _checks(actor: Actor, ids: Ids) -> dict[int, str]:
    rows = _visible_cases(actor).filter(checks__in=ids).values_list("checks", "applicant", "checks__label")
    return {pk: f"{name}，{label}" for pk, name, label in rows}


def _batches(actor: Actor, ids: Ids) -> dict[int, str]:
    titles = batch_titles(actor, [f"batch:{pk}" for pk in ids], "case.view")
    return {int(ref.partition(":")[2]): title for ref, (_, title) in titles.items()}


def _subjects(actor: Actor, ids: Ids) -> dict[int, str]:
    """Applicants whose case the reader may open; of the others in a register it only tells how many."""
    return dict(_visible_cases(actor).filter(subject_id__in=ids).values_list("subject_id", "applicant"))


def _measure(key: str) -> str:
    measure = releases.current().measures.get(key)
    return measure.title if measure else ""


def _field(rows: Callable[[Actor], QuerySet[Any]], name: str) -> Callable[[Actor, Ids], dict[int, str]]:
    return lambda actor, ids: dict(rows(actor).filter(pk__in=ids).values_list("pk", name))


LOOK_UPS: Mapping[str, Callable[[Actor, Ids], dict[int, str]]] = {
    "case": _cases,
    "check": _checks,
    "batch": _batches,
    "subject": _subjects,
    "user": lambda _, ids: names_of(ids),
    "payment_request": _field(ledger.requests_for, "number"),
    "notice": _field(notices.notices_for, "number"),
    "objection": _field(notices.objections_for, "number"),
    "document": _field(plans.documents_for, "title"),
    "supervision": _field(supervision.orders_for, "number"),
}
