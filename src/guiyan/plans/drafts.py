"""The drafted rule of a measure under review, beside the declared rule that it is linked to."""

from __future__ import annotations

from dataclasses import dataclass

from guiyan.engine.drafting import Asked, Difference, DraftRule, declared_parts, differences, draft_rule
from guiyan.engine.rules.model import SubjectKind
from guiyan.packs import Pack
from guiyan.plans.learnt import lexicon_learnt
from guiyan.plans.models import Document, ReviewItem

TEACHABLE = ("unknown", "list-goes-on", "other-subject")
"""Why a term may be open and yet be settled by saying which fact its words speak of."""


@dataclass(frozen=True, slots=True)
class Draft:
    """findings: None where no declared measure is linked, so there is nothing to compare with."""

    rule: DraftRule
    kind: SubjectKind | None
    findings: tuple[Difference, ...] | None


def draft_of(pack: Pack, document: Document, item: ReviewItem) -> Draft:
    """What the words of the measure demand, as they count now, corrections and what was learnt included. One query."""
    values = item.values
    asked = Asked(
        beneficiary=values.get("beneficiary") or None,
        conditions=values.get("conditions") or (),
        open_conditions=values.get("open_conditions") or (),
        title=values.get("title") or "",
        tier=values.get("tier") or None,
        span=(item.start, item.end),
    )
    declared = pack.measures.get(item.links_to)
    rule = draft_rule(
        asked,
        document.text,
        pack.lexicon,
        learnt=lexicon_learnt(pack, document.region),
        kind=declared.kind if declared else None,
    )
    found = differences(rule, declared_parts(declared.versions[-1]), pack.catalogue) if declared else None
    return Draft(rule, rule.kind or (declared.kind if declared else None), found)
