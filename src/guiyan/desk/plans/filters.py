"""Tasks, indicators and reported figures, with the filters they know."""

from __future__ import annotations

from guiyan.desk.lists.registry import Filter, Key, OfficerList, fixed, region_words
from guiyan.desk.plans.figure_views import VIEWS, periods
from guiyan.desk.plans.finding_views import VIEWS as FINDING_VIEWS
from guiyan.desk.plans.indicator_views import LIGHTS, WAYS
from guiyan.desk.plans.views import STATES, plan_choices
from guiyan.kernel.actors import Actor
from guiyan.kernel.numbers import whole
from guiyan.plans import queries
from guiyan.plans.findings import KINDS


def plan_of_tasks(actor: Actor, key: Key, value: str) -> str:
    return dict(plan_choices(queries.tasks())).get(value, "")


def plan_of_indicators(actor: Actor, key: Key, value: str) -> str:
    return dict(plan_choices(queries.indicators())).get(value, "")


def unit_words(actor: Actor, key: Key, value: str) -> str:
    return next((one.short_name or one.name for one in queries.units_with_tasks() if one.code == value), "")


def document_words(actor: Actor, key: Key, value: str) -> str:
    pk = whole(value)
    return queries.title_in_force(pk) if pk is not None else ""


def month_words(actor: Actor, key: Key, value: str) -> str:
    return dict(periods(actor)).get(value, "")


LISTS = (
    OfficerList(
        "plans:tasks",
        "任务",
        frozenset({"plan.view"}),
        (
            Filter("plan", "方案", plan_of_tasks),
            Filter("unit", "单位", unit_words),
            Filter("state", "状态", fixed(STATES)),
        ),
        {"number": "序号", "title": "任务", "due": "完成期限"},
    ),
    OfficerList(
        "plans:indicators",
        "指标",
        frozenset({"indicator.view"}),
        (
            Filter("plan", "方案", plan_of_indicators),
            Filter("way", "怎么来的", fixed(WAYS)),
            Filter("light", "亮灯", fixed(LIGHTS)),
            Filter("place", "地区", region_words),
        ),
        {"name": "指标", "target": "目标"},
    ),
    OfficerList(
        "plans:figures",
        "填报",
        frozenset({"indicator.view"}),
        (Filter("view", "分栏", fixed(VIEWS)), Filter("period", "期间", month_words)),
    ),
    OfficerList(
        "plans:findings",
        "问题清单",
        frozenset({"plan.view"}),
        (
            Filter("view", "分栏", fixed(FINDING_VIEWS)),
            Filter("kind", "问题", fixed(KINDS)),
            Filter("document", "文件", document_words),
            Filter("unit", "单位", unit_words),
        ),
    ),
)
