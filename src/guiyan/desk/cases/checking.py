"""Parallel checks: what a unit is asked, what it is shown, its answer."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from guiyan.accounts.permissions import require
from guiyan.accounts.queries import local_paths
from guiyan.accounts.web import ActingRequest
from guiyan.cases import actions, queries
from guiyan.desk.cases.check_form import CheckForm
from guiyan.kernel.errors import Refused


@require_safe
def check_list(request: ActingRequest) -> HttpResponse:
    """What the actor's unit is asked: waiting first, or answered lately."""
    require(request.actor, "case.check")
    answered = request.GET.get("view") == "answered"
    rows = queries.checks_for(request.actor, answered=answered)
    places, lights = local_paths(request.actor, (row.region for row in rows)), queries.Lights()
    context = {
        "rows": [
            {
                "check": row,
                "place": places.get(row.region, ""),
                "light": lights.of(None if answered else row.due_on),
            }
            for row in rows
        ],
        "answered": answered,
        "tabs": [
            {"label": "待核验", "href": "?v=0", "current": not answered},
            {"label": "已回复", "href": "?view=answered", "current": answered},
        ],
    }
    return render(request, "desk/cases/checks.html", context)


@require_http_methods(["GET", "POST"])
def check(request: ActingRequest, check_id: int) -> HttpResponse:
    """One check: the question, what the applicant states, and the answer."""
    row = queries.check_by_id(request.actor, check_id)
    form = CheckForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        values = form.cleaned_data
        try:
            done = actions.record_check(request.actor, check=row, result=values["result"], note=values["note"])
        except Refused as refusal:
            if refusal.code == "answered" and answered_by(request, check_id):
                messages.info(request, "这一项您刚才已经回复，以第一次的为准，不用再点。")
                return redirect("cases:checks")
            form.add_error(None, refusal.message)
        else:
            messages.success(request, f"已回复“{done.result_label}”，{row.applicant}的{row.label}。")
            return redirect("cases:checks")
    context = {
        "check": row,
        "form": form,
        "light": queries.light_of(row.due_on),
        "crumbs": [("核验", reverse("cases:checks")), (row.applicant, "")],
    }
    return render(request, "desk/cases/check.html", context, status=409 if form.is_bound else 200)


def answered_by(request: ActingRequest, check_id: int) -> bool:
    """A second click: the answer there is, is the actor's own."""
    return queries.check_by_id(request.actor, check_id).answered_by_id == request.actor.user_id
