"""What the cockpit shows, gathered in a fixed number of queries."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.db.models import Count, Min, Q
from django.urls import reverse

from guiyan.accounts import offices
from guiyan.accounts.models import Region
from guiyan.desk.cockpit.orders import order_rows
from guiyan.desk.cockpit.pictures import month_line, place_rows
from guiyan.desk.cockpit.tiles import MOST_TILES, MOST_TOLD, is_told, late_first, tile, told_row
from guiyan.desk.plans.titles import ShortTitles
from guiyan.insights.funnel import funnel
from guiyan.insights.goals import scaled_words
from guiyan.insights.periods import year_to
from guiyan.insights.reported import NOT_LOCKED
from guiyan.insights.standing import RULE, Standing, standings
from guiyan.kernel import calendar
from guiyan.kernel.actors import Actor, holds
from guiyan.kernel.releases import current
from guiyan.plans import queries as plans
from guiyan.plans.queries import supervision

LIGHTS = {"late": "进度滞后", "warn": "稍慢", "ok": "正常", "idle": "还没有数"}
MOST_ORDERS = 4


def context_of(actor: Actor) -> dict[str, Any]:
    day = calendar.today()
    found = standings()
    counted = [x for x in found if x.indicator.is_computed]
    told = [x for x in found if is_told(x)]
    lead = next((x for x in counted if not x.indicator.is_quotient), None)
    places = list(Region.objects.filter(level__in=("county", "zone")).order_by("code"))
    return {
        "plan": plan_words(found),
        "total": len(found),
        "tiles": [tile(x) for x in late_first(counted)[:MOST_TILES]],
        "told": [told_row(x) for x in late_first(told)[:MOST_TOLD]],
        "told_total": len(told),
        "known": known_words(found),
        "lead": lead,
        "places": place_rows(lead.indicator, places, day) if lead else [],
        "line": month_line(lead.indicator, day) if lead else None,
        "lights": light_rows(found),
        "tasks": task_counts(day),
        "funnel": funnel_of(actor, day),
        "rule": RULE,
        "scaled": scaled_words(x.indicator for x in found),
        "as_of": plans.computed_until([x.indicator for x in counted]),
        **orders_of(actor),
        **offered(actor),
    }


def light_rows(found: Sequence[Standing]) -> list[dict[str, Any]]:
    """How many indicators have each light, with the way to them."""
    return [
        {
            "state": state,
            "words": words,
            "count": sum(x.light == state for x in found),
            "href": f"{reverse('plans:indicators')}?{urlencode({'light': state})}",
        }
        for state, words in LIGHTS.items()
    ]


def offered(actor: Actor) -> dict[str, bool]:
    """Which other pages this reader may open from here."""
    return {"may_report": holds(actor, "report.view"), "may_tasks": holds(actor, "plan.view")}


def orders_of(actor: Actor) -> dict[str, Any]:
    """The orders still open, the late ones first, and how many there are."""
    waiting = supervision.open_orders_for(actor)
    rows = order_rows(list(waiting[:MOST_ORDERS]))
    names = offices.unit_names(row["order"].unit_code for row in rows)
    for row in rows:
        row["unit"] = names.get(row["order"].unit_code, "")
    return {"orders": rows, "orders_total": waiting.count()}


def known_words(found: Sequence[Standing]) -> str:
    """34个指标：11个自动算，3个已锁定，1个未锁定，19个等填报."""
    counted = sum(x.indicator.is_computed for x in found)
    locked = sum(is_told(x) and x.value is not None for x in found)
    open_ = sum(is_told(x) and x.value is None for x in found)
    waiting = len(found) - counted - locked - open_
    parts = [(counted, "自动算"), (locked, "已锁定"), (open_, NOT_LOCKED), (waiting, "等填报")]
    return f"{len(found)}个指标：" + "，".join(f"{count}个{words}" for count, words in parts if count)


def plan_words(found: Sequence[Standing]) -> str:
    """Whose plans the page covers, by their short names."""
    titles = dict.fromkeys(x.indicator.plan or x.indicator.document.title for x in found)
    short = ShortTitles()
    return "、".join(short(title) for title in titles)


def task_counts(day: date) -> list[dict[str, Any]]:
    """Live tasks by plan, how many of them are late and how many done, in one query."""
    short, late = ShortTitles(), Q(due_on__lt=day, done_on=None)
    rows = plans.tasks().order_by().values("plan", "document_id").annotate(count=Count("id"), first=Min("number"))
    rows = rows.annotate(late=Count("id", filter=late), done=Count("id", filter=~Q(done_on=None)))
    return [
        {
            "label": short(row["plan"] or "其他"),
            "count": row["count"],
            "late": row["late"],
            "done": row["done"],
            "href": f"{reverse('plans:tasks')}?{urlencode({'plan': row['plan']})}",
        }
        for row in sorted(rows, key=lambda row: (row["document_id"], row["first"]))
    ]


def funnel_of(actor: Actor, day: date) -> list[dict[str, Any]]:
    """This year's applications step by step; linked for those who may open the lists of cases."""
    may_open = holds(actor, "case.view")
    stages = {"accept": "check", "pass_review": "batch", "publish": "notice", "confirm_payment": "done"}
    return [
        {
            "label": step.label,
            "count": step.count,
            "percent": step.percent,
            "href": f"{reverse('cases:list')}?{urlencode({'stage': stages.get(step.verb, '')})}" if may_open else "",
        }
        for step in funnel(int(current().city.region), year_to(day))
    ]
