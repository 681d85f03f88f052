"""What a target of the audit log or of an event is called, where the reader may see it: one query for each kind."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence

from django.db.models import Model

from guiyan.accounts.permissions import visible
from guiyan.accounts.queries import names_of
from guiyan.cases.models import Batch, Case, CaseCheck, WrittenDecision
from guiyan.desk.ops.words import noun_of, one_of, several_of
from guiyan.kernel import releases
from guiyan.kernel.actors import Actor
from guiyan.ledger.models import Entitlement, PaymentRequest
from guiyan.notices.models import Notice, Objection
from guiyan.plans.models import Document, SupervisionOrder
from guiyan.registers.models import Subject

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


def _cases(actor: Actor, ids: Ids) -> dict[int, str]:
    rows = visible(actor, "case.view", Case.objects.filter(pk__in=ids)).values_list("pk", "applicant", "number")
    return {pk: "，".join(word for word in (name, number or "草稿") if word) for pk, name, number in rows}


def _checks(actor: Actor, ids: Ids) -> dict[int, str]:
    rows = visible(actor, "case.view", CaseCheck.objects.filter(pk__in=ids))
    return {pk: f"{name}，{label}" for pk, name, label in rows.values_list("pk", "applicant", "label")}


def _decisions(actor: Actor, ids: Ids) -> dict[int, str]:
    return dict(visible(actor, "case.view", WrittenDecision.objects.filter(pk__in=ids)).values_list("pk", "number"))


def _batches(actor: Actor, ids: Ids) -> dict[int, str]:
    rows = visible(actor, "case.view", Batch.objects.filter(pk__in=ids), subject=None)
    return dict(rows.values_list("pk", "title"))


def _subjects(actor: Actor, ids: Ids) -> dict[int, str]:
    """By name for whoever may look into registers, and for applicants whose case the reader may open."""
    rows = Subject.objects.filter(pk__in=ids)
    names = dict(visible(actor, "register.view", rows).values_list("pk", "display_name"))
    names |= dict(visible(actor, "person.view", rows).values_list("pk", "display_name"))
    own = visible(actor, "case.view", Case.objects.filter(subject_id__in=ids - set(names)))
    return names | dict(own.values_list("subject_id", "applicant"))


def _entitlements(actor: Actor, ids: Ids) -> dict[int, str]:
    refs = dict(Entitlement.objects.filter(pk__in=ids).values_list("pk", "case_ref"))
    names = _cases(actor, {int(ref.partition(":")[2]) for ref in refs.values()}) if refs else {}
    return {pk: names.get(int(ref.partition(":")[2]), "") for pk, ref in refs.items()}


def _measure(key: str) -> str:
    measure = releases.current().measures.get(key)
    return measure.title if measure else ""


def _field(permission: str, model: type[Model], name: str) -> Callable[[Actor, Ids], dict[int, str]]:
    def look_up(actor: Actor, ids: Ids) -> dict[int, str]:
        rows = visible(actor, permission, model._default_manager.filter(pk__in=ids))
        return dict(rows.values_list("pk", name))

    return look_up


LOOK_UPS: Mapping[str, Callable[[Actor, Ids], dict[int, str]]] = {
    "case": _cases,
    "check": _checks,
    "decision": _decisions,
    "batch": _batches,
    "subject": _subjects,
    "entitlement": _entitlements,
    "user": lambda _, ids: names_of(ids),
    "payment_request": _field("payment.view", PaymentRequest, "number"),
    "notice": _field("notice.view", Notice, "number"),
    "objection": _field("notice.view", Objection, "number"),
    "document": _field("plan.view", Document, "title"),
    "supervision": _field("cockpit.view", SupervisionOrder, "number"),
}
