"""Whether every release still is what was applied: running cases are decided by it."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator

from guiyan.kernel.checks import Finding
from guiyan.kernel.releases.models import PackRelease
from guiyan.kernel.releases.store import current
from guiyan.packs.merging import DeskEdits
from guiyan.packs.parts import part_in, part_of_texts


def findings() -> Iterator[Finding]:
    """By the text that was stored and not by what this version of the program would make of it."""
    for row in PackRelease.objects.order_by("id").iterator():
        text = json.dumps(row.content, ensure_ascii=False)
        if hashlib.sha256(text.encode()).hexdigest() != row.digest:
            yield Finding("release_changed", f"release:{row.pk}", f"第{row.pk}次发布的规则内容被改动过。")
    yield from edits_lost()


def edits_lost() -> Iterator[Finding]:
    """What the desk changed is what the release in force says: `pack export` and `pack apply` go by it."""
    row = PackRelease.objects.order_by("-id").first()
    edits = DeskEdits(row.edits, row.before) if row is not None else DeskEdits()
    for name in edits.names:
        if part_of_texts(edits.texts, name) != part_in(current(), name, edits.made(name)):
            words = f"施行的规则里，措施“{name}”和工作台上批准的不一样。"
            yield Finding("release_edits", f"measure:{name}", words)
