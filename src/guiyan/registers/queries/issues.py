"""The issues of a list one after another, files that were not taken, and how old lists and registers are."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Literal, NamedTuple

from django.db.models import Max, Min, Q
from django.utils.timezone import localtime

from guiyan.accounts.permissions import visible
from guiyan.kernel import releases
from guiyan.kernel.actors import Actor, holds
from guiyan.kernel.calendar import today
from guiyan.kernel.errors import NotFound
from guiyan.packs.register import Register
from guiyan.registers.models import ComparisonList, ImportRun, ListRefusal
from guiyan.registers.queries.comparing import current_lists, due_on
from guiyan.registers.queries.lists import COUNTED
from guiyan.registers.tables import table_of

SHOWN = 20
SOON_DAYS = 7
Light = Literal["ok", "warn", "late", "idle"]


@dataclass(frozen=True)
class Age:
    """How old one list or register is. as_of: the day it tells of; None: it was never brought in.

    A register tells of the day on which an entry was last checked, by whatever way, and is due with the first entry
    that becomes stale. entries, stale: how many it has, and how many nobody checked for longer than `fresh_days`, both
    at most COUNTED + 1.
    light: ok; warn: due within a week, or a register with stale entries; late: past its day, a register most of whose
    entries are stale, or a required list that is missing; idle: nothing is due.
    """

    kind: Literal["list", "register"]
    id: str
    label: str
    owner_kind: str
    effect: str
    required: bool
    as_of: date | None
    due_on: date | None
    fresh_days: int
    rows: int | None
    by: str
    at: datetime | None
    region: int | None
    light: Light
    words: str
    entries: int = 0
    stale: int = 0


def issues_of(actor: Actor, list_id: str) -> list[ComparisonList]:
    """The last issues of a list that the actor may bring in, the newest first."""
    rows = ComparisonList.objects.filter(list_id=list_id)
    return list(visible(actor, "list.import", rows, unit=None, subject=None).order_by("-pk")[:SHOWN])


def refusal_by_id(actor: Actor, list_id: str, refusal_id: int) -> ListRefusal:
    rows = ListRefusal.objects.filter(pk=refusal_id, list_id=list_id)
    found = visible(actor, "list.import", rows, unit=None, subject=None).first()
    if found is None:
        raise NotFound
    return found


def ages(actor: Actor) -> list[Age]:
    """Every list and register that the actor looks after or may see, what is due first. Three queries a register."""
    found = (list_ages(actor) if holds(actor, "list.import") else []) + register_ages(actor)
    order = {"late": 0, "warn": 1, "ok": 2, "idle": 3}
    return sorted(found, key=lambda one: (order[one.light], one.due_on or date.max, one.kind, one.label))


def list_ages(actor: Actor) -> list[Age]:
    """The lists in the actor's places; one for which several issues stand is as old as the oldest of them."""
    issues, day, found = current_lists(actor), today(), []
    for wanted in releases.current().lists.values():
        mine = [issue for issue in issues if issue.list_id == wanted.id]
        oldest = min(mine, key=lambda issue: issue.as_of, default=None)
        due = due_on(wanted, oldest.as_of) if oldest else None
        light, words = light_of(due, day, missing_is_late=wanted.required)
        found.append(
            Age(
                "list",
                wanted.id,
                wanted.label,
                wanted.from_unit_kind,
                wanted.effect,
                wanted.required,
                oldest.as_of if oldest else None,
                due,
                wanted.fresh_days,
                sum(issue.row_count for issue in mine) if mine else None,
                oldest.actor_label if oldest else "",
                oldest.imported_at if oldest else None,
                oldest.region if oldest else None,
                light,
                words,
            )
        )
    return found


def register_ages(actor: Actor) -> list[Age]:
    """The registers by the day on which an entry of the actor's was last checked, beside their last import."""
    if not holds(actor, "register.view"):
        return []
    last = ImportRun.objects.filter(undone_at=None).values("register").annotate(last=Max("pk"))
    runs = {run.register: run for run in ImportRun.objects.filter(pk__in=last.values("last"))}
    day, found = today(), []
    for register in releases.current().registers.values():
        if register.journal is not None:  # what happened does not grow old
            continue
        run, checked = runs.get(register.id), checked_of(actor, register, day)
        brought = localtime(run.at).date() if run else None
        as_of = max((one for one in (brought, checked.newest) if one is not None), default=None)
        due = checked.oldest + timedelta(days=register.fresh_days) if checked.oldest else None
        light, words = light_of(due or day, day, missing_is_late=False) if checked.entries else ("idle", "没有导入过")
        if checked.stale:
            light, words = ("late", "过半过期") if checked.stale * 2 > checked.entries else ("warn", "部分过期")
        found.append(
            Age(
                "register",
                register.id,
                register.label,
                register.owner_unit_kind,
                "",
                False,
                as_of,
                due,
                register.fresh_days,
                int(run.summary.get("read", 0)) if run else None,
                run.actor_label if run else "",
                run.at if run else None,
                run.region if run else None,
                light,
                words,
                checked.entries,
                checked.stale,
            )
        )
    return found


class Checked(NamedTuple):
    """newest, oldest: the last and the first day on which an entry that is not stale was checked; None for no entry."""

    newest: date | None
    oldest: date | None
    entries: int
    stale: int


def checked_of(actor: Actor, register: Register, day: date) -> Checked:
    """Of the entries the actor may see; counted no further than a page tells."""
    rows = visible(
        actor, "register.view", table_of(releases.current(), register.id)._default_manager.all(), subject=None
    )
    since = day - timedelta(days=register.fresh_days)
    old = rows.filter(Q(checked_on=None) | Q(checked_on__lt=since))
    days = rows.aggregate(newest=Max("checked_on"), oldest=Min("checked_on", filter=Q(checked_on__gte=since)))
    return Checked(days["newest"], days["oldest"], *(x.values("pk")[: COUNTED + 1].count() for x in (rows, old)))


def light_of(due: date | None, day: date, *, missing_is_late: bool) -> tuple[Light, str]:
    if due is None:
        return ("late", "还没有导入") if missing_is_late else ("idle", "没有导入过")
    left = (due - day).days
    if left < 0:
        return "late", f"过期{-left}天"
    if left <= SOON_DAYS:
        return "warn", f"还有{left}天到期" if left else "今天到期"
    return "ok", f"还有{left}天"
