"""What is blocked: who, and for a stated reason what; and lifting it."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from guiyan.accounts.permissions import require
from guiyan.accounts.queries import region_paths
from guiyan.accounts.web import ActingRequest
from guiyan.desk.paging import paged
from guiyan.kernel import releases
from guiyan.kernel.errors import NotFound
from guiyan.kernel.texts import FORM_WORDS
from guiyan.registers import actions
from guiyan.registers import queries as registers
from guiyan.registers.queries import rights
from guiyan.registers.showing import regions_in, shown


class ReasonForm(forms.Form):
    reason = forms.CharField(
        label="为什么",
        max_length=200,
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={**FORM_WORDS, "required": "请写明原因。"},
    )


@require_safe
def blocked_list(request: ActingRequest) -> HttpResponse:
    """By number and place; names are part of what is blocked."""
    require(request.actor, rights.BLOCKED)
    rows, pager = paged(request, rights.blocks_for(request.actor), "份")
    places = region_paths({one.region for one in rows})
    labels = {name: one.label for name, one in releases.current().registers.items()}
    context = {
        "rows": [
            {
                "block": one,
                "place": places.get(one.region, ""),
                "registers": "、".join(labels.get(name, name) for name in one.registers),
            }
            for one in rows
        ],
        "pager": pager,
    }
    return render(request, "desk/rights/blocked.html", context)


@require_http_methods(["GET", "POST"])
def blocked_page(request: ActingRequest, block_id: int) -> HttpResponse:
    """Asks what for, then shows it once; the reading is logged before it is shown."""
    block = rights.blocks_for(request.actor).filter(pk=block_id).first()
    if block is None:
        raise NotFound
    form = ReasonForm(request.POST if request.method == "POST" else None)
    cards: list[dict[str, Any]] = []
    seen = request.method == "POST" and form.is_valid()
    who = ""
    if seen:
        _, entries = rights.see_blocked(request.actor, block_id=block_id, reason=form.cleaned_data["reason"])
        who = registers.names_of_subjects([block.subject_id]).get(block.subject_id, "")
        for entry in entries:
            values = {one.field.id: one.value for one in entry.fields}
            places = region_paths(regions_in([one.field for one in entry.fields], [values]))
            rows = [{"held": one, "shown": shown(one.field, one.value, places)} for one in entry.fields]
            cards.append({"register": entry.register, "rows": rows})
    context = {"blocked": block, "form": form, "cards": cards, "seen": seen, "who": who, "lift_form": ReasonForm()}
    response = render(request, "desk/rights/block.html", context, status=422 if form.errors else 200)
    response.headers["Cache-Control"] = "no-store"
    return response


@require_POST
def lift(request: ActingRequest, block_id: int) -> HttpResponse:
    block = rights.blocks_for(request.actor).filter(pk=block_id).first()
    if block is None:
        raise NotFound
    left = actions.lift_block(request.actor, subject_id=block.subject_id, reason=request.POST.get("reason", ""))
    messages.success(
        request, "已解除封存，名录里又有了，原来的对接也恢复了。" if not left else "已解除封存，名录里又有了。"
    )
    if left:
        messages.warning(request, f"没有恢复的对接：{'；'.join(left)}。请另外安排。")
    return redirect("rights:blocked")
