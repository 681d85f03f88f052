"""Targets as the cockpit shows them: the late ones first, each with the numbers behind its percentage."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from django.urls import reverse
from django.utils.html import format_html

from guiyan.insights.goals import goal_figure, goal_label
from guiyan.insights.parts import LAST_YEAR, is_from_little, last_words, now_parts, number_and_unit, value_words
from guiyan.insights.reported import NOT_LOCKED
from guiyan.insights.standing import Standing
from guiyan.plans.models.amounts import amount_words

URGENT_FIRST = ("late", "warn", "ok", "idle", "")
MOST_TILES, MOST_TOLD = 8, 6


def late_first(found: Sequence[Standing]) -> list[Standing]:
    """Red before amber before green; within a light as the plans have them."""
    return sorted(found, key=lambda x: URGENT_FIRST.index(x.light))


def is_told(standing: Standing) -> bool:
    """Whether units have reported it: the figure is locked, or it waits for being locked."""
    if standing.indicator.is_computed:
        return False
    return standing.value is not None or standing.words.startswith(NOT_LOCKED)


def tile(standing: Standing) -> dict[str, Any]:
    """One target as a number tile. A growth or a share is no part of its target: it has no bar, the gap is in words."""
    x = standing.indicator
    value, unit = number_and_unit(standing)
    parts, last = now_parts(standing), last_words(standing)
    return {
        "label": x.full_name,
        "value": value,
        "unit": unit,
        "percent": None if x.is_quotient else standing.percent,
        "time_percent": standing.time_percent,
        "state": standing.light,
        "state_text": standing.words,
        "target": format_html('目标{}<span class="nb">{}</span>', goal_label(x), goal_figure(x)),
        "beside": beside_target(standing),
        "note": parts or (f"{LAST_YEAR}{last}" if last and not x.is_quotient else ""),
        "href": reverse("cockpit:drill", args=[x.id]),
    }


def beside_target(standing: Standing) -> str:
    """比目标高186.9个百分点, of a growth or a share; what is missing is said by its light."""
    if not standing.indicator.is_quotient or standing.value is None or standing.target is None:
        return ""
    above = standing.value - standing.target
    if is_from_little(standing):
        return ""
    return f"比目标高{above:.1f}个百分点" if above > 0 else ""


def told_row(standing: Standing) -> dict[str, Any]:
    """One reported figure as a row: what is locked with its target, or that it is not."""
    x = standing.indicator
    return {
        "label": x.full_name,
        "value": value_words(standing),
        "parts": now_parts(standing),
        "target": goal_figure(x) if x.target is not None else "",
        "state": standing.light,
        "words": standing.words,
        "href": reverse("cockpit:drill", args=[x.id]),
    }


def in_one_scale(values: Sequence[Decimal], unit: str) -> list[str]:
    """Figures of one list in words, money in the scale of the largest."""
    largest = max((abs(value) for value in values), default=None)
    return [amount_words(value, unit, largest) for value in values]
