"""Phones in full, for the one job that sends to them: opened for many at once, the reading logged before."""

from __future__ import annotations

from collections.abc import Sequence

from guiyan.kernel import audit, releases
from guiyan.kernel.actors import Actor
from guiyan.registers import sealing
from guiyan.registers.models import Subject
from guiyan.registers.tables import attributes_of, register_of, table_of

REGISTER, FIELD = "person", "phone"


def phones_of(actor: Actor, subject_ids: Sequence[int], purpose: str) -> dict[int, str]:
    """Person → phone, of those who gave one, in the system's scope. Nothing of it is kept or written into logs."""
    pack = releases.current()
    declared = register_of(pack, REGISTER)
    column = attributes_of(FIELD, True)[0]
    audit.record_read(actor, f"{REGISTER}.{FIELD}", [f"subject:{one}" for one in subject_ids], purpose)
    known = dict(Subject.objects.filter(canonical_id__in=subject_ids).values_list("pk", "canonical_id"))
    rows = table_of(pack, REGISTER)._default_manager.filter(subject_id__in=known).exclude(**{column: None})
    found: dict[int, str] = {}
    for subject_id, sealed in rows.order_by("-pk").values_list("subject_id", column):
        found[known[subject_id]] = sealing.opened(declared.fields[FIELD].type, bytes(sealed))
    return found
