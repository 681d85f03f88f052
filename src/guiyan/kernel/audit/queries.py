"""Reading the audit log: newest first, page by page, each entry with whether it is sealed. In an audit scope only."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from guiyan.kernel.audit.models import AuditEntry, AuditSeal

PAGE = 50


@dataclass(frozen=True)
class SealedEntry:
    entry: AuditEntry
    sealed: bool


@dataclass(frozen=True)
class AuditPage:
    """`next_before`: the id to ask on from; None on the last page."""

    entries: Sequence[SealedEntry]
    next_before: int | None
    last_seal: AuditSeal | None


def audit_page(
    *, before: int | None = None, target: str = "", action: str = "", actor_id: int | None = None
) -> AuditPage:
    """target: `case:12`; action: its beginning (`case.`, `read:`)."""
    entries = AuditEntry.objects.order_by("-id")
    if before is not None:
        entries = entries.filter(id__lt=before)
    if target:
        entries = entries.filter(target=target)
    if action:
        entries = entries.filter(action__startswith=action)
    if actor_id is not None:
        entries = entries.filter(actor_id=actor_id)
    found = list(entries[: PAGE + 1])
    seal = AuditSeal.objects.order_by("-number").first()
    edge = seal.upto_txid if seal else 0
    shown = [SealedEntry(entry, entry.txid < edge) for entry in found[:PAGE]]
    return AuditPage(shown, found[PAGE - 1].pk if len(found) > PAGE else None, seal)
