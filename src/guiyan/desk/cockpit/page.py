"""What the cockpit shows, gathered in a fixed number of queries."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Any
from urllib.parse import urlencode

from django.db.models import Count, Min
from django.urls import reverse
from django.utils.html import format_html

from guiyan.accounts.models import Region
from guiyan.desk.plans.titles import ShortTitles
from guiyan.insights.drill import by_month, unit_of_records
from guiyan.insights.funnel import funnel
from guiyan.insights.goals import goal_figure, goal_label
from guiyan.insights.periods import months_of, year_before, year_to
from guiyan.insights.reported import NOT_LOCKED
from guiyan.insights.standing import RULE, Standing, county_rows, standings
from guiyan.kernel import calendar, workflow
from guiyan.kernel.actors import Actor, holds
from guiyan.kernel.releases import current
from guiyan.plans import queries as plans
from guiyan.plans.models import Indicator, SupervisionOrder
from guiyan.plans.models.targets import amount_words

LIGHTS = {"ok": "正常", "warn": "稍慢", "late": "进度滞后", "idle": "还没有数"}


def context_of(actor: Actor) -> dict[str, Any]:
    day = calendar.today()
    found = standings()
    counted = [x for x in found if x.indicator.is_computed]
    lead = next((x for x in counted if not x.indicator.is_quotient), None)
    places = list(Region.objects.filter(level__in=("county", "zone")).order_by("code"))
    return {
        "plan": plan_words(found),
        "counted": [tile(x) for x in counted],
        "told": [told_row(x) for x in found if is_told(x)],
        "known": known_words(found),
        "lead": lead,
        "places": place_rows(lead.indicator, places, day) if lead else [],
        "line": month_line(lead.indicator, day) if lead else None,
        "lights": [(state, words, sum(x.light == state for x in found)) for state, words in LIGHTS.items()],
        "orders": order_rows(list(plans.orders_for(actor)[:4])),
        "tasks": task_counts(),
        "funnel": funnel_of(actor, day),
        "rule": RULE,
        "as_of": plans.computed_until([x.indicator for x in counted]),
    }


def known_words(found: Sequence[Standing]) -> str:
    """34个指标：11个自动算，3个已锁定，1个未锁定，19个等填报."""
    counted = sum(x.indicator.is_computed for x in found)
    locked = sum(is_told(x) and x.value is not None for x in found)
    open_ = sum(is_told(x) and x.value is None for x in found)
    waiting = len(found) - counted - locked - open_
    parts = [(counted, "自动算"), (locked, "已锁定"), (open_, NOT_LOCKED), (waiting, "等填报")]
    return f"{len(found)}个指标：" + "，".join(f"{count}个{words}" for count, words in parts if count)


def is_told(standing: Standing) -> bool:
    """Whether units have reported it: the figure is locked, or it waits for being locked."""
    if standing.indicator.is_computed:
        return False
    return standing.value is not None or standing.words.startswith(NOT_LOCKED)


def told_row(standing: Standing) -> dict[str, Any]:
    """One reported figure in a line: what is locked, or that it is not."""
    x = standing.indicator
    return {
        "label": x.full_name,
        "value": amount_words(standing.value, x.unit) if standing.value is not None else "",
        "state": standing.light,
        "words": standing.words,
        "href": reverse("cockpit:drill", args=[x.id]),
    }


def plan_words(found: Sequence[Standing]) -> str:
    """Whose plans the page covers, by their short names."""
    titles = dict.fromkeys(x.indicator.plan or x.indicator.document.title for x in found)
    short = ShortTitles()
    return "、".join(short(title) for title in titles)


def task_counts() -> list[dict[str, Any]]:
    """Live tasks by plan, in one query."""
    short = ShortTitles()
    rows = plans.tasks().order_by().values("plan", "document_id").annotate(count=Count("id"), first=Min("number"))
    return [
        {
            "label": short(row["plan"] or "其他"),
            "count": row["count"],
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


def tile(standing: Standing) -> dict[str, Any]:
    """One target as a number tile."""
    x = standing.indicator
    return {
        "label": x.full_name,
        "value": number(standing.value, x.unit)[0],
        "unit": number(standing.value, x.unit)[1],
        "percent": standing.percent,
        "time_percent": standing.time_percent,
        "state": standing.light,
        "state_text": LIGHTS[standing.light] if standing.light != "idle" else standing.words,
        "target": format_html('目标{}<span class="nb">{}</span>', goal_label(x), goal_figure(x)),
        "note": standing.words,
        "last_year": f"去年同期{amount_words(standing.last_year, x.unit)}" if standing.last_year is not None else "",
        "href": reverse("cockpit:drill", args=[x.id]),
    }


def number(value: Decimal | None, unit: str) -> tuple[str | None, str]:
    """A figure and its unit, apart, for large print."""
    if value is None:
        return None, ""
    words = amount_words(value, unit)
    digits = words.rstrip("亿万元人个家%件")
    return digits, words[len(digits) :]


def place_rows(indicator: Indicator, places: Sequence[Region], day: date) -> list[dict[str, Any]]:
    """Each county beside itself a year ago, in the order of codes: places are not ranked."""
    names = {region.code: region for region in places}
    parents = {region.code for region in places if region.level == "county"}
    rows = []
    for code, value, old in county_rows(indicator, list(names), day):
        inside = code // 10**6 * 10**6 if names[code].level == "zone" else None
        rows.append(
            {
                "label": names[code].short_name or names[code].name,
                "before": old,
                "after": value,
                "text": amount_words(value, indicator.unit),
                "note": f"去年同期{amount_words(old, indicator.unit)}",
                "label_note": f"含在{names[inside].name}内" if inside in parents and inside is not None else "",
                "href": f"{reverse('cockpit:drill', args=[indicator.id])}?place={code}",
            }
        )
    return rows


def month_line(indicator: Indicator, day: date, place: int | None = None) -> dict[str, Any]:
    """This year's running total, last year's, and for the city, which alone has a target, its even pace."""
    city = int(current().city.region)
    where = place or city
    unit = unit_of_records(indicator)
    this_year = year_to(day)
    whole_year = year_before(year_to(date(day.year, 12, 31)))
    labels = [f"{month.start.month}月" for month in months_of(whole_year)]
    now = [float(value) for _, value in by_month(indicator, this_year, where)]
    then = [float(value) for _, value in by_month(indicator, whole_year, where)]
    series: list[dict[str, Any]] = [
        {"label": "今年", "values": now},
        {"label": "去年", "values": then, "dashed": True, "quiet": True},
    ]
    if indicator.target and where == city and indicator.period == "per_year" and not indicator.is_quotient:
        pace = [float(indicator.target) * (n + 1) / 12 for n in range(12)]
        series.append({"label": "目标进度", "values": pace, "dashed": True})
    return {"series": series, "labels": labels, "unit": unit}


def order_rows(orders: Sequence[SupervisionOrder]) -> list[dict[str, Any]]:
    """Supervision orders with their lights."""
    clocks = workflow.clocks_of(SupervisionOrder, [order.pk for order in orders])
    return [{"order": order, "clock": next(iter(clocks.get(order.pk, [])), None)} for order in orders]
