"""Looking it over, submitting it once, the receipt; or giving a draft up."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from guiyan.accounts.web import ActingRequest, sign_in_required
from guiyan.cases import actions, answers, contents, declared, materials, queries, states
from guiyan.cases.queries import Case
from guiyan.kernel.errors import Refused
from guiyan.portal.apply.promised import promised
from guiyan.portal.apply.starting import refused
from guiyan.portal.apply.whose import own_application, to_its_page
from guiyan.portal.my.timeline import timeline_of


@require_http_methods(["GET", "POST"])
@sign_in_required
def check(request: ActingRequest, item: str, case_id: int) -> HttpResponse:
    """Everything on one page before it goes. POST submits what was on the page; a second click finds the same case."""
    case = own_application(request.actor, item, case_id)
    if case.state == states.DRAFT and request.method == "GET":
        return look_over(request, case)
    if case.state != states.DRAFT and request.method == "GET":
        return to_its_page(case)
    if case.state != states.DRAFT and not case.number:
        return to_its_page(case)
    try:
        token, confirmed = request.POST.get("token", ""), request.POST.get("confirmed", "")
        actions.submit_case(request.actor, case=case, token=token, confirmed=confirmed)
    except Refused as refusal:
        if refusal.code == "already":
            return refused(request, declared.current_item(item), None, refusal.message, status=409)
        return look_over(request, own_application(request.actor, item, case_id), refusal.message)
    return redirect("portal:apply-done", item=item, case_id=case_id)


def look_over(request: ActingRequest, case: Case, refusal: str = "") -> HttpResponse:
    if answers.problems(case) or materials.lacking(case):
        messages.warning(request, "还有没填完的，填好再提交。")
        return redirect("portal:apply-form", item=case.item, case_id=case.pk)
    context = {
        "case": case,
        "sections": rows_by_section(case),
        "materials": [row for row in materials.rows(case) if row.files],
        "declaration": declared.form_of(case).declaration,
        "promised": promised(declared.item_of(case), case.unit.short_name or case.unit.name),
        "refusal": refusal,
        "mark": contents.mark_of(case),
    }
    return render(request, "portal/apply/check.html", context, status=409 if refusal else 200)


def rows_by_section(case: Case) -> list[dict[str, Any]]:
    rows = {row.id: row for row in answers.answer_rows(case)}
    return [
        {
            "title": section.title,
            "rows": [
                {"label": rows[name].label, "value": rows[name].value, "source": rows[name].source}
                for name in section.fields
            ],
        }
        for section in declared.form_of(case).sections
    ]


@require_safe
@sign_in_required
def done(request: ActingRequest, item: str, case_id: int) -> HttpResponse:
    """The receipt: number, code, what happens next and by when."""
    case = own_application(request.actor, item, case_id)
    if case.state == states.DRAFT:
        return redirect("portal:apply-form", item=item, case_id=case_id)
    if not case.number:
        return to_its_page(case)
    path = f"/p/{queries.progress_token(case)}/"
    context = {
        "case": case,
        "unit": case.unit,
        "promised": promised(declared.item_of(case)),
        "phone": declared.item_of(case).phone,
        "check_url": request.build_absolute_uri(path),
        "steps": timeline_of(case, queries.progress_steps(case), ()),
    }
    return render(request, "portal/apply/done.html", context)


@require_http_methods(["GET", "POST"])
@sign_in_required
def drop(request: ActingRequest, item: str, case_id: int) -> HttpResponse:
    """Give a draft up, after asking."""
    case = own_application(request.actor, item, case_id)
    if case.state != states.DRAFT:
        return to_its_page(case)
    if request.method == "POST":
        actions.withdraw_case(request.actor, case=case, reason="本人放弃草稿")
        messages.success(request, "草稿已放弃。需要时可以重新申请。")
        return redirect("portal:my")
    return render(request, "portal/apply/drop.html", {"case": case})
