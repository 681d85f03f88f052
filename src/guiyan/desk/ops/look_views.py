"""查看记录: who looked at whom, when and why; what is unusual on top."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.conf import settings
from django.db.models import QuerySet
from django.http import FileResponse, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from guiyan.accounts.permissions import require
from guiyan.accounts.queries import faces_of, resident_ids, user_ids_in_unit, user_ids_named, working_units
from guiyan.accounts.web import ActingRequest
from guiyan.desk.ops.words import action_words, readings_of, secrets_of, verbs_of
from guiyan.desk.sheets import excel
from guiyan.kernel import audit, calendar, releases
from guiyan.kernel.actors import Actor
from guiyan.kernel.audit.models import AuditEntry
from guiyan.kernel.audit.readings import CLOSES, MANY_IN_AN_HOUR, OPENS, hours_of, readings
from guiyan.kernel.calendar.working import CalendarYearMissing
from guiyan.kernel.numbers import whole
from guiyan.packs.pack import Pack
from guiyan.registers import queries as registers

PAGE, MOST_ROWS, MOST_UNUSUAL, DAYS = 50, 20_000, 10, 30
KINDS = {
    "reveal": "看完整号码",
    "dossier": "打开一人一档",
    "entry": "打开名录里的一条",
    "list": "列表和搜索",
    "file": "打开材料",
    "blocked": "看封存的数据",
}
STEMS = {"dossier": "read:dossier", "list": "read:register", "file": "read:file", "blocked": "read:data.blocked"}
COLUMNS = (("时间", 18), ("人员", 12), ("单位", 28), ("岗位", 18), ("看了什么", 28), ("看的谁", 30), ("原因", 40))


class LookFilter(forms.Form):
    """By whom, from which office, from when to when, what kind."""

    who = forms.CharField(label="人员", required=False, max_length=40, help_text="姓名或账号，写全")
    unit = forms.TypedChoiceField(label="单位", coerce=int, empty_value=None, required=False)
    kind = forms.ChoiceField(label="看了什么", choices=[("", "全部"), *KINDS.items()], required=False)
    since = forms.DateField(
        label="从",
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}),
        error_messages={"invalid": "日期不对，请按年月日填写。"},
    )
    until = forms.DateField(
        label="到",
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}),
        error_messages={"invalid": "日期不对，请按年月日填写。"},
    )

    def __init__(self, data: Any, units: Sequence[tuple[int, str]]) -> None:
        super().__init__(data)
        self.fields["unit"].choices = [("", "全部"), *units]  # type: ignore[attr-defined]


@dataclass(frozen=True)
class LookRow:
    entry: AuditEntry
    name: str
    unit: str
    post: str
    done: str
    whom: str


@dataclass(frozen=True)
class Warned:
    """One unusual thing: 6月9日14点，一个小时里看了41人."""

    name: str
    unit: str
    words: str
    href: str


@require_safe
def look_list(request: ActingRequest) -> HttpResponse:
    require(request.actor, "audit.view")
    form, asked = asked_of(request)
    rows = narrowed(asked)
    before = whole(request.GET.get("before", ""))
    found = list((rows.filter(id__lt=before) if before is not None else rows)[: PAGE + 1])
    kept = {name: text for name, text in request.GET.items() if name != "before" and text}
    context = {
        "form": form,
        "rows": shown(request.actor, found[:PAGE]),
        "older": f"?{urlencode({**kept, 'before': found[PAGE - 1].pk})}" if len(found) > PAGE else "",
        "unusual": unusual(asked) if before is None else [],
        "many": MANY_IN_AN_HOUR,
        "opens": OPENS,
        "closes": CLOSES,
        "filtered": any(kept.values()),
        "since": asked["since"],
        "until": asked["until"],
    }
    return render(request, "desk/ops/looks.html", context)


@require_safe
def look_sheet(request: ActingRequest) -> FileResponse:
    """The readings asked for as Excel; taking it out is logged."""
    require(request.actor, "audit.view")
    _, asked = asked_of(request)
    audit.record(request.actor, "audit.export", "audit:looks", detail={"since": str(asked["since"])})
    entries = list(narrowed(asked)[:MOST_ROWS])
    lines = (
        (row.entry.at, row.name, row.unit, row.post, row.done, row.whom, row.entry.purpose)
        for start in range(0, len(entries), 1_000)
        for row in shown(request.actor, entries[start : start + 1_000])
    )
    title = f"查看记录：{asked['since']}至{asked['until']}"
    return excel("查看记录.xlsx", [("查看记录", title, COLUMNS, lines)])


def asked_of(request: ActingRequest) -> tuple[LookFilter, dict[str, Any]]:
    """The form, and what it asks; the last thirty days where it says nothing of the time."""
    form = LookFilter(request.GET, working_units())
    asked = dict(form.cleaned_data) if form.is_valid() else {}
    until = asked.get("until") or calendar.today()
    since = asked.get("since") or until - dt.timedelta(days=DAYS)
    return form, {**asked, "since": since, "until": until}


def narrowed(asked: Mapping[str, Any]) -> QuerySet[AuditEntry]:
    people: set[int] | None = None
    if asked.get("who"):
        people = set(user_ids_named(asked["who"]))
    if asked.get("unit"):
        inside = set(user_ids_in_unit(asked["unit"]))
        people = inside if people is None else people & inside
    actions, stem = of_kind(asked.get("kind", ""))
    return readings(*span(asked), actor_ids=sorted(people) if people is not None else None, actions=actions, stem=stem)


def of_kind(kind: str) -> tuple[list[str] | None, str]:
    """The actions of a kind, and how others of it begin."""
    pack = releases.current()
    if kind == "reveal":
        return [f"read:{name}" for name in (*secrets_of(pack), "objection_contact")], ""
    if kind == "entry":
        return [f"read:register.{name}.entry" for name in pack.registers], ""
    if kind == "list":
        return ["read:register.search", *(f"read:register.{name}" for name in pack.registers)], ""
    return ([], STEMS[kind]) if kind in STEMS else (None, "")


def span(asked: Mapping[str, Any]) -> tuple[dt.datetime, dt.datetime]:
    begins = timezone.make_aware(dt.datetime.combine(asked["since"], dt.time()))
    return begins, timezone.make_aware(dt.datetime.combine(asked["until"] + dt.timedelta(days=1), dt.time()))


def shown(actor: Actor, entries: Sequence[AuditEntry]) -> list[LookRow]:
    """In a fixed number of queries."""
    pack = releases.current()
    faces = faces_of({entry.actor_id for entry in entries if entry.actor_id is not None})
    names = registers.names_within(actor, "audit.view", alone(entries))
    verbs, words = verbs_of(pack.flows), readings_of(pack)
    return [row_of(pack, entry, faces, names, verbs, words) for entry in entries]


def row_of(
    pack: Pack,
    entry: AuditEntry,
    faces: Mapping[int, tuple[str, str, str]],
    names: Mapping[int, str],
    verbs: Mapping[str, str],
    words: Mapping[str, str],
) -> LookRow:
    unit, post, name = faces.get(entry.actor_id or 0, ("", "", ""))
    nameless = "系统" if entry.actor_kind == "system" else "其他系统" if entry.actor_id is None else "居民本人"
    count = len(entry.targets)
    whom = names.get(subject_in(entry) or 0, "") if count == 1 else f"{count}项"
    return LookRow(entry, name or nameless, unit, post, action_words(entry.action, verbs, words), whom)


def alone(entries: Iterable[AuditEntry]) -> set[int]:
    return {pk for entry in entries if len(entry.targets) == 1 and (pk := subject_in(entry)) is not None}


def subject_in(entry: AuditEntry) -> int | None:
    kind, _, key = (entry.targets or [""])[0].partition(":")
    return int(key) if kind == "subject" and key.isdigit() else None


def unusual(asked: Mapping[str, Any]) -> list[Warned]:
    """Many in an hour, and looks before seven, after twenty or on a day off; the most first."""
    hours = hours_of(*span(asked), settings.TIME_ZONE, resident_ids())
    found: list[tuple[int, int, dt.date, str]] = []
    off: dict[tuple[int, dt.date], int] = defaultdict(int)
    for actor_id, day, hour, times in hours:
        if times >= MANY_IN_AN_HOUR:
            found.append((times, actor_id, day, f"{hour}点，一个小时里看了{times}次"))
        if hour < OPENS or hour >= CLOSES or not is_worked(day):
            off[actor_id, day] += times
    found += [(times, who, day, f"上班时间以外看了{times}次") for (who, day), times in off.items()]
    found.sort(key=lambda one: (-one[0], one[2], one[1]))
    faces = faces_of({who for _, who, _, _ in found[:MOST_UNUSUAL]})
    return [
        Warned(
            name or "已停用的账号",
            unit,
            f"{day.month}月{day.day}日{words}",
            f"?{urlencode({'who': name, 'since': day, 'until': day})}",
        )
        for _, who, day, words in found[:MOST_UNUSUAL]
        for unit, _, name in [faces.get(who, ("", "", ""))]
    ]


def is_worked(day: dt.date) -> bool:
    try:
        return calendar.calendar().is_working(day)
    except CalendarYearMissing:
        return day.weekday() < 5
