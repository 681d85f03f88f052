"""Finding entries of the audit log: by person, by day, by what was done, by the case or person it was about."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from django.db.models import Q, QuerySet
from django.utils import timezone

from guiyan.accounts.models import User
from guiyan.accounts.permissions import visible
from guiyan.cases import queries as cases
from guiyan.kernel.actors import Actor
from guiyan.kernel.audit.models import AuditEntry, AuditSeal
from guiyan.kernel.audit.queries import PAGE, AuditPage, SealedEntry
from guiyan.registers import queries as registers

OTHERS = {"系统": "system", "访客": "public"}
MOST = 20
"""Namesakes: more than this cannot be told apart by a name anyway."""


def page_of(entries: QuerySet[AuditEntry], before: int | None) -> AuditPage:
    """The newest of these below `before`, each with whether it is sealed."""
    rows = entries.filter(id__lt=before) if before is not None else entries
    found = list(rows.order_by("-id")[: PAGE + 1])
    seal = AuditSeal.objects.order_by("-number").first()
    edge = seal.upto_txid if seal else 0
    shown = [SealedEntry(entry, entry.txid < edge) for entry in found[:PAGE]]
    return AuditPage(shown, found[PAGE - 1].pk if len(found) > PAGE else None, seal)


def done_by(who: str) -> Q:
    """Entries of somebody by name or account: 周敏, zhoumin, 系统."""
    if who in OTHERS:
        return Q(actor_kind=OTHERS[who])
    ids = User.objects.filter(Q(name=who) | Q(username=who)).values_list("pk", flat=True)[:MOST]
    return Q(actor_kind="user", actor_id__in=list(ids))


def on_day(day: dt.date) -> Q:
    begins = timezone.make_aware(dt.datetime.combine(day, dt.time()))
    return Q(at__gte=begins, at__lt=begins + dt.timedelta(days=1))


def one_of_actions(actions: Iterable[str]) -> Q:
    """Each action, with what is written below it (`register.record:returnee`, `read:register.returnee.entry`)."""
    found = Q(pk__in=())
    for action in actions:
        found |= Q(action=action) | Q(action__startswith=f"{action}:")
        if action.startswith("read:"):
            found |= Q(action__startswith=f"{action}.")
    return found


def about(actor: Actor, words: str) -> Q:
    """What was done to or read of a case, by its number, or of somebody, by the whole name; as far as `actor` may see.

    A case brings its checks along.
    """
    wanted = cases.dataset("cases").prefetch_related("checks").filter(Q(number=words.upper()) | Q(applicant=words))
    rows = list(visible(actor, "case.view", wanted)[:MOST])
    subjects = {case.subject_id for case in rows if case.applicant == words}
    for permission in ("register.view", "person.view"):
        found = registers.search(actor, words, limit=MOST, permission=permission)
        subjects |= {one.pk for one in found if one.display_name == words}
    targets = [case.ref for case in rows] + [f"subject:{pk}" for pk in subjects]
    targets += [f"check:{check.pk}" for case in rows for check in case.checks.all()]
    return Q(target__in=targets) | Q(targets__overlap=targets) if targets else Q(pk__in=())
