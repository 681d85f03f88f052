"""Lists for comparison that are due, since batches wait for them; files that wait for one, or that are ready."""

from __future__ import annotations

from django.urls import reverse

from guiyan.cases.queries import Light
from guiyan.desk.todos import Todo
from guiyan.kernel import releases
from guiyan.kernel.actors import Actor, holds
from guiyan.registers import queries

WORKING = ("list.import", "register.approve")
SHOWN = 20


def todos(actor: Actor) -> list[Todo]:
    """One for each required list of the actor's places that is missing, too old, or will be within a week; for each
    file that somebody asked to take out; and for one's own that can be fetched."""
    found = [_asked(one) for one in queries.exports_to_decide(actor)[:SHOWN]] if queries.may_decide(actor) else []
    if holds(actor, "register.export"):
        found += [_ready(one) for one in queries.exports_ready(actor)[:SHOWN]]
    if holds(actor, "list.import"):
        ages = queries.list_ages(actor)
        found += [_todo(age) for age in ages if age.required and age.light in ("late", "warn")]
    return found


def _asked(asked: queries.RegisterExport) -> Todo:
    return Todo(
        href=reverse("registers:export-decide", args=[asked.pk]),
        todo="审核导出",
        title=label_of(asked.register),
        who=asked.asked_by_label,
        light=Light("warn", "等审核"),
        note=asked.reason,
        entry="名录导出",
    )


def _ready(asked: queries.RegisterExport) -> Todo:
    return Todo(
        href=f"{reverse('registers:exports')}#export-{asked.pk}",
        todo="下载",
        title=label_of(asked.register),
        who="名录导出",
        light=Light("ok", "可以下载"),
        note=f"{asked.row_count or 0:,}行",
        entry="名录导出",
    )


def label_of(register: str) -> str:
    found = releases.current().registers.get(register)
    return found.label if found else register


def _todo(age: queries.Age) -> Todo:
    return Todo(
        href=reverse("registers:list-import", args=[age.id]),
        todo="导入名单" if age.as_of is None else "换新名单",
        title=age.label,
        who="比对名单",
        light=Light(age.light, age.words),
        note=f"{age.rows:,}行" if age.rows else "",
        entry="数据时效",
        due_on=age.due_on,
    )
