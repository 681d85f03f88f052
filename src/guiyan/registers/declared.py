"""What follows from a register's declaration: its key, its links to people, which register is a subject's home."""

from __future__ import annotations

from dataclasses import dataclass

from guiyan.packs.pack import Pack
from guiyan.packs.register import Field, Register
from guiyan.registers import states

ID_NUMBER, CREDIT_CODE = "_id_number", "_credit_code"


@dataclass(frozen=True)
class Link:
    """A field that names another subject by its key, which makes a relation.

    `founder_id_number` of a firm makes `founder`, `operator_credit_code` of a park `operator`. key: which kind it is.
    """

    kind: str
    number: Field
    name: Field | None
    key: str = states.KEY_ID_NUMBER

    @property
    def is_person(self) -> bool:
        return self.key == states.KEY_ID_NUMBER


def key_of(register: Register) -> Field | None:
    return register.fields[register.key_field] if register.key_field else None


def key_kind(register: Register, field: Field) -> str:
    if field.type == "id_number":
        return states.KEY_ID_NUMBER
    return states.KEY_NUMBER if register.subject == states.PROJECT else states.KEY_CREDIT_CODE


def key_text(register: Register, kind: str, value: str) -> str:
    """What the digest is of: numbers of projects begin anew in every register."""
    return f"{register.id}:{value}" if kind == states.KEY_NUMBER else value


def links_of(register: Register) -> tuple[Link, ...]:
    """People first: the first of them is the holder, to whom an organisation's entry is her own."""
    return (*_links(register, ID_NUMBER, states.KEY_ID_NUMBER), *_links(register, CREDIT_CODE, states.KEY_CREDIT_CODE))


def _links(register: Register, suffix: str, key: str) -> tuple[Link, ...]:
    kind_of_field = "id_number" if key == states.KEY_ID_NUMBER else "text"
    return tuple(
        Link(kind, field, register.fields.get(f"{kind}_name"), key)
        for field in register.fields.values()
        if field.type == kind_of_field and field.id != register.key_field and field.id.endswith(suffix)
        for kind in [field.id.removesuffix(suffix)]
    )


def home_register(pack: Pack, kind: str) -> str | None:
    """The register whose entry gives a subject its name and region: the one declared `home`, else the first."""
    of_kind = [register for register in pack.registers.values() if register.subject == kind]
    return next((one.id for one in of_kind if one.home), of_kind[0].id if of_kind else None)


def shown_fields(register: Register) -> list[Field]:
    return [field for field in register.fields.values() if not field.retired]
