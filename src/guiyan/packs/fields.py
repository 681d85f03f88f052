"""Fields of forms and registers as facts, so that rules can ask them (`required_when`, `where` of indicators)."""

from __future__ import annotations

from collections.abc import Iterable

from guiyan.engine.rules import Catalogue
from guiyan.engine.rules.model import Fact, FactType
from guiyan.packs.item import Form, FormField
from guiyan.packs.register import Field, FieldType, Register

FACT_TYPES: dict[FieldType, FactType] = {
    "text": "text",
    "long_text": "text",
    "int": "int",
    "bool": "bool",
    "date": "date",
    "money": "int",
    "code": "code",
    "region": "region",
    "phone": "text",
    "id_number": "text",
    "list": "list",
}


def form_catalogue(form: Form) -> Catalogue:
    """What a form's `required_when` and its item's may ask: the form's own fields."""
    return of_fields(form.fields.values())


def register_catalogue(register: Register) -> Catalogue:
    """What a filter over a register may ask: its typed columns, not the encrypted ones."""
    return of_fields(field for field in register.fields.values() if not field.encrypted)


def of_fields(fields: Iterable[Field | FormField]) -> Catalogue:
    return Catalogue({field.id: as_fact(field) for field in fields})


def as_fact(field: Field | FormField) -> Fact:
    return Fact(
        id=field.id,
        label=field.label,
        type=FACT_TYPES[field.type],
        kinds=("person", "organisation", "project"),
        unit=field.unit,
        codes=field.codes,
    )
