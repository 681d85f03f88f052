"""What a resident sees of her own: cases, messages, mandates, decisions, papers she has given before."""

from __future__ import annotations

from guiyan.accounts.permissions import decide, visible
from guiyan.cases.models import Case, CaseMaterial, Mandate, Message, WrittenDecision
from guiyan.cases.permissions import is_own
from guiyan.kernel.actors import Actor
from guiyan.kernel.errors import NotFound
from guiyan.registers import queries as registers

MOST = 100


def my_cases(actor: Actor) -> list[Case]:
    """Her own cases, newest first, drafts among them."""
    if actor.subject_id is None:
        return []
    return list(Case.objects.filter(subject_id__in=actor.subject_ids).select_related("unit").order_by("-id")[:MOST])


def messages_for(actor: Actor, *, case: Case | None = None) -> list[Message]:
    """Her messages, newest first; of one case when it is given."""
    if actor.subject_id is None:
        return []
    rows = Message.objects.filter(subject_id__in=actor.subject_ids).select_related("case")
    return list((rows.filter(case=case) if case is not None else rows).order_by("-id")[:MOST])


def decision_for(actor: Actor, case: Case) -> WrittenDecision:
    """The written decision about a case the actor may see."""
    decision = WrittenDecision.objects.select_related("unit", "case").filter(case=case).first()
    if decision is None or not (is_own(actor, case.subject_id) or decide(actor, "case.view", case).allowed):
        raise NotFound("这件没有决定书。")
    return decision


def mandates_for(actor: Actor) -> list[Mandate]:
    """Mandates the actor gave, or holds as a helper, newest first."""
    if actor.subject_id is not None:
        rows = Mandate.objects.filter(subject_id__in=actor.subject_ids)
    elif actor.user_id is not None:
        rows = Mandate.objects.filter(helper_id=actor.user_id)
    else:
        return []
    return list(rows.select_related("helper_unit", "signed_file").order_by("-id")[:MOST])


def mandates_waiting(actor: Actor) -> list[Mandate]:
    """Mandates that wait for their resident, where the actor serves at the counter."""
    rows = visible(
        actor, "case.enter", Mandate.objects.filter(confirmed_at=None, ended_at=None), unit=None, subject=None
    )
    return list(rows.select_related("helper_unit", "signed_file").order_by("-id")[:MOST])


def mandate_by_id(actor: Actor, mandate_id: int) -> Mandate:
    """A mandate, for the two it binds and the counter of the place."""
    row = Mandate.objects.select_related("helper_unit", "signed_file").filter(pk=mandate_id).first()
    if row is None:
        raise NotFound("没有找到这份委托书。")
    if is_own(actor, row.subject_id) or actor.user_id == row.helper_id or decide(actor, "case.enter", row).allowed:
        return row
    raise NotFound("没有找到这份委托书。")


def reusable_materials(case: Case) -> dict[str, CaseMaterial]:
    """material -> the newest paper this person gave for it with another request, under whichever of her ids.

    For a firm only what she gave for that firm: another one's licence is not its own.
    """
    ids = registers.same_as(case.subject_id)
    rows = CaseMaterial.objects.filter(subject_id__in=ids, replaced_at=None).exclude(case=case)
    if case.for_firm:
        rows = rows.filter(case__beneficiary_id=case.beneficiary_id)
    found: dict[str, CaseMaterial] = {}
    for row in rows.select_related("file").order_by("-id")[:MOST]:
        found.setdefault(row.material, row)
    return found
