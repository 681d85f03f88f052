"""Entering a request for somebody: at the counter, or as a helper with her mandate. Drafts are kept as one types."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from guiyan.accounts.permissions import require
from guiyan.accounts.queries import region_paths
from guiyan.accounts.web import ActingRequest
from guiyan.cases import actions, declared, materials, queries, supplements
from guiyan.cases.entry import ApplicationForm
from guiyan.cases.firm_form import FirmForm
from guiyan.cases.queries import Case
from guiyan.desk.cases.paper_rows import PaperAddresses, papers_of
from guiyan.kernel import calendar, releases
from guiyan.kernel.actors import Actor
from guiyan.kernel.errors import NotFound, Refused
from guiyan.kernel.numbers import whole
from guiyan.packs import Item
from guiyan.registers import queries as registers

NEEDS = {"counter": "case.enter", "helper": "case.help"}
TITLES = {"counter": "窗口代录", "helper": "帮办代办"}


@require_safe
def new(request: ActingRequest) -> HttpResponse:
    """Whom is it for? Found by name at the counter; by mandate for a helper."""
    entry = request.GET.get("entry", "counter")
    if entry not in NEEDS:
        raise NotFound
    require(request.actor, NEEDS[entry])
    text = request.GET.get("q", "").strip()
    people = (
        registers.search(request.actor, text, kind="person", permission="person.view")[:20]
        if text and entry == "counter"
        else []
    )
    places, born = region_paths(one.region for one in people), registers.birth_years(one.pk for one in people)
    context = {
        "entry": entry,
        "title": TITLES[entry],
        "text": text,
        "items": [item for item in releases.current().items.values() if entry in item.entries],
        "bundles": list(releases.current().bundles.values()),
        "people": [
            {"subject": one, "place": told_apart(places.get(one.region, ""), born.get(one.pk))} for one in people
        ],
        "mandates": _usable(request) if entry == "helper" else [],
    }
    return render(request, "desk/cases/new.html", context)


def told_apart(place: str, born: int | None) -> str:
    """What tells people of one name apart: where they live and the year they were born in."""
    return "，".join(words for words in (place, f"{born}年生" if born else "") if words)


def _usable(request: ActingRequest) -> list[dict[str, Any]]:
    today = calendar.today()
    return [
        {
            "mandate": one,
            "why_not": one.why_not_usable(today),
            "item": declared.mandated(one),
        }
        for one in queries.mandates_for(request.actor)
        if one.ended_at is None
    ]


@require_POST
def open_for(request: ActingRequest) -> HttpResponse:
    """Begin the request, or go on with the draft there is."""
    entry, item, subject = (request.POST.get(name, "") for name in ("entry", "item", "subject"))
    if entry not in NEEDS or (subject_id := whole(subject)) is None:
        raise NotFound
    wanted, firm = declared.current_item(item), None
    if wanted.kind == "organisation":
        form = firm_form(request, entry, subject_id)
        if not form.is_bound or not form.is_valid():
            return _which_firm(request, wanted, entry, subject_id, form)
        firm = form.chosen
    try:
        case = actions.open_draft(request.actor, item=item, subject_id=subject_id, entry=entry, firm=firm)
    except Refused as refusal:
        messages.error(request, refusal.message)
        return redirect(f"{reverse('cases:new')}?entry={entry}")
    return redirect("cases:draft", case_id=case.pk)


def firm_form(request: ActingRequest, entry: str, subject_id: int) -> FirmForm:
    """Whoever may begin a request for this person may see which firms are hers."""
    require(request.actor, NEEDS[entry], registers.subject(subject_id), unit=None, subject=None)
    return FirmForm(request.POST if "chosen" in request.POST else None, subject_id=subject_id)


def _which_firm(request: ActingRequest, item: Item, entry: str, subject_id: int, form: FirmForm) -> HttpResponse:
    context = {
        "item": item,
        "entry": entry,
        "subject_id": subject_id,
        "person": registers.subject(subject_id).display_name,
        "form": form,
        "title": TITLES[entry],
        "crumbs": [(TITLES[entry], f"{reverse('cases:new')}?entry={entry}"), (item.title, "")],
    }
    return render(request, "desk/cases/firm.html", context, status=422 if form.is_bound else 200)


@require_http_methods(["GET", "POST"])
def draft(request: ActingRequest, case_id: int) -> HttpResponse:
    """The form with what is held above what is asked. POST submits, or answers the notice of what to add."""
    case = queries.draft_by_id(request.actor, case_id)
    if case.state not in ("draft", "supplement"):
        return _to_its_page(request, case)
    if case.joint_id is not None and case.state == "draft":
        return redirect("cases:together", joint_id=case.joint_id)
    if request.method == "GET":
        return _page(request, case, ApplicationForm(case))
    form = ApplicationForm(case, request.POST, final=True)
    if not form.is_valid():
        return _keep(request, case, form)
    try:
        done = _send(request, case, form)
    except Refused as refusal:
        form.add_error(None, refusal.message)
        if refusal.code == "mandate":
            return _stopped(request, case, form, refusal)
        return _keep(request, case, form)
    messages.success(request, f"已提交，编号{done.number}。")
    return redirect("cases:page", number=done.number)


def _to_its_page(request: ActingRequest, case: Case) -> HttpResponse:
    """To the case that became of the draft; one that was given up before it was submitted has no page."""
    if case.number:
        if request.method == "POST" and sent_before(request.actor, case):
            messages.info(request, f"刚才已经提交，编号{case.number}，不用再点。")
        return redirect("cases:page", number=case.number)
    messages.info(request, f"{case.applicant}的这份草稿已经放弃。需要时重新录入。")
    return redirect("work:list")


def sent_before(actor: Actor, case: Case) -> bool:
    """A second click on sending: the same person has submitted it, or what was to be added, just now."""
    return any(queries.just_did(actor, case, verb) for verb in ("submit", "resubmit"))


def _send(request: ActingRequest, case: Case, form: ApplicationForm) -> Case:
    if case.state == "supplement":
        return actions.resubmit_case(request.actor, case=case, values=form.typed)
    token = request.POST.get("token", "")
    return actions.submit_case(request.actor, case=case, token=token, values=form.typed)


def _keep(request: ActingRequest, case: Case, form: ApplicationForm) -> HttpResponse:
    """Show what is wrong; what was typed is already saved, so that nothing is lost with the page."""
    try:
        case = actions.save_draft(request.actor, case=case, values=form.typed)
    except Refused as refusal:
        if refusal.code != "mandate":
            raise
        return _stopped(request, case, form, refusal)
    form.saved(case)
    return _page(request, case, form)


def _stopped(request: ActingRequest, case: Case, form: ApplicationForm, refusal: Refused) -> HttpResponse:
    """The mandate ended while the draft was open: what was saved stays, what was typed since is still on the page."""
    if refusal.message not in form.non_field_errors():
        form.add_error(None, refusal.message)
    form.add_error(None, f"以前存好的都在，{case.applicant}本人可以接着填；这一页刚填的还没有存，请先别关。")
    return _page(request, case, form, status=403)


def _page(request: ActingRequest, case: Case, form: ApplicationForm, *, status: int = 200) -> HttpResponse:
    asked = supplements.open_materials(case)
    rows = [row for row in materials.rows(case) if asked is None or row.id in asked]
    addresses = PaperAddresses(
        add=lambda material: reverse("cases:add-material", args=[case.pk, material]),
        remove=lambda file: reverse("cases:remove", args=[case.pk, file]),
        reuse=lambda file: reverse("cases:reuse", args=[case.pk, file]),
    )
    context = {
        "case": case,
        "form": form,
        "sections": form.sections(),
        "materials": papers_of(rows, queries.reusable_materials(case), addresses),
        "declaration": declared.form_of(case).declaration,
        "supplement": supplements.waiting(case),
        "wrong": [f"还没有交{row.label}" for row in rows if row.missing] if form.is_bound else [],
        "crumbs": [("我的工作", reverse("work:list")), (case.title, "")],
    }
    return render(request, "desk/cases/draft.html", context, status=status)


@require_POST
def save(request: ActingRequest, case_id: int) -> HttpResponse:
    """Autosave: whatever is typed, finished or not. With `leave` the clerk goes on to other work."""
    case = queries.draft_by_id(request.actor, case_id)
    actions.save_draft(request.actor, case=case, values=ApplicationForm(case, request.POST).typed)
    if "leave" not in request.POST:
        return HttpResponse(status=204)
    messages.success(request, f"已存好{case.applicant}的草稿，可以以后再填。")
    return redirect("work:list")


@require_POST
def withdraw(request: ActingRequest, case_id: int) -> HttpResponse:
    """Give the draft up at the applicant's wish."""
    case = queries.draft_by_id(request.actor, case_id)
    if case.state == "withdrawn":
        return _to_its_page(request, case)
    actions.withdraw_case(request.actor, case=case, reason=request.POST.get("reason", ""))
    messages.success(request, f"已撤回{case.applicant}的申请。")
    return redirect("work:list")


