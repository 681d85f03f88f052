"""Writing an application: one form with its files. Whatever is pressed, what was typed is kept first."""

from __future__ import annotations

from functools import partial

from django.contrib import messages
from django.http import FileResponse, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from guiyan.accounts.web import ActingRequest, sign_in_required
from guiyan.cases import actions, queries, states
from guiyan.cases.entry import ApplicationForm
from guiyan.cases.queries import Case
from guiyan.kernel.errors import NotFound, Refused
from guiyan.kernel.numbers import whole
from guiyan.portal.apply.files import take_files
from guiyan.portal.apply.page import complaints, draft_context, form_for
from guiyan.portal.apply.whose import own_application, to_its_page
from guiyan.portal.my.papers import shown

EDITABLE = (states.DRAFT, states.SUPPLEMENT)


@require_http_methods(["GET", "POST"])
@sign_in_required
def form_page(request: ActingRequest, item: str, case_id: int) -> HttpResponse:
    """The form. POST keeps what was typed and chosen, then does what the button says."""
    case = own_application(request.actor, item, case_id)
    if case.state not in EDITABLE:
        if request.method == "POST" and queries.just_did(request.actor, case, "resubmit"):
            messages.info(request, "刚才已经补交，不用再点。")
        return to_its_page(case)
    if request.method == "GET":
        return draw(request, case, form_for(case), {})
    form = form_for(case, request.POST)
    case = actions.save_draft(request.actor, case=case, values=form.typed)
    form.saved(case)
    faults = take_files(request, partial(actions.add_material, request.actor, case=case))
    change_files(request, case)
    if faults:
        return draw(request, case, form_for(case), faults)
    if request.POST.get("do") == "next":
        return go_on(request, case, form)
    if request.POST.get("do") == "later":
        messages.success(request, "已存草稿，随时可以接着填。")
        return redirect("portal:my")
    return redirect(f"{reverse('portal:apply-form', args=[item, case_id])}#materials")


def go_on(request: ActingRequest, case: Case, form: ApplicationForm) -> HttpResponse:
    """To the check before submitting; a supplement is handed in at once."""
    if complaints(case, form):
        return draw(request, case, form, {})
    if case.state == states.DRAFT:
        return redirect("portal:apply-check", item=case.item, case_id=case.pk)
    try:
        done = actions.resubmit_case(request.actor, case=case)
    except Refused as refusal:
        form.add_error(None, refusal.message)
        return draw(request, case, form, {})
    messages.success(request, "已补交，经办单位会接着看。")
    return redirect("portal:case", number=done.number)


def draw(request: ActingRequest, case: Case, form: ApplicationForm, faults: dict[str, str]) -> HttpResponse:
    """Answered with 200 also when something is wrong: what was typed must stay saved."""
    return render(request, "portal/apply/form.html", draft_context(case, form, faults))


def change_files(request: ActingRequest, case: Case) -> None:
    """Take a file out, or take one over from an earlier request."""
    for verb, act in (("remove", remove), ("reuse", reuse)):
        row_id = whole(request.POST.get(verb, ""))
        if row_id is not None:
            act(request, case, row_id)


def remove(request: ActingRequest, case: Case, row_id: int) -> None:
    row = queries.material_by_id(request.actor, row_id)
    if row.case_id != case.pk:
        raise NotFound("没有找到这份材料。")
    actions.remove_material(request.actor, case=case, row=row)


def reuse(request: ActingRequest, case: Case, row_id: int) -> None:
    earlier = queries.material_by_id(request.actor, row_id)
    actions.reuse_material(request.actor, case=case, material=earlier.material, earlier=earlier)


@require_POST
@sign_in_required
def save(request: ActingRequest, item: str, case_id: int) -> HttpResponse:
    """Autosave: whatever is typed, finished or not."""
    case = own_application(request.actor, item, case_id)
    actions.save_draft(request.actor, case=case, values=form_for(case, request.POST).typed)
    return HttpResponse(status=204)


@require_safe
@sign_in_required
def file(request: ActingRequest, item: str, case_id: int, row_id: int) -> FileResponse:
    """Look at a file of one's own draft; the reading is logged."""
    case = own_application(request.actor, item, case_id)
    row = queries.material_by_id(request.actor, row_id)
    if row.case_id != case.pk:
        raise NotFound("没有找到这份材料。")
    return shown(request.actor, row.file, row.file_name, f"草稿{case.pk}")
