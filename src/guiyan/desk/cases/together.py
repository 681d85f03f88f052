"""Entering several requests with one form (一件事) for somebody: at the counter, or as a helper with her mandate."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from guiyan.accounts.permissions import require
from guiyan.accounts.web import ActingRequest
from guiyan.cases import actions, choosing, declared, queries, together
from guiyan.cases.permissions import is_own
from guiyan.cases.queries import Joint
from guiyan.cases.together_form import TogetherForm, declarations, material_rows
from guiyan.desk.cases.paper_rows import PaperAddresses, papers_of
from guiyan.kernel.actors import Actor
from guiyan.kernel.errors import NotFound, Refused
from guiyan.kernel.numbers import whole
from guiyan.registers import queries as registers

NEEDS = {"counter": "case.enter", "helper": "case.help"}


def entered_by(actor: Actor, joint_id: int) -> Joint:
    """What the actor entered for somebody; a resident's own is the portal's."""
    joint = queries.joint_draft(actor, joint_id)
    if joint.entry == "self" or is_own(actor, joint.subject_id):
        raise NotFound("没有找到这份草稿。")
    return joint


@require_POST
def open_for(request: ActingRequest) -> HttpResponse:
    """Begin with the items that are clearly for this person, or go on with the draft there is."""
    entry, bundle, subject = (request.POST.get(name, "") for name in ("entry", "bundle", "subject"))
    if entry not in NEEDS or (subject_id := whole(subject)) is None:
        raise NotFound
    require(request.actor, NEEDS[entry], registers.subject(subject_id), unit=None, subject=None)
    try:
        joint = actions.open_joint(
            request.actor,
            bundle=bundle,
            subject_id=subject_id,
            entry=entry,
            chosen=choosing.likely(declared.current_bundle(bundle), subject_id),
        )
    except Refused as refusal:
        messages.error(request, refusal.message)
        return redirect(f"{reverse('cases:new')}?entry={entry}")
    return redirect("cases:together", joint_id=joint.pk)


@require_http_methods(["GET", "POST"])
def draft(request: ActingRequest, joint_id: int) -> HttpResponse:
    """The one form. POST sends all that is chosen, or says everything that is missing."""
    joint = entered_by(request.actor, joint_id)
    if not joint.is_draft:
        return to_the_first(request, joint)
    if request.method == "GET":
        return drawn(request, joint, TogetherForm(together.parts_of(joint)))
    values = TogetherForm(together.parts_of(joint), request.POST).typed
    try:
        joint = actions.save_joint(request.actor, joint=joint, values=values)
    except Refused as refusal:
        return told(request, joint, refusal)
    if together.unfinished(together.parts_of(joint)):
        form = TogetherForm(together.parts_of(joint), request.POST)
        form.complain()
        return drawn(request, joint, form)
    try:
        joint = actions.submit_joint(request.actor, joint=joint, token=request.POST.get("token", ""))
    except Refused as refusal:
        return told(request, joint, refusal)
    messages.success(request, f"{len(joint.chosen)}件都已提交，一件事编号{joint.number}。")
    return to_the_first(request, joint)


def told(request: ActingRequest, joint: Joint, refusal: Refused) -> HttpResponse:
    """Why it was not taken, above what was typed."""
    form = TogetherForm(together.parts_of(joint), request.POST)
    form.add_error(None, refusal.message)
    return drawn(request, joint, form, status=403 if refusal.code == "mandate" else 200)


def to_the_first(request: ActingRequest, joint: Joint) -> HttpResponse:
    """To the first of the requests: its page leads to the others."""
    cases = queries.cases_of_joint(joint)
    if not cases:
        messages.info(request, f"{joint.applicant}的这份草稿已经放弃。需要时重新录入。")
        return redirect("work:list")
    return redirect("cases:page", number=cases[0].number)


def drawn(request: ActingRequest, joint: Joint, form: TogetherForm, *, status: int = 200) -> HttpResponse:
    rows = material_rows(form.cases)
    own = {case.pk for case in form.cases}
    earlier = {id: file for id, file in queries.reusable_materials(form.cases[0]).items() if file.case_id not in own}
    addresses = PaperAddresses(
        add=lambda material: reverse("cases:together-material", args=[joint.pk, material]),
        remove=lambda file: reverse("cases:together-remove", args=[joint.pk, file]),
        reuse=lambda file: reverse("cases:together-reuse", args=[joint.pk, file]),
    )
    context = {
        "joint": joint,
        "form": form,
        "choices": choosing.choices(joint),
        "sections": form.sections(),
        "materials": papers_of(rows, earlier, addresses),
        "declaration": declarations(form.cases),
        "wrong": [f"还没有交{row.label}" for row in rows if row.missing] if form.is_bound else [],
        "crumbs": [("我的工作", reverse("work:list")), (joint.title, "")],
    }
    return render(request, "desk/cases/together.html", context, status=status)


@require_POST
def save(request: ActingRequest, joint_id: int) -> HttpResponse:
    """Autosave: whatever is typed, finished or not. With `leave` the clerk goes on to other work."""
    joint = entered_by(request.actor, joint_id)
    values = TogetherForm(together.parts_of(joint), request.POST).typed
    actions.save_joint(request.actor, joint=joint, values=values)
    if "leave" not in request.POST:
        return HttpResponse(status=204)
    messages.success(request, f"已存好{joint.applicant}的草稿，可以以后再填。")
    return redirect("work:list")


@require_POST
def items(request: ActingRequest, joint_id: int) -> HttpResponse:
    """Choose again; what was typed is kept, whatever is left out."""
    joint = entered_by(request.actor, joint_id)
    try:
        actions.choose_items(request.actor, joint=joint, chosen=request.POST.getlist("items"))
        messages.success(request, "已按新选的更新，填过的都在。")
    except Refused as refusal:
        messages.error(request, refusal.message)
    return redirect("cases:together", joint_id=joint_id)


@require_POST
def drop(request: ActingRequest, joint_id: int) -> HttpResponse:
    """Give the drafts up at the applicant's wish."""
    joint = entered_by(request.actor, joint_id)
    if joint.is_draft:
        actions.drop_joint(request.actor, joint=joint)
        messages.success(request, f"已放弃{joint.applicant}的草稿。")
    return redirect("work:list")


