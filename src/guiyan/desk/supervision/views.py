"""Supervision orders: the list by light, one order, its reply and the judgement on it."""

from __future__ import annotations

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_POST

from guiyan.accounts import offices
from guiyan.accounts.web import ActingRequest
from guiyan.desk.cockpit.page import order_rows
from guiyan.kernel import workflow
from guiyan.kernel.actors import Actor, holds
from guiyan.kernel.errors import NotAllowed, Refused
from guiyan.plans import actions, queries
from guiyan.plans.models import SupervisionOrder

ROWS = 30
VIEWS = (("opened", "待回复"), ("replied", "待认可"), ("closed", "已办结"), ("all", "全部"))


class ReplyForm(forms.Form):
    text = forms.CharField(
        label="回复",
        widget=forms.Textarea(attrs={"rows": 5}),
        max_length=2000,
        help_text="写清核查情况、原因和下一步措施",
        error_messages={"required": "请写明核查情况和下一步措施。"},
    )


class ReturnForm(forms.Form):
    reason = forms.CharField(
        label="还缺什么",
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=500,
        error_messages={"required": "请写明还缺什么，承办单位据此重报。"},
    )


@require_GET
def order_list(request: ActingRequest) -> HttpResponse:
    if not any(holds(request.actor, p) for p in ("supervision.handle", "supervision.reply", "cockpit.view")):
        raise NotAllowed
    view = request.GET.get("view", "opened")
    rows = queries.orders_for(request.actor)
    if view in ("opened", "replied", "closed"):
        rows = rows.filter(state=view)
    page = Paginator(rows, ROWS).get_page(request.GET.get("page"))
    names = offices.unit_names(order.unit_code for order in page)
    lines = [{**row, "unit": names.get(row["order"].unit_code, "")} for row in order_rows(list(page))]
    tabs = [{"label": label, "href": f"?view={key}", "current": key == view} for key, label in VIEWS]
    context = {"page": page, "rows": lines, "tabs": tabs, "view": view}
    return render(request, "desk/supervision/list.html", context)


@require_GET
def order_page(request: ActingRequest, number: str) -> HttpResponse:
    return _order_page(request, queries.order_by_number(request.actor, number))


def _order_page(
    request: ActingRequest, order: SupervisionOrder, form: forms.Form | None = None, status: int = 200
) -> HttpResponse:
    names = offices.unit_names([order.unit_code])
    clock = next(iter(workflow.clocks(order)), None)
    context = {
        "order": order,
        "unit": names.get(order.unit_code, ""),
        "clock": clock,
        "log": [
            {"state": "done", "title": x.label, "note": x.actor_label, "when": x.at, "href": ""}
            for x in reversed(workflow.history(order))
        ],
        "may_reply": order.state == "opened" and _may_reply(request.actor, order),
        "may_judge": order.state == "replied" and holds(request.actor, "supervision.handle"),
        "reply_form": form if isinstance(form, ReplyForm) else ReplyForm(),
        "return_form": form if isinstance(form, ReturnForm) else ReturnForm(),
    }
    return render(request, "desk/supervision/order.html", context, status=status)


def _may_reply(actor: Actor, order: SupervisionOrder) -> bool:
    return offices.acts_for_unit(actor, "supervision.reply", order.unit_id)


@require_POST
def reply(request: ActingRequest, number: str) -> HttpResponse:
    order = queries.order_by_number(request.actor, number)
    form = ReplyForm(request.POST)
    if not form.is_valid():
        return _order_page(request, order, form, status=422)
    try:
        actions.reply_to_order(request.actor, order=order, text=form.cleaned_data["text"])
    except Refused as refusal:
        form.add_error("text", str(refusal))
        return _order_page(request, order, form, status=422)
    messages.success(request, "已回复，等督查室认可。")
    return redirect("supervision:order", number=number)


@require_POST
def judge(request: ActingRequest, number: str) -> HttpResponse:
    order = queries.order_by_number(request.actor, number)
    accepted = request.POST.get("judgement") == "accept"
    form = ReturnForm(request.POST)
    if not accepted and not form.is_valid():
        return _order_page(request, order, form, status=422)
    reason = "" if accepted else form.cleaned_data["reason"]
    try:
        actions.judge_reply(request.actor, order=order, accepted=accepted, reason=reason)
    except Refused as refusal:
        messages.error(request, str(refusal))
        return redirect("supervision:order", number=number)
    messages.success(request, "已认可，督办单办结。" if accepted else "已退回重报，时限重新计算。")
    return redirect("supervision:order", number=number)
