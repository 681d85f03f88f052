"""Supervision orders: the list by light, one order, its reply and the judgement on it."""

from __future__ import annotations

from django import forms
from django.contrib import messages
from django.db.models import Count, Q, QuerySet
from django.http import FileResponse, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from guiyan.accounts import offices
from guiyan.accounts.web import ActingRequest
from guiyan.desk.cockpit.orders import order_rows
from guiyan.desk.logs import log_line
from guiyan.desk.paging import ordered, paged, words_of
from guiyan.desk.sheets import excel
from guiyan.kernel import workflow
from guiyan.kernel.actors import Actor, holds
from guiyan.kernel.errors import NotAllowed, Refused
from guiyan.plans import actions
from guiyan.plans.models import SupervisionOrder
from guiyan.plans.queries import supervision

READERS = ("supervision.handle", "supervision.reply", "cockpit.view")
STATES = {"opened": "待回复", "overdue": "超期催报", "replied": "待认可", "closed": "已办结"}
OPEN_STATES = ("opened", "overdue")
VIEWS = (*STATES.items(), ("all", "全部"))
COLUMNS = (
    ("编号", 14), ("督办事项", 30), ("发起", 20), ("要求", 50), ("承办单位", 20), ("发出时间", 18), ("应回复", 12),
    ("回复", 50), ("回复时间", 18), ("状态", 10),
)  # fmt: skip


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


@require_safe
def order_list(request: ActingRequest) -> HttpResponse:
    if not any(holds(request.actor, p) for p in READERS):
        raise NotAllowed
    rows, view = narrowed(request)
    listed, pager = paged(request, rows, "份")
    names = offices.unit_names(order.unit_code for order in listed)
    counts = dict(supervision.orders_for(request.actor).order_by().values_list("state").annotate(Count("id")))
    counts["all"] = sum(counts.values())
    tabs = [
        {"label": label, "href": f"?view={key}", "count": counts.get(key, 0), "current": key == view}
        for key, label in VIEWS
    ]
    context = {
        "rows": [{**row, "unit": names.get(row["order"].unit_code, "")} for row in order_rows(listed)],
        "pager": pager,
        "tabs": tabs,
        "view": view,
        "q": words_of(request),
        "answer_days": supervision.answer_days(),
        **_proposed(request.actor),
    }
    return render(request, "desk/supervision/list.html", context)


def _proposed(actor: Actor) -> dict[str, object]:
    """How many orders are proposed, for those who decide it."""
    if not holds(actor, "supervision.handle"):
        return {"proposed": None}
    count = supervision.proposals_for(actor).count()
    return {"proposed": count, "proposed_words": f"督办建议{count}条"}


def narrowed(request: ActingRequest) -> tuple[QuerySet[SupervisionOrder], str]:
    """The orders the address asks for, in its order, and the view they are of."""
    view, words = request.GET.get("view", ""), words_of(request)
    view = view if view in dict(VIEWS) else "opened"
    rows = supervision.orders_for(request.actor)
    if view != "all":
        rows = rows.filter(state=view)
    if words:
        rows = rows.filter(Q(title__contains=words) | Q(number__startswith=words.upper()))
    return ordered(request, rows, {"at": "opened_at", "title": "title"}), view


@require_safe
def sheet(request: ActingRequest) -> FileResponse:
    """The orders asked for as Excel."""
    if not any(holds(request.actor, p) for p in READERS):
        raise NotAllowed
    found = order_rows(list(narrowed(request)[0][:5000]))
    names = offices.unit_names(row["order"].unit_code for row in found)
    rows = (
        (
            x.number, x.title, row["starter"], x.demand, names.get(x.unit_code, ""), x.opened_at, row["due_on"],
            x.reply, x.replied_at, STATES[x.state],
        )
        for row in found
        for x in [row["order"]]
    )  # fmt: skip
    return excel("督办单.xlsx", [("督办", "督办单", COLUMNS, rows)])


@require_safe
def print_order(request: ActingRequest, number: str) -> HttpResponse:
    """The order on one sheet of A4."""
    order = supervision.order_by_number(request.actor, number)
    context = {
        "order": order,
        "unit": offices.unit_names([order.unit_code]).get(order.unit_code, ""),
        "clock": next(iter(workflow.clocks(order)), None),
        "state": STATES[order.state],
    }
    return render(request, "desk/supervision/print.html", context)


@require_safe
def order_page(request: ActingRequest, number: str) -> HttpResponse:
    return _order_page(request, supervision.order_by_number(request.actor, number))


def _order_page(
    request: ActingRequest, order: SupervisionOrder, form: forms.Form | None = None, status: int = 200
) -> HttpResponse:
    names = offices.unit_names([order.unit_code])
    (row,) = order_rows([order])
    causes = list(order.proposals.all()[:2])
    context = {
        "order": order,
        "unit": names.get(order.unit_code, ""),
        "clock": row["clock"],
        "light": row["light"],
        "due_on": row["due_on"],
        "starter": row["starter"],
        # The indicator of an order that has one cause; the words of an order for several name them all.
        "about": causes[0] if len(causes) == 1 and causes[0].indicator_id else None,
        "log": [log_line(entry) for entry in reversed(workflow.history(order))],
        # What was typed in a second window stays on the page, with the reason why it came too late.
        "may_reply": isinstance(form, ReplyForm) or (order.state in OPEN_STATES and _may_reply(request.actor, order)),
        "may_judge": isinstance(form, ReturnForm)
        or (order.state == "replied" and holds(request.actor, "supervision.handle")),
        "reply_form": form if isinstance(form, ReplyForm) else ReplyForm(),
        "return_form": form if isinstance(form, ReturnForm) else ReturnForm(),
    }
    return render(request, "desk/supervision/order.html", context, status=status)


def _may_reply(actor: Actor, order: SupervisionOrder) -> bool:
    return offices.acts_for_unit(actor, "supervision.reply", order.unit_id)


@require_POST
def reply(request: ActingRequest, number: str) -> HttpResponse:
    order = supervision.order_by_number(request.actor, number)
    form = ReplyForm(request.POST)
    if not form.is_valid():
        return _order_page(request, order, form, status=422)
    try:
        actions.reply_to_order(request.actor, order=order, text=form.cleaned_data["text"])
    except Refused as refusal:
        form.add_error(None, str(refusal))
        return _order_page(request, order, form, status=409)
    messages.success(request, "已回复，等督查室认可。")
    return redirect("supervision:order", number=number)


@require_POST
def judge(request: ActingRequest, number: str) -> HttpResponse:
    order = supervision.order_by_number(request.actor, number)
    accepted = request.POST.get("judgement") == "accept"
    form = ReturnForm(request.POST)
    if not accepted and not form.is_valid():
        return _order_page(request, order, form, status=422)
    reason = "" if accepted else form.cleaned_data["reason"]
    try:
        actions.judge_reply(request.actor, order=order, accepted=accepted, reason=reason)
    except Refused as refusal:
        form.add_error(None, str(refusal))
        return _order_page(request, supervision.order_by_number(request.actor, number), form, status=409)
    messages.success(request, "已认可，督办单办结。" if accepted else "已退回重报，时限重新计算。")
    return redirect("supervision:order", number=number)
