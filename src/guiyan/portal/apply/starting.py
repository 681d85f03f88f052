"""The start page of an application: what is needed, what is known already, and whether one may apply at all."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from guiyan.accounts.web import ActingRequest, sign_in_required
from guiyan.cases import actions, declared, queries, states
from guiyan.cases.firm_form import FirmForm
from guiyan.cases.queries import Case
from guiyan.kernel import calendar
from guiyan.kernel.actors import Actor
from guiyan.kernel.errors import NotFound, Refused
from guiyan.packs import Item
from guiyan.policies import queries as policies
from guiyan.policies.queries import LiveMeasure
from guiyan.portal.apply.carrying import carried_rows, told_about
from guiyan.portal.apply.promised import promised
from guiyan.portal.apply.whose import resident
from guiyan.portal.measures.words import limit_note, materials_of, measure_words
from guiyan.portal.offices import office_of_item
from guiyan.portal.screening.cards import reason_of
from guiyan.portal.screening.screening import Screening, screening_for
from guiyan.portal.screening.told import Told
from guiyan.portal.whom import region_of


@require_http_methods(["GET", "POST"])
@sign_in_required
def start(request: ActingRequest, item: str) -> HttpResponse:
    """GET: what it takes. POST: begin, or go on with the draft there is. Whoever has applied is told so at once."""
    subject_id, wanted = resident(request.actor), declared.current_item(item)
    if wanted.kind == "organisation":
        return start_for_firm(request, wanted, subject_id)
    drafts, earlier = own_of(request.actor, item)
    if earlier is not None:
        return refused(request, wanted, earlier, "", status=200 if request.method == "GET" else 409)
    if drafts:
        return redirect("portal:apply-form", item=item, case_id=drafts[0].pk)
    if request.method == "GET":
        return intro(request, wanted)
    live_or_refused(wanted)
    try:
        case = actions.open_draft(request.actor, item=item, subject_id=subject_id, entry="self")
    except Refused as refusal:
        return refused(request, wanted, None, refusal.message, status=409)
    actions.carry_told(request.actor, case=case, told=told_about(request.session, wanted))
    return redirect("portal:apply-form", item=item, case_id=case.pk)


def start_for_firm(request: ActingRequest, wanted: Item, subject_id: int) -> HttpResponse:
    """The same for a firm: it is said first for which; a draft of that firm goes on."""
    form = FirmForm(
        request.POST if request.method == "POST" else None, subject_id=subject_id, chosen=asked_about(request)
    )
    live_or_refused(wanted)
    if request.method == "GET" or not form.is_valid():
        return intro(request, wanted, form)
    try:
        case = actions.open_draft(request.actor, item=wanted.id, subject_id=subject_id, entry="self", firm=form.chosen)
    except Refused as refusal:
        if refusal.code == "firm":
            form.add_error(None, refusal.message)
            return intro(request, wanted, form)
        return refused(request, wanted, None, refusal.message, status=409)
    known = form.chosen if isinstance(form.chosen, int) else None
    actions.carry_told(request.actor, case=case, told=told_about(request.session, wanted, known))
    return redirect("portal:apply-form", item=wanted.id, case_id=case.pk)


def asked_about(request: ActingRequest) -> str:
    """The firm that 我能享受什么 was about, as the form names it."""
    return str(Told.of(request.session).firm or "")


def own_of(actor: Actor, item: str) -> tuple[list[Case], Case | None]:
    """Her drafts of this item, and her request that stands in the way of another one."""
    own = [one for one in queries.my_cases(actor) if one.item == item]
    drafts = [one for one in own if one.state == states.DRAFT and one.entry == "self" and one.joint_id is None]
    sent = [one for one in own if one.state != states.DRAFT and one.state not in states.ENDED_WITHOUT_MONEY]
    return drafts, next((one for one in sent if one.once_key), None)


def live_or_refused(wanted: Item) -> LiveMeasure | None:
    """The measure behind the item, as an officer confirmed it; None for an item that no measure gives."""
    if not wanted.measure:
        return None
    live = policies.live_measure(wanted.measure)
    if live is None:
        raise NotFound("这项政策现在不能申请，可能还没有发布，或者已经不再执行。")
    return live


def intro(request: ActingRequest, wanted: Item, form: FirmForm | None = None) -> HttpResponse:
    live = live_or_refused(wanted)
    told = Told.of_kind(request.session, wanted.kind)
    found = screening_for(request.actor, Told(kind=told.kind, firm=told.firm))
    context = {
        "item": wanted,
        "measure": measure_words(live, calendar.today()) if live else None,
        "materials": materials_of(wanted),
        "office": office_of_item(wanted, region_of(request.actor)),
        "promised": promised(wanted),
        "limit_note": limit_note(wanted),
        "against": against(found, live.measure.id) if live and form is None else [],
        "carried": carried_rows(found, wanted, told_about(request.session, wanted, told.firm)),
        "form": form,
        "drafts": own_of(request.actor, wanted.id)[0] if form is not None else [],
    }
    return render(request, "portal/apply/start.html", context, status=422 if form is not None and form.errors else 200)


def against(found: Screening, measure_id: str) -> list[str]:
    """What the registers hold that speaks against it: told before she begins, not after weeks."""
    result = next((one for one in found.results if one.id == measure_id), None)
    if result is None or result.verdict != "no":
        return []
    return [reason_of(found, one)["label"] for one in result.reasons if one.verdict == "no"]


def refused(
    request: ActingRequest, wanted: Item, earlier: Case | None, reason: str, *, status: int = 409
) -> HttpResponse:
    """Applied before: which request, since when, where it stands."""
    href = reverse("portal:case", args=[earlier.number]) if earlier else reverse("portal:my")
    context = {"item": wanted, "earlier": earlier, "reason": reason, "href": href}
    return render(request, "portal/apply/refused.html", context, status=status)
