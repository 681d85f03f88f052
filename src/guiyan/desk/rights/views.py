"""Requests: the list, and one with her claim beside what the sources say."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.http import FileResponse, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from guiyan.accounts.permissions import decide
from guiyan.accounts.queries import region_path, region_paths
from guiyan.accounts.web import ActingRequest
from guiyan.cases.queries import Lights
from guiyan.desk.logs import log_line
from guiyan.desk.paging import paged
from guiyan.desk.rights.words import what_of
from guiyan.kernel import audit, files, releases, workflow
from guiyan.kernel.actors import holds
from guiyan.kernel.errors import NotAllowed, NotFound, Refused
from guiyan.kernel.texts import FORM_WORDS
from guiyan.registers import actions, states
from guiyan.registers import queries as registers
from guiyan.registers.models import DataRequest
from guiyan.registers.queries import rights
from guiyan.registers.showing import regions_in, shown

VIEWS = {states.ASKED: "待答复", "": "全部"}
ACCEPT, BLOCK, ERASE, REFUSE = "accept", "block", "erase", "refuse"


class AnswerForm(forms.Form):
    """What is decided, by what right, and the words that she is told."""

    decision = forms.ChoiceField(
        label="怎么办",
        widget=forms.RadioSelect,
        error_messages={**FORM_WORDS, "required": "请选择怎么办。"},
    )
    basis = forms.CharField(label="依据", required=False, max_length=200, error_messages=FORM_WORDS)
    note = forms.CharField(
        label="答复",
        required=False,
        max_length=500,
        help_text="告诉本人的话；不同意的写明理由",
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages=FORM_WORDS,
    )

    def __init__(self, kind: str, *args: Any) -> None:
        super().__init__(*args)
        correct = [(ACCEPT, "同意，照本人说的更正")]
        erase = [(ERASE, "删除，依法要保存的封存"), (BLOCK, "不删除，全部封存")]
        field = self.fields["decision"]
        field.choices = [  # type: ignore[attr-defined]
            *(correct if kind == states.CORRECT else erase),
            (REFUSE, "不同意"),
        ]
        self.kind = kind

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        decision = said.get("decision")
        if decision in (BLOCK, ERASE, REFUSE) and not str(said.get("basis") or "").strip():
            self.add_error("basis", "请写明依据。")
        if decision == REFUSE and not str(said.get("note") or "").strip():
            self.add_error("note", "请写明不同意的理由。")
        return said


@require_safe
def request_list(request: ActingRequest) -> HttpResponse:
    if not holds(request.actor, rights.VIEW):
        raise NotAllowed
    view = request.GET.get("view", states.ASKED)
    view = view if view in VIEWS else states.ASKED
    rows, pager = paged(request, rights.requests_for(request.actor, state=view), "件")
    names = registers.names_of_subjects(one.subject_id for one in rows)
    due = due_days(rows)
    lights = Lights()
    pack = releases.current()
    context = {
        "rows": [
            {
                "asked": one,
                "who": names.get(one.subject_id, ""),
                "what": what_of(one),
                "register": pack.registers[one.register].label if one.register in pack.registers else "",
                "light": lights.of(due.get(one.pk)) if one.is_open else None,
            }
            for one in rows
        ],
        "pager": pager,
        "tabs": [{"label": label, "href": f"?view={key}", "current": key == view} for key, label in VIEWS.items()],
        "view": view,
        "may_see_blocked": holds(request.actor, "data.blocked"),
    }
    return render(request, "desk/rights/list.html", context)


def due_days(rows: list[DataRequest]) -> dict[int, Any]:
    clocks = workflow.clocks_of(DataRequest, [one.pk for one in rows if one.is_open])
    return {pk: next((clock.due_on for clock in found if clock.running), None) for pk, found in clocks.items()}


@require_http_methods(["GET", "POST"])
def request_page(request: ActingRequest, request_id: int) -> HttpResponse:
    """Her claim beside the sources; sending decides, erasing when said twice. Opening it is logged as a look at her."""
    found = rights.request_by_id(request.actor, request_id)
    form = AnswerForm(found.kind, *([request.POST] if request.method == "POST" else []))
    asks_again = False
    if request.method == "POST" and form.is_valid():
        asks_again = form.cleaned_data["decision"] == ERASE and "sure" not in request.POST
    if request.method == "POST" and form.is_valid() and not asks_again:
        try:
            answer(request, found, form.cleaned_data)
        except Refused as refusal:
            form.add_error(None, refusal.message)
        else:
            messages.success(request, "已答复，本人会收到消息。")
            return redirect("rights:page", request_id=request_id)
    audit.record_read(
        request.actor, "data.request", [f"subject:{found.subject_id}"], f"答复申请{found.number}", region=found.region
    )
    context = page_of(request, found) | {"form": form, "asks_again": asks_again}
    return render(request, "desk/rights/page.html", context, status=422 if form.errors else 200)


def answer(request: ActingRequest, found: DataRequest, said: dict[str, Any]) -> None:
    decision, basis, note = said["decision"], said["basis"], said["note"]
    if decision == REFUSE:
        actions.refuse_request(request.actor, request_id=found.pk, reason=note, basis=basis)
    elif decision == ACCEPT:
        actions.accept_correction(request.actor, request_id=found.pk, note=note)
    else:
        actions.decide_erasure(request.actor, request_id=found.pk, erase=decision == ERASE, basis=basis, note=note)


def page_of(request: ActingRequest, found: DataRequest) -> dict[str, Any]:
    pack = releases.current()
    register = pack.registers.get(found.register)
    field = register.fields.get(found.field) if register else None
    said = rights.said_of_field(found) if field else []
    places = region_paths(regions_in([field], [{field.id: row[1]} for row in said])) if field else {}
    own = found.subject_id in request.actor.subject_ids
    return {
        "asked": found,
        "what": what_of(found),
        "register": register,
        "field": field,
        "who": registers.names_of_subjects([found.subject_id]).get(found.subject_id, ""),
        "place": region_path(found.region),
        "claim": rights.claim_of(found),
        "said": [
            {"source": source, "shown": shown(field, value, places), "day": day, "basis": basis}
            for source, value, day, basis in said
            if field is not None
        ],
        "kept": rights.kept_of(found) if found.kind == states.ERASE else [],
        "clock": next(iter(workflow.clocks(found)), None),
        "may_answer": found.is_open
        and not own
        and bool(decide(request.actor, rights.ANSWER, found, unit=None, subject=None)),
        "log": [log_line(entry) for entry in reversed(workflow.history(found))],
    }


@require_safe
def paper(request: ActingRequest, request_id: int) -> FileResponse:
    """What she handed in to show it."""
    found = rights.request_by_id(request.actor, request_id)
    if found.paper is None:
        raise NotFound
    content = files.open_file(request.actor, found.paper, purpose=f"答复申请{found.number}")
    return FileResponse(content, filename=found.paper.name)
