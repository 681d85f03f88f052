"""Who may act on a case as, or for, its applicant. What a post may do is in accounts; this is what only cases know."""

from __future__ import annotations

from collections.abc import Iterable

from guiyan.accounts.permissions import decide, require
from guiyan.cases.models import Case, CaseCheck, Mandate
from guiyan.kernel import calendar
from guiyan.kernel.actors import Actor
from guiyan.kernel.errors import NotFound, Refused
from guiyan.registers import queries as registers


def is_own(actor: Actor, subject_id: int) -> bool:
    """Whether the actor is that resident, under whichever of her merged entries."""
    if actor.subject_id is None:
        return False
    return subject_id in actor.subject_ids or registers.canonical(actor.subject_id) == registers.canonical(subject_id)


def refuse_own(actor: Actor, subject_ids: Iterable[int], doing: str) -> None:
    """Whoever it concerns leaves it to a colleague, where the gate cannot see whom a step concerns."""
    if not actor.subject_ids.isdisjoint(subject_ids):
        raise Refused(f"这是您本人的事项，不能由您{doing}，请由其他同事办理。", "own_case")


def require_applicant(actor: Actor, case: Case) -> None:
    """The applicant herself, the counter of her county, or a helper whose mandate she confirmed and that still runs."""
    if actor.kind == "system" or is_own(actor, case.subject_id) or decide(actor, "case.enter", case).allowed:
        return
    require(actor, "case.help", case)
    require_mandate(actor, case.subject_id, case.item)


def require_mandate(actor: Actor, subject_id: int, item: str) -> Mandate:
    """The helper's usable mandate of that person for that item; Refused in plain words when there is none."""
    mandates = Mandate.objects.filter(
        helper_id=actor.user_id or 0, subject_id__in=registers.same_as(subject_id), item=item
    ).order_by("-id")
    today, why = calendar.today(), "没有这位居民的委托书。请先上传本人签字的委托书。"
    for number, mandate in enumerate(mandates[:5]):
        reason = mandate.why_not_usable(today)
        if not reason:
            return mandate
        if number == 0:
            why = reason
    raise Refused(why, "mandate")


def require_checker(actor: Actor, check: CaseCheck) -> None:
    """Only somebody of the unit that was asked may answer, wherever else their grants reach."""
    if actor.kind == "system":
        return
    if check.unit_id not in checking_units(actor):
        raise NotFound
    require(actor, "case.check", check)


def checking_units(actor: Actor) -> frozenset[int]:
    """The units for which the actor answers checks."""
    return frozenset(
        grant.unit_id for grant in actor.grants if "case.check" in grant.permissions and grant.unit_id is not None
    )