@require_POST
def add_material(request: ActingRequest, joint_id: int, material: str) -> HttpResponse:
    """Keep a photo or scan for all that ask for it."""
    joint = entered_by(request.actor, joint_id)
    upload = request.FILES.get("file")
    try:
        if upload is None:
            raise Refused("没有选文件。", "file")
        row = actions.add_joint_material(
            request.actor, joint=joint, material=material, name=upload.name or "", content=upload.read()
        )
        messages.success(request, f"已收到{row.label}。")
    except Refused as refusal:
        messages.error(request, refusal.message)
    return redirect(f"{reverse('cases:together', args=[joint_id])}#materials")


@require_POST
def reuse(request: ActingRequest, joint_id: int, row_id: int) -> HttpResponse:
    """Take a paper given before."""
    joint = entered_by(request.actor, joint_id)
    actions.reuse_joint_material(request.actor, joint=joint, earlier=queries.material_by_id(request.actor, row_id))
    return redirect(f"{reverse('cases:together', args=[joint_id])}#materials")


@require_POST
def remove(request: ActingRequest, joint_id: int, row_id: int) -> HttpResponse:
    """Take a file out of all the drafts it is in."""
    joint, row = entered_by(request.actor, joint_id), queries.material_by_id(request.actor, row_id)
    if row.case.joint_id != joint.pk:
        raise NotFound("没有找到这份材料。")
    actions.remove_joint_material(request.actor, joint=joint, row=row)
    return redirect(f"{reverse('cases:together', args=[joint_id])}#materials")
