"""Red lights that an order is proposed for, read again on the day: where each stands now, indicator by indicator."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from guiyan.insights.standing import Standing, by_place
from guiyan.plans.models import Indicator, SupervisionProposal


@dataclass(frozen=True, slots=True)
class RedLight:
    """What is proposed to be ordered, with where the indicator stands there today."""

    proposal: SupervisionProposal
    indicator: Indicator
    standing: Standing

    @property
    def is_red(self) -> bool:
        """Whether it still is: figures go on after the proposal was made."""
        return self.standing.light == "late"


def red_lights(proposals: Iterable[SupervisionProposal], day: date) -> list[RedLight]:
    """The proposals that are about a red light, by indicator and place; a few queries however many they are."""
    asked = [(x, x.indicator) for x in proposals if x.kind == "indicator" and x.indicator is not None]
    if not asked:
        return []
    indicators = list({x.pk: x for _, x in asked}.values())
    found = by_place(indicators, sorted({proposal.place for proposal, _ in asked}), day)
    known = {(x.indicator.pk, place): x for place, standings in found.items() for x in standings}
    lights = [RedLight(proposal, x, known[x.pk, proposal.place]) for proposal, x in asked]
    return sorted(lights, key=lambda light: (light.indicator.pk, light.proposal.place, light.proposal.pk))
