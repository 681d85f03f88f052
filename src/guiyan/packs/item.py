"""Items: what can be applied for, with outcome, materials and checks; and the form to fill in."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
from typing import Literal, TypeVar

from pydantic import Field, model_validator

from guiyan.engine.rules import Catalogue
from guiyan.engine.rules.model import SubjectKind
from guiyan.engine.values import Declared, YamlBool, YamlInt, YamlText
from guiyan.packs.fields import FormFieldType, Mask, field_catalogue
from guiyan.packs.outcome import Appeal, LoanRule, Membership, NoticeRule, Outcome, PaymentRule, Told, TownsRule


class Material(Declared):
    """`required_when` is a rule over the form's fields; without it the material is always required.

    unless_held: the form field whose answer a register gave already; then nobody needs the paper.
    """

    id: str = ""
    label: YamlText
    note: str = ""
    required_when: str | None = None
    optional: YamlBool = False
    unless_held: str | None = None
    replaces: str | None = None  # the check or list that makes the paper unnecessary when it answers
    accept: tuple[str, ...] = ("pdf", "jpg", "png")
    max_mb: YamlInt = 10


class Check(Declared):
    """A check by another unit, running beside the others.

    unless_held: the form field whose answer a register gave already; then the unit need not be asked.
    """

    id: str = ""
    label: YamlText
    unit_kind: YamlText
    level: Literal["township", "county", "city"] = "county"
    days: YamlInt
    asks: tuple[str, ...] = Field(min_length=1)
    unless_held: str | None = None
    set_by: YamlText


class Item(Declared):
    """What can be applied for. `outcome` says what it ends in, and so which of the optional parts it needs."""

    id: str = ""
    title: YamlText
    kind: SubjectKind = Field(alias="for")
    outcome: Outcome
    summary: str = ""
    measure: str = ""  # empty where no measure gives it: a recognition, an answer
    form: YamlText
    flow: YamlText
    batch_flow: str | None = None
    objection_flow: str | None = None
    unit_kind: YamlText
    unit_level: Literal["county", "city"] = "county"
    acceptance_days: YamlInt
    promise_days: YamlInt
    limits_set_by: YamlText
    materials: Mapping[str, Material] = Field(default_factory=dict)
    checks: Mapping[str, Check] = Field(default_factory=dict)
    comparisons: tuple[str, ...] = ()
    notice: NoticeRule | None = None
    payment: PaymentRule | None = None
    membership: Membership | None = None
    loan: LoanRule | None = None
    appeal: Appeal | None = None
    tells: tuple[Told, ...] = ()
    towns: TownsRule | None = None  # nothing declared: no township acts for the bureau
    phone: str = ""
    green_channel: YamlBool = False  # officers find its cases marked and on top (绿色通道)
    entries: tuple[Literal["self", "counter", "helper"], ...] = ("self", "counter", "helper")

    @property
    def notice_rule(self) -> NoticeRule:
        """For those who handle a batch, which only an item with a notice can have. Raises ValueError."""
        return _there(self.notice, self.id, "notice")

    @property
    def payment_rule(self) -> PaymentRule:
        """For those who pay, which only an item with a payment can need. Raises ValueError."""
        return _there(self.payment, self.id, "payment")

    @property
    def loan_rule(self) -> LoanRule:
        """For those who send requests to banks, which only an item that ends in a loan can need. Raises ValueError."""
        return _there(self.loan, self.id, "loan")


P = TypeVar("P")


def _there(part: P | None, item_id: str, name: str) -> P:
    if part is None:
        raise ValueError(f"item `{item_id}` has no `{name}`")
    return part


class FormField(Declared):
    """`prefill`: a fact or `register.field` already held, shown with its source. `secret` values are encrypted.

    trade_of: the field with the firm's name, whose trade the answer is held against; officers see where it differs.
    paper: how the printed form calls what people are asked for in plain words; empty: the same.
    """

    id: str = ""
    label: YamlText
    paper: str = ""
    trade_of: str = ""
    type: FormFieldType
    required: YamlBool = False
    required_when: str | None = None
    hint: str = ""
    why: str = ""
    codes: Mapping[str, str] = Field(default_factory=dict)
    unit: str = ""
    prefill: str | None = None
    fact: str | None = None  # the fact this answer gives
    secret: YamlBool = False
    mask: Mask = "none"
    least: YamlInt | None = None
    most: YamlInt | None = None
    max_length: YamlInt | None = None

    @model_validator(mode="after")
    def codes_fit_the_type(self) -> FormField:
        if (self.type in ("code", "list")) != bool(self.codes):
            raise ValueError("`codes` are needed for code and list fields, and for no others")
        return self


class FormSection(Declared):
    title: YamlText
    note: str = ""
    fields: tuple[str, ...] = Field(min_length=1)


class Form(Declared):
    """A form in sections; every field stands in exactly one."""

    id: str = ""
    title: YamlText
    version: YamlInt = 1
    kind: SubjectKind = Field(alias="for")
    fields: Mapping[str, FormField] = Field(min_length=1)
    sections: tuple[FormSection, ...] = Field(min_length=1)
    declaration: tuple[str, ...] = ()

    @cached_property
    def catalogue(self) -> Catalogue:
        """What `required_when` of the form and of its item's materials may ask: the form's own fields."""
        return field_catalogue(self.fields.values())
