"""Which items: what each is, for whom, what it gives, and whether she may; then the form of those chosen."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from guiyan.accounts.web import ActingRequest, sign_in_required
from guiyan.cases import actions, choosing, declared, queries
from guiyan.cases.choosing import Choice
from guiyan.cases.queries import Joint
from guiyan.kernel import calendar, releases
from guiyan.kernel.errors import Refused
from guiyan.packs import Bundle, Item
from guiyan.policies import queries as policies
from guiyan.portal.apply.whose import resident
from guiyan.portal.measures.words import materials_of, measure_words
from guiyan.portal.offices import office_of_item
from guiyan.portal.screening.screening import Screening, screening_for
from guiyan.portal.screening.told import PERSON, Told
from guiyan.portal.together.whose import own_joint, to_their_page
from guiyan.portal.whom import region_of

NOT_NOW = "这项政策现在不能申请，可能还没有发布，或者已经不再执行。"


@require_http_methods(["GET", "POST"])
@sign_in_required
def start(request: ActingRequest, bundle: str) -> HttpResponse:
    """GET: what can be done together. POST: begin with what is chosen, or go on with the draft there is."""
    subject_id, wanted = resident(request.actor), declared.current_bundle(bundle)
    draft = next((one for one in queries.my_joints(request.actor) if is_draft_of(one, bundle)), None)
    if draft is not None and request.method == "GET":
        return redirect("portal:together-form", bundle=bundle, joint_id=draft.pk)
    told = Told.of_kind(request.session, PERSON)
    found = first_choices(wanted, subject_id, known_of(screening_for(request.actor, told), wanted))
    if request.method == "GET":
        return choose(request, wanted, found)
    chosen = request.POST.getlist("items")
    try:
        refuse_closed(found, chosen)
        joint = actions.open_joint(request.actor, bundle=bundle, subject_id=subject_id, entry="self", chosen=chosen)
    except Refused as refusal:
        return choose(request, wanted, found, chosen=chosen, refusal=refusal.message)
    actions.tell_joint(request.actor, joint=joint, told=told.answers)
    return redirect("portal:together-form", bundle=bundle, joint_id=joint.pk)


def is_draft_of(joint: Joint, bundle: str) -> bool:
    return joint.bundle == bundle and joint.is_draft and joint.entry == "self"


def known_of(found: Screening, bundle: Bundle) -> dict[str, object]:
    """What registers hold and what she told: enough to know which items are for her."""
    facts = {**found.told.answers, **{name: row.value for name, row in found.held.items()}}
    return choosing.known_values(bundle, releases.current(), facts)


def first_choices(bundle: Bundle, subject_id: int, known: dict[str, object]) -> list[Choice]:
    return choosing.first_choices(bundle, releases.current(), subject_id, known)


@require_http_methods(["GET", "POST"])
@sign_in_required
def items(request: ActingRequest, bundle: str, joint_id: int) -> HttpResponse:
    """Choose again; what was typed is kept, whatever is left out."""
    joint = own_joint(request.actor, bundle, joint_id)
    if not joint.is_draft:
        return to_their_page(joint)
    found, wanted = choosing.choices(joint), declared.bundle_of(joint)
    if request.method == "GET":
        return choose(request, wanted, found, joint=joint)
    chosen = request.POST.getlist("items")
    try:
        refuse_closed(found, chosen)
        actions.choose_items(request.actor, joint=joint, chosen=chosen)
    except Refused as refusal:
        return choose(request, wanted, found, joint=joint, chosen=chosen, refusal=refusal.message)
    messages.success(request, "已按新选的更新，填过的都在。")
    return redirect("portal:together-form", bundle=bundle, joint_id=joint_id)


def refuse_closed(found: Sequence[Choice], chosen: Sequence[str]) -> None:
    """What no measure in force gives, or what was applied for already, cannot be chosen whatever is sent."""
    for one in found:
        if one.item.id in chosen and (reason := one.why_not or closed(one.item)):
            raise Refused(f"“{one.item.title}”：{reason}", "items")


def closed(item: Item) -> str:
    """Why nobody can apply for it today; empty when one can."""
    return NOT_NOW if item.measure and policies.live_measure(item.measure) is None else ""


def choose(
    request: ActingRequest,
    bundle: Bundle,
    found: Sequence[Choice],
    *,
    joint: Joint | None = None,
    chosen: Sequence[str] | None = None,
    refusal: str = "",
) -> HttpResponse:
    rows = [row_of(request, one, chosen) for one in found]
    context = {
        "bundle": bundle,
        "joint": joint,
        "rows": rows,
        "any_open": any(row["open"] for row in rows),
        "papers": papers_of(found),
        "refusal": refusal,
    }
    return render(request, "portal/together/choose.html", context, status=422 if refusal else 200)


def row_of(request: ActingRequest, one: Choice, chosen: Sequence[str] | None) -> dict[str, Any]:
    """One item as it is offered: for whom, how much, which office, or why it cannot be chosen."""
    live = policies.live_measure(one.item.measure) if one.item.measure else None
    why_not = one.why_not or closed(one.item)
    words = measure_words(live, calendar.today()) if live else None
    return {
        "item": one.item,
        "whom": one.bundled.whom,
        "amount": words.amount if words else "",
        "office": office_of_item(one.item, region_of(request.actor)),
        "why_not": why_not or ("按已经掌握的和您填的，这一项不适用。" if one.offered is False else ""),
        "unsure": one.offered is None and not why_not,
        "open": one.open and not why_not,
        "checked": one.item.id in chosen if chosen is not None else one.chosen,
    }


def papers_of(found: Sequence[Choice]) -> list[dict[str, str]]:
    """What to have at hand, each paper once."""
    rows = {row["label"]: row for one in found if one.open for row in materials_of(one.item)}
    return list(rows.values())
