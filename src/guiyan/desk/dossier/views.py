"""A person's file: overview, timeline, helpers and services; and the sheet to print."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from guiyan.accounts.web import ActingRequest
from guiyan.desk.dossier import page
from guiyan.kernel import audit, calendar
from guiyan.registers import queries as registers

TABS = (("", "概况"), ("timeline", "经过"), ("helpers", "对接和服务"))


@require_safe
def dossier(request: ActingRequest, subject_id: int) -> HttpResponse:
    """Whoever was merged leads to the one file. Every opening is logged."""
    person = registers.known_person(request.actor, subject_id)
    if person.subject_id != subject_id:
        return redirect("dossier:page", subject_id=person.subject_id)
    tab = request.GET.get("tab", "")
    audit.record_read(request.actor, "dossier", [f"subject:{person.subject_id}"], "查看一人一档", region=person.region)
    if tab == "timeline":
        context = page.timeline(request.actor, person, request.GET.get("source", ""))
    elif tab == "helpers":
        context = page.helpers(request.actor, person)
    else:
        tab, context = "", page.overview(request.actor, person)
    context["printed_at"] = calendar.now()
    base = reverse("dossier:page", args=[subject_id])
    context["tabs"] = [
        {"label": label, "href": f"{base}?tab={key}" if key else base, "current": key == tab} for key, label in TABS
    ]
    return render(request, f"desk/dossier/{tab or 'page'}.html", context)


@require_safe
def print_dossier(request: ActingRequest, subject_id: int) -> HttpResponse:
    """The file on paper, numbers masked; printing is logged by itself."""
    person = registers.known_person(request.actor, subject_id)
    audit.record_read(
        request.actor, "dossier.print", [f"subject:{person.subject_id}"], "打印一人一档", region=person.region
    )
    context = page.overview(request.actor, person) | {"printed_at": calendar.now()}
    return render(request, "desk/dossier/print.html", context)
