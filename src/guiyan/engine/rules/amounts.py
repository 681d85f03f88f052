"""What one version pays, as data that every engine can run: conditions in `Core`, money in whole fen.

    Amounts(tiers, less, ceilings)      `CompiledVersion.amounts`; `OnDay.amounts` is the same with the day put in
    Tier(label, core, least_fen, most_fen, rate_percent, before_fen, unpublished, step)
    Ceiling(id, label, most_fen, received, valid_from, valid_to)

At most one tier's `core` holds for anybody: those before it are already shut out. A plain amount is one tier whose
core always holds, `All(())`. None in fen is a sum that nobody states: no lower or upper end, or (`unpublished`) a
parameter without a value. What a tier's sum `x` comes to for one subject, at both ends, is

    received = 100 * sum(less)                                 whole yuan in the map `received_yuan`, keys of its own
    paid     = max(0, x - max(0, received - before_fen))       `before_fen`: what the payments before this one come to
    paid     = min(paid, max(0, ceiling.most_fen - 100 * sum(ceiling.received)))           for each ceiling

Which tier it is while facts are missing, and what may still be paid, is said by `paid.paid`: the least and the most
over all tiers that some completion of the unknown facts reaches (`outlook(tier.core).can_hold`), whatever the verdict.
A paid sum of 0 never stands beside a "yes": `rest` and the ceilings are conditions of the version as well.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property

from guiyan.engine.rules.core import All, Core, Variable, the_same, variables

ALWAYS = All(())


@dataclass(frozen=True)
class Tier:
    """before_fen: what the successive payments before this one come to, 0 where there are none.

    step: `2` for the second tier as declared, `2.1` for its first payment, whatever the region; empty without tiers.
    """

    label: str
    core: Core
    least_fen: int | None
    most_fen: int | None
    rate_percent: Decimal | None = None
    before_fen: int = 0
    unpublished: bool = False
    step: str = ""


@dataclass(frozen=True)
class Ceiling:
    """What one subject gets at most from several measures together; `received` are their keys of `received_yuan`."""

    id: str
    label: str
    most_fen: int
    received: tuple[Variable, ...]
    valid_from: dt.date
    valid_to: dt.date | None = None

    def stands_on(self, day: dt.date) -> bool:
        return self.valid_from <= day and (self.valid_to is None or day <= self.valid_to)


@dataclass(frozen=True)
class Amounts:
    """See the module. The ends here are over all tiers, for people who read the measure."""

    tiers: tuple[Tier, ...]
    less: tuple[Variable, ...] = ()
    ceilings: tuple[Ceiling, ...] = ()

    @cached_property
    def plain(self) -> bool:
        """Whether nothing about the subject changes what is paid."""
        return not (self.less or self.ceilings) and len(self.tiers) == 1 and self.tiers[0].core == ALWAYS

    @cached_property
    def least_fen(self) -> int | None:
        return least(tier.least_fen for tier in self.published)

    @cached_property
    def most_fen(self) -> int | None:
        return most(tier.most_fen for tier in self.published)

    @cached_property
    def rate_percent(self) -> Decimal | None:
        return the_one(tier.rate_percent for tier in self.tiers)

    @property
    def published(self) -> tuple[Tier, ...]:
        """The tiers whose sums are known; where none is, all of them."""
        return tuple(tier for tier in self.tiers if not tier.unpublished) or self.tiers

    @property
    def unpublished(self) -> bool:
        return all(tier.unpublished for tier in self.tiers)

    def asks(self) -> Iterator[Variable]:
        """Every variable that what is paid depends on, as often as it stands there."""
        for tier in self.tiers:
            yield from variables(tier.core)
        yield from map(the_same, self.less)
        for ceiling in self.ceilings:
            yield from map(the_same, ceiling.received)


def least(sums: Iterable[int | None]) -> int | None:
    """The smallest; None as soon as one is not stated, or where there is none."""
    found = list(sums)
    return None if None in found or not found else min(one for one in found if one is not None)


def most(sums: Iterable[int | None]) -> int | None:
    found = list(sums)
    return None if None in found or not found else max(one for one in found if one is not None)


def the_one(rates: Iterable[Decimal | None]) -> Decimal | None:
    """The rate where all have the same."""
    found = set(rates)
    return found.pop() if len(found) == 1 else None
