"""The amounts that a measure declares."""

from __future__ import annotations

from decimal import Decimal

from guiyan.engine.rules.model import Measure, Version


def declared_amounts_yuan(measure: Measure) -> set[Decimal]:
    """Every amount over all versions, in yuan; an unpublished parameter gives none."""
    found = {_amount(text, version) for version in measure.versions for text in _texts(version)}
    return {amount for amount in found if amount is not None}


def _texts(version: Version) -> tuple[str | None, ...]:
    benefit = version.benefit
    return benefit.amount_yuan, benefit.amount_max_yuan, benefit.amount_min_yuan


def _amount(text: str | None, version: Version) -> Decimal | None:
    if text is not None and text.startswith(":"):
        text = version.parameters[text[1:]].value
    return None if text is None else Decimal(text)
