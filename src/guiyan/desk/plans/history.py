"""What revisions changed in a task or an indicator, in words: each field as it was and as it is, from when, by whom."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from guiyan.desk.documents.words import summary_of
from guiyan.plans.models import PlanChange

LABELS = {
    "title": "任务",
    "name": "指标",
    "parent": "上级指标",
    "lead_names": "牵头单位",
    "unit_names": "责任单位",
    "words": "内容",
    "plan": "方案",
    "section_path": "位置",
}
CHIPS = {"figure": "amber", "period": "amber", "units": "amber", "gone": "red", "kept": "line"}


@dataclass(frozen=True, slots=True)
class Told:
    """One change: `fields` are (label, as it was, as it is)."""

    change: PlanChange
    title: str
    chip: str
    fields: list[tuple[str, str, str]]


def told_of(changes: Iterable[PlanChange]) -> list[Told]:
    return [Told(x, _title(x), CHIPS.get(x.verdict, "blue"), _fields(x)) for x in changes]


def _title(change: PlanChange) -> str:
    if change.task is not None:
        return change.task.title
    return change.indicator.full_name if change.indicator is not None else ""


def _fields(change: PlanChange) -> list[tuple[str, str, str]]:
    before, after = change.before, change.after
    found = [("目标", _figure(before), _figure(after))] if "target" in before else []
    return found + [(LABELS[name], _said(before[name]), _said(after.get(name))) for name in LABELS if name in before]


def _figure(values: dict[str, Any]) -> str:
    return summary_of("indicator", {**values, "value": values["target"], "value_max": values["target_max"]})


def _said(value: Any) -> str:
    if isinstance(value, list):
        return "、".join(value) or "没有写"
    return str(value or "没有写")
