"""Words read with the phrases of the real pack, as short texts that are easy to compare."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from guiyan.engine.drafting import Asked, DraftRule, DraftTerm, draft_rule
from guiyan.engine.rules import print_expr
from guiyan.engine.rules.model import SubjectKind
from guiyan.packs import Pack, load_pack

XIANNING = Path(__file__).parents[3] / "cities" / "xianning"


@cache
def pack() -> Pack:
    return load_pack(XIANNING)


def drafted(beneficiary: str | None, *conditions: str, kind: SubjectKind | None = None) -> DraftRule:
    """The draft of a sentence made of conditions and beneficiary: 对<条件>的<受益人>给予补贴。"""
    sentence = f"对{'的'.join([*conditions, beneficiary or ''])}给予补贴。"
    asked = Asked(beneficiary, conditions, (), "给予补贴", None, (0, len(sentence)))
    return draft_rule(asked, sentence, pack().lexicon, kind=kind)


def as_lines(draft: DraftRule) -> list[str]:
    """`words => rule`, or `words ? why`, for each term in order."""
    return [as_line(term) for term in draft.terms]


def as_line(term: DraftTerm) -> str:
    return f"{term.words} ? {term.why}" if term.tree is None else f"{term.words} => {print_expr(term.tree)}"
