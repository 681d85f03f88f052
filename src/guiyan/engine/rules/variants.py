"""A measure with something changed: what of a version may be changed, by its place, and the measure that comes of it.

Places are names such as `conditions.age.0` (the first fixed value of a condition), `conditions.age.off`,
`parameters.limit`, `benefit.amount_yuan`, `benefit.tiers.1.payments.0`, `from`, `to`; of caps `caps.<id>`.
Nothing is ever written as an expression: conditions are changed as trees and printed.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from pydantic import ValidationError

from guiyan.engine.rules import tree
from guiyan.engine.rules.catalogue import Catalogue
from guiyan.engine.rules.errors import RuleError
from guiyan.engine.rules.literals import limits, with_limits
from guiyan.engine.rules.model import Fact, Measure, Version
from guiyan.engine.rules.parse import parse
from guiyan.engine.rules.printing import print_expr
from guiyan.engine.rules.sentence import place as place_name
from guiyan.engine.rules.sentence import sentence
from guiyan.engine.rules.stacking import Stacking

SettingType = Literal["int", "yuan", "percent", "date", "code", "off"]
ENDS = {"amount_yuan": "金额", "amount_min_yuan": "最低金额", "amount_max_yuan": "最高金额", "rate_percent": "比例"}
UNPUBLISHED = ""
OFF, ON = "true", ""
Changes = Mapping[str, str]


@dataclass(frozen=True)
class Setting:
    """One thing that may be changed. today: as it is written, "" where nothing stands there.

    within: the condition, tier or cap it belongs to, in words; says: its comparison in words; fact: what it limits.
    """

    place: str
    type: SettingType
    label: str
    today: str
    within: str = ""
    says: str = ""
    unit: str = ""
    fact: Fact | None = None
    choices: Mapping[str, str] = field(default_factory=dict)


def settings_of(version: Version, catalogue: Catalogue) -> list[Setting]:
    """What may be changed of a version: conditions first, then what is given, then the days."""
    found = [each for name in version.conditions for each in of_condition(version, name, catalogue)]
    found += [each for name in version.parameters for each in of_parameter(version, name, catalogue)]
    found += of_benefit(version, catalogue)
    to = "" if version.valid_to is None else version.valid_to.isoformat()
    return [
        *found,
        Setting("from", "date", "施行日期", version.valid_from.isoformat(), "施行时间"),
        Setting("to", "date", "截止日期", to, "施行时间"),
    ]


def settings_of_caps(stacking: Stacking, measures: set[str]) -> list[Setting]:
    return [
        Setting(f"caps.{name}", "yuan", "合计上限", f"{cap.most_yuan:f}", cap.label, unit="元")
        for name, cap in stacking.caps.items()
        if measures & set(cap.measures)
    ]


def of_condition(version: Version, name: str, catalogue: Catalogue) -> Iterator[Setting]:
    condition = version.conditions[name]
    node = parse(condition.when)
    yield Setting(
        f"conditions.{name}.off", "off", "不要这个条件", ON, condition.label,
        sentence(node, catalogue, version.parameters),
    )  # fmt: skip
    yield from of_tree(f"conditions.{name}", condition.label, node, version, catalogue)


def of_tree(place: str, within: str, node: tree.Tree, version: Version, catalogue: Catalogue) -> Iterator[Setting]:
    for number, limit in enumerate(limits(node, catalogue)):
        fact = limit.fact
        written = str(limit.value.value)
        type_: SettingType = "date" if fact.type == "date" else "code" if fact.type == "code" else "int"
        says = sentence(limit.says, catalogue, version.parameters)
        yield Setting(
            f"{place}.{number}", type_, fact.label, written, within, says, fact.unit, fact, fact.codes
        )  # fmt: skip


def of_parameter(version: Version, name: str, catalogue: Catalogue) -> Iterator[Setting]:
    parameter = version.parameters[name]
    if parameter.type not in ("int", "date"):
        return
    type_: SettingType = "date" if parameter.type == "date" else "int"
    unit = "元" if type_ == "int" and in_benefit(version, name) else ""
    if not parameter.by_region:
        yield Setting(f"parameters.{name}", type_, parameter.label, parameter.value or UNPUBLISHED, "参数", unit=unit)
    for code, value in parameter.by_region.items():
        label = f"{parameter.label}（{place_name(code, catalogue)}）"
        yield Setting(f"parameters.{name}.{code}", type_, label, value or UNPUBLISHED, "参数", unit=unit)


def in_benefit(version: Version, name: str) -> bool:
    benefit = version.benefit
    sums = [getattr(one, end) for one in (benefit, *benefit.tiers) for end in ENDS if end != "rate_percent"]
    paid = [text for tier in benefit.tiers if tier.payments is not None for text in tier.payments.amounts_yuan]
    return f":{name}" in (*sums, *paid)


def of_benefit(version: Version, catalogue: Catalogue) -> Iterator[Setting]:
    benefit = version.benefit
    yield from of_sum("benefit", "给什么", benefit)
    for number, tier in enumerate(benefit.tiers):
        place = f"benefit.tiers.{number}"
        if tier.when is not None:
            yield from of_tree(f"{place}.when", tier.label, parse(tier.when), version, catalogue)
        yield from of_sum(place, tier.label, tier)
        for turn, text in enumerate(tier.payments.amounts_yuan if tier.payments is not None else ()):
            if not text.startswith(":"):
                yield Setting(f"{place}.payments.{turn}", "yuan", f"第{turn + 1}次", text, tier.label, unit="元")


def of_sum(place: str, within: str, one: Any) -> Iterator[Setting]:
    for end, label in ENDS.items():
        text = getattr(one, end)
        if text is not None and not text.startswith(":"):
            rate = end == "rate_percent"
            yield Setting(
                f"{place}.{end}", "percent" if rate else "yuan", label, text, within, unit="%" if rate else "元"
            )


def changed_measure(measure: Measure, place: int, catalogue: Catalogue, changes: Changes) -> Measure:
    """The measure with these changes in the version at that place. Raises RuleError naming what does not fit."""
    version = measure.versions[place]
    known = {each.place: each for each in settings_of(version, catalogue)}
    if strange := changes.keys() - known.keys():
        raise RuleError(f"{measure.id}: nothing can be changed at {', '.join(sorted(strange))}")
    written = version.model_dump(mode="json", by_alias=True)
    for where, value in changes.items():
        put(written, where.split("."), value, known[where], catalogue, version)
    versions = [each.model_dump(mode="json", by_alias=True) for each in measure.versions]
    versions[place] = written
    try:
        return Measure.model_validate({**measure.model_dump(mode="json", by_alias=True), "versions": versions})
    except ValidationError as wrong:
        raise RuleError(f"{measure.id}: {wrong.errors()[0]['msg']}") from None


def put(
    written: dict[str, Any], where: list[str], value: str, setting: Setting, catalogue: Catalogue, version: Version
) -> None:
    """Write one change into a version as it is written in packs."""
    match where:
        case ["conditions", name, "off"]:
            if value:
                written["conditions"].pop(name, None)
        case ["conditions", name, number]:
            one = written["conditions"].get(name)
            if one is not None:
                one["when"] = put_limit(one["when"], int(number), value, setting, catalogue)
        case ["benefit", "tiers", tier, "when", number]:
            one = written["benefit"]["tiers"][int(tier)]
            one["when"] = put_limit(one["when"], int(number), value, setting, catalogue)
        case ["benefit", "tiers", tier, "payments", turn]:
            written["benefit"]["tiers"][int(tier)]["payments"]["amounts_yuan"][int(turn)] = value
        case ["benefit", "tiers", tier, end]:
            written["benefit"]["tiers"][int(tier)][end] = value
        case ["benefit", end]:
            written["benefit"][end] = value
        case ["parameters", name]:
            written["parameters"][name]["value"] = value or None
        case ["parameters", name, code]:
            written["parameters"][name]["by_region"][code] = value or None
        case [day]:
            written[day] = value or None


def put_limit(when: str, number: int, value: str, setting: Setting, catalogue: Catalogue) -> str:
    operand = tree.Number(int(value)) if setting.type == "int" else tree.Text(value)
    return print_expr(with_limits(parse(when), catalogue, {number: operand}))


def changed_stacking(stacking: Stacking, changes: Changes) -> Stacking:
    """The decisions with other sums of caps. Raises RuleError for a cap that there is not."""
    written = stacking.model_dump(mode="json", by_alias=True)
    for where, value in changes.items():
        name = where.removeprefix("caps.")
        if name not in written["caps"]:
            raise RuleError(f"there is no cap `{name}`")
        written["caps"][name]["most_yuan"] = value
    try:
        return Stacking.model_validate(written)
    except ValidationError as wrong:
        raise RuleError(str(wrong.errors()[0]["msg"])) from None
