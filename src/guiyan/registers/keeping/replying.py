"""One reply to several who asked, after a preview: each by itself, so that one refused leaves the others answered."""

from __future__ import annotations

from collections.abc import Mapping

from guiyan.kernel import releases
from guiyan.kernel.actors import Actor
from guiyan.kernel.errors import Refused
from guiyan.registers.keeping.answering import reply
from guiyan.registers.queries.answers import rule_of
from guiyan.registers.tables import register_of

MOST_AT_ONCE = 50


def reply_many(actor: Actor, *, register: str, was: Mapping[int, str], text: str, to: str) -> tuple[int, list[str]]:
    """How many were answered, and in words why others were not. was: subject → the level where it was seen.

    Refused as a whole for the level of a deal: what came of each is asked of each.
    """
    rule = rule_of(register_of(releases.current(), register))
    if not 0 < len(was) <= MOST_AT_ONCE:
        raise Refused(f"一次选1至{MOST_AT_ONCE}条。", "too-many")
    if rule.deal is not None and to == rule.deal.level:
        raise Refused("办成的要逐条填结果，请打开每一条来回复。", "to")
    done, refused = 0, []
    for subject_id, level in was.items():
        try:
            reply(actor, register=register, subject_id=subject_id, text=text, to=to, was=level)
        except Refused as refusal:
            refused.append(refusal.message)
        else:
            done += 1
    return done, refused
