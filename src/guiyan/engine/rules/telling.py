"""A verdict as other programs read it: the shape of `bin/guiyan screen` and of the API, ready for JSON."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from guiyan.engine.rules.screen import ScreenResult


def told(result: ScreenResult) -> dict[str, Any]:
    """Amounts in yuan; days as 2026-06-08."""
    return {
        "id": result.id,
        "title": result.title,
        "verdict": result.verdict,
        "amount_max_yuan": in_yuan(result.amount_max_fen),
        "amount_min_yuan": in_yuan(result.amount_min_fen),
        "amount_note": "未公布" if result.unpublished else result.tier or None,
        "amount_missing": list(result.amount_missing),
        "rate_percent": plain_number(result.rate_percent),
        "missing": list(result.missing),
        "valid_until": None if result.valid_until is None else result.valid_until.isoformat(),
        "open_conditions": list(result.open_conditions),
        "strength": result.strength,
        "payer": result.payer,
        "reasons": [
            {"condition": each.condition, "label": each.label, "verdict": each.verdict} for each in result.reasons
        ],
        "clause": result.clause.model_dump(),
    }


def in_yuan(fen: int | None) -> int | float | None:
    return None if fen is None else plain_number(Decimal(fen) / 100)


def plain_number(number: Decimal | None) -> int | float | None:
    """A whole number where it is one: 5000, not 5000.0."""
    if number is None:
        return None
    return int(number) if number == number.to_integral_value() else float(number)
