"""Rules over an entry's own fields: which sections it has, what must be filled in."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from guiyan.engine.rules import evaluate
from guiyan.packs.fields import NOT_ASKED
from guiyan.packs.register import Field, Register
from guiyan.packs.register_parts import Section
from guiyan.registers.values import Value


def holds(rule: str, register: Register, values: Mapping[str, Value]) -> bool:
    """Whether the rule is clearly met; what is empty is unknown, and unknown is not met."""
    known = {
        name: as_fact(value)
        for name, value in values.items()
        if (field := register.fields.get(name)) is not None and not field.encrypted and field.type not in NOT_ASKED
        if value not in (None, (), "") and not field.ages
    }
    return evaluate(rule, known, register.catalogue) is True


def as_fact(value: Value) -> object:
    return list(value) if isinstance(value, tuple) else value


def sections_shown(register: Register, values: Mapping[str, Value]) -> list[Section]:
    return [one for one in register.laid_out if one.show_if is None or holds(one.show_if, register, values)]


def fields_shown(register: Register, values: Mapping[str, Value]) -> list[Field]:
    return [register.fields[name] for section in sections_shown(register, values) for name in section.fields]


def must_be_filled(register: Register, field: Field, values: Mapping[str, Value]) -> bool:
    if field.required:
        return True
    return field.required_when is not None and holds(field.required_when, register, values)


def lacking(register: Register, values: Mapping[str, Value]) -> Iterator[Field]:
    """The fields of the sections shown that must be filled and are not."""
    for field in fields_shown(register, values):
        if values.get(field.id) in (None, (), "") and must_be_filled(register, field, values):
            yield field
