"""A form half written, for whoever typed it."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from guiyan.kernel import crypto
from guiyan.kernel.actors import Actor
from guiyan.registers.models import EntryDraft

PURPOSE = "registers.entry_draft"
Typed = Mapping[str, Sequence[str]]


@dataclass(frozen=True)
class Draft:
    typed: Typed
    saved_at: datetime


def draft_of(actor: Actor, register: str, subject_id: int) -> Draft | None:
    row = EntryDraft.objects.filter(user_id=actor.user_id or 0, register=register, subject_id=subject_id).first()
    if row is None:
        return None
    return Draft(json.loads(crypto.decrypt(PURPOSE, bytes(row.sealed))), row.saved_at)
