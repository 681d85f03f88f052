"""A what-if on paper, A4: the sentence, what is changed, the figures, and what to bear in mind."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from guiyan.accounts.web import ActingRequest
from guiyan.desk.whatif.showing import shown
from guiyan.kernel import calendar
from guiyan.kernel.errors import Refused
from guiyan.outreach import queries


@require_safe
def print_page(request: ActingRequest, run_id: int) -> HttpResponse:
    run = queries.what_if_by_id(request.actor, run_id)
    if run.computed_at is None:
        raise Refused("还没有算完，算完再打印。", "running")
    context = {"run": run, "shown": shown(request.actor, run), "now": calendar.now(), "by": request.actor.label}
    return render(request, "desk/whatif/print.html", context)
