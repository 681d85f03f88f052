"""Versions of measures that are in force already and read otherwise in a new pack: that should be a new version."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from guiyan.engine.rules.model import Version
from guiyan.packs.pack import Pack

PARTS = {"conditions": "条件", "parameters": "参数", "benefit": "待遇"}


def edited_versions(before: Pack, after: Pack, today: dt.date) -> Iterator[str]:
    """One sentence for each; cases keep the release that they began on. An end may be given to a version freely."""
    for name, measure in after.measures.items():
        kept = {version.valid_from: version for version in measure.versions}
        for version in before.measures[name].versions if name in before.measures else ():
            if version.valid_from > today:
                continue
            now = kept.get(version.valid_from)
            changed = "、".join(differing(version, now)) if now is not None else "整个版本（现在没有了）"
            if changed:
                said = f"{measure.title}（{name}）从{version.valid_from}起的版本已经施行，现在改了{changed}"
                yield f"{said}。规则变了应当加一个新版本；已经开始的办件仍按原来的版本。"


def differing(before: Version, after: Version) -> Iterator[str]:
    for part, words in PARTS.items():
        if getattr(before, part) != getattr(after, part):
            yield words
