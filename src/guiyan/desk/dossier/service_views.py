"""Writing a service, its draft, and one service: finishing its next step, striking it."""

from __future__ import annotations

import secrets

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from guiyan.accounts.permissions import decide, require
from guiyan.accounts.queries import region_path
from guiyan.accounts.web import ActingRequest
from guiyan.desk.dossier.forms import FinishForm, ServiceForm, StrikeForm
from guiyan.engagements import actions, queries
from guiyan.engagements.queries import ServiceRecord
from guiyan.kernel import audit, calendar, releases
from guiyan.kernel.errors import NotFound, Refused
from guiyan.registers import queries as registers
from guiyan.registers.queries import Known


@require_http_methods(["GET", "POST"])
def new(request: ActingRequest, subject_id: int) -> HttpResponse:
    """Made for a phone in a village: what is typed is kept on the server, and on the phone when the network is gone."""
    person = registers.known_person(request.actor, subject_id)
    require(request.actor, "service.record", person, unit=None, subject=None)
    kinds = {name: kind.label for name, kind in releases.current().services.items()}
    if request.method == "GET":
        draft = queries.draft_of(request.actor, person.subject_id)
        initial = {"on": calendar.today(), "token": secrets.token_hex(16), **(draft.values if draft else {})}
        return service_page(request, person, ServiceForm(kinds=kinds, initial=initial), restored=draft is not None)
    form = ServiceForm(request.POST, kinds=kinds)
    if form.is_valid():
        values = form.cleaned_data
        try:
            record = actions.record_service(request.actor, subject_id=person.subject_id, **values)
        except Refused as refusal:
            form.add_error(refusal.code if refusal.code in form.fields else None, refusal.message)
        else:
            messages.success(request, f"已记下{person.name}的一次{queries.kind_label(record.kind)}。")
            return redirect(f"{reverse('dossier:page', args=[person.subject_id])}?saved=service")
    return service_page(request, person, form, status=422)


def service_page(
    request: ActingRequest, person: Known, form: ServiceForm, *, restored: bool = False, status: int = 200
) -> HttpResponse:
    context = {
        "person": person,
        "place": region_path(person.region),
        "form": form,
        "restored": restored,
        "crumbs": crumbs(person, "记一次服务"),
    }
    return render(request, "desk/dossier/service_new.html", context, status=status)


def crumbs(person: Known, last: str) -> list[tuple[str, str]]:
    return [(person.name, reverse("dossier:page", args=[person.subject_id])), (last, "")]


@require_POST
def draft(request: ActingRequest, subject_id: int) -> HttpResponse:
    """Autosave: whatever is typed, finished or not."""
    actions.save_service_draft(request.actor, subject_id=subject_id, values=request.POST.dict())
    return HttpResponse(status=204)


@require_http_methods(["GET", "POST"])
def service(request: ActingRequest, service_id: int) -> HttpResponse:
    """One service with what came of its next step."""
    record = queries.service_by_id(request.actor, service_id)
    person = registers.known_person(request.actor, record.subject_id)
    if request.method == "POST":
        return answer(request, record, person)
    audit.record_read(request.actor, "dossier", [f"subject:{person.subject_id}"], "查看服务记录", region=person.region)
    return one_page(request, record, person, FinishForm(), StrikeForm())


def answer(request: ActingRequest, record: ServiceRecord, person: Known) -> HttpResponse:
    """Finish its next step, or strike it."""
    doing = request.POST.get("do", "")
    if doing not in ("finish", "strike"):
        raise NotFound("没有这一步，记录没有改动。")
    form: FinishForm | StrikeForm = FinishForm(request.POST) if doing == "finish" else StrikeForm(request.POST)
    if form.is_valid():
        try:
            if doing == "finish":
                actions.finish_step(request.actor, service_id=record.pk, outcome=form.cleaned_data["outcome"])
                messages.success(request, "下一步已办完。")
            else:
                actions.strike_service(request.actor, service_id=record.pk, reason=form.cleaned_data["reason"])
                messages.success(request, "这条已划去，不再计数，仍可查到。")
        except Refused as refusal:
            form.add_error(None, refusal.message)
        else:
            return redirect("dossier:page", subject_id=person.subject_id)
    finishing = form if isinstance(form, FinishForm) else FinishForm()
    striking = form if isinstance(form, StrikeForm) else StrikeForm()
    return one_page(request, record, person, finishing, striking, status=422)


def one_page(
    request: ActingRequest,
    record: ServiceRecord,
    person: Known,
    finishing: FinishForm,
    striking: StrikeForm,
    status: int = 200,
) -> HttpResponse:
    may = decide(request.actor, "service.record", record, unit=None, subject=None).allowed
    context = {
        "record": record,
        "person": person,
        "kind": queries.kind_label(record.kind),
        "finishing": finishing if record.waits and (may or record.next_for_id == request.actor.user_id) else None,
        "striking": striking if may and record.by_id == request.actor.user_id and record.struck_at is None else None,
        "crumbs": crumbs(person, "服务记录"),
    }
    return render(request, "desk/dossier/service.html", context, status=status)
