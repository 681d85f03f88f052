"""A form half written: kept sealed as it was typed, for whoever typed it, until it is sent or thrown away."""

from __future__ import annotations

import json

from guiyan.accounts.permissions import require
from guiyan.kernel import crypto
from guiyan.kernel.actors import Actor
from guiyan.kernel.calendar import now
from guiyan.kernel.errors import Refused
from guiyan.registers.models import EntryDraft
from guiyan.registers.queries.drafts import PURPOSE, Typed

LARGEST = 200_000


def save_draft(actor: Actor, *, register: str, subject_id: int, typed: Typed) -> None:
    """subject_id 0: of a new entry. One an officer and entry: the last typed counts."""
    require(actor, "register.edit")
    content = json.dumps({name: list(values) for name, values in typed.items()}, ensure_ascii=False)
    if len(content) > LARGEST:
        raise Refused("内容太长，草稿没有存。", "too-long")
    EntryDraft.objects.update_or_create(
        user_id=actor.user_id or 0,
        register=register,
        subject_id=subject_id,
        defaults={"sealed": crypto.encrypt(PURPOSE, content), "saved_at": now()},
    )


def drop_draft(actor: Actor, register: str, subject_id: int) -> None:
    EntryDraft.objects.filter(user_id=actor.user_id or 0, register=register, subject_id=subject_id).delete()
