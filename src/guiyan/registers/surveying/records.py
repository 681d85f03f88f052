"""What a phone sends: one record a visit, read to typed values or to what is wrong with it."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

from guiyan.kernel.calendar import today
from guiyan.kernel.numbers import day_of
from guiyan.packs.register import Field, Register
from guiyan.packs.survey import Survey
from guiyan.registers.values import Reader, Value
from guiyan.registers.wrong import WrongValue

ANSWERED, UNREACHED, FOUND = "answered", "unreached", "found"
TAKEN, WRONG, CHANGED, LATE = "taken", "wrong", "changed", "late"
LONGEST_NOTE = 200
REGION = "region"


class Unreadable(Exception):
    """The record is not one that our page makes. words: what to tell."""

    def __init__(self, words: str) -> None:
        super().__init__(words)
        self.words = words


@dataclass(frozen=True)
class Sent:
    """One record as it came. number: the phone's own; visit: of whom, 0 for somebody found; typed: field → text."""

    number: UUID
    kind: str
    round: int
    visit: int
    on: date
    region: int
    typed: Mapping[str, object]
    was: Mapping[str, str]
    reason: str
    note: str
    digest: bytes


@dataclass(frozen=True)
class Answer:
    """What the phone is told of one record.

    outcome: taken; wrong (faults: field → words); changed (clashes: both values of a field that somebody else changed
    meanwhile; now: how the register stands, to send along with what was chosen); late: the round is over, so it went
    into the register alone. visit: the visit it became.
    """

    number: str
    outcome: str
    words: str = ""
    visit: int = 0
    faults: Mapping[str, str] = field(default_factory=dict)
    clashes: Sequence[Mapping[str, Any]] = ()
    now: Mapping[str, str] = field(default_factory=dict)


@dataclass
class Typed:
    """values: as the register keeps them; faults: field → what is wrong and what would be right."""

    values: dict[str, Value] = field(default_factory=dict)
    faults: dict[str, str] = field(default_factory=dict)


def sent(raw: object) -> Sent:
    """Raises Unreadable."""
    if not isinstance(raw, dict):
        raise Unreadable("这条记录读不出来。")
    try:
        number = UUID(str(raw.get("number")))
        ids = [int(str(raw.get(name) or 0)) for name in ("round", "visit", "region")]
    except ValueError:
        raise Unreadable("这条记录的编号不对，不能收。") from None
    day, kind = day_of(str(raw.get("on"))), raw.get("kind")
    if kind not in (ANSWERED, UNREACHED, FOUND) or day is None or not all(0 <= one < 10**18 for one in ids):
        raise Unreadable("这条记录读不出来。")
    typed, was = raw.get("values") or {}, raw.get("was") or {}
    if not isinstance(typed, dict) or not isinstance(was, dict):
        raise Unreadable("这条记录读不出来。")
    whole = json.dumps(raw, ensure_ascii=False, sort_keys=True)
    return Sent(
        number,
        str(kind),
        ids[0],
        ids[1],
        day,
        ids[2],
        typed,
        {str(name): str(mark) for name, mark in was.items()},
        str(raw.get("reason") or ""),
        str(raw.get("note") or "").strip()[:LONGEST_NOTE],
        hashlib.sha256(whole.encode()).digest(),
    )


def typed_values(
    register: Register, survey: Survey, names: Mapping[str, int], record: Sent, allowed: tuple[str, ...]
) -> Typed:
    """Of the fields asked, what is typed; a field that is not asked here is a fault of the record."""
    found, reader = Typed(), Reader(today(), dict(names))
    for name, raw in record.typed.items():
        if name not in allowed or name not in register.fields:
            found.faults[name] = "这里不问这一项"
            continue
        try:
            found.values[name] = value_of(reader, register.fields[name], raw)
        except WrongValue as wrong:
            found.faults[name] = f"{wrong.wrong}，{wrong.right}"
    asked = set(survey.asked(found.values)) | set(survey.new)
    found.values = {
        name: value
        for name, value in found.values.items()
        # A number is never on the phone: left empty, it says nothing.
        if name in asked and not (register.fields[name].encrypted and not value)
    }
    return found


def value_of(reader: Reader, asked: Field, raw: object) -> Value:
    if asked.type == "list":
        raw = "、".join(map(str, raw)) if isinstance(raw, list) else raw
        return reader.read(asked.model_copy(update={"required": False}), raw) or ()
    if isinstance(raw, list | dict):
        raise WrongValue("读不出来", "请重新填")
    return reader.read(asked.model_copy(update={"required": False}), None if raw is None else str(raw))
