"""From a person's file: finding who else she is, merging by hand, and taking apart again."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from guiyan.accounts.permissions import require
from guiyan.accounts.queries import region_path, region_paths
from guiyan.accounts.web import ActingRequest
from guiyan.desk.dossier.page import line_of
from guiyan.desk.links.compare import lines, summed
from guiyan.desk.links.nav import LINK
from guiyan.desk.paging import words_of
from guiyan.kernel import audit, releases
from guiyan.kernel.errors import NotFound, Refused
from guiyan.kernel.scope import Scope, entered
from guiyan.registers import actions, queries
from guiyan.registers.linking.colliding import collisions
from guiyan.registers.linking.matching import weigh
from guiyan.registers.timelines import happenings_of

MOST = 100


@require_safe
def choose(request: ActingRequest, subject_id: int) -> HttpResponse:
    """Search for the other one, by name, pinyin, the end of a phone or a whole identity number."""
    person = queries.known_person(request.actor, subject_id)
    require(request.actor, LINK, person, unit=None, subject=None)
    text = words_of(request)
    found = [
        one for one in queries.search(request.actor, text, kind="person", permission=LINK) if one.pk not in person.ids
    ]
    places = region_paths(one.region for one in found)
    hats = queries.hats_by_subject([one.pk for one in found])
    registers = releases.current().registers
    rows = [
        {
            "subject": one,
            "place": places.get(one.region, ""),
            "registers": "、".join(registers[name].label for name in hats.get(one.pk, []) if name in registers),
        }
        for one in found
    ]
    audit.record_read(
        request.actor, "register.search", [f"subject:{one.pk}" for one in found], "找同一个人的另一份档案"
    )
    context = {"person": person, "rows": rows, "q": text, "most": queries.MOST_FOUND}
    return render(request, "desk/links/choose.html", context)


@require_http_methods(["GET", "POST"])
def merge(request: ActingRequest, subject_id: int, other_id: int) -> HttpResponse:
    """GET: both side by side, and what would be had twice. POST: one file from now on, with the reason."""
    person = queries.known_person(request.actor, subject_id)
    other = queries.known_person(request.actor, other_id)
    for one in (person, other):
        require(request.actor, LINK, one, unit=None, subject=None)
    if person.subject_id == other.subject_id:
        return redirect("dossier:page", subject_id=person.subject_id)
    problem, reason = "", request.POST.get("reason", "").strip()
    if request.method == "POST":
        try:
            actions.merge(request.actor, kept=person.subject_id, merged=other.subject_id, reason=reason)
        except Refused as refusal:
            problem = refusal.message
        else:
            messages.success(request, "已合并为一个档案。合错了，可以在档案里拆开。")
            return redirect("dossier:page", subject_id=person.subject_id)
    with entered(Scope.system()):
        told = weigh(person.subject_id, other.subject_id)
        twice = collisions(person.ids, other.ids)
    left, right = (queries.side_of(request.actor, one.subject_id) for one in (person, other))
    targets = [f"subject:{one.subject_id}" for one in (person, other)]
    audit.record_read(request.actor, "register.link", targets, "核对是不是同一人", region=person.region)
    context: dict[str, Any] = {
        "person": person,
        "other": other,
        "left": left,
        "right": right,
        "lines": lines(left, right, told.parts),
        "sum": summed(told.probability, told.parts),
        "left_place": region_path(left.subject.region),
        "right_place": region_path(right.subject.region),
        "twice": twice,
        "problem": problem,
        "reason": reason,
        "back_href": reverse("links:choose", args=[person.subject_id]),
    }
    return render(request, "desk/links/merge.html", context, status=422 if problem else 200)


@require_http_methods(["GET", "POST"])
def apart(request: ActingRequest, subject_id: int, merged_id: int) -> HttpResponse:
    """GET: what goes with the record that was merged, and what stays. POST: two files again, with the reason."""
    person = queries.known_person(request.actor, subject_id)
    require(request.actor, LINK, person, unit=None, subject=None)
    link = next((one for one in queries.links_about(person.ids)[0] if one.merged_id == merged_id), None)
    if link is None:
        raise NotFound
    require(request.actor, LINK, link, unit=None, subject=None)
    problem, reason = "", request.POST.get("reason", "").strip()
    if request.method == "POST":
        try:
            actions.unmerge(request.actor, subject_id=merged_id, reason=reason)
        except Refused as refusal:
            problem = refusal.message
        else:
            messages.success(request, "已拆成两个档案，以后不再自动对上这一对。")
            return redirect("dossier:page", subject_id=merged_id)
    going = queries.side_of(request.actor, merged_id)
    staying = [one for one in person.ids if one not in going.ids]
    audit.record_read(request.actor, "register.link", [f"subject:{merged_id}"], "拆开前核对", region=link.region)
    context = {
        "person": person,
        "link": link,
        "going": going,
        "going_lines": [line_of(one) for one in happenings_of(request.actor, going.ids, most=MOST)],
        "staying_lines": [line_of(one) for one in happenings_of(request.actor, staying, most=MOST)],
        "sum": summed(link.probability, link.parts),
        "problem": problem,
        "reason": reason,
        "most": MOST,
    }
    return render(request, "desk/links/apart.html", context, status=422 if problem else 200)
