"""Golden cases as controls: facts by their types, the verdict that is right, and what else is checked."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from guiyan.desk.rules.case_reading import BESIDES
from guiyan.desk.rules.choices import Choice, Choices
from guiyan.desk.rules.content import Data, listed, mapping, words
from guiyan.engine.rules.model import Fact
from guiyan.engine.values.declared import day
from guiyan.kernel.calendar import long_day
from guiyan.policies.queries import CaseOutcome

VERDICTS: list[Choice] = [("yes", "符合"), ("no", "不符合"), ("unknown", "还不知道"), ("expired", "已到期")]


@dataclass(frozen=True)
class FactControl:
    """widget: choose, number, day, text, boxes or amounts. entries: (value or key, label, ticked or amount)."""

    name: str
    label: str
    widget: str
    value: str
    unit: str
    choices: list[Choice]
    boxes: list[tuple[str, str, bool]]
    amounts: list[tuple[str, str, str]]
    known: bool

    @property
    def is_none(self) -> bool:
        """Whether it is known that a list has nothing in it."""
        return self.known and not any(ticked for _, _, ticked in self.boxes)


@dataclass(frozen=True)
class CaseView:
    prefix: str
    place: int
    title: str
    on: str
    verdict: str
    amount: str
    facts: list[FactControl]
    said: str
    besides: str
    outcome: CaseOutcome | None
    error: str
    is_open: bool

    @property
    def day(self) -> str:
        return in_words(self.on)


def case_view(
    place: int, case: Data, asked: Iterable[str], choices: Choices, outcome: CaseOutcome | None, error: str
) -> CaseView:
    """With a control for every fact the rule asks, and for every other that the case gives. Open: what needs a hand."""
    given = mapping(case.get("facts"))
    names = [name for name in dict.fromkeys([*asked, *given]) if choices.saying.fact(name) is not None]
    controls = [control_of(f"k{place}.f.", name, given.get(name), choices) for name in names]
    return CaseView(
        prefix=f"k{place}",
        place=place,
        title=words(case.get("title")),
        on=words(case.get("on")),
        verdict=words(case.get("verdict")),
        amount=words(case.get("amount_yuan")),
        facts=controls,
        said="，".join(told(control) for control in controls if told(control)),
        besides="；".join(f"{label}：{shown(case[key], choices)}" for key, label in BESIDES.items() if key in case),
        outcome=outcome,
        error=error,
        is_open=bool(error) or not words(case.get("title")),
    )


def shown(value: object, choices: Choices) -> str:
    def one(name: object) -> str:
        fact = choices.saying.fact(str(name))
        return fact.label if fact is not None else str(name)

    return "、".join(map(one, listed(value))) or "没有" if isinstance(value, list | tuple) else one(value)


def control_of(start: str, name: str, given: object, choices: Choices) -> FactControl:
    fact = choices.saying.fact(name)
    assert fact is not None
    control = FactControl(f"{start}{name}", fact.label, "text", words(given), fact.unit, [], [], [], given is not None)
    if fact.type == "list":
        ticked = [str(one) for one in listed(given)]
        boxes = [(value, label, value in ticked) for value, label in choices.keys_of(fact)]
        return changed(control, widget="boxes", boxes=boxes)
    if fact.type == "map":
        sums = mapping(given)
        amounts = [(key, label, words(sums.get(key))) for key, label in choices.keys_of(fact)]
        return changed(control, widget="amounts", amounts=amounts)
    if fact.type == "bool":
        return changed(control, widget="choose", choices=yes_no(fact))
    if fact.type == "region":
        return changed(control, widget="choose", choices=[one for _, group in choices.regions for one in group])
    if known := choices.values_of(fact):
        return changed(control, widget="choose", choices=known)
    return changed(control, widget={"int": "number", "date": "day"}.get(fact.type, "text"))


def changed(control: FactControl, **keys: object) -> FactControl:
    return FactControl(**{**control.__dict__, **keys})


def yes_no(fact: Fact) -> list[Choice]:
    return [("true", fact.yes or "是"), ("false", fact.no or "不是")]


def in_words(written: str) -> str:
    """2026年6月9日; what is no day stays as it was typed."""
    try:
        return long_day(day(written))
    except ValueError:
        return written


def told(control: FactControl) -> str:
    """返乡人员是, 年龄45周岁: what is given, in a few words; empty for what is not known."""
    if not control.known:
        return ""
    if control.widget == "boxes":
        ticked = "、".join(label for _, label, is_ticked in control.boxes if is_ticked)
        return f"{control.label}：{ticked or '没有'}"
    if control.widget == "amounts":
        return "，".join(
            f"{control.label}（{label}）{amount}{control.unit}" for _, label, amount in control.amounts if amount
        )
    if control.widget == "day":
        return f"{control.label}{in_words(control.value)}"
    label = dict(control.choices).get(control.value)
    if control.widget == "choose" and control.choices and control.choices[0][0] == "true":
        return label or control.value
    return f"{control.label}{label or control.value}{control.unit}"
