"""Written decisions of refusal: numbered, with their grounds by clause and the ways to appeal."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from guiyan.accounts.permissions import decide
from guiyan.cases import declared
from guiyan.cases.delegated import by_delegation
from guiyan.cases.models import Case, Delegation, WrittenDecision
from guiyan.cases.numbering import decision_number
from guiyan.cases.permissions import require_competence
from guiyan.kernel import audit, calendar
from guiyan.kernel.actors import Actor
from guiyan.kernel.errors import Refused
from guiyan.kernel.texts import at_most


def write_decision(
    actor: Actor, case: Case, *, kind: str, grounds: list[str], reason: str, under: Delegation | None = None
) -> WrittenDecision:
    """Draw up the decision. Refused without a reason, or when a ground is no condition of the measure.

    under: the delegation the decision is made under. Entrusted, it goes out in the bureau's name and says who acted;
    authorised, in the township's own.
    """
    reason = at_most(reason, 400, "决定的理由")
    if not reason:
        raise Refused("决定书要写明理由。", "reason")
    decision = draft_decision(case, kind=kind, grounds=grounds, reason=reason, under=under)
    decision.number = decision_number(decision.unit.code, decision.unit.short_name or decision.unit.name)
    decision.issued_by_id, decision.issued_by_label = actor.user_id, actor.label
    decision.save()
    audit.record(actor, "case.decision", f"decision:{decision.pk}", region=case.region)
    return decision


def draft_decision(
    case: Case, *, kind: str, grounds: Sequence[str], reason: str, under: Delegation | None = None
) -> WrittenDecision:
    """The decision as it reads, neither numbered nor kept. Refused when a ground is no condition of the measure."""
    by_township = under is not None and under.kind == "authorised"
    unit = under.agent if under is not None and by_township else case.unit
    return WrittenDecision(
        case=case,
        kind=kind,
        unit=unit,
        unit_name=unit.name,
        under=by_delegation(under) if under is not None else "",
        applicant=case.applicant,
        grounds=_grounds(case, grounds),
        reason=reason.strip(),
        appeal=declared.appeal_ways(case, by_township=by_township),
        issued_on=calendar.today(),
        region=case.region,
        subject_id=case.subject_id,
    )


def preview_decision(
    actor: Actor, *, case: Case, grounds: Sequence[str] = (), reason: str = ""
) -> WrittenDecision | None:
    """How a refusal by this actor would read; nothing is written. None for whom it is not to make."""
    if not decide(actor, "case.review", case).allowed:
        return None
    try:
        under = require_competence(actor, "case.review", case)
    except Refused:
        return None
    return draft_decision(case, kind="refused", grounds=grounds, reason=reason, under=under)


def _grounds(case: Case, chosen: Sequence[str]) -> list[dict[str, Any]]:
    conditions = declared.conditions(case)
    unknown = [one for one in chosen if one not in conditions]
    if unknown:
        raise Refused("选的理由不是这项政策的条件。", "grounds")
    clause = declared.clause_words(case)
    return [{"condition": one, "label": conditions[one], "clause": clause} for one in chosen]
