"""Registers that answer published ones: every name is found, and nothing can be booked past the constraint."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from guiyan.packs.errors import unknown_name
from guiyan.packs.fields import FieldType
from guiyan.packs.register import Register
from guiyan.packs.register_parts import Answers, Slots
from guiyan.packs.yamltree import Path_

Fault = tuple[Path_, str]
HOUR = re.compile(r"([01]\d|2[0-4]):[0-5]\d")


def filled_in(register: Register) -> tuple[str, ...]:
    """What nobody is asked of an answer: it follows from what is answered."""
    if register.answers is None:
        return ()
    return register.title_field, register.region_field, register.answers.field


def faults_of_answers(register: Register, registers: Mapping[str, Register]) -> Iterator[Fault]:
    rule = register.answers
    if rule is None:
        return
    yield from head(register)
    yield from answered(register, rule, registers)
    yield from levels(register, rule)
    yield from typed(register, rule.phone, ("answers", "phone"), "phone")
    if rule.name is not None:
        yield from typed(register, rule.name, ("answers", "name"), "text")
    if rule.deal is not None:
        for place, name in enumerate(rule.deal.fields):
            if name not in register.fields:
                yield ("answers", "deal", "fields", place), unknown_name("field", name, register.fields)
    if rule.slots is not None:
        yield from slots(register, rule.slots)
        yield from open_days(register, rule, registers)


def head(register: Register) -> Iterator[Fault]:
    here: Path_ = ("answers",)
    if register.subject not in ("project", "asset"):
        yield here, f"an answer is nobody: `subject` must be project or asset, not {register.subject}"
    if register.key_field is None or register.fields[register.key_field].type != "text":
        yield here, "an answer gets a number: `key_field` must be a text"
    if register.fields[register.title_field].type != "text":
        yield here, "an answer is called after what it asks about: `title_field` must be a text"
    if register.publish is not None:
        yield here, "what people ask is theirs: a register that `answers` can't `publish`"
    if len([one for one in register.sources.values() if "portal" in one.by]) != 1:
        yield here, "exactly one source must report `by: [portal]`: whoever asks"
    if not any("form" in one.by for one in register.sources.values()):
        yield here, "a source must report `by: [form]`: the office that answers"
    if register.ladder is None:
        yield here, "what became of it are `levels` of a `ladder`"


def answered(register: Register, rule: Answers, registers: Mapping[str, Register]) -> Iterator[Fault]:
    here: Path_ = ("answers", "field")
    field = register.fields.get(rule.field)
    if field is None or field.refers_to is None:
        named = [one.id for one in register.fields.values() if one.refers_to is not None]
        yield here, unknown_name("field that refers to a register", rule.field, named)
    elif (other := registers.get(field.refers_to.register_)) is not None and other.publish is None:
        yield here, f"register `{other.id}` publishes nothing that could be answered"


def levels(register: Register, rule: Answers) -> Iterator[Fault]:
    named: dict[Path_, str] = {("answers", "ended", place): name for place, name in enumerate(rule.ended)}
    named["answers", "cancelled"] = rule.cancelled
    if rule.deal is not None:
        named["answers", "deal", "level"] = rule.deal.level
    if rule.slots is not None:
        named |= {("answers", "slots", "released", place): name for place, name in enumerate(rule.slots.released)}
    for path, name in named.items():
        if name not in register.levels:
            yield path, unknown_name("level", name, register.levels)
    if rule.cancelled not in rule.ended:
        yield ("answers", "ended"), f"what was cancelled has ended: `{rule.cancelled}` must be among them"
    if rule.slots is not None and rule.cancelled not in rule.slots.released:
        yield ("answers", "slots", "released"), f"what was cancelled is free: `{rule.cancelled}` must be among them"


def slots(register: Register, rule: Slots) -> Iterator[Fault]:
    here: Path_ = ("answers", "slots")
    for name, key in ((rule.from_, "from"), (rule.to, "to")):
        yield from typed(register, name, (*here, key), "datetime")
        if name in register.fields and not register.fields[name].required:
            yield (*here, key), f"field `{name}` must be required: what has no end would be taken for ever"
    if rule.hours is not None:
        yield from typed(register, rule.hours, (*here, "hours"), "decimal")
    if bool(rule.opens) != bool(rule.closes) or (rule.opens and rule.opens >= rule.closes):
        yield (*here, "opens"), "`opens` and `closes` go together, and it opens before it closes"
    for name, text in (("opens", rule.opens), ("closes", rule.closes)):
        if text and not HOUR.fullmatch(text):
            yield (*here, name), f"`{text}` is no time of day: write 08:00"
    for source in register.sources.values():
        if {"file", "api"} & set(source.by):
            yield (
                ("sources", source.id, "by"),
                "files would meet what is booked already: [portal] and [form] only",
            )


def open_days(register: Register, rule: Answers, registers: Mapping[str, Register]) -> Iterator[Fault]:
    assert rule.slots is not None
    here: Path_ = ("answers", "slots")
    if (rule.slots.days == "working" or rule.slots.days_field) and not rule.slots.opens:
        yield (*here, "days"), "days on which it is open need `opens` and `closes`"
    field = register.fields.get(rule.field)
    booked = registers.get(field.refers_to.register_) if field is not None and field.refers_to is not None else None
    if rule.slots.days_field is None or booked is None:
        return
    told = booked.fields.get(rule.slots.days_field)
    if told is None or told.type != "code" or not set(told.codes) <= {"daily", "working"}:
        known = [one.id for one in booked.fields.values() if set(one.codes) and set(one.codes) <= {"daily", "working"}]
        yield (
            (*here, "days_field"),
            unknown_name("code field with daily and working", rule.slots.days_field, known),
        )


def typed(register: Register, name: str, path: Path_, wanted: FieldType) -> Iterator[Fault]:
    field = register.fields.get(name)
    if field is None or field.type != wanted:
        yield path, unknown_name(f"{wanted} field", name, [x.id for x in register.fields.values() if x.type == wanted])
