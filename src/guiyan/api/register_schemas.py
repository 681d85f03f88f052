"""Shapes of what is read from and reported into the registers. Amounts in yuan; days as YYYY-MM-DD."""

from __future__ import annotations

import datetime as dt
from typing import Any

from ninja import Schema
from pydantic import ConfigDict


class RegisterFieldOut(Schema):
    """seen: whether the value is given; one that is for some alone is always empty here."""

    id: str
    label: str
    type: str
    required: bool
    unit: str
    codes: dict[str, str]
    seen: bool


class RegisterOut(Schema):
    """key: the field that an entry is known by; sources: who may report by the API."""

    id: str
    label: str
    subject: str
    key: str | None
    levels: dict[str, str]
    sources: list[str]
    fields: list[RegisterFieldOut]


class RegistersOut(Schema):
    registers: list[RegisterOut]


class EntryOut(Schema):
    """version goes up with every change of what is shown."""

    id: int
    region: int
    place: str
    level: str
    checked_on: dt.date | None
    version: int
    fields: dict[str, Any]


class EntriesOut(Schema):
    entries: list[EntryOut]
    next: int | None


class ReportIn(Schema):
    """entries: field → value, each row by itself. at: the day it tells of, today if not given."""

    model_config = ConfigDict(extra="forbid")

    source: str
    at: dt.date | None = None
    entries: list[dict[str, Any]]


class ReportedRowOut(Schema):
    row: int
    outcome: str
    id: int | None
    faults: dict[str, str]


class ReportedOut(Schema):
    created: int
    linked: int
    changed: int
    unchanged: int
    refused: int
    rows: list[ReportedRowOut]
