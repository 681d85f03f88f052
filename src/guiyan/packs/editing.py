"""Versions of measures that are in force already and read otherwise in a new pack: that should be a new version."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

from guiyan.engine.rules.model import Measure, Version
from guiyan.packs.pack import Pack

PARTS = {"conditions": "条件", "parameters": "参数", "benefit": "待遇"}


@dataclass(frozen=True)
class Edited:
    """A version in force that reads otherwise now. place: where it stands now; None when it is gone."""

    valid_from: dt.date
    place: int | None
    changed: str


def edited_versions(before: Pack, after: Pack, today: dt.date) -> Iterator[str]:
    """One sentence for each; cases keep the release that they began on. An end may be given to a version freely."""
    for name, measure in after.measures.items():
        for edited in edits_in_force(before.measures[name], measure, today) if name in before.measures else ():
            said = f"{measure.title}（{name}）从{edited.valid_from}起的版本已经施行，现在改了{edited.changed}"
            yield f"{said}。规则变了应当加一个新版本；已经开始的办件仍按原来的版本。"


def edits_in_force(before: Measure, after: Measure, today: dt.date) -> Iterator[Edited]:
    """The versions of `before` that have begun and are not the same in `after`."""
    kept = {version.valid_from: (place, version) for place, version in enumerate(after.versions)}
    for version in before.versions:
        if version.valid_from > today:
            continue
        place, now = kept.get(version.valid_from, (None, None))
        changed = "、".join(differing(version, now)) if now is not None else "整个版本（现在没有了）"
        if changed:
            yield Edited(version.valid_from, place, changed)


def differing(before: Version, after: Version) -> Iterator[str]:
    for part, words in PARTS.items():
        if getattr(before, part) != getattr(after, part):
            yield words
