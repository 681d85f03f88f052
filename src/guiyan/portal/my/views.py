"""我的 and the page of one's own case."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from guiyan.accounts.web import ActingRequest, sign_in_required
from guiyan.cases import actions, declared, queries
from guiyan.cases.reckoning_words import reckoning_lines
from guiyan.kernel.actors import Actor
from guiyan.kernel.errors import NotFound
from guiyan.outreach import queries as outreach
from guiyan.portal.my.award import award_step
from guiyan.portal.my.case_page import page_of
from guiyan.portal.my.todo import todos_from
from guiyan.registers import queries as registers

LATEST = 10
ANSWER = "answer:"
RECKONED = {"submitted": "按提交时查到的先算，审核时再核定。", "reviewed": "审核时按查到的事实核定。"}
LATEST_POLICIES = 3


def own_case(actor: Actor, number: str) -> queries.Case:
    """Her own case by its number. Officers have the desk for the cases of others."""
    case = queries.case_by_number(actor, number)
    if case.subject_id not in actor.subject_ids:
        raise NotFound("没有找到这个编号的办件。")
    return case


@require_safe
@sign_in_required
def my(request: ActingRequest) -> HttpResponse:
    own, told = queries.my_cases(request.actor), queries.messages_for(request.actor)
    mandates = queries.mandates_for(request.actor) if request.actor.subject_id is not None else []
    who = request.actor.subject_id
    joints = queries.my_joints(request.actor)
    context = {
        "joints": [one for one in joints if one.number],
        "reports": registers.own_reports(request.actor),
        "may_report": bool(registers.open_to_residents()),
        "answers": registers.own_answers(request.actor)[:LATEST],
        "helpers": [one for one in registers.standing_of(who) if one.helpers] if who is not None else [],
        "resident": request.actor.subject_id is not None,
        "policy_messages": outreach.my_messages(request.actor)[:LATEST_POLICIES],
        "policy_unread": outreach.unread_count(request.actor),
        "todos": todos_from(own, told, mandates, joints),
        "cases": [one for one in own if one.number],
        "messages_told": told[:LATEST],
        "mandates": [one for one in mandates if one.confirmed_at is not None or one.ended_at is not None],
    }
    return render(request, "portal/my/my.html", context)


@require_safe
@sign_in_required
def message(request: ActingRequest, message_id: int) -> HttpResponse:
    """Reading a message: it is marked, and leads to what it is about."""
    found = next((one for one in queries.messages_for(request.actor) if one.pk == message_id), None)
    if found is None:
        raise NotFound("没有找到这条消息。")
    actions.mark_read(request.actor, message=found)
    if found.case is not None and found.case.number:
        return redirect("portal:case", number=found.case.number)
    if found.about.startswith(ANSWER):
        _, register, subject_id = found.about.split(":")
        return redirect("portal:my-answer", register=register, subject_id=int(subject_id))
    if found.mandate_id is not None:
        return redirect("portal:mandate", mandate_id=found.mandate_id)
    return redirect("portal:my")


@require_safe
@sign_in_required
def together(request: ActingRequest, number: str) -> HttpResponse:
    """What was applied for with one form: each with how far it is, one code for all."""
    joint = queries.joint_by_number(request.actor, number)
    context = {
        "joint": joint,
        "cases": queries.cases_of_joint(joint),
        "check_url": request.build_absolute_uri(f"/p/{queries.joint_token(joint)}/"),
    }
    return render(request, "portal/my/together.html", context)


@require_safe
@sign_in_required
def case(request: ActingRequest, number: str) -> HttpResponse:
    found = own_case(request.actor, number)
    page = queries.case_page(request.actor, found)
    told = queries.messages_for(request.actor, case=found)
    context = page_of(found, page, told)
    lines = reckoning_lines(page.verdict.reckoning) if page.verdict else []
    context["reckoning"] = [{"label": label, "value": words} for label, words in lines]
    context["reckoning_note"] = RECKONED.get(page.verdict.moment, "") if page.verdict else ""
    context["award"] = award_step(request.actor, found)
    context["siblings"] = queries.siblings_of(request.actor, found)
    context["phone"] = declared.item_of(found).phone
    context["check_path"] = f"/p/{queries.progress_token(found)}/"
    context["check_url"] = request.build_absolute_uri(context["check_path"])
    return render(request, "portal/my/case.html", context)
