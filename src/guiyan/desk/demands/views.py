"""Demands: the list by what waits, one with its answers and log, and the steps of sending on and answering."""

from __future__ import annotations

from django import forms
from django.contrib import messages
from django.http import FileResponse, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from guiyan.accounts.web import ActingRequest
from guiyan.cases import actions, queries
from guiyan.cases.queries import Case
from guiyan.desk.cases.panels import form_rows, remark_panel
from guiyan.desk.demands.forms import AnswerForm, DispatchForm, ReasonForm
from guiyan.desk.demands.nav import READERS
from guiyan.desk.logs import log_line
from guiyan.desk.paging import paged, words_of
from guiyan.desk.sheets import excel
from guiyan.kernel import workflow
from guiyan.kernel.actors import holds
from guiyan.kernel.errors import NotAllowed, NotFound, Refused

DONE = {
    "dispatch": "已分办，承办单位会收到。",
    "decline": "已告诉申请人不予受理的理由。",
    "return": "已退回分办单位。",
    "answer": "已答复，等申请人评价。",
}
COLUMNS = (
    ("办件编号", 22), ("承办单位", 28), ("状态", 12), ("提出时间", 18), ("到期", 12), ("哪方面", 14), ("诉求内容", 60),
    ("答复", 60),
)  # fmt: skip


@require_safe
def demand_list(request: ActingRequest) -> HttpResponse:
    view, words = _asked(request)
    rows, pager = paged(request, queries.demands_for(request.actor, view=view, words=words), "件")
    counts, lights = queries.demand_counts(request.actor), queries.Lights()
    context = {
        "rows": [
            {"case": row, "light": lights.of(row.due_on) if row.due_on else None, "topic": topic(row)} for row in rows
        ],
        "pager": pager,
        "tabs": [
            {"label": label, "href": f"?view={key}", "count": counts[key], "current": key == view}
            for key, (label, _) in queries.DEMAND_VIEWS.items()
        ],
        "view": view,
        "q": words,
    }
    return render(request, "desk/demands/list.html", context)


def _asked(request: ActingRequest) -> tuple[str, str]:
    if not any(holds(request.actor, permission) for permission in READERS):
        raise NotAllowed
    view = request.GET.get("view", "")
    usual = "raised" if holds(request.actor, "demand.dispatch") else "dispatched"
    return (view if view in queries.DEMAND_VIEWS else usual), words_of(request)


def topic(case: Case) -> str:
    """What it is about, in the form's words."""
    return queries.answer_words(case, "topic")


@require_safe
def sheet(request: ActingRequest) -> FileResponse:
    """The demands asked for as Excel, without names and phones."""
    view, words = _asked(request)
    found = list(queries.demands_for(request.actor, view=view, words=words)[:5000])
    said = queries.last_replies(found)
    rows = (
        (
            x.number, x.unit.name, x.state_label, x.submitted_at, x.due_on, topic(x),
            queries.answer_words(x, "text"), said.get(x.pk, ""),
        )
        for x in found
    )  # fmt: skip
    return excel("诉求.xlsx", [("诉求", f"诉求：{queries.DEMAND_VIEWS[view][0]}", COLUMNS, rows)])


@require_safe
def demand_page(request: ActingRequest, number: str) -> HttpResponse:
    return _page(request, queries.demand_by_number(request.actor, number))


def _page(request: ActingRequest, case: Case, bound: forms.Form | None = None, verb: str = "") -> HttpResponse:
    """What was typed stays on the page with the reason why it was not taken."""
    acts = queries.demand_acts(request.actor, case)
    offices = queries.offices_to_answer(case) if acts.dispatch or verb == "dispatch" else []
    context = {
        "case": case,
        "answers": form_rows(request.actor, queries.case_page(request.actor, case)),
        "replies": queries.replies_of(case),
        "rating": queries.rating_of(case),
        "clock": next((one for one in workflow.clocks(case) if one.running), None),
        "log": [log_line(entry) for entry in reversed(workflow.history(case))],
        "acts": acts,
        **remark_panel(request.actor, case),
        "show": verb,
        "dispatch_form": bound if verb == "dispatch" else DispatchForm(None, offices),
        "decline_form": bound if verb == "decline" else ReasonForm(),
        "answer_form": bound if verb == "answer" else AnswerForm(),
        "return_form": bound if verb == "return" else ReasonForm(),
        "light": queries.light_of(case.due_on) if case.due_on else None,
    }
    return render(request, "desk/demands/page.html", context, status=422 if bound is not None else 200)


@require_POST
def step(request: ActingRequest, number: str, verb: str) -> HttpResponse:
    """One step; refused ones come back with what was typed."""
    case = queries.demand_by_number(request.actor, number)
    form = _form(request, case, verb)
    if not form.is_valid():
        return _page(request, case, form, verb)
    try:
        _do(request, case, verb, form)
    except Refused as refusal:
        form.add_error(None, refusal.message)
        return _page(request, queries.demand_by_number(request.actor, number), form, verb)
    messages.success(request, DONE[verb])
    return redirect("demands:list" if verb == "return" else "demands:page", *([] if verb == "return" else [number]))


def _form(request: ActingRequest, case: Case, verb: str) -> forms.Form:
    if verb == "dispatch":
        return DispatchForm(request.POST, queries.offices_to_answer(case))
    if verb == "answer":
        return AnswerForm(request.POST)
    if verb in ("decline", "return"):
        return ReasonForm(request.POST)
    raise NotFound


def _do(request: ActingRequest, case: Case, verb: str, form: forms.Form) -> None:
    values, actor = form.cleaned_data, request.actor
    if verb == "dispatch":
        actions.dispatch_demand(actor, case=case, unit_id=values["unit_id"], note=values["note"])
    elif verb == "answer":
        actions.answer_demand(actor, case=case, text=values["text"])
    elif verb == "decline":
        actions.decline_demand(actor, case=case, reason=values["reason"])
    else:
        actions.return_demand(actor, case=case, reason=values["reason"])
