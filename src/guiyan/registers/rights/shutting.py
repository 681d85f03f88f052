"""Whom no file, no form and no other system may bring back: blocked and erased people, known by their keys alone."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import Any

from django.db.models import QuerySet

from guiyan.kernel import crypto
from guiyan.kernel.errors import Refused
from guiyan.packs.register import Register
from guiyan.registers.declared import key_kind, key_of, key_text
from guiyan.registers.models import Block, ShutKey, SubjectKey
from guiyan.registers.sealing import digest_of
from guiyan.registers.values import Value

PURPOSE = "registers.shut"
WRONG, RIGHT = "本人的数据已封存或删除，不能再登记", "请删去这一行；确有新的依据的，先由主管单位解除"


def shut_digest(kind: str, digest: bytes) -> bytes:
    """Of the digest that finds a subject: what stays when that one goes, and can't be looked up by it elsewhere."""
    return crypto.blind_index(PURPOSE, f"{kind}:{digest.hex()}")


def shut_keys() -> frozenset[bytes]:
    """All of them: they are few. In the system's scope."""
    return frozenset(bytes(one) for one in ShutKey.objects.values_list("digest", flat=True))


def is_shut(register: Register, value: Value, shut: Collection[bytes]) -> bool:
    """Whether this value of the register's key field is of somebody who must not come back."""
    field = key_of(register)
    if not shut or field is None or not isinstance(value, str):
        return False
    kind = key_kind(register, field)
    return shut_digest(kind, digest_of(kind, key_text(register, kind, value))) in shut


def refuse_blocked(subject_ids: Collection[int], keys: Iterable[tuple[str, bytes]]) -> None:
    """The last door before anything is written: raises Refused. Two small queries, one where nobody is blocked."""
    if not Block.objects.filter(lifted_at=None).exists():
        return
    digests = [shut_digest(kind, digest) for kind, digest in keys]
    blocked = Block.objects.filter(subject_id__in=list(subject_ids), lifted_at=None)
    if blocked.exists() or ShutKey.objects.filter(digest__in=digests).exists():
        raise Refused(f"{WRONG}。{RIGHT}。", "blocked")


def blocked() -> QuerySet[Block, Any]:
    """The ids of all who are blocked, for a condition."""
    return Block.objects.filter(lifted_at=None).values("subject_id")


def blocked_among(subject_ids: Collection[int]) -> set[int]:
    found = Block.objects.filter(subject_id__in=list(subject_ids), lifted_at=None)
    return set(found.values_list("subject_id", flat=True))


def shut(block: Block) -> None:
    """Of every key that the subject has now."""
    keys = SubjectKey.objects.filter(subject_id=block.subject_id).values_list("kind", "digest")
    ShutKey.objects.bulk_create(
        [ShutKey(digest=shut_digest(kind, bytes(digest)), block=block, region=block.region) for kind, digest in keys],
        ignore_conflicts=True,
    )
