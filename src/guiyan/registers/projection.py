"""From all reports about a subject to the one row that the register shows: by declared trust, then by recency."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

from guiyan.packs.register import Field

Cleared = dict[str, bool]
CLEARED: Cleared = {"cleared": True}
"""What an assertion holds of a field that is said to be empty. Nobody says so of an entry that is not there yet."""
CLEARED_JSON = '{"cleared": true}'


EVERY = "*"
"""In `field_from`: the report of every field that is not named. Of most entries one report says all that is shown, and
thirty names of fields with its number would be more than half of the row."""


@dataclass(frozen=True)
class Said:
    """What one assertion says: field → value as stored."""

    assertion_id: int
    source: str
    at: date
    fields: Mapping[str, object]


@dataclass(frozen=True)
class Projection:
    values: dict[str, object] = field(default_factory=dict)
    came_from: dict[str, int] = field(default_factory=dict)  # field → assertion
    checked_on: date | None = None


def shortened(came_from: Mapping[str, int]) -> Mapping[str, int]:
    """As `field_from` keeps it."""
    reports = set(came_from.values())
    return {EVERY: reports.pop()} if len(reports) == 1 else came_from


def report_of(kept: Mapping[str, int], one: Field) -> int:
    """The report that a shown field comes from, by `field_from`; 0 for none."""
    return kept.get(one.id, 0 if one.is_derived else kept.get(EVERY, 0))


def project(said: Iterable[Said], trust: Mapping[str, int]) -> Projection:
    """Each field from the most trusted source that says anything of it; among equals the newest report.

    A source that the register no longer declares is trusted least.
    checked_on is the newest day on which anybody reported anything.
    """
    said = list(said)
    if len(said) == 1:  # of most subjects; the same as below
        told = {name: value for name, value in said[0].fields.items() if value is not None}
        fields = {name: None if value == CLEARED else value for name, value in told.items()}
        return Projection(fields, dict.fromkeys(fields, said[0].assertion_id), said[0].at)
    ordered = sorted(said, key=lambda one: (trust.get(one.source, -1), one.at, one.assertion_id))
    values: dict[str, object] = {}
    came_from: dict[str, int] = {}
    for one in ordered:
        for name, value in one.fields.items():
            if value is not None:
                values[name] = None if value == CLEARED else value
                came_from[name] = one.assertion_id
    return Projection(values, came_from, max((one.at for one in ordered), default=None))
