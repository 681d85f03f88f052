"""What may be asked of which measures, and the two plans that a question comes to."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType
from typing import Any

from guiyan.engine.population import Plan, plan_of
from guiyan.engine.population.together import Together
from guiyan.engine.rules import CompiledMeasure, PlacedRuleError, RuleError, compile_measure
from guiyan.engine.rules.stacking import Stacking
from guiyan.engine.rules.variants import Setting, changed_measure, changed_stacking, settings_of, settings_of_caps
from guiyan.kernel import releases
from guiyan.kernel.errors import Refused
from guiyan.outreach.models import WhatIfRun
from guiyan.packs import Measure, Pack

Changes = Mapping[str, Mapping[str, str]]
CAPS = ""
NONE: Mapping[str, Any] = MappingProxyType({})
# Money that is given away; credit lines, interest and services are never added up with it.
GIVEN = ("grant", "award", "subsidy")


@dataclass(frozen=True)
class Offered:
    """A measure with what may be changed of the version of the day; the caps of all have the id `CAPS`."""

    id: str
    title: str
    clause: str
    settings: Sequence[Setting]


def settings_for(pack: Pack, measures: Sequence[str], day: date) -> list[Offered]:
    """What may be changed, measure by measure; last the caps over them, where there are any."""
    found = [offered(pack, pack.measures[name], day) for name in measures]
    caps = settings_of_caps(pack.stacking, set(measures))
    return [*found, Offered(CAPS, "几项政策合计", "", caps)] if caps else found


def offered(pack: Pack, measure: Measure, day: date) -> Offered:
    version = measure.versions[place_on(pack, measure.id, day)]
    return Offered(
        measure.id, measure.title, pack.clause_words(measure.clause), settings_of(version, pack.catalogue)
    )  # fmt: skip


def place_on(pack: Pack, measure: str, day: date) -> int:
    """Which version of a measure stands on a day. Raises Refused where none has begun."""
    compiled = pack.compiled[measure]
    version = compiled.version_on(day)
    if version is None:
        raise Refused(f"“{compiled.measure.title}”这一天还没有施行，不能试算。", "measures")
    return compiled.versions.index(version)


@dataclass(frozen=True)
class Sides:
    before: Plan
    after: Plan
    together: Together


def sides_of(
    pack: Pack, measures: Sequence[str], days: tuple[date, date], changes: Changes, drafts: Mapping[str, Any] = NONE
) -> Sides:
    """The plans of today's rules and of the changed ones, each on its day. Raises Refused for what makes no rule.

    drafts: measure → the whole measure as it would be, as packs write it.
    """
    day, changed_day = days
    after, stacking = changed(pack, measures, day, changes, drafts)
    given = tuple(name for name in measures if is_given(pack, name, day))
    together = Together(given, apart_on(pack.stacking, day), apart_on(stacking, changed_day))
    return Sides(
        plan_of([pack.compiled[name] for name in measures], day),
        plan_of(after, changed_day),
        together if len(given) > 1 else Together(),
    )


def sides_of_run(run: WhatIfRun) -> tuple[Pack, Sides]:
    """The pack that a run was put on, and its two plans."""
    pack = releases.release(run.release)
    return pack, sides_of(pack, run.measures, (run.day, run.changed_day), run.changes, run.drafts)


def changed(
    pack: Pack, measures: Sequence[str], day: date, changes: Changes, drafts: Mapping[str, Any]
) -> tuple[list[CompiledMeasure], Stacking]:
    try:
        stacking = changed_stacking(pack.stacking, changes.get(CAPS, {}))
    except RuleError as wrong:
        raise Refused(f"改了以后，合计上限不成立：{wrong}", "changes") from None
    return [
        changed_one(pack, name, day, changes.get(name, {}), stacking, drafts.get(name)) for name in measures
    ], stacking


def changed_one(
    pack: Pack, name: str, day: date, own: Mapping[str, str], stacking: Stacking, draft: Any
) -> CompiledMeasure:
    measure = pack.measures[name]
    try:
        if draft is not None:
            return compile_measure(Measure.model_validate({**draft, "id": name}), pack.catalogue, stacking)
        changed = changed_measure(measure, place_on(pack, name, day), pack.catalogue, own)
        return compile_measure(changed, pack.catalogue, stacking)
    except RuleError as wrong:
        raise Refused(f"改了以后，“{measure.title}”的规则不成立：{in_words(wrong)}", "changes") from None


def in_words(wrong: RuleError) -> str:
    """What does not fit, where officers can do something about it; else what the rule engine says."""
    path = wrong.path if isinstance(wrong, PlacedRuleError) else ()
    if path[2:3] == ("to",):
        return "截止日期早于施行日期。"
    if path[2:3] == ("from",):
        return "施行日期和前一版重叠。"
    if "benefit" in path:
        return "金额、比例要写成数字，金额最多两位小数。"
    return f"{wrong}"


def is_given(pack: Pack, measure: str, day: date) -> bool:
    version = pack.compiled[measure].version_on(day)
    return version is not None and version.source.benefit.kind in GIVEN


def apart_on(stacking: Stacking, day: date) -> tuple[frozenset[str], ...]:
    standing = [
        one
        for one in stacking.excludes.values()
        if one.valid_from <= day and (one.valid_to is None or day <= one.valid_to)
    ]
    return tuple(frozenset(one.measures) for one in standing)
