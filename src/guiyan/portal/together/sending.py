"""Looking it over, sending all of it once, the receipt with one code; or giving the drafts up."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from guiyan.accounts.web import ActingRequest, sign_in_required
from guiyan.cases import actions, declared, queries, together
from guiyan.cases.queries import Case, Joint
from guiyan.cases.together_form import answer_sections, declarations, material_rows
from guiyan.kernel.errors import Refused
from guiyan.portal.apply.promised import promised
from guiyan.portal.together.whose import own_joint, to_their_page


@require_http_methods(["GET", "POST"])
@sign_in_required
def check(request: ActingRequest, bundle: str, joint_id: int) -> HttpResponse:
    """Everything on one page before it goes. POST sends what was on the page; a second click finds the same."""
    joint = own_joint(request.actor, bundle, joint_id)
    if not joint.is_draft and (request.method == "GET" or not joint.number):
        return to_their_page(joint)
    if request.method == "GET":
        return look_over(request, joint)
    try:
        token, confirmed = request.POST.get("token", ""), request.POST.get("confirmed", "")
        actions.submit_joint(request.actor, joint=joint, token=token, confirmed=confirmed)
    except Refused as refusal:
        return look_over(request, own_joint(request.actor, bundle, joint_id), refusal.message)
    return redirect("portal:together-done", bundle=bundle, joint_id=joint_id)


def look_over(request: ActingRequest, joint: Joint, refusal: str = "") -> HttpResponse:
    parts = together.parts_of(joint)
    if together.unfinished(parts):
        messages.warning(request, "还有没填完的，填好再提交。")
        return redirect("portal:together-form", bundle=joint.bundle, joint_id=joint.pk)
    context = {
        "joint": joint,
        "parts": [part_of(case) for case in parts],
        "sections": answer_sections(parts),
        "materials": [row for row in material_rows(parts) if row.files],
        "declaration": declarations(parts),
        "refusal": refusal,
        "mark": together.mark_of(parts),
    }
    return render(request, "portal/together/check.html", context, status=409 if refusal else 200)


def part_of(case: Case) -> dict[str, Any]:
    """One of them: its sum, its office, when she hears."""
    item = declared.item_of(case)
    return {"case": case, "item": item, "promised": promised(item), "unit": case.unit.short_name or case.unit.name}


@require_safe
@sign_in_required
def done(request: ActingRequest, bundle: str, joint_id: int) -> HttpResponse:
    """The receipt: the number they share, the code that shows all, each with its own number and first day."""
    joint = own_joint(request.actor, bundle, joint_id)
    if joint.is_draft:
        return redirect("portal:together-form", bundle=bundle, joint_id=joint_id)
    if not joint.number:
        return to_their_page(joint)
    context = {
        "joint": joint,
        "parts": [part_of(case) for case in queries.cases_of_joint(joint)],
        "check_url": request.build_absolute_uri(f"/p/{queries.joint_token(joint)}/"),
    }
    return render(request, "portal/together/done.html", context)


@require_http_methods(["GET", "POST"])
@sign_in_required
def drop(request: ActingRequest, bundle: str, joint_id: int) -> HttpResponse:
    """Give all the drafts up, after asking."""
    joint = own_joint(request.actor, bundle, joint_id)
    if not joint.is_draft:
        return to_their_page(joint)
    if request.method == "POST":
        actions.drop_joint(request.actor, joint=joint)
        messages.success(request, "草稿已放弃。需要时可以重新办理。")
        return redirect("portal:my")
    return render(request, "portal/together/drop.html", {"joint": joint})
