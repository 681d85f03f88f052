"""What a draft changes of the measure in force, in words."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

from guiyan.engine.rules import Catalogue, CompiledMeasure, benefit_sentence, parse, sentence
from guiyan.engine.rules.errors import Path
from guiyan.engine.rules.measure import ONCE_LABELS
from guiyan.engine.rules.model import Measure, Version
from guiyan.kernel.calendar import long_day
from guiyan.packs import Pack

STRENGTHS = {"shall": "应当", "encouraged": "鼓励"}
BENEFITS = {
    "grant": "补贴",
    "award": "奖励",
    "subsidy": "补助",
    "loan": "贷款",
    "interest_subsidy": "贴息",
    "waiver": "免除",
    "service": "服务",
    "card": "证卡",
}


@dataclass(frozen=True)
class Difference:
    """before, after: how it read and how it reads; empty where it was or is not there.

    what: which part, in words. since: from when the change counts; None: as soon as it is approved.
    """

    path: Path
    what: str
    before: str
    after: str
    since: dt.date | None

    @property
    def words(self) -> str:
        """One sentence: 条件“年龄”由“…”改为“…”"""
        if not self.before:
            return f"{self.what}：增加“{self.after}”"
        if not self.after:
            return f"{self.what}：去掉“{self.before}”"
        return f"{self.what}：由“{self.before}”改为“{self.after}”"


def differences(
    before: Measure | None, ready: CompiledMeasure | None, after: Measure, pack: Pack
) -> Iterator[Difference]:
    """Nothing for a new measure. ready: the draft made ready; None: its conditions can't be told."""
    if before is None:
        return
    yield from of_measure(before, after, pack)
    known = {version.valid_from: version for version in before.versions}
    for place, version in enumerate(after.versions):
        here: Path = ("versions", place)
        was = known.get(version.valid_from)
        compared_with = was or last_before(before, version.valid_from)
        if was is None:
            start = f"从{long_day(version.valid_from)}起的新版本"
            yield Difference((*here, "from"), "版本", "", start, version.valid_from)
        if compared_with is not None:
            if was is not None and was.valid_to != version.valid_to:
                yield Difference(
                    (*here, "to"), "到期日期", until(was), until(version), version.valid_to or was.valid_to
                )
            if ready is not None:
                yield from of_version(here, compared_with, version, pack)
    for gone in known.keys() - {version.valid_from for version in after.versions}:
        yield Difference(("versions",), "版本", f"从{long_day(gone)}起的版本", "", gone)


def last_before(measure: Measure, day: dt.date) -> Version | None:
    earlier = [version for version in measure.versions if version.valid_from < day]
    return earlier[-1] if earlier else None


def until(version: Version) -> str:
    return "长期" if version.valid_to is None else f"到{long_day(version.valid_to)}"


def of_measure(before: Measure, after: Measure, pack: Pack) -> Iterator[Difference]:
    """What is the same for all versions: it counts as soon as it is approved."""
    for key, what in (
        ("title", "名称"),
        ("plain", "通俗说明"),
        ("strength", "力度"),
        ("payer", "出资单位"),
        ("open_conditions", "由部门认定的条件"),
        ("clause", "依据条款"),
        ("once_per", "能领几次"),
        ("item", "办理事项"),
        ("office", "去哪里办"),
        ("public", "是否公开"),
        ("kind", "对象"),
    ):
        if getattr(before, key) != getattr(after, key):
            path = "for" if key == "kind" else key
            yield Difference((path,), what, worded(key, before, pack), worded(key, after, pack), None)


def worded(key: str, measure: Measure, pack: Pack) -> str:
    value = getattr(measure, key)
    if key == "once_per":
        return ONCE_LABELS[value] if value else "不限次数"
    if key == "clause":
        return pack.clause_words(measure.clause)
    if key == "item":
        return pack.items[value].title if value in pack.items else str(value or "")
    if key == "office" and value is not None:
        return f"{value.window} {value.phone}".strip()
    if key == "public":
        return "公开" if value else "不公开"
    if key == "open_conditions":
        return "、".join(value)
    return STRENGTHS.get(value, str(value)) if value else ""


def condition_words(version: Version, catalogue: Catalogue) -> dict[str, str]:
    """Condition → the sentence that it means."""
    return {
        name: sentence(parse(condition.when), catalogue, version.parameters)
        for name, condition in version.conditions.items()
    }


def benefit_words(version: Version, catalogue: Catalogue) -> str:
    """补贴，5,000元"""
    sums = benefit_sentence(version.benefit, catalogue, version.parameters)
    return "，".join(part for part in (BENEFITS[version.benefit.kind], sums) if part)


def of_version(here: Path, before: Version, after: Version, pack: Pack) -> Iterator[Difference]:
    """Conditions by their ids, then what is given."""
    since = after.valid_from
    old, new = condition_words(before, pack.catalogue), condition_words(after, pack.catalogue)
    for name in dict.fromkeys([*old, *new]):
        was_there, now_there = before.conditions.get(name), after.conditions.get(name)
        one = now_there or was_there
        assert one is not None
        place: Path = (*here, "conditions", name)
        if old.get(name) != new.get(name):
            yield Difference(place, f"条件“{one.label}”", old.get(name, ""), new.get(name, ""), since)
        elif was_there is not None and was_there.label != one.label:
            yield Difference(place, "条件的名称", was_there.label, one.label, since)
    was, now = benefit_words(before, pack.catalogue), benefit_words(after, pack.catalogue)
    if was != now:
        yield Difference((*here, "benefit"), "待遇", was, now, since)
