"""Decisions about one entry: its step on the ladder, and taking a record of a journal back."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from guiyan.accounts.permissions import require
from guiyan.accounts.web import ActingRequest
from guiyan.desk.registers.forms import LevelForm, VoidForm
from guiyan.kernel import releases
from guiyan.kernel.errors import NotFound, Refused
from guiyan.packs.register import Register
from guiyan.registers import actions, queries
from guiyan.registers.tables import register_of


@require_http_methods(["GET", "POST"])
def level(request: ActingRequest, register: str, subject_id: int) -> HttpResponse:
    """Up, down or out, with reason and evidence; below it every decision so far."""
    declared = register_of(releases.current(), register)
    view = queries.entry_view(request.actor, register, subject_id)
    if declared.ladder is None:
        raise NotFound
    require(request.actor, "register.promote", view, unit=None, subject=None)
    form = LevelForm(declared, view.level, request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            change = actions.decide_level(request.actor, register=register, subject_id=subject_id, **form.decision())
        except Refused as refusal:
            form.add_error(refusal.code if refusal.code in form.fields else None, refusal.message)
        else:
            messages.success(request, f"已调到“{queries.level_words(declared, change.after)}”。")
            return redirect("registers:entry", register=register, subject_id=subject_id)
    context = {
        "register": declared,
        "view": view,
        "subject": queries.subject(view.subject_id),
        "form": form,
        "now": queries.level_words(declared, view.level),
        "history": history(declared, queries.levels_of(request.actor, register, view.subject_id)),
        "back_href": reverse("registers:entry", args=[register, subject_id]),
    }
    return render(request, "desk/registers/level.html", context, status=422 if request.method == "POST" else 200)


def history(register: Register, changes: list[Any]) -> list[dict[str, Any]]:
    """What each decision did, in words."""
    steps = {name: place for place, name in enumerate(register.levels, 1)}
    return [
        {
            "change": one,
            "before": queries.level_words(register, one.before),
            "after": queries.level_words(register, one.after),
            "way": way(steps.get(one.before, 0), steps.get(one.after, 0)),
        }
        for one in changes
    ]


def way(before: int, after: int) -> str:
    if not after:
        return "退出"
    if not before:
        return "列入"
    return "晋级" if after > before else "降级"


@require_http_methods(["GET", "POST"])
def void(request: ActingRequest, register: str, subject_id: int) -> HttpResponse:
    """Takes a record back, with the reason; from then on no total counts it."""
    declared = register_of(releases.current(), register)
    view = queries.entry_view(request.actor, register, subject_id)
    if declared.journal is None:
        raise NotFound
    require(request.actor, "register.edit", view, unit=None, subject=None)
    form = VoidForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            gone = actions.void_happening(
                request.actor, register=register, subject_id=subject_id, reason=form.cleaned_data["reason"]
            )
        except Refused as refusal:
            form.add_error(refusal.code if refusal.code in form.fields else None, refusal.message)
        else:
            messages.success(request, f"已作废：{gone.summary}。汇总的数已经跟着改了。")
            return redirect(after_voiding(declared, gone.about_id))
    context = {
        "register": declared,
        "view": view,
        "subject": queries.subject(view.subject_id),
        "form": form,
        "back_href": reverse("registers:entry", args=[register, subject_id]),
    }
    return render(request, "desk/registers/void.html", context, status=422 if request.method == "POST" else 200)


def after_voiding(register: Register, about_id: int) -> str:
    to = register.fields[register.journal.about].refers_to if register.journal else None
    if to is None or not about_id:
        return reverse("registers:list", args=[register.id])
    return f"{reverse('registers:entry', args=[to.register_, about_id])}#journal-{register.id}"
