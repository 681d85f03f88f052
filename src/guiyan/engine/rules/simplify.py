"""A rule made smaller without changing its meaning: parts that come out alike whatever the facts are gone.

It is flat besides: no AND right inside an AND. So rules written in several ways are judged in one.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from guiyan.engine.rules.core import All, AnyOf, Core, No
from guiyan.engine.rules.exact import outlook

TRUE, FALSE = All(()), AnyOf(())


@lru_cache(maxsize=20_000)
def simplified(core: Core) -> Core:
    """The same rule; TRUE or FALSE if nothing unknown can change it."""
    decided = outlook(core, {}).decided
    if decided is not None:
        return TRUE if decided else FALSE
    match core:
        case No(part):
            return negated(simplified(part))
        case All(parts):
            return joined([simplified(part) for part in parts], All)
        case AnyOf(parts):
            return joined([simplified(part) for part in parts], AnyOf)
        case _:
            return core


def negated(core: Core) -> Core:
    if core in (TRUE, FALSE):
        return FALSE if core == TRUE else TRUE
    return core.part if isinstance(core, No) else No(core)


def joined(parts: Sequence[Core], kind: type[All] | type[AnyOf]) -> Core:
    """A part that is FALSE settles an AND, TRUE an OR; the other constant has no say."""
    neutral, settling = (TRUE, FALSE) if kind is All else (FALSE, TRUE)
    if settling in parts:
        return settling
    flat: list[Core] = []
    for part in parts:
        if part != neutral:
            flat.extend(part.parts if isinstance(part, All | AnyOf) and isinstance(part, kind) else (part,))
    return flat[0] if len(flat) == 1 else kind(tuple(flat))
