"""业务时钟: what it shows, and, in a demo, moving it forward after a look at what that makes due."""

from __future__ import annotations

from datetime import datetime

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.dateparse import parse_datetime
from django.utils.timezone import is_naive
from django.views.decorators.http import require_POST, require_safe

from guiyan.accounts.permissions import require
from guiyan.accounts.web import ActingRequest
from guiyan.desk.ops.forms import MoveForm
from guiyan.kernel import calendar
from guiyan.kernel.clock_moves import move_clock
from guiyan.kernel.errors import Refused
from guiyan.kernel.workflow.reading import clocks_due_between


@require_safe
def clock_page(request: ActingRequest) -> HttpResponse:
    """Without a question: the clock. With one (`?days=3&reason=…`): what it would mean, to be confirmed."""
    require(request.actor, "clock.move")
    asked = "reason" in request.GET
    form = MoveForm(request.GET) if asked else MoveForm()
    context: dict[str, object] = {}
    if asked and form.is_valid():
        try:
            context = proposal(form)
        except Refused as refusal:
            form.add_error(None, refusal.message)
    return page(request, form, context)


def proposal(form: MoveForm) -> dict[str, object]:
    now, to = calendar.now(), form.target()
    if to <= now:
        raise Refused("业务时钟只能向后调。", code="clock_backwards")
    working = calendar.calendar()
    return {
        "to": to,
        "working_days": working.working_days_between(now.date(), to.date()),
        "skipped": working.skipped(now.date(), to.date()),
        "due": clocks_due_between(now.date(), to.date()),
    }


@require_POST
def move(request: ActingRequest) -> HttpResponse:
    require(request.actor, "clock.move")
    form = MoveForm(request.POST)
    if not form.is_valid():
        return page(request, form, status=400)
    try:
        move_clock(request.actor, to=confirmed(request, form), reason=form.cleaned_data["reason"])
    except Refused as refusal:
        form.add_error(None, refusal.message)
        return page(request, form, status=409)
    messages.success(request, "业务时钟已调整，到期的事项正在处理。")
    return redirect("ops:clock")


def confirmed(request: ActingRequest, form: MoveForm) -> datetime:
    """The moment that was shown when it was confirmed: the same confirmation sent again moves nothing further."""
    shown = parse_datetime(request.POST.get("to", ""))
    if shown is None or is_naive(shown):
        return form.target()
    if shown <= calendar.now():
        raise Refused("业务时钟已经调到那里，没有再往后调。", code="clock_backwards")
    return shown


def page(
    request: ActingRequest, form: MoveForm, proposed: dict[str, object] | None = None, *, status: int = 200
) -> HttpResponse:
    given = {"form": form, "now": calendar.now(), "movable": calendar.is_movable(), "moves": calendar.moves()}
    return render(request, "desk/ops/clock.html", {**given, **(proposed or {})}, status=status)
