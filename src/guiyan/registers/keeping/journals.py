"""Happenings about an entry: written down from its page, and taken back one by one with the reason."""

from __future__ import annotations

from collections.abc import Mapping

from django.db import transaction
from django.db.models import Model

from guiyan.accounts.permissions import require
from guiyan.kernel import audit, releases
from guiyan.kernel.actors import Actor
from guiyan.kernel.calendar import now
from guiyan.kernel.errors import NotFound, Refused
from guiyan.kernel.outbox import publish
from guiyan.kernel.scope import Scope, entered
from guiyan.packs.pack import Pack
from guiyan.packs.register import Register
from guiyan.registers import sealing
from guiyan.registers.declared import key_of
from guiyan.registers.keeping.drafts import drop_draft
from guiyan.registers.keeping.editing import EDIT, Edited, add_entry
from guiyan.registers.models import Subject, Voiding
from guiyan.registers.queries.entries import find_row, first_row
from guiyan.registers.queries.journals import about_of
from guiyan.registers.tables import attribute, attributes_of, register_of
from guiyan.registers.values import Value
from guiyan.registers.writing import reproject

LONGEST = 200


@transaction.atomic
def add_happening(actor: Actor, *, register: str, about: int, values: Mapping[str, Value], source: str) -> Edited:
    """`add_entry` of a journal, about the entry of a subject that the actor may see; its number is filled in here."""
    pack = releases.current()
    declared = journal_of(pack, register)
    named = {declared.journal.about: reference_to(actor, pack, declared, about)} if declared.journal else {}
    done = add_entry(actor, register=register, values={**values, **named}, source=source)
    drop_draft(actor, register, -about)
    return done


def journal_of(pack: Pack, register: str) -> Register:
    declared = register_of(pack, register)
    if declared.journal is None:
        raise NotFound(f"“{declared.label}”不是某一条下面的记录。")
    return declared


def reference_to(actor: Actor, pack: Pack, journal: Register, about: int) -> str:
    """The key of the entry, however it is kept. Raises NotFound, and Refused where it has none yet."""
    field = journal.fields[journal.journal.about] if journal.journal else None
    assert field is not None and field.refers_to is not None
    other = register_of(pack, field.refers_to.register_)
    row, key = find_row(actor, pack, other.id, about), key_of(other)
    if row is None or key is None:
        raise NotFound
    stored = getattr(row, attributes_of(key.id, key.encrypted)[0])
    if stored is None:
        raise Refused(f"这一条还没有{key.label}，记录没法对上。请先补上{key.label}。", "no-key")
    return sealing.opened(key.type, bytes(stored)) if key.encrypted else str(stored)


@transaction.atomic
def void_happening(actor: Actor, *, register: str, subject_id: int, reason: str) -> Voiding:
    """Take one entry of a journal back: it leaves the register and no total counts it; its reports stay on record."""
    pack = releases.current()
    declared = journal_of(pack, register)
    row = find_row(actor, pack, register, subject_id)
    if row is None:
        raise NotFound
    require(actor, EDIT, row, subject=None)
    if not reason.strip() or len(reason) > LONGEST:
        raise Refused(f"请写明为什么作废，不超过{LONGEST}字。", "reason")
    with entered(Scope.system()):
        Subject.objects.select_for_update().get(pk=row.subject_id)  # type: ignore[attr-defined]
        if first_row(pack, register, subject_id) is None:
            raise Refused("这条记录刚被别人作废了。", "already-voided")
        found = void(actor, pack, declared, row, reason.strip())
        reproject(pack, declared, [found.subject_id])
        audit.record(actor, f"register.void:{register}", f"subject:{found.subject_id}", region=found.region)
        publish("subject.changed", subject_id=found.about_id or found.subject_id, register=register)
    return found


def void(actor: Actor, pack: Pack, declared: Register, row: Model, reason: str) -> Voiding:
    assert declared.journal is not None
    about = about_of(declared, row.subject_id)  # type: ignore[attr-defined]
    day, title = (getattr(row, attribute(name)) for name in (declared.journal.on, declared.title_field))
    return Voiding.objects.create(
        register=declared.id,
        subject_id=row.subject_id,  # type: ignore[attr-defined]
        about_id=about or 0,
        summary=f"{day or ''} {title or ''}".strip()[:LONGEST],
        reason=reason,
        at=now(),
        user_id=actor.user_id,
        actor_label=actor.label[:80],
        region=row.region,  # type: ignore[attr-defined]
        unit_id=row.unit_id,  # type: ignore[attr-defined]
        holder_id=row.holder_id,  # type: ignore[attr-defined]
    )
