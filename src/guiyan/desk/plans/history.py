"""What revisions changed in a task or an indicator, in words: each field as it was and as it is, from when, by whom."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from guiyan.desk.documents.versus import clipped
from guiyan.desk.documents.words import summary_of
from guiyan.engine.documents.comparing.words import marked
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
    """One change: `fields` are (label, parts); a part is same, old or new, and its words."""

    change: PlanChange
    title: str
    chip: str
    fields: list[tuple[str, list[tuple[str, str]]]]


def told_of(changes: Iterable[PlanChange]) -> list[Told]:
    return [Told(x, _title(x), CHIPS.get(x.verdict, "blue"), _fields(x)) for x in changes]


def _title(change: PlanChange) -> str:
    if change.task is not None:
        return change.task.title
    return change.indicator.full_name if change.indicator is not None else ""


def _fields(change: PlanChange) -> list[tuple[str, list[tuple[str, str]]]]:
    before, after = change.before, change.after
    found = (
        [("目标", [("old", _figure(before)), ("same", " → "), ("new", _figure(after))])] if "target" in before else []
    )
    return found + [(LABELS[x], _parts(before[x], after.get(x))) for x in LABELS if x in before]


def _figure(values: dict[str, Any]) -> str:
    return summary_of("indicator", {**values, "value": values["target"], "value_max": values["target_max"]})


def _parts(before: Any, after: Any) -> list[tuple[str, str]]:
    """Both in one line: of lists the names that went and came, of words what differs with a little around it."""
    if isinstance(before, list) and isinstance(after, list):
        went = [("old", name) for name in before if name not in after]
        came = [("new", name) for name in after if name not in before]
        return [part for each in (*went, *came) for part in (each, ("same", " "))][:-1]
    return clipped(marked(str(before or "没有写"), str(after or "没有写")))
