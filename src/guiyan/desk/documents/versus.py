"""The old clause beside the new one, field by field, with what went and what came marked."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from guiyan.desk.documents.words import summary_of
from guiyan.engine.documents.comparing.words import marked
from guiyan.plans.revisions import Change, Side

Part = tuple[str, str]
LONG, SHOWN = 120, 44
"""Beyond so many unchanged characters only the ends are shown."""


@dataclass(frozen=True, slots=True)
class Row:
    """One field of both versions. A part is (what it is: same, old, new; words); a side that is not there has none."""

    label: str
    old: list[Part]
    new: list[Part]

    @property
    def is_same(self) -> bool:
        return all(kind == "same" for kind, _ in (*self.old, *self.new))


def rows_of(change: Change) -> list[Row]:
    """What is said in each version; fields that neither has are left out."""
    before, after = _fields(change.old), _fields(change.new)
    if not before or not after:
        there = before or after
        return [_alone(label, value, is_old=bool(before)) for label, value in there.items() if value]
    rows = [_row(label, before[label], after[label]) for label in after if before[label] or after[label]]
    return sorted(rows, key=lambda row: row.is_same)


def _fields(side: Side | None) -> dict[str, Any]:
    if side is None:
        return {}
    values, kind = side.values, side.item.kind
    place = " › ".join(part for part in side.item.section_path if part != side.item.plan)
    if kind == "task":
        lead, others = values.get("lead_units") or [], values.get("responsible_units") or []
        return {
            "任务": values.get("title") or "",
            "牵头单位": lead,
            "责任单位": others,
            "内容": side.words,
            "位置": place,
        }
    if kind == "indicator":
        named = {"指标": values.get("name") or "", "目标": summary_of(kind, values)}
        return {**named, "上级指标": values.get("parent") or "", "位置": place}
    asked = [*(values.get("conditions") or ())]
    what = {"措施": values.get("title") or "", "给什么": summary_of(kind, {**values, "beneficiary": ""})}
    return {**what, "给谁": values.get("beneficiary") or "", "条件": asked, "原文": side.words, "位置": place}


def _alone(label: str, value: str | list[str], *, is_old: bool) -> Row:
    words = [("same", "、".join(value) if isinstance(value, list) else _short(value, at_start=True))]
    return Row(label, words if is_old else [], [] if is_old else words)


def _row(label: str, old: str | list[str], new: str | list[str]) -> Row:
    if isinstance(old, list) and isinstance(new, list):
        return Row(label, _listed(old, new, "old"), _listed(new, old, "new"))
    parts = marked(str(old), str(new))
    return Row(
        label,
        clipped([part for part in parts if part[0] != "new"]),
        clipped([part for part in parts if part[0] != "old"]),
    )


def _listed(own: Sequence[str], other: Sequence[str], kind: str) -> list[Part]:
    """Names parted by 、, those that the other version has not marked."""
    known, parts = set(other), []
    for number, name in enumerate(own):
        parts.append(("same" if name in known else kind, name))
        if number + 1 < len(own):
            parts.append(("same", "、"))
    return parts


def clipped(parts: list[Part]) -> list[Part]:
    """The parts with long unchanged runs cut to what stands beside a change."""
    last = len(parts) - 1
    return [
        (kind, _short(words, at_start=n == 0 < last, at_end=n == last > 0) if kind == "same" else words)
        for n, (kind, words) in enumerate(parts)
    ]


def _short(words: str, *, at_start: bool = False, at_end: bool = False) -> str:
    """The ends of a long run that did not change; of the first its end, of the last its beginning."""
    if len(words) <= LONG:
        return words
    if at_start and at_end:
        return words
    if at_start:
        return f"{words[:SHOWN]}……{words[-SHOWN:]}"
    return f"{words[:SHOWN]}……" if at_end else f"{words[:SHOWN]}……{words[-SHOWN:]}"
