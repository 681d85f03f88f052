"""How one subject's amount comes about: its tier, the payments before, what is taken off, below which ceilings."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

from guiyan.engine.rules.catalogue import Facts, Value
from guiyan.engine.rules.compiled import CompiledMeasure
from guiyan.engine.rules.knowing import readable
from guiyan.engine.rules.paid import after, reachable, received_fen
from guiyan.engine.rules.screen import Subject


@dataclass(frozen=True)
class Reckoning:
    """In fen. least, most: what the tier gives; where they differ somebody decides between the ends below.

    before: what the payments before this one come to; received: what was received of the measures that are taken off;
    off: what of it is taken off; paid_least, paid_most: what is left. step: see `Tier`.
    """

    label: str
    step: str
    least_fen: int | None
    most_fen: int | None
    before_fen: int
    received_fen: int
    off_fen: int
    capped_fen: int
    paid_least_fen: int | None
    paid_most_fen: int | None

    @property
    def fixed_fen(self) -> int | None:
        """The one sum that it comes to; None where a range is left or no sum is stated."""
        return self.paid_most_fen if self.paid_least_fen == self.paid_most_fen else None


def reckon(compiled: CompiledMeasure, facts: Facts, on: dt.date) -> Reckoning | None:
    """None while it is open which tier it is or what was received, out of force, and where no sum is published."""
    return reckon_values(compiled, readable(compiled.catalogue, facts, False), on)


def reckon_values(compiled: CompiledMeasure, values: Mapping[str, Value], on: dt.date) -> Reckoning | None:
    """`reckon` for facts that were read already."""
    version = compiled.version_on(on)
    if version is None or version.ended_on(on):
        return None
    ready = version.on(on)
    known = Subject(values).knows(ready.all_asks)
    reached, still_open = reachable(ready.amounts, known)
    received = received_fen(ready.amounts.less, known)
    given = [received_fen(one.received, known) for one in ready.amounts.ceilings]
    if still_open or len(reached) != 1 or received is None or None in given or reached[0].unpublished:
        return None
    tier = reached[0]
    least = after(tier, tier.least_fen, ready.amounts, known, unknown_counts=True)
    most = after(tier, tier.most_fen, ready.amounts, known, unknown_counts=False)
    off = min(tier.most_fen or 0, max(0, received - tier.before_fen))
    return Reckoning(
        label=tier.label,
        step=tier.step,
        least_fen=tier.least_fen,
        most_fen=tier.most_fen,
        before_fen=tier.before_fen,
        received_fen=received,
        off_fen=off,
        capped_fen=max(0, (tier.most_fen or 0) - off - (most or 0)),
        paid_least_fen=least,
        paid_most_fen=most,
    )
