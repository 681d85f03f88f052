"""What a draft means, in sentences: for whom, on which conditions, what, how often, from when."""

from __future__ import annotations

from dataclasses import dataclass

from guiyan.engine.rules import Catalogue, Measure, benefit_sentence
from guiyan.engine.rules.compiled import CompiledMeasure, CompiledVersion
from guiyan.engine.rules.measure import ONCE
from guiyan.policies.queries import Checked

WHOM = {"person": "个人", "organisation": "企业和单位", "project": "项目"}
GIVES = {
    "grant": "一次性补贴",
    "subsidy": "补贴",
    "award": "奖补",
    "loan": "贷款",
    "interest_subsidy": "贴息",
    "waiver": "免除",
    "service": "服务",
    "card": "服务卡",
}
OFTEN = {"person": "每人只发一次", "organisation": "每家只发一次", "project": "每个项目只发一次"}


@dataclass(frozen=True)
class Meaning:
    """conditions: (what it is called, what it says in full). made: what the city's decisions add."""

    whom: str
    conditions: list[tuple[str, str]]
    made: list[str]
    gives: str
    often: str
    left_open: tuple[str, ...]


def meaning_of(found: Checked) -> Meaning | None:
    """Of the version being written; None while the draft can't be read."""
    return None if found.measure is None else meaning_in(found.measure, found.measure.versions[-1])


def meaning_in(compiled: CompiledMeasure, version: CompiledVersion) -> Meaning:
    measure, written = compiled.measure, version.source.conditions
    return Meaning(
        whom=WHOM[measure.kind],
        conditions=[(one.label, one.sentence) for one in version.conditions if one.id in written],
        made=[one.label for one in version.conditions if one.id not in written and one.id != ONCE],
        gives=given(version, measure, compiled.catalogue),
        often=OFTEN.get(measure.once_per or "", ""),
        left_open=measure.open_conditions,
    )


def given(version: CompiledVersion, measure: Measure, catalogue: Catalogue) -> str:
    """一次性补贴：5,000元; 不用找人担保"""
    benefit = version.source.benefit
    sums = benefit_sentence(benefit, catalogue, version.source.parameters)
    if benefit.kind in ("loan", "interest_subsidy") and sums.endswith("%"):
        sums = f"{sums}贴息"
    return "：".join(part for part in (measure.plain or GIVES[benefit.kind], sums) if part)
