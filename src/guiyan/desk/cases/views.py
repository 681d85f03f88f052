"""The list of cases, one case, the flow of an item."""

from __future__ import annotations

from dataclasses import replace
from typing import Any
from urllib.parse import urlencode

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from guiyan.accounts.permissions import require
from guiyan.accounts.queries import local_paths, region_path, region_paths
from guiyan.accounts.web import ActingRequest
from guiyan.cases import declared, queries
from guiyan.cases.queries import Case, CaseFilters, Page
from guiyan.desk.cases.compared import waits_for_words
from guiyan.desk.cases.offers import Offer, offers_for
from guiyan.desk.cases.panels import case_panels
from guiyan.kernel import audit, releases, workflow
from guiyan.kernel.actors import Actor, holds
from guiyan.kernel.workflow import Branch
from guiyan.registers import queries as registers

LIGHTS = (
    ("late", "已超期"),
    ("today", "今天到期"),
    ("tomorrow", "明天到期"),
    ("ok", "正常"),
    ("paused", "已暂停"),
    ("none", "不计时"),
)
PEOPLE_FOUND = 5
KEYS = (("J K", "上下移动"), ("Enter", "打开"), ("X", "选中"), ("/", "搜索"), ("?", "全部快捷键"))


@require_safe
def case_list(request: ActingRequest) -> HttpResponse:
    """Every submitted case the actor may see, what presses first; the filters are the address, to be kept."""
    require(request.actor, "case.view")
    filters = CaseFilters.from_query(request.GET.dict())
    page = queries.cases_for(request.actor, filters)
    places = local_paths(request.actor, (case.region for case in page.rows))
    items, lights = releases.current().items, queries.Lights()
    people = people_found(request.actor, filters.text)
    kept = request.GET.copy()
    for name in ("after", "before", "v"):
        kept.pop(name, None)
    context = {
        "people": people,
        "rows": [
            {
                "case": case,
                "place": places.get(case.region, ""),
                "light": lights.of(case.due_on, case.paused_reason, case.due_clock),
            }
            for case in page.rows
        ],
        "pager": pager_of(page, request.GET.dict()),
        "filters": filters,
        "stages": stage_tabs(request, filters),
        "entry_options": Case.ENTRIES,
        "light_options": LIGHTS,
        "item_options": [(name, item.title) for name, item in items.items()],
        "keys": KEYS,
        "acts": queries.acts_for(request.actor),
        "query": kept.urlencode(),
        "kept": [(name, value) for name, value in kept.items() if name != "q"],
        "matching": f"全部符合条件的{page.count_words}件",
    }
    return render(request, "desk/cases/list.html", context)


def stage_tabs(request: ActingRequest, filters: CaseFilters) -> list[dict[str, Any]]:
    """All and each stage, with how many the other filters leave there. One query."""
    stages = {"": "全部", **{key: label for key, (label, _) in queries.STAGES.items()}}
    counts = queries.count_each(request.actor, [replace(filters, stage=key) for key in stages], filters.text)
    return [
        {"label": label, "href": _with(request, stage=key), "count": f"{count:,}", "current": key == filters.stage}
        for (key, label), count in zip(stages.items(), counts, strict=True)
    ]


def people_found(actor: Actor, text: str) -> list[dict[str, Any]]:
    """The top search finds people too: the first whose file the actor may open."""
    if not text or not holds(actor, "dossier.view"):
        return []
    found = registers.search(actor, text, kind="person", permission="dossier.view", limit=PEOPLE_FOUND)
    places = region_paths(one.region for one in found)
    audit.record_read(actor, "register.search", [f"subject:{one.pk}" for one in found], "搜索")
    return [{"subject": one, "place": places.get(one.region, "")} for one in found]


def pager_of(page: Page[Case], query: dict[str, str]) -> dict[str, str]:
    """What the pager component takes: links of the neighbours, and how many there are."""
    base = {key: value for key, value in query.items() if key not in ("after", "before")}
    return {
        "next_href": f"?{urlencode({**base, 'after': page.after})}" if page.after else "",
        "previous_href": f"?{urlencode({**base, 'before': page.before})}" if page.before else "",
        "summary": f"本页{len(page.rows)}件，共{page.count_words}件"
        if page.after or page.before
        else f"共{page.count_words}件",
    }


def _with(request: ActingRequest, **changes: str) -> str:
    query = {key: value for key, value in request.GET.dict().items() if key not in ("after", "before", *changes)}
    return "?" + (urlencode({**query, **{key: value for key, value in changes.items() if value}}) or "v=0")


@require_safe
def case_view(request: ActingRequest, number: str) -> HttpResponse:
    """One case: what is known, what was checked, what can be done next and what follows from it."""
    case = queries.case_by_number(request.actor, number)
    if queries.is_demand(case):
        return redirect("demands:page", number=number)
    return render(request, "desk/cases/page.html", case_context(request.actor, case))


def case_context(actor: Actor, case: Case) -> dict[str, Any]:
    """Everything the page of one case shows."""
    page = queries.case_page(actor, case)
    panels = case_panels(actor, page)
    written = [one.remark.at for one in panels.get("remarks", ()) if one.remark.withdrawn_at is None]
    look_first = panels["may_remark"] and waits_for_words(panels["compared"], written)
    offers = offers_for(actor, page)
    return {
        "page": page,
        "case": case,
        "place": region_path(case.region),
        **looked_into_first(offers, look_first),
        **panels,
    }


def looked_into_first(offers: list[Offer], open_hits: bool) -> dict[str, Any]:
    """While nobody has written how a hit was looked into, that is the first thing to do, and the yes the second."""
    look = open_hits and any(one.verb == "pass_review" and not one.reason_if_not for one in offers)
    shown = [replace(one, kind="secondary") if look and one.verb == "pass_review" else one for one in offers]
    return {"offers": shown, "look_first": look, "menu_from": 1 if look else 2}


@require_safe
def by_id(request: ActingRequest, case_id: int) -> HttpResponse:
    """For links that other modules keep (`case:12`)."""
    return redirect("cases:page", number=queries.case_by_id(request.actor, case_id).number)


@require_safe
def flow_chart(request: ActingRequest, item_id: str) -> HttpResponse:
    """The flow of an item, drawn from the flow itself, with the table of every step."""
    item = declared.current_item(item_id)
    flow = releases.current().flows[item.flow]
    branches = [Branch(check.label, f"{check.days}个工作日") for check in item.checks.values()]
    context = {
        "item": item,
        "steps": workflow.chart(flow, branches=branches),
        "table": workflow.table(flow),
    }
    return render(request, "desk/cases/flow.html", context)
