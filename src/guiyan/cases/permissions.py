"""Who may act on a case as, or for, its applicant. What a post may do is in accounts; this is what only cases know."""

from __future__ import annotations

from collections.abc import Iterable

from guiyan.accounts.models import Unit
from guiyan.accounts.permissions import decide, require
from guiyan.cases import declared
from guiyan.cases.models import Case, CaseCheck, Delegation, Mandate
from guiyan.kernel import calendar
from guiyan.kernel.actors import Actor
from guiyan.kernel.errors import NotAllowed, NotFound, Refused
from guiyan.kernel.regions import subtree, within
from guiyan.kernel.workflow import OpinionRow
from guiyan.registers import queries as registers

POWERS = {"entrusted": frozenset({"case.accept"}), "authorised": frozenset({"case.accept", "case.review"})}
"""What a township may do under each kind of delegation."""
URGING = ("case.enter", "case.accept", "case.review", "case.oversee", "case.supervise", "batch.prepare")
"""Whose holders may urge (催办)."""


def is_own(actor: Actor, subject_id: int) -> bool:
    """Whether the actor is that resident, under whichever of her merged entries."""
    if actor.subject_id is None:
        return False
    return subject_id in actor.subject_ids or registers.canonical(actor.subject_id) == registers.canonical(subject_id)


def refuse_own(actor: Actor, subject_ids: Iterable[int], doing: str) -> None:
    """Whoever it concerns leaves it to a colleague, where the gate cannot see whom a step concerns."""
    if not actor.concerned_ids.isdisjoint(subject_ids):
        raise Refused(f"这是您本人的事项，不能由您{doing}，请由其他同事办理。", "own_case")


def require_applicant(actor: Actor, case: Case) -> None:
    """The applicant herself, the counter of her county, or a helper whose mandate she confirmed and that still runs."""
    if actor.kind == "system" or is_own(actor, case.subject_id) or decide(actor, "case.enter", case).allowed:
        return
    require(actor, "case.help", case)
    require_mandate(actor, case.subject_id, case.item)


def require_mandate(actor: Actor, subject_id: int, item: str) -> Mandate:
    """The helper's usable mandate of that person for that item, or for a bundle it is in; Refused in plain words."""
    mandates = Mandate.objects.filter(
        helper_id=actor.user_id or 0, subject_id__in=registers.same_as(subject_id), item__in=declared.covering(item)
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
    if check.handler_id is not None and check.handler_id not in actor.persons:
        raise Refused(f"这一项已转给{check.handler_label}核验。需要您办的，请先转回来。", "not_holder")


def require_step(actor: Actor, case: Case, needed: Iterable[str]) -> None:
    """One of the permissions the present step needs, through a post that is competent for it."""
    wanted = sorted(needed)
    if actor.kind == "system":
        return
    for permission in wanted:
        if decide(actor, permission, case).allowed:
            require_competence(actor, permission, case)
            return
    require(actor, wanted[0] if wanted else "case.accept", case)
    raise NotAllowed


def require_competence(actor: Actor, permission: str, case: Case) -> Delegation | None:
    """The bureau's own officers and those above it are competent; a township only under a delegation that runs.

    Gives the delegation used; Refused in plain words when there is none, or when it has ended.
    """
    if actor.kind == "system" or is_competent(actor, permission, case):
        return None
    found = delegations_to(units_with(actor, permission), case.unit_id, case.item)
    today = calendar.today()
    for one in found:
        if not one.why_not_usable(today) and permission in POWERS[one.kind]:
            return one
    bureau = case.unit.short_name or case.unit.name
    if any(not one.why_not_usable(today) for one in found):
        raise Refused(f"委托只到受理，这一步由{bureau}办理。", "delegation")
    why = next((one.why_not_usable(today) for one in found), "这个事项没有委托您的单位办理")
    raise Refused(f"{why}，这件由{bureau}办理。填过、交过的都在，不用重填。", "delegation")


def require_bureau(actor: Actor, permission: str, case: Case) -> None:
    """For what is the bureau's own whatever it delegated: accounts, money. Refused in plain words for a township."""
    if actor.kind != "system" and not is_competent(actor, permission, case):
        raise Refused(f"这一步由{case.unit.short_name or case.unit.name}办理。", "delegation")


def is_competent(actor: Actor, permission: str, case: Case) -> bool:
    """Whether a post that reaches the case is of the bureau itself, of one beside it, or of one above."""
    if case.unit_id in units_with(actor, permission):
        return True
    offices = Unit.objects.filter(pk__in=units_with(actor, permission)).values_list("region", flat=True)
    return any(within((subtree(region),), case.unit.region) for region in offices)


def units_with(actor: Actor, permission: str) -> frozenset[int]:
    """The units through which the actor holds the permission."""
    return frozenset(
        grant.unit_id for grant in actor.grants if permission in grant.permissions and grant.unit_id is not None
    )


def delegations_to(agents: Iterable[int], principal_id: int, item: str) -> list[Delegation]:
    """What the bureau delegated to these units for the item, the newest first, ended ones too."""
    rows = Delegation.objects.filter(agent_id__in=list(agents), principal_id=principal_id, items__contains=[item])
    return list(rows.order_by("-id")[:5])


def checking_units(actor: Actor) -> frozenset[int]:
    """The units for which the actor answers checks."""
    return frozenset(
        grant.unit_id for grant in actor.grants if "case.check" in grant.permissions and grant.unit_id is not None
    )


def opinion_is_mine(actor: Actor, opinion: OpinionRow) -> bool:
    """Whether the actor was asked: by name, or as one of the unit that was asked as a whole."""
    if actor.kind == "system":
        return True
    if opinion.asked_user_id is not None:
        return opinion.asked_user_id in actor.persons
    return any(opinion.unit_id in units_with(actor, one) for one in ("case.accept", "case.check", "case.review"))


def may_urge(actor: Actor, case: Case) -> bool:
    """The applicant, and officers who work on such cases or look after those who do."""
    return is_own(actor, case.subject_id) or any(decide(actor, one, case).allowed for one in URGING)
