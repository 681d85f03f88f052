"""Mandates: a helper brings the signed paper, the counter confirms it with the resident, either ends it."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from guiyan.accounts.permissions import decide, require
from guiyan.accounts.queries import region_paths
from guiyan.accounts.web import ActingRequest
from guiyan.cases import actions, declared, queries
from guiyan.desk.cases.entering import told_apart
from guiyan.desk.cases.mandate_form import MandateForm
from guiyan.kernel import calendar, releases
from guiyan.kernel.actors import holds
from guiyan.kernel.errors import NotAllowed, NotFound, Refused
from guiyan.registers import queries as registers


@require_safe
def mandate_list(request: ActingRequest) -> HttpResponse:
    """A helper's own mandates; at the counter those that wait for the resident."""
    helps, serves = holds(request.actor, "case.help"), holds(request.actor, "case.enter")
    if not helps and not serves:
        raise NotAllowed
    today = calendar.today()
    rows = queries.mandates_for(request.actor) if helps else queries.mandates_waiting(request.actor)
    context = {
        "rows": [
            {
                "mandate": row,
                "item": declared.mandated(row),
                "why_not": row.why_not_usable(today),
            }
            for row in rows
        ],
        "helps": helps,
    }
    return render(request, "desk/cases/mandates.html", context)


@require_http_methods(["GET", "POST"])
def new(request: ActingRequest) -> HttpResponse:
    """Upload the signed paper for a resident of the helper's place."""
    require(request.actor, "case.help")
    pack = releases.current()
    items = [(name, item.title) for name, item in pack.items.items() if "helper" in item.entries]
    items += [(name, f"{one.title}（里面的事项都能办）") for name, one in pack.bundles.items()]
    text = request.GET.get("q", "").strip()
    people = registers.search(request.actor, text, kind="person", permission="person.view") if text else []
    form = MandateForm(request.POST or None, request.FILES or None, items=items)
    if request.method == "POST" and form.is_valid():
        values = form.cleaned_data
        try:
            row = actions.give_mandate(
                request.actor,
                subject_id=values["subject"],
                item=values["item"],
                valid_to=values["valid_to"],
                name=values["paper"].name,
                content=values["paper"].read(),
            )
        except Refused as refusal:
            form.add_error(None, refusal.message)
        else:
            messages.success(request, f"委托书已上传，等{row.subject_name}本人确认。")
            return redirect("cases:mandate", mandate_id=row.pk)
    places, born = region_paths(one.region for one in people), registers.birth_years(one.pk for one in people)
    context = {
        "form": form,
        "text": text,
        "people": [
            {"subject": one, "place": told_apart(places.get(one.region, ""), born.get(one.pk))} for one in people
        ],
        "crumbs": [("帮办委托", reverse("cases:mandates")), ("上传委托书", "")],
    }
    return render(request, "desk/cases/mandate_new.html", context)


@require_http_methods(["GET", "POST"])
def mandate(request: ActingRequest, mandate_id: int) -> HttpResponse:
    """One mandate: confirm it with the resident present, or end it."""
    row = queries.mandate_by_id(request.actor, mandate_id)
    if request.method == "POST":
        if request.POST.get("do") not in ("confirm", "end"):
            raise NotFound("没有这一步，委托没有改动。请回到委托页面，点“确认委托”或“终止委托”。")
        try:
            if request.POST.get("do") == "confirm":
                actions.confirm_mandate(request.actor, mandate=row)
                messages.success(request, f"已确认：{row.subject_name}委托{row.helper_label}代办。")
            else:
                actions.end_mandate(request.actor, mandate=row, reason=request.POST.get("reason", ""))
                messages.success(request, "委托已终止。")
        except Refused as refusal:
            messages.error(request, refusal.message)
        return redirect("cases:mandate", mandate_id=mandate_id)
    context = {
        "mandate": row,
        "item": declared.mandated(row),
        "why_not": row.why_not_usable(calendar.today()),
        "may_confirm": row.confirmed_at is None
        and row.ended_at is None
        and row.helper_id != request.actor.user_id
        and decide(request.actor, "case.enter", row).allowed,
        "crumbs": [("帮办委托", reverse("cases:mandates")), (row.subject_name, "")],
    }
    return render(request, "desk/cases/mandate.html", context)
