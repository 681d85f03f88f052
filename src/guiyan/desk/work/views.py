"""The desk's first page: to-dos by what is due first, with the one looked at beside the list."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from urllib.parse import urlencode

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from guiyan.accounts.web import ActingRequest
from guiyan.desk import todos
from guiyan.desk.nav import gather
from guiyan.desk.todos import Todo
from guiyan.kernel import calendar
from guiyan.kernel.actors import holds

GROUPS = (
    ("late", "已超期"),
    ("today", "今天到期"),
    ("tomorrow", "明天到期"),
    ("later", "以后"),
    ("untimed", "不计时"),
    ("paused", "已暂停"),
)
TILES = (
    ("late", "已超期", "late"),
    ("today", "今天到期", "warn"),
    ("tomorrow", "明天到期", "warn"),
    ("later", "正常", "ok"),
    ("untimed", "不计时", "idle"),
    ("paused", "已暂停", "paused"),
)
DUE = ("late", "today", "tomorrow")


@dataclass(frozen=True)
class Line:
    """A row of the list in the group of its day."""

    row: Todo
    group: str


@require_safe
def my_work(request: ActingRequest) -> HttpResponse:
    """What waits for the actor; somebody who handles nothing is sent to the first page of their menu."""
    menu = gather(request.actor)
    if menu and not any(entry.href == reverse("work:list") for entry in menu):
        return redirect(menu[0].href)
    today = calendar.today()
    lines = [Line(row, _group(row, today)) for row in todos.gather(request.actor)]
    stages = sorted({line.row.todo for line in lines})
    chosen_stage = request.GET.get("todo", "")
    if chosen_stage in stages:
        lines = [line for line in lines if line.row.todo == chosen_stage]
    light = request.GET.get("light", "")
    shown = [line for line in lines if line.group == light] if light else lines
    context = {
        "today": today,
        "tiles": _tiles(lines, light),
        "nothing_due": not any(line.group in DUE for line in lines),
        "total": len(lines),
        "light": light,
        "due_groups": _grouped(shown),
        "todo_options": [(one, one) for one in stages],
        "shown": len(shown),
        "may_enter": _entries(request),
        "may_see_cases": holds(request.actor, "case.view"),
        "may_visit": holds(request.actor, "visit.record"),
        "ready": sum(1 for line in lines if line.row.todo == "编入批次"),
        "keys": [("J K", "上下移动"), ("Enter", "打开")],
    }
    return render(request, "desk/work/list.html", context)


def _entries(request: ActingRequest) -> list[tuple[str, str]]:
    """The ways this actor may enter a request for somebody: label and address."""
    permissions = {one for grant in request.actor.grants for one in grant.permissions}
    ways = (("case.enter", "counter", "窗口代录一件"), ("case.help", "helper", "帮办一件"))
    base = reverse("cases:new")
    return [(label, f"{base}?{urlencode({'entry': entry})}") for need, entry, label in ways if need in permissions]


def _group(row: Todo, today: date) -> str:
    if row.light.state == "paused":
        return "paused"
    if row.due_on is None:
        return "untimed"
    if row.light.state == "ok":
        return "later"
    if row.due_on < today:
        return "late"
    return "today" if row.due_on == today else "tomorrow"


def _grouped(lines: Iterable[Line]) -> list[tuple[str, list[Line]]]:
    rows = list(lines)
    found = [(label, [line for line in rows if line.group == key]) for key, label in GROUPS]
    return [(label, group) for label, group in found if group]


def _tiles(lines: list[Line], light: str) -> list[dict[str, object]]:
    """How many each day has; a day with none has no tile, unless it is the one looked at."""
    counts = Counter(line.group for line in lines)
    return [
        {
            "label": label,
            "state": state,
            "count": counts[key],
            "href": f"?light={key}",
            "current": key == light,
            "late": key == "late" and counts[key] > 0,
        }
        for key, label, state in TILES
        if counts[key] or key == light
    ]
