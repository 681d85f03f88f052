"""What one asked, ordered or booked: its state, what the office replied, and taking it back."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from guiyan.accounts.offices import unit_by_id
from guiyan.accounts.queries import region_paths
from guiyan.accounts.web import ActingRequest, sign_in_required
from guiyan.kernel.errors import NotFound, Refused
from guiyan.registers import actions, queries
from guiyan.registers.keeping.conditions import sections_shown
from guiyan.registers.showing import regions_in, shown


@require_safe
@sign_in_required
def answer(request: ActingRequest, register: str, subject_id: int) -> HttpResponse:
    view = queries.own_answer(request.actor, register, subject_id)
    context = {
        "view": view,
        "sections": rows_of(view),
        "unit": office_name(view.unit_id),
        "entry_href": public_href(view),
        "back": ("我的", reverse("portal:my")),
    }
    return render(request, "portal/my/answer.html", context)


@require_http_methods(["GET", "POST"])
@sign_in_required
def take_back(request: ActingRequest, register: str, subject_id: int) -> HttpResponse:
    """Asks once more, then cancels."""
    view = queries.own_answer(request.actor, register, subject_id)
    refusal = ""
    if request.method == "POST":
        try:
            actions.take_back(request.actor, register=register, subject_id=subject_id)
        except Refused as late:
            refusal = late.message
        else:
            messages.success(request, "已取消。")
            return redirect("portal:my-answer", register=register, subject_id=subject_id)
    context = {"view": view, "refusal": refusal, "sections": rows_of(view)}
    return render(request, "portal/my/answer_cancel.html", context, status=409 if refusal else 200)


def office_name(unit_id: int | None) -> str:
    if unit_id is None:
        return ""
    unit = unit_by_id(unit_id)
    return unit.short_name or unit.name


def rows_of(view: queries.AnswerView) -> list[dict[str, object]]:
    """What was filled in, and what came of it; the answered entry's own key is left to the office."""
    register = view.line.register
    hidden = {view.rule.field, register.title_field, register.key_field}
    places = region_paths(regions_in(register.fields.values(), [view.values]))
    found: list[dict[str, object]] = []
    for section in sections_shown(register, view.values):
        rows = [
            {"label": register.fields[name].label, "shown": shown(register.fields[name], view.values[name], places)}
            for name in section.fields
            if name not in hidden and view.values.get(name) not in (None, (), "")
        ]
        if rows:
            found.append({"title": section.title, "rows": rows})
    return found


def public_href(view: queries.AnswerView) -> str:
    """Where the entry is out; empty when it is not any more."""
    if view.answered_id is None:
        return ""
    answered = queries.answered_of(view.line.register)
    token = queries.token_of(answered.id, view.answered_id)
    try:
        queries.public_entry(answered.id, token)
    except NotFound:
        return ""
    return reverse("portal:entry", args=[answered.id, token])
