"""Who leads a task, who shares it, and how far it is: in a row of the list and in full on its page."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import Any

from guiyan.accounts.models import Unit
from guiyan.kernel.regions import level
from guiyan.plans.models import Task, TaskUnit

SOON_DAYS = 7
UNDATED = "没有期限"
MOST_NAMED = 2
LEVELS = {"city": "市级", "county": "县级", "township": "其他"}


@dataclass(frozen=True, slots=True)
class Duties:
    """The names of the units, each once: by short names, a collective as the document writes it.

    count: how many units the others are, a collective counted by its members.
    """

    lead: str
    others: tuple[str, ...]
    count: int

    @property
    def lacks_lead(self) -> bool:
        """Nobody leads; a single unit needs no word for it."""
        return not self.lead and len(self.others) != 1

    @property
    def brief(self) -> str:
        """市招商局等9个, of more than fit a row."""
        if len(self.others) <= MOST_NAMED:
            return "、".join(self.others)
        return f"{self.others[0]}等{self.count}个"

    @property
    def rest(self) -> str:
        """All of them, where the brief words name only one."""
        return "、".join(self.others) if len(self.others) > MOST_NAMED else ""


def duties(task: Task, names: Mapping[str, str]) -> Duties:
    """names: unit code → short name."""
    lead: dict[str, None] = {}
    others: dict[str, None] = {}
    shared = Counter(part.written_as for part in task.units.all())
    for part in task.units.all():
        is_collective = bool(part.written_as) and shared[part.written_as] > 1
        name = part.written_as if is_collective else names.get(part.unit_code, part.written_as)
        if part.unit_code != task.decided_lead:
            (lead if part.role == "lead" and not task.decided_lead else others)[name] = None
    if task.decided_lead:
        lead[names.get(task.decided_lead, task.lead_name)] = None
    for written, known in ((task.lead_names, others if task.decided_lead else lead), (task.unit_names, others)):
        known.update(dict.fromkeys(name for name in written if name not in shared))
    unknown = sum(name not in shared for name in task.unit_names)
    settled = task.decided_lead
    others_of = (part for part in task.units.all() if part.unit_code != settled and (settled or part.role != "lead"))
    codes = {part.unit_code for part in others_of}
    return Duties("、".join(lead), tuple(others), len(codes) + unknown)


def lead_choices(task: Task, names: Mapping[str, str]) -> list[tuple[str, str]]:
    """The units that may be settled to lead, in the order of the document: code and name, the first marked as such."""
    parts = sorted(task.units.all(), key=lambda part: (part.role == "added", part.position))
    known = {part.unit_code: names.get(part.unit_code, part.written_as) for part in parts}
    first = next((part.unit_code for part in parts if part.role != "added"), "")
    return [(code, f"{name}（原文排第一）" if code == first else name) for code, name in known.items()]


def state_of(task: Task, day: date) -> tuple[str, str]:
    """Light and words of a task on a day: done, late, due within a week, or without a date."""
    if task.done_on is not None:
        return "ok", "已完成"
    if task.due_on is None:
        return "idle", UNDATED
    left = (task.due_on - day).days
    if left < 0:
        return "late", f"超期{-left}天"
    if left == 0:
        return "warn", "今天到期"
    return ("warn" if left <= SOON_DAYS else "ok"), f"剩{left}天"


def lines_of(parts: Iterable[TaskUnit], units: Mapping[str, Unit]) -> list[dict[str, Any]]:
    """The units by level, a collective apart: 市级7个：…; 县级6个，原文写作“各县市区人民政府”：…"""
    given = [part for part in parts if part.role != "added"]
    shared = Counter(part.written_as for part in given)

    def key(part: TaskUnit) -> tuple[str, str, str]:
        unit = units.get(part.unit_code)
        where = LEVELS.get(level(int(unit.region)), "") if unit else ""
        return part.role, where, part.written_as if shared[part.written_as] > 1 else ""

    order = ["lead", "responsible"]
    places = [*LEVELS.values(), ""]
    ordered = sorted(given, key=lambda part: (order.index(key(part)[0]), places.index(key(part)[1]), key(part)[2]))
    lines = []
    for (role, where, written), found in groupby(ordered, key=key):
        names = [name_of(part, units) for part in found]
        lines.append({"role": role, "where": where, "written": written, "count": len(names), "names": "、".join(names)})
    return lines


def name_of(part: TaskUnit, units: Mapping[str, Unit]) -> str:
    unit = units.get(part.unit_code)
    return unit.short_name or unit.name if unit else part.written_as
