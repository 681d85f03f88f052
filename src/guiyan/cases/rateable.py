"""When a request may be judged by its applicant: once, after it was decided, however it was."""

from __future__ import annotations

from guiyan.cases import states
from guiyan.cases.models import Case, Rating
from guiyan.kernel import workflow
from guiyan.kernel.errors import Refused


def is_decided(case: Case) -> bool:
    """Over by its flow, or the money or the answer has arrived; what she took back herself was decided by nobody."""
    if case.state in (states.WITHDRAWN, states.DRAFT) or not case.number:
        return False
    return case.state in (states.PAID, states.ANSWERED, states.LENT) or workflow.flow_of(case).states[case.state].final


def rating_of(case: Case) -> Rating | None:
    """The judgement of a case, None while there is none."""
    return Rating.objects.filter(case_id=case.pk).first()


def refuse_unless(case: Case) -> None:
    if not is_decided(case):
        raise Refused(f"这件现在是“{case.state_label}”，办完以后再评价。", "state")
    if rating_of(case) is not None:
        raise Refused("这件已经评价过了，谢谢您。", "rated")
