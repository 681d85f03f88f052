"""What follows from a register's declaration: its key, its links to people, which register is a subject's home."""

from __future__ import annotations

from dataclasses import dataclass

from guiyan.packs.pack import Pack
from guiyan.packs.register import Field, Register
from guiyan.registers import states

LINK_SUFFIX = "_id_number"


@dataclass(frozen=True)
class Link:
    """A field that names another person by number: `founder_id_number` of a firm makes the relation `founder`."""

    kind: str
    number: Field
    name: Field | None


def key_of(register: Register) -> Field | None:
    return register.fields[register.key_field] if register.key_field else None


def key_kind(field: Field) -> str:
    return states.KEY_ID_NUMBER if field.type == "id_number" else states.KEY_CREDIT_CODE


def links_of(register: Register) -> tuple[Link, ...]:
    """The first link is the holder's: to whom an organisation's entry is her own."""
    return tuple(
        Link(kind, field, register.fields.get(f"{kind}_name"))
        for field in register.fields.values()
        if field.type == "id_number" and field.id != register.key_field and field.id.endswith(LINK_SUFFIX)
        for kind in [field.id.removesuffix(LINK_SUFFIX)]
    )


def home_register(pack: Pack, kind: str) -> str | None:
    """The register whose entry gives a subject its name and region: the one declared `home`, else the first."""
    of_kind = [register for register in pack.registers.values() if register.subject == kind]
    return next((one.id for one in of_kind if one.home), of_kind[0].id if of_kind else None)


def shown_fields(register: Register) -> list[Field]:
    return [field for field in register.fields.values() if not field.retired]
