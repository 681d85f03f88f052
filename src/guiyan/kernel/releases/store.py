"""Keeping packs as they were applied and reading them back as frozen objects."""

from __future__ import annotations

import json
from functools import lru_cache

from django.utils import timezone

from guiyan.kernel.actors import Actor
from guiyan.kernel.errors import GuiyanError
from guiyan.kernel.releases.models import PackRelease
from guiyan.packs.pack import Pack


class NoRelease(GuiyanError):
    """No city pack was ever applied to this database."""

    status = 503
    default_message = "系统还没有装入城市包。请先运行 bin/guiyan pack apply。"


def apply(actor: Actor, pack: Pack, *, note: str = "") -> int:
    """Put `pack` in force and return its release id; the pack already in force is left as it is."""
    newest = PackRelease.objects.order_by("-id").values_list("id", "digest").first()
    if newest and newest[1] == pack.digest:
        return int(newest[0])
    row = PackRelease.objects.create(
        city=pack.city.id,
        digest=pack.digest,
        content=json.loads(pack.content()),
        applied_at=timezone.now(),
        applied_by=actor.user_id,
        note=note,
    )
    return row.pk


def current_id() -> int:
    """The id of the release in force."""
    newest = PackRelease.objects.order_by("-id").values_list("id", flat=True).first()
    if newest is None:
        raise NoRelease
    return newest


def current() -> Pack:
    digest = PackRelease.objects.order_by("-id").values_list("digest", flat=True).first()
    if digest is None:
        raise NoRelease
    return frozen(digest)


def release(release_id: int) -> Pack:
    """The pack of an older release, exactly as it was applied."""
    digest = PackRelease.objects.values_list("digest", flat=True).get(pk=release_id)
    return frozen(digest)


@lru_cache(maxsize=16)
def frozen(digest: str) -> Pack:
    """A release's content never changes, so that its digest names it for as long as the process lives."""
    content = PackRelease.objects.filter(digest=digest).values_list("content", flat=True)[:1].get()
    return Pack.from_content(content)
