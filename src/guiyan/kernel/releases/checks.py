"""Whether every release still is what was applied: running cases are decided by it."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator

from guiyan.kernel.checks import Finding
from guiyan.kernel.releases.models import PackRelease


def findings() -> Iterator[Finding]:
    """By the text that was stored and not by what this version of the program would make of it."""
    for row in PackRelease.objects.order_by("id").iterator():
        text = json.dumps(row.content, ensure_ascii=False)
        if hashlib.sha256(text.encode()).hexdigest() != row.digest:
            yield Finding("release_changed", f"release:{row.pk}", f"第{row.pk}次发布的规则内容被改动过。")
