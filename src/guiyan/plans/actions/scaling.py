"""Targets of a demonstration: its people are a part of the city's, so what they are measured by is in proportion."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal

from django.db import transaction

from guiyan.kernel import audit, releases
from guiyan.kernel.actors import Actor
from guiyan.kernel.errors import Refused
from guiyan.packs import Indicator as Declared
from guiyan.packs import Pack
from guiyan.plans.models import Indicator
from guiyan.plans.queries import indicators

DIGITS = 2
"""A target is a round number: so many digits of the proportion are kept."""


@transaction.atomic
def scale_targets(actor: Actor, *, people: int) -> list[Indicator]:
    """Set what live indicators are measured by among `people` sample people; printed targets stay. Gives the changed.

    Raises Refused in a city whose pack is not for a demonstration.
    """
    pack = releases.current()
    if not pack.city.sample:
        raise Refused(f"{pack.city.name}的城市包不是演示用的（sample: true），目标照文件。", "no-sample")
    changed = []
    for indicator in indicators():
        declared = pack.indicators.get(indicator.definition)
        wanted = scaled(indicator, declared, part_of(pack, people)) if declared else None
        if wanted != indicator.sample_target:
            indicator.sample_target = wanted
            changed.append(indicator)
    Indicator.objects.bulk_update(changed, ["sample_target"])
    if changed:
        detail = {"people": str(people), "count": str(len(changed))}
        audit.record(actor, "target.scale", f"pack:{pack.city.id}", region=pack.city.region, detail=detail)
    return changed


def part_of(pack: Pack, people: int) -> Decimal:
    """Which part of the whole so many sample people are; 1 where the pack names no whole, or for nobody."""
    whole = pack.city.sample_whole
    return min(Decimal(people) / whole, Decimal(1)) if whole and people else Decimal(1)


def scaled(indicator: Indicator, declared: Declared, part: Decimal) -> Decimal | None:
    """The target among a part of the people; None where it is as printed."""
    if indicator.target is None or declared.in_sample is None or part == 1:
        return None
    if declared.in_sample == "by_people":
        return rounded(indicator.target * part)
    return declared.in_sample


def rounded(value: Decimal) -> Decimal:
    """To `DIGITS` digits and not below a whole one: 300.2 → 300, 1,667 → 1,700."""
    size = Decimal(1).scaleb(max(value.adjusted() - DIGITS + 1, 0))
    return (value / size).quantize(Decimal(1), ROUND_HALF_UP) * size
