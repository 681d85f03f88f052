"""What waits of plans: figures to fill, check and lock; splits to issue; tasks that nobody leads, or that press."""

from __future__ import annotations

from datetime import timedelta

from django.urls import reverse

from guiyan.accounts.queries import region_paths
from guiyan.cases.queries.lights import Light, Lights
from guiyan.desk.plans.duties import SOON_DAYS, state_of
from guiyan.desk.plans.titles import ShortTitles
from guiyan.desk.todos import Todo
from guiyan.kernel import calendar
from guiyan.kernel.actors import Actor, holds
from guiyan.plans import queries
from guiyan.plans.queries import reported, splits
from guiyan.plans.queries.findings import tasks_without_lead

WORKING = ("figure.fill", "figure.check", "figure.lock", "target.issue", "plan.manage")
VERBS = {"open": "填报指标", "filled": "审核指标", "checked": "锁定指标"}
MOST = 200


def todos(actor: Actor) -> list[Todo]:
    """Each source is bounded."""
    return [*_figures(actor), *_splits(actor), *_tasks(actor)]


def _figures(actor: Actor) -> list[Todo]:
    if not any(holds(actor, one) for one in WORKING[:3]):
        return []
    rows, lights = list(reported.waiting_for(actor)[:MOST]), Lights()
    places = region_paths(x.place for x in rows)
    return [
        Todo(
            href=reverse("plans:figure", args=[x.id]),
            todo=VERBS[x.state],
            title=x.indicator.full_name,
            who=x.period_words,
            light=lights.of(x.due_on),
            place=places.get(x.place, ""),
            due_on=x.due_on,
        )
        for x in rows
    ]


def _splits(actor: Actor) -> list[Todo]:
    if not holds(actor, "target.issue"):
        return []
    return [
        Todo(
            href=reverse("plans:split", args=[x.indicator_id]),
            todo="下达目标",
            title=f"{x.indicator.full_name}{x.year}年目标分解",
            who=x.proposed_by,
            light=Light("idle", "不计时"),
        )
        for x in splits.proposed_for(actor)[:MOST]
    ]


def _tasks(actor: Actor) -> list[Todo]:
    """Those late or due within a week one by one; those without a lead in one line."""
    if not holds(actor, "plan.manage"):
        return []
    day, short = calendar.today(), ShortTitles()
    pressing = [(task, state_of(task, day)) for task in queries.tasks_due_by(day + timedelta(days=SOON_DAYS))[:MOST]]
    found = [
        Todo(
            href=reverse("plans:task", args=[task.pk]),
            todo="跟进任务",
            title=task.title,
            who=short(task.plan),
            light=Light(state, words),
            due_on=task.due_on,
        )
        for task, (state, words) in pressing
    ]
    if open_ones := tasks_without_lead():
        href = f"{reverse('plans:findings')}?kind=no-lead"
        light = Light("idle", "不计时")
        found.append(Todo(href, "定牵头单位", "没有牵头单位的任务", f"{len(open_ones)}项", light, entry="问题清单"))
    return found
