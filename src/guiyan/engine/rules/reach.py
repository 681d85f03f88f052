"""Whether anybody can meet a measure at all: conditions that shut each other out, and tiers that nobody reaches."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from guiyan.engine.rules.compiled import ON_DAY_VARIABLE, CompiledMeasure, CompiledVersion
from guiyan.engine.rules.core import All, Core, variables
from guiyan.engine.rules.cutoffs import fixed_on
from guiyan.engine.rules.errors import Path
from guiyan.engine.rules.exact import outlook

YEARS_TRIED = (0, 1, 5, 10, 20)


def out_of_reach(compiled: CompiledMeasure) -> Iterator[tuple[Path, str]]:
    """(place in the measure, what is wrong) for every version and tier that nobody can meet."""
    for place, version in enumerate(compiled.versions):
        here: Path = ("versions", place)
        own = All(tuple(condition.core for condition in version.conditions))
        if not meets(own, version):
            culprit = next((one for one in version.conditions if not meets(one.core, version)), None)
            why = (
                f"condition `{culprit.id}` never holds" if culprit is not None else "its conditions shut each other out"
            )
            yield (*here, "conditions"), f"nobody can meet `{compiled.measure.id}`: {why}"
            continue
        for tier in version.amounts.tiers:
            if tier.label and not tier.unpublished and not meets(All((own, tier.core)), version):
                yield (*here, "benefit", "tiers"), f"nobody who meets the conditions reaches the tier “{tier.label}”"


def meets(core: Core, version: CompiledVersion) -> bool:
    """Whether some facts can make it hold on some day of the version; tried on a few days where the day matters."""
    if ON_DAY_VARIABLE not in variables(core):
        return outlook(core, {}).can_hold
    return any(outlook(fixed_on(core, ON_DAY_VARIABLE, day.toordinal()), {}).can_hold for day in days(version))


def days(version: CompiledVersion) -> Iterator[dt.date]:
    first, last = version.source.valid_from, version.source.valid_to
    for years in YEARS_TRIED:
        day = first + dt.timedelta(days=years * 365)
        if last is None or day <= last:
            yield day
    if last is not None:
        yield last
