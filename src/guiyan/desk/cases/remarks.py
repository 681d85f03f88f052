"""Remarks on a case: written, withdrawn, read; and what calls one by name, over all cases."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from guiyan.accounts.permissions import require
from guiyan.accounts.web import ActingRequest
from guiyan.cases import actions, queries
from guiyan.cases.queries import Case
from guiyan.desk.cases.views import case_context
from guiyan.desk.paging import paged
from guiyan.kernel.errors import NotFound, Refused


@require_POST
def add(request: ActingRequest, number: str) -> HttpResponse:
    """Keep a remark and call whom it names; one's own waiting ones are read by answering."""
    case = _case(request, number)
    text = request.POST.get("text", "")
    try:
        row = actions.add_remark(request.actor, case=case, text=text)
        actions.read_mentions(request.actor, case=case)
    except Refused as refusal:
        return _refused(request, case, text, refusal.message)
    called = "、".join(one.user_label for one in row.mentions.all())
    messages.success(request, f"备注已写，已提醒{called}。" if called else "备注已写。")
    return _back(number)


def _refused(request: ActingRequest, case: Case, text: str, why: str) -> HttpResponse:
    """What was typed stays on the page with the reason why it was not taken."""
    if queries.is_demand(case):
        messages.error(request, why)
        return _back(case.number)
    context = {**case_context(request.actor, case), "remark_typed": text, "remark_error": why}
    return render(request, "desk/cases/page.html", context, status=422)


@require_POST
def read(request: ActingRequest, number: str) -> HttpResponse:
    case = _case(request, number)
    actions.read_mentions(request.actor, case=case)
    return _back(number)


@require_POST
def withdraw(request: ActingRequest, number: str, remark_id: int) -> HttpResponse:
    case = _case(request, number)
    row = queries.remark_by_id(request.actor, case, remark_id)
    try:
        actions.withdraw_remark(request.actor, remark=row)
        messages.success(request, "备注已撤回，只留下写过一条的记录。")
    except Refused as refusal:
        messages.error(request, refusal.message)
    return _back(number)


@require_safe
def mention(request: ActingRequest, mention_id: int) -> HttpResponse:
    """From one's work to the remark beside its case; saying 知道了 there marks it read."""
    return _back(queries.mention_by_id(request.actor, mention_id).remark.case.number)


@require_safe
def mention_list(request: ActingRequest) -> HttpResponse:
    """Everything that calls the actor by name, unread ones marked."""
    require(request.actor, "case.remark")
    rows, pager = paged(request, queries.mentions_of(request.actor), "条")
    return render(request, "desk/cases/mentions.html", {"rows": rows, "pager": pager})


def _case(request: ActingRequest, number: str) -> Case:
    case = queries.case_by_number(request.actor, number)
    if not queries.may_remark(request.actor, case):
        raise NotFound("没有找到这个编号的办件，可能不在您的办理范围内。")
    return case


def _back(number: str) -> HttpResponse:
    return redirect(f"{reverse('cases:page', args=[number])}#remarks")
