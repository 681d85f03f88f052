"""Types of declared fields; and fields as facts, so that rules can ask them (`required_when`, `where`, `show_if`)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Literal, Protocol

from guiyan.engine.rules import Catalogue
from guiyan.engine.rules.model import Fact, FactType

FormFieldType = Literal[
    "text", "long_text", "int", "decimal", "bool", "date", "money", "code", "region", "phone", "id_number", "list"
]
# What only registers have: a time to the minute, and the picture of an entry (the hash of its file).
FieldType = FormFieldType | Literal["datetime", "picture"]
NOT_ASKED: frozenset[FieldType] = frozenset({"datetime", "picture"})
"""No rule asks these, no dataset has them."""
Mask = Literal["none", "name", "tail", "middle", "hidden"]
FACT_TYPES: dict[FieldType, FactType] = {
    "text": "text",
    "long_text": "text",
    "int": "int",
    "decimal": "int",  # in hundredths, as money is in fen
    "bool": "bool",
    "date": "date",
    "money": "int",
    "code": "code",
    "region": "region",
    "phone": "text",
    "id_number": "text",
    "list": "list",
    "datetime": "date",
    "picture": "text",
}


class AnyField(Protocol):
    """What a field of a form and one of a register have in common."""

    @property
    def id(self) -> str: ...
    @property
    def label(self) -> str: ...
    @property
    def type(self) -> FieldType: ...
    @property
    def unit(self) -> str: ...
    @property
    def codes(self) -> Mapping[str, str]: ...


def field_catalogue(fields: Iterable[AnyField]) -> Catalogue:
    return Catalogue({field.id: as_fact(field) for field in fields})


def as_fact(field: AnyField) -> Fact:
    return Fact(
        id=field.id,
        label=field.label,
        type=FACT_TYPES[field.type],
        kinds=("person", "organisation", "project"),
        unit=field.unit,
        codes=field.codes,
    )
