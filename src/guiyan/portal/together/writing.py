"""Writing them: one form with its files. Whatever is pressed, what was typed is kept first."""

from __future__ import annotations

from functools import partial
from typing import Any

from django.contrib import messages
from django.http import FileResponse, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from guiyan.accounts.web import ActingRequest, sign_in_required
from guiyan.cases import actions, choosing, queries, together
from guiyan.cases.queries import Joint
from guiyan.cases.together_form import TogetherForm
from guiyan.kernel.errors import NotFound
from guiyan.kernel.numbers import whole
from guiyan.portal.apply.files import take_files
from guiyan.portal.my.papers import shown
from guiyan.portal.together.page import form_context
from guiyan.portal.together.whose import own_joint, to_their_page


@require_http_methods(["GET", "POST"])
@sign_in_required
def form_page(request: ActingRequest, bundle: str, joint_id: int) -> HttpResponse:
    """The form. POST keeps what was typed and chosen, then does what the button says."""
    joint = own_joint(request.actor, bundle, joint_id)
    if not joint.is_draft:
        return to_their_page(joint)
    if request.method == "GET":
        return draw(request, joint, TogetherForm(together.parts_of(joint)), {})
    joint = actions.save_joint(request.actor, joint=joint, values=typed(request, joint))
    faults = take_files(request, partial(actions.add_joint_material, request.actor, joint=joint))
    change_files(request, joint)
    if faults:
        return draw(request, joint, TogetherForm(together.parts_of(joint)), faults)
    if request.POST.get("do") == "next":
        return go_on(request, joint)
    if request.POST.get("do") == "later":
        messages.success(request, "已存草稿，随时可以接着填。")
        return redirect("portal:my")
    return redirect(f"{reverse('portal:together-form', args=[bundle, joint_id])}#materials")


def typed(request: ActingRequest, joint: Joint) -> dict[str, object]:
    return TogetherForm(together.parts_of(joint), request.POST).typed


def go_on(request: ActingRequest, joint: Joint) -> HttpResponse:
    """To the check before sending. What by the answers is not for her is left out, and she is told."""
    dropped = [one for one in choosing.choices(joint) if one.chosen and one.offered is False]
    if dropped:
        names = "、".join(f"“{one.item.title}”" for one in dropped)
        left = [name for name in joint.chosen if name not in {one.item.id for one in dropped}]
        if not left:
            messages.warning(request, f"按您填的，{names}不适用。请看看填得对不对，或者另选一件。")
            return redirect("portal:together-items", bundle=joint.bundle, joint_id=joint.pk)
        joint = actions.choose_items(request.actor, joint=joint, chosen=left)
        messages.warning(request, f"按您填的，{names}不适用，已经去掉；填过的都在，改了可以再选上。")
    parts = together.parts_of(joint)
    if together.unfinished(parts):
        form = TogetherForm(parts, request.POST)
        form.complain()
        return draw(request, joint, form, {})
    return redirect("portal:together-check", bundle=joint.bundle, joint_id=joint.pk)


def draw(request: ActingRequest, joint: Joint, form: TogetherForm, faults: dict[str, str]) -> HttpResponse:
    """Answered with 200 also when something is wrong: what was typed must stay saved."""
    context: dict[str, Any] = form_context(joint, form, faults)
    return render(request, "portal/together/form.html", context)


def change_files(request: ActingRequest, joint: Joint) -> None:
    """Take a file out, or take one over from an earlier request."""
    if (row_id := whole(request.POST.get("remove", ""))) is not None:
        row = queries.material_by_id(request.actor, row_id)
        if row.case.joint_id != joint.pk:
            raise NotFound("没有找到这份材料。")
        actions.remove_joint_material(request.actor, joint=joint, row=row)
    if (row_id := whole(request.POST.get("reuse", ""))) is not None:
        earlier = queries.material_by_id(request.actor, row_id)
        actions.reuse_joint_material(request.actor, joint=joint, earlier=earlier)


@require_POST
@sign_in_required
def save(request: ActingRequest, bundle: str, joint_id: int) -> HttpResponse:
    """Autosave: whatever is typed, finished or not."""
    joint = own_joint(request.actor, bundle, joint_id)
    actions.save_joint(request.actor, joint=joint, values=typed(request, joint))
    return HttpResponse(status=204)


@require_safe
@sign_in_required
def file(request: ActingRequest, bundle: str, joint_id: int, row_id: int) -> FileResponse:
    """Look at a file of one's own draft; the reading is logged."""
    joint = own_joint(request.actor, bundle, joint_id)
    row = queries.material_by_id(request.actor, row_id)
    if row.case.joint_id != joint.pk:
        raise NotFound("没有找到这份材料。")
    return shown(request.actor, row.file, row.file_name, f"草稿{row.case_id}")
