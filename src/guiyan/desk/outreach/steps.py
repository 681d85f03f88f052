"""The acts on a run: each by its own address, back to its page."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from guiyan.accounts.web import ActingRequest
from guiyan.desk.outreach.forms import ReasonForm
from guiyan.desk.outreach.views import page_of
from guiyan.kernel.errors import NotFound, Refused
from guiyan.outreach import actions, queries
from guiyan.outreach.models import MatchRun

DONE = {
    "retry": "已接着匹配。",
    "propose": "已报请审核，等另一名工作人员同意。",
    "approve": "已同意。发起人可以开始推送。",
    "send": "已开始推送，进度在这一页。",
    "send-back": "已退回。",
    "stop": "已停止。",
}
PLAIN: dict[str, Callable[..., MatchRun]] = {
    "retry": actions.try_again,
    "propose": actions.propose_audience,
    "approve": actions.approve_audience,
    "send": actions.start_sending,
}
WITH_REASON: dict[str, Callable[..., MatchRun]] = {"send-back": actions.send_back_audience, "stop": actions.stop_run}


@require_POST
def step(request: ActingRequest, run_id: int, verb: str) -> HttpResponse:
    run = queries.run_by_id(request.actor, run_id)
    if verb not in DONE:
        raise NotFound("没有这个办理步骤。")
    form = ReasonForm(request.POST)
    if verb in WITH_REASON and not form.is_valid():
        return render(request, "desk/outreach/page.html", page_of(request, run, form), status=422)
    try:
        if verb in PLAIN:
            PLAIN[verb](request.actor, run=run)
        else:
            WITH_REASON[verb](request.actor, run=run, reason=form.cleaned_data["reason"])
    except Refused as refusal:
        return render(request, "desk/outreach/page.html", page_of(request, run, refused=refusal.message), status=409)
    messages.success(request, DONE[verb])
    return redirect("outreach:page", run_id=run.pk)
