"""Lists and flows: timelines, flow bars and charts, key-values, tabs, table heads, pagers, verdicts."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from math import ceil
from urllib.parse import urlencode

from django.http import HttpRequest
from django.template import Context

from guiyan.config.ui.tags.library import part, register

STEP_ICONS = {"done": "check", "paused": "pause", "stopped": "close"}
CHECK_ICONS = {"ok": "check", "yes": "check", "bad": "close", "no": "close", "paused": "pause", "unknown": "question"}
EVERYTHING = "v=0"
"""A list of the desk without any filter: a bare address may open a saved view."""
VERDICT_TITLES = {"yes": "初步符合", "unknown": "再答几题就能确定", "no": "暂不符合", "expired": "已到期的政策"}

FEW, PARTS = 3, 5
"""Questions left that are counted one by one; parts of the bar of a one-question page."""


@register.filter
def step_icon(state: str) -> str:
    return STEP_ICONS.get(state, "")


@register.filter
def check_icon(state: str) -> str:
    return CHECK_ICONS.get(state, "minus")


@register.inclusion_tag("components/timeline.html")
def timeline(steps: Iterable[object], style: str = "") -> dict[str, object]:
    return {"steps": steps, "style": style}


@register.inclusion_tag("components/flow_bar.html")
def flow_bar(steps: Iterable[object]) -> dict[str, object]:
    rows = list(steps)
    return {"steps": rows, "count": len(rows)}


@register.inclusion_tag("components/flow_chart.html")
def flow_chart(steps: Iterable[object], title: str = "办理流程图") -> dict[str, object]:
    return {"steps": steps, "title": title}


@register.inclusion_tag("components/stepper.html")
def stepper(items: Iterable[object]) -> dict[str, object]:
    return {"items": items}


@register.inclusion_tag("components/kv.html")
def kv(rows: Iterable[object], columns: int = 2, plain: bool = False) -> dict[str, object]:
    return {"rows": rows, "columns": columns, "plain": plain}


@register.inclusion_tag("components/checks.html")
def checks(rows: Iterable[object]) -> dict[str, object]:
    return {"rows": rows}


@register.inclusion_tag("components/breadcrumbs.html")
def breadcrumbs(items: Sequence[tuple[str, str]]) -> dict[str, object]:
    return {"items": items}


@register.inclusion_tag("components/back.html")
def back(text: str, href: str) -> dict[str, object]:
    return {"text": text, "href": href}


@register.inclusion_tag("components/tabs.html")
def tabs_bar(items: Iterable[object], style: str = "tabs", label: str = "分栏") -> dict[str, object]:
    """style: tabs, views (saved views of a table), pills, segment."""
    css = {"tabs": "tabs", "views": "views", "pills": "tab-pills", "segment": "segment"}[style]
    return {"items": items, "css": css, "label": label}


def address_with(request: HttpRequest, **changes: str | None) -> str:
    """This address with some parameters changed; the page position is dropped, since the list changes."""
    query = {key: request.GET.getlist(key) for key in request.GET if key not in ("after", "before", "page")}
    for key, value in changes.items():
        query.pop(key, None)
        if value is not None:
            query[key] = [value]
    nothing = EVERYTHING if request.path.startswith("/desk/") else ""
    return "?" + (urlencode(query, doseq=True) or nothing)


@register.inclusion_tag("components/sort_header.html", takes_context=True)
def sort_header(context: Context, text: str, key: str, num: bool = False, default: str = "") -> dict[str, object]:
    """A head that sorts: first click ascending, second descending."""
    request = context["request"]
    current = request.GET.get("sort", default)
    state = {key: "ascending", f"-{key}": "descending"}.get(current, "")
    wanted = f"-{key}" if state == "ascending" else key
    return {"text": text, "num": num, "state": state, "href": address_with(request, sort=wanted)}


@register.simple_tag(takes_context=True)
def query_with(context: Context, **changes: object) -> str:
    """`?…` of this page with parameters changed; None drops one: {% query_with state="open" item=None %}."""
    return address_with(context["request"], **{k: None if v is None else str(v) for k, v in changes.items()})


@register.inclusion_tag("components/filter_chip.html")
def filter_chip(label: str, value: object, clear_href: str) -> dict[str, object]:
    return {"label": label, "value": value, "clear_href": clear_href}


@register.inclusion_tag("components/filter_menu.html", takes_context=True)
def filter_menu(
    context: Context, label: str, name: str, options: Sequence[tuple[object, str]], default: object = ""
) -> dict[str, object]:
    """A filter that opens; once set it shows its value and how to clear it.

    default: of a choice that is never empty, what is shown now: it stands beside the label, and the menu still opens.
    """
    request = context["request"]
    current = str(default) or request.GET.get(name, "")
    rows = [(text, address_with(request, **{name: str(value)}), str(value) == current) for value, text in options]
    chosen = next((text for value, text in options if str(value) == current), "") if current else ""
    if default:
        return {"label": f"{label}：{chosen}" if chosen else label, "rows": rows, "chosen": ""}
    return {"label": label, "rows": rows, "chosen": chosen, "clear_href": address_with(request, **{name: None})}


@register.inclusion_tag("components/pager.html")
def pager(page: object, label: str = "翻页") -> dict[str, object]:
    return {"page": page, "label": label}


@register.inclusion_tag("components/empty.html")
def empty(title: str, note: str = "", href: str = "", action: str = "") -> dict[str, object]:
    return {"title": title, "note": note, "href": href, "action": action}


@register.inclusion_tag("components/message_list.html")
def message_list(items: Iterable[object]) -> dict[str, object]:
    """Notices to one person, newest first; unread ones marked."""
    return {"items": items}


@register.inclusion_tag("components/verdict_head.html")
def verdict_head(verdict: str, count: int, title: str = "") -> dict[str, object]:
    return {"verdict": verdict, "count": count, "title": title or VERDICT_TITLES[verdict]}


@register.inclusion_tag("components/verdict_card.html", takes_context=True)
def verdict_card(context: Context, v: object) -> dict[str, object]:
    return {"v": v, "verdict": part(v, "verdict"), "csrf_token": context.get("csrf_token")}


@register.inclusion_tag("components/question_steps.html")
def question_steps(current: int, total: int, settled: int | None = None) -> dict[str, object]:
    """Which question this is; `total` is the most there can be. An answer often spares others: of many, half are told.

    The bar has at most five parts.
    """
    most = max(total - current, 0)
    left = most if most <= FEW else ceil(most / 2)
    parts = min(current + left, PARTS)
    done = ceil(parts * current / (current + left))
    cells = [n < done for n in range(parts)]
    return {"current": current, "left": left, "about": most > FEW, "cells": cells, "settled": settled}
