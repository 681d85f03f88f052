"""Requests and messages on the timeline of a dossier."""

from __future__ import annotations

from collections.abc import Sequence

from guiyan.accounts.permissions import visible
from guiyan.cases.models import Case, Message
from guiyan.kernel.actors import Actor
from guiyan.registers.timelines import Happening, timeline_source


@timeline_source("case", "办件")
def requests(actor: Actor, subject_ids: Sequence[int], most: int) -> list[Happening]:
    """When each was submitted, and where it stands since when."""
    rows = Case.objects.filter(subject_id__in=subject_ids).exclude(number="")
    found: list[Happening] = []
    for case in visible(actor, "case.view", rows).order_by("-id")[:most]:
        if case.submitted_at is not None:
            found.append(Happening(case.submitted_at, f"提交申请：{case.title}", case.number, case.ref))
        if case.state_since != case.submitted_at:
            found.append(Happening(case.state_since, f"{case.title}：{case.state_label}", case.number, case.ref))
    return found


@timeline_source("message", "消息")
def messages(actor: Actor, subject_ids: Sequence[int], most: int) -> list[Happening]:
    """What she was told, and whether she has read it."""
    rows = Message.objects.filter(subject_id__in=subject_ids)
    seen = visible(actor, "dossier.view", rows, unit=None, subject=None).order_by("-id")[:most]
    return [
        Happening(
            one.at,
            f"通知本人：{one.title}",
            "本人已读" if one.read_at else "本人还没有读",
            f"case:{one.case_id}" if one.case_id else "",
        )
        for one in seen
    ]
