"""The amounts that a measure declares."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from guiyan.engine.rules.benefit import Benefit, Sum
from guiyan.engine.rules.model import Measure, Version


def declared_amounts_yuan(measure: Measure) -> set[Decimal]:
    """Every amount over all versions, in yuan; an unpublished parameter gives none."""
    return {
        amount
        for version in measure.versions
        for text in _all_texts(version.benefit)
        for amount in _amounts(text, version)
    }


def declares_range(measure: Measure, least: Decimal | None, most: Decimal | None) -> bool:
    """Whether some version gives exactly this: 10–20万元, 5000元 (both ends), or 最高30万元 (no lower end)."""
    return most is not None and any(
        _range(version, one) == (least, most)
        for version in measure.versions
        for one in (version.benefit, *version.benefit.tiers)
    )


def _range(version: Version, one: Sum) -> tuple[Decimal | None, Decimal | None]:
    fixed, most, least = (next(_amounts(text, version), None) for text in _texts(one))
    return (fixed, fixed) if fixed is not None else (least, most)


def _texts(one: Sum) -> tuple[str | None, ...]:
    return one.amount_yuan, one.amount_max_yuan, one.amount_min_yuan


def _all_texts(benefit: Benefit) -> Iterator[str | None]:
    for one in (benefit, *benefit.tiers):
        yield from _texts(one)
    for tier in benefit.tiers:
        yield from tier.payments.amounts_yuan if tier.payments is not None else ()


def _amounts(text: str | None, version: Version) -> Iterator[Decimal]:
    """What a text comes to: nothing, one amount, or one for each region."""
    if text is None:
        return
    if not text.startswith(":"):
        yield Decimal(text)
        return
    parameter = version.parameters[text[1:]]
    yield from (Decimal(one) for one in (parameter.value, *parameter.by_region.values()) if one is not None)
