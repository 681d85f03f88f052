"""Whose they are: a resident's own, found by the bundle and the number of the draft, and by nobody else."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import redirect

from guiyan.cases import queries
from guiyan.cases.permissions import is_own
from guiyan.cases.queries import Joint
from guiyan.kernel.actors import Actor
from guiyan.kernel.errors import NotFound


def own_joint(actor: Actor, bundle: str, joint_id: int) -> Joint:
    joint = queries.joint_draft(actor, joint_id)
    if joint.bundle != bundle or not is_own(actor, joint.subject_id) or joint.entry != "self":
        raise NotFound("没有找到这份申请。")
    return joint


def to_their_page(joint: Joint) -> HttpResponse:
    """To the page of what was sent; a draft that was given up has none."""
    return redirect("portal:my-together", number=joint.number) if joint.number else redirect("portal:my")
