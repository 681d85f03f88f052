"""Whose application it is: a resident's own, found by its item and number of the draft, and by nobody else."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import redirect

from guiyan.cases import queries, states
from guiyan.cases.permissions import is_own
from guiyan.cases.queries import Case
from guiyan.kernel.actors import Actor
from guiyan.kernel.errors import NotAllowed, NotFound


def resident(actor: Actor) -> int:
    """The subject of the signed-in resident."""
    if actor.subject_id is None:
        raise NotAllowed("这里是居民自己申请的页面。您的账号是工作人员账号，代办请到工作台。")
    return actor.subject_id


def to_its_page(case: Case) -> HttpResponse:
    """To the page of a case that is no longer being written; a draft that was given up has none."""
    return redirect("portal:case", number=case.number) if case.number else redirect("portal:my")


def own_application(actor: Actor, item: str, case_id: int) -> Case:
    case = queries.draft_by_id(actor, case_id)
    alone = case.joint_id is None or case.state != states.DRAFT
    if case.item != item or not is_own(actor, case.subject_id) or not alone:
        raise NotFound("没有找到这份申请。")
    return case
