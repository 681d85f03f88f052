"""Mandates: what a helper asks for, the signed paper, and the resident's yes or no."""

from __future__ import annotations

from django.contrib import messages
from django.http import FileResponse, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from guiyan.accounts.web import ActingRequest, sign_in_required
from guiyan.cases import actions, declared, queries
from guiyan.cases.queries import Mandate
from guiyan.kernel import calendar
from guiyan.kernel.errors import NotFound
from guiyan.portal.my.papers import shown


def own_mandate(request: ActingRequest, mandate_id: int) -> Mandate:
    found = queries.mandate_by_id(request.actor, mandate_id)
    if found.subject_id not in request.actor.subject_ids:
        raise NotFound("没有找到这份委托书。")
    return found


@require_safe
@sign_in_required
def mandate(request: ActingRequest, mandate_id: int) -> HttpResponse:
    found = own_mandate(request, mandate_id)
    context = {
        "mandate": found,
        "item": declared.mandated(found),
        "waiting": found.confirmed_at is None and found.ended_at is None,
        "usable": not found.why_not_usable(calendar.today()),
    }
    return render(request, "portal/my/mandate.html", context)


@require_safe
@sign_in_required
def paper(request: ActingRequest, mandate_id: int) -> FileResponse:
    """The paper that was uploaded as hers; the reading is logged."""
    found = own_mandate(request, mandate_id)
    return shown(request.actor, found.signed_file, found.signed_file.name, f"委托书{found.pk}")


@require_POST
@sign_in_required
def confirm(request: ActingRequest, mandate_id: int) -> HttpResponse:
    found = own_mandate(request, mandate_id)
    actions.confirm_mandate(request.actor, mandate=found)
    messages.success(request, f"已确认，{found.helper_label}可以替您办了。随时可以收回。")
    return redirect("portal:mandate", mandate_id=mandate_id)


@require_POST
@sign_in_required
def end(request: ActingRequest, mandate_id: int) -> HttpResponse:
    """Refuse it, or take it back."""
    found = own_mandate(request, mandate_id)
    refused = found.confirmed_at is None
    actions.end_mandate(request.actor, mandate=found, reason="本人拒绝" if refused else "本人收回")
    messages.success(request, "已拒绝，对方不能代办。" if refused else "委托已收回，对方不能再代办。")
    return redirect("portal:my")
