"""A resident's form half written; apart from what the same account may write at the desk."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence

from guiyan.kernel import crypto
from guiyan.kernel.actors import Actor
from guiyan.kernel.calendar import now
from guiyan.kernel.errors import Refused, SignInNeeded
from guiyan.registers.keeping.drafts import LARGEST
from guiyan.registers.models import EntryDraft
from guiyan.registers.queries.drafts import PURPOSE
from guiyan.registers.queries.reported import OWN_DRAFT


def save_own_draft(actor: Actor, *, register: str, subject_id: int, typed: Mapping[str, Sequence[str]]) -> None:
    """subject_id: about whom or what; 0 for who has no file yet. The last typed counts."""
    if actor.kind != "user":
        raise SignInNeeded
    content = json.dumps({name: list(values) for name, values in typed.items()}, ensure_ascii=False)
    if len(content) > LARGEST:
        raise Refused("内容太长，草稿没有存。", "too-long")
    EntryDraft.objects.update_or_create(
        user_id=actor.user_id or 0,
        register=f"{OWN_DRAFT}{register}",
        subject_id=subject_id,
        defaults={"sealed": crypto.encrypt(PURPOSE, content), "saved_at": now()},
    )


def drop_own_draft(actor: Actor, register: str, subject_id: int) -> None:
    name = f"{OWN_DRAFT}{register}"
    EntryDraft.objects.filter(user_id=actor.user_id or 0, register=name, subject_id=subject_id).delete()
