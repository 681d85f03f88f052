"""Giving another helper; recording the first contact."""

from __future__ import annotations

import secrets

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from guiyan.accounts.permissions import require
from guiyan.accounts.queries import region_path, region_paths
from guiyan.accounts.web import ActingRequest
from guiyan.desk.arrivals.views import offers_of
from guiyan.desk.dossier.forms import HelperForm, ServiceForm
from guiyan.desk.dossier.helper_views import note_of
from guiyan.kernel import calendar, releases
from guiyan.kernel.errors import NotAllowed, Refused
from guiyan.kernel.scope import Scope, entered
from guiyan.outreach import actions, queries, states
from guiyan.outreach.models import Arrival
from guiyan.outreach.permissions import ASSIGN
from guiyan.registers import queries as registers

MOST = 60
PURPOSE = "首护人首次联系"


@require_http_methods(["GET", "HEAD", "POST"])
def helper(request: ActingRequest, arrival_id: int) -> HttpResponse:
    """Choose among those who serve the place and have room; a change says why."""
    arrival = queries.arrival_by_id(request.actor, arrival_id)
    require(request.actor, ASSIGN, arrival)
    if arrival.state not in (states.HELPING, states.UNASSIGNED):
        return redirect("arrivals:page", arrival_id=arrival.pk)
    kind = releases.release(arrival.release).triggers[arrival.trigger].relation
    declared = registers.relation_of(kind)
    found = [one for one in registers.choosable(kind, arrival.region) if one.room][:MOST]
    found = [one for one in found if one.subject_id not in (arrival.helper_id, arrival.subject_id)]
    places = region_paths(one.area for one in found)
    changing = arrival.state == states.HELPING
    choices = [(one.subject_id, one.name) for one in found]
    form = HelperForm(request.POST if request.method == "POST" else None, choices=choices, changing=changing)
    form.fields["helper"].choice_notes = {  # type: ignore[attr-defined]
        str(one.subject_id): note_of(declared, one, places[one.area]) for one in found
    }
    if request.method == "POST" and form.is_valid():
        try:
            arrival = actions.give_helper(
                request.actor,
                arrival=arrival,
                helper_id=form.cleaned_data["helper"],
                reason=form.cleaned_data["reason"],
            )
        except Refused as refusal:
            form.add_error(None, refusal.message)
        else:
            messages.success(request, f"首护人是{arrival.helper_name}，联系时限不变。")
            return redirect("arrivals:page", arrival_id=arrival.pk)
    context = {
        "arrival": arrival,
        "form": form,
        "choices": choices,
        "changing": changing,
        "register": declared.by,
        "crumbs": crumbs(arrival),
    }
    return render(request, "desk/arrivals/helper.html", context, status=422 if form.errors else 200)


def crumbs(arrival: Arrival) -> list[tuple[str, str]]:
    return [("首次登记", reverse("arrivals:list")), (arrival.name, reverse("arrivals:page", args=[arrival.pk]))]


@require_POST
def phone(request: ActingRequest, arrival_id: int) -> HttpResponse:
    """The founder's number, for whoever is to call her; that it was looked at is logged."""
    arrival = queries.arrival_by_id(request.actor, arrival_id)
    refuse_others(request, arrival)
    with entered(Scope.system()):
        found = registers.phones_of(request.actor, [arrival.subject_id], PURPOSE) if arrival.subject_id else {}
    number = found.get(arrival.subject_id or 0, "")
    return render(
        request, "desk/arrivals/phone.html", {"arrival": arrival, "number": number, "crumbs": crumbs(arrival)}
    )


def refuse_others(request: ActingRequest, arrival: Arrival) -> None:
    if not offers_of(request.actor, arrival)["may_contact"]:
        raise NotAllowed("由首护人本人记录；首护人没有账号的，由指派的单位记录。")


@require_http_methods(["GET", "HEAD", "POST"])
def contact(request: ActingRequest, arrival_id: int) -> HttpResponse:
    """Made for a phone in a village: what was done, what is needed, what comes next."""
    arrival = queries.arrival_by_id(request.actor, arrival_id)
    if arrival.state == states.CONTACTED:
        return redirect("arrivals:page", arrival_id=arrival.pk)
    refuse_others(request, arrival)
    pack = releases.release(arrival.release)
    kinds = {name: pack.services[name].label for name in pack.triggers[arrival.trigger].contact}
    initial = {"on": calendar.today(), "token": secrets.token_hex(16)}
    form = ServiceForm(request.POST if request.method == "POST" else None, kinds=kinds, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            actions.record_contact(request.actor, arrival=arrival, **form.cleaned_data)
        except Refused as refusal:
            form.add_error(refusal.code if refusal.code in form.fields else None, refusal.message)
        else:
            messages.success(request, "已记下首次联系，时限停了。")
            return redirect("arrivals:page", arrival_id=arrival.pk)
    (row,) = queries.rows_of([arrival])
    context = {
        "arrival": arrival,
        "row": row,
        "place": region_path(arrival.region),
        "found": queries.found_on(arrival),
        "form": form,
        "crumbs": crumbs(arrival),
    }
    return render(request, "desk/arrivals/contact.html", context, status=422 if form.errors else 200)
