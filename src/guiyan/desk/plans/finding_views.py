"""What does not fit together over all plans in force: each with its clauses, what to do, and where."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import Any

from django.contrib import messages
from django.http import FileResponse, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from guiyan.accounts import offices
from guiyan.accounts.permissions import require
from guiyan.accounts.web import ActingRequest
from guiyan.desk.paging import paged
from guiyan.desk.plans.leads import choices_of
from guiyan.desk.sheets import excel
from guiyan.kernel import calendar
from guiyan.kernel.actors import Actor, holds
from guiyan.kernel.errors import Refused
from guiyan.plans import actions
from guiyan.plans.findings import KINDS, Finding
from guiyan.plans.models import Task
from guiyan.plans.queries import findings as queries
from guiyan.plans.queries.findings import Listed

VIEWS = {"open": "待处理", "dismissed": "视为无碍"}
ACTS = {
    "differ": "去核对",
    "repeated": "去核对",
    "leads": "看任务",
    "late": "去处理",
    "split": "去重新分解",
    "unit": "去增列单位",
    "no-lead": "看任务",
}
ROWS = 20
COLUMNS = (
    ("序号", 6), ("问题", 18), ("任务或指标", 30), ("情况", 40), ("文件", 40), ("条款", 60), ("现在写的", 30),
    ("单位", 30), ("怎么办", 40), ("视为无碍的理由", 30),
)  # fmt: skip


@require_safe
def finding_list(request: ActingRequest) -> HttpResponse:
    require(request.actor, "plan.view")
    return finding_page(request)


def finding_page(request: ActingRequest, refused: str = "", at: str = "", status: int = 200) -> HttpResponse:
    """The list as its address asks; refused: why a form on it was not taken, whose words stay where they were typed."""
    asked = _asked(request)
    every = queries.listed(queries.findings_on(calendar.today()))
    view = asked.get("view", "") if asked.get("view", "") in VIEWS else "open"
    of_view = [x for x in every if (x.dismissal is None) == (view == "open")]
    asked_for = narrowed(of_view, asked)
    rows, pager = paged(request, asked_for, "个", ROWS)
    titles = queries.titles_of([x.finding for x in every])
    names = offices.unit_names({code for x in of_view for code in x.finding.units})
    counts = Counter(x.finding.kind for x in of_view)
    may_manage = holds(request.actor, "plan.manage") and view == "open"
    leads = choices_of(without_lead(rows), request.POST) if may_manage else {}
    context = {
        "found": _groups(_rows(request.actor, rows, titles, at, leads), Counter(x.finding.kind for x in asked_for)),
        "pager": pager,
        "tabs": [
            {"label": label, "href": f"?view={key}", "count": n, "current": key == view}
            for key, label in VIEWS.items()
            for n in [sum((x.dismissal is None) == (key == "open") for x in every)]
        ],
        "kinds": [(kind, f"{label} {counts[kind]}") for kind, label in KINDS.items() if counts[kind]],
        "documents": [(str(pk), title) for pk, title in titles.items()],
        "units": sorted(names.items(), key=lambda unit: unit[1]),
        "view": view,
        "query": asked.urlencode(),
        "may_dismiss": may_manage,
        "basis": request.POST.get("basis", ""),
        "on": request.POST.get("on", ""),
        "is_narrowed": any(asked.get(name) for name in ("kind", "document", "unit")),
        "refused": refused,
        "reason": request.POST.get("reason", ""),
    }
    return render(request, "desk/plans/findings.html", context, status=status)


def _asked(request: ActingRequest) -> QueryDict:
    """The address; of a form, the address it was sent from."""
    return QueryDict(request.POST.get("query", "")) if request.method == "POST" else request.GET


def narrowed(found: Sequence[Listed], asked: QueryDict) -> list[Listed]:
    """Those of a kind, a document or a unit."""
    kind, document, unit = (asked.get(name, "") for name in ("kind", "document", "unit"))
    return [
        x
        for x in found
        if (kind not in KINDS or x.finding.kind == kind)
        and (not document.isdecimal() or int(document) in x.finding.documents)
        and (not unit or unit in x.finding.units)
    ]


def without_lead(rows: Sequence[Listed]) -> list[Task]:
    """The tasks of a page that lack a lead."""
    said = [x.finding.said[0].row for x in rows if x.finding.kind == "no-lead"]
    return [row for row in said if isinstance(row, Task)]


def _rows(
    actor: Actor, rows: Sequence[Listed], titles: dict[int, str], at: str, leads: dict[int, dict[str, Any]]
) -> list[dict[str, Any]]:
    """leads: task id -> the units to choose its lead from."""
    words = queries.words_of([x.finding for x in rows])
    return [
        {
            "finding": x.finding,
            "dismissal": x.dismissal,
            "said": [
                {"words": said.words, "quote": words[said.row.item_id], "document": titles[said.row.document_id]}
                | _link(actor, said.row)
                for said in x.finding.said
            ],
            "href": page_of(actor, x.finding),
            "lead": leads.get(x.finding.said[0].row.pk) if x.finding.kind == "no-lead" else None,
            "is_open": x.finding.key == at,
        }
        for x in rows
    ]


def _groups(rows: Sequence[dict[str, Any]], counts: Counter[str]) -> list[dict[str, Any]]:
    """The rows of each kind under one head: how many there are on all pages, and what to do where it is one thing."""
    groups = []
    for kind, found in groupby(rows, key=lambda row: row["finding"].kind):
        listed = list(found)
        steps = {row["finding"].next_step for row in listed}
        step = steps.pop() if len(steps) == 1 else ""
        groups.append(
            {"label": KINDS[kind], "count": counts[kind], "step": step, "act": ACTS[kind], "rows": listed}
            | {"may_settle": any(row["lead"] for row in listed)}
        )
    return groups


def _link(actor: Actor, row: Any) -> dict[str, str]:
    if isinstance(row, Task):
        return {"href": reverse("plans:task", args=[row.pk])}
    return {"href": reverse("cockpit:drill", args=[row.pk]) if holds(actor, "cockpit.view") else ""}


def page_of(actor: Actor, found: Finding) -> str:
    """Where it is mended; nothing for who may not go there."""
    row = found.said[0].row
    if found.page == "split":
        may = any(holds(actor, one) for one in ("target.propose", "target.issue"))
        return reverse("plans:split", args=[row.pk]) if may else ""
    return _link(actor, row)["href"]


@require_safe
def sheet(request: ActingRequest) -> FileResponse:
    """The findings asked for as Excel."""
    require(request.actor, "plan.view")
    every = queries.listed(queries.findings_on(calendar.today()))
    is_open = request.GET.get("view", "open") != "dismissed"
    rows = narrowed([x for x in every if (x.dismissal is None) == is_open], request.GET)
    return excel("问题清单.xlsx", [("问题", "问题清单", COLUMNS, _sheet_rows(rows))])


def _sheet_rows(rows: Sequence[Listed]) -> Iterator[tuple[Any, ...]]:
    titles = queries.titles_of([x.finding for x in rows])
    words = queries.words_of([x.finding for x in rows])
    names = offices.unit_names({code for x in rows for code in x.finding.units})
    for number, x in enumerate(rows, start=1):
        said = x.finding.said
        yield (
            number,
            KINDS[x.finding.kind],
            x.finding.title,
            x.finding.why,
            "\n".join(dict.fromkeys(titles[each.row.document_id] for each in said)),
            "\n".join(words[each.row.item_id] for each in said),
            "\n".join(each.words for each in said),
            "、".join(names.get(code, code) for code in x.finding.units),
            x.finding.next_step,
            x.dismissal.reason if x.dismissal else "",
        )


@require_POST
def dismiss(request: ActingRequest) -> HttpResponse:
    """Judge one harmless; back to the list as it was asked for."""
    require(request.actor, "plan.manage")
    key, mark, reason = (request.POST.get(name, "") for name in ("key", "mark", "reason"))
    try:
        actions.dismiss_finding(request.actor, key=key, mark=mark, reason=reason)
    except Refused as refusal:
        return finding_page(request, str(refusal), key, 422 if refusal.code == "reason" else 409)
    messages.success(request, "已视为无碍。情况变了会重新列出。")
    query = _asked(request).urlencode()
    return redirect(reverse("plans:findings") + (f"?{query}" if query else ""))
