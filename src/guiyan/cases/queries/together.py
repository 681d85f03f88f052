"""Several requests with one form (一件事): for those who write them, the applicant, and whoever handles one."""

from __future__ import annotations

from dataclasses import dataclass

from guiyan.accounts.permissions import visible
from guiyan.cases.models import Case, Joint
from guiyan.cases.permissions import is_own
from guiyan.cases.queries.progress import PURPOSE, Progress, masked_name, progress_of
from guiyan.kernel import crypto
from guiyan.kernel.actors import Actor
from guiyan.kernel.errors import NotFound
from guiyan.kernel.scope import Scope, entered

MOST = 50


@dataclass(frozen=True)
class JointProgress:
    """What is shown in public about requests that were made together."""

    number: str
    title: str
    applicant_masked: str
    parts: list[Progress]


def joint_draft(actor: Actor, joint_id: int) -> Joint:
    """One that is being written, or was just sent, for the one who writes it."""
    joint = Joint.objects.filter(pk=joint_id).first()
    if joint is None or not (is_own(actor, joint.subject_id) or _entered(actor, joint)):
        raise NotFound("没有找到这份草稿。")
    return joint


def _entered(actor: Actor, joint: Joint) -> bool:
    return actor.user_id is not None and joint.entered_by_id == actor.user_id


def my_joints(actor: Actor) -> list[Joint]:
    """Her own, newest first, drafts among them; those given up are left out."""
    if actor.subject_id is None:
        return []
    rows = Joint.objects.filter(subject_id__in=actor.subject_ids, dropped_at=None)
    return list(rows.order_by("-id")[:MOST])


def joint_by_number(actor: Actor, number: str) -> Joint:
    """One of her own that was sent, by its number."""
    joint = next((one for one in my_joints(actor) if number and one.number == number), None)
    if joint is None:
        raise NotFound("没有找到这个编号。")
    return joint


def cases_of_joint(joint: Joint) -> list[Case]:
    """The requests that were sent together, in the order in which they were chosen."""
    found = {case.item: case for case in Case.objects.filter(joint=joint).exclude(number="").select_related("unit")}
    return [found[name] for name in joint.chosen if name in found]


def siblings_of(actor: Actor, case: Case) -> list[Case]:
    """What was applied for together with a case, as far as the actor may see it."""
    if case.joint_id is None:
        return []
    rows = Case.objects.filter(joint=case.joint_id).exclude(pk=case.pk).exclude(number="").select_related("unit")
    return list(visible(actor, "case.view", rows).order_by("id")[:MOST])


def joint_token(joint: Joint) -> str:
    """The signed text of the code that shows how far all of them are, and nothing else."""
    return crypto.sign(PURPOSE, joint.number)


def joint_progress(token: str) -> JointProgress | None:
    """The progress behind a signed code; None where the code is of one request, or was not made here."""
    number = crypto.verify(PURPOSE, token)
    return _progress(number, None) if number else None


def joint_progress_by_number(number: str, applicant: str) -> JointProgress | None:
    """By number, asked together with the applicant's name so that numbers cannot be tried out."""
    return _progress(number.strip().upper(), applicant.strip())


def _progress(number: str, applicant: str | None) -> JointProgress | None:
    with entered(Scope.system()):
        joint = Joint.objects.filter(number=number).first() if number else None
        if joint is None or applicant not in (None, joint.applicant):
            return None
        parts = [progress_of(case) for case in cases_of_joint(joint)]
        return JointProgress(joint.number, joint.title, masked_name(joint.applicant), parts)
