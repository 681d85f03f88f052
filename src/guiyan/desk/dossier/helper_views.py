"""Giving somebody a helper, another one, or none: who is there, with room and load beside each name."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from guiyan.accounts.permissions import require
from guiyan.accounts.queries import region_paths
from guiyan.accounts.web import ActingRequest
from guiyan.desk.dossier.forms import HelperForm
from guiyan.kernel import releases
from guiyan.kernel.errors import Refused
from guiyan.packs.relation import StandingRelation
from guiyan.registers import actions
from guiyan.registers import queries as registers
from guiyan.registers.queries import Helper

MOST = 60


@require_http_methods(["GET", "POST"])
def choose(request: ActingRequest, subject_id: int, kind: str) -> HttpResponse:
    """Choose, with the reason when it is a change; `do=end` leaves it open."""
    person = registers.known_person(request.actor, subject_id)
    require(request.actor, "relation.assign", person, unit=None, subject=None)
    declared = registers.relation_of(kind)
    standing = next(one for one in registers.standing_of(person.subject_id) if one.declared.id == kind)
    current = {helper.subject_id for helper in standing.helpers}
    found = [one for one in registers.choosable(kind, person.region) if one.room or one.subject_id in current][:MOST]
    places = region_paths(one.area for one in found)
    # Of several after a merge, each may be the one who stays.
    open_ones = [one for one in found if one.subject_id not in current or len(current) > 1]
    choices = [(one.subject_id, one.name) for one in open_ones]
    form = HelperForm(request.POST if request.method == "POST" else None, choices=choices, changing=bool(current))
    notes = {str(one.subject_id): note_of(declared, one, places[one.area]) for one in open_ones}
    form.fields["helper"].choice_notes = notes  # type: ignore[attr-defined]
    if request.method == "POST" and send(request, form, person.subject_id, kind, declared.label):
        return redirect(f"{reverse('dossier:page', args=[person.subject_id])}?tab=helpers")
    context = {
        "person": person,
        "declared": declared,
        "standing": standing,
        "form": form,
        "choices": choices,
        "crumbs": [
            (person.name, reverse("dossier:page", args=[person.subject_id])),
            (f"{'更换' if current else '指派'}{declared.label}", ""),
        ],
    }
    return render(request, "desk/dossier/helper.html", context, status=422 if form.errors else 200)


def note_of(declared: StandingRelation, one: Helper, place: str) -> str:
    """通山县，已有4人，上限10人，民宿协会，擅长住宿餐饮."""
    codes = releases.current().registers[declared.by].fields[declared.fit.field].codes if declared.fit else {}
    skills = "、".join(label for code, label in codes.items() if code in one.skills)
    words = [place, f"已有{one.load}人", f"上限{one.capacity}人", one.note, f"擅长{skills}" if skills else ""]
    return "，".join(word for word in words if word)


def send(request: ActingRequest, form: HelperForm, subject_id: int, kind: str, label: str) -> bool:
    """Whether it was done; what was wrong stands in the form."""
    ending = request.POST.get("do") == "end"
    try:
        if ending:
            reason = request.POST.get("reason", "")
            actions.end_helper(request.actor, kind=kind, subject_id=subject_id, reason=reason)
            messages.success(request, f"已取消{label}，会列入未配对名单。")
        elif form.is_valid():
            values = form.cleaned_data
            actions.assign_helper(
                request.actor, kind=kind, subject_id=subject_id, helper_id=values["helper"], reason=values["reason"]
            )
            messages.success(request, f"已指派{label}。")
        else:
            return False
    except Refused as refusal:
        form.is_valid()
        if ending:
            form.errors.clear()
        form.add_error("reason" if refusal.code == "no-reason" else None, refusal.message)
        return False
    return True
