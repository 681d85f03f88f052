"""Shapes of the API's answers and questions. Amounts in yuan; days as YYYY-MM-DD."""

from __future__ import annotations

import datetime as dt
from typing import Any, Literal

from ninja import Field, Schema
from pydantic import ConfigDict

Kind = Literal["person", "organisation"]


class ClauseOut(Schema):
    document: str
    plan: str
    section: str


class ConditionOut(Schema):
    """when: the rule as written; sentence: the same in Chinese."""

    id: str
    label: str
    when: str
    sentence: str


class MeasureOut(Schema):
    """A measure in force on an officer's confirmation, in its version of the day."""

    id: str
    title: str
    kind: str
    strength: str
    payer: str | None
    clause: ClauseOut
    open_conditions: list[str]
    valid_from: dt.date
    valid_to: dt.date | None
    benefit: str
    amount_min_yuan: float | None
    amount_max_yuan: float | None
    rate_percent: float | None
    conditions: list[ConditionOut]
    facts: list[str]
    item: str | None


class MeasuresOut(Schema):
    on: dt.date
    measures: list[MeasureOut]


class FactOut(Schema):
    """codes: value → label, in rising order. A derived fact is never given, it follows from others."""

    id: str
    label: str
    type: str
    kinds: list[str]
    unit: str
    codes: dict[str, str]
    derived: bool
    question: str | None
    source: str


class FactsOut(Schema):
    facts: list[FactOut]


class ScreenIn(Schema):
    """facts: fact → value; one that is not given is unknown. on: the day of the verdict, today if not given."""

    model_config = ConfigDict(extra="forbid")

    kind: Kind
    facts: dict[str, Any]
    on: dt.date | None = None


class ReasonOut(Schema):
    condition: str
    label: str
    verdict: str


class VerdictOut(Schema):
    """verdict: yes, no, unknown or expired; missing: facts that can still change it.

    amount_missing: facts that only the amount waits for. valid_until: the last day on which all this stands.
    """

    id: str
    title: str
    verdict: str
    amount_min_yuan: float | None
    amount_max_yuan: float | None
    amount_note: str | None
    amount_missing: list[str]
    rate_percent: float | None
    valid_until: dt.date | None
    missing: list[str]
    open_conditions: list[str]
    strength: str
    payer: str | None
    reasons: list[ReasonOut]
    clause: ClauseOut


class ScreenOut(Schema):
    on: dt.date
    measures: list[VerdictOut]
    next_question: str | None


class FieldOut(Schema):
    """One field of a record. codes: value → label; either is taken."""

    id: str
    label: str
    type: str
    required: bool
    codes: dict[str, str]
    hint: str


class FieldsOut(Schema):
    """trigger: what records of this address are; within_days: older ones set nothing off."""

    trigger: str
    within_days: int
    fields: list[FieldOut]


class RegistrationsIn(Schema):
    """records: each field → value, as `/registrations/fields` lists them; `number` is the source's own."""

    model_config = ConfigDict(extra="forbid")

    records: list[dict[str, Any]] = Field(min_length=1, max_length=500)


class FaultOut(Schema):
    field: str
    wrong: str
    right: str


class RegistrationOut(Schema):
    """row: its place in what was sent, from 1. why: why it set nothing off, or what is wrong.

    outcome: new (the firm is told and given a helper today), known (not the first; the register has it), same (this
    number was taken before) or refused (nothing of it was taken).
    """

    row: int
    number: str
    outcome: Literal["new", "known", "same", "refused"]
    why: str
    faults: list[FaultOut]


class RegistrationsOut(Schema):
    new: int
    known: int
    same: int
    refused: int
    records: list[RegistrationOut]


class RefusalOut(Schema):
    code: str
    message: str
