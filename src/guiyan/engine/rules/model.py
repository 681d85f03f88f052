"""What a rule declares: facts with their questions, and measures with dated versions, conditions and benefits."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

from pydantic import Field, model_validator

from guiyan.engine.rules.benefit import Benefit, Parameter
from guiyan.engine.values import Declared, YamlBool, YamlDay, YamlInt, YamlText, YamlYuan

FactType = Literal["bool", "int", "date", "text", "code", "region", "list", "map"]
SubjectKind = Literal["person", "organisation", "project"]
Verdict = Literal["yes", "no", "unknown", "expired"]


class Answer(Declared):
    """One answer offered to a question, in the reader's words; `value` is what the fact then is."""

    label: YamlText
    value: YamlText
    hint: str = ""


class Question(Declared):
    """How the fact is asked. Numbers, days and regions may be typed; 不清楚 is always offered."""

    text: YamlText
    hint: str = ""
    why: YamlText  # 为什么问
    answers: tuple[Answer, ...] = ()


class Fact(Declared):
    """One thing that rules may ask about a subject.

    `codes`: the values of `code` and `list` facts with their labels, in rising order (none < college < bachelor).
    `derive`: an expression over other facts; then it is never asked. `yes`/`no`: how a bool reads in a sentence;
    `says`: how another value does, `{}` standing for it in words (名下登记过{}).
    `of_founder`: of an organisation, what the same thing is called of the person who founded it; it is taken from her.
    `groups`: the value that makes somebody one of a group that people know by name ("true": 返乡人员).
    """

    id: str = ""
    label: YamlText
    type: FactType
    kinds: tuple[SubjectKind, ...] = Field(alias="for")
    unit: str = ""
    yes: str = ""
    no: str = ""
    says: str = ""
    codes: Mapping[str, str] = Field(default_factory=dict)
    groups: Mapping[str, str] = Field(default_factory=dict)
    least: YamlInt | None = None
    most: YamlInt | None = None
    source: str = ""
    derive: str | None = None
    of_founder: str | None = None
    question: Question | None = None

    @model_validator(mode="after")
    def codes_fit_the_type(self) -> Fact:
        if self.type == "code" and not self.codes:
            raise ValueError("a `code` fact lists its `codes` in order")
        if self.codes and self.type not in ("code", "list", "map"):
            raise ValueError(f"`codes` belong to code, list and map facts, not to `{self.type}`")
        if strange := self.groups.keys() - (self.codes.keys() or {"true", "false"}):
            raise ValueError(f"`groups` names values that it does not have: {', '.join(sorted(strange))}")
        if self.says and self.says.count("{}") != 1:
            raise ValueError("`says` has `{}` exactly once, where the value stands")
        return self

    def told(self, words: str) -> str:
        """The fact as a statement: 名下登记过1次; without `says` a bool's words alone, else label and value."""
        if self.says:
            return self.says.replace("{}", words)
        return words if self.type == "bool" else f"{self.label}：{words}"


class Clause(Declared):
    """Where it is written: the document, the plan inside it and the section, such as 二(七)."""

    document: YamlText
    plan: YamlText
    section: YamlText


class Condition(Declared):
    label: YamlText
    when: YamlText


class Version(Declared):
    """The rule as it stands from a day on, to a day included; without `to` it stands until the next version."""

    valid_from: YamlDay = Field(alias="from")
    valid_to: YamlDay | None = Field(default=None, alias="to")
    parameters: Mapping[str, Parameter] = Field(default_factory=dict)
    conditions: Mapping[str, Condition]  # none only where it says so: `{}`
    benefit: Benefit


class MeasureOffice(Declared):
    """Who handles a measure for which there is no item yet: unit and window, as people are told where to go."""

    unit_kind: YamlText
    unit_level: Literal["county", "city"] = "county"
    window: YamlText
    phone: str = ""
    set_by: YamlText


class Measure(Declared):
    """政策措施: for whom, on which conditions, what, by whom paid, on which clause."""

    id: str = ""
    title: YamlText
    kind: SubjectKind = Field(alias="for")
    clause: Clause
    strength: Literal["shall", "encouraged"]
    payer: str | None = None
    open_conditions: tuple[str, ...] = ()
    versions: tuple[Version, ...] = Field(min_length=1)
    once_per: Literal["person", "organisation", "project"] | None = None
    item: str | None = None
    office: MeasureOffice | None = None  # where to go while nothing can be applied for here
    public: YamlBool = True
    plain: str = ""  # what it gives in people's words, where the kind of benefit says little: 不用找人担保


class GoldenCase(Declared):
    """A case whose answer is known: it runs in tests and whenever a parameter changes."""

    title: YamlText
    measure: str = ""
    on: YamlDay
    facts: Mapping[str, object] = Field(default_factory=dict)
    verdict: Verdict
    missing: tuple[str, ...] | None = None
    amount_yuan: YamlYuan | None = None
    amount_min_yuan: YamlYuan | None = None
    amount_missing: tuple[str, ...] | None = None
    unpublished: YamlBool | None = None
    valid_until: YamlDay | None = None
