"""Keeping packs as they were applied and reading them back as frozen objects."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from functools import lru_cache

from django.utils import timezone

from guiyan.kernel.actors import Actor
from guiyan.kernel.errors import GuiyanError
from guiyan.kernel.releases.models import PackRelease
from guiyan.kernel.turns import take_turn
from guiyan.packs.merging import DeskEdits
from guiyan.packs.pack import Pack

NO_EDITS = DeskEdits()


class NoRelease(GuiyanError):
    """No city pack was ever applied to this database."""

    status = 503
    default_message = "系统还没有装入城市包。请先运行 bin/guiyan pack apply。"


@dataclass
class Memory:
    """What one request or job already knows: the release in force, and the digests of others by id.

    makes: a release is being made here. What is in force is then asked anew each time: the making may be rolled back.
    """

    newest: tuple[int, str] | None = None
    makes: bool = False
    digests: dict[int, str] = field(default_factory=dict)


_held: ContextVar[Memory | None] = ContextVar("guiyan_releases_held", default=None)


@contextmanager
def held() -> Iterator[None]:
    """Look the releases up once in this block: for a request or a job, which runs on one release from end to end.

    Inside another such block it is the outer one's answer.
    """
    token = _held.set(_held.get() or Memory())
    try:
        yield
    finally:
        _held.reset(token)


def apply(actor: Actor, pack: Pack, *, edits: DeskEdits = NO_EDITS, note: str = "") -> int:
    """Put `pack` in force and return its release id; the pack already in force is left as it is.

    edits: what of it the desk changed, where that is not yet in the files.
    """
    wait_for_turn()
    standing = PackRelease.objects.order_by("-id").values_list("id", "digest", "edits", "before").first()
    if standing and standing[1:] == (pack.digest, edits.texts, edits.before):
        return int(standing[0])
    row = PackRelease.objects.create(
        city=pack.city.id,
        digest=pack.digest,
        content=json.loads(pack.content()),
        edits=dict(edits.texts),
        before=dict(edits.before),
        applied_at=timezone.now(),
        applied_by=actor.user_id,
        note=note,
    )
    return row.pk


def wait_for_turn() -> None:
    """Hold the making of releases until the transaction ends; what is in force is then read afresh."""
    take_turn("pack_release")
    memory = _held.get()
    if memory is not None:
        memory.newest, memory.makes = None, True


def desk_edits() -> DeskEdits:
    """What of the release in force is the desk's and not in the files that were applied last."""
    found = PackRelease.objects.order_by("-id").values_list("edits", "before").first()
    return DeskEdits(*found) if found is not None else NO_EDITS


def current_id() -> int:
    """The id of the release in force."""
    return newest()[0]


def current() -> Pack:
    """The pack in force."""
    return frozen(newest()[1])


def newest() -> tuple[int, str]:
    """Id and digest of the release in force: one small query, or one in all inside `held`."""
    memory = _held.get()
    if memory is not None and memory.newest is not None:
        return memory.newest
    found = PackRelease.objects.order_by("-id").values_list("id", "digest").first()
    if found is None:
        raise NoRelease
    if memory is not None and not memory.makes:
        memory.newest = found
    return found


def release(release_id: int) -> Pack:
    """The pack of an older release, exactly as it was applied."""
    memory = _held.get()
    known = memory.digests if memory is not None else {}
    if release_id not in known:
        known[release_id] = PackRelease.objects.values_list("digest", flat=True).get(pk=release_id)
    return frozen(known[release_id])


@lru_cache(maxsize=16)
def frozen(digest: str) -> Pack:
    """A release's content never changes, so that its digest names it for as long as the process lives."""
    content = PackRelease.objects.filter(digest=digest).values_list("content", flat=True)[:1].get()
    return Pack.from_content(content)
