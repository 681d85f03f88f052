"""Which measures are in force, and what they come to for one person."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from guiyan.engine.rules import ScreenResult, screen
from guiyan.kernel import calendar, releases
from guiyan.packs import Measure
from guiyan.policies.models import MeasureConfirmation
from guiyan.registers import queries as registers


@dataclass(frozen=True, slots=True)
class LiveMeasure:
    """A declared measure with the words of the document that an officer confirmed it on."""

    measure: Measure
    confirmation: MeasureConfirmation


def live_measures(kind: str | None = None) -> list[LiveMeasure]:
    """Confirmed measures of the current release, by title; `kind` is person, organisation or project."""
    confirmed = {x.measure_id: x for x in MeasureConfirmation.objects.filter(ended_at=None)}
    found = [
        LiveMeasure(measure, confirmed[measure.id])
        for measure in releases.current().measures.values()
        if measure.id in confirmed and (kind is None or measure.kind == kind)
    ]
    return sorted(found, key=lambda x: x.measure.title)


def live_measure(measure_id: str) -> LiveMeasure | None:
    return next((x for x in live_measures() if x.measure.id == measure_id), None)


def ended_measures() -> list[LiveMeasure]:
    """Measures that were in force and are no more, each with its last confirmation, by title."""
    rows = MeasureConfirmation.objects.order_by("ended_at")
    live = {row.measure_id for row in rows if row.ended_at is None}
    last = {row.measure_id: row for row in rows if row.ended_at is not None}
    measures = releases.current().measures
    found = [LiveMeasure(measures[name], row) for name, row in last.items() if name in measures and name not in live]
    return sorted(found, key=lambda x: x.measure.title)


def screen_answers(facts: Mapping[str, Any], kind: str = "person", on: date | None = None) -> list[ScreenResult]:
    """Verdicts of the measures in force for given facts (fact -> value); nothing is looked up."""
    ready = releases.current().compiled
    live = [ready[x.measure.id] for x in live_measures(kind)]
    return screen(live, facts, on=on or calendar.today(), kind=kind, assume_none_received=True)


def known_facts(subject_id: int, on: date | None = None) -> dict[str, Any]:
    """What the registers already know of a person, so that nobody is asked for it."""
    return registers.facts_of(subject_id, on or calendar.today())
