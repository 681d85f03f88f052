"""What one subject is paid: its tier, less what was received, below the ceilings; a range while facts are missing."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal

from guiyan.engine.rules.amounts import Amounts, Tier, least, most, the_one
from guiyan.engine.rules.closures import closure
from guiyan.engine.rules.core import AnyOf, Known, Variable
from guiyan.engine.rules.exact import outlook


@dataclass(frozen=True)
class Paid:
    """In fen. `missing`: facts of which some value would change the amount. `label`: the tier, once it is certain."""

    least_fen: int | None
    most_fen: int | None
    rate_percent: Decimal | None = None
    missing: frozenset[str] = frozenset()
    unpublished: bool = False
    label: str = ""


NOTHING = Paid(None, None)
Ends = tuple[int | None, int | None, Decimal | None]


def overall(amounts: Amounts) -> Paid:
    """What people read of a measure, whoever asks."""
    return Paid(amounts.least_fen, amounts.most_fen, amounts.rate_percent, unpublished=amounts.unpublished)


def plainly(tier: Tier) -> Paid:
    return Paid(tier.least_fen, tier.most_fen, tier.rate_percent, unpublished=tier.unpublished)


def paid(amounts: Amounts, known: Known) -> Paid:
    """Over every completion of what is unknown, whatever the verdict; tiers that nobody can be in any more are out."""
    if amounts.plain:
        return plainly(amounts.tiers[0])
    reached, asked = reachable(amounts, known)
    if not reached:
        return NOTHING
    published = [tier for tier in reached if not tier.unpublished] or reached
    sums = [ends(tier, amounts, known) for tier in published]
    missing = {variable.fact for variable in unknown_received(amounts, published, known)}
    if len(reached) > 1 or asked:
        missing |= telling_apart(amounts, reached, known)
    only = reached[0] if len(reached) == 1 and not asked else None
    return Paid(
        least(low for low, _, _ in sums),
        most(high for _, high, _ in sums),
        the_one(rate for _, _, rate in sums),
        frozenset(missing),
        all(tier.unpublished for tier in reached),
        only.label if only is not None else "",
    )


def reachable(amounts: Amounts, known: Known) -> tuple[list[Tier], bool]:
    """The tiers that some completion is in, and whether it is still open which one, or whether any."""
    reached: list[Tier] = []
    for tier in amounts.tiers:
        answer = closure(tier.core)(known)
        if answer:
            return [tier], False
        if answer is None:
            found = outlook(tier.core, known)
            if not found.can_fail:
                return [tier], False
            if found.can_hold:
                reached.append(tier)
    return reached, bool(reached)


def telling_apart(amounts: Amounts, reached: list[Tier], known: Known) -> set[str]:
    """The facts that alone can move the subject between sums, or out of all of them."""
    groups: dict[tuple[Ends, int], list[Tier]] = {}
    told = not any(True for _ in unknown_received(amounts, reached, known))
    for tier in reached:
        # While what is taken off is unknown, tiers are alike only if all about them is.
        whole = (tier.least_fen, tier.most_fen, tier.rate_percent)
        alike = (ends(tier, amounts, known), 0) if told else (whole, tier.before_fen)
        groups.setdefault(alike, []).append(tier)
    return {
        variable.fact
        for group in groups.values()
        for variable in outlook(AnyOf(tuple(tier.core for tier in group)), known).matter
    }


def ends(tier: Tier, amounts: Amounts, known: Known) -> Ends:
    """The least and the most that the tier comes to; with what was received unknown, anything down to nothing."""
    low = after(tier, tier.least_fen, amounts, known, unknown_counts=True)
    return low, after(tier, tier.most_fen, amounts, known, unknown_counts=False), tier.rate_percent


def after(tier: Tier, sum_: int | None, amounts: Amounts, known: Known, *, unknown_counts: bool) -> int | None:
    if sum_ is None:
        return None
    taken = received_fen(amounts.less, known)
    if taken is None:
        taken = tier.before_fen + sum_ if unknown_counts else 0
    left = max(0, sum_ - max(0, taken - tier.before_fen))
    for ceiling in amounts.ceilings:
        given = received_fen(ceiling.received, known)
        if given is None:
            given = ceiling.most_fen if unknown_counts else 0
        left = min(left, max(0, ceiling.most_fen - given))
    return left


def received_fen(asked: Iterable[Variable], known: Known) -> int | None:
    """What was received for these in all, in fen; None while one is unknown."""
    total = 0
    for variable in asked:
        value = known.get(variable)
        if value is None:
            return None
        total += 100 * int(value)
    return total


def unknown_received(amounts: Amounts, tiers: list[Tier], known: Known) -> Iterator[Variable]:
    """What was received and is unknown, where it is taken off a sum that is stated."""
    if any(tier.most_fen is not None for tier in tiers):
        for asked in (amounts.less, *(ceiling.received for ceiling in amounts.ceilings)):
            yield from (variable for variable in asked if variable not in known)