@require_POST
def add_material(request: ActingRequest, case_id: int, material: str) -> HttpResponse:
    """Keep a photo or scan. A file that isn't what its name says is refused in plain words."""
    case = queries.draft_by_id(request.actor, case_id)
    upload = request.FILES.get("file")
    if upload is None:
        messages.error(request, "没有选文件。")
        return redirect("cases:draft", case_id=case_id)
    try:
        row = actions.add_material(
            request.actor, case=case, material=material, name=upload.name or "", content=upload.read()
        )
        messages.success(request, f"已收到{row.label}。")
    except Refused as refusal:
        messages.error(request, refusal.message)
    return redirect(f"{reverse('cases:draft', args=[case_id])}#materials")


@require_POST
def reuse(request: ActingRequest, case_id: int, row_id: int) -> HttpResponse:
    """Take a paper given before."""
    case = queries.draft_by_id(request.actor, case_id)
    earlier = queries.material_by_id(request.actor, row_id)
    actions.reuse_material(request.actor, case=case, material=earlier.material, earlier=earlier)
    return redirect(f"{reverse('cases:draft', args=[case_id])}#materials")


@require_POST
def remove(request: ActingRequest, case_id: int, row_id: int) -> HttpResponse:
    """Take a file out of the unsent request."""
    case = queries.draft_by_id(request.actor, case_id)
    actions.remove_material(request.actor, case=case, row=queries.material_by_id(request.actor, row_id))
    return redirect(f"{reverse('cases:draft', args=[case_id])}#materials")
