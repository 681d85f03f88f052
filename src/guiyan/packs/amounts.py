"""The amounts that a measure declares."""

from __future__ import annotations

from decimal import Decimal

from guiyan.engine.rules.model import Measure, Version


def declared_amounts_yuan(measure: Measure) -> set[Decimal]:
    """Every amount over all versions, in yuan; an unpublished parameter gives none."""
    found = {_amount(text, version) for version in measure.versions for text in _texts(version)}
    return {amount for amount in found if amount is not None}


def declares_range(measure: Measure, least: Decimal | None, most: Decimal | None) -> bool:
    """Whether some version gives exactly this: 10–20万元, 5000元 (both ends), or 最高30万元 (no lower end)."""
    return most is not None and any(_range(version) == (least, most) for version in measure.versions)


def _range(version: Version) -> tuple[Decimal | None, Decimal | None]:
    fixed, most, least = (_amount(text, version) for text in _texts(version))
    return (fixed, fixed) if fixed is not None else (least, most)


def _texts(version: Version) -> tuple[str | None, ...]:
    benefit = version.benefit
    return benefit.amount_yuan, benefit.amount_max_yuan, benefit.amount_min_yuan


def _amount(text: str | None, version: Version) -> Decimal | None:
    if text is not None and text.startswith(":"):
        text = version.parameters[text[1:]].value
    return None if text is None else Decimal(text)
