"""What officers do beside a step: hand a check on, give an opinion, take a question back, look at what is late."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from guiyan.accounts.permissions import decide
from guiyan.accounts.web import ActingRequest
from guiyan.cases import actions, queries
from guiyan.cases import receivers_of_work as work
from guiyan.desk.cases.handing_forms import CheckTransferForm, OpinionAnswerForm
from guiyan.kernel.errors import Refused


@require_http_methods(["GET", "POST"])
def transfer_check(request: ActingRequest, check_id: int) -> HttpResponse:
    """Another officer or unit of the same kind answers; the day stays."""
    row = queries.check_by_id(request.actor, check_id)
    form = CheckTransferForm(request.POST or None, receivers=work.for_check(row))
    if request.method == "POST" and form.is_valid():
        values = form.cleaned_data
        try:
            done = actions.transfer_check(request.actor, check=row, to=values["to"], reason=values["reason"])
        except Refused as refusal:
            form.add_error(None, refusal.message)
        else:
            messages.success(request, f"已转给{done.handler_label or done.unit.short_name}核验，期限照算。")
            return redirect("cases:checks")
    crumbs = [("核验", reverse("cases:checks")), (row.applicant, reverse("cases:check", args=[check_id])), ("转办", "")]
    context = {"check": row, "form": form, "crumbs": crumbs}
    return render(request, "desk/cases/check_transfer.html", context, status=409 if form.is_bound else 200)


@require_http_methods(["GET", "POST"])
def opinion(request: ActingRequest, opinion_id: int) -> HttpResponse:
    """One opinion asked: the question, what the applicant states, the answer."""
    row = queries.opinion_by_id(request.actor, opinion_id)
    form = OpinionAnswerForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        agrees, answer = form.cleaned_data["agrees"] == "yes", form.cleaned_data["answer"]
        try:
            actions.answer_opinion(request.actor, opinion=row, agrees=agrees, answer=answer)
        except Refused as refusal:
            if refusal.code == "answered" and row.done_by_id == request.actor.user_id:
                messages.info(request, "这份加签您刚才已经回复，以第一次的为准，不用再点。")
                return redirect("work:list")
            form.add_error(None, refusal.message)
        else:
            messages.success(request, f"已回复{row.asked_by_label}的加签。")
            return redirect("work:list")
    context = {
        "opinion": row,
        "form": form,
        "light": queries.light_of(row.due_on, clock="加签"),
        "crumbs": [("我的工作", reverse("work:list")), ("加签", "")],
    }
    return render(request, "desk/cases/opinion.html", context, status=409 if form.is_bound else 200)


@require_POST
def drop_opinion(request: ActingRequest, number: str, opinion_id: int) -> HttpResponse:
    """Not wait for it any longer."""
    case = queries.case_by_number(request.actor, number)
    try:
        row = actions.drop_opinion(request.actor, opinion=queries.opinion_of(case, opinion_id))
        messages.success(request, f"已撤回对{row.asked_label}的加签。")
    except Refused as refusal:
        messages.error(request, refusal.message)
    return redirect("cases:page", number=number)


@require_safe
def alert(request: ActingRequest, alert_id: int) -> HttpResponse:
    """One thing that is late or was urged, with the way to it for who may open it."""
    row = queries.alert_by_id(request.actor, alert_id)
    may_open = decide(request.actor, "case.view", row.case).allowed
    context = {
        "alert": row,
        "href": reverse("cases:page", args=[row.case.number]) if may_open else "",
        "light": queries.light_of(row.due_on, clock=row.label),
        "crumbs": [("我的工作", reverse("work:list")), (row.case.number, "")],
    }
    return render(request, "desk/cases/alert.html", context)
